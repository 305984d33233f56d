package evidence

import (
	"strings"
	"time"

	"github.com/reasonbook/reasonbook/internal/reading"
)

// judge decides which hits stand.
func (c *inquiry) judge() {
	c.enumerated()
	fates := c.fates()
	for i := range c.hits {
		h := &c.hits[i]
		if h.against == "" && h.record.Normal {
			h.against = "it is normal so far"
		}
		if h.against == "" {
			h.against = c.notAsserted(h)
		}
		if h.against == "" {
			h.against = c.over(h)
		}
		if h.against == "" {
			h.against = c.survived(h, fates)
		}
	}
}

// notAsserted says why a hit is not claimed of an instance.
func (c *inquiry) notAsserted(h *hit) string {
	switch c.doc.Kind {
	case reading.Documentation:
		return "the text is documentation or code, no report of an instance"
	case reading.ClosedIncident:
		return "the text tells of an incident that is over"
	case reading.ResolvedAlert:
		return "the alert is resolved"
	}
	return c.denied(h)
}

// over says why what a hit says no longer holds.
func (c *inquiry) over(h *hit) string {
	r := h.record
	s := &reading.Subject{}
	if r.Subject >= 0 {
		s = &c.doc.Subjects[r.Subject]
	}
	for _, o := range c.successes {
		if o.Source == reading.Message && covers(o.Succeeded, h.inner) && o.Start > r.Start && o.Block == r.Block && (o.Subject < 0 || o.Subject == r.Subject) {
			return "the same operation succeeded afterwards"
		}
		if o.Subject != r.Subject || o == r {
			continue
		}
		if !covers(o.Succeeded, h.inner) && !c.startedSince(o, h) || o.Container != "" && r.Container != "" && o.Container != r.Container {
			continue
		}
		if a, b := image(c.doc.Text[o.Start:o.End]), image(c.doc.Text[r.Start:r.End]); a != "" && b != "" && a != b {
			continue
		}
		switch {
		case o.Source == reading.Row:
			return "the instance runs and is ready"
		case o.Source == reading.Event && r.Source == reading.Event && o.Age >= 0 && r.Age >= 0 && o.Age < r.Age,
			o.Source == reading.Event && r.Source == reading.Event && o.Age == r.Age && o.Start > r.Start && o.First < r.First:
			return "the same operation, or a later one, succeeded afterwards"
		}
	}
	for _, e := range c.ends {
		if e.Subject != r.Subject || e == r {
			continue
		}
		switch {
		case r.Source == reading.Event && r.Age >= 0 && r.Age <= e.Age && h.inner != 0 && h.inner&^(untilStarted|reading.Probe) == 0:
			return "the instance was being stopped by then"
		case e.Reason == "Evicted" && r.Status && h.inner == reading.Exit && h.record.Reason == "Completed":
			return "the instance was evicted: its end is no cause"
		}
	}
	if s.Rolling && r.Source == reading.Condition && r.Reason == "MinimumReplicasUnavailable" {
		return "its instances are being made or replaced, and it has time left for that"
	}
	if r.Source == reading.LastState && (s.Ready == reading.Yes || isReadyNow(s, r.Container)) {
		return "it was an earlier run; the container is ready now"
	}
	if s.Finished && r.Source == reading.Field && r.Reason == "Completed" {
		return "the instance was to end, and did with success"
	}
	if h.inner&reading.Exit != 0 && s.Deleting {
		return "the instance is being deleted: its end is wanted"
	}
	if r.Source == reading.Field && r.Status && s.Deleting && !strings.HasPrefix(r.Reason, "Terminating") {
		return "the instance is being deleted: it need not start"
	}
	// Readiness is over as soon as the instance is ready; a failed liveness check
	// is not, it restarts the container.
	if h.inner == reading.Probe && strings.Contains(strings.ToLower(c.doc.Text[r.Start:r.End]), "readiness") {
		switch {
		case s.Ready == reading.Yes:
			return "the instance is ready now"
		case s.ContainersReady == reading.Yes || allReady(s):
			return "its containers are ready now"
		}
	}
	return ""
}

// settled is how long a container has to run until its former ends are history.
const settled = 10 * time.Minute

// startedSince reports whether an event tells that the container of a hit about
// its end was started afterwards, so long ago that it stayed.
func (c *inquiry) startedSince(o *reading.Record, h *hit) bool {
	return o.Source == reading.Event && h.record.Source == reading.Event && o.Succeeded&reading.Start != 0 && o.Age >= settled && o.Age < h.record.Age &&
		h.inner != 0 && h.inner&^(reading.Exit|reading.Retry) == 0
}

// isReadyNow reports whether a subject's container is ready.
func isReadyNow(s *reading.Subject, container string) bool {
	for i := range s.Containers {
		if s.Containers[i].Name == container {
			return s.Containers[i].Ready == reading.Yes
		}
	}
	return false
}

// allReady reports whether each of a subject's containers is ready.
func allReady(s *reading.Subject) bool {
	n := 0
	for i := range s.Containers {
		if c := &s.Containers[i]; !c.Init {
			if c.Ready != reading.Yes {
				return false
			}
			n++
		}
	}
	return n > 0
}

// untilStarted is the operations that bring an instance up.
const untilStarted = reading.Claim | reading.Provision | reading.Attach | reading.Mount | reading.Network | reading.Sandbox |
	reading.Pull | reading.Create | reading.Start

// image returns the image that a message names.
func image(s string) string {
	_, rest, ok := strings.Cut(s, `mage "`)
	if !ok {
		return ""
	}
	name, _, _ := strings.Cut(rest, `"`)
	return name
}

// covers reports whether the success of some operations clears a failure of others.
func covers(succeeded, failed reading.Operation) bool {
	return failed != 0 && succeeded&failed == failed
}
