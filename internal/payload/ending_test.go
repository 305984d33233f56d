package payload_test

import (
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/payload"
)

// TestEnding: whether a Pod is overdue that is being deleted, is decided by the
// times that come with it, not by today.
func TestEnding(t *testing.T) {
	const gone = "2024-03-04T10:00:00Z"
	pod := func(state, since string) string {
		return `{"kind":"Pod","apiVersion":"v1","metadata":{"name":"shelf-0","namespace":"lib","deletionTimestamp":"` + gone + `"},"status":{"phase":"Running",
			"conditions":[{"type":"Ready","status":"True","lastTransitionTime":"` + since + `"}],"containerStatuses":[{"name":"app","ready":true,"state":` + state + `}]}}`
	}
	const runs, waits = `{"running":{"startedAt":"2024-03-01T10:00:00Z"}}`, `{"waiting":{"reason":"PodInitializing"}}`
	event := func(seen string) string {
		return `{"kind":"Event","apiVersion":"v1","type":"Normal","reason":"Killing","message":"Stopping container app","lastTimestamp":"` + seen +
			`","involvedObject":{"kind":"Pod","namespace":"lib","name":"shelf-0"}}`
	}
	list := func(items ...string) string {
		return `{"kind":"List","apiVersion":"v1","items":[` + strings.Join(items, ",") + `]}`
	}
	for _, test := range []struct {
		name, body string
		normal     bool
	}{
		{"it ran when it was saved", pod(runs, "2024-03-01T10:00:10Z"), true},
		{"it never ran", pod(waits, "2024-03-01T10:00:10Z"), false},
		{"changed while it had time", pod(waits, "2024-03-04T09:59:50Z"), true},
		{"changed an hour later", pod(runs, "2024-03-04T11:00:00Z"), false},
		{"an event while it had time", list(pod(runs, "2024-03-01T10:00:10Z"), event("2024-03-04T09:59:40Z")), true},
		{"an event an hour later", list(pod(runs, "2024-03-01T10:00:10Z"), event("2024-03-04T11:00:00Z")), false},
		{"another object an hour later", list(pod(runs, "2024-03-01T10:00:10Z"), strings.ReplaceAll(pod(runs, "2024-03-04T11:00:00Z"), "shelf-0", "desk-0")), false},
	} {
		whole, err := payload.Read([]byte(test.body), "application/json")
		if err != nil {
			t.Fatal(test.name, err)
		}
		streamed, err, broken := payload.ReadStream(strings.NewReader(test.body))
		if err != nil || broken != nil {
			t.Fatal(test.name, err, broken)
		}
		for how, cases := range map[string][]payload.Case{"as a whole": whole, "as a stream": streamed} {
			found := false
			for _, text := range cases[0].Texts {
				if text.Means == "Terminating" {
					found = true
					if text.Record.Normal != test.normal {
						t.Errorf("%s, %s: normal %t", test.name, how, text.Record.Normal)
					}
				}
			}
			if !found || cases[0].Ignored != "" {
				t.Errorf("%s, %s: %+v", test.name, how, cases[0])
			}
		}
	}
}
