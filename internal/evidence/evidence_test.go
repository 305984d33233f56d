package evidence_test

import (
	"context"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/evidence"
	"github.com/reasonbook/reasonbook/internal/reading"
)

// testBook is a small book with an entry for each kind of relation.
func testBook(t testing.TB) ([]evidence.Entry, *evidence.Explainer) {
	p := func(in reading.Operation, weak bool, texts ...string) []evidence.Pattern {
		var list []evidence.Pattern
		for _, text := range texts {
			list = append(list, evidence.Pattern{Text: text, In: in, Weak: weak})
		}
		return list
	}
	pull := []string{"err-image-pull", "image-pull-back-off"}
	entries := []evidence.Entry{
		{ID: "image-pull-back-off", State: true, Patterns: p(0, false, "ImagePullBackOff", "Back-off pulling image")},
		{ID: "err-image-pull", State: true, Explains: pull[1:], Patterns: p(0, false, "ErrImagePull", "Failed to pull image {image}")},
		{ID: "image-not-found", Explains: pull, Patterns: append(p(reading.Pull, false, "manifest unknown"), p(reading.Pull, true, "not found", "repository does not exist")...)},
		{ID: "image-unauthorized", Explains: pull, Patterns: p(reading.Pull, false, "pull access denied", "may require authorization", "401 Unauthorized")},
		{ID: "image-network", Explains: pull, Patterns: p(reading.Pull, true, "connection refused", "i/o timeout")},
		{ID: "image-tls", Explains: pull, Patterns: p(reading.Pull, false, "x509: {detail...}")},
		{ID: "probe-refused", Explains: []string{"readiness-probe-failed", "liveness-probe-failed"}, Patterns: p(reading.Probe, true, "connection refused")},
		{ID: "readiness-probe-failed", State: true, Patterns: p(0, false, "Readiness probe failed")},
		{ID: "liveness-probe-failed", State: true, Explains: []string{"crash-loop-back-off"}, Patterns: p(0, false, "Liveness probe failed")},
		{ID: "liveness-kill", Explains: []string{"sigkill-137", "crash-loop-back-off", "error"}, Patterns: p(0, false, "failed liveness probe, will be restarted")},
		{ID: "sigkill-137", Explains: []string{"crash-loop-back-off", "error"}, Patterns: p(0, true, "exit code 137")},
		{ID: "oom-killed", State: true, Explains: []string{"sigkill-137", "crash-loop-back-off", "error"}, Patterns: p(0, false, "OOMKilled")},
		{ID: "error", State: true, Status: []string{"Error"}},
		{ID: "crash-loop-back-off", State: true, Patterns: p(0, false, "CrashLoopBackOff", "Back-off restarting failed container")},
		{ID: "failed-mount", State: true, Patterns: p(0, false, "FailedMount", "MountVolume.SetUp failed")},
		{ID: "secret-not-found", Explains: []string{"failed-mount"}, Patterns: p(0, false, "secret {secret} not found")},
		{ID: "insufficient-cpu", Explains: []string{"failed-scheduling"}, Patterns: p(reading.Schedule, false, "{count:1..9999} Insufficient cpu")},
		{ID: "untolerated-taint", Explains: []string{"failed-scheduling"}, Patterns: p(reading.Schedule, false, "{count:1..9999} node(s) had untolerated taint")},
		{ID: "node-affinity", Explains: []string{"failed-scheduling"}, Patterns: p(reading.Schedule, false, "{count:1..9999} node(s) didn't match Pod's node affinity/selector")},
		{ID: "failed-scheduling", State: true, Patterns: p(0, false, "FailedScheduling")},
		{ID: "outbound-refused", Explains: []string{"crash-loop-back-off", "error"}, Patterns: p(reading.Run, true, "connection refused")},
		{ID: "db-refused", Explains: []string{"crash-loop-back-off", "error"}, Refines: []string{"outbound-refused"}, Patterns: p(reading.Run, false, "Communications link failure")},
		{ID: "bean-failed", Explains: []string{"crash-loop-back-off", "error"}, Patterns: p(reading.Run, true, "Error creating bean with name {bean}")},
		{ID: "class-missing", Explains: []string{"crash-loop-back-off", "error"}, Patterns: p(reading.Run, false, "java.lang.ClassNotFoundException: {class}")},
		{ID: "heap-oom", Explains: []string{"crash-loop-back-off", "error"}, Patterns: p(reading.Run, false, "java.lang.OutOfMemoryError: Java heap space")},
		{ID: "module-missing", Explains: []string{"crash-loop-back-off", "error"}, Patterns: p(reading.Run, false, "ModuleNotFoundError: No module named {module}")},
		{ID: "key-error", Explains: []string{"crash-loop-back-off", "error"}, Patterns: p(reading.Run, true, "KeyError: {key}")},
	}
	rules, err := evidence.Compile(entries)
	if err != nil {
		t.Fatal(err)
	}
	return entries, evidence.New(rules)
}

