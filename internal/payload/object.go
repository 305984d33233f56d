package payload

import (
	"encoding/json"
	"strconv"
)

// object is a Kubernetes object, as far as it is read: Pod, Event (core/v1 and
// events.k8s.io/v1), anything with conditions, and lists of these.
type object struct {
	Kind     string
	Metadata struct{ Namespace, Name string }
	Items    json.RawMessage // an array, in a List

	// Event
	Reason, Message, Note     string
	InvolvedObject, Regarding *struct{ Kind, Namespace, Name, FieldPath string }

	Status json.RawMessage // a string in metav1.Status
}

type status struct {
	Phase, Reason, Message string
	Conditions             few[struct{ Type, Status, Reason, Message string }]

	InitContainerStatuses, ContainerStatuses, EphemeralContainerStatuses few[containerStatus]
}

type containerStatus struct {
	Name             string
	Ready            bool
	State, LastState struct {
		Waiting    *struct{ Reason, Message string }
		Running    *struct{}
		Terminated *struct {
			Reason, Message string
			ExitCode        int64
		}
	}
}

const notObject = "not a Kubernetes object: a field is not of the type that Kubernetes gives it"

// readObject reads a Kubernetes object or List. The Events of a list belong to
// the case of the object they speak of.
func readObject(raw []byte) ([]Case, *Error) {
	var o object
	if json.Unmarshal(raw, &o) != nil || !isNull(o.Items) && !isArray(o.Items) {
		return nil, &Error{UnknownForm, notObject}
	}
	if isNull(o.Items) {
		c, err := o.asCase("")
		if err != nil {
			return nil, err
		}
		return []Case{c}, nil
	}
	type key struct{ kind, namespace, name string }
	var all caseList
	place := map[key]int{}
	for i, item := range elements(o.Items) {
		var o object
		at := index("items", i)
		if json.Unmarshal(item, &o) != nil {
			all.fault(at, &Error{UnknownForm, notObject}, 1)
			continue
		}
		c, err := o.asCase(at + ".")
		if err != nil {
			all.fault(at, err, 1)
			continue
		}
		k := key{c.Subject.Kind, c.Subject.Namespace, c.Subject.Name}
		known, ok := place[k]
		if !ok || k.name == "" {
			if !all.full() {
				place[k] = len(all.cases)
			}
			all.add(at, c)
			continue
		}
		about := &all.cases[known]
		about.Texts = append(about.Texts, c.Texts...)
		if len(about.Texts) > 0 {
			about.Ignored = ""
		}
		if about.Subject.Container == "" {
			about.Subject.Container = c.Subject.Container
		}
	}
	return all.result("the list has no items")
}

func (o *object) asCase(prefix string) (Case, *Error) {
	about := o.InvolvedObject
	if about == nil {
		about = o.Regarding
	}
	if o.Kind == "Event" || about != nil {
		return o.eventCase(prefix), nil
	}
	c := Case{Subject: Subject{Kind: o.Kind, Namespace: o.Metadata.Namespace, Name: o.Metadata.Name}}
	if c.Subject.Kind == "" {
		c.Subject.Kind = "Pod" // kubectl leaves the kind out of the items of a PodList
	}
	var s status
	if len(o.Status) > 0 && json.Unmarshal(o.Status, &s) != nil {
		return c, &Error{UnknownForm, "status is not that of a Kubernetes object"}
	}
	c.addStatus(prefix+"status.", &s)
	if len(c.Texts) == 0 {
		c.Ignored = Healthy
	}
	return c, nil
}

// eventCase reads an Event. Its type says little: the kubelet reports an image
// pull that backs off as Normal.
func (o *object) eventCase(prefix string) Case {
	var c Case
	message, field := o.Message, "message"
	if o.Note != "" {
		message, field = o.Note, "note"
	}
	about := o.InvolvedObject
	if about == nil {
		about = o.Regarding
	}
	if about != nil {
		c.Subject = Subject{Kind: about.Kind, Namespace: about.Namespace, Name: about.Name, Container: containerOf(about.FieldPath)}
	}
	c.add(prefix+"reason", o.Reason, false)
	c.add(prefix+field, message, false)
	return c
}

// containerOf returns the name in a field path such as spec.containers{app}.
func containerOf(fieldPath string) string {
	for i := range len(fieldPath) {
		if fieldPath[i] == '{' && fieldPath[len(fieldPath)-1] == '}' {
			return fieldPath[i+1 : len(fieldPath)-1]
		}
	}
	return ""
}

// addStatus adds what a status says is wrong, the most telling first. What a
// container says of its last run counts only while it does not run again.
func (c *Case) addStatus(prefix string, s *status) {
	for _, list := range []struct {
		field string
		items []containerStatus
	}{
		{"initContainerStatuses", s.InitContainerStatuses},
		{"containerStatuses", s.ContainerStatuses},
		{"ephemeralContainerStatuses", s.EphemeralContainerStatuses},
	} {
		for i, container := range list.items {
			c.addContainer(prefix+list.field+"["+strconv.Itoa(i)+"].", &container)
		}
	}
	c.add(prefix+"reason", s.Reason, false)
	c.add(prefix+"message", s.Message, false)
	for i, condition := range s.Conditions {
		if condition.Status == "False" && s.Phase != "Succeeded" {
			at := prefix + "conditions[" + strconv.Itoa(i) + "]."
			c.add(at+"reason", condition.Reason, false)
			c.add(at+"message", condition.Message, false)
		}
	}
}

func (c *Case) addContainer(prefix string, s *containerStatus) {
	before := len(c.Texts)
	if w := s.State.Waiting; w != nil {
		c.add(prefix+"state.waiting.reason", w.Reason, false)
		c.add(prefix+"state.waiting.message", w.Message, false)
	}
	for _, state := range []struct {
		field string
		t     *struct {
			Reason, Message string
			ExitCode        int64
		}
	}{{"state", s.State.Terminated}, {"lastState", s.LastState.Terminated}} {
		t := state.t
		if t == nil || t.ExitCode == 0 || state.field == "lastState" && s.State.Running != nil {
			continue
		}
		at := prefix + state.field + ".terminated."
		c.add(at+"reason", t.Reason, false)
		c.add(at+"message", t.Message, false)
		c.addExitCode(at+"exitCode", t.Reason, t.ExitCode)
	}
	if len(c.Texts) > before && c.Subject.Container == "" {
		c.Subject.Container = s.Name
	}
}
