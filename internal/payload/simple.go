package payload

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/reasonbook/reasonbook/internal/reading"
	"github.com/reasonbook/reasonbook/internal/statusword"
)

// simple is the project's own form.
type simple struct {
	Namespace string          `json:"namespace"`
	Instance  string          `json:"instance"`
	Container string          `json:"container"`
	Reason    string          `json:"reason"`
	Message   string          `json:"message"`
	Logs      string          `json:"logs"`
	ExitCode  *int64          `json:"exitCode"`
	Object    json.RawMessage `json:"object"`
}

// readOwn reads an object with a field of the project's own form. Others use the
// same names among names of their own: those are searched, too.
func readOwn(raw json.RawMessage, at place) ([]Case, *Error) {
	rest := membersOf(raw)
	for _, name := range [...]string{"namespace", "instance", "container", "reason", "message", "logs", "exitCode", "object"} {
		delete(rest, name)
	}
	if len(rest) == 0 {
		return readSimple(raw, at)
	}
	if isEvent(membersOf(raw)) || subjectIn(rest).Name != "" {
		return readUnknown(raw, at)
	}
	cases, err := readSimple(raw, at)
	if err != nil {
		if cases, otherwise := readUnknown(raw, at); otherwise == nil {
			return cases, nil
		}
		return nil, err
	}
	if len(cases) == 1 && cases[0].Ignored == "" {
		cases[0].addFound(rest, at, sortedKeys(rest)...)
	}
	return cases, nil
}

// readSimple reads the project's own form alone.
func readSimple(raw json.RawMessage, at place) ([]Case, *Error) {
	var s simple
	if err := at.decode(raw, &s); err != nil {
		return nil, err
	}
	c := Case{Subject: Subject{Namespace: s.Namespace, Name: s.Instance, Container: s.Container}}
	if s.Instance != "" {
		c.Subject.Kind = "Pod"
	}
	own := instance{state: strings.TrimSpace(s.Reason)}
	if own.state != "" {
		c.look(LookedReason)
	}
	if statusword.Of(own.state) == statusword.Other {
		c.add(at.in("reason"), s.Reason, reading.StatusRecord(s.Reason, s.Container))
	}
	if c.add(at.in("message"), s.Message, reading.MessageRecord(s.Reason, s.Container)) {
		c.look(LookedMessage)
	}
	if s.ExitCode != nil {
		c.look(LookedExitCode)
		own.ended = yes
		if *s.ExitCode != 0 {
			own.ended = no
		}
		c.addExitCode(at.in("exitCode"), s.Reason, *s.ExitCode, reading.Record{Source: reading.Field, Container: s.Container})
	}
	if len(s.Object) > 0 && string(s.Object) != "null" {
		cases, err := readObject(s.Object, at.in("object"))
		if err != nil {
			return nil, err
		}
		beside(cases, c, s.Logs, at)
		return cases, nil
	}
	if c.addLog(at.in("logs"), s.Logs) {
		c.look(LookedLog)
	}
	if len(c.Looked) == 0 {
		return nil, at.fault("reason, message and logs are empty")
	}
	if len(c.Texts) > 0 && statusword.Of(own.state) != statusword.Other {
		own.against = append(own.against, Unexplained)
	}
	c.judge(own.missing())
	c.settle()
	return []Case{c}, nil
}

// beside adds to the cases of an object what the sender says itself: the log
// belongs to the first case that is not healthy.
func beside(cases []Case, own Case, logs string, at place) {
	c := &cases[0]
	for i := range cases {
		if cases[i].Err == nil && (c.Err != nil || len(c.Texts) == 0 && len(cases[i].Texts) > 0) {
			c = &cases[i]
		}
	}
	said := len(own.Texts) > 0
	if said {
		c.Texts = append(own.Texts, c.Texts...)
		for _, part := range own.Looked {
			c.look(part)
		}
	}
	if c.addLog(at.in("logs"), logs) {
		said = true
		c.look(LookedLog)
	}
	if said && c.Ignored != "" {
		c.Ignored = ""
		c.lack(Unexplained)
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
}

// add adds a text, and reports whether it says anything.
func (c *Case) add(at place, value string, r reading.Record) bool {
	if strings.TrimSpace(value) == "" {
		return false
	}
	c.Texts = append(c.Texts, Text{Field: string(at), Value: value, Record: r})
	return true
}

// addLog adds the output of a program, and reports whether it says anything.
func (c *Case) addLog(at place, value string) bool {
	if strings.TrimSpace(value) == "" {
		return false
	}
	c.Texts = append(c.Texts, Text{Field: string(at), Value: value, Log: true})
	return true
}

// addExitCode adds the exit code of a container that ended for a reason. Where
// the reason explains the end already, the code says nothing more: 137 of
// OOMKilled is no other failure.
func (c *Case) addExitCode(at place, reason string, code int64, r reading.Record) {
	switch strings.TrimSpace(reason) {
	case "OOMKilled", "Completed", "ContainerCannotRun", "StartError", "ContainerStatusUnknown", "DeadlineExceeded", "Evicted":
		return
	}
	if code != 0 {
		r.Operation = reading.Exit
		r.Status = strings.TrimSpace(reason) == "" // all that is known of the end
		c.add(at, "exit code "+strconv.FormatInt(code, 10), r)
	}
}
