package match

import "slices"

//go:generate go run ./maketables

// decompose returns what a rune stands for by Unicode's compatibility
// decomposition (NFKD), "" if it stands for itself. Two texts have the same
// NFKC if and only if they have the same NFKD, so decomposing is enough to
// compare them. Korean syllables stay whole.
func decompose(r rune) string {
	if r < compatRunes[0] || r >= 0x3400 && r <= 0x9fff {
		return ""
	}
	i, ok := slices.BinarySearch(compatRunes[:], r)
	if !ok {
		return ""
	}
	return compatText[compatEnds[i]:compatEnds[i+1]]
}
