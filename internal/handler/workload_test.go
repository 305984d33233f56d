package handler_test

import (
	"strings"
	"testing"
)

// TestWorkload: the formats for people say what an instance belongs to, where the
// input does; and a pasted alert that names no state has the causes still possible.
func TestWorkload(t *testing.T) {
	const text = "Name:             web-5d9c7b8f64-7kq2n\nNamespace:        pay\nControlled By:  ReplicaSet/web-5d9c7b8f64\n" +
		"Containers:\n  srv:\n    State:          Waiting\n      Reason:       CrashLoopBackOff\n    Ready:          False\n"
	for accept, want := range map[string]string{
		"text/plain":    "(srv) · Deployment/web\n",
		"text/markdown": "(srv) · Deployment/web`**",
		"text/html":     "(srv) · Deployment/web</code>",
	} {
		if body := asked("", "en", accept, text); !strings.Contains(body, want) {
			t.Errorf("%s lacks %q:\n%s", accept, want, body[:min(len(body), 600)])
		}
		bare := strings.Replace(text, "Controlled By:  ReplicaSet/web-5d9c7b8f64\n", "", 1)
		if body := asked("", "en", accept, bare); strings.Contains(body, "Deployment/") || strings.Contains(body, " · <") {
			t.Errorf("%s names a workload that is not known", accept)
		}
	}
	for text, want := range map[string]string{
		"[FIRING:1] KubePodNotReady (pay web-5d9c7b8f64-7kq2n)": "failed-mount",
		"[FIRING:1] KubeClientErrors (pay apiserver)":           "",
	} {
		body := asked("", "en", "application/json", text)
		if got := strings.Contains(body, `"causes"`); got != (want != "") || !strings.Contains(body, want) {
			t.Errorf("%q: %s", text, body)
		}
	}
}
