package payload_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/payload"
)

// said writes cases in short: "healthy", or what is missing in brackets and the
// texts with their places, or the fault.
func said(cases []payload.Case, err *payload.Error) string {
	if err != nil {
		return "refused: " + err.Detail
	}
	var list []string
	for _, c := range cases {
		switch {
		case c.Err != nil:
			list = append(list, "fault at "+c.Place+": "+c.Err.Detail)
			continue
		case c.Ignored != "":
			list = append(list, string(c.Ignored))
			if len(c.Texts)+len(c.Missing) > 0 {
				list = append(list, "but it has texts, or something is missing")
			}
			continue
		}
		line := fmt.Sprint(c.Missing)
		if len(c.Looked) == 0 || len(c.Missing) == 0 {
			line += " without saying what was looked at"
		}
		for _, text := range c.Texts {
			line += " " + text.Field + "=" + text.Value
		}
		list = append(list, line)
	}
	return strings.Join(list, "\n")
}

type form struct{ name, body, want string }

func check(t *testing.T, contentType string, tests []form) {
	t.Helper()
	for _, test := range tests {
		if got := said(payload.Read([]byte(test.body), contentType)); got != test.want {
			t.Errorf("%s\n%s\ngives\n%s\nwant\n%s", test.name, test.body, got, test.want)
		}
	}
}

func TestText(t *testing.T) {
	tests := []form{
		{"running", "Running\n", "[readiness-unsaid]"},
		{"a verdict", " running healthy ", "healthy"},
		{"succeeded", "Succeeded", "healthy"},
		{"completed", "Completed", "[state-unsaid] =Completed"},
		{"anything", "the weather", "[state-unsaid] =the weather"},
	}
	check(t, "text/plain", tests)
	check(t, "", tests)
}

func TestSimple(t *testing.T) {
	check(t, "application/json", []form{
		{"running", `{"reason":"Running"}`, "[readiness-unsaid]"},
		{"a verdict", `{"reason":"Running Healthy"}`, "healthy"},
		{"a verdict and a log", `{"reason":"Running Healthy","logs":"x"}`, "[unexplained] logs=x"},
		{"succeeded", `{"reason":"Succeeded","exitCode":0}`, "healthy"},
		{"succeeded with 1", `{"reason":"Succeeded","exitCode":1}`, "[ended-badly] exitCode=exit code 1"},
		{"exit code 0", `{"exitCode":0}`, "[ended-well]"},
		{"completed", `{"reason":"Completed","exitCode":0}`, "[ended-well] reason=Completed"},
		{"an error with 0", `{"reason":"Error","exitCode":0}`, "[ended-well] reason=Error"},
		{"a message", `{"message":"x"}`, "[state-unsaid] message=x"},
		{"pending", `{"reason":"Pending"}`, "[phase-pending] reason=Pending"},
		{"nothing", `{"reason":" ","logs":""}`, "refused: reason, message and logs are empty"},
		{"one of a batch", `[{"reason":"Error"},{"reason":"x","exitCode":"PRIVATE"}]`, "[state-unsaid] [0].reason=Error\nfault at [1]: exitCode is a string, but must be a whole number"},
		{"items of all types", `[{"reason":"Error"}, -1 ,"PRIVATE",false,[{}],null,"{"]`, "[state-unsaid] [0].reason=Error\n" +
			"fault at [1]: the item is a number, but must be an object\n" +
			"fault at [2]: the item is a string, but must be an object\n" +
			"fault at [3]: the item is a boolean, but must be an object\n" +
			"fault at [4]: the item is a list, but must be an object\n" +
			"fault at [5]: must be an object\n" +
			"fault at [6]: the item is a string, but must be an object"},
	})
}

