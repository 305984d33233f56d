package match

import (
	"iter"
	"slices"
	"sort"
)

// NearestCount is how many entries answers ask about: “did you mean …?”
const NearestCount = 3

const (
	nearestText  = 300 // bytes of the text that are looked at
	nearestShare = 0.7 // of a text's trigrams that an entry must have
)

// Nearest returns up to n entries, the most similar first, that share most
// of their spelling with the beginning of the text. It is for a text without a
// match, to ask whether one of these was meant (CrashLopBackOf); it knows
// nothing of what the text says.
func (x *Index) Nearest(text string, n int) []int {
	if len(text) > nearestText {
		text = text[:nearestText]
	}
	t := x.tables
	seen := map[uint32]bool{}
	count := map[uint32]int{}
	for gram := range grams(Fold(text)) {
		if seen[gram] {
			continue
		}
		seen[gram] = true
		i, ok := slices.BinarySearch(t.Grams, gram)
		if !ok {
			continue
		}
		for _, entry := range t.GramEntries[t.GramStart[i]:t.GramStart[i+1]] {
			count[entry]++
		}
	}
	var found []int
	for entry, shared := range count {
		if float64(shared) >= nearestShare*float64(len(seen)) {
			found = append(found, int(entry))
		}
	}
	sort.SliceStable(found, func(i, j int) bool {
		a, b := count[uint32(found[i])], count[uint32(found[j])]
		return a > b || a == b && found[i] < found[j]
	})
	return found[:min(n, len(found))]
}

// grams yields a number for every three runes in a row of a folded text.
// Texts of one or two runes have none.
func grams(folded string) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		var a, b rune
		n := 0
		for _, r := range folded {
			if n++; n >= 3 {
				h := (uint32(a)*0x9e3779b1 ^ uint32(b)) * 0x85ebca6b
				h = (h ^ h>>13 ^ uint32(r)) * 0xc2b2ae35
				if !yield(h ^ h>>16) {
					return
				}
			}
			a, b = b, r
		}
	}
}
