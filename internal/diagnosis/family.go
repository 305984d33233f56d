package diagnosis

import (
	"slices"

	"github.com/reasonbook/reasonbook/internal/evidence"
	"github.com/reasonbook/reasonbook/internal/payload"
)

// A family is the cases of a payload that belong to each other: instances with
// the claims, the nodes and the workloads that came along.
type family struct {
	cases []payload.Case
	named map[object][]int // cases of what is no Pod
	// done are the cases whose subject shows no more than what is said of an
	// instance, last the nodes that an instance fails with.
	done, last map[int]bool
}

// An object is what a case is about; the name is KIND/NAME.
type object struct{ namespace, name string }

// relate finds what belongs to what.
func relate(cases []payload.Case) *family {
	f := &family{cases: cases, named: map[object][]int{}, done: map[int]bool{}, last: map[int]bool{}}
	for i := range cases {
		if s := &cases[i].Subject; cases[i].Err == nil && cases[i].Ignored == "" && s.Kind != "Pod" && s.Kind != "" && s.Name != "" {
			key := object{s.Namespace, s.Kind + "/" + s.Name}
			f.named[key] = append(f.named[key], i)
		}
	}
	return f
}

// companions returns the numbers of the cases that may say what is wrong with the
// subject of a case, or that only follow from it.
func (f *family) companions(number int) (list []int) {
	c := &f.cases[number]
	if len(f.named) == 0 || c.Err != nil || c.Ignored != "" || c.Subject.Name == "" {
		return nil
	}
	s := c.Known
	s.Kind, s.Name, s.Workload = c.Subject.Kind, c.Subject.Name, c.Subject.Workload
	var names []string
	for _, owner := range s.Owners() {
		for _, kind := range []string{"Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job"} {
			names = append(names, kind+"/"+owner)
		}
	}
	if s.Kind == "Pod" {
		for _, claim := range s.Claims {
			names = append(names, "PersistentVolumeClaim/"+claim)
		}
		names = append(names, "Node/"+s.Node)
	}
	for _, name := range names {
		for _, namespace := range []string{c.Subject.Namespace, ""} {
			for _, n := range f.named[object{namespace, name}] {
				if n != number && !f.done[n] && !slices.Contains(list, n) {
					list = append(list, n)
				}
			}
		}
	}
	return list
}

// explained notes what became of the companions of a case with a finding: those
// without one of their own are part of its diagnosis.
func (f *family) explained(companions []int, r *evidence.Result) {
	for i, n := range companions {
		own := slices.ContainsFunc(r.Findings, func(f evidence.Finding) bool { return f.Subject == 1+i })
		switch node := f.cases[n].Subject.Kind == "Node"; {
		case node && own:
			f.last[n] = true
		case !node && !own:
			f.done[n] = true
		}
	}
}

// arranged returns the diagnoses of all cases in order.
func (f *family) arranged(of [][]Diagnosis) (list []Diagnosis) {
	for _, last := range []bool{false, true} {
		for i, found := range of {
			if !f.done[i] && f.last[i] == last {
				list = append(list, found...)
			}
		}
	}
	return list
}

// What a case lends to others: a node may have thousands of events, and as many
// instances.
const (
	maxLent      = 32
	maxLentBytes = 8 << 10
)

// lent returns the texts that a case says of itself where it is a companion.
func lent(c *payload.Case) []payload.Text {
	size := 0
	for i := range c.Texts {
		if size += len(c.Texts[i].Value); i == maxLent || size > maxLentBytes {
			return c.Texts[:i]
		}
	}
	return c.Texts
}
