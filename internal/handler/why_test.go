package handler_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/answer"
)

// TestWhy: who asks why is told, in every format, what counted and what did
// not; nobody else is.
func TestWhy(t *testing.T) {
	const body = "Warning  Failed  2m  kubelet  Failed to pull image \"nginx:1.99\": manifest unknown\n\nThere is no CrashLoopBackOff any more.\n"
	asked := func(target, format string) string {
		w := post(open(t), target, body, "Content-Type", "text/plain", "Accept", format)
		if w.Code != 200 {
			t.Fatalf("%s: %d %s", target, w.Code, w.Body)
		}
		return w.Body.String()
	}
	for _, format := range []string{"application/json", "text/plain", "text/markdown", "text/html"} {
		for target, want := range map[string]bool{
			"/diagnose": false, "/diagnose?why=0": false, "/diagnose?lang=en": false,
			"/diagnose?why=1": true, "/diagnose?lang=ja&why=1": true,
		} {
			out := asked(target, format)
			for _, part := range []string{"manifest unknown” in an event record (Failed)", "The pattern counts in ", "the text says that there is none"} {
				if strings.Contains(out, part) != want {
					t.Errorf("%s, %s: %q is there: %t, want %t\n%.3000s", target, format, part, !want, want, out)
				}
			}
		}
	}
	doc := decode(t, post(open(t), "/diagnose?why=1", body, "Content-Type", "text/plain"))
	if m := doc.Diagnoses[0].Matches[0]; m.ID != "image-not-found" || len(m.Why) == 0 || m.Summary == "" || m.Confirm == "" {
		t.Errorf("first match %+v", m)
	}
	i := slices.IndexFunc(doc.Discarded, func(d answer.Discarded) bool { return d.ID == "crash-loop-back-off" })
	if i < 0 || doc.Discarded[i].Text != "CrashLoopBackOff" || doc.Discarded[i].Why == "" {
		t.Errorf("discarded %+v", doc.Discarded)
	}
	if doc := decode(t, post(open(t), "/diagnose?why=1", "CrashLoopBackOff", "Content-Type", "text/plain")); doc.Discarded == nil || len(doc.Discarded) != 0 {
		t.Errorf("nothing discarded: %+v", doc.Discarded)
	}
}
