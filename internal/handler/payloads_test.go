package handler_test

import (
	"net/url"
	"strings"
	"testing"
)

func TestSimpleForm(t *testing.T) {
	for _, test := range []struct {
		name, body string
		want       []string // ids of the first diagnosis
		field      string   // of the first evidence
		step       string   // in its steps
	}{
		{"reason and message", `{"namespace":"shop","instance":"cart-7d9f","container":"app","reason":"Running Unhealthy","message":"Readiness probe failed: HTTP probe failed with statuscode: 503"}`,
			[]string{"probe-http-status", "readiness-probe-failed"}, "message", "kubectl -n shop logs cart-7d9f -c app"},
		{"reason", `{"reason":"Error"}`, []string{"error"}, "reason", "<instance>"},
		{"exit code", `{"exitCode":137}`, []string{"sigkill-137", "error"}, "exitCode", ""},
		{"exit code that the reason explains", `{"reason":"OOMKilled","message":"CrashLoopBackOff","exitCode":137}`, []string{"oom-killed", "crash-loop-back-off"}, "reason", ""},
		{"cause before its state", `{"reason":"CrashLoopBackOff","message":"Liveness probe failed: x"}`, []string{"liveness-probe-failed", "crash-loop-back-off"}, "message", ""},
		{"a log line is no status", `{"reason":"CrashLoopBackOff","logs":"Error"}`, []string{"crash-loop-back-off"}, "reason", ""},
		{"nulls", `{"reason":"ImagePullBackOff","message":null,"logs":null,"exitCode":null,"object":null}`, []string{"image-pull-back-off"}, "reason", ""},
		{"object", `{"reason":"x","object":{"kind":"Pod","apiVersion":"v1","metadata":{"namespace":"shop","name":"cart-7d9f"},"status":{"containerStatuses":[{"name":"app","state":{"waiting":{"reason":"CrashLoopBackOff"}},"lastState":{"terminated":{"exitCode":1,"reason":"Error"}}}]}}}`,
			[]string{"app-exit-1", "crash-loop-back-off", "error"}, "object.status.containerStatuses[0].lastState.terminated.exitCode", "kubectl -n shop logs cart-7d9f -c app --previous"},
		{"hostile names", `{"namespace":"$(reboot)","instance":"-o yaml","container":"a\nb","reason":"Readiness probe failed"}`, []string{"readiness-probe-failed"}, "reason", "kubectl -n <namespace> logs <instance> -c <container>"},
	} {
		t.Run(test.name, func(t *testing.T) {
			doc := decode(t, post(open(t), "/diagnose", test.body, "Content-Type", "application/json"))
			var ids []string
			for _, m := range doc.Diagnoses[0].Matches {
				ids = append(ids, m.ID)
			}
			if strings.Join(ids, " ") != strings.Join(test.want, " ") {
				t.Fatalf("matches %v, want %v", ids, test.want)
			}
			m := doc.Diagnoses[0].Matches[0]
			if m.Evidence.Field != test.field {
				t.Errorf("evidence in %q, want %q", m.Evidence.Field, test.field)
			}
			if !strings.Contains(strings.Join(m.Steps, "\n"), test.step) {
				t.Errorf("steps lack %q:\n%s", test.step, strings.Join(m.Steps, "\n"))
			}
		})
	}
}

