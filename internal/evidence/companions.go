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
// own; a node follows. It returns the order of the subjects.
func (c *inquiry) companions(subjects map[int][]*hit, order []int) []int {
	named := map[string][]int{}
	for _, n := range order {
		if n >= 0 && c.doc.Subjects[n].Kind != "" && c.doc.Subjects[n].Kind != "Pod" {
			s := &c.doc.Subjects[n]
			named[s.Kind+"/"+s.Name] = append(named[s.Kind+"/"+s.Name], n)
		}
	}
	if len(named) == 0 {
		return order
	}
	find := func(s *reading.Subject, object string) int {
		for _, n := range named[object] {
			if o := &c.doc.Subjects[n]; o.Kind == "Node" || o.Namespace == s.Namespace || o.Namespace == "" || s.Namespace == "" {
				return n
			}
		}
		return -1
	}
	// Nothing is said of an instance that ran well until its node was lost.
	for n := range c.doc.Subjects {
		if s := &c.doc.Subjects[n]; s.Kind == "Pod" && s.Ready == reading.No && s.Node != "" && len(subjects[n]) == 0 && find(s, "Node/"+s.Node) >= 0 {
			order = append(order, n)
		}
	}
	own := map[int][]*hit{}
	for n, hits := range subjects {
		own[n] = slices.Clip(hits)
	}
	joined, follows := map[int]bool{}, map[int]bool{}
	for _, n := range order {
		if n < 0 || c.doc.Subjects[n].Kind != "Pod" {
			continue
		}
		s := &c.doc.Subjects[n]
		for _, claim := range s.Claims {
			if of := find(s, "PersistentVolumeClaim/"+claim); of >= 0 && !hasStarted(s) {
				subjects[n] = append(slices.Clip(subjects[n]), lent(own[of], "claim", claim)...)
				joined[of] = true
			}
		}
		if of := find(s, "Node/"+s.Node); of >= 0 && s.Ready != reading.Yes && c.concerns(own[of], own[n]) {
			subjects[n] = append(slices.Clip(subjects[n]), lent(own[of], "node", s.Node)...)
			follows[of] = true
		}
	}
	// A Deployment before the ReplicaSet that it stands behind.
	for _, deployments := range []bool{true, false} {
		for _, n := range order {
			if n < 0 || joined[n] {
				continue
			}
			s := &c.doc.Subjects[n]
			for _, owner := range s.Owners() {
				of := find(s, owner)
				if of < 0 || of == n || joined[of] || (c.doc.Subjects[of].Kind == "Deployment") != deployments || !c.follows(subjects[of], subjects[n]) {
					continue
				}
				subjects[n] = append(slices.Clip(subjects[n]), subjects[of]...)
				s.Workload, joined[of] = cmp.Or(s.Workload, owner), true
				s.Namespace = cmp.Or(s.Namespace, c.doc.Subjects[of].Namespace)
			}
		}
	}
	for n := range joined {
		delete(subjects, n)
	}
	rest := slices.DeleteFunc(slices.Clone(order), func(n int) bool { return joined[n] || follows[n] })
	for _, n := range order {
		if follows[n] && !joined[n] {
			rest = append(rest, n)
		}
	}
	return rest
}

// lent returns hits about a claim or a node for an instance, with its name.
func lent(hits []*hit, blank, name string) []*hit {
	list := make([]*hit, len(hits))
	for i, h := range hits {
		own := *h
		own.Parameters = match.MergeParameters(slices.Clone(h.Parameters), []match.Parameter{{Name: blank, Value: name}})
		list[i] = &own
	}
	return list
}

// hasStarted reports whether a container of an instance has run, so that the
// instance has all the volumes that it waited for.
func hasStarted(s *reading.Subject) bool {
	return s.Ready == reading.Yes || slices.ContainsFunc(s.Containers, func(c reading.Container) bool {
		return c.State == "running" || c.State == "terminated" || c.Restarts > 0 || c.Ready == reading.Yes
	})
}

// concerns reports whether what is found on a node may be why an instance there
// fails: a program that ends by itself does so on any node.
func (c *inquiry) concerns(node, instance []*hit) bool {
	const itself = reading.Pull | reading.Create | reading.Start | reading.Run | reading.Hook | reading.Exit | reading.Retry
	return !slices.ContainsFunc(instance, func(h *hit) bool {
		return h.inner&itself != 0 && !slices.ContainsFunc(node, func(by *hit) bool { return c.explains(by, h) })
	})
}

// follows reports whether a workload shows no more than that an instance of it
// fails: a state, or the cause that is found there too.
func (c *inquiry) follows(workload, instance []*hit) bool {
	return !slices.ContainsFunc(workload, func(h *hit) bool {
		return !c.ranksAsState(h) && !slices.ContainsFunc(instance, func(o *hit) bool { return o.entry == h.entry })
	})
}

// logOf gives a log that names no instance to the only row of a table that tells
// of a program that ended.
func (c *inquiry) logOf(subjects map[int][]*hit, order []int) []int {
	loose, of := subjects[-1], -1
	if len(loose) == 0 || slices.ContainsFunc(loose, func(h *hit) bool { return h.record.Source != reading.Log || h.record.Block != loose[0].record.Block }) {
		return order
	}
	for _, n := range order {
		if n >= 0 && slices.ContainsFunc(subjects[n], func(h *hit) bool { return h.record.Source == reading.Row && h.inner&reading.Exit != 0 }) {
			if of >= 0 {
				return order
			}
			of = n
		}
	}
	if of < 0 {
		return order
	}
	subjects[of] = append(subjects[of], loose...)
	delete(subjects, -1)
	return slices.DeleteFunc(order, func(n int) bool { return n < 0 })
}
