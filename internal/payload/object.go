package payload

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/reasonbook/reasonbook/internal/reading"
)

// object is a Kubernetes object, as far as it is read: Pod, Event (core/v1 and
// events.k8s.io/v1), anything with conditions, and lists of these.
type object struct {
	Kind     string          `json:"kind"`
	Metadata metadata        `json:"metadata"`
	Items    json.RawMessage `json:"items"` // a list, in a List

	// Event, and metav1.Status
	Reason         string    `json:"reason"`
	Message        string    `json:"message"`
	Note           string    `json:"note"`
	InvolvedObject *involved `json:"involvedObject"`
	Regarding      *involved `json:"regarding"`
	Type           string    `json:"type"`
	EventTime      string    `json:"eventTime"`
	FirstTimestamp string    `json:"firstTimestamp"`
	LastTimestamp  string    `json:"lastTimestamp"`
	DeprecatedLast string    `json:"deprecatedLastTimestamp"`
	Series         struct {
		LastObserved string `json:"lastObservedTime"`
	} `json:"series"`

	Spec   json.RawMessage `json:"spec"`
	Status json.RawMessage `json:"status"`

	place place
}

type metadata struct {
	Namespace         string     `json:"namespace"`
	Name              string     `json:"name"`
	Generation        int64      `json:"generation"`
	DeletionTimestamp *string    `json:"deletionTimestamp"`
	Owners            few[owner] `json:"ownerReferences"`
}

// owner is an item of metadata.ownerReferences.
type owner struct {
	Kind       string `json:"kind"`
	Name       string `json:"name"`
	Controller bool   `json:"controller"`
}

// controller returns what the object was made by.
func (o *object) controller() owner {
	for _, owner := range o.Metadata.Owners {
		if owner.Controller && owner.Kind != "" && owner.Name != "" {
			return owner
		}
	}
	return owner{}
}

// involved is the object that an Event speaks of.
type involved struct {
	Kind      string `json:"kind"`
	Namespace string `json:"namespace"`
	Name      string `json:"name"`
	FieldPath string `json:"fieldPath"`
}

func (o *object) status() json.RawMessage { return orNull(o.Status) }
func (o *object) spec() json.RawMessage   { return orNull(o.Spec) }
func (o *object) deleting() bool          { return o.Metadata.DeletionTimestamp != nil }

func orNull(raw json.RawMessage) json.RawMessage {
	if len(raw) == 0 {
		return json.RawMessage("null")
	}
	return raw
}

// readObject reads a Kubernetes object or List. The Events of a list belong to
// the case of the object they speak of.
func readObject(raw json.RawMessage, at place) ([]Case, *Error) { return readObjectOf("", raw, at) }

// readObjectOf reads one that may leave out its kind, because that is said elsewhere.
func readObjectOf(kind string, raw json.RawMessage, at place) ([]Case, *Error) {
	list, err := decodeObject(raw, at)
	if err != nil {
		return nil, err
	}
	list.Kind = cmp.Or(list.Kind, kind)
	cases := []Case{{}}
	if isNull(list.Items) {
		cases[0], err = list.asCase()
	} else {
		cases, err = at.in("items").eachInto(&caseList{places: map[Subject]int{}}, list.Items, listItem(func() string { return list.Kind }))
	}
	if err != nil {
		return nil, err
	}
	settle(cases)
	return cases, nil
}

// settle settles the cases of objects that came together: the newest time that one
// tells of is that of all.
func settle(cases []Case) {
	newest := ""
	for i := range cases {
		newest = max(newest, cases[i].evidence.newest)
	}
	for i := range cases {
		cases[i].evidence.newest = newest
		cases[i].settle()
	}
}

// listItem returns the reader of the items of a List, which may leave out their
// kind if the List's says it.
func listItem(listKind func() string) itemReader {
	return func(raw json.RawMessage, at place) ([]Case, *Error) {
		o, err := decodeObject(raw, at)
		if err != nil {
			return nil, err
		}
		if !isNull(o.Items) {
			return nil, at.fault("a List within a List is not read")
		}
		if o.Kind == "" && o.InvolvedObject == nil && o.Regarding == nil {
			o.Kind = strings.TrimSuffix(listKind(), "List")
		}
		c, err := o.asCase()
		return []Case{c}, err
	}
}

func decodeObject(raw json.RawMessage, at place) (*object, *Error) {
	if !json.Valid(raw) {
		return nil, at.fault("cannot be read")
	}
	o := &object{place: at}
	if trimmed := bytes.TrimSpace(raw); trimmed[0] == '{' {
		raw = pruned(trimmed)
	}
	return o, at.decode(raw, o)
}

