package payload

import (
	"encoding/json"
	"strings"

	"github.com/reasonbook/reasonbook/internal/reading"
)

// tencentReader knows what Tencent Cloud sends and answers: the callbacks of
// Tencent Cloud Observability (metric and event), which its EventBridge posts
// too, the alarms of CLS, records of TKE's event log, and answers of the APIs of
// TEM, TKE and EKS container instances.
//
//	https://cloud.tencent.com/document/product/248/9066  callbacks
//	https://cloud.tencent.com/document/product/614/51741 variables of CLS alarms
//	https://cloud.tencent.com/document/product/457/57339 DescribeEKSContainerInstanceEvent
func tencentReader(m members) reader {
	switch {
	case m.any("alarmObjInfo", "alarmPolicyInfo"):
		return readTCOP
	case m.has("NotifyType") && m.any("AlarmName", "AlarmID", "QueryLog", "TriggerTime"), m.has("QueryLog"):
		return readCLS
	case m.object("event").any("reason", "message") && m.object("event").any("type", "involvedObject", "reason"):
		return readTKEEvent
	case m.any("event.reason", "event.message"):
		return readFlatEvent
	case m.has("Response"):
		return readResponse
	case m.isList("Events") && m.any("EksCiId", "RequestId"):
		return readEKSEvents
	case m.isList("EksCis"):
		return readEKSInstances
	case m.any("Result", "PodList"), m.has("PodId", "Status"):
		return readTEM
	}
	return nil
}

// readTCOP reads a callback. It names the metric or the event, and the object,
// and never why.
func readTCOP(raw json.RawMessage, at place) ([]Case, *Error) {
	m := membersOf(raw)
	object := m.object("alarmObjInfo")
	c := Case{Subject: subjectOfDimensions(object.object("dimensions"))}
	if m.text("alarmStatus") == "0" {
		return quiet(c.Subject, Resolved), nil
	}
	c.look(LookedAlert)
	conditions, in := m.object("alarmPolicyInfo").object("conditions"), at.in("alarmPolicyInfo").in("conditions")
	for _, name := range []string{"eventShowName", "eventName"} {
		c.addMember(conditions, in, name)
	}
	c.addFound(m, at, "additionalMsg")
	c.lack(NotResolved)
	return []Case{c}, nil
}

// subjectOfDimensions returns what the dimensions of a metric are about: a Pod
// or a workload of TKE, else an instance by its id.
func subjectOfDimensions(d members) Subject {
	s := subjectOfLabels(d)
	if s.Kind == "Pod" {
		return s
	}
	if name := d.text("workload_name"); name != "" {
		kind := d.text("workload_kind")
		return Subject{Kind: kind, Namespace: s.Namespace, Name: name}
	}
	if id, _ := d.first("unInstanceId", "un_instance_id", "instanceId", "InstanceId", "instanceid"); id != "" && s.Name == "" {
		return Subject{Kind: "Instance", Name: id}
	}
	return s
}

// isTencentEvent reports whether a CloudEvent is one of Tencent Cloud's own
// services that tells of an alarm by itself.
func isTencentEvent(m members) bool {
	data := m.object("data")
	return strings.Contains(m.text("type"), ":ErrorEvent:") && data != nil && senderOf(data) == nil
}

// readTencentEvent reads an event of a service of Tencent Cloud on EventBridge.
// Its status is 1 when it begins and 0 when it is over.
func readTencentEvent(raw json.RawMessage, at place) ([]Case, *Error) {
	m := membersOf(raw)
	data := m.object("data")
	c := Case{Subject: subjectOfDimensions(data.object("dimensions"))}
	if c.Subject.Name == "" {
		c.Subject = subjectOfDimensions(data)
	}
	if m.text("status") == "0" {
		return quiet(c.Subject, Resolved), nil
	}
	c.look(LookedAlert)
	c.addMember(m, at, "type")
	c.addFound(data, at.in("data"), "additionalMsg")
	c.lack(NotResolved)
	return []Case{c}, nil
}

// readCLS reads an alarm of CLS, whose body is a template of the user's: the
// logs that made it fire are in QueryLog, as a list of lists or its string.
func readCLS(raw json.RawMessage, at place) ([]Case, *Error) {
	m := membersOf(raw)
	if m.text("NotifyType") == "2" {
		return quiet(Subject{}, Resolved), nil
	}
	var known Case
	known.look(LookedAlert)
	known.lack(NotResolved)
	all := caseList{places: map[Subject]int{}}
	lists, in := unquoted(m["QueryLog"]), at.in("QueryLog")
	for i, list := range elementsOf(lists) {
		logs, at := []json.RawMessage{list}, in.at(i)
		if isArray(list) {
			logs = elementsOf(list)
		}
		for k, log := range logs {
			at := at
			if isArray(list) {
				at = at.at(k)
			}
			if content := membersOf(log)["content"]; !isNull(content) {
				log, at = content, at.in("content")
			}
			if cases, err := readInner(log, at); err == nil {
				all.add(at, cases...)
			}
		}
	}
	if all.read > 0 {
		return all.result(at)
	}
	known.addFound(m, at, "QueryLog", "QueryResult", "Message", "Content", "AnalysisResult")
	return []Case{known}, nil
}

// unquoted returns the JSON in a string, or the value itself.
func unquoted(raw json.RawMessage) json.RawMessage {
	var text string
	if json.Unmarshal(raw, &text) == nil && json.Valid([]byte(text)) {
		return json.RawMessage(strings.TrimSpace(text))
	}
	return raw
}

// readTKEEvent reads a record of the event log of a TKE cluster.
func readTKEEvent(raw json.RawMessage, at place) ([]Case, *Error) {
	return readObjectOf("Event", membersOf(raw)["event"], at.in("event"))
}

