package phrases_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/phrases"
)

// TestScan compares the places of random phrases in random texts with those that
// strings.Index finds.
func TestScan(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	word := func(alphabet []rune, n int) string {
		var s strings.Builder
		for range n {
			s.WriteRune(alphabet[random.IntN(len(alphabet))])
		}
		return s.String()
	}
	for range 300 {
		alphabet := []rune("abAB 镜像")[:2+random.IntN(6)]
		var list []string
		for range 1 + random.IntN(5) {
			list = append(list, word(alphabet, 3+random.IntN(4)))
		}
		text := word(alphabet, random.IntN(200))
		var want []int
		for i := range text {
			for _, p := range list {
				if len(text)-i >= len(p) && lowerASCII(text[i:i+len(p)]) == lowerASCII(p) {
					want = append(want, i, i+len(p))
				}
			}
		}
		var got []int
		phrases.New(list).Scan(text, func(f phrases.Found) bool {
			got = append(got, f.Start, f.End)
			return true
		})
		// Of several phrases at one place the order is not told.
		if slices.Sort(got); !slices.Equal(got, sorted(want)) {
			t.Fatalf("%q in %q: %v, want %v", list, text, got, want)
		}
	}
}

func sorted(list []int) []int { slices.Sort(list); return list }

func lowerASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

func TestLists(t *testing.T) {
	set := phrases.New([]string{"listening on"}, []string{"panic:", "fatal"}, []string{"停止"})
	for text, want := range map[string]uint64{
		"": 0, "x": 0, "Listening ON :80": 1, "PANIC: x": 2, "fatal: listening on": 3, "已停止": 4, "listenin": 0,
	} {
		if got := set.Lists(text); got != want {
			t.Errorf("%q: %b, want %b", text, got, want)
		}
	}
}
