package samplelog

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestLogs(t *testing.T) {
	for _, tt := range []struct {
		name string
		make func(int, uint64) string
	}{{"Log", Log}, {"Chinese", Chinese}, {"Japanese", Japanese}, {"JSON", JSON}, {"Coloured", Coloured}} {
		text := tt.make(100_000, 1)
		if len(text) > 100_000 || len(text) < 99_000 || !strings.HasSuffix(text, "\n") || !utf8.ValidString(text) {
			t.Errorf("%s(100000) has %d bytes and ends with %q", tt.name, len(text), text[len(text)-20:])
		}
		if text != tt.make(100_000, 1) || text == tt.make(100_000, 2) {
			t.Errorf("%s does not depend on the seed alone", tt.name)
		}
	}
}

func TestPhrases(t *testing.T) {
	for _, n := range []int{100, 1261, 5000} {
		list := Phrases(n)
		seen := map[string]bool{}
		for _, phrase := range list {
			seen[strings.ToLower(phrase)] = true
		}
		if len(list) != n || len(seen) != n {
			t.Errorf("Phrases(%d): %d phrases, %d different", n, len(list), len(seen))
		}
	}
}
