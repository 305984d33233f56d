package diagnosis

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/reasonbook/reasonbook/internal/payload"
)

// diagnose reads a body and diagnoses it.
func diagnose(t *testing.T, body string) []Diagnosis {
	t.Helper()
	cases, fault := payload.Read([]byte(body), "")
	if fault != nil {
		t.Fatal(fault)
	}
	list, err := Of(t.Context(), testBook(), cases)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// pod is a Pod whose container has a status, in JSON.
func pod(name string, status map[string]any) map[string]any {
	return map[string]any{
		"apiVersion": "v1", "kind": "Pod", "metadata": map[string]any{"name": name, "namespace": "shop"},
		"status": map[string]any{"phase": "Running", "containerStatuses": []any{status}},
	}
}

func waiting(reason, message string) map[string]any {
	return map[string]any{"name": "app", "ready": false, "state": map[string]any{"waiting": map[string]any{"reason": reason, "message": message}}}
}

func marshal(t *testing.T, v any) string {
	t.Helper()
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// TestOf: each subject that something is the matter with is told apart, with
// the place of its evidence.
func TestOf(t *testing.T) {
	table := "NAMESPACE   NAME     READY   STATUS             RESTARTS   AGE\nshop        cart-1   0/1     ImagePullBackOff   0          2m\nshop        web-1    1/1     Running            0          2d\nshop        job-1    0/1     CrashLoopBackOff   9          2d\n"
	pull := `Failed to pull image "nginx:1.27": manifest unknown`
	cart := payload.Subject{Kind: "Pod", Namespace: "shop", Name: "cart-1"}
	inApp := cart
	inApp.Container = "app"
	for _, test := range []struct {
		name, body string
		want       []told
	}{
		{"a status word", "CrashLoopBackOff", []told{{Matches: []seen{{ID: "crash-loop-back-off", Evidence: "CrashLoopBackOff"}}}}},
		{"a text with several subjects",
			table,
			[]told{
				{Subject: cart, Matches: []seen{{ID: "image-pull-back-off", Evidence: "ImagePullBackOff", Start: strings.Index(table, "Image")}}},
				{Subject: payload.Subject{Kind: "Pod", Namespace: "shop", Name: "job-1"}, Matches: []seen{{ID: "crash-loop-back-off", Evidence: "CrashLoopBackOff", Start: strings.Index(table, "Crash")}}},
			}},
		{"the simple form",
			marshal(t, map[string]any{"namespace": "shop", "instance": "cart-1", "container": "app", "reason": "ImagePullBackOff", "message": "Oh. " + pull}),
			[]told{{Subject: inApp, Matches: []seen{
				{ID: "image-not-found", Field: "message", Evidence: "manifest unknown", Start: 39},
				{ID: "err-image-pull", Field: "message", Evidence: `Failed to pull image "nginx:1.27"`, Start: 4, Parameters: map[string]string{"image": "nginx:1.27"}},
				{ID: "image-pull-back-off", Field: "reason", Evidence: "ImagePullBackOff"},
			}}}},
		{"the simple form with a log",
			marshal(t, map[string]any{"instance": "cart-1", "namespace": "shop", "reason": "CrashLoopBackOff", "logs": "starting\njava.lang.OutOfMemoryError: Java heap space\n"}),
			[]told{{Subject: cart, Matches: []seen{
				{ID: "heap-oom", Field: "logs", Evidence: "java.lang.OutOfMemoryError: Java heap space", Start: 9, Parameters: map[string]string{"detail": "Java heap space"}},
				{ID: "crash-loop-back-off", Field: "reason", Evidence: "CrashLoopBackOff"},
			}}}},
		{"a pod",
			marshal(t, pod("cart-1", waiting("ErrImagePull", pull))),
			[]told{{Subject: inApp, Matches: []seen{
				{ID: "image-not-found", Field: "status.containerStatuses[0].state.waiting.message", Evidence: "manifest unknown", Start: 35},
				{ID: "err-image-pull", Field: "status.containerStatuses[0].state.waiting.message", Evidence: `Failed to pull image "nginx:1.27"`, Parameters: map[string]string{"image": "nginx:1.27"}},
			}}}},
		{"a log in which the program goes on is no failure",
			marshal(t, map[string]any{"logs": "2026-01-02 10:00:00 WARN retry: connection refused\n2026-01-02 10:00:01 INFO connected to db\n2026-01-02 10:00:02 INFO listening on :80\n"}),
			[]told{{}}},
		{"nothing known", "something else", []told{{}}},
	} {
		if diff := cmp.Diff(test.want, toldBy(testBook(), diagnose(t, test.body))); diff != "" {
			t.Errorf("%s: -want +got:\n%s", test.name, diff)
		}
	}
}

// TestList: of a list each object has its own diagnosis, in order, healthy ones
// too; the events of one belong to it.
func TestList(t *testing.T) {
	ready := pod("web-1", map[string]any{"name": "app", "ready": true, "state": map[string]any{"running": map[string]any{"startedAt": "2026-01-01T00:00:00Z"}}})
	ready["status"].(map[string]any)["conditions"] = []any{map[string]any{"type": "Ready", "status": "True"}}
	event := func(reason, message, seen string) map[string]any {
		return map[string]any{
			"apiVersion": "v1", "kind": "Event", "metadata": map[string]any{"name": "e", "namespace": "shop"}, "type": "Warning", "reason": reason, "message": message,
			"involvedObject": map[string]any{"kind": "Pod", "namespace": "shop", "name": "cart-1"}, "firstTimestamp": seen, "lastTimestamp": seen,
		}
	}
	list := diagnose(t, marshal(t, map[string]any{"apiVersion": "v1", "kind": "List", "items": []any{
		pod("cart-1", waiting("ImagePullBackOff", "")), ready,
		event("Failed", `Failed to pull image "nginx:1.27": manifest unknown`, "2026-01-01T00:00:00Z"),
	}}))
	var ids []string
	for _, d := range toldBy(testBook(), list) {
		line := d.Subject.Name + ":"
		for _, m := range d.Matches {
			line += " " + m.ID + "@" + m.Field
		}
		ids = append(ids, line)
	}
	want := []string{
		"cart-1: image-not-found@items[2].message err-image-pull@items[2].message image-pull-back-off@items[0].status.containerStatuses[0].state.waiting.reason",
		"web-1:",
	}
	if diff := cmp.Diff(want, ids); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if len(list) == 2 && list[1].Case.Ignored != payload.Healthy {
		t.Errorf("web-1 is ignored for %q", list[1].Case.Ignored)
	}
}

// TestNearest: a misspelt reason has entries that may have been meant; a log has
// none.
func TestNearest(t *testing.T) {
	for body, want := range map[string]string{
		"CrashLopBackOf":              "crash-loop-back-off",
		"ImagePulBackOff":             "image-pull-back-off",
		"the weather is fine":         "",
		`{"logs":"CrashLopBackOf\n"}`: "",
		`{"reason":"CrashLopBackOf"}`: "crash-loop-back-off",
		"CrashLoopBackOff":            "", // it matches
		strings.Repeat("fine ", 100):  "",
	} {
		list := diagnose(t, body)
		var ids []string
		for _, n := range list[0].Nearest {
			ids = append(ids, testBook().Entries[n].ID)
		}
		if strings.Join(ids, " ") != want {
			t.Errorf("%s: nearest %q, want %q", body, ids, want)
		}
	}
}

// TestValue: blanks are filled with a match's parameters, else with what is
// known of the subject.
func TestValue(t *testing.T) {
	list := diagnose(t, "$ kubectl -n shop describe pod cart-1\nName: cart-1\nNamespace: shop\nContainers:\n  app:\n    State: Waiting\n      Reason: CrashLoopBackOff\nEvents:\n  Warning  BackOff  1m  kubelet  Back-off restarting failed container app\n")
	if len(list) != 1 || len(list[0].Matches) == 0 {
		t.Fatalf("%+v", list)
	}
	d := &list[0]
	for name, want := range map[string]string{"instance": "cart-1", "namespace": "shop", "container": "app", "image": ""} {
		if got := d.Value(&d.Matches[0], name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

// TestWhy: what counts for a match, and what was found and does not count, is
// said, of a long text too.
func TestWhy(t *testing.T) {
	filler := strings.Repeat(prose, 2*long/len(prose))
	report := "Warning  Failed  2m  kubelet  Failed to pull image \"a\": manifest unknown\n\nreadiness: no CrashLoopBackOff seen.\n"
	for _, body := range []string{report, filler + report} {
		list := diagnose(t, body)
		if len(list) != 1 || len(list[0].Matches) == 0 {
			t.Fatalf("%d bytes: %+v", len(body), toldBy(testBook(), list))
		}
		why := strings.Join(list[0].Why(&list[0].Matches[0]), "\n")
		for _, want := range []string{"“manifest unknown”", "event record (Failed)", "counts in pull", "brings about", "err-image-pull"} {
			if !strings.Contains(why, want) {
				t.Errorf("%d bytes: why lacks %q:\n%s", len(body), want, why)
			}
		}
		if strings.Contains(why, "at byte") { // the evidence says where; this is a place in what is left of a long text
			t.Errorf("%d bytes: why names a place:\n%s", len(body), why)
		}
		discarded := list[0].Discarded()
		if len(discarded) != 1 || testBook().Entries[discarded[0].Entry].ID != "crash-loop-back-off" || discarded[0].Text != "CrashLoopBackOff" || discarded[0].Why == "" {
			t.Errorf("%d bytes: discarded %+v", len(body), discarded)
		}
	}
}
