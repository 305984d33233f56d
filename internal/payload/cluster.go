package payload

import (
	"encoding/json"
	"strings"

	"github.com/reasonbook/reasonbook/internal/reading"
	"github.com/reasonbook/reasonbook/internal/statusword"
)

// clusterReader knows tools that run in a cluster and tell of its objects:
// kubewatch (webhook and CloudEvent) and Robusta.
//
//	https://github.com/robusta-dev/kubewatch
//	https://docs.robusta.dev/master/configuration/sinks/webhook.html
func clusterReader(m members) reader {
	switch {
	case m.has("eventmeta"):
		return readKubewatch
	case m.has("obj") && m.any("operation", "kind"):
		return readKubewatchObject
	case m.has("aggregation_key"), m.has("finding_type"), m.has("title", "subject", "enrichments"):
		return readRobusta
	}
	return nil
}

// readKubewatch reads kubewatch's webhook. The reason in it is what was done to
// the object (Created, Updated, Deleted), and only its text may hold a state.
func readKubewatch(raw json.RawMessage, at place) ([]Case, *Error) {
	m := membersOf(raw)
	meta := m.object("eventmeta")
	name := meta.text("name")
	if _, after, ok := strings.Cut(name, "/"); ok {
		name = after
	}
	c := Case{Subject: Subject{Kind: meta.text("kind"), Namespace: meta.text("namespace"), Name: name}}
	if c.Subject.Kind == "Backoff" { // it has the name of the event, which is that of the Pod with a suffix
		c.Subject.Kind = "Pod"
		if i := strings.LastIndexByte(name, '.'); i > 0 {
			c.Subject.Name = name[:i]
		}
	}
	if meta.text("reason") == "Deleted" {
		return quiet(c.Subject, Gone), nil
	}
	c.look(LookedAlert)
	c.addMember(m, at, "text")
	c.lack(StateUnsaid)
	return []Case{c}, nil
}

// readKubewatchObject reads the data of kubewatch's CloudEvent: the whole object.
func readKubewatchObject(raw json.RawMessage, at place) ([]Case, *Error) {
	m := membersOf(raw)
	cases, err := readObjectOf(m.text("kind"), m["obj"], at.in("obj"))
	if err == nil && m.text("operation") == "delete" {
		return quiet(cases[0].Subject, Gone), nil
	}
	return cases, err
}

// readRobusta reads a finding of Robusta.
func readRobusta(raw json.RawMessage, at place) ([]Case, *Error) {
	m := membersOf(raw)
	subject := m.object("subject")
	c := Case{Subject: Subject{
		Kind: kindOf(subject.text("kind")), Namespace: subject.text("namespace"),
		Name: subject.text("name"), Container: subject.text("container"),
	}}
	switch {
	case isOver(m.text("title")), m.text("failure") == "false" && m.has("ends_at"):
		return quiet(c.Subject, Resolved), nil
	case isOneOf(m.text("finding_type"), "conf_change", "report", "health_check"):
		return quiet(c.Subject, Update), nil
	}
	c.look(LookedAlert)
	for _, name := range []string{"title", "aggregation_key"} {
		value := m.text(name)
		if !strings.Contains(value, " ") {
			c.addStatus(m, at, name)
			if word := alertMeans(value); word != "" && word != value && len(c.Texts) > 0 {
				c.Texts[len(c.Texts)-1].Means = word
			}
			c.suspect(value)
			continue
		}
		c.addTitle(m, at, name)
	}
	c.addMember(m, at, "description")
	c.addFound(m, at, "enrichments")
	c.lack(NotResolved)
	return []Case{c}, nil
}

// kindOf returns the kind of an object that is written in small letters.
func kindOf(kind string) string {
	for _, known := range []string{
		"Pod", "Node", "Job", "CronJob", "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "PersistentVolumeClaim", "PersistentVolume",
		"HorizontalPodAutoscaler", "Service", "Namespace",
	} {
		if strings.EqualFold(kind, known) {
			return known
		}
	}
	return kind
}

// isOneOf reports whether s is one of words that are in small letters.
func isOneOf(s string, words ...string) bool {
	for _, word := range words {
		if strings.EqualFold(s, word) {
			return true
		}
	}
	return false
}

// argoReader knows notifications of Argo CD, whose body is a template of the
// user's with fields of the application's status, and the application itself.
//
//	https://argo-cd.readthedocs.io/en/stable/operator-manual/notifications/services/webhook/
func argoReader(m members) reader {
	switch {
	case m.text("kind") == "Application" && strings.HasPrefix(m.text("apiVersion"), "argoproj.io/") && m.object("status") != nil:
		return func(raw json.RawMessage, at place) ([]Case, *Error) {
			m := membersOf(raw)
			meta := m.object("metadata")
			return readArgo(m.object("status"), at.in("status"), Subject{Kind: "Application", Namespace: meta.text("namespace"), Name: meta.text("name")})
		}
	case m.object("health").has("status") && m.any("resources", "conditions", "phase", "sync", "operationState", "app", "application"):
		return func(raw json.RawMessage, at place) ([]Case, *Error) {
			m := membersOf(raw)
			name, _ := m.first("app", "application", "name")
			return readArgo(m, at, Subject{Kind: "Application", Name: name})
		}
	}
	return nil
}

// readArgo reads the status of an application: a case for each resource that is
// not well, or one for the application.
func readArgo(m members, at place, app Subject) ([]Case, *Error) {
	all := caseList{}
	for i, raw := range elementsOf(m["resources"]) {
		r, at := membersOf(raw), at.in("resources").at(i)
		health := r.object("health")
		if !isOneOf(health.text("status"), "degraded", "missing", "unknown") || health.text("message") == "" {
			continue
		}
		c := Case{Subject: Subject{Kind: r.text("kind"), Namespace: r.text("namespace"), Name: r.text("name")}}
		c.look(LookedObject)
		c.addMember(health, at.in("health"), "message")
		c.lack(Unexplained)
		all.add(at, c)
	}
	c := Case{Subject: app}
	c.look(LookedObject)
	failed := func(in members, at place) {
		if isOneOf(in.text("phase"), "failed", "error") {
			c.addMember(in, at, "message")
		}
	}
	failed(m, at)
	failed(m.object("operationState"), at.in("operationState"))
	health := m.object("health")
	c.addMember(health, at.in("health"), "message")
	for i, raw := range elementsOf(m["conditions"]) {
		c.add(at.in("conditions").at(i).in("message"), membersOf(raw).text("message"), reading.ConditionRecord(membersOf(raw).text("type")))
	}
	switch status := health.text("status"); {
	case len(c.Texts) > 0:
		c.lack(Unexplained)
	case statusword.Of(status) == statusword.Healthy:
		c.judge(nil)
	case all.read > 0:
		return all.result(at)
	default:
		c.lack(NotHealthy)
	}
	c.settle()
	all.add(at, c)
	return all.result(at)
}
