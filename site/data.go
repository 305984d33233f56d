package site

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"html/template"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/entry"
	"github.com/reasonbook/reasonbook/internal/payload"
)

// What the scripts of the site read, as scripts themselves so that pages can
// load them from a folder, where browsers fetch nothing else:
//
//	assets/patterns.js       [[id, kind, explains, refines, [[pattern, operations, weak], ...], status], ...]
//	assets/search.ja.js      [[id, kind, title, lead, keywords, rank], ...]
//	assets/words.ja.js       ["word 3 e 3", ...]: the rows of search.ja.js whose page has a word, each as the way from the one before, to the base of 36
//	assets/answers/ja-2.js   [[id, title, facts, meaning, confirm, [step, ...], causes], ...]
//	assets/around/ja-state-image.js   [stage, [[id, title], ...]], of the list that stands beside entries
//	assets/suspects.ja.js    [[part of an alert's name, causes], ...]
//	assets/names.js          [{name: id, ...}], as book.Names returns them
//
// keywords are joined by line feeds; rank is where among equals it stands:
// states before causes, the common before the rare; facts, meaning, confirm, the steps and the causes of a state are HTML as on the entry's page, with links from the home page. The
// files with answers hold a few entries each, so that a page loads those that
// an answer needs: the first file the first answersPerFile entries of
// patterns.js, and so on. Their ids show when the files are of another build.

const answersPerFile = 8

// data writes these files entry by entry.
type data struct {
	offline  *archive
	patterns io.WriteCloser
	search   [len(book.Languages)]io.WriteCloser
	entries  int // so far
	answers  [len(book.Languages)]bytes.Buffer
	words    [len(book.Languages)]map[string]*[]int32 // the entries that each stands in
}

func newData(offline *archive) (*data, error) {
	d := &data{offline: offline}
	for _, l := range book.Languages {
		d.words[l] = map[string]*[]int32{}
	}
	create := func(name, file string) (io.WriteCloser, error) {
		w, err := offline.create("assets/" + file)
		if err != nil {
			return nil, err
		}
		_, err = io.WriteString(w, open(name))
		return w, err
	}
	var err error
	if d.patterns, err = create("patterns", "patterns.js"); err != nil {
		return nil, errors.Join(err, d.close())
	}
	for _, l := range book.Languages {
		if d.search[l], err = create("search", "search."+l.String()+".js"); err != nil {
			return nil, errors.Join(err, d.close())
		}
	}
	return d, nil
}

// open and shut are what stands around the rows of a file.
func open(name string) string { return `(globalThis.reasonbookData??={})["` + name + `"]=[` }

const shut = "]\n"

func (d *data) add(e *renderedEntry) error {
	between := ",\n"
	if d.entries == 0 {
		between = ""
	}
	errs := []error{e.patterns.write(d.patterns, between)}
	for _, l := range book.Languages {
		errs = append(errs, e.pages[l].search.write(d.search[l], between))
		for _, word := range e.pages[l].words {
			list := d.words[l][word]
			if list == nil {
				list = new([]int32)
				d.words[l][strings.Clone(word)] = list // without the page around it
			}
			*list = append(*list, int32(d.entries))
		}
		between := ",\n"
		if d.entries%answersPerFile == 0 {
			between = open(answersName(l, d.entries/answersPerFile))
		}
		errs = append(errs, e.pages[l].answer.write(&d.answers[l], between))
	}
	d.entries++
	if d.entries%answersPerFile == 0 {
		errs = append(errs, d.flush())
	}
	return errors.Join(errs...)
}

func answersName(l book.Language, n int) string { return l.String() + "-" + strconv.Itoa(n) }

// flush writes the answers that are not yet written.
func (d *data) flush() error {
	var errs []error
	for _, l := range book.Languages {
		answers := &d.answers[l]
		if answers.Len() == 0 {
			continue
		}
		answers.WriteString(shut)
		errs = append(errs, d.offline.write("assets/answers/"+answersName(l, (d.entries-1)/answersPerFile)+".js", answers.Bytes()))
		answers.Reset()
	}
	return errors.Join(errs...)
}

