package payload

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/reasonbook/reasonbook/internal/statusword"
)

// readSimple reads the project's own form:
//
//	{"namespace", "instance", "container", "reason", "message", "logs", "exitCode", "object"}
func readSimple(object map[string]json.RawMessage) ([]Case, *Error) {
	var s struct {
		namespace, instance, container, reason, message, logs string
		exitCode                                              *int64
	}
	for _, field := range []struct {
		name string
		into any
	}{
		{"namespace", &s.namespace}, {"instance", &s.instance}, {"container", &s.container},
		{"reason", &s.reason}, {"message", &s.message}, {"logs", &s.logs},
		{"exitCode", &s.exitCode},
	} {
		value, ok := object[field.name]
		if !ok {
			continue
		}
		if json.Unmarshal(value, field.into) != nil {
			expected := "a string"
			if field.name == "exitCode" {
				expected = "a whole number"
			}
			return nil, &Error{UnknownForm, "the field " + strconv.Quote(field.name) + " must be " + expected}
		}
	}

	c := Case{Subject: Subject{Namespace: s.namespace, Name: s.instance, Container: s.container}}
	if s.instance != "" {
		c.Subject.Kind = "Pod"
	}
	c.add("reason", s.reason, false)
	c.add("message", s.message, false)
	if s.exitCode != nil {
		c.addExitCode("exitCode", s.reason, *s.exitCode)
	}

	raw, hasObject := object["object"]
	if hasObject && string(raw) != "null" {
		cases, err := readObject(raw)
		if err != nil {
			return nil, &Error{err.Code, "object: " + err.Detail}
		}
		return joinObject(c, cases, s.logs), nil
	}
	c.add("logs", s.logs, true)

	switch {
	case len(c.Texts) == 0 && s.exitCode != nil:
		c.Ignored = Healthy
	case len(c.Texts) == 0:
		return nil, &Error{UnknownForm, "reason, message and logs are empty"}
	case len(c.Texts) == 1 && statusword.Healthy(s.reason):
		c.Texts, c.Ignored = nil, Healthy
	}
	return []Case{c}, nil
}

// joinObject puts what the sender says itself beside what the object says: the
// log belongs to the first case that is not healthy. One of them can be read.
func joinObject(own Case, cases []Case, logs string) []Case {
	at := -1
	for i := range cases {
		c := &cases[i]
		switch {
		case c.Err != nil:
			c.Place = join("object", c.Place)
		case at < 0, len(c.Texts) > 0 && len(cases[at].Texts) == 0:
			at = i
		}
	}
	c := &cases[at]
	for i := range c.Texts {
		c.Texts[i].Field = "object." + c.Texts[i].Field
	}
	c.Texts = append(own.Texts, c.Texts...)
	c.add("logs", logs, true)
	if len(c.Texts) > 0 {
		c.Ignored = ""
	}
	for _, part := range []struct {
		into *string
		own  string
	}{
		{&c.Subject.Kind, own.Subject.Kind}, {&c.Subject.Namespace, own.Subject.Namespace},
		{&c.Subject.Name, own.Subject.Name}, {&c.Subject.Container, own.Subject.Container},
	} {
		if *part.into == "" {
			*part.into = part.own
		}
	}
	return cases
}

func (c *Case) add(field, value string, log bool) {
	if strings.TrimSpace(value) != "" {
		c.Texts = append(c.Texts, Text{field, value, log})
	}
}

// addExitCode adds the exit code of a container that ended for a reason. Where
// the reason explains the end already, the code says nothing more: 137 of
// OOMKilled is no other failure.
func (c *Case) addExitCode(field, reason string, code int64) {
	switch strings.TrimSpace(reason) {
	case "OOMKilled", "Completed", "ContainerCannotRun", "StartError", "ContainerStatusUnknown", "DeadlineExceeded", "Evicted":
		return
	}
	if code != 0 {
		c.add(field, "exit code "+strconv.FormatInt(code, 10), false)
	}
}
