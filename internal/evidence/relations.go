package evidence

import (
	"cmp"
	"slices"
	"strings"

	"github.com/reasonbook/reasonbook/internal/match"
	"github.com/reasonbook/reasonbook/internal/reading"
)

// findings gathers the hits that stand by subject and puts the roots first.
func (c *inquiry) findings() []Finding {
	subjects := map[int][]*hit{}
	var order []int
	for i := range c.hits {
		h := &c.hits[i]
		if h.against != "" {
			continue
		}
		s := h.record.Subject
		if _, ok := subjects[s]; !ok {
			order = append(order, s)
		}
		subjects[s] = append(subjects[s], h)
	}
	// What names no subject belongs to the only one that something is said of.
	if loose, ok := subjects[-1]; ok && len(order) == 2 {
		for s := range subjects {
			if s >= 0 {
				subjects[s] = append(subjects[s], loose...)
				delete(subjects, -1)
				order = slices.DeleteFunc(order, func(n int) bool { return n < 0 })
				sortHits(subjects[s], func(a, b *hit) int { return cmp.Compare(a.Start, b.Start) })
				break
			}
		}
	}
	c.logOf(subjects, order)
	order = c.companions(subjects, order)
	var list []Finding
	for _, s := range order {
		if matches := c.matches(subjects[s]); len(matches) > 0 {
			list = append(list, Finding{Subject: s, Matches: matches})
		}
	}
	return list
}

// matches relates the hits of one subject and makes matches of what is left.
func (c *inquiry) matches(hits []*hit) []Match {
	c.contain(hits)
	c.chains(hits)
	best := c.perEntry(hits)
	c.relate(best)
	return c.ordered(best, hits)
}

// contain: a hit inside another's evidence is a part of it. A state stays, as
// a state.
func (c *inquiry) contain(hits []*hit) {
	sortHits(hits, func(a, b *hit) int { return cmp.Compare(a.place, b.place) })
	for i, a := range hits {
		for n := i - 1; n >= 0 && hits[n].Start == a.Start; n-- {
			i = n // those that begin at the same place are in no order
		}
		for _, b := range hits[i:] {
			if b.Start > a.End {
				break
			}
			if a == b || a.entry == b.entry || b.by >= 0 || b.Start < a.Start || min(b.End, b.literal) > a.literal {
				continue
			}
			same := a.Start == b.Start && a.End == b.End
			if same && (a.score < b.score || a.score == b.score && a.Pattern < b.Pattern) {
				continue
			}
			if b.state && !a.state || b.state && c.explains(a, b) {
				continue
			}
			if c.refines(b, a) || c.explains(b, a) && c.inHole(a, b) || a.weak && !b.weak {
				continue
			}
			if same && c.untold(a, b) {
				a.addAlternative(b.entry)
				b.addAlternative(a.entry)
				b.second = true
				continue
			}
			c.explain(b, a, "it lies within the evidence of ")
		}
	}
}

// untold reports whether nothing tells which of two causes of other operations
// the same words mean: “x509: …” of a pull or of the application.
func (c *inquiry) untold(a, b *hit) bool {
	in := func(h *hit) reading.Operation { return reading.Operation(c.rules.Patterns[h.Pattern].In) }
	return !a.state && !b.state && a.inner|a.outer == 0 && in(a) != 0 && in(b) != 0 && in(a)&in(b) == 0
}

// inHole reports whether words of a hit within another's evidence stand where a
// hole of that one's pattern is: they tell more. All others say the same as it.
func (c *inquiry) inHole(a, b *hit) bool {
	words := c.doc.Text[b.Start:b.End]
	return slices.ContainsFunc(a.Parameters, func(p match.Parameter) bool {
		return strings.Contains(p.Value, words) ||
			strings.Contains(words, p.Value) && !slices.ContainsFunc(b.Parameters, func(own match.Parameter) bool { return own.Value == p.Value })
	})
}

// chains: of the causes in one record the innermost is the root, but a weak one
// yields to any that is not.
func (c *inquiry) chains(hits []*hit) {
	records := map[int][]*hit{}
	for _, h := range hits {
		if !h.state && h.by < 0 {
			records[h.number] = append(records[h.number], h)
		}
	}
	for _, list := range records {
		if len(list) < 2 {
			continue
		}
		if a, b := c.either(list); a != nil {
			a.addAlternative(b.entry)
			b.addAlternative(a.entry)
			for _, h := range list {
				if h.entry != a.entry && h.entry != b.entry && h.by < 0 && !c.explains(h, a) && !c.refines(h, a) {
					c.explain(h, a, "the message leaves open which of two it is: ")
				}
			}
			continue
		}
		root := c.rootOf(list)
		for _, h := range list {
			if h == root || h.entry == root.entry || h.by >= 0 {
				continue
			}
			if c.explains(h, root) || c.listed(h, root) || slices.Contains(root.or, h.entry) {
				continue
			}
			c.explain(h, root, "further inside the same message stands ")
		}
	}
}

// either returns the two causes of a record that it names as alternatives, with
// “or” between them, unless what follows decides: “repository does not exist or
// may require authorization”.
func (c *inquiry) either(list []*hit) (a, b *hit) {
	for _, x := range list {
		for _, y := range list {
			if x.entry == y.entry || x.End >= y.Start || c.explains(x, y) || c.explains(y, x) ||
				strings.Trim(c.doc.Text[x.End:y.Start], " ") != "or" {
				continue
			}
			decided := slices.ContainsFunc(list, func(h *hit) bool { return !h.weak && h.Start >= y.End })
			if !decided {
				return x, y
			}
		}
	}
	return nil, nil
}