// answers returns the ids of a text's findings: matches joined by spaces,
// findings by “ | ”.
func answers(t testing.TB, entries []evidence.Entry, x *evidence.Explainer, text string) string {
	t.Helper()
	result, err := x.Text(context.Background(), text)
	if err != nil {
		t.Fatal(err)
	}
	var findings []string
	for _, f := range result.Findings {
		var ids []string
		for _, m := range f.Matches {
			ids = append(ids, entries[m.Entry].ID)
		}
		findings = append(findings, strings.Join(ids, " "))
	}
	return strings.Join(findings, " | ")
}

// TestCause: for each kind of failure to name the cause, a text with the right
// answer.
func TestCause(t *testing.T) {
	entries, x := testBook(t)
	for _, test := range []struct{ name, text, want string }{
		{"an entry before what it explains", "Error: ImagePullBackOff\nFailed to pull image \"a:1\": manifest unknown", "image-not-found err-image-pull image-pull-back-off"},
		{"an inner error of what is no longer so", "Failed to pull image \"a:1\": manifest unknown: the tag is no longer there", "image-not-found err-image-pull"},
		{"an inner error of what there is no more of", "Failed to pull image \"a:1\": manifest unknown: no more free addresses", "image-not-found err-image-pull"},
		{"a kill before the code it leaves",
			"State: Waiting\n  Reason: CrashLoopBackOff\nLast State: Terminated\n  Reason: Error\n  Exit Code: 137\n\nNormal  Killing  12s  kubelet  Container app failed liveness probe, will be restarted",
			"liveness-kill sigkill-137 crash-loop-back-off error"},
		{"a state that explains causes", "Last State: Terminated\n  Reason: OOMKilled\n  Exit Code: 137\nState: Waiting\n  Reason: CrashLoopBackOff", "oom-killed sigkill-137 crash-loop-back-off"},

		{"refused in a probe", `Readiness probe failed: Get "http://10.0.0.1:80/": dial tcp 10.0.0.1:80: connect: connection refused`, "probe-refused readiness-probe-failed"},
		{"refused in a pull", `Failed to pull image "a:1": Get "https://r.test/v2/": dial tcp 10.0.0.1:443: connect: connection refused`, "image-network err-image-pull"},
		{"refused in a log", "2026-11-25 10:00:00 FATAL cannot start: dial tcp 10.0.0.9:5432: connect: connection refused", "outbound-refused"},
		{"refused in nothing", "connection refused", ""},
		{"a name that is hidden", `Failed to pull image "{{REGISTRY}}/a:1": manifest unknown`, "image-not-found err-image-pull"},
		{"refused, and advice that another program is listening",
			"web-1  | cannot start: dial tcp 10.0.0.9:5432: connect: connection refused\nweb-1  | \nweb-1  | Stop the process that's listening on port 8080.", "outbound-refused"},
		{"refused, and a question behind it",
			"got this from the pod\n2026-11-25 10:00:00 [INFO] Starting\nError: dial tcp 10.0.0.9:5432: connect: connection refused\nanyone knows?", "outbound-refused"},
		{"refused, and the next part of a form",
			"### What happened?\n\n2026-11-25 10:00:00 [INFO] Starting\nError: dial tcp 10.0.0.9:5432: connect: connection refused\n\n### What did you expect to happen?\n\nIt starts.", "outbound-refused"},
		{"what people call a crash loop, and is none", `web-1 keeps crashing: manifest unknown`, "image-not-found"},
		{"refused in a crash loop", "web-1 is in CrashLoopBackOff: connection refused", "outbound-refused crash-loop-back-off"},
		{"refused, a time in brackets", "[2026-11-25 10:00:00.120][7][critical] cannot start '{\"a\": 1}': dial tcp 10.0.0.9:5432: connect: connection refused", "outbound-refused"},
		{"refused, of a log with other names", "```\n{\"TimeStamp\":\"2026-11-25 10:00:00\",\"Level\":\"Fatal\",\"Msg\":\"cannot start: dial tcp 10.0.0.9:5432: connect: connection refused\"}\n```", "outbound-refused"},
		{"what a program registers", "web-1 is in CrashLoopBackOff, it says: register: dial tcp 10.0.0.9:5432: connect: connection refused", "outbound-refused crash-loop-back-off"},
		{"what somebody asks for", "web-1 is in CrashLoopBackOff, any help would be appreciated", "crash-loop-back-off"},
		{"what kubectl shows", "kubectl get pods shows CrashLoopBackOff for web-1", "crash-loop-back-off"},
		{"not found in a mount", `Warning  FailedMount  3s  kubelet  MountVolume.SetUp failed for volume "v" : secret "db" not found`, "secret-not-found failed-mount"},

		{"the innermost of a chain", `Failed to pull image "a:1": failed to do request: Head "https://r.test/v2/": x509: certificate signed by unknown authority`, "image-tls err-image-pull"},
		{"a weak link yields to one that names the thing", `Failed to pull image "a:1": x509: certificate has expired: lookup failed: not found`, "image-tls err-image-pull"},
		{"the last Caused by",
			"2026-11-25 10:00:00 ERROR org.springframework.boot.SpringApplication - Application run failed\nError creating bean with name 'a'\n\tat a.b(C.java:1)\nCaused by: java.lang.ClassNotFoundException: a.B\n\tat a.b(C.java:1)",
			"class-missing"},
		{"the exception before another was raised",
			"Traceback (most recent call last):\n  File \"a.py\", line 1, in <module>\nModuleNotFoundError: No module named 'x'\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File \"a.py\", line 3, in <module>\nKeyError: 'y'",
			"module-missing"},
		{"the more particular of two", "2026-11-25 10:00:00 FATAL exiting: Communications link failure\nCaused by: java.net.ConnectException: connection refused", "db-refused"},

		{"the failure, not the notice of a retry",
			"Normal   BackOff  2s (x9 over 90s)  kubelet  Back-off pulling image \"a:1\"\nWarning  Failed   9s (x4 over 90s)  kubelet  Failed to pull image \"a:1\": manifest unknown",
			"image-not-found err-image-pull image-pull-back-off"},

		{"clauses of the scheduler", "Warning  FailedScheduling  9s  default-scheduler  0/12 nodes are available: 4 node(s) didn't match Pod's node affinity/selector, 3 Insufficient cpu, 5 node(s) had untolerated taint {gpu: true}. preemption: 0/12 nodes are available: 12 Preemption is not helpful for scheduling.",
			"insufficient-cpu untolerated-taint node-affinity failed-scheduling"},
		{"a clause that counts every node", "Warning  FailedScheduling  9s  default-scheduler  0/3 nodes are available: 1 Insufficient cpu, 3 node(s) had untolerated taint {gpu: true}.",
			"untolerated-taint insufficient-cpu failed-scheduling"},

		{"two causes that the message leaves open", `Failed to pull image "a": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope`, "image-unauthorized image-not-found err-image-pull"},
		{"what follows decides between them", `Failed to pull image "a": pull access denied, repository does not exist or may require authorization: 401 Unauthorized`, "image-unauthorized err-image-pull"},

		{"each instance its own",
			"NAME   READY   STATUS             RESTARTS   AGE\na-1    0/1     CrashLoopBackOff   7          14m\nb-1    1/1     Running            0          14m\nc-1    0/1     ImagePullBackOff   0          14m",
			"crash-loop-back-off | image-pull-back-off"},
	} {
		if got := answers(t, entries, x, test.text); got != test.want {
			t.Errorf("%s:\n%s\ngot  %q\nwant %q", test.name, test.text, got, test.want)
		}
	}
}