func TestTEM(t *testing.T) {
	check(t, "application/json", []form{
		{"running and ready", `{"PodId":"a","Status":"Running","ContainerState":"running","Ready":true,"Unhealthy":null,"UnhealthyWarningMsg":""}`, "healthy"},
		{"readiness left out", `{"PodId":"a","Status":"Running"}`, "healthy"},
		{"not ready", `{"PodId":"a","Status":"Running","Ready":false}`, "[not-ready]"},
		{"unhealthy", `{"PodId":"a","Status":"Running","Ready":true,"Unhealthy":true,"UnhealthyWarningMsg":""}`, "[unhealthy]"},
		{"both", `{"PodId":"a","Status":"Running","Ready":false,"Unhealthy":true}`, "[not-ready unhealthy]"},
		{"a warning", `{"PodId":"a","Status":"Running","Ready":true,"UnhealthyWarningMsg":"x"}`, "[unhealthy] UnhealthyWarningMsg=x"},
		{"no status", `{"PodId":"a","Status":""}`, "[state-unsaid]"},
		{"container waits", `{"PodId":"a","Status":"Running","ContainerState":"waiting","Ready":true}`, "[container-not-running]"},
		{"a list", `{"Response":{"Result":{"PodList":[{"PodId":"a","Status":"Error"},{"PodId":"b","Status":"Running","Ready":"PRIVATE"},null]}}}`,
			"[state-unsaid] Response.Result.PodList[0].Status=Error\nfault at Response.Result.PodList[1]: Ready is a string, but must be a boolean\nfault at Response.Result.PodList[2]: must be an object"},
		{"no list", `{"Result":{"PodList":{"PRIVATE":1}}}`, "refused: Result.PodList is an object, but must be a list"},
	})
}

// pod returns a Pod with a status.
func pod(status string) string {
	return `{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a"},"status":` + status + `}`
}

const (
	ready     = `{"name":"app","ready":true,"state":{"running":{}}}`
	recovered = `{"name":"app","ready":true,"state":{"running":{}},"lastState":{"terminated":{"exitCode":1,"reason":"Error"}},"restartCount":9}`
)

func TestPod(t *testing.T) {
	const at = "status.containerStatuses[0]."
	running := func(container string) string {
		return pod(`{"phase":"Running","containerStatuses":[` + container + `]}`)
	}
	check(t, "application/json", []form{
		{"ready", running(ready), "healthy"},
		{"ready again", running(recovered), "healthy"},
		{"succeeded", pod(`{"phase":"Succeeded","conditions":[{"type":"Ready","status":"False","reason":"PodCompleted"}],"containerStatuses":[{"ready":false,"state":{"terminated":{"exitCode":0,"reason":"Completed"}}}]}`), "healthy"},
		{"succeeded, a sidecar was killed", pod(`{"phase":"Succeeded","initContainerStatuses":[{"state":{"terminated":{"exitCode":137,"reason":"Error"}}}],"containerStatuses":[{"state":{"terminated":{"exitCode":0}}}]}`), "healthy"},
		{"succeeded with 1", pod(`{"phase":"Succeeded","containerStatuses":[{"name":"app","state":{"terminated":{"exitCode":1}}}]}`), "[ended-badly] " + at + "state.terminated.exitCode=exit code 1"},
		{"init container ended", pod(`{"phase":"Running","initContainerStatuses":[{"ready":true,"state":{"terminated":{"exitCode":0,"reason":"Completed"}}}],"containerStatuses":[` + ready + `]}`), "healthy"},
		{"init container waits", pod(`{"phase":"Running","initContainerStatuses":[{"ready":false,"state":{"waiting":{}}}],"containerStatuses":[` + ready + `]}`), "[init-unfinished]"},
		{"failed", pod(`{"phase":"Failed"}`), "[phase-failed]"},
		{"evicted", pod(`{"phase":"Failed","reason":"Evicted","message":"low on memory"}`), "[phase-failed] status.reason=Evicted status.message=low on memory"},
		{"node lost", pod(`{"phase":"Unknown","conditions":[{"type":"Ready","status":"Unknown","reason":"NodeLost"}]}`), "[phase-unknown condition-failing] status.conditions[0].reason=NodeLost"},
		{"ready, but its node lost", pod(`{"phase":"Running","conditions":[{"type":"Ready","status":"Unknown"}],"containerStatuses":[` + ready + `]}`), "[condition-failing]"},
		{"to be disrupted", pod(`{"phase":"Running","conditions":[{"type":"DisruptionTarget","status":"True","reason":"PreemptionByScheduler"}],"containerStatuses":[` + ready + `]}`), "[condition-failing] status.conditions[0].reason=PreemptionByScheduler"},
		{"pending", pod(`{"phase":"Pending"}`), "[phase-pending]"},
		{"no status", `{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a"}}`, "[state-unsaid]"},
		{"no containers", pod(`{"phase":"Running"}`), "[readiness-unsaid]"},
		{"no phase of Kubernetes", pod(`{"phase":"Healthy"}`), "[state-unsaid]"},
		{"fewer statuses than containers", `{"kind":"Pod","apiVersion":"v1","metadata":{},"spec":{"containers":[{},{}]},"status":{"phase":"Running","containerStatuses":[` + ready + `]}}`, "[container-unsaid]"},
		{"waiting for no reason", running(`{"ready":true,"state":{"waiting":{}}}`), "[container-not-running]"},
		{"not ready", running(`{"ready":false,"restartCount":9,"state":{"running":{}}}`), "[not-ready]"},
		{"one of two not ready", running(ready + `,{"ready":false,"state":{"running":{}}}`), "[not-ready]"},
		{"error with 0", running(`{"ready":false,"state":{"terminated":{"exitCode":0,"reason":"Error"}}}`), "[not-ready container-not-running] " + at + "state.terminated.reason=Error"},
		{"ended and not meant to", running(`{"ready":false,"state":{"terminated":{"exitCode":0,"reason":"Completed"}}}`), "[not-ready container-not-running] " + at + "state.terminated.reason=Completed"},
		{"being deleted", `{"kind":"Pod","apiVersion":"v1","metadata":{"deletionTimestamp":"2026-11-25T10:00:00Z"},"status":{"phase":"Running","containerStatuses":[` + ready + `]}}`, "[deleting] metadata.deletionTimestamp=2026-11-25T10:00:00Z"},
		{"wrong type", pod(`{"containerStatuses":[{"ready":"PRIVATE"}]}`), "refused: status.containerStatuses.ready is a string, but must be a boolean"},
		{"wrong type of status", pod(`"PRIVATE"`), "refused: status is a string, but must be an object"},
	})
}

