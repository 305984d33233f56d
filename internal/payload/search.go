package payload

import (
	"encoding/json"
	"strings"

	"github.com/reasonbook/reasonbook/internal/reading"
)

// knownForms says what is read, for the error about an object of no known form.
const knownForms = "the object is of no known form, and none of its texts reads like a message; known are reason, message, logs, exitCode and object; " +
	"Kubernetes objects and Lists; CloudEvents; alerts of Alertmanager and Grafana; Tencent Cloud (TEM, TKE, CLS, Observability); AWS (ECS, CloudWatch, EventBridge, SNS); " +
	"kubernetes-event-exporter, kubewatch, Robusta, Argo CD, Datadog, PagerDuty, Opsgenie"

// readUnknown reads an object of no known form: what in it has a form that is
// known is read as that, and other strings are texts if they look like messages,
// by their names or by themselves.
func readUnknown(raw json.RawMessage, at place) ([]Case, *Error) {
	s := search{left: maxFound}
	var root Case
	s.object(membersOf(raw), at, &root)
	s.collect(&root, at)
	if s.list.read == 0 {
		return nil, at.fault(knownForms)
	}
	cases, err := s.list.result(at)
	for i := range cases {
		cases[i].settle()
	}
	return cases, err
}

// addFound adds what looks like a message in those of the members that have the
// given names. It is all said of the case's subject.
func (c *Case) addFound(m members, at place, names ...string) {
	s := search{left: maxFound, one: true}
	for _, name := range names {
		if m.has(name) {
			s.value(name, m[name], at.in(name), c)
		}
	}
	c.Texts = append(c.Texts, c.evidence.events...)
	c.evidence.events = nil
}

// maxFound is how many texts are taken of an object of no known form.
const maxFound = 1000

// A search goes through an object whose form is not known.
type search struct {
	list caseList // what was found
	one  bool     // all that is found belongs to one case, which is not collected
	left int      // how many texts may still be found
}

// object goes through an object. What names an instance is about that.
func (s *search) object(m members, at place, of *Case) {
	if m == nil || at.depth() > maxDepth || s.left <= 0 {
		return
	}
	own := of
	if subject := subjectIn(m); subject.Name != "" && !s.one {
		if of.Subject.Name != "" && of.Subject.Name != subject.Name {
			own = &Case{}
		}
		own.Subject = subject
	}
	if isEvent(m) {
		message, key := m.first("message", "note", "msg")
		own.addEvent(event{
			reason: m.text("reason"), message: message, kind: m.text("type"), reasonAt: at.in("reason"), messageAt: at.in(key),
		})
		s.left--
	} else {
		for _, key := range sortedKeys(m) {
			if raw := m[key]; len(raw) > 0 && raw[0] == '"' {
				s.value(key, raw, at.in(key), own)
			}
		}
		if code := exitCodeIn(m); code != 0 {
			own.addExitCode(at.in("exitCode"), m.text("reason"), code, reading.Record{Source: reading.Field, Container: own.Subject.Container})
		}
	}
	for _, key := range sortedKeys(m) {
		if raw := m[key]; len(raw) > 0 && (raw[0] == '{' || raw[0] == '[') {
			s.value(key, raw, at.in(key), own)
		}
	}
	if own != of {
		s.collect(own, at)
	}
}

// collect keeps a case in which something was found.
func (s *search) collect(c *Case, at place) {
	if len(c.Texts)+len(c.evidence.events) == 0 {
		return
	}
	if len(c.evidence.events) == 0 {
		c.look(LookedFields)
		c.lack(StateUnsaid)
		if t := &c.Texts[0]; len(c.Texts) == 1 && !t.Log && strings.Contains(t.Value, "\n") {
			t.Record = reading.Record{} // the only text of all, with a structure of its own
		}
	}
	s.list.add(at, *c)
}

