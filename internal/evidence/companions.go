package evidence

import (
	"cmp"
	"slices"

	"github.com/reasonbook/reasonbook/internal/match"
	"github.com/reasonbook/reasonbook/internal/reading"
)

// companions relates the subjects of a document that belong to each other. What
// is found on the claim or the node that an instance waits for is said of the
// instance, too, and what a workload shows because one of its instances fails is
// said of that instance. A claim and a workload are then no subjects of their
// own. It returns the order of the subjects.
func (c *inquiry) companions(subjects map[int][]*hit, order []int) []int {
	all := c.doc.Subjects
	var joined []int
	lent := lending{subjects: subjects, room: maxHits}
	for n := range all {
		s := &all[n]
		if s.Kind != "Pod" || s.Ready == reading.Yes {
			continue
		}
		own := subjects[n]
		if of := c.doc.Find("Node", "", s.Node); of >= 0 && (len(own) > 0 || s.Ready == reading.No) && c.concerns(subjects[of], own) {
			if len(own) == 0 { // it ran well until its node was lost
				order = append(order, n)
			}
			lent.lend(of, n, match.Parameter{Name: "node", Value: s.Node})
		}
		for _, claim := range s.Claims {
			if of := c.doc.Find("PersistentVolumeClaim", s.Namespace, claim); of >= 0 && len(own) > 0 && !hasStarted(s) {
				lent.lend(of, n, match.Parameter{Name: "claim", Value: claim})
				joined = append(joined, of)
			}
		}
	}
	for _, of := range joined {
		delete(subjects, of)
	}
	// What stands behind a ReplicaSet first, then what stands behind instances.
	for n := range all {
		if all[n].Kind == "ReplicaSet" {
			c.adopt(subjects, n)
		}
	}
	for n := range all {
		if all[n].Kind == "Pod" {
			c.adopt(subjects, n)
		}
	}
	return order
}

// adopt adds to the hits about a subject those about its owners that follow from it.
func (c *inquiry) adopt(subjects map[int][]*hit, n int) {
	s := &c.doc.Subjects[n]
	if len(subjects[n]) == 0 {
		return
	}
	for _, name := range s.Owners() {
		of := c.doc.Find("", s.Namespace, name)
		if of < 0 || of == n {
			continue
		}
		if owner := &c.doc.Subjects[of]; owner.IsWorkload() && c.follows(subjects[of], subjects[n]) {
			subjects[n] = append(subjects[n], subjects[of]...)
			delete(subjects, of)
			s.Workload = cmp.Or(s.Workload, owner.Kind+"/"+name)
			s.Namespace = cmp.Or(s.Namespace, owner.Namespace)
		}
	}
}

// A lending gives what is found on claims and nodes to instances. Any number of
// those may stand on a node.
type lending struct {
	subjects map[int][]*hit
	firsts   map[int][]*hit // of a lender, the first of each pattern
	room     int            // for hits
}

// lend adds the hits about a claim or a node to those about an instance, with the
// name of what they are about.
func (l *lending) lend(from, to int, name match.Parameter) {
	firsts, ok := l.firsts[from]
	if !ok {
		seen := map[int]bool{}
		for _, h := range l.subjects[from] {
			if !seen[h.Pattern] {
				seen[h.Pattern] = true
				firsts = append(firsts, h)
			}
		}
		if l.firsts == nil {
			l.firsts = map[int][]*hit{}
		}
		l.firsts[from] = firsts
	}
	if l.room -= len(firsts); l.room < 0 {
		return
	}
	for _, h := range firsts {
		own := *h
		own.why = slices.Clip(h.why) // others get it too
		own.Parameters = match.MergeParameters([]match.Parameter{name}, h.Parameters)
		l.subjects[to] = append(l.subjects[to], &own)
	}
}

// hasStarted reports whether a container of an instance has run, so that the
// instance has all the volumes that it waited for.
func hasStarted(s *reading.Subject) bool {
	for i := range s.Containers {
		if c := &s.Containers[i]; c.State == "running" || c.State == "terminated" || c.Restarts > 0 {
			return true
		}
	}
	return false
}

// concerns reports whether what is found on a node may be why an instance there
// fails: a program that ends by itself does so on any node.
func (c *inquiry) concerns(node, instance []*hit) bool {
	const itself = reading.Pull | reading.Create | reading.Start | reading.Run | reading.Hook | reading.Exit | reading.Retry
	for _, h := range instance {
		if h.inner&itself != 0 && !c.among(node, func(by *hit) bool { return c.explains(by, h) }) {
			return false
		}
	}
	return len(node) > 0
}

// follows reports whether a workload shows no more than that an instance of it
// fails: a state, or the cause that is found there too.
func (c *inquiry) follows(workload, instance []*hit) bool {
	for _, h := range workload {
		if !c.ranksAsState(h) && !c.among(instance, func(o *hit) bool { return o.entry == h.entry }) {
			return false
		}
	}
	return len(workload) > 0
}

// among reports whether one of the hits is as it should be.
func (c *inquiry) among(hits []*hit, is func(*hit) bool) bool {
	for _, h := range hits {
		if is(h) {
			return true
		}
	}
	return false
}

// logOf gives a log that names no instance to the only row of a table that tells
// of a program that ended.
func (c *inquiry) logOf(subjects map[int][]*hit, order []int) {
	loose, of := subjects[-1], -1
	if len(loose) == 0 || c.among(loose, func(h *hit) bool { return h.record.Source != reading.Log || h.record.Block != loose[0].record.Block }) {
		return
	}
	for _, n := range order {
		if n >= 0 && c.among(subjects[n], func(h *hit) bool { return h.record.Source == reading.Row && h.inner&reading.Exit != 0 }) {
			if of >= 0 {
				return
			}
			of = n
		}
	}
	if of < 0 {
		return
	}
	subjects[of] = append(subjects[of], loose...)
	delete(subjects, -1)
}
