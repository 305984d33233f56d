package handler_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestGroup: group=cause answers once for all instances with one cause, and
// names them in every format.
func TestGroup(t *testing.T) {
	var items []string
	pod := func(name, container, secret string) {
		items = append(items, fmt.Sprintf(`{"kind":"Pod","metadata":{"namespace":"desk","name":"%s"},"status":{"phase":"Pending","containerStatuses":[{"name":"%s",`+
			`"state":{"waiting":{"reason":"CreateContainerConfigError","message":"secret \"%s\" not found"}}}]}}`, name, container, secret))
	}
	for i := range 40 {
		pod(fmt.Sprintf("web-%d", i), "web", "web-password")
	}
	pod("api-0", "api", "api-password")
	items = append(items, `{"kind":"Pod","metadata":{"namespace":"desk","name":"fine-0"},"status":{"phase":"Running","containerStatuses":[{"name":"app","ready":true,"state":{"running":{}}}]}}`)
	body := `{"kind":"List","apiVersion":"v1","items":[` + strings.Join(items, ",") + `]}`

	if doc := decode(t, post(open(t), "/diagnose", body, "Content-Type", "application/json")); len(doc.Diagnoses) != 42 || doc.Diagnoses[0].Subjects != nil {
		t.Errorf("not grouped: %d diagnoses, subjects %v", len(doc.Diagnoses), doc.Diagnoses[0].Subjects)
	}
	doc := decode(t, post(open(t), "/diagnose?group=cause", body, "Content-Type", "application/json"))
	var got []string
	for _, d := range doc.Diagnoses {
		first := "-"
		if len(d.Matches) > 0 {
			first = d.Matches[0].ID
		}
		got = append(got, fmt.Sprint(first, " ", d.Subject.Name, " ", len(d.Subjects)))
	}
	if want := []string{"secret-not-found web-0 40", "secret-not-found api-0 1", "- fine-0 0"}; !slices.Equal(got, want) {
		t.Errorf("groups %q, want %q", got, want)
	}
	if s := doc.Diagnoses[0].Subjects[39]; s.Kind != "Pod" || s.Namespace != "desk" || s.Name != "web-39" || s.Container != "web" {
		t.Errorf("last subject %+v", s)
	}
	for _, format := range []string{"text/plain", "text/markdown", "text/html"} {
		out := post(open(t), "/diagnose?group=cause&lang=ja", body, "Content-Type", "application/json", "Accept", format).Body.String()
		for part, count := range map[string]int{"40件": 1, "Pod desk/web-39 (web)": 1, "Pod desk/api-0 (api)": 1} {
			if strings.Count(out, part) < count {
				t.Errorf("%s: no %q", format, part)
			}
		}
	}
}

// TestNext: an alert that gives no reason is answered with commands that carry
// its names, never with a guess; what a shell would read otherwise is left out.
func TestNext(t *testing.T) {
	for _, test := range []struct {
		name, labels string
		want         []string
	}{
		{"a Pod", `"alertname":"KubePodNotReady","namespace":"desk","pod":"web-0"`, []string{
			"kubectl -n desk describe pod web-0", "kubectl -n desk logs web-0 --all-containers --tail=200", "kubectl -n desk logs web-0 --all-containers --previous --tail=200"}},
		{"a container", `"alertname":"KubePodNotReady","namespace":"desk","pod":"web-0","container":"app"`, []string{
			"kubectl -n desk describe pod web-0", "kubectl -n desk logs web-0 -c app --tail=200", "kubectl -n desk logs web-0 -c app --previous --tail=200"}},
		{"a Deployment", `"alertname":"KubeDeploymentReplicasMismatch","namespace":"desk","deployment":"web"`, []string{
			"kubectl -n desk describe deployment web", "kubectl -n desk get pods -o wide", "kubectl -n desk get events --sort-by=.lastTimestamp"}},
		{"a Job", `"alertname":"KubeJobFailed","namespace":"desk","job_name":"sync"`, []string{"kubectl -n desk describe job sync", "kubectl -n desk describe pods -l job-name=sync"}},
		{"a Node", `"alertname":"KubeNodeUnreachable","node":"node-7"`, []string{
			"kubectl describe node node-7", "kubectl get pods -A -o wide --field-selector spec.nodeName=node-7"}},
		{"names that are commands", `"alertname":"KubePodNotReady","namespace":"$(id)","pod":"x; id"`, []string{"kubectl get pods -A"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			body := `{"version":"4","status":"firing","alerts":[{"status":"firing","labels":{` + test.labels + `}}]}`
			doc := decode(t, post(open(t), "/diagnose", body, "Content-Type", "application/json"))
			if d := doc.Diagnoses[0]; len(d.Matches) != 0 || !slices.Equal(d.Next, test.want) || !slices.Equal(doc.Next, test.want) {
				t.Errorf("matches %v, next %q and %q, want %q", d.Matches, d.Next, doc.Next, test.want)
			}
			for _, format := range []string{"text/plain", "text/markdown", "text/html"} {
				if out := post(open(t), "/diagnose", body, "Content-Type", "application/json", "Accept", format).Body.String(); !strings.Contains(out, test.want[0]) {
					t.Errorf("%s: no %q", format, test.want[0])
				}
			}
		})
	}
	resolved := `{"version":"4","status":"resolved","alerts":[{"status":"resolved","labels":{"alertname":"KubePodNotReady","namespace":"desk","pod":"web-0"}}]}`
	if doc := decode(t, post(open(t), "/diagnose", resolved, "Content-Type", "application/json")); doc.Next != nil || doc.Diagnoses[0].Next != nil {
		t.Errorf("resolved: next %q", doc.Next)
	}
}
