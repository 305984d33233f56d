package payload

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/reasonbook/reasonbook/internal/reading"
)

// members are the members of a JSON object, not read yet. Senders differ in the
// types of their fields from version to version: what is not of the type that is
// asked for counts as missing.
type members map[string]json.RawMessage

// membersOf returns the members of a JSON object, nil if the value is none.
func membersOf(raw json.RawMessage) members {
	var m members
	if len(raw) == 0 || json.Unmarshal(raw, &m) != nil {
		return nil
	}
	return m
}

// has reports whether there are members with all of the names that are not null.
func (m members) has(names ...string) bool {
	for _, name := range names {
		if isNull(m[name]) {
			return false
		}
	}
	return true
}

// any reports whether there is one with one of the names that is not null.
func (m members) any(names ...string) bool {
	for _, name := range names {
		if m.has(name) {
			return true
		}
	}
	return false
}

// text returns a member that is a string, a number or a boolean, as text.
func (m members) text(name string) string {
	raw := m[name]
	if isNull(raw) {
		return ""
	}
	switch raw[0] {
	case '"':
		var s string
		_ = json.Unmarshal(raw, &s) // a string of valid JSON
		return strings.TrimSpace(s)
	case '{', '[':
		return ""
	}
	return string(raw)
}

// first returns the first of the members that has a text, and its name.
func (m members) first(names ...string) (text, name string) {
	for _, name := range names {
		if text := m.text(name); text != "" {
			return text, name
		}
	}
	return "", ""
}

// object returns the members of a member that is an object.
func (m members) object(name string) members { return membersOf(m[name]) }

// isList reports whether a member is a list.
func (m members) isList(name string) bool { return isArray(m[name]) }

// A reader reads a payload of one form, at a place.
type reader func(raw json.RawMessage, at place) ([]Case, *Error)

// readerOf returns the reader of an object: that of its sender, else that of the
// project's own form, else the one that searches what is not known.
func readerOf(m members) reader {
	if read := senderOf(m); read != nil {
		return read
	}
	if m.any("reason", "message", "logs", "exitCode", "object") {
		return readOwn
	}
	return readUnknown
}

// senderOf returns the reader of the form that an object has, nil if it is of no
// sender that is known. Each family of senders tells its own by fields that no
// other sends; those with the most telling ones are asked first.
func senderOf(m members) reader {
	for _, family := range [...]func(members) reader{
		wrapperReader, argoReader, clusterReader, kubernetesReader, tencentReader, alertReader, incidentReader, awsReader,
	} {
		if read := family(m); read != nil {
			return read
		}
	}
	return nil
}

// isSender reports whether a text is the payload of a sender that calls its JSON
// text/plain, as SNS does. An object of Kubernetes that was pasted is a text.
func isSender(text []byte) bool {
	text = bytes.TrimSpace(text)
	if !bytes.HasPrefix(text, []byte("{")) {
		return false
	}
	m := membersOf(text)
	return m != nil && kubernetesReader(m) == nil && senderOf(m) != nil
}

// kubernetesReader knows the objects of Kubernetes, and what
// kubernetes-event-exporter sends without a layout of its own.
func kubernetesReader(m members) reader {
	switch {
	case m.has("kind", "apiVersion"), m.has("metadata", "status"), m.has("involvedObject"), m.has("regarding"):
		return readObject
	}
	return nil
}

// readInner reads what another payload holds at a place: an object, a list of
// objects, or a string of JSON or text.
func readInner(raw json.RawMessage, at place) ([]Case, *Error) {
	switch {
	case isNull(raw):
		return nil, at.fault("is missing")
	case raw[0] == '"':
		var text string
		_ = json.Unmarshal(raw, &text) // a string of valid JSON
		return readEmbedded(text, at)
	case isArray(raw):
		return at.each(raw, readItem)
	}
	return readItem(raw, at)
}

// readEmbedded reads a text that a payload holds: JSON of any form, or what
// somebody has written.
func readEmbedded(text string, at place) ([]Case, *Error) {
	text = strings.TrimPrefix(text, "\ufeff")
	switch trimmed := strings.TrimSpace(text); {
	case trimmed == "":
		return nil, at.fault("is empty")
	case (trimmed[0] == '{' || trimmed[0] == '[') && json.Valid([]byte(trimmed)):
		cases, err := readInner(json.RawMessage(trimmed), at)
		if err == nil || err.Code != UnknownForm || trimmed[0] == '{' {
			return cases, err
		}
	}
	cases := readText(text)
	for i := range cases {
		for k := range cases[i].Texts {
			cases[i].Texts[k].Field = string(at)
		}
	}
	return cases, nil
}

// maxDepth is how many fields deep a payload may lie within others. What real
// senders wrap has less than half of it.
const maxDepth = 16

// depth returns how many fields and items lead to a place.
func (p place) depth() int {
	return strings.Count(string(p), ".") + strings.Count(string(p), "[")
}

// addMember adds a member that holds a sentence, whose words decide whether it
// says that something is so.
func (c *Case) addMember(m members, at place, name string) {
	c.add(at.in(name), m.text(name), sentence(c.Subject.Container))
}

// addTitle adds a member that is the title of an alert. The name of an alert in it
// stands for a state where it says which.
func (c *Case) addTitle(m members, at place, name string) {
	title := m.text(name)
	if !c.add(at.in(name), title, sentence(c.Subject.Container)) {
		return
	}
	for word := range strings.FieldsFuncSeq(title, func(r rune) bool { return r != '_' && r != '-' && !isAlphanumeric(r) }) {
		if word[0] < 'A' || word[0] > 'Z' { // the name of an instance, or a plain word
			continue
		}
		if state := alertMeans(word); state != "" && state != word {
			c.Texts[len(c.Texts)-1].Means = state
			return
		}
		c.suspect(word)
	}
}

func isAlphanumeric(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
}

// sentence returns the record of a sentence about a container.
func sentence(container string) reading.Record {
	return reading.Record{Source: reading.Message, Container: container, Age: -1, First: -1}
}

// addStatus adds a member that holds a status word.
func (c *Case) addStatus(m members, at place, name string) {
	value := m.text(name)
	c.add(at.in(name), value, reading.StatusRecord(value, c.Subject.Container))
}

// quiet returns a case about which there is nothing to diagnose.
func quiet(s Subject, why Ignored) []Case { return []Case{{Subject: s, Ignored: why}} }
