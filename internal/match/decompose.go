package match

import "slices"

//go:generate go run ./maketables

// decompose returns what a rune stands for by Unicode's compatibility
// decomposition (NFKD), "" if it stands for itself. Two texts have the same
// NFKC if and only if they have the same NFKD, so decomposing is enough to
// compare them. Korean syllables stay whole.
//
// The table is written in runs of runes one after the other, with a length for
// each of them, since browsers load it.
func decompose(r rune) string {
	if r < compatFirst[0] || r >= 0x3400 && r <= 0x9fff {
		return ""
	}
	run, ok := slices.BinarySearch(compatFirst[:], r)
	if !ok {
		run--
	}
	index := int(compatIndex[run]) + int(r-compatFirst[run])
	if index >= int(compatIndex[run+1]) {
		return ""
	}
	start := int(compatStart[run])
	for _, length := range []byte(compatLengths[compatIndex[run]:index]) {
		start += int(length)
	}
	return compatText[start : start+int(compatLengths[index])]
}
