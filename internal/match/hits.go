package match

import (
	"cmp"
	"context"
	"slices"
)

// A Hit is a place where a pattern matches.
type Hit struct {
	Pattern    int // index into the patterns of the tables
	Start, End int // bytes of the text
	Parameters []Parameter
}

// Hits returns every place of a text where a pattern matches, in order.
func (x *Index) Hits(ctx context.Context, text string) ([]Hit, error) {
	s := x.scratch.Get().(*scan)
	s.all = true
	defer func() {
		s.all, s.text, s.found = false, "", s.found[:0]
		x.scratch.Put(s)
	}()
	s.run(0, Text{Value: text})
	hits := make([]Hit, 0, len(s.found))
	for _, f := range s.found {
		hits = append(hits, Hit{int(f.pattern), f.start, f.end, f.parameters})
	}
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End), cmp.Compare(a.Pattern, b.Pattern))
	})
	return hits, ctx.Err()
}
