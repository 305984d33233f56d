package evidence_test

import (
	"context"
	"slices"
	"testing"

	"github.com/reasonbook/reasonbook/internal/evidence"
	"github.com/reasonbook/reasonbook/internal/reading"
)

// TestUntold asks about words that two causes share, one in a pull and one in a
// program: alone they leave open which, and what stands around them decides.
func TestUntold(t *testing.T) {
	rules, err := evidence.Compile([]evidence.Entry{
		{ID: "pull", Patterns: []evidence.Pattern{{Text: "shelf is full", In: reading.Pull}}},
		{ID: "program", Patterns: []evidence.Pattern{{Text: "shelf is full", In: reading.Run | reading.Exit}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		text         string
		first        int
		alternatives []int // of the first
	}{
		{"shelf is full", 1, []int{0}},
		{`Failed to pull image "desk:1": shelf is full`, 0, nil},
		{"2026-11-24 08:00:01 ERROR shelf is full", 1, nil},
	} {
		result, err := evidence.New(rules).Text(context.Background(), test.text)
		if err != nil || len(result.Findings) != 1 {
			t.Errorf("%s: %v %v", test.text, result.Findings, err)
			continue
		}
		matches := result.Findings[0].Matches
		if matches[0].Entry != test.first || !slices.Equal(matches[0].Alternatives, test.alternatives) || len(matches) != 1+len(test.alternatives) {
			t.Errorf("%s: %+v", test.text, matches)
		}
	}
}
