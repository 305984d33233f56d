package filter

import (
	"github.com/reasonbook/reasonbook/internal/match"
	"github.com/reasonbook/reasonbook/internal/samplelog"
	"strings"
	"testing"
)

func BenchmarkProf(b *testing.B) {
	var ph [][]string
	for _, p := range samplelog.Phrases(1261) {
		ph = append(ph, strings.Fields(match.Fold(p)))
	}
	tb := Compile(ph)
	text := samplelog.Log(4<<20, 7)
	var s State
	for b.Loop() {
		s.Reset()
		tb.Scan(text, 0, len(text), &s, func(Spot) bool { return true })
	}
}
