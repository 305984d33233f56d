package entry

import (
	"path"
	"slices"
	"strings"

	"github.com/reasonbook/reasonbook/internal/address"
	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/evidence"
	"github.com/reasonbook/reasonbook/internal/match"
	"github.com/reasonbook/reasonbook/internal/reading"
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
	circles := circlesOf(b.Entries, b.ids, func(e *Entry) []Ref { return e.Explains })
	refining := circlesOf(b.Entries, b.ids, func(e *Entry) []Ref { return e.Refines })
	for _, e := range b.Entries {
		c := checker{Entry: e, file: path.Join(e.Folder(), "entry.yaml"), base: b, circles: circles, refining: refining, faults: &b.Faults}
		c.identity(formerly)
		c.course()
		c.relations()
		c.patterns()
		c.addresses()
	}
	compiled := evidenceEntries(b.Entries)
	checkDuplicates(b.Entries, compiled, &b.Faults)
	b.Explainer = checkExamples(b.Entries, compiled, &b.Faults)
}

type checker struct {
	*Entry
	file              string
	base              *Base
	circles, refining map[*Entry]int // of entries that explain, or refine, each other
	faults            *Faults
}

func (c *checker) identity(formerly map[string]*Entry) {
	switch {
	case !book.IsID(c.ID):
		c.faults.add(c.file, 1, "folder %q is no id: small letters, digits and single hyphens", c.ID)
	case book.Reserved(c.ID):
		c.faults.add(c.file, 1, "%q cannot be an id: the site has a page of its own there", c.ID)
	}
	for _, ref := range c.Formerly {
		switch other := formerly[ref.Value]; {
		case !book.IsID(ref.Value) || book.Reserved(ref.Value):
			c.faults.add(c.file, ref.Line, "formerly: %q is no id of an entry", ref.Value)
		case c.base.ids[ref.Value] != nil:
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
		c.faults.add(c.file, c.lines["kind"], "kind %q is none of state, cause, log", c.Kind)
	}
	if (c.Kind == book.Log) != c.Stage.OfLog() && c.Kind != "" {
		c.faults.add(c.file, c.lines["kind"], "a %s cannot stand in the stage %q", c.Kind, c.Stage)
	}
}

// course checks what is said of how a failure goes on.
func (c *checker) course() {
	oneOf(c, "frequency", c.Frequency, book.Common, book.Occasional, book.Rare)
	oneOf(c, "heals", c.Heals, book.HealsAlone, book.HealsAfterFix, book.HealsNever)
	oneOf(c, "waiting", c.Waiting, book.Safe, book.Harmful)
}

// oneOf reports the value of a key that is missing or none of those allowed.
func oneOf[T ~string](c *checker, key string, value T, allowed ...T) {
	if !slices.Contains(allowed, value) {
		c.faults.add(c.file, c.lines[key], "%s is one of %q, not %q", key, allowed, value)
	}
}

// relations checks what the entry explains and refines.
func (c *checker) relations() {
	for _, ref := range c.Explains {
		above := c.base.ids[ref.Value]
		switch {
		case above == nil && !c.base.planned[ref.Value]:
			c.faults.add(c.file, ref.Line, "explains: there is no entry %q, nor is it in %s", ref.Value, plannedFile)
		case above != nil && above.Kind == "": // which is a fault of its own
		case above != nil && c.circles[above] == c.circles[c.Entry]:
			c.faults.add(c.file, ref.Line, "explains: %q itself explains %q", ref.Value, c.ID)
		}
	}
	if c.Kind != book.State && c.Kind != "" && len(c.Explains) == 0 {
		c.faults.add(c.file, c.lines["kind"], "a %s explains at least one entry", c.Kind)
	}
	for _, ref := range c.Refines {
		general := c.base.ids[ref.Value]
		switch {
		case general == nil && !c.base.planned[ref.Value]:
			c.faults.add(c.file, ref.Line, "refines: there is no entry %q, nor is it in %s", ref.Value, plannedFile)
		case general != nil && c.refining[general] == c.refining[c.Entry]:
			c.faults.add(c.file, ref.Line, "refines: %q itself refines %q", ref.Value, c.ID)
		}
	}
}

func (c *checker) patterns() {
	if len(c.Patterns)+len(c.Status) == 0 {
		c.faults.add(c.file, 1, "no patterns and no status: nothing could ever match")
	}
	if len(c.Examples) == 0 {
		c.faults.add(c.file, 1, "no examples")
	}
	if want := map[bool]int{true: 1, false: 2}[c.Kind == book.State]; len(c.Not) < want {
		c.faults.add(c.file, 1, "%d texts under “not”, of at least %d that look alike and must not match", len(c.Not), want)
	}
	operations := c.In
	for _, p := range c.Patterns {
		operations = append(operations[:len(operations):len(operations)], p.In...)
	}
	for _, ref := range operations {
		if _, ok := reading.OperationOf(ref.Value); !ok {
			c.faults.add(c.file, ref.Line, "%q is none of the operations %s", ref.Value, strings.Join(reading.Operations(), ", "))
		}
	}
	for _, ref := range c.texts() {
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
	for _, ref := range slices.Concat(c.texts(), c.Not) {
		if strings.Contains(ref.Value, FillIn) {
			c.faults.add(c.file, ref.Line, "%s is left", FillIn)
		}
	}
}

func (c *checker) addresses() {
	for _, picture := range c.Pictures {
		if !book.IsID(picture.Key) {
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

// checkDuplicates reports patterns that mean the same to the matcher and count in
// the same operations.
func checkDuplicates(entries []*Entry, compiled []evidence.Entry, faults *Faults) {
	type holder struct {
		*Entry
		in reading.Operation
	}
	holders := map[string][]holder{}
	for i, e := range entries {
		for n, ref := range e.texts() {
			in := ^reading.Operation(0)
			if patterns := compiled[i].Patterns; n < len(patterns) && patterns[n].In != 0 {
				in = patterns[n].In
			}
			key := match.Fold(ref.Value)
			before := holders[key]
			if i := slices.IndexFunc(before, func(h holder) bool { return h.in&in != 0 }); i >= 0 {
				faults.add(path.Join(e.Folder(), "entry.yaml"), ref.Line, "pattern %q stands in %s already, for the matcher; two may be the same only if their “in” have no operation in common", ref.Value, before[i].ID)
				continue
			}
			holders[key] = append(before, holder{e, in})
		}
	}
}

// texts returns the texts of all patterns, then of status.
func (e *Entry) texts() []Ref {
	var list []Ref
	for _, p := range e.Patterns {
		list = append(list, p.Ref)
	}
	return append(list, e.Status...)
}