func TestObjects(t *testing.T) {
	object := func(kind, spec, status string) string {
		return `{"kind":"` + kind + `","apiVersion":"v1","metadata":{"name":"a","generation":2},"spec":` + spec + `,"status":` + status + `}`
	}
	check(t, "application/json", []form{
		{"job complete", object("Job", `{}`, `{"conditions":[{"type":"SuccessCriteriaMet","status":"True"},{"type":"Complete","status":"True"}]}`), "healthy"},
		{"job failed", object("Job", `{}`, `{"conditions":[{"type":"Failed","status":"True","reason":"BackoffLimitExceeded"}]}`), "[condition-failing job-unfinished] status.conditions[0].reason=BackoffLimitExceeded"},
		{"job under way", object("Job", `{}`, `{"active":1}`), "[job-unfinished]"},
		{"node", object("Node", `{}`, `{"conditions":[{"type":"DiskPressure","status":"False","reason":"KubeletHasNoDiskPressure"},{"type":"Ready","status":"True"}]}`), "healthy"},
		{"node lost", object("Node", `{}`, `{"conditions":[{"type":"Ready","status":"Unknown","reason":"NodeStatusUnknown"}]}`), "[condition-failing node-not-ready] status.conditions[0].reason=NodeStatusUnknown"},
		{"node under pressure", object("Node", `{}`, `{"conditions":[{"type":"DiskPressure","status":"True","reason":"KubeletHasDiskPressure"},{"type":"Ready","status":"True"}]}`), "[condition-failing] status.conditions[0].reason=KubeletHasDiskPressure"},
		{"node cordoned", object("Node", `{"unschedulable":true}`, `{"conditions":[{"type":"Ready","status":"True"}]}`), "[cordoned]"},
		{"node that says nothing", object("Node", `{}`, `{}`), "[node-not-ready]"},
		{"claim bound", object("PersistentVolumeClaim", `{}`, `{"phase":"Bound"}`), "healthy"},
		{"claim pending", object("PersistentVolumeClaim", `{}`, `{"phase":"Pending"}`), "[claim-not-bound]"},
		{"deployment", object("Deployment", `{"replicas":2}`, `{"observedGeneration":2,"replicas":2,"readyReplicas":2,"updatedReplicas":2,"availableReplicas":2,"conditions":[{"type":"Available","status":"True"}]}`), "healthy"},
		{"deployment of none", object("Deployment", `{"replicas":0}`, `{"observedGeneration":2,"conditions":[{"type":"Available","status":"True"}]}`), "healthy"},
		{"deployment that cannot create", object("Deployment", `{"replicas":0}`, `{"observedGeneration":2,"conditions":[{"type":"ReplicaFailure","status":"True","message":"quota"}]}`), "[condition-failing] status.conditions[0].message=quota"},
		{"deployment rolls out", object("Deployment", `{"replicas":2}`, `{"observedGeneration":2,"replicas":3,"readyReplicas":2,"updatedReplicas":1,"availableReplicas":2}`), "[replicas-missing]"},
		{"deployment not seen yet", object("Deployment", `{"replicas":1}`, `{"observedGeneration":1,"replicas":1,"readyReplicas":1,"updatedReplicas":1,"availableReplicas":1}`), "[status-outdated]"},
		{"deployment without a spec", object("Deployment", `null`, `{"observedGeneration":2}`), "[replicas-unsaid]"},
		{"replica set", object("ReplicaSet", `{"replicas":1}`, `{"observedGeneration":2,"replicas":1,"readyReplicas":1,"availableReplicas":1}`), "healthy"},
		{"replica set not available", object("ReplicaSet", `{"replicas":1}`, `{"observedGeneration":2,"replicas":1,"readyReplicas":1}`), "[replicas-missing]"},
		{"stateful set", object("StatefulSet", `{"replicas":1}`, `{"observedGeneration":2,"replicas":1,"readyReplicas":1,"availableReplicas":1,"currentRevision":"a","updateRevision":"a"}`), "healthy"},
		{"stateful set rolls out", object("StatefulSet", `{"replicas":1}`, `{"observedGeneration":2,"replicas":1,"readyReplicas":1,"availableReplicas":1,"currentRevision":"a","updateRevision":"b"}`), "[replicas-missing]"},
		{"daemon set", object("DaemonSet", `{}`, `{"observedGeneration":2,"desiredNumberScheduled":3,"numberReady":3,"numberAvailable":3,"updatedNumberScheduled":3}`), "healthy"},
		{"daemon set without nodes", object("DaemonSet", `{}`, `{"observedGeneration":2}`), "[replicas-unsaid]"},
		{"another kind", `{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"a"},"data":{"x":"CrashLoopBackOff"}}`, "[kind-unjudged]"},
		{"another kind, whose status is no object", object("Thing", `{}`, `"fine"`), "[kind-unjudged]"},
		{"event", `{"kind":"Event","apiVersion":"v1","involvedObject":{"kind":"Pod","name":"a"},"reason":"BackOff","message":"x"}`, "[only-events] reason=BackOff message=x"},
	})
}

