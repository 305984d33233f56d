package reading

import (
	"slices"
	"time"
)

// terminating is what kubectl prints of a pod that is being deleted.
const terminating = "Terminating"

const (
	// overdue is how long a pod may be there after the time that it should be gone at.
	overdue = 2 * time.Minute
	// grace is how long before that its deletion is asked for, as a rule.
	grace = 30 * time.Second
)

// EndsInTime reports whether it is normal that a pod that should be gone at a time
// is still there at the newest time that is told, for it may have been saved long
// ago. If no time after its deletion is told, it may still run, but no more than that.
func EndsInTime(gone, newest time.Time, runs bool) bool {
	if newest.Before(gone.Add(-grace)) {
		return runs
	}
	return gone.IsZero() || newest.Sub(gone) < overdue
}

// A deletion is the time of an object at which a pod should be gone.
type deletion struct {
	record, subject int // the subject is -1 until its name has come
	gone            time.Time
}

// timed takes what a key tells of time. Its record is the next that is added.
func (r *reader) timed(k, value string) {
	if len(value) < len("2026-11-26T08:00:00Z") || value[10] != 'T' {
		return
	}
	t := timeOf(value)
	if k != "deletiontimestamp" {
		if t.After(r.newest) {
			r.newest = t
		}
		return
	}
	d := deletion{len(r.doc.Records), -1, t}
	if r.object.named {
		d.subject = r.subject
	}
	r.deletions = append(r.deletions, d)
}

// endDeletions gives the pods that are being deleted the status that kubectl
// prints of them.
func (r *reader) endDeletions() {
	for _, d := range r.deletions {
		if d.subject < 0 || d.record >= len(r.doc.Records) {
			continue
		}
		s := &r.doc.Subjects[d.subject]
		s.Deleting = true
		if s.Kind != "Pod" {
			continue
		}
		runs := slices.ContainsFunc(s.Containers, func(c Container) bool { return c.State == "running" })
		record := &r.doc.Records[d.record]
		record.Source, record.Status, record.Reason, record.Subject = Field, true, terminating, d.subject
		record.Operation, record.Normal = statusOperation(terminating), EndsInTime(d.gone, r.newest, runs)
		r.doc.Derived = append(r.doc.Derived, Derived{terminating, d.record})
	}
}
