package evidence

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"github.com/reasonbook/reasonbook/internal/reading"
)

// ordered returns the matches: roots, then what they explain that is a state or
// a cause of its own by the book, then other states.
func (c *inquiry) ordered(list, hits []*hit) []Match {
	number := map[*hit]int{}
	for i, h := range list {
		number[h] = i
	}
	depth := func(h *hit) int {
		n := 0
		for _, other := range list {
			if other != h && c.explains(h, other) {
				n++
			}
		}
		return n
	}
	sortHits(list, func(a, b *hit) int {
		return cmp.Or(
			compareBool(a.by >= 0 && !c.kept(a), b.by >= 0 && !c.kept(b)),
			compareBool(c.ranksAsState(a), c.ranksAsState(b)),
			compareBool(a.by >= 0, b.by >= 0),
			compareBool(a.second, b.second),
			compareBool(c.isNotice(a), c.isNotice(b)),
			compareBool(c.saysLittle(a), c.saysLittle(b)),
			cmp.Compare(c.clauseRank(a), c.clauseRank(b)),
			cmp.Compare(depth(b), depth(a)),
			compareBool(a.weak, b.weak),
			cmp.Compare(currency(a), currency(b)),
			cmp.Compare(stage(a.inner), stage(b.inner)),
			cmp.Compare(b.score, a.score),
			cmp.Compare(a.Start, b.Start),
		)
	})
	var matches []Match
	for _, h := range list {
		if h.by >= 0 && !c.kept(h) {
			continue
		}
		m := Match{
			Entry: int(h.entry), Pattern: h.patterns[0], Patterns: h.patterns, Start: h.Start, End: h.End,
			Parameters: h.Parameters, Container: h.record.Container, hit: h,
		}
		for _, n := range h.or {
			m.Alternatives = append(m.Alternatives, int(n))
		}
		matches = append(matches, m)
	}
	return matches
}

// isNotice reports whether a cause stands in a warning that the operation goes on
// all the same.
func (c *inquiry) isNotice(h *hit) bool {
	text := c.doc.Text[h.record.Start:min(h.record.End, h.record.Start+1000)]
	return strings.Contains(text, "may not succeed")
}

// kept reports whether a hit that another explains is still part of the answer:
// a state, or what the root brings about by the book.
func (c *inquiry) kept(h *hit) bool {
	return h.state || h.by >= 0 && c.explains(&c.hits[h.by], h)
}

// ranksAsState: an entry that explains causes ranks as one, whatever its kind.
func (c *inquiry) ranksAsState(h *hit) bool {
	if !h.state {
		return false
	}
	for _, n := range c.rules.Entries[h.entry].Explains {
		if !c.rules.Entries[n].State {
			return false
		}
	}
	return true
}

// saysLittle reports whether a hit is the word for the end of the last run that
// says only with or without an error: and a liveness check may have ended a
// program that is then asked to stop and does.
func (c *inquiry) saysLittle(h *hit) bool {
	r := h.record
	if r.Source != reading.LastState || !r.Status || !c.ranksAsState(h) {
		return false
	}
	switch r.Reason {
	case "Error":
		return true
	case "Completed":
		if r.Subject < 0 {
			return false
		}
		s := &c.doc.Subjects[r.Subject]
		return slices.ContainsFunc(s.Containers, func(c reading.Container) bool { return c.Name == r.Container && c.Liveness })
	}
	return false
}

// currency orders what is said of now before what is said of earlier.
func currency(h *hit) int {
	switch h.record.Source {
	case reading.LastState:
		return 2
	case reading.Event:
		if h.record.Operation == reading.Retry {
			return 3
		}
		return 1
	case reading.Condition:
		return 1
	}
	return 0
}

// compareBool orders false before true.
func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// sortHits keeps the order of equals. Package sort has one body for all types, and
// browsers load it; slices has one for each.
func sortHits(hits []*hit, order func(a, b *hit) int) {
	sort.SliceStable(hits, func(i, j int) bool { return order(hits[i], hits[j]) < 0 })
}