// TestLogBesideTable: a log that names no instance is of the only row that tells
// of a program that ended; with two of them it stands alone.
func TestLogBesideTable(t *testing.T) {
	entries, x := testBook(t)
	const log = "\n2026-05-01 10:00:01 INFO starting\n2026-05-01 10:00:02 ERROR java.lang.OutOfMemoryError: Java heap space\n"
	rows := "NAME   READY  STATUS             RESTARTS  AGE\nweb-1  0/1    CrashLoopBackOff   4         9m\nweb-2  0/1    ImagePullBackOff   0         9m\n"
	for _, test := range []struct{ text, want string }{
		{rows + log, "heap-oom crash-loop-back-off | image-pull-back-off"},
		{rows + "web-3  0/1    CrashLoopBackOff   4         9m\n" + log, "crash-loop-back-off | image-pull-back-off | crash-loop-back-off | heap-oom"},
	} {
		if got := answers(t, entries, x, test.text); got != test.want {
			t.Errorf("%s\ngot %s, want %s", test.text, got, test.want)
		}
	}
}

// TestSilence: texts that report no failure.
func TestSilence(t *testing.T) {
	entries, x := testBook(t)
	for _, text := range []string{
		// over
		"LAST SEEN  TYPE     REASON   OBJECT     MESSAGE\n90s        Warning  Failed   pod/a-1    Failed to pull image \"a:1\": manifest unknown\n80s        Normal   Pulled   pod/a-1    Successfully pulled image \"a:1\"\n79s        Normal   Started  pod/a-1    Started container app",
		"Name: a\nNamespace: b\nContainers:\n  app:\n    State:          Running\n      Started:      Mon, 02 Nov 2026 10:00:00 +0000\n    Last State:     Terminated\n      Reason:       OOMKilled\n      Exit Code:    137\n    Ready:          True\nConditions:\n  Ready   True",
		"a-1   1/1   Running   0   3d\n\nWarning  Unhealthy  3d  kubelet  Readiness probe failed: connection refused",
		"2026-11-25 10:00:00 WARN retry 1: connection refused\n2026-11-25 10:00:03 INFO connected to db\n2026-11-25 10:00:04 INFO listening on :8080",
		"[RESOLVED] alert KubePodCrashLooping: pod a is in waiting state (reason: \"CrashLoopBackOff\"). Resolved at 10:04.",
		// denied
		"There are no pods in CrashLoopBackOff.",
		"CrashLoopBackOff: 0, ImagePullBackOff: 0, Running: 31",
		"kube_pod_container_status_waiting_reason{reason=\"CrashLoopBackOff\",pod=\"a\"} 0",
		"CrashLoopBackOff of web-1: no longer seen since noon",
		"CrashLoopBackOff of web-1: no more restarts since noon",
		"没有 Pod 处于 CrashLoopBackOff 状态",
		"CrashLoopBackOff ではありません。",
		"昨日の ImagePullBackOff の件、解決しました。",
		"Fixed an issue where web-1 is in CrashLoopBackOff.",
		// conditions
		"If your pod is in CrashLoopBackOff, look at its logs.",
		"Pod が CrashLoopBackOff になる場合はログを確認します。",
		// documentation, definitions, code
		"CrashLoopBackOff of {{ .Pod }}",
		"## CrashLoopBackOff\n\nIf you see `Back-off restarting failed container`, run\n\n    kubectl logs <pod-name> --previous\n",
		"func f(s string) bool {\n\tswitch s {\n\tcase \"CrashLoopBackOff\":\n\t\treturn true\n\t}\n\treturn false\n}",
		"v21.10.1\n\nChanges since v21.10.0\n\n  • IMPORTANT: v21.10.0 puts the controller into CrashLoopBackOff.\n",
		"#### What type of PR is this?\n\n/kind bug\n\nPods of drained nodes end in CrashLoopBackOff.\n",
		"docs/pods.md:12\nPods end in CrashLoopBackOff.\n```suggestion\nPods go into CrashLoopBackOff.\n```",
		// names
		"crashloopbackoff-demo-5b7c9d8f6-2xkqv   1/1   Running   0   3d2h",
		"Labels: scenario=oomkilled\nAnnotations: description: reacts on CrashLoopBackOff\nStatus: Running",
		// normal
		"NAME   READY   STATUS              RESTARTS   AGE\na-1    0/1     ContainerCreating   0          12s",
	} {
		if got := answers(t, entries, x, text); got != "" {
			t.Errorf("%s\ngot %q", text, got)
		}
	}
}

func TestWhy(t *testing.T) {
	entries, x := testBook(t)
	result, err := x.Text(context.Background(), "Warning  Failed  9s  kubelet  Failed to pull image \"a:1\": dial tcp: i/o timeout: x509: bad\n\nReadiness probe failed: connection refused")
	if err != nil || len(result.Findings) == 0 {
		t.Fatal(err, result)
	}
	f := &result.Findings[0]
	why := strings.Join(result.Why(f, &f.Matches[0]), "\n")
	for _, want := range []string{"“x509: bad”", "event record (Failed), 9s ago", "counts in pull, and this is pull", "err-image-pull", "preferred to image-network"} {
		if !strings.Contains(why, want) {
			t.Errorf("no %q in\n%s", want, why)
		}
	}
	discarded := ""
	for _, d := range result.Discarded() {
		discarded += entries[d.Entry].ID + ": " + d.Why + "\n"
	}
	if want := "image-network: it counts in pull, and this is probe"; !strings.Contains(discarded, want) {
		t.Errorf("no %q in\n%s", want, discarded)
	}
}