// TestBatch: a fault in one item of a batch never costs the others.
func TestBatch(t *testing.T) {
	doc := decode(t, post(open(t), "/diagnose", `[{"reason":"CrashLoopBackOff"},{"what":"is this"},7,{"reason":5},{"instance":"a","reason":"Running Healthy"},{"reason":"ImagePullBackOff"}]`, "Content-Type", "application/json"))
	if n := len(doc.Diagnoses); n != 3 || len(doc.Errors) != 3 {
		t.Fatalf("%d diagnoses, errors %+v", n, doc.Errors)
	}
	if doc.Diagnoses[0].Matches[0].ID != "crash-loop-back-off" || doc.Diagnoses[2].Matches[0].ID != "image-pull-back-off" {
		t.Errorf("the good items are not diagnosed: %+v", doc)
	}
	for i, place := range []string{"[1]", "[2]", "[3]"} {
		if e := doc.Errors[i]; e.Place != place || e.Status != 422 || e.Title == "" {
			t.Errorf("error at %s: %+v", place, e)
		}
	}
	if d := doc.Diagnoses[1]; d.Ignored == "" || len(d.Matches) != 0 || doc.Ignored != "" {
		t.Errorf("a healthy item: %+v; ignored as a whole: %q", d, doc.Ignored)
	}
	for _, format := range []string{"text/plain", "text/markdown", "text/html"} {
		w := post(open(t), "/diagnose?lang=ja", `[{"reason":"CrashLoopBackOff"},{"reason":5}]`, "Content-Type", "application/json", "Accept", format)
		if !strings.Contains(w.Body.String(), "リクエストの形式を判別できません") || strings.Contains(w.Body.String(), "must be") {
			t.Errorf("%s: %s", format, w.Body)
		}
	}
}

func TestNothingToDiagnose(t *testing.T) {
	for _, text := range []string{" succeeded\n", "healthy", "Running Healthy\n"} {
		doc := decode(t, post(open(t), "/diagnose", text, "Content-Type", "text/plain"))
		if doc.Ignored == "" || len(doc.Diagnoses[0].Matches) != 0 || len(doc.Diagnoses[0].Nearest) != 0 {
			t.Errorf("%q: %+v", text, doc)
		}
	}
	doc := decode(t, post(open(t), "/diagnose?lang=ja", `{"instance":"cart-1","reason":"Running Healthy"}`, "Content-Type", "application/json"))
	if doc.Ignored == "" || len(doc.Diagnoses[0].Matches) != 0 {
		t.Errorf("healthy: %+v", doc)
	}
	doc = decode(t, post(open(t), "/diagnose", " Running\n", "Content-Type", "text/plain"))
	if doc.Ignored != "" || !strings.Contains(doc.Note, "not whether every container is ready") || len(doc.Diagnoses[0].Matches) != 0 {
		t.Errorf("running, of unknown readiness: %+v", doc)
	}
	doc = decode(t, post(open(t), "/diagnose", "the weather is fine", "Content-Type", "text/plain"))
	if d := doc.Diagnoses[0]; len(d.Matches) != 0 || d.Nearest == nil || len(d.Nearest) != 0 {
		t.Errorf("about nothing: %+v", d)
	}
	doc = decode(t, post(open(t), "/diagnose", "CrashLopBackOf", "Content-Type", "text/plain"))
	if d := doc.Diagnoses[0]; len(d.Matches) != 0 || len(d.Nearest) == 0 || d.Nearest[0] != "crash-loop-back-off" {
		t.Errorf("misspelt: %+v", d)
	}
}

func TestTEM(t *testing.T) {
	const pods = `{"TotalCount":3,"PodList":[
		{"PodId":"cart-1","Status":"CrashLoopBackOff","ContainerState":"waiting","Ready":false,"RestartCount":0,"Unhealthy":null,"UnhealthyWarningMsg":""},
		{"PodId":"cart-2","Status":"Running","ContainerState":"running","Ready":false,"Unhealthy":true,"UnhealthyWarningMsg":"Readiness check failed according to l4 listener: lbl-1 of CLB lb-1. Service: shop/cart"},
		{"PodId":"cart-3","Status":"Running","ContainerState":"running","Ready":true,"Unhealthy":null,"UnhealthyWarningMsg":""}]}`
	for _, body := range []string{pods, `{"Result":` + pods + `}`, `{"Response":{"RequestId":"x","Result":` + pods + `}}`} {
		doc := decode(t, post(open(t), "/diagnose", body, "Content-Type", "application/json"))
		if len(doc.Diagnoses) != 3 {
			t.Fatalf("%d diagnoses of %s", len(doc.Diagnoses), body)
		}
		if m := doc.Diagnoses[0].Matches; len(m) != 1 || m[0].ID != "crash-loop-back-off" {
			t.Errorf("first pod: %+v", m)
		}
		if m := doc.Diagnoses[1].Matches; len(m) != 1 || m[0].ID != "clb-readiness-check-failed" || m[0].Parameters["listener"] != "lbl-1" {
			t.Errorf("second pod: %+v", m)
		}
		if d := doc.Diagnoses[2]; d.Subject.Name != "cart-3" || d.Ignored == "" || len(d.Matches) != 0 {
			t.Errorf("third pod: %+v", d)
		}
	}
}