// TestEvents: events of what is healthy now tell of its past.
func TestEvents(t *testing.T) {
	list := func(container, event string) string {
		return `{"kind":"List","apiVersion":"v1","items":[{"kind":"Event","involvedObject":{"kind":"Pod","name":"a"},` + event + `},` +
			pod(`{"phase":"Running","conditions":[{"type":"Ready","status":"True","lastTransitionTime":"2026-11-25T10:00:00Z"}],"containerStatuses":[`+container+`]}`) + `]}`
	}
	const warning = `"type":"Warning","reason":"Unhealthy","lastTimestamp":`
	check(t, "application/json", []form{
		{"as usual", list(ready, `"type":"Normal","reason":"Started"`), "healthy"},
		{"while it started", list(ready, warning+`"2026-11-25T09:59:50Z"`), "healthy"},
		{"since it is ready", list(ready, warning+`"2026-11-25T10:00:50Z"`), "[warned] items[0].reason=Unhealthy"},
		{"at a time unknown", list(ready, warning+`null`), "[warned] items[0].reason=Unhealthy"},
		{"of one that restarts", list(recovered, warning+`"2026-11-25T09:59:50Z"`), "[warned] items[0].reason=Unhealthy"},
		{"of one that is killed again and again", list(recovered, `"type":"Normal","reason":"Killing","lastTimestamp":"2026-11-25T09:59:50Z"`), "[warned] items[0].reason=Killing"},
		{"of one that is not ready", list(`{"ready":false}`, `"type":"Normal","reason":"Pulled"`), "[not-ready] items[0].reason=Pulled"},
	})
}