// readFlatEvent reads such a record whose fields CLS has made flat.
func readFlatEvent(raw json.RawMessage, at place) ([]Case, *Error) {
	m := membersOf(raw)
	c := Case{Subject: Subject{
		Kind: m.text("event.involvedObject.kind"), Namespace: m.text("event.involvedObject.namespace"), Name: m.text("event.involvedObject.name"),
		Container: containerOf(m.text("event.involvedObject.fieldPath")),
	}}
	c.addEvent(event{
		reason: m.text("event.reason"), message: m.text("event.message"), kind: m.text("event.type"),
		reasonAt: at.in("event.reason"), messageAt: at.in("event.message"),
		seen: utc(m.text("event.lastTimestamp")), first: utc(m.text("event.firstTimestamp")),
	})
	c.settle()
	return []Case{c}, nil
}

// readResponse reads the answer of an API of Tencent Cloud.
func readResponse(raw json.RawMessage, at place) ([]Case, *Error) {
	response, in := membersOf(raw).object("Response"), at.in("Response")
	switch {
	case response == nil:
		return nil, in.fault("must be an object")
	case response.has("Error"):
		return nil, in.fault("the answer to a call of the API that failed tells of no instance")
	case response.has("Histories"):
		return in.in("Histories").each(response["Histories"], readHistory)
	case response.has("ResponseBody"): // of a call that TKE has passed on to the cluster
		return readInner(response["ResponseBody"], in.in("ResponseBody"))
	case response.has("Events"):
		return readEKSEvents(membersOf(raw)["Response"], in)
	case response.has("EksCis"):
		return readEKSInstances(membersOf(raw)["Response"], in)
	}
	if cases, err := readTEM(raw, at); err == nil || response.object("Result").has("PodList") {
		return cases, err
	}
	return readUnknown(raw, at)
}

// readHistory reads an item of Monitor's DescribeAlarmHistories.
func readHistory(raw json.RawMessage, at place) ([]Case, *Error) {
	m := membersOf(raw)
	var dimensions members
	if text := m.text("Dimensions"); text != "" {
		dimensions = membersOf(json.RawMessage(text))
	}
	c := Case{Subject: subjectOfDimensions(dimensions)}
	if c.Subject.Name == "" {
		c.Subject.Name = m.text("AlarmObject")
	}
	if m.text("AlarmStatus") == "OK" {
		return quiet(c.Subject, Resolved), nil
	}
	c.look(LookedAlert)
	c.addMember(m, at, "Content")
	c.lack(NotResolved)
	return []Case{c}, nil
}

// readEKSEvents reads the events of an EKS container instance.
func readEKSEvents(raw json.RawMessage, at place) ([]Case, *Error) {
	m := membersOf(raw)
	cases, err := at.in("Events").eachInto(&caseList{places: map[Subject]int{}}, m["Events"], func(raw json.RawMessage, at place) ([]Case, *Error) {
		e := membersOf(raw)
		name, _ := e.first("PodName", "EksCiId")
		if name == "" {
			name = m.text("EksCiId")
		}
		c := Case{Subject: Subject{Kind: "Pod", Name: name}}
		c.addEvent(event{
			reason: e.text("Reason"), message: e.text("Message"), kind: e.text("Type"), reasonAt: at.in("Reason"), messageAt: at.in("Message"),
			seen: goTime(e.text("LastTimestamp")), first: goTime(e.text("FirstTimestamp")),
		})
		return []Case{c}, nil
	})
	for i := range cases {
		cases[i].settle()
	}
	return cases, err
}

// goTime returns a time that Go has printed, 2021-06-24 03:32:43.4 +0000 UTC, as
// Kubernetes writes it.
func goTime(s string) string {
	s, ok := strings.CutSuffix(s, " +0000 UTC")
	if !ok {
		return utc(s)
	}
	return utc(strings.Replace(s, " ", "T", 1) + "Z")
}

// readEKSInstances reads the list of DescribeEKSContainerInstances.
func readEKSInstances(raw json.RawMessage, at place) ([]Case, *Error) {
	return at.in("EksCis").each(membersOf(raw)["EksCis"], func(raw json.RawMessage, at place) ([]Case, *Error) {
		m := membersOf(raw)
		name, _ := m.first("EksCiName", "EksCiId")
		c := Case{Subject: Subject{Kind: "Pod", Name: name}}
		c.look(LookedPod)
		i := instance{state: m.text("Status"), ready: unsaid}
		for k, raw := range elementsOf(m["Containers"]) {
			container, at := membersOf(raw), at.in("Containers").at(k)
			c.addEKSContainer(container, at.in("CurrentState"), &i)
		}
		if len(c.Texts) > 0 {
			i.against = append(i.against, Unexplained)
		}
		c.judge(i.missing())
		c.settle()
		return []Case{c}, nil
	})
}

// addEKSContainer adds what the state of a container says is wrong.
func (c *Case) addEKSContainer(container members, at place, i *instance) {
	name, state := container.text("Name"), container.object("CurrentState")
	before := len(c.Texts)
	reason := state.text("Reason")
	switch strings.ToLower(state.text("State")) {
	case "running":
		return
	case "terminated":
		code := int64(0)
		_ = json.Unmarshal(state["ExitCode"], &code) // 0 if it is none
		if code == 0 {
			return
		}
		c.addExitCode(at.in("ExitCode"), reason, code, reading.Record{Source: reading.Field, Container: name})
	}
	c.add(at.in("Reason"), reason, reading.StatusRecord(reason, name))
	c.add(at.in("Message"), state.text("Message"), reading.MessageRecord(reason, name))
	i.against = append(i.against, ContainerNotRunning)
	if len(c.Texts) > before && c.Subject.Container == "" {
		c.Subject.Container = name
	}
}