// flushWords writes which entries have a word on their page. Words that a
// third of all have tell little apart, and a word of two pages is mostly in its
// title or patterns too; a run of Japanese or Chinese characters that only five
// pages have is most often no word.
func (d *data) flushWords() error {
	var errs []error
	for _, l := range book.Languages {
		var out bytes.Buffer
		out.WriteString(open("words"))
		between := ""
		for _, word := range slices.Sorted(maps.Keys(d.words[l])) {
			entries := *d.words[l][word]
			if len(entries) > max(4, d.entries/3) || len(entries) < 3 || len(entries) < 6 && word[0] >= 0x80 {
				continue
			}
			line := word
			last := int32(0)
			for _, n := range entries {
				line += " " + strconv.FormatInt(int64(n-last), 36)
				last = n
			}
			out.WriteString(between + strconv.Quote(line))
			between = ",\n"
		}
		out.WriteString(shut)
		errs = append(errs, d.offline.write("assets/words."+l.String()+".js", out.Bytes()))
	}
	return errors.Join(errs...)
}

func (d *data) close() error {
	errs := []error{d.flush(), d.flushWords()}
	for _, file := range append([]io.WriteCloser{d.patterns}, d.search[:]...) {
		if file != nil {
			_, err := io.WriteString(file, shut)
			errs = append(errs, err, file.Close())
		}
	}
	return errors.Join(errs...)
}

func (b *builder) answerData(e *entry.Entry, l book.Language, facts template.HTML, html answerHTML) row {
	causes := ""
	if e.Kind == book.State {
		causes = b.answerCauses(b.base.Below(e), l)
	}
	return newRow(e.ID, e.Titles[l], string(facts), html.meaning, html.confirm, html.steps, causes)
}

// maxCauses is how many causes an answer names that may have brought a state
// about.
const maxCauses = 5

// answerCauses returns the most frequent of causes for an answer, as HTML, "" if
// there are none.
func (b *builder) answerCauses(below []*entry.Entry, l book.Language) string {
	below = b.byFrequency(below, l)
	return string(b.signList(b.signed(below[:min(len(below), maxCauses)]), l, ""))
}

// suspects writes what may be behind an alert that names no state: the parts of
// the names of such alerts, each with causes as answerCauses returns them.
func (b *builder) suspects(l book.Language) error {
	rows := []any{}
	for _, alert := range payload.VagueAlerts {
		var below []*entry.Entry
		for _, word := range alert.States {
			result, _ := b.base.Explainer.Text(context.Background(), word)
			for _, f := range result.Findings {
				for _, cause := range b.base.Below(b.base.Entries[f.Matches[0].Entry]) {
					if !slices.Contains(below, cause) {
						below = append(below, cause)
					}
				}
			}
		}
		rows = append(rows, []string{alert.Part, b.answerCauses(below, l)})
	}
	return b.offline.write("assets/suspects."+l.String()+".js", assignment("suspects", rows...))
}

// patternRows returns patterns as the matcher for browsers takes them.
func patternRows(patterns []book.Pattern) []any {
	rows := make([]any, len(patterns))
	for i, p := range patterns {
		rows[i] = []any{p.Text, append([]string{}, p.In...), p.Weak}
	}
	return rows
}

// keywordsOf returns the keywords of an entry, in all languages.
func keywordsOf(e *entry.Entry) string {
	return strings.Trim(strings.Join(book.Texts(e.Compiled()), "\n")+"\n"+lines(e.Status), "\n")
}

func searchData(e *entry.Entry, l book.Language, lead, keywords string) row {
	return newRow(e.ID, e.Kind, e.Titles[l], shorten(lead, 100), keywords, rank(e))
}

// rank is where an entry stands among those that a search finds equally good.
func rank(e *entry.Entry) int { return 3*e.Kind.Rank() + e.Frequency.Rank() }

// A row is a list as JSON. It stands in a file of its own, where "<" and "&"
// mean nothing.
type row struct{ *bytes.Buffer } // from buffers, up to write

func newRow(values ...any) row {
	out := buffers.Get().(*bytes.Buffer)
	out.Reset()
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	if err := e.Encode(values); err != nil {
		panic(err) // strings and numbers always encode
	}
	out.Truncate(out.Len() - len("\n"))
	return row{out}
}

// write writes the row behind what stands between it and the one before. It is
// not used any more.
func (r row) write(w io.Writer, between string) error {
	defer buffers.Put(r.Buffer)
	_, err := io.WriteString(w, between)
	if err == nil {
		_, err = w.Write(r.Bytes())
	}
	return err
}

// assignment returns a file that holds a list with a name, as open begins it.
func assignment(name string, values ...any) []byte {
	var out bytes.Buffer
	_ = newRow(values...).write(&out, strings.TrimSuffix(open(name), "[")) // writing to a buffer does not fail
	out.WriteByte('\n')
	return out.Bytes()
}

func lines(refs []entry.Ref) string {
	values := make([]string, len(refs))
	for i, ref := range refs {
		values[i] = ref.Value
	}
	return strings.Join(values, "\n")
}