// value goes through a member.
func (s *search) value(key string, raw json.RawMessage, at place, of *Case) {
	if at.depth() > maxDepth || s.left <= 0 {
		return
	}
	switch raw[0] {
	case '"':
		var text string
		_ = json.Unmarshal(raw, &text) // a string of valid JSON
		s.text(key, strings.TrimSpace(text), at, of)
	case '[':
		for i, element := range elements(raw) {
			if s.left <= 0 {
				return
			}
			if len(element) > 0 && strings.IndexByte(`"{[`, element[0]) >= 0 {
				s.value(key, element, at.at(i), of)
			}
		}
	case '{':
		m := membersOf(raw)
		if read := senderOf(m); read != nil && !s.one {
			if cases, err := read(raw, at); err == nil {
				s.left -= len(cases)
				s.list.add(at, cases...)
				return
			}
		}
		s.object(m, at, of)
	}
}

// text takes a text if it looks like a message, or holds JSON.
func (s *search) text(key, text string, at place, of *Case) {
	if text == "" {
		return
	}
	if (text[0] == '{' || text[0] == '[') && json.Valid([]byte(text)) {
		s.value(key, json.RawMessage(text), at, of)
		return
	}
	container := of.Subject.Container
	switch name := letters(key); {
	case containsOneOf(name, silentNames) || isAddress(text):
		return
	case containsOneOf(name, logNames):
		s.left--
		of.addLog(at, text)
	case containsOneOf(name, statusNames) && !strings.Contains(text, " "):
		s.left--
		of.add(at, text, reading.StatusRecord(text, container))
	case containsOneOf(name, statusNames), containsOneOf(name, messageNames), isSentence(text):
		s.left--
		of.add(at, text, sentence(container))
	}
}

// Parts of names, in small letters without signs, of what says nothing (the
// value of an address, a label, a program's argument), of the output of a
// program, of status words and of messages.
var (
	silentNames = []string{
		"url", "uri", "link", "href", "runbook", "dashboard", "time", "date", "image", "command", "args", "env", "query", "expr", "token",
		"password", "secret", "authorization", "cookie", "signature", "label", "selector", "username", "hostname", "version",
	}
	logNames     = []string{"log", "stderr", "stdout", "stacktrace", "traceback"}
	statusNames  = []string{"reason", "status", "state", "phase"}
	messageNames = []string{
		"message", "msg", "text", "description", "summary", "title", "error", "exception", "warning", "problem", "cause", "note", "detail",
		"comment", "subject", "body", "content", "output", "fallback",
	}
)

func containsOneOf(s string, parts []string) bool {
	for _, part := range parts {
		if strings.Contains(s, part) {
			return true
		}
	}
	return false
}

// isSentence reports whether a text has the words of a sentence, in a language
// with spaces or without.
func isSentence(s string) bool {
	wide := 0
	for _, r := range s {
		if r >= 0x3000 && r < 0xa000 {
			wide++
		}
	}
	return wide >= 6 || strings.Count(s, " ") >= 3
}

// isEvent reports whether an object has the fields of an event of Kubernetes,
// as kubernetes-event-exporter's layouts and event logs name them.
func isEvent(m members) bool {
	return m.text("reason") != "" && m.any("message", "note", "msg") && isOneOf(m.text("type"), "normal", "warning")
}

// subjectIn returns the instance that the fields of an object name.
func subjectIn(m members) Subject {
	s := subjectOfLabels(m)
	name, kind := m.text("name"), kindOf(m.text("kind"))
	if s.Name == "" && name != "" && kind != "" {
		s.Kind, s.Name = kind, name
	}
	return s
}

// exitCodeIn returns the exit code that an object has, 0 if it has none.
func exitCodeIn(m members) (code int64) {
	for _, name := range []string{"exitCode", "exit_code", "ExitCode"} {
		if json.Unmarshal(m[name], &code) == nil && code != 0 {
			return code
		}
	}
	return 0
}
