// Package entry reads the sources of a knowledge base, checks them, and
// compiles them into a book. kb/README.md describes the sources.
package entry

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/evidence"
	"github.com/reasonbook/reasonbook/internal/markdown"
	"github.com/reasonbook/reasonbook/internal/reading"
)

// An Entry is one folder of the knowledge base.
type Entry struct {
	ID         string
	Kind       book.Kind
	Stage      book.Stage
	Formerly   []Ref // ids that this entry took the place of
	Explains   []Ref
	Refines    []Ref
	Frequency  book.Frequency
	Heals      book.Heals
	Waiting    book.Waiting
	In         []Ref // operations of the patterns without their own
	Patterns   []Pattern
	Status     []Ref
	Examples   []Example
	Not        []Ref
	Alike      []Likeness // what the texts of Not are about, as [Open] finds it
	Pictures   []Picture
	References []Reference
	Titles     [len(book.Languages)]string
	Pages      map[book.Language]*Page // nil until they are read

	lines map[string]int // of the keys that hold one word
}

// Folder returns the folder of the entry below the root of its knowledge base.
func (e *Entry) Folder() string { return path.Join(string(e.Stage), e.ID) }

// A Pattern is a text that is looked for.
type Pattern struct {
	Ref
	In   []Ref // operations; nil for those of the entry
	Weak bool
}

// A Ref is a text of entry.yaml and the line it stands in.
type Ref struct {
	Value string
	Line  int
}

// An Example is a text that must give the entry as first match.
type Example struct {
	Text       string
	Parameters map[string]string
	Line       int
	// The stretch of Text by which it is about the entry, in bytes, as [Open]
	// finds it; both 0 if there is none.
	Start, End int
}

// A Likeness is what a text that must not give an entry is about instead.
type Likeness struct {
	Text       string
	Entry      *Entry
	Start, End int // the stretch of Text by which it is, in bytes
}

// A Picture is a screenshot.
type Picture struct {
	Key, URL string
	Line     int
}

// A Reference is a page that the entry can be checked against.
type Reference struct {
	Title, URL string
	Line       int
}

// A Page is an entry in one language.
type Page struct {
	*markdown.Document
	Meaning, Confirm, Steps, Prevent, Related *markdown.Section // nil if the file lacks it
}

// The places of the sections of a page in [Headings].
const (
	MeaningSection = iota
	ConfirmSection
	StepsSection
	PreventSection
	RelatedSection
	sections
)

// Headings are the sections of a page, in their order.
var Headings = map[book.Language][sections]string{
	book.English:  {"Meaning", "How to confirm", "Steps", "How to prevent it", "Related"},
	book.Japanese: {"意味", "確認方法", "対処手順", "再発防止", "関連項目"},
	book.Chinese:  {"含义", "如何确认", "处理步骤", "如何预防", "相关条目"},
}

// A Fault is something wrong in a file of the knowledge base.
type Fault struct {
	File    string // slash-separated, below the root of the knowledge base
	Line    int    // from 1
	Message string
}

func (f Fault) String() string { return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Message) }

// Faults are all faults of a knowledge base, in order of files and lines.
type Faults []Fault

// Error returns the faults, one per line.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, fault := range f {
		lines[i] = fault.String()
	}
	return strings.Join(lines, "\n")
}

func (f *Faults) add(file string, line int, format string, args ...any) {
	*f = append(*f, Fault{file, max(1, line), fmt.Sprintf(format, args...)})
}