// rootOf returns the root among the causes of one record.
func (c *inquiry) rootOf(list []*hit) *hit {
	record := list[0].record
	text := c.doc.Text[record.Start:record.End]
	first := strings.Contains(text, "During handling of the above exception") || strings.Contains(text, "was the direct cause")
	root := slices.MaxFunc(list, func(a, b *hit) int {
		byPlace := cmp.Or(cmp.Compare(a.End, b.End), cmp.Compare(a.score, b.score))
		if first {
			byPlace = -byPlace
		}
		return cmp.Or(-compareBool(a.weak, b.weak), byPlace)
	})
	// What brings the innermost about, or is a case of it, stands for it.
	for range list {
		i := slices.IndexFunc(list, func(h *hit) bool { return (root.weak || !h.weak) && (c.explains(h, root) || c.refines(h, root)) })
		if i < 0 {
			break
		}
		root = list[i]
	}
	return root
}

// listed reports whether two causes stand side by side in a list rather than
// one inside the other.
func (c *inquiry) listed(a, b *hit) bool {
	if a.Start > b.Start {
		a, b = b, a
	}
	if a.End >= b.Start {
		return false
	}
	between := c.doc.Text[a.End:b.Start]
	return (a.record.Operation == reading.Schedule || a.inner == reading.Schedule) && strings.Contains(between, ",") ||
		strings.Contains(between, ", rpc error:")
}

// perEntry keeps one hit for each entry: the longest, with what the others know.
func (c *inquiry) perEntry(hits []*hit) []*hit {
	byEntry := map[uint32][]*hit{}
	var order []uint32
	for _, h := range hits {
		if h.by >= 0 {
			continue
		}
		if _, ok := byEntry[h.entry]; !ok {
			order = append(order, h.entry)
		}
		byEntry[h.entry] = append(byEntry[h.entry], h)
	}
	var list []*hit
	for _, entry := range order {
		same := byEntry[entry]
		sortHits(same, func(a, b *hit) int {
			return cmp.Or(
				compareBool(a.weak, b.weak),
				cmp.Compare(b.score, a.score),
				cmp.Compare(len(b.Parameters), len(a.Parameters)),
				cmp.Compare(a.Start, b.Start),
			)
		})
		best := same[0]
		for _, h := range same {
			if n := int(c.rules.Tables.Patterns[h.Pattern].Number); !slices.Contains(best.patterns, n) {
				best.patterns = append(best.patterns, n)
			}
		}
		for _, h := range same {
			for _, n := range h.or {
				best.addAlternative(n)
			}
		}
		for _, other := range same[1:] {
			best.Parameters = match.MergeParameters(best.Parameters, other.Parameters)
		}
		list = append(list, best)
	}
	return list
}

// relate: what the book says that one entry explains another, or is a case of it;
// and what fails earlier in the life of an instance explains what never came.
func (c *inquiry) relate(list []*hit) {
	for _, a := range list {
		for _, b := range list {
			if a == b || b.by >= 0 {
				continue
			}
			switch {
			case c.refines(a, b):
				c.explain(b, a, "a more particular cause is ")
			case c.explains(a, b) && !b.state && !a.state:
				c.explain(b, a, "it is brought about by ")
			}
		}
	}
	// A program that does not come up answers no check: what its log names is why.
	for _, b := range list {
		if b.by >= 0 || b.state || b.inner != reading.Probe || b.record.Source == reading.Log || c.isLiveness(b) {
			continue
		}
		for _, a := range list {
			if a.by < 0 && !a.state && a.record.Source == reading.Log && a.inner&reading.Run != 0 {
				c.explain(b, a, "the program's own log names why: ")
				break
			}
		}
	}
	c.relateWriters(list)
	// A weak cause yields to any other of the same subject and operation.
	for _, b := range list {
		if !b.weak || b.state || b.by >= 0 {
			continue
		}
		for _, a := range list {
			if a != b && !a.weak && a.by < 0 && !slices.Contains(a.or, b.entry) && (!a.state && (a.record.Source == reading.Log) == (b.record.Source == reading.Log) || c.competes(a, b)) {
				c.explain(b, a, "it fits many failures, and the text names one: ")
				break
			}
		}
	}
}

// isLiveness reports whether a hit is about a liveness check, whose failure ends
// the program, and not the other way round.
func (c *inquiry) isLiveness(h *hit) bool {
	return strings.Contains(strings.ToLower(c.doc.Text[h.record.Start:h.record.End]), "liveness")
}

// competes reports whether a state in the same record explains the same as a
// cause, and is not itself brought about by it: an image that is refused for its
// signature is not missing.
func (c *inquiry) competes(a, b *hit) bool {
	if !a.state || a.number != b.number || c.explains(b, a) {
		return false
	}
	for _, n := range c.rules.Entries[a.entry].Explains {
		if c.rules.Entries[b.entry].explains(n) {
			return true
		}
	}
	return false
}

// stage returns the place of an operation in the life of an instance.
func stage(o reading.Operation) int {
	for i := range 32 {
		if o&(1<<i) != 0 {
			return i
		}
	}
	return 32
}

func (c *inquiry) explains(a, b *hit) bool { return c.rules.Entries[a.entry].explains(b.entry) }

func (c *inquiry) refines(a, b *hit) bool { return c.rules.Entries[a.entry].refines(b.entry) }

// explain notes that a explains b.
func (c *inquiry) explain(b, a *hit, why string) {
	b.by = a.place
	b.why = append(b.why, why+c.rules.Entries[a.entry].ID)
}
