package diagnosis

import (
	"slices"

	"github.com/reasonbook/reasonbook/internal/evidence"
	"github.com/reasonbook/reasonbook/internal/payload"
	"github.com/reasonbook/reasonbook/internal/reading"
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

// An object is what a case is about.
type object struct{ namespace, kind, name string }

// relate finds what belongs to what.
func relate(cases []payload.Case) *family {
	f := &family{cases: cases, named: map[object][]int{}, done: map[int]bool{}, last: map[int]bool{}}
	for i := range cases {
		if s := &cases[i].Subject; cases[i].Err == nil && cases[i].Ignored == "" && s.Kind != "Pod" && s.Kind != "" && s.Name != "" {
			key := object{s.Namespace, s.Kind, s.Name}
			if len(f.named[key]) < maxCompanions { // an array may say as much of one as it likes
				f.named[key] = append(f.named[key], i)
			}
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
	add := func(kind, name string) {
		for _, namespace := range []string{c.Subject.Namespace, ""} {
			for _, n := range f.named[object{namespace, kind, name}] {
				if n != number && len(list) < maxCompanions && !f.done[n] && !slices.Contains(list, n) {
					list = append(list, n)
				}
			}
		}
	}
	if s.Kind == "Pod" {
		add("Node", s.Node)
	}
	for _, owner := range s.Owners() {
		for _, kind := range reading.WorkloadKinds {
			add(kind, owner)
		}
	}
	if s.Kind == "Pod" {
		for _, claim := range s.Claims {
			add("PersistentVolumeClaim", claim)
		}
	}
	return list
}

// maxCompanions is how many of them are looked at.
const maxCompanions = 32

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

// What companions lend to a case: a node may have thousands of events, and as many
// instances.
const (
	maxLent      = 32       // texts of one
	maxLentBytes = 8 << 10  // of one
	maxAllBytes  = 16 << 10 // of all
)

// lent returns the texts that a case says of itself where it is a companion, and
// their size. There is room for so many bytes.
func lent(c *payload.Case, room int) (texts []payload.Text, size int) {
	for i := range c.Texts {
		n := len(c.Texts[i].Value)
		if i == maxLent || size+n > min(room, maxLentBytes) {
			return c.Texts[:i], size
		}
		size += n
	}
	return c.Texts, size
}
