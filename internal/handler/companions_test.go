package handler_test

import (
	"strings"
	"testing"
)

// Objects that belong together, as a List and as kubectl describes them.
const (
	claimEvent = `storageclass.storage.k8s.io \"quick\" not found`
	claimList  = `{"kind":"List","apiVersion":"v1","items":[
		{"kind":"PersistentVolumeClaim","apiVersion":"v1","metadata":{"name":"books","namespace":"lib"},"status":{"phase":"Pending"}},
		{"kind":"Event","apiVersion":"v1","type":"Warning","reason":"ProvisioningFailed","message":"` + claimEvent + `","lastTimestamp":"2026-05-01T10:00:00Z",
			"involvedObject":{"kind":"PersistentVolumeClaim","namespace":"lib","name":"books"}},
		{"kind":"Pod","apiVersion":"v1","metadata":{"name":"shelf-0","namespace":"lib"},
			"spec":{"containers":[{"name":"app"}],"volumes":[{"persistentVolumeClaim":{"claimName":"books"}}]},
			"status":{"phase":"Pending","conditions":[{"type":"PodScheduled","status":"False","reason":"Unschedulable",
				"message":"0/2 nodes are available: pod has unbound immediate PersistentVolumeClaims."}]}}]}`
	claimText = `Name:             shelf-0
Namespace:        lib
Node:             <none>
Status:           Pending
Volumes:
  data:
    Type:       PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)
    ClaimName:  books
Events:
  Type     Reason            Age   From               Message
  ----     ------            ----  ----               -------
  Warning  FailedScheduling  30s   default-scheduler  0/2 nodes are available: pod has unbound immediate PersistentVolumeClaims.

Name:          books
Namespace:     lib
StorageClass:  quick
Status:        Pending
Events:
  Type     Reason              Age   From                         Message
  ----     ------              ----  ----                         -------
  Warning  ProvisioningFailed  5s    persistentvolume-controller  storageclass.storage.k8s.io "quick" not found
`
	lostNode = `{"kind":"Node","apiVersion":"v1","metadata":{"name":"n-7"},"status":{"conditions":[
		{"type":"Ready","status":"Unknown","reason":"NodeStatusUnknown","message":"Kubelet stopped posting node status."}]}}`
	jobList = `{"kind":"List","apiVersion":"v1","items":[
		{"kind":"Job","apiVersion":"batch/v1","metadata":{"name":"count","namespace":"lib"},"status":{"conditions":[
			{"type":"Failed","status":"True","reason":"BackoffLimitExceeded","message":"Job has reached the specified backoff limit"}]}},
		{"kind":"Pod","apiVersion":"v1","metadata":{"name":"count-x7k2p","namespace":"lib","ownerReferences":[{"kind":"Job","name":"count","controller":true}]},
			"spec":{"containers":[{"name":"app"}]},"status":{"phase":"Failed","containerStatuses":[{"name":"app","state":{"terminated":{"exitCode":137,"reason":"OOMKilled"}}}]}}]}`
	quotaText = `Name:                   reader
Namespace:              lib
StrategyType:           RollingUpdate
Conditions:
  Type             Status  Reason
  ----             ------  ------
  Available        False   MinimumReplicasUnavailable
  ReplicaFailure   True    FailedCreate
  Progressing      False   ProgressDeadlineExceeded

LAST SEEN   TYPE      REASON         OBJECT                         MESSAGE
12s         Warning   FailedCreate   replicaset/reader-6bd9c8f7d4   Error creating: pods "reader-6bd9c8f7d4-" is forbidden: exceeded quota: team, requested: pods=1, used: pods=4, limited: pods=4
`
)

// podOn is a Pod on a node that ran, or ended by itself.
func podOn(node, state, ready string) string {
	return `{"kind":"Pod","apiVersion":"v1","metadata":{"name":"desk-1","namespace":"lib"},"spec":{"nodeName":"` + node + `","containers":[{"name":"app"}]},
		"status":{"phase":"Running","conditions":[{"type":"Ready","status":"False"}],"containerStatuses":[{"name":"app","ready":` + ready + `,"restartCount":0,"state":` + state + `}]}}`
}

