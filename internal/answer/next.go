package answer

import (
	"slices"
	"strings"

	"github.com/reasonbook/reasonbook/internal/payload"
)

// nextOf returns the commands that would tell more of a case that nothing
// matches: of what is named, or of an alert that names nothing.
func nextOf(c *payload.Case) []string {
	s := c.Subject
	if c.Ignored != "" || s.Name == "" && !slices.Contains(c.Looked, payload.LookedAlert) {
		return nil
	}
	get := "kubectl "
	if namespace := plain(s.Namespace); namespace != "" {
		get += "-n " + namespace + " "
	}
	name := plain(s.Name)
	kind := strings.ToLower(s.Kind)
	if kind != "" && plain(kind) == "" {
		name = ""
	}
	switch {
	case name == "" && get == "kubectl ":
		return []string{"kubectl get pods -A"}
	case name == "":
		return []string{get + "get pods", get + "get events --sort-by=.lastTimestamp"}
	case s.Kind == "Node":
		return []string{"kubectl describe node " + name, "kubectl get pods -A -o wide --field-selector spec.nodeName=" + name}
	case s.Kind == "Pod" || s.Kind == "":
		logs := get + "logs " + name
		if container := plain(s.Container); container != "" {
			logs += " -c " + container
		} else {
			logs += " --all-containers"
		}
		return []string{get + "describe pod " + name, logs + " --tail=200", logs + " --previous --tail=200"}
	case s.Kind == "Job":
		return []string{get + "describe job " + name, get + "describe pods -l job-name=" + name}
	case s.Kind == "Deployment" || s.Kind == "StatefulSet" || s.Kind == "DaemonSet" || s.Kind == "ReplicaSet":
		return []string{get + "describe " + kind + " " + name, get + "get pods -o wide", get + "get events --sort-by=.lastTimestamp"}
	}
	return []string{get + "describe " + kind + " " + name}
}

// plain returns a name if no shell reads anything else in it, else "".
func plain(name string) string {
	if name == "" || len(name) > maxName || name[0] == '-' {
		return ""
	}
	for i := range len(name) {
		c := name[i]
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '.' || c == '_') {
			return ""
		}
	}
	return name
}