// TestOneVerdict: an instance gets the same verdict in every form.
func TestOneVerdict(t *testing.T) {
	status := func(container string) string { return `{"phase":"Running","containerStatuses":[` + container + `]}` }
	for _, test := range []struct {
		name, object, tem string
		word              string // of the simple form and of text, if one says as much
		want              string
	}{
		{"ready", status(ready), `"Status":"Running","Ready":true`, "Running Healthy", "healthy"},
		{"recovered", status(recovered), `"Status":"Running","Ready":true`, "Running Healthy", "healthy"},
		{"not ready", status(`{"ready":false,"state":{"running":{}}}`), `"Status":"Running","Ready":false`, "", "[not-ready]"},
		{"of unknown readiness", `{"phase":"Running"}`, "", "Running", "[readiness-unsaid]"},
		{"succeeded", `{"phase":"Succeeded"}`, `"Status":"Succeeded"`, "Succeeded", "healthy"},
		{"nothing said", `{}`, `"Status":""`, "", "[state-unsaid]"},
	} {
		bodies := []string{
			pod(test.object), `{"object":` + pod(test.object) + `}`, `[` + pod(test.object) + `]`,
			`{"kind":"List","apiVersion":"v1","items":[` + pod(test.object) + `]}`,
			`{"reason":"Running","object":{"kind":"List","apiVersion":"v1","items":[` + pod(test.object) + `]}}`,
			`{"kind":"PodList","apiVersion":"v1","items":[{"metadata":{"name":"a"},"status":` + test.object + `}]}`,
		}
		if test.tem != "" {
			bodies = append(bodies, `{"PodId":"a",`+test.tem+`}`, `{"Result":{"PodList":[{"PodId":"a",`+test.tem+`}]}}`)
		}
		if test.word != "" {
			bodies = append(bodies, `{"reason":"`+test.word+`"}`, test.word)
		}
		for _, body := range bodies {
			if got := said(payload.Read([]byte(body), "")); got != test.want {
				t.Errorf("%s\n%s\ngives %s, want %s", test.name, body, got, test.want)
			}
		}
	}
}

// TestPlaces: texts and faults say where they stand, from the root of the
// payload, wherever an object is.
func TestPlaces(t *testing.T) {
	waiting := func(reason string) string {
		return `{"kind":"Pod","metadata":{"name":"` + reason + `"},"status":{"phase":"Pending","containerStatuses":[{"state":{"waiting":{"reason":"` + reason + `"}}}]}}`
	}
	list := `{"kind":"List","apiVersion":"v1","items":[` + waiting("A") + `,` + waiting("B") + `,5,` + pod(`{"containerStatuses":[{"state":{"waiting":{"reason":["PRIVATE"]}}}]}`) + `,{"items":[]}]}`
	for _, prefix := range []string{"", "object.", "[0].object."} {
		body := list
		if prefix != "" {
			body = `{"object":` + body + `,"logs":"log"}`
		}
		log := ""
		if prefix != "" {
			log = " " + strings.Replace(prefix, "object.", "logs", 1) + "=log"
		}
		if prefix == "[0].object." {
			body = `[` + body + `]`
		}
		want := strings.Join([]string{
			"[phase-pending] {p}items[0].status.containerStatuses[0].state.waiting.reason=A" + log,
			"[phase-pending] {p}items[1].status.containerStatuses[0].state.waiting.reason=B",
			"fault at {p}items[2]: the item is a number, but must be an object",
			"fault at {p}items[3]: status.containerStatuses.state.waiting.reason is a list, but must be a string",
			"fault at {p}items[4]: a List within a List is not read",
		}, "\n")
		check(t, "application/json", []form{{"list", body, strings.ReplaceAll(want, "{p}", prefix)}})
	}
}

// TestBesideObject: what is said beside an object belongs to the case that it
// explains, and is no less true because the object is healthy.
func TestBesideObject(t *testing.T) {
	healthy := pod(`{"phase":"Running","containerStatuses":[` + ready + `]}`)
	check(t, "application/json", []form{
		{"a log", `{"object":` + healthy + `,"logs":"x"}`, "[unexplained] logs=x"},
		{"a reason", `{"object":` + healthy + `,"reason":"x","message":"y"}`, "[unexplained] reason=x message=y"},
		{"exit code 0", `{"object":` + healthy + `,"exitCode":0}`, "healthy"},
		{"a word that the object denies", `{"object":` + pod(`{"phase":"Failed"}`) + `,"reason":"Running Healthy"}`, "[phase-failed]"},
		{"a list that begins with a fault", `{"object":{"kind":"List","items":[5,` + healthy + `]},"logs":"x"}`, "fault at object.items[0]: the item is a number, but must be an object\n[unexplained] logs=x"},
	})
	cases, err := payload.Read([]byte(`{"object":`+healthy+`,"logs":"x","container":"app"}`), "")
	if err != nil || !slices.Equal(cases[0].Looked, []payload.Looked{payload.LookedPod, payload.LookedLog}) || cases[0].Subject.Container != "app" {
		t.Errorf("%+v %v", cases, err)
	}
}
