package site

import (
	"strings"
	"testing"
)

func TestMarkedLine(t *testing.T) {
	for _, test := range []struct{ text, decisive, want string }{
		{"shelf is full", "full", "shelf is <mark>full</mark>"},
		{"one\nshelf <is> full\nthree", "<is>", "shelf <mark>&lt;is&gt;</mark> full"},
		{"  Reason:     Error\n  Exit Code:  137\n", "Error\n  Exit Code:  137", "<mark>Exit Code:  137</mark>"},
	} {
		start := strings.Index(test.text, test.decisive)
		if got := string(markedLine(test.text, start, start+len(test.decisive))); got != test.want {
			t.Errorf("%q: %s, want %s", test.text, got, test.want)
		}
	}
}
