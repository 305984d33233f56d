package match

import (
	"cmp"
	"slices"
)

// A Hit is a place where a pattern matches.
type Hit struct {
	Pattern    int // index into the patterns of the tables
	Start, End int // bytes of the text
	Parameters []Parameter
}

// Hits returns every place of a text where a pattern matches, in order. Its
// error is that of the context, which it returns soon after the context has
// ended.
func (x *Index) Hits(ctx Context, text string) ([]Hit, error) {
	s := x.scratch.Get().(*scan)
	s.all = true
	err := s.run(ctx, 0, Text{Value: text})
	var hits []Hit
	if err == nil && len(s.found) > 0 {
		hits = make([]Hit, 0, len(s.found))
		for _, f := range s.found {
			hits = append(hits, Hit{int(f.pattern), f.start, f.end, f.parameters})
		}
		slices.SortFunc(hits, func(a, b Hit) int {
			return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End), cmp.Compare(a.Pattern, b.Pattern))
		})
	}
	s.all, s.text = false, ""
	s.tokens.close()
	clear(s.found) // they hold parts of the text
	s.found = s.found[:0]
	x.scratch.Put(s)
	return hits, err
}
