package payload

import (
	"hash/maphash"
	"slices"
	"strconv"
)

const (
	// maxHeld is how much is kept of what a stream says, in bytes as cost counts them.
	maxHeld = 64 << 20
	// maxPast is how many instances are remembered that were healthy.
	maxPast = 1 << 20
)

// Held is what is kept of the cases of a stream: up to [MaxCases] of which
// something is said, and as many others, the latest, which Events may still
// speak of. The others are counted; that they were healthy, and since when, is
// remembered of a million.
type held struct {
	costs     []int // of the cases, negative while they are idle
	failing   int   // cases that are not
	size      int   // of all
	idle      []int // places of those that were idle when they changed, oldest first
	forgotten int
	past      map[uint64]past
	seed      maphash.Seed
}

// A past is what is remembered of an instance that was healthy.
type past struct {
	since     int64 // in seconds, as Unix counts them
	known     bool  // since when
	restarted bool
}

func newHeld() *held { return &held{past: map[uint64]past{}, seed: maphash.MakeSeed()} }

var tooMuch = &Error{TooManyItems, "more is said than is kept: of " + strconv.Itoa(MaxCases) + " instances that are not healthy, " +
	strconv.Itoa(maxHeld>>20) + " MiB of it; read the others by themselves"}

// idle reports whether a case has nothing to explain so far. One with many
// warnings is not asked.
func (c *Case) idle() bool {
	e := &c.evidence
	healthy := e.proven && len(c.Missing) == 0 && len(e.warnings) < 32 && !e.warned()
	return c.Ignored != "" || len(c.Texts) == 0 && (len(e.events) == 0 || healthy)
}

// bare is about what a case costs of which nothing is said, in bytes.
const bare = 512

// cost is about what it costs to keep a case, in bytes.
func (c *Case) cost() int {
	size := bare + 128*len(c.Known.Containers)
	for _, texts := range [][]Text{c.Texts, c.evidence.events} {
		for i := range texts {
			size += 256 + len(texts[i].Field) + len(texts[i].Value)
		}
	}
	return size
}

// full reports whether no more is kept of what fails.
func (h *held) full() bool { return h.failing >= MaxCases || h.size >= maxHeld }

// room returns a place for another case: behind the others, or that of the idle
// one that has waited longest, which is forgotten.
func (h *held) room(l *caseList) int {
	for h != nil && len(h.idle) >= MaxCases {
		i := h.idle[0]
		h.idle = h.idle[1:]
		if h.costs[i] >= 0 {
			continue // an Event has spoken of it
		}
		c := &l.cases[i]
		subject := Subject{Kind: c.Subject.Kind, Namespace: c.Subject.Namespace, Name: c.Subject.Name}
		if e := &c.evidence; e.proven && subject.Name != "" && l.places != nil && len(h.past) < maxPast {
			since := timeOf(e.since)
			h.past[maphash.Comparable(h.seed, subject)] = past{since.Unix(), !since.IsZero(), e.restarted}
		}
		delete(l.places, subject)
		h.size += h.costs[i]
		h.costs[i] = 0
		h.forgotten++
		return i
	}
	return len(l.cases)
}

// changed counts a case that is new, or that something was added to.
func (h *held) changed(l *caseList, i int, added *Case) {
	if h == nil {
		return
	}
	for len(h.costs) <= i { // those of errors stay 0
		h.costs = append(h.costs, 0)
	}
	before, cost := h.costs[i], added.cost()
	if before != 0 { // of what was added only its texts are kept
		cost -= bare + 128*len(added.Known.Containers)
	}
	idle := l.cases[i].idle()
	h.size += cost
	cost += max(before, -before)
	switch {
	case before > 0 && idle:
		h.failing--
	case before <= 0 && !idle:
		h.failing++
	}
	if idle && before >= 0 {
		h.idle = append(h.idle, i)
	}
	if idle {
		cost = -cost
	}
	h.costs[i] = cost
}

// isPast reports whether a case is an Event that says nothing of an instance
// that was healthy and has been forgotten, as it would have if it had not been.
func (h *held) isPast(subject Subject, c *Case) bool {
	if h == nil || !slices.Equal(c.Looked, []Looked{LookedEvents}) {
		return false
	}
	p, ok := h.past[maphash.Comparable(h.seed, subject)]
	return ok && !slices.ContainsFunc(c.evidence.warnings, func(when string) bool {
		return p.restarted || when == "" || !p.known || timeOf(when).Unix() > p.since
	})
}

// count notes on one of the cases how many were forgotten.
func (h *held) count(cases []Case) {
	if h.forgotten == 0 {
		return
	}
	i := len(cases) - 1
	for ; i > 0 && !(cases[i].Err == nil && cases[i].idle()); i-- {
	}
	cases[i].More += h.forgotten
}