// Sort puts the faults into the order of files and lines, each of them once.
func (f *Faults) Sort() {
	slices.SortStableFunc(*f, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	*f = slices.Compact(*f)
}

// Load reads and checks the knowledge base in fsys, whose folders are its
// entries; files beside them are not read. It returns the entries by id. The
// error is of type [Faults] if anything in the sources is wrong.
func Load(fsys fs.FS) ([]*Entry, error) {
	b, err := Open(fsys)
	if err != nil {
		return nil, err
	}
	faults := b.Faults
	for _, e := range b.Entries {
		faults = append(faults, b.ReadPages(e)...)
	}
	faults = append(faults, b.oneWay()...)
	if len(faults) > 0 {
		faults.Sort()
		return nil, faults
	}
	return b.Entries, nil
}

// readPage reads one language of an entry. It returns nil if that cannot be read.
func readPage(source []byte, file string, l book.Language, pictures map[string]string, planned func(string) bool, faults *Faults) *Page {
	page := &Page{Document: markdown.Parse(source, pictures, planned)}
	for _, fault := range page.Faults {
		faults.add(file, fault.Line, "%s", fault.Message)
	}
	if page.Unread {
		return nil
	}
	headings := Headings[l]
	places := [sections]**markdown.Section{&page.Meaning, &page.Confirm, &page.Steps, &page.Prevent, &page.Related}
	next := 0
	for i := range page.Sections {
		section := &page.Sections[i]
		n := slices.Index(headings[:], section.Heading)
		switch {
		case n < 0:
			faults.add(file, section.Line, "section %q is none of %q", section.Heading, headings)
		case n < next:
			faults.add(file, section.Line, "section %q stands twice or too late; the order is %q", section.Heading, headings)
		default:
			*places[n] = section
			next = n + 1
		}
	}
	for n, place := range places {
		if *place == nil {
			faults.add(file, 1, "section “## %s” is missing", headings[n])
		}
	}
	return page
}

// Compile makes a book of entries that [Load] returned.
func Compile(entries []*Entry) (*book.Book, error) {
	rules, err := evidence.Compile(evidenceEntries(entries))
	if err != nil {
		return nil, err
	}
	b := &book.Book{Rules: rules}
	for _, e := range entries {
		compiled := book.Entry{
			ID: e.ID, Kind: e.Kind, Stage: e.Stage, Explains: values(e.Explains), Refines: values(e.Refines),
			Frequency: e.Frequency, Heals: e.Heals, Waiting: e.Waiting,
			Patterns: e.Compiled(), Status: values(e.Status),
		}
		for _, l := range book.Languages {
			page := e.Pages[l]
			t := book.Text{
				Title: page.Title, Summary: page.Summary,
				Meaning: page.Meaning.Body(), Confirm: page.Confirm.Body(), Prevent: page.Prevent.Body(),
			}
			for _, step := range page.Steps.Items {
				t.Steps = append(t.Steps, step.Body)
			}
			for _, picture := range page.Steps.Pictures {
				t.Pictures = append(t.Pictures, book.Picture{URL: e.pictureURL(picture.Key), Alt: picture.Alt})
			}
			compiled.Texts[l] = t
		}
		b.Entries = append(b.Entries, compiled)
	}
	return b, nil
}

func (e *Entry) pictureURL(key string) string {
	i := slices.IndexFunc(e.Pictures, func(p Picture) bool { return p.Key == key })
	return e.Pictures[i].URL
}

// Compiled returns the patterns with the operations that they count in.
func (e *Entry) Compiled() []book.Pattern {
	var list []book.Pattern
	for _, p := range e.Patterns {
		in := p.In
		if in == nil {
			in = e.In
		}
		list = append(list, book.Pattern{Text: p.Value, In: values(in), Weak: p.Weak})
	}
	return list
}

// evidenceEntries returns what must be known of the entries to find them.
// Operations that do not exist are left out: check reports them.
func evidenceEntries(entries []*Entry) []evidence.Entry {
	list := make([]evidence.Entry, len(entries))
	for i, e := range entries {
		list[i] = evidence.Entry{
			ID: e.ID, State: e.Kind == book.State, Explains: values(e.Explains), Refines: values(e.Refines), Status: values(e.Status),
		}
		for _, p := range e.Compiled() {
			pattern := evidence.Pattern{Text: p.Text, Weak: p.Weak}
			for _, name := range p.In {
				operation, _ := reading.OperationOf(name)
				pattern.In |= operation
			}
			list[i].Patterns = append(list[i].Patterns, pattern)
		}
	}
	return list
}

func values(refs []Ref) []string {
	var list []string
	for _, ref := range refs {
		list = append(list, ref.Value)
	}
	return list
}