// join adds what another case says of the same subject.
func (c *Case) join(other Case) {
	c.Texts = append(c.Texts, other.Texts...)
	c.lack(other.Missing...)
	if len(c.Suspects) == 0 {
		c.Suspects = other.Suspects
	}
	c.evidence.join(other.evidence)
	rolling := c.Known.Rolling || other.Known.Rolling
	if !slices.Contains(c.Looked, LookedPod) && !slices.Contains(c.Looked, LookedObject) { // only events
		c.Known = other.Known
	}
	c.Known.Rolling = rolling
	for _, part := range other.Looked {
		c.look(part)
	}
	c.Subject.Container = cmp.Or(c.Subject.Container, other.Subject.Container)
	c.Subject.Workload = cmp.Or(c.Subject.Workload, other.Subject.Workload)
}

// join adds the evidence of another case about the same object.
func (e *evidence) join(other evidence) {
	e.proven = e.proven || other.proven
	e.since = max(e.since, other.since)
	e.newest = max(e.newest, other.newest)
	e.restarted = e.restarted || other.restarted
	e.events = append(e.events, other.events...)
	e.warnings = append(e.warnings, other.warnings...)
}

func (o *object) asCase() (Case, *Error) {
	if o.Kind == "Event" || o.InvolvedObject != nil || o.Regarding != nil {
		return o.eventCase(), nil
	}
	kind := o.Kind
	if kind == "" {
		kind = "Pod" // kubectl leaves the kind out of the items of a PodList
	}
	by := o.controller()
	c := Case{Subject: Subject{Kind: kind, Namespace: o.Metadata.Namespace, Name: o.Metadata.Name, Workload: reading.Workload(by.Kind, by.Name)}}
	if by.Name != "" {
		c.Known.Owner = by.Kind + "/" + by.Name
	}
	switch kind {
	case "Pod":
		return c, c.readPod(o)
	case "Status":
		return c, o.place.fault("the API server's answer to a request that failed is no object: send the object, or the message as text/plain")
	}
	return c, c.readConditions(o)
}

// eventCase reads an Event.
func (o *object) eventCase() Case {
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
	c.addEvent(event{
		reason: o.Reason, message: message, kind: o.Type, reasonAt: o.place.in("reason"), messageAt: o.place.in(field),
		seen:  max(utc(o.LastTimestamp), utc(o.DeprecatedLast), utc(o.EventTime), utc(o.Series.LastObserved)),
		first: cmp.Or(utc(o.FirstTimestamp), utc(o.EventTime)),
	})
	return c
}

// An event is one of Kubernetes, in whatever form. Its kind, Normal or Warning,
// says little: the kubelet reports an image pull that backs off as Normal.
type event struct {
	reason, message, kind string
	reasonAt, messageAt   place
	seen, first           string // as utc returns them
}

// addEvent adds what an event says of the subject.
func (c *Case) addEvent(e event) {
	texts := c.Texts
	c.Texts = nil
	record := reading.EventRecord(e.reason, c.Subject.Container)
	record.Warning = e.kind == "Warning"
	c.add(e.reasonAt, e.reason, record)
	record.Succeeded = 0 // told once
	c.add(e.messageAt, e.message, record)
	for i := range c.Texts {
		c.Texts[i].Seen, c.Texts[i].First = timeOf(e.seen), timeOf(cmp.Or(e.first, e.seen))
	}
	c.evidence.newest = max(c.evidence.newest, e.seen)
	c.evidence.events, c.Texts = append(c.evidence.events, c.Texts...), texts
	if e.kind != "Normal" || e.reason == "Killing" {
		c.evidence.warnings = append(c.evidence.warnings, e.seen)
	}
	c.look(LookedEvents)
}

// utc returns a time in UTC as Kubernetes writes it, which sorts as a string
// does; anything else is "".
func utc(time string) string {
	if len(time) < len("2006-01-02T15:04:05Z") || !strings.HasSuffix(time, "Z") {
		return ""
	}
	return time
}

// timeOf reads a time that utc returned, zero if that is "".
func timeOf(s string) time.Time {
	t, _ := time.Parse(time.RFC3339, s)
	return t
}

// containerOf returns the name in a field path such as spec.containers{app}.
func containerOf(fieldPath string) string {
	before, rest, _ := strings.Cut(fieldPath, "{")
	if name, ok := strings.CutSuffix(rest, "}"); ok && before != "" {
		return name
	}
	return ""
}
