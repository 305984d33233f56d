package match

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// FuzzHits holds the matcher to what every caller relies on: evidence lies
// inside the text, cuts no rune and is evidence by itself; hits are in order;
// the same text gives the same answer; nothing panics, whatever the bytes.
func FuzzHits(f *testing.F) {
	x := testIndex(f)
	for _, entry := range testBook {
		for _, pattern := range entry.Patterns {
			f.Add(pattern)
			f.Add("Ｘ：" + strings.NewReplacer("{", "", "}", "").Replace(pattern) + "\xff。\\n")
			f.Add("<p>\x1b[1m" + strings.ReplaceAll(pattern, " ", "&nbsp;") + `\u0022</p>` + "\x1b[0m\n  **x**")
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		hits := x.Find(text)
		if diff := cmp.Diff(hits, x.Find(text)); diff != "" {
			t.Fatalf("two answers to one text:\n%s", diff)
		}
		for i, h := range hits {
			if h.Start < 0 || h.Start >= h.End || h.End > len(text) {
				t.Fatalf("evidence [%d:%d] of %d bytes", h.Start, h.End, len(text))
			}
			if i > 0 && (h.Start < hits[i-1].Start || h.Start == hits[i-1].Start && h.End > hits[i-1].End) {
				t.Fatalf("hits in no order: %v", hits)
			}
			evidence := text[h.Start:h.End]
			if utf8.ValidString(text) && !utf8.ValidString(evidence) {
				t.Fatalf("evidence %q cuts a rune", evidence)
			}
			for _, p := range h.Parameters {
				if p.Value == "" {
					t.Fatalf("parameter %s is empty", p.Name)
				}
			}
		}
		x.Nearest(text, 3)
		if folded := Fold(text); utf8.ValidString(text) && Fold(folded) != folded {
			t.Fatalf("folding %q twice gives %q", folded, Fold(folded))
		}
	})
}
