package payload

import (
	"slices"
	"testing"
)

// TestInstance holds the rule that all forms share to its table.
func TestInstance(t *testing.T) {
	for _, test := range []struct {
		name string
		in   instance
		want []Missing
	}{
		{"running and ready", instance{state: "Running", ready: yes, ended: no}, nil},
		{"running", instance{state: "Running"}, []Missing{ReadinessUnsaid}},
		{"running, not ready", instance{state: "Running", ready: no}, []Missing{NotReady}},
		{"running and ready, but deleted", instance{state: "Running", ready: yes, deleting: true}, []Missing{Deleting}},
		{"running and ready, but", instance{state: "Running", ready: yes, against: []Missing{Unhealthy}}, []Missing{Unhealthy}},
		{"succeeded", instance{state: "Succeeded"}, nil},
		{"succeeded, all ended with 0", instance{state: "Succeeded", ready: no, ended: yes}, nil},
		{"succeeded, one ended with 1", instance{state: "Succeeded", ended: no}, []Missing{EndedBadly}},
		{"said to be healthy", instance{state: "Running Healthy"}, nil},
		{"said to be healthy, not ready", instance{state: "healthy", ready: no}, []Missing{NotReady}},
		{"pending", instance{state: "Pending", ready: yes}, []Missing{PhasePending}},
		{"failed", instance{state: "Failed", ended: yes}, []Missing{PhaseFailed}},
		{"unknown", instance{state: "Unknown", ready: yes}, []Missing{PhaseUnknown}},
		{"nothing said", instance{}, []Missing{StateUnsaid}},
		{"ready, but in no state", instance{ready: yes}, []Missing{StateUnsaid}},
		{"another word", instance{state: "CrashLoopBackOff", ready: yes}, []Missing{StateUnsaid}},
		{"exit code 0", instance{ended: yes}, []Missing{EndedWell}},
		{"completed", instance{state: "Completed"}, []Missing{EndedWell}},
	} {
		if got := test.in.missing(); !slices.Equal(got, test.want) {
			t.Errorf("%s: missing %v, want %v", test.name, got, test.want)
		}
	}
}

func TestConditionFailing(t *testing.T) {
	for _, test := range []struct {
		kind, condition, status string
		want                    bool
	}{
		{"Pod", "Ready", "True", false}, {"Pod", "Ready", "False", true}, {"Pod", "Ready", "Unknown", true},
		{"Pod", "DisruptionTarget", "True", true}, {"Pod", "DisruptionTarget", "False", false},
		{"Node", "Ready", "Unknown", true}, {"Node", "Ready", "True", false},
		{"Node", "DiskPressure", "True", true}, {"Node", "DiskPressure", "False", false}, {"Node", "DiskPressure", "Unknown", true},
		{"Node", "NetworkUnavailable", "True", true}, {"Node", "NetworkUnavailable", "False", false},
		{"Node", "KernelDeadlock", "True", true}, {"Node", "KernelDeadlock", "False", false},
		{"Job", "Failed", "True", true}, {"Job", "Failed", "False", false}, {"Job", "FailureTarget", "True", true}, {"Job", "Complete", "True", false},
		{"Deployment", "ReplicaFailure", "True", true}, {"Deployment", "ReplicaFailure", "False", false},
		{"Deployment", "Available", "False", true}, {"Deployment", "Progressing", "False", true}, {"Deployment", "Progressing", "True", false},
		{"PersistentVolumeClaim", "FileSystemResizePending", "True", true}, {"PersistentVolumeClaim", "ControllerResizeError", "True", true},
		{"Deployment", "Available", "", false},
	} {
		if got := (condition{Type: test.condition, Status: test.status}).failing(test.kind); got != test.want {
			t.Errorf("%s %s=%s: failing %t", test.kind, test.condition, test.status, got)
		}
	}
}
