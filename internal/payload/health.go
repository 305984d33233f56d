package payload

import (
	"slices"
	"time"

	"github.com/reasonbook/reasonbook/internal/reading"
	"github.com/reasonbook/reasonbook/internal/statusword"
)

// Looked is a part of the input that was looked at.
type Looked string

const (
	LookedText     Looked = "text"      // a pasted text
	LookedReason   Looked = "reason"    // the field of the simple form
	LookedMessage  Looked = "message"   // the same
	LookedExitCode Looked = "exit-code" // the same
	LookedLog      Looked = "log"       // the same
	LookedPod      Looked = "pod"       // the status of a Pod
	LookedObject   Looked = "object"    // the status of another object
	LookedEvents   Looked = "events"    // Kubernetes' events
	LookedTEM      Looked = "tem"       // TEM's record of an instance
	LookedAlert    Looked = "alert"     // an alert or an incident
	LookedTask     Looked = "task"      // a task of ECS
	LookedEvent    Looked = "event"     // an event of a cloud's service
	LookedFields   Looked = "fields"    // what looks like messages in an object of no known form
)

// Missing is something that is missing for a proof of health, or speaks
// against it.
type Missing string

const (
	StateUnsaid         Missing = "state-unsaid"     // does it run, and is it ready?
	ReadinessUnsaid     Missing = "readiness-unsaid" // it runs; is it ready?
	NotReady            Missing = "not-ready"        // it runs, and a container is not ready
	PhasePending        Missing = "phase-pending"
	PhaseFailed         Missing = "phase-failed"
	PhaseUnknown        Missing = "phase-unknown"
	EndedWell           Missing = "ended-well"  // with exit code 0: was it meant to end?
	EndedBadly          Missing = "ended-badly" // Succeeded, but a container says otherwise
	Deleting            Missing = "deleting"
	ContainerNotRunning Missing = "container-not-running" // in a phase Running
	ContainerUnsaid     Missing = "container-unsaid"      // a container of the spec has no status
	InitUnfinished      Missing = "init-unfinished"       // an init container
	ConditionFailing    Missing = "condition-failing"
	Unhealthy           Missing = "unhealthy"   // says TEM
	Unexplained         Missing = "unexplained" // something is said that nothing explains
	OnlyEvents          Missing = "only-events" // which tell of the past
	Warned              Missing = "warned"      // by events of what is well otherwise
	JobUnfinished       Missing = "job-unfinished"
	NodeNotReady        Missing = "node-not-ready"   // Ready is not True
	Cordoned            Missing = "cordoned"         // a Node
	ClaimNotBound       Missing = "claim-not-bound"  // a PersistentVolumeClaim
	ReplicasUnsaid      Missing = "replicas-unsaid"  // how many are wanted?
	ReplicasMissing     Missing = "replicas-missing" // or too many, or old ones
	StatusOutdated      Missing = "status-outdated"  // older than the spec
	NotResolved         Missing = "not-resolved"     // an alert
	NoData              Missing = "no-data"          // to evaluate an alert with
	NotHealthy          Missing = "not-healthy"      // says the sender, and not why
	KindUnjudged        Missing = "kind-unjudged"    // no rule for the health of such an object
)

// yesNo is an answer that a sender may leave out.
type yesNo int

const (
	unsaid yesNo = iota
	yes
	no
)

// An instance is what a sender says of the state of an instance, in whatever
// form. Its rule is the only one that calls an instance healthy.
type instance struct {
	state    string // phase or status word: Running, Pending, …
	ready    yesNo  // every container, while they run
	ended    yesNo  // every container, with exit code 0
	deleting bool
	against  []Missing // what else speaks against its health
}

// missing returns what is missing for a proof that the instance is healthy. If
// nothing is, it is.
func (i instance) missing() []Missing {
	var m []Missing
	switch statusword.Of(i.state) {
	case statusword.Healthy:
		if i.ready == no {
			m = append(m, NotReady)
		}
	case statusword.Running:
		switch i.ready {
		case no:
			m = append(m, NotReady)
		case unsaid:
			m = append(m, ReadinessUnsaid)
		}
	case statusword.Succeeded:
		if i.ended == no {
			m = append(m, EndedBadly)
		}
	default:
		m = append(m, i.phaseMissing())
	}
	if i.deleting {
		m = append(m, Deleting)
	}
	return append(m, i.against...)
}

// phaseMissing returns what a state that is no proof of health says instead.
func (i instance) phaseMissing() Missing {
	switch {
	case i.state == "Pending":
		return PhasePending
	case i.state == "Failed":
		return PhaseFailed
	case i.state == "Unknown":
		return PhaseUnknown
	case i.ended == yes || i.state == "Completed":
		return EndedWell
	}
	return StateUnsaid
}

// evidence is what decides whether a case is healthy once all of it is read.
type evidence struct {
	proven    bool   // an object shows that the subject is healthy
	since     string // when a condition of it became so: RFC 3339 in UTC, "" if unknown
	restarted bool   // a container has ended before
	newest    string // the newest time that is told, in the same form
	events    []Text
	warnings  []string // the times of those events that report a problem
}

// judge notes what is missing for a proof of health; nothing is a proof.
func (c *Case) judge(missing []Missing) {
	c.lack(missing...)
	c.evidence.proven = len(missing) == 0
}

// lack notes what is missing for a proof of health, each thing once.
func (c *Case) lack(missing ...Missing) {
	for _, m := range missing {
		if !slices.Contains(c.Missing, m) {
			c.Missing = append(c.Missing, m)
		}
	}
}

// settle decides whether the case is healthy.
func (c *Case) settle() {
	e := c.evidence
	c.evidence = evidence{}
	if c.Err != nil {
		return
	}
	if len(c.Missing) == 0 {
		switch {
		case e.proven && !e.warned():
			c.Ignored = Healthy
			return
		case e.proven:
			c.lack(Warned)
		case slices.Equal(c.Looked, []Looked{LookedEvents}):
			c.lack(OnlyEvents)
		default:
			c.lack(StateUnsaid)
		}
	}
	if len(c.Missing) > 1 { // what is said of no matter already
		c.Missing = slices.DeleteFunc(c.Missing, func(m Missing) bool { return m == Unexplained })
	}
	c.Texts = append(c.Texts, e.events...)
	c.ending(timeOf(e.newest))
}

// terminating is what kubectl prints of a Pod that is being deleted.
const terminating = "Terminating"

// ending decides whether it is normal that a Pod that is being deleted is still
// there, at the newest time that is told.
func (c *Case) ending(now time.Time) {
	for i := range c.Texts {
		if t := &c.Texts[i]; t.Means == terminating {
			runs := slices.ContainsFunc(c.Known.Containers, func(c reading.Container) bool { return c.State == "running" })
			t.Record.Normal = reading.EndsInTime(timeOf(utc(t.Value)), now, runs)
		}
	}
}

// warned reports whether an event may tell of the present. The events of what
// is healthy now tell of its past; but one that restarts is healthy in between,
// and it may have become worse since.
func (e *evidence) warned() bool {
	return slices.ContainsFunc(e.warnings, func(when string) bool {
		return e.restarted || when == "" || e.since == "" || when > e.since
	})
}

// look notes that a part of the input was looked at.
func (c *Case) look(part Looked) {
	if !slices.Contains(c.Looked, part) {
		c.Looked = append(c.Looked, part)
	}
}
