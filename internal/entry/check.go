package entry

import (
	"errors"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/reasonbook/reasonbook/internal/address"
	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/markdown"
	"github.com/reasonbook/reasonbook/internal/match"
)

// FillIn marks what a scaffold leaves to its author.
const FillIn = "FILL IN"

// SubjectBlanks are the blanks that every entry may use: payloads bring their
// values along.
var SubjectBlanks = []string{"namespace", "instance", "container"}

// check reports what is wrong with the entries apart from their pages, each by
// itself and all together, and makes the index.
func (b *Base) check() {
	formerly := map[string]*Entry{}
	circles := circlesOf(b.Entries, b.ids)
	for _, e := range b.Entries {
		c := checker{Entry: e, file: path.Join(e.ID, "entry.yaml"), ids: b.ids, circles: circles, faults: &b.Faults}
		c.identity(formerly)
		c.patterns()
		c.addresses()
	}
	checkDuplicates(b.Entries, &b.Faults)
	b.Index = checkExamples(b.Entries, &b.Faults)
}

type checker struct {
	*Entry
	file    string
	ids     map[string]*Entry
	circles map[*Entry]int
	faults  *Faults
}

func (c *checker) identity(formerly map[string]*Entry) {
	switch {
	case !ID(c.ID):
		c.faults.add(c.file, 1, "folder %q is no id: small letters, digits and single hyphens", c.ID)
	case book.Reserved(c.ID):
		c.faults.add(c.file, 1, "%q cannot be an id: the site has a page of its own there", c.ID)
	}
	for _, ref := range c.Formerly {
		switch other := formerly[ref.Value]; {
		case !ID(ref.Value) || book.Reserved(ref.Value):
			c.faults.add(c.file, ref.Line, "formerly: %q is no id of an entry", ref.Value)
		case c.ids[ref.Value] != nil:
			c.faults.add(c.file, ref.Line, "formerly: there still is an entry %q", ref.Value)
		case other != nil:
			c.faults.add(c.file, ref.Line, "formerly: %q leads to %q already", ref.Value, other.ID)
		default:
			formerly[ref.Value] = c.Entry
		}
	}
	switch c.Kind {
	case book.State, book.Cause, book.Log:
	case "":
		c.faults.add(c.file, 1, "kind is missing: state, cause or log")
	default:
		c.faults.add(c.file, c.kindLine, "kind %q is none of state, cause, log", c.Kind)
	}
	for _, ref := range c.Under {
		above := c.ids[ref.Value]
		switch {
		case above == nil:
			c.faults.add(c.file, ref.Line, "under: there is no entry %q", ref.Value)
		case above.Kind == "": // which is a fault of its own
		case above.Kind != book.State:
			c.faults.add(c.file, ref.Line, "under: %q is a %s; an entry stands under states", ref.Value, above.Kind)
		case c.circles[above] == c.circles[c.Entry]:
			c.faults.add(c.file, ref.Line, "under: %q is itself under %q", ref.Value, c.ID)
		}
	}
	if c.Kind != book.State && c.Kind != "" && len(c.Under) == 0 {
		c.faults.add(c.file, c.kindLine, "a %s stands under at least one state", c.Kind)
	}
}

func (c *checker) patterns() {
	if len(c.Patterns)+len(c.Status) == 0 {
		c.faults.add(c.file, 1, "no patterns and no status: nothing could ever match")
	}
	if len(c.Examples) == 0 {
		c.faults.add(c.file, 1, "no examples")
	}
	if len(c.Not) == 0 {
		c.faults.add(c.file, 1, "no texts under “not”: give one that looks alike and must not match")
	}
	for _, ref := range slices.Concat(c.Patterns, c.Status) {
		if _, err := match.Holes(ref.Value); err != nil {
			c.faults.add(c.file, ref.Line, "pattern: %v", err)
		}
	}
	for _, example := range c.Examples {
		if example.Text == "" {
			c.faults.add(c.file, example.Line, "example without a text")
		}
		if strings.Contains(example.Text, FillIn) {
			c.faults.add(c.file, example.Line, "%s is left", FillIn)
		}
	}
	for _, ref := range slices.Concat(c.Patterns, c.Status, c.Not) {
		if strings.Contains(ref.Value, FillIn) {
			c.faults.add(c.file, ref.Line, "%s is left", FillIn)
		}
	}
}

func (c *checker) addresses() {
	for _, picture := range c.Pictures {
		if !ID(picture.Key) {
			c.faults.add(c.file, picture.Line, "picture %q: name it in small letters, digits and hyphens", picture.Key)
		}
		c.address(picture.URL, picture.Line)
	}
	for _, reference := range c.References {
		if reference.Title == "" {
			c.faults.add(c.file, reference.Line, "reference without a title")
		}
		c.address(reference.URL, reference.Line)
	}
}

func (c *checker) address(s string, line int) {
	if _, err := address.Parse(s, "https"); err != nil {
		c.faults.add(c.file, line, "%v", err)
	}
}

func (c *checker) pages() {
	blanks := slices.Clone(SubjectBlanks)
	for _, ref := range slices.Concat(c.Patterns, c.Status) {
		holes, _ := match.Holes(ref.Value) // patterns reports the error
		blanks = append(blanks, holes...)
	}
	for _, l := range book.Languages {
		page := c.Pages[l]
		if page == nil {
			continue
		}
		file := path.Join(c.ID, l.String()+".md")
		c.page(page, file, blanks)
		for _, picture := range c.Pictures {
			shown := func(s *markdown.Section) bool {
				return s != nil && slices.ContainsFunc(s.Pictures, func(p markdown.Picture) bool { return p.Key == picture.Key })
			}
			if !shown(page.Steps) {
				c.faults.add(file, 1, "picture %q is in entry.yaml, but no step shows it", picture.Key)
			}
		}
	}
}

