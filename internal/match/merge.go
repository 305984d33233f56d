package match

import (
	"cmp"
	"slices"
)

// Merge joins the matches of two stretches of one text, the first before the
// second, into those of both: each entry once, best first, with the evidence of
// the longer pattern and the parameters of both. The matches keep their Text,
// so those of the second must have numbers of their own.
func (x *Index) Merge(first, second []Match) []Match {
	list := slices.Clone(first)
	for _, m := range second {
		i := slices.IndexFunc(list, func(have Match) bool { return have.Entry == m.Entry })
		if i < 0 {
			list = append(list, m)
			continue
		}
		better, other := list[i], m
		if cmp.Or(cmp.Compare(m.Score, better.Score), cmp.Compare(len(m.Parameters), len(better.Parameters))) > 0 {
			better, other = other, better
		}
		better.Parameters = MergeParameters(slices.Clone(better.Parameters), other.Parameters)
		list[i] = better
	}
	slices.SortFunc(list, x.tables.compare)
	return list
}

// compare orders matches, best first.
func (t *Tables) compare(a, b Match) int {
	return cmp.Or(
		cmp.Compare(t.Ranks[b.Entry], t.Ranks[a.Entry]),
		cmp.Compare(b.Score, a.Score),
		cmp.Compare(a.Text, b.Text),
		cmp.Compare(a.Start, b.Start),
		cmp.Compare(a.Entry, b.Entry),
	)
}
