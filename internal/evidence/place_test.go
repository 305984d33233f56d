package evidence_test

import (
	"testing"

	"github.com/reasonbook/reasonbook/internal/evidence"
	"github.com/reasonbook/reasonbook/internal/reading"
)

// TestPlace: the same words count or not by where they stand.
func TestPlace(t *testing.T) {
	p := func(in reading.Operation, texts ...string) (list []evidence.Pattern) {
		for _, text := range texts {
			list = append(list, evidence.Pattern{Text: text, In: in})
		}
		return list
	}
	entries := []evidence.Entry{
		{ID: "gates", State: true, Patterns: p(0, "ReadinessGatesNotReady", "Readiness Gates: Type Status {gate} False")},
		{ID: "probe-status", Explains: []string{"readiness"}, Patterns: p(reading.Probe, "HTTP probe failed with statuscode: {code}")},
		{ID: "probe-refused", Explains: []string{"readiness", "startup"}, Patterns: p(reading.Probe, "connection refused")},
		{ID: "readiness", State: true, Patterns: p(0, "Readiness probe failed")},
		{ID: "startup", State: true, Patterns: p(0, "Startup probe failed")},
		{ID: "wrong-password", Explains: []string{"crash-loop", "error"}, Patterns: p(reading.Run, "password authentication failed")},
		{ID: "pdb", Patterns: p(reading.Evict, "Cannot evict pod as it would violate")},
		{ID: "eviction", State: true, Patterns: p(0, "evicting pod {namespace}/{instance}")},
		{ID: "evicted", State: true, Status: []string{"Evicted"}},
		{ID: "node-lost", State: true, Status: []string{"NotReady"}},
		{ID: "node-cordoned", State: true, Status: []string{"SchedulingDisabled"}},
		{ID: "cpu", Explains: []string{"scheduling"}, Patterns: p(reading.Schedule, "Insufficient cpu")},
		{ID: "selector", Explains: []string{"scheduling"}, Patterns: p(reading.Schedule, "MatchNodeSelector")},
		{ID: "scheduling", State: true, Patterns: p(0, "FailedScheduling")},
		{ID: "jvm-crash", Patterns: p(reading.Run, "fatal error has been detected by the Java Runtime Environment")},
		{ID: "exit-3", Explains: []string{"crash-loop", "error"}, Patterns: []evidence.Pattern{{Text: "exit code 3", In: reading.Exit, Weak: true}}},
		{ID: "error", State: true, Status: []string{"Error", "Error (exit code {code:1..255})"}, Explains: []string{"crash-loop"}},
		{ID: "completed", State: true, Status: []string{"Completed"}, Explains: []string{"crash-loop"}},
		{ID: "crash-loop", State: true, Patterns: p(0, "CrashLoopBackOff")},
		{ID: "node-memory", Explains: []string{"limit-memory"}, Patterns: []evidence.Pattern{{Text: "Out of memory: Killed process {pid}", Weak: true}}},
		{ID: "limit-memory", State: true, Explains: []string{"exit-3"}, Patterns: p(0, "Memory cgroup out of memory: Killed process {pid}")},
	}
	rules, err := evidence.Compile(entries)
	if err != nil {
		t.Fatal(err)
	}
	x := evidence.New(rules)
	const head = "Name:         web-6c9d8f7b5-k2x4p\nNamespace:    desk\n"
	loop := func(liveness string) string {
		return head + "Containers:\n  app:\n    State:          Waiting\n      Reason:       CrashLoopBackOff\n" +
			"    Last State:     Terminated\n      Reason:       Completed\n      Exit Code:    0\n    Ready:          False\n" + liveness
	}
	for _, test := range []struct{ name, text, want string }{
		{"gates in a wide table", "NAME                  READY   STATUS    RESTARTS   AGE   IP          NODE     NOMINATED NODE   READINESS GATES\n" +
			"web-6c9d8f7b5-k2x4p   1/1     Running   0          9m    10.1.2.3    node-1   <none>           0/1\n" +
			"web-6c9d8f7b5-tt4vz   1/1     Running   0          9m    10.1.2.4    node-2   <none>           1/1\n", "gates"},
		{"no gates in a wide table", "NAME                  READY   STATUS    RESTARTS   AGE   IP          NODE     NOMINATED NODE   READINESS GATES\n" +
			"web-6c9d8f7b5-k2x4p   1/1     Running   0          9m    10.1.2.3    node-1   <none>           <none>\n", ""},
		{"a check that failed before the containers were ready", head +
			"Readiness Gates:\n  Type                   Status\n  lb.example.test/ready  False\nConditions:\n  Type              Status\n  Ready             False\n  ContainersReady   True\n" +
			"Events:\n  Type     Reason     Age   From     Message\n  ----     ------     ----  ----     -------\n" +
			"  Warning  Unhealthy  19m   kubelet  Readiness probe failed: HTTP probe failed with statuscode: 503\n", "gates"},
		{"a gate that is open", head +
			"Readiness Gates:\n  Type                   Status\n  lb.example.test/ready  True\nConditions:\n  Type              Status\n  Ready             False\n  ContainersReady   False\n" +
			"Events:\n  Type     Reason     Age   From     Message\n  ----     ------     ----  ----     -------\n" +
			"  Warning  Unhealthy  3s    kubelet  Readiness probe failed: HTTP probe failed with statuscode: 503\n", "probe-status readiness"},
		{"the log names why the check fails", "$ kubectl -n desk describe pod web-0\nName:         web-0\nNamespace:    desk\n" +
			"Events:\n  Type     Reason     Age   From     Message\n  ----     ------     ----  ----     -------\n" +
			"  Warning  Unhealthy  9s (x31 over 4m)  kubelet  Startup probe failed: Get \"http://10.1.2.3:8080/up\": dial tcp 10.1.2.3:8080: connect: connection refused\n\n" +
			"$ kubectl -n desk logs web-0 --previous\n2026-11-25T10:00:01Z INFO starting\n2026-11-25T10:00:02Z ERROR password authentication failed for user \"desk\"\n", "wrong-password startup"},
		{"a drain under way", "$ kubectl drain node-7\nevicting pod desk/web-0\nevicting pod desk/api-0\npod/api-0 evicted\n" +
			"error when evicting pods/\"web-0\" -n \"desk\" (will retry after 5s): Cannot evict pod as it would violate the pod's disruption budget.\n", "pdb eviction"},
		{"a drain that went through", "$ kubectl drain node-7\nevicting pod desk/web-0\n" +
			"error when evicting pods/\"web-0\" -n \"desk\" (will retry after 5s): Cannot evict pod as it would violate the pod's disruption budget.\n" +
			"evicting pod desk/web-0\npod/web-0 evicted\nnode/node-7 drained\n", ""},
		{"a state as the reason of a warning", "41s   Warning   Evicted   pod/web-0   The node had no room left\n", "evicted"},
		{"a state as the reason of a normal event", "41s   Normal   Completed   job/sync   Job completed\n", ""},
		{"two states of a node", "NAME     STATUS                        ROLES    AGE   VERSION\nnode-7   NotReady,SchedulingDisabled   <none>   41d   v1.34.1\n", "node-cordoned node-lost"},
		{"the scheduler's oldest list", "Warning  FailedScheduling  2m  default-scheduler  No nodes are available that match all of the predicates: Insufficient cpu (2), MatchNodeSelector (5).", "cpu selector scheduling"},
		{"the scheduler's oldest list, the other order", "Warning  FailedScheduling  2m  default-scheduler  No nodes are available that match all of the predicates: MatchNodeSelector (5), Insufficient cpu (2).", "cpu selector scheduling"},
		{"the report of a JVM that crashed", "#\n# A fatal error has been detected by the Java Runtime Environment:\n#\n#  SIGSEGV (0xb) at pc=0x00007f\n#\n# JRE version: 21.0.4\n# Problematic frame:\n", "jvm-crash"},
		{"an exit code beside a log that nothing is known of", head + "Containers:\n  app:\n    State:          Terminated\n      Reason:       Error\n      Exit Code:    3\n\n" +
			"$ kubectl logs web-6c9d8f7b5-k2x4p\n2026-11-25T10:00:02Z ERROR no such tenant\n", "exit-3 error"},
		{"it ends with success", loop(""), "completed crash-loop"},
		{"it ends with success, and a liveness check may have asked it to", loop("    Liveness:       http-get http://:8080/up delay=0s timeout=1s period=10s #success=1 #failure=1\n"), "crash-loop completed"},
		{"words of a longer phrase", "[1234.5] Memory cgroup out of memory: Killed process 42 (web)", "limit-memory"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := answers(t, entries, x, test.text); got != test.want {
				t.Errorf("of\n%s\ngot %q, want %q", test.text, got, test.want)
			}
		})
	}
}