// TestCompanions: what is found on the claim or the node of an instance explains
// it, and what a workload shows follows from its instance, in every form.
func TestCompanions(t *testing.T) {
	list := func(items ...string) string {
		return `{"kind":"List","apiVersion":"v1","items":[` + strings.Join(items, ",") + `]}`
	}
	const running = `{"running":{"startedAt":"2026-05-01T08:00:00Z"}}`
	const ended = `{"waiting":{"reason":"ImagePullBackOff"}}`
	for _, test := range []struct{ name, media, body, want string }{
		{"a claim, in a List", "application/json", claimList, "shelf-0: volume-provisioning-failed pvc-unbound failed-scheduling"},
		{"a claim, described", "text/plain", claimText, "shelf-0: volume-provisioning-failed pvc-unbound failed-scheduling"},
		{"a node that is lost", "application/json", list(lostNode, podOn("n-7", running, "true")), "desk-1: node-lost; n-7: node-lost"},
		{"another node", "application/json", list(lostNode, podOn("n-8", running, "true")), "desk-1:; n-7: node-lost"},
		{"a Pod that fails by itself", "application/json", list(lostNode, podOn("n-7", ended, "false")), "desk-1: image-pull-back-off; n-7: node-lost"},
		{"a Job", "application/json", jobList, "count-x7k2p: oom-killed back-off-limit-exceeded"},
		{"a Deployment and its ReplicaSet's events", "text/plain", quotaText, "reader-6bd9c8f7d4: quota-exceeded failed-create progress-deadline-exceeded replicaset-unavailable"},
	} {
		doc := decode(t, post(open(t), "/diagnose", test.body, "Content-Type", test.media))
		var got []string
		for _, d := range doc.Diagnoses {
			line := d.Subject.Name + ":"
			for _, m := range d.Matches {
				line += " " + m.ID
			}
			got = append(got, line)
		}
		if got := strings.Join(got, "; "); !sameSet(got, test.want) {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

// sameSet compares lists of diagnoses, whose order is that of the input.
func sameSet(a, b string) bool {
	if a == b {
		return true
	}
	first, second, ok := strings.Cut(a, "; ")
	return ok && second+"; "+first == b
}

// TestPossibleCauses: an alert that names no state, and a state without a cause,
// come with the causes that are possible, in every form of the answer.
func TestPossibleCauses(t *testing.T) {
	const alert = `{"version":"4","alerts":[{"status":"firing","labels":{"alertname":"KubePodNotReady","namespace":"lib","pod":"shelf-0"},"annotations":{}}]}`
	row := "NAME      READY   STATUS    RESTARTS   AGE\nshelf-0   0/1     CrashLoopBackOff   4   9m\n"
	h := open(t)
	d := decode(t, post(h, "/diagnose?lang=en", alert, "Content-Type", "application/json")).Diagnoses[0]
	if len(d.Matches) > 0 || len(d.Next) == 0 || len(d.Causes) == 0 || len(d.Causes) > 5 || d.Causes[0].Title == "" {
		t.Fatalf("%+v", d)
	}
	m := decode(t, post(h, "/diagnose?lang=en", row, "Content-Type", "text/plain")).Diagnoses[0].Matches[0]
	if m.ID != "crash-loop-back-off" || len(m.Causes) == 0 || len(m.Causes) > 5 {
		t.Fatalf("%+v", m)
	}
	explained := decode(t, post(h, "/diagnose?lang=en", `{"reason":"CrashLoopBackOff","logs":"Error: listen EADDRINUSE: address already in use :::8080"}`, "Content-Type", "application/json"))
	for _, m := range explained.Diagnoses[0].Matches {
		if len(m.Causes) > 0 && m.ID == "crash-loop-back-off" {
			t.Errorf("%s is explained: %v", m.ID, m.Causes)
		}
	}
	for _, accept := range []string{"text/plain", "text/markdown", "text/html"} {
		said := post(h, "/diagnose?lang=en", alert, "Content-Type", "application/json", "Accept", accept).Body.String()
		for _, c := range d.Causes {
			if _, gist, ok := strings.Cut(c.Title, ": "); !ok || !strings.Contains(said, gist) && accept == "text/plain" || !strings.Contains(said, "/"+c.ID+"/") && accept != "text/plain" {
				t.Errorf("%s lacks %s: %s", accept, c.Title, said)
			}
		}
	}
}

// TestOneVerdict: an instance is healthy, or is not, in every form in which it is
// sent.
func TestOneVerdict(t *testing.T) {
	const object = `{"kind":"Pod","apiVersion":"v1","metadata":{"name":"shelf-0","namespace":"lib"},"spec":{"containers":[{"name":"app"}]},
 "status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}],"containerStatuses":[{"name":"app","ready":true,"restartCount":0,"state":{"running":{"startedAt":"2026-05-01T08:00:00Z"}}}]}}`
	head := "NAME      READY   STATUS    RESTARTS   AGE\n"
	describe := "Name:         shelf-0\nNamespace:    lib\nNode:         n-7/10.0.0.7\nStatus:       Running\nContainers:\n  app:\n    State:          Running\n      Started:      Fri, 01 May 2026 08:00:00 +0000\n    Ready:          True\n    Restart Count:  0\nConditions:\n  Type              Status\n  Ready             True\n  ContainersReady   True\n"
	for _, test := range []struct {
		name, media, body string
		healthy           bool
	}{
		{"an object", "application/json", object, true},
		{"the same, pasted", "text/plain", object, true},
		{"a table", "text/plain", head + "shelf-0   1/1     Running   0          9m\ndesk-0    2/2     Running   0   3d\n", true},
		{"described", "text/plain", describe, true},
		{"not ready", "text/plain", strings.ReplaceAll(describe, "True", "False"), false},
		{"a row that is not ready", "text/plain", head + "shelf-0   0/1     Running   0          9m\n", false},
		{"restarted just now", "text/plain", head + "shelf-0   1/1     Running   7 (9s ago)   9m\n", false},
		{"with a sentence", "text/plain", "Running, and still nobody can order anything.\n\n" + head + "shelf-0   1/1     Running   0   9m\n", false},
		{"with a warning", "text/plain", describe + "Events:\n  Type     Reason   Age   From     Message\n  ----     ------   ----  ----     -------\n  Warning  Strange  3s    kubelet  something odd\n", false},
		{"an object that is not ready", "application/json", strings.ReplaceAll(strings.ReplaceAll(object, `"ready":true`, `"ready":false`), `"True"`, `"False"`), false},
	} {
		doc := decode(t, post(open(t), "/diagnose", test.body, "Content-Type", test.media))
		if healthy := doc.Ignored != ""; healthy != test.healthy {
			t.Errorf("%s: ignored %q", test.name, doc.Ignored)
		}
	}
}
