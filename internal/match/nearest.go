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
	nearestShare = 600 // of a thousand trigrams of the text and of a pattern, those that both have
)

// Nearest returns up to n entries, the most similar first, with a pattern that
// is spelt mostly like the beginning of the text. It is for a text without a
// match, to ask whether one of these was meant (CrashLopBackOf); it knows
// nothing of what the text says.
func (x *Index) Nearest(text string, n int) []int {
	if len(text) > nearestText {
		text = text[:nearestText]
	}
	t := x.tables
	seen := map[uint32]bool{}
	shared := map[uint32]uint32{} // by pattern
	for gram := range grams(Fold(text)) {
		if seen[gram] {
			continue
		}
		seen[gram] = true
		i, ok := slices.BinarySearch(t.Grams, gram)
		if !ok {
			continue
		}
		for _, pattern := range t.GramPatterns[t.GramStart[i]:t.GramStart[i+1]] {
			shared[pattern]++
		}
	}
	likeness := map[uint32]uint32{} // by entry: that of its nearest pattern
	var found []int
	for pattern, both := range shared {
		share := 2000 * both / (uint32(len(seen)) + t.PatternGrams[pattern]) // Dice's coefficient
		if share < nearestShare {
			continue
		}
		entry := t.Patterns[pattern].Entry
		if likeness[entry] == 0 {
			found = append(found, int(entry))
		}
		likeness[entry] = max(likeness[entry], share)
	}
	sort.SliceStable(found, func(i, j int) bool {
		a, b := likeness[uint32(found[i])], likeness[uint32(found[j])]
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
