package evidence

import (
	"strings"
	"time"

	"github.com/reasonbook/reasonbook/internal/reading"
)

// Why says what counted for and against a match, in English, one sentence each:
// where it was found, what it means there, what explains what.
func (r *Result) Why(f *Finding, m *Match) []string {
	c, h := r.inquiry, m.hit
	list := []string{c.place(h)}
	rule := &c.rules.Patterns[h.Pattern]
	if rule.In != 0 {
		in := reading.Operation(rule.In).String()
		switch {
		case h.inner == 0 && h.outer == 0:
			list = append(list, "The pattern counts in "+in+"; the text names no operation that speaks against it.")
		default:
			list = append(list, "The pattern counts in "+in+", and this is "+h.inner.String()+".")
		}
	}
	if h.weak {
		list = append(list, "It is weak: it fits many failures, and nothing that names the thing stands beside it.")
	}
	e := &c.rules.Entries[m.Entry]
	var explained []string
	for i := range f.Matches {
		if other := f.Matches[i].Entry; other != m.Entry && e.explains(uint32(other)) {
			explained = append(explained, c.rules.Entries[other].ID)
		}
	}
	if len(explained) > 0 {
		list = append(list, "It brings about what the text shows too: "+strings.Join(explained, ", ")+".")
	}
	for i := range f.Matches {
		if other := f.Matches[i].Entry; other != m.Entry && c.rules.Entries[other].explains(uint32(m.Entry)) {
			list = append(list, "It comes after "+c.rules.Entries[other].ID+", which brings it about.")
		}
	}
	for _, n := range m.Alternatives {
		list = append(list, "The text does not tell it from "+c.rules.Entries[n].ID+".")
	}
	for i := range c.hits {
		if other := &c.hits[i]; other.by >= 0 && &c.hits[other.by] == h && len(other.why) > 0 {
			list = append(list, "It was preferred to "+c.rules.Entries[other.entry].ID+" ("+c.quote(other)+"): "+
				strings.TrimSuffix(other.why[0], c.rules.Entries[h.entry].ID)+"this.")
		}
	}
	return list
}

// A Discarded is a place where a pattern matches and that does not count.
type Discarded struct {
	Entry      int
	Start, End int
	Text       string // what was found
	Why        string
}

// Discarded returns what was found and does not count, each entry once for each
// reason, in the order of their places.
func (r *Result) Discarded() []Discarded {
	if r.inquiry == nil {
		return nil
	}
	var list []Discarded
	type key struct {
		entry uint32
		why   string
	}
	seen := map[key]bool{}
	for i := range r.inquiry.hits {
		h := &r.inquiry.hits[i]
		k := key{h.entry, h.against}
		if h.against == "" || seen[k] {
			continue
		}
		seen[k] = true
		list = append(list, Discarded{Entry: int(h.entry), Start: h.Start, End: h.End, Text: r.Document.Text[h.Start:h.End], Why: h.against})
	}
	return list
}

// place says where a hit stands: “pull QPS exceeded” in an event 2m1s ago.
func (c *inquiry) place(h *hit) string {
	r := h.record
	article := " in a "
	if r.Source == reading.Event {
		article = " in an "
	}
	s := "Found " + c.quote(h) + article + r.Source.String() + " record"
	if r.Reason != "" && r.Source != reading.Row && !r.Status {
		s += " (" + r.Reason + ")"
	}
	if r.Age >= 0 {
		s += ", " + r.Age.Round(time.Second).String() + " ago"
	}
	if r.Subject >= 0 && c.doc.Subjects[r.Subject].Name != "" {
		s += ", about " + c.doc.Subjects[r.Subject].Name
	}
	return s + "."
}

// quote returns the words of a hit, shortened.
func (c *inquiry) quote(h *hit) string {
	s := strings.Join(strings.Fields(c.doc.Text[h.Start:h.End]), " ")
	if r := []rune(s); len(r) > 60 {
		s = string(r[:59]) + "…"
	}
	return "“" + s + "”"
}
