package evidence_test

import (
	"os"
	"strings"
	"testing"
)

// TestReady: a program that says that it is ready has survived what failed before.
func TestReady(t *testing.T) {
	data, err := os.ReadFile("testdata/ready.txt")
	if err != nil {
		t.Fatal(err)
	}
	_, lists, _ := strings.Cut(string(data), "\n== ready\n")
	ready, not, ok := strings.Cut(lists, "\n== not ready\n")
	if !ok {
		t.Fatal("no lists")
	}
	entries, x := testBook(t)
	const failure = "2026-11-20T08:00:01Z ERROR cache - dial tcp 10.0.3.8:9999: connect: connection refused\n"
	for list, want := range map[string]string{ready: "", not: "outbound-refused"} {
		for line := range strings.SplitSeq(strings.TrimSpace(list), "\n") {
			if got := answers(t, entries, x, failure+line+"\n"); got != want {
				t.Errorf("%s\ngot %q, want %q", line, got, want)
			}
		}
	}
}
