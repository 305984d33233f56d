package reading

import (
	"slices"
	"strings"
)

// Workload returns what stands behind an instance's owner, as kubectl names it:
// Deployment/web of the ReplicaSet web-84c7f6b9d8, which it has made and named.
// Of another owner it returns that, "" if there is none.
func Workload(kind, name string) string {
	if kind == "" || name == "" {
		return ""
	}
	if kind == "ReplicaSet" {
		if i := strings.LastIndexByte(name, '-'); i > 0 && isHash(name[i+1:]) {
			return "Deployment/" + name[:i]
		}
	}
	return kind + "/" + name
}

// isHash reports whether a word is a hash of a Pod's template, as Kubernetes
// writes them: without vowels, so that they are no words.
func isHash(s string) bool {
	return len(s) >= 6 && len(s) <= 10 && strings.Trim(s, "bcdfghjklmnpqrstvwxz0123456789") == ""
}

// Owners returns the names of the objects that the subject may belong to: those
// that it names, and those that would have given it its name.
func (s *Subject) Owners() []string {
	_, owner, _ := strings.Cut(s.Owner, "/")
	_, workload, _ := strings.Cut(s.Workload, "/")
	list := []string{owner, workload}
	above := 0 // a Deployment names a ReplicaSet, and that its Pods
	switch {
	case s.Kind == "ReplicaSet":
		above = 1
	case s.Kind == "Pod" && s.Owner == "":
		above = 2
	}
	name := s.Name
	for range above {
		i := strings.LastIndexByte(name, '-')
		if i <= 0 || name != s.Name && !isHash(name[i+1:]) {
			break
		}
		name = name[:i]
		list = append(list, name)
	}
	return list
}

// WorkloadKinds are the kinds of what makes Pods.
var WorkloadKinds = []string{"Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job"}

// IsWorkload reports whether the subject makes Pods.
func (s *Subject) IsWorkload() bool { return slices.Contains(WorkloadKinds, s.Kind) }

// own notes the object that made the subject, the first that is named.
func (s *Subject) own(kind, name string) {
	if s.Owner == "" && kind != "" && name != "" {
		s.Owner, s.Workload = kind+"/"+name, Workload(kind, name)
	}
}
