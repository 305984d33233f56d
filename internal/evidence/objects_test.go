package evidence_test

import (
	"context"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/evidence"
	"github.com/reasonbook/reasonbook/kb"
)

// found returns what the book says of a text: for each subject its kind and name,
// and the ids of its matches.
func found(t *testing.T, x *evidence.Explainer, text string) string {
	t.Helper()
	result, err := x.Text(context.Background(), text)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range result.Findings {
		line := ""
		if f.Subject >= 0 {
			s := result.Document.Subjects[f.Subject]
			line = s.Kind + "/" + s.Name + ":"
		}
		for _, m := range f.Matches {
			line += " " + kb.Book().Entries[m.Entry].ID
		}
		out = append(out, strings.TrimSpace(line))
	}
	return strings.Join(out, "\n")
}

// TestPastedObjects: objects that stand in a text, as people paste them.
func TestPastedObjects(t *testing.T) {
	x := evidence.New(kb.Book().Rules)
	const pod = `apiVersion: v1
kind: Pod
metadata:
  %s
  name: till-0
  namespace: desk
status:
  phase: Pending
  containerStatuses:
  - name: app
    ready: false
    restartCount: 0
    state:
      waiting:
        reason: ContainerCreating
`
	const event = `apiVersion: v1
involvedObject:
  kind: Pod
  name: till-0
  namespace: desk
kind: Event
lastTimestamp: "2026-11-26T08:49:00Z"
message: 'MountVolume.SetUp failed for volume "data" : mount failed: exit status 32 Output: mount.nfs: Connection timed out'
metadata:
  name: till-0.1
  namespace: desk
reason: FailedMount
type: Warning
`
	deleting := func(gone, told string) string {
		return "Look:\napiVersion: v1\nkind: Pod\nmetadata:\n  deletionTimestamp: \"" + gone + "\"\n  name: till-0\n  namespace: desk\n" +
			"status:\n  conditions:\n  - lastTransitionTime: \"" + told + "\"\n    status: \"False\"\n    type: Ready\n  phase: Running\n"
	}
	created := strings.Replace(pod, "%s", `creationTimestamp: "2026-11-26T08:40:00Z"`, 1)
	const other = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: till-1\n  namespace: desk\nstatus:\n  phase: Running\n"
	quoted := func(s string) string { return "> " + strings.ReplaceAll(strings.TrimSpace(s), "\n", "\n> ") + "\n" }
	const mounting = "Pod/till-0: volume-server-unreachable failed-mount container-creating"
	for _, test := range []struct{ name, text, want string }{
		{"an event beside its pod", created + "---\n" + other + "---\n" + event, mounting},
		{"quoted in a mail", "Can you help?\n\n" + quoted(created+"---\n"+other+"---\n"+event), mounting},
		{"in a list", "Here it is:\n```\napiVersion: v1\nitems:\n- " + strings.ReplaceAll(strings.TrimSpace(created), "\n", "\n  ") +
			"\n- " + strings.ReplaceAll(strings.TrimSpace(other), "\n", "\n  ") + "\n- " + strings.ReplaceAll(strings.TrimSpace(event), "\n", "\n  ") + "\nkind: List\n```\n", mounting},
		{"an event in a line of JSON between sentences", "I see\n" +
			`{"kind":"Event","apiVersion":"v1","metadata":{"name":"till-0.1"},"involvedObject":{"kind":"Pod","name":"till-0"},"reason":"FailedMount","message":"Output: mount.nfs: Connection timed out","type":"Warning"}` +
			"\nand nothing else.\n", "Pod/till-0: volume-server-unreachable failed-mount"},
		{"overdue", deleting("2026-11-26T07:00:00Z", "2026-11-26T08:10:00Z"), "Pod/till-0: terminating-stuck"},
		{"within its time of grace", deleting("2026-11-26T08:10:20Z", "2026-11-26T08:10:00Z"), ""},
		{"a row younger than a deletion may take", "NAME     READY   STATUS        RESTARTS   AGE\ntill-0   1/1     Terminating   0          40s\n", ""},
		{"a row that is older", "NAME     READY   STATUS        RESTARTS   AGE\ntill-0   1/1     Terminating   0          2d\n", "Pod/till-0: terminating-stuck"},
		{"a DaemonSet", "Name:           agent\nSelector:       app=agent\nNode-Selector:  <none>\nDesired Number of Nodes Scheduled: 3\n" +
			"Number of Nodes Scheduled with Available Pods: 0\nNumber of Nodes Misscheduled: 0\nPods Status:  0 Running / 0 Waiting / 0 Succeeded / 0 Failed\nEvents:\n" +
			"  Type     Reason        Age  From                  Message\n  ----     ------        ---  ----                  -------\n" +
			"  Warning  FailedCreate  12s  daemonset-controller  Error creating: pods \"agent-\" is forbidden: violates PodSecurity \"baseline:latest\": hostPath volumes (volume \"root\")\n",
			"DaemonSet/agent: pod-security-violation failed-create"},
		{"a resource of a device plugin in a row", "till-0   0/1     OutOfnvidia.com/gpu   0          2m", "Pod/till-0: node-admission-rejected"},
		{"a resource of a device plugin in an event", "12s   Warning   OutOfexample.com/npu   pod/till-0   Node didn't have enough resource: example.com/npu, requested: 2, used: 4, capacity: 4",
			"Pod/till-0: node-admission-rejected"},
		{"spaces that do not break", "Name:\u00a0\u00a0 till-0\nContainers:\n\u00a0 app:\n\u00a0 \u00a0 State:\u00a0 \u00a0 \u00a0 Waiting\n\u00a0 \u00a0 \u00a0 Reason:\u00a0 \u00a0CrashLoopBackOff\n" +
			"\u00a0 \u00a0 Last State:\u00a0 Terminated\n\u00a0 \u00a0 \u00a0 Reason:\u00a0 \u00a0OOMKilled\n", "/till-0: oom-killed crash-loop-back-off"},
		{"the kubelet's volume manager, a ConfigMap", `E1126 08:00:01.0 1234 configmap.go:193] Couldn't get configMap desk/till-env: configmap "till-env" not found`, "configmap-not-found"},
		{"the kubelet's volume manager, a Secret", `E1126 08:00:01.123456    1234 secret.go:189] Couldn't get secret desk/till-key: secret "till-key" not found`, "secret-not-found"},
		{"what somebody proposes", "fix: show restarts\n\nwhere a pod is in a crash loop we lost the number. This PR adds it for CrashLoopBackOff pods as well.\n", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := found(t, x, test.text); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
