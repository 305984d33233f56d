package match

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// TestDecompose holds the table to package norm, rune by rune.
func TestDecompose(t *testing.T) {
	for r := range rune(unicode.MaxRune + 1) {
		if r >= 0xac00 && r <= 0xdfff { // Korean syllables stay whole; surrogates are no runes
			continue
		}
		want := norm.NFKD.String(string(r))
		if strings.ContainsFunc(want, func(r rune) bool { return unicode.Is(unicode.Hangul, r) }) {
			want = norm.NFC.String(want)
		}
		if want == string(r) {
			want = ""
		}
		if got := decompose(r); got != want {
			t.Errorf("%U: %q, want %q", r, got, want)
		}
	}
}