func TestKubernetesObjects(t *testing.T) {
	const list = `{"kind":"List","apiVersion":"v1","items":[
		{"kind":"Pod","apiVersion":"v1","metadata":{"namespace":"shop","name":"cart-1"},"status":{"phase":"Pending","containerStatuses":[{"name":"app","state":{"waiting":{"reason":"ContainerCreating"}}}]}},
		{"kind":"Event","apiVersion":"v1","involvedObject":{"kind":"Pod","namespace":"shop","name":"cart-1","fieldPath":"spec.containers{app}"},"type":"Normal","reason":"BackOff","message":"Back-off pulling image \"nginx:1.99\""},
		{"kind":"Pod","apiVersion":"v1","metadata":{"namespace":"shop","name":"web-1"},"status":{"phase":"Running","containerStatuses":[{"name":"app","ready":true,"state":{"running":{}},"lastState":{"terminated":{"exitCode":1,"reason":"Error"}}}]}},
		{"kind":"Event","apiVersion":"events.k8s.io/v1","regarding":{"kind":"Pod","namespace":"shop","name":"api-1"},"reason":"Unhealthy","note":"Liveness probe failed: x"},
		{"metadata":5}]}`
	doc := decode(t, post(open(t), "/diagnose", list, "Content-Type", "application/json"))
	if len(doc.Diagnoses) != 3 {
		t.Fatalf("%d diagnoses", len(doc.Diagnoses))
	}
	d := doc.Diagnoses[0]
	if d.Subject.Name != "cart-1" || d.Subject.Container != "app" || len(d.Matches) != 2 || d.Matches[0].ID != "image-pull-back-off" || d.Matches[0].Parameters["image"] != "nginx:1.99" {
		t.Errorf("the event belongs to the pod: %+v", d)
	}
	if d := doc.Diagnoses[1]; d.Ignored == "" || len(d.Matches) != 0 {
		t.Errorf("a pod that runs again is healthy: %+v", d)
	}
	if d := doc.Diagnoses[2]; d.Subject.Name != "api-1" || len(d.Matches) != 1 || d.Matches[0].ID != "liveness-probe-failed" {
		t.Errorf("event of events.k8s.io: %+v", d)
	}
	if len(doc.Errors) != 1 || doc.Errors[0].Place != "items[4]" || doc.Errors[0].Status != 422 {
		t.Errorf("damaged item: %+v", doc.Errors)
	}
}

func TestContentTypes(t *testing.T) {
	for _, test := range []struct{ contentType, body string }{
		{"", "CrashLoopBackOff"},
		{"", `{"reason":"CrashLoopBackOff"}`},
		{"", `[{"reason":"CrashLoopBackOff"}]`},
		{"", "[pod] CrashLoopBackOff"},
		{"text/plain", "\ufeffCrashLoopBackOff"},
		{"application/json; charset=UTF-8", "\ufeff{\"reason\":\"CrashLoopBackOff\"}"},
		{"application/cloudevents+json", `{"reason":"CrashLoopBackOff"}`},
		{"application/x-www-form-urlencoded", url.Values{"reason": {"CrashLoopBackOff"}}.Encode()},
	} {
		doc := decode(t, post(open(t), "/diagnose", test.body, "Content-Type", test.contentType))
		if m := doc.Diagnoses[0].Matches; len(m) == 0 || m[0].ID != "crash-loop-back-off" {
			t.Errorf("%q %q: %+v", test.contentType, test.body, m)
		}
	}
	doc := decode(t, post(open(t), "/diagnose", zip("CrashLoopBackOff"), "Content-Type", "text/plain", "Content-Encoding", "gzip"))
	if doc.Diagnoses[0].Matches[0].ID != "crash-loop-back-off" {
		t.Errorf("gzip: %+v", doc)
	}
}