func (c *checker) page(page *Page, file string, blanks []string) {
	if strings.Contains(page.Title, FillIn) {
		c.faults.add(file, page.TitleLine, "%s is left", FillIn)
	}
	for _, section := range page.Sections {
		if section.Contains(FillIn) {
			c.faults.add(file, section.Line, "%s is left in this section", FillIn)
		}
		for _, blank := range section.Blanks {
			name, _, _ := strings.Cut(blank.Value, ".")
			if !slices.Contains(blanks, name) {
				c.faults.add(file, blank.Line, "{%s} is neither a hole of a pattern nor one of %s", blank.Value, strings.Join(SubjectBlanks, ", "))
			}
		}
		for _, link := range section.Links {
			if link.Value == c.ID {
				c.faults.add(file, link.Line, "link to the entry itself")
			} else if c.ids[link.Value] == nil {
				c.faults.add(file, link.Line, "there is no entry %q", link.Value)
			}
		}
	}
	if s := page.Meaning; s != nil && (s.Paragraphs == 0 || s.Items != nil) {
		c.faults.add(file, s.Line, "%q begins with a paragraph", s.Heading)
	}
	if s := page.Steps; s != nil && (!s.Ordered || len(s.Items) == 0) {
		c.faults.add(file, s.Line, "%q is one numbered list and nothing else", s.Heading)
	}
	if s := page.Steps; s != nil && (s.Contains("- TEM：") || s.Contains("- kubectl：")) {
		c.faults.add(file, s.Line, "write “TEM: ” and “kubectl: ” with an ASCII colon and a space")
	}
	if s := page.Related; s != nil {
		if len(s.Items) == 0 || s.Ordered {
			c.faults.add(file, s.Line, "%q is one list of links and nothing else", s.Heading)
		}
		for _, item := range s.Items {
			if item.Lead == "" {
				c.faults.add(file, item.Line, "an item here begins with a link to an entry: [title](id)")
			}
		}
	}
}

// sameSteps compares the steps of the languages with the English ones: as many
// of them, with the same commands.
func (c *checker) sameSteps() {
	english := c.Pages[book.English]
	if english == nil || english.Steps == nil {
		return
	}
	want := english.Steps.Items
	for _, l := range book.Languages[1:] {
		page := c.Pages[l]
		if page == nil || page.Steps == nil {
			continue
		}
		file := path.Join(c.ID, l.String()+".md")
		got := page.Steps.Items
		if len(got) != len(want) {
			c.faults.add(file, page.Steps.Line, "%d steps, but en.md has %d", len(got), len(want))
			continue
		}
		for i := range got {
			if !slices.Equal(got[i].Code, want[i].Code) {
				c.faults.add(file, got[i].Line, "step %d: its code blocks are not those of en.md", i+1)
			}
		}
	}
}

// checkDuplicates reports patterns that mean the same to the matcher.
func checkDuplicates(entries []*Entry, faults *Faults) {
	first := map[string]*Entry{}
	for _, e := range entries {
		for _, ref := range slices.Concat(e.Patterns, e.Status) {
			key := match.Fold(ref.Value)
			if other := first[key]; other != nil {
				faults.add(path.Join(e.ID, "entry.yaml"), ref.Line, "pattern %q stands in %s already, for the matcher", ref.Value, other.ID)
				continue
			}
			first[key] = e
		}
	}
}

// checkExamples runs all examples against the whole book, and returns the
// index that they were run against.
func checkExamples(entries []*Entry, faults *Faults) *match.Index {
	tables, err := match.Compile(matchEntries(entries))
	var bad *match.PatternError
	if errors.As(err, &bad) {
		if _, err := match.Holes(bad.Pattern); err == nil { // else it is reported already
			e := entries[bad.Entry]
			patterns := slices.Concat(e.Patterns, e.Status)
			i := slices.IndexFunc(patterns, func(ref Ref) bool { return ref.Value == bad.Pattern })
			faults.add(path.Join(e.ID, "entry.yaml"), patterns[i].Line, "pattern: %v", bad.Err)
		}
		return nil
	} else if err != nil {
		faults.add(path.Join(entries[0].ID, "entry.yaml"), 1, "%v", err)
		return nil
	}
	index := match.New(tables)
	for n, e := range entries {
		file := path.Join(e.ID, "entry.yaml")
		patterns := slices.Concat(e.Patterns, e.Status)
		decided := make([]bool, len(patterns))
		for _, example := range e.Examples {
			matches := index.Match(example.Text)
			if len(matches) == 0 || matches[0].Entry != n {
				got := "no entry"
				if len(matches) > 0 {
					got = entries[matches[0].Entry].ID
				}
				faults.add(file, example.Line, "example %q gives %s first", example.Text, got)
				continue
			}
			decided[matches[0].Pattern] = true
			got := map[string]string{}
			for _, p := range matches[0].Parameters {
				got[p.Name] = p.Value
			}
			if !maps.Equal(got, example.Parameters) {
				faults.add(file, example.Line, "example %q gives the parameters %v, not %v", example.Text, got, example.Parameters)
			}
		}
		for i, ref := range patterns {
			if !decided[i] {
				faults.add(file, ref.Line, "no example is decided by pattern %q", ref.Value)
			}
		}
		for _, ref := range e.Not {
			if slices.ContainsFunc(index.Match(ref.Value), func(m match.Match) bool { return m.Entry == n }) {
				faults.add(file, ref.Line, "must not match, but does: %q", ref.Value)
			}
		}
	}
	return index
}
