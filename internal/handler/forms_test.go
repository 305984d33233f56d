package handler_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
)

// A pod in every form that people send it in.
type forms struct{ yaml, json, describe, table, simple, tem string }

// TestEveryForm: one instance gets one first cause, whatever the form it is sent in,
// and with the names that the form gives.
func TestEveryForm(t *testing.T) {
	memory := forms{
		yaml: `apiVersion: v1
kind: Pod
metadata:
  labels:
    app: cart
  name: cart-7d9f8b6c54-x2kpl
  namespace: desk
  ownerReferences:
  - apiVersion: apps/v1
    controller: true
    kind: ReplicaSet
    name: cart-7d9f8b6c54
    uid: "1"
spec:
  containers:
  - image: registry.example.test/cart:1
    livenessProbe:
      httpGet:
        path: /up
        port: 8080
    name: app
  - image: registry.example.test/side:1
    name: side
status:
  conditions:
  - lastTransitionTime: "2026-11-25T10:00:00Z"
    message: 'containers with unready status: [app]'
    reason: ContainersNotReady
    status: "False"
    type: Ready
  containerStatuses:
  - containerID: containerd://1
    lastState:
      terminated:
        exitCode: 137
        finishedAt: "2026-11-25T10:02:00Z"
        reason: OOMKilled
        startedAt: "2026-11-25T10:01:00Z"
    name: app
    ready: false
    restartCount: 4
    state:
      waiting:
        message: back-off 40s restarting failed container=app pod=cart-7d9f8b6c54-x2kpl_desk(1)
        reason: CrashLoopBackOff
  - name: side
    ready: true
    restartCount: 0
    state:
      running:
        startedAt: "2026-11-25T10:00:00Z"
  phase: Running
`,
		json: `{
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
        "labels": {"app": "cart"},
        "name": "cart-7d9f8b6c54-x2kpl",
        "namespace": "desk",
        "ownerReferences": [
            {
                "apiVersion": "apps/v1",
                "controller": true,
                "kind": "ReplicaSet",
                "name": "cart-7d9f8b6c54"
            }
        ]
    },
    "spec": {
        "containers": [
            {"image": "registry.example.test/cart:1", "name": "app"}
        ]
    },
    "status": {
        "containerStatuses": [
            {
                "lastState": {
                    "terminated": {
                        "exitCode": 137,
                        "reason": "OOMKilled"
                    }
                },
                "name": "app",
                "ready": false,
                "restartCount": 4,
                "state": {
                    "waiting": {
                        "reason": "CrashLoopBackOff"
                    }
                }
            }
        ],
        "phase": "Running"
    }
}`,
		describe: `Name:             cart-7d9f8b6c54-x2kpl
Namespace:        desk
Status:           Running
Controlled By:    ReplicaSet/cart-7d9f8b6c54
Containers:
  app:
    State:          Waiting
      Reason:       CrashLoopBackOff
    Last State:     Terminated
      Reason:       OOMKilled
      Exit Code:    137
    Ready:          False
    Restart Count:  4
`,
		table:  "NAMESPACE   NAME                    READY   STATUS      RESTARTS      AGE\ndesk        cart-7d9f8b6c54-x2kpl   1/2     OOMKilled   4 (9s ago)    6m\n",
		simple: `{"namespace":"desk","instance":"cart-7d9f8b6c54-x2kpl","container":"app","reason":"OOMKilled","exitCode":137}`,
		tem:    `{"PodId":"cart-7d9f8b6c54-x2kpl","Status":"OOMKilled","ContainerState":"terminated","Ready":false,"RestartCount":4}`,
	}
	recovered := forms{
		yaml: strings.NewReplacer("ready: false", "ready: true", `status: "False"`, `status: "True"`, "      waiting:\n        message: back-off 40s restarting failed container=app pod=cart-7d9f8b6c54-x2kpl_desk(1)\n        reason: CrashLoopBackOff\n",
			"      running:\n        startedAt: \"2026-11-25T10:03:00Z\"\n", "    message: 'containers with unready status: [app]'\n    reason: ContainersNotReady\n", "").Replace(memory.yaml),
		json: strings.NewReplacer(`"ready": false`, `"ready": true`, `"waiting"`, `"running"`, `"reason": "CrashLoopBackOff"`, `"startedAt": "2026-11-25T10:03:00Z"`).Replace(memory.json),
		describe: strings.NewReplacer("Ready:          False", "Ready:          True", "State:          Waiting\n      Reason:       CrashLoopBackOff",
			"State:          Running\n      Started:      Wed, 25 Nov 2026 10:03:00 +0000").Replace(memory.describe),
		table:  "NAMESPACE   NAME                    READY   STATUS    RESTARTS      AGE\ndesk        cart-7d9f8b6c54-x2kpl   2/2     Running   4 (52m ago)   58m\n",
		simple: `{"namespace":"desk","instance":"cart-7d9f8b6c54-x2kpl","reason":"Running"}`,
		tem:    `{"PodId":"cart-7d9f8b6c54-x2kpl","Status":"Running","ContainerState":"running","Ready":true,"RestartCount":4}`,
	}
	for _, test := range []struct {
		name  string
		forms forms
		want  string // the first match
	}{
		{"killed for its memory", memory, "oom-killed"},
		{"killed for its memory once, and ready again", recovered, ""},
	} {
		var line strings.Builder
		if err := json.NewEncoder(&line).Encode(json.RawMessage(compact(t, test.forms.json))); err != nil {
			t.Fatal(err)
		}
		other := `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"fine-0","namespace":"desk"},"status":{"phase":"Running","containerStatuses":[{"name":"app","ready":true,"state":{"running":{}}}]}}`
		for _, form := range []struct{ name, contentType, body string }{
			{"JSON", "application/json", test.forms.json},
			{"JSON as text", "text/plain", test.forms.json},
			{"JSON in a sentence", "text/plain", "have a look please:\n\n" + test.forms.json + "\n\nthank you\n"},
			{"a List", "application/json", `{"kind":"List","apiVersion":"v1","items":[` + other + "," + test.forms.json + `]}`},
			{"lines of JSON", "application/json", other + "\n" + line.String()},
			{"documents of JSON", "", other + "\n" + test.forms.json},
			{"documents of JSON as text", "text/plain", test.forms.json + "\n" + other},
			{"YAML", "application/yaml", test.forms.yaml},
			{"YAML as text", "text/plain", test.forms.yaml},
			{"documents of YAML", "text/yaml", "---\n" + test.forms.yaml + "---\nkind: ConfigMap\nmetadata:\n  name: settings\n"},
			{"describe", "text/plain", test.forms.describe},
			{"describe, quoted", "text/plain", "> " + strings.ReplaceAll(strings.TrimSpace(test.forms.describe), "\n", "\n> ")},
			{"the site's form", "application/x-www-form-urlencoded", "reason=" + url.QueryEscape(test.forms.describe)},
			{"table", "text/plain", test.forms.table},
			{"simple", "application/json", test.forms.simple},
			{"TEM", "application/json", test.forms.tem},
		} {
			t.Run(test.name+"/"+form.name, func(t *testing.T) {
				var header []string
				if form.contentType != "" {
					header = []string{"Content-Type", form.contentType}
				}
				doc := decode(t, post(open(t), "/diagnose", form.body, header...))
				got, name, workload := "", "", ""
				for _, d := range doc.Diagnoses {
					if len(d.Matches) > 0 {
						got, name, workload = got+d.Matches[0].ID, d.Subject.Name, d.Subject.Workload
					}
				}
				if owned := strings.Contains(form.body, "ReplicaSet"); got != "" && owned && workload != "Deployment/cart" {
					t.Errorf("workload %q", workload)
				}
				if got != test.want || got != "" && name != "cart-7d9f8b6c54-x2kpl" {
					t.Errorf("%q of %q, want %q\n%s", got, name, test.want, form.body)
				}
			})
		}
	}
}

func compact(t *testing.T, s string) []byte {
	t.Helper()
	var value any
	if err := json.Unmarshal([]byte(s), &value); err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
