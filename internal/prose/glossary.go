// Package prose holds the words of the knowledge base to a glossary, and their
// punctuation and spacing to the customs of each language.
package prose

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/reasonbook/reasonbook/internal/book"
)

// A Glossary is the terms of each language, and the forms that they take the
// place of.
type Glossary struct {
	terms    [len(book.Languages)][]string
	unwanted [len(book.Languages)][]unwanted
}

type unwanted struct{ form, term string }

// A Fault is something wrong in a text.
type Fault struct {
	Line    int // from 1
	Message string
}

// columns are the headings of the table of a glossary.
var columns = []string{"en", "ja", "zh", "not en", "not ja", "not zh", "note"}

// ReadGlossary reads the table of a Markdown file whose columns are en, ja, zh,
// "not en", "not ja", "not zh" and note; what stands outside of it is for
// people. A cell holds forms with commas between them: of a term the first is
// the one to write, and the others are right too.
func ReadGlossary(source string) (*Glossary, []Fault) {
	g := &Glossary{}
	var faults []Fault
	seen := [len(book.Languages)]map[string]int{{}, {}, {}}
	inTable, number := false, 0
	for line := range strings.Lines(source) {
		number++
		cells, ok := row(line)
		switch {
		case !ok:
			inTable = false
		case slices.Equal(cells, columns):
			inTable = true
		case !inTable || strings.Trim(line, "|-: \r\n") == "":
		case len(cells) != len(columns):
			faults = append(faults, Fault{number, fmt.Sprintf("%d cells, but the table has the columns %s", len(cells), strings.Join(columns, ", "))})
		default:
			for _, l := range book.Languages {
				terms, not := forms(cells[l]), forms(cells[3+l])
				if len(terms) == 0 {
					faults = append(faults, Fault{number, "no term in " + columns[l]})
					continue
				}
				g.terms[l] = append(g.terms[l], terms...)
				for _, form := range not {
					if before := seen[l][form]; before > 0 {
						faults = append(faults, Fault{number, fmt.Sprintf("%q is ruled out in line %d already", form, before)})
						continue
					}
					seen[l][form] = number
					g.unwanted[l] = append(g.unwanted[l], unwanted{form, terms[0]})
				}
			}
		}
	}
	for _, l := range book.Languages {
		for _, u := range g.unwanted[l] {
			if slices.Contains(g.terms[l], u.form) {
				faults = append(faults, Fault{seen[l][u.form], fmt.Sprintf("%q is ruled out here, and a term elsewhere", u.form)})
			}
		}
	}
	if g.terms[book.English] == nil && faults == nil {
		faults = append(faults, Fault{1, "no table with the columns " + strings.Join(columns, ", ")})
	}
	return g, faults
}

// row returns the cells of a row of a table.
func row(line string) (cells []string, ok bool) {
	line = strings.TrimSpace(line)
	if len(line) < 2 || line[0] != '|' || line[len(line)-1] != '|' {
		return nil, false
	}
	for cell := range strings.SplitSeq(line[1:len(line)-1], "|") {
		cells = append(cells, strings.TrimSpace(cell))
	}
	return cells, true
}

func forms(cell string) []string {
	var list []string
	for form := range strings.SplitSeq(cell, ",") {
		if form = strings.TrimSpace(form); form != "" {
			list = append(list, form)
		}
	}
	return list
}

// Within returns the glossary for the parts of a text: with the forms that occur
// in it, which are few.
func (g *Glossary) Within(l book.Language, text string) *Glossary {
	within := &Glossary{terms: g.terms}
	for _, u := range g.unwanted[l] {
		if strings.Contains(text, u.form) {
			within.unwanted[l] = append(within.unwanted[l], u)
		}
	}
	return within
}

// Terms reports the forms in a text that the glossary rules out. Forms that
// begin or end in a Latin letter count as whole words, as they are spelt; no form
// counts inside a term.
func (g *Glossary) Terms(l book.Language, text string) []Fault {
	var faults []Fault
	var terms []span
	for _, u := range g.unwanted[l] {
		for _, hit := range occurrences(text, u.form) {
			if terms == nil {
				terms = []span{}
				for _, term := range g.terms[l] {
					terms = append(terms, occurrences(text, term)...)
				}
			}
			if !slices.ContainsFunc(terms, hit.within) {
				faults = append(faults, Fault{lineOf(text, hit.start), fmt.Sprintf("%q: the glossary says %q", u.form, u.term)})
			}
		}
	}
	return faults
}

// lineOf returns the line, from 1, of a place in a text.
func lineOf(text string, offset int) int { return 1 + strings.Count(text[:offset], "\n") }

type span struct{ start, end int }

func (s span) within(other span) bool { return other.start <= s.start && s.end <= other.end }

// occurrences returns where a form stands in a text.
func occurrences(text, form string) []span {
	var list []span
	first, _ := utf8.DecodeRuneInString(form)
	last, _ := utf8.DecodeLastRuneInString(form)
	for from := 0; ; {
		i := strings.Index(text[from:], form)
		if i < 0 {
			return list
		}
		start := from + i
		end := start + len(form)
		before, _ := utf8.DecodeLastRuneInString(text[:start])
		after, _ := utf8.DecodeRuneInString(text[end:])
		if !(ofWord(first) && ofWord(before)) && !(ofWord(last) && ofWord(after)) {
			list = append(list, span{start, end})
		}
		from = end
	}
}

// ofWord reports whether a character ties Latin words together; ids of entries
// have hyphens.
func ofWord(r rune) bool {
	return r == '-' || r == '_' || r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r))
}
