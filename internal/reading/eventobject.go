package reading

import (
	"strings"
	"time"
)

// An eventObject is an object that may be an Event, as YAML or JSON, as far as it
// has been read. Its message and what it is about stand in any order.
type eventObject struct {
	first                 int // number of the first record of the object
	kind, namespace, name string
	container             string
	reason                string
	said                  [2]int // numbers of the records of its reason and its message, and 1
	warning               bool
	seen, since           time.Time
}

// A sighting is when the event of a record was seen last and first.
type sighting struct {
	record      int
	seen, since time.Time
}

// eventKey takes what a key tells of an event, and reports whether it is about
// the object that the event is about. Its record is the next that is added.
func (r *reader) eventKey(k, value string) bool {
	e := &r.event
	switch r.parent(0) {
	case "involvedobject", "regarding":
		switch k {
		case "kind":
			e.kind = value
		case "namespace":
			e.namespace = value
		case "name":
			e.name = value
		case "fieldpath":
			if _, rest, ok := strings.Cut(value, "{"); ok {
				e.container = strings.TrimSuffix(rest, "}")
			}
		}
		return true
	case "series":
		if k == "lastobservedtime" {
			e.seen = timeOf(value)
		}
	case "":
		switch k {
		case "apiversion":
			r.endEvent()
		case "reason":
			e.reason, e.said[0] = value, len(r.doc.Records)+1
		case "message", "note":
			e.said[1] = len(r.doc.Records) + 1
		case "type":
			e.warning = value == "Warning"
		case "lasttimestamp", "deprecatedlasttimestamp", "eventtime":
			if t := timeOf(value); t.After(e.seen) {
				e.seen = t
			}
		case "firsttimestamp", "deprecatedfirsttimestamp":
			e.since = timeOf(value)
		}
	}
	return false
}

// endEvent ends an object. If it was an event, its records are about what that is about.
func (r *reader) endEvent() {
	e := r.event
	r.close()
	r.event = eventObject{first: len(r.doc.Records)}
	if e.name == "" {
		return
	}
	subject := r.doc.subjectOf(e.kind, e.namespace, e.name)
	if e.since.IsZero() {
		e.since = e.seen
	}
	for i := e.first; i < len(r.doc.Records); i++ {
		r.doc.Records[i].Subject = subject
	}
	for i, n := range e.said {
		if n == 0 || n > len(r.doc.Records) || r.doc.Records[n-1].Source == Silent {
			continue
		}
		record := EventRecord(e.reason, e.container)
		if i > 0 && e.said[0] > 0 {
			record.Succeeded = 0 // told once
		}
		record.Start, record.End, record.Block = r.doc.Records[n-1].Start, r.doc.Records[n-1].End, r.doc.Records[n-1].Block
		record.Subject, record.Warning = subject, e.warning
		r.doc.Records[n-1] = record
		if !e.seen.IsZero() {
			r.sightings = append(r.sightings, sighting{n - 1, e.seen, e.since})
		}
	}
}

// ageEvents tells how old events are at the newest time that the text tells.
func (r *reader) ageEvents() {
	for _, s := range r.sightings {
		record := &r.doc.Records[s.record]
		record.Age, record.First = r.newest.Sub(s.seen), r.newest.Sub(s.since)
	}
}
