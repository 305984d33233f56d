// Package payload reads what senders post and finds in it the instances that
// are spoken of, each with the texts that say what is wrong with it. It does
// not judge the texts.
//
// # What shows that nothing is failing
//
// A case is [Healthy] only if the input proves it; to find nothing wrong proves
// nothing. What is looked at, and what is missing, is in the case. The same
// instance gets the same verdict in every form, by the rule of one type:
//
//   - A Pod in the phase Running is healthy if every container is ready and runs,
//     every init container has ended with 0 or is a ready sidecar, no condition
//     reports a problem and it is not being deleted. What its last run ended
//     with does not count, nor do its events: they tell of its past. Only warnings
//     of a time after it became ready, or of a Pod that restarts, do.
//   - The phase Succeeded says by itself that all containers ended with 0 and
//     stay so. It is healthy unless a container says otherwise.
//   - The word Running alone shows the phase only: kubectl says Running of a Pod
//     with 0/1 ready, too. Whether it is ready is missing. “Running Healthy”,
//     “Healthy” and “Succeeded” are verdicts and count as such.
//   - An instance of TEM is healthy if it is Running and neither its readiness
//     nor its health is denied. A readiness that is left out is none: the record
//     is where TEM would say it.
//   - Exit code 0, or Completed, shows that a container ended as it should if it
//     was meant to end, which is normal for a Job only.
//   - A Job is healthy once it is complete; a Node while it is ready, without
//     pressure or another problem, and not cordoned; a PersistentVolumeClaim if
//     it is bound; a Deployment, ReplicaSet, StatefulSet or DaemonSet if all
//     replicas that it wants are ready and new. No other kind is judged.
//   - An event alone proves nothing, nor does a text. What is said beside an
//     object (a message, a log) has to be explained.
package payload

import (
	"bytes"
	"encoding/json"
	"mime"
	"net/url"
	"strings"
	"time"

	"github.com/reasonbook/reasonbook/internal/charset"
	"github.com/reasonbook/reasonbook/internal/reading"
	"github.com/reasonbook/reasonbook/internal/statusword"
)

// A Case is one instance, or one pasted text, that asks for a diagnosis.
type Case struct {
	Subject Subject
	Texts   []Text
	// Ignored says why there is nothing to diagnose; it is set only if there
	// are no texts.
	Ignored Ignored
	// Looked is what was looked at, and Missing what is missing for a proof
	// that the subject is healthy: at least one thing, unless Ignored or Err is
	// set.
	Looked  []Looked
	Missing []Missing
	// Err is set for an item of a list that cannot be read, which costs the
	// other items nothing. It stands at Place, such as "items[3]" or "[3]".
	Err   *Error
	Place string
	// More counts further items that have no case of their own: with the same
	// error or, without one, of which nothing is said.
	More int

	// Suspects are status words of the states that an alert may be about, where its
	// name does not say which.
	Suspects []string

	// Known is what the payload says of the subject beside its texts.
	Known reading.Subject

	evidence evidence // while the case is being read
}

// Subject says what a case is about, in Kubernetes' terms. Unknown parts are "".
type Subject struct {
	Kind      string `json:"kind,omitempty"`
	Namespace string `json:"namespace,omitempty"`
	Name      string `json:"name,omitempty"`
	Container string `json:"container,omitempty"`
	// Workload is what the instance belongs to, as KIND/NAME.
	Workload string `json:"workload,omitempty"`
}

// A Text is something that a sender says of a subject.
type Text struct {
	// Field is where it stands in a JSON payload, "" for plain text.
	Field string
	Value string
	Log   bool   // the output of a program
	Means string // the status word that the whole value stands for, such as an alert's name; "" as a rule
	// Record says in what form it stands: a status, an event, a condition. Its
	// place is not set.
	Record reading.Record
	// Seen is when an event was seen last, First when first; zero if not known.
	Seen, First time.Time
}

// Ignored is a reason for having nothing to diagnose.
type Ignored string

const (
	Healthy          Ignored = "healthy"            // the input shows that nothing is wrong with it
	Resolved         Ignored = "resolved"           // the alert is over
	Test             Ignored = "test"               // somebody tests whether notifications arrive
	Heartbeat        Ignored = "heartbeat"          // an alert that fires always
	Update           Ignored = "update"             // of an incident that has been told before
	Gone             Ignored = "gone"               // the object was deleted
	StoppedOnRequest Ignored = "stopped-on-request" // by a person or by scaling
	NoInstance       Ignored = "no-instance"        // an event that no instance has to do with
)

// An Error says why a payload is refused.
type Error struct {
	Code ErrorCode
	// Detail names the place or the rule, in English; it holds nothing of the
	// payload but names of fields that this package knows.
	Detail string
}

// ErrorCode is the kind of an [Error].
type ErrorCode string

const (
	EmptyBody       ErrorCode = "empty-body"
	InvalidUTF8     ErrorCode = "invalid-utf-8"
	InvalidJSON     ErrorCode = "invalid-json"
	UnsupportedType ErrorCode = "unsupported-media-type"
	UnknownForm     ErrorCode = "unknown-form"
	TooManyItems    ErrorCode = "too-many-items"
	TooLargeItem    ErrorCode = "too-large-item"
)

func (e *Error) Error() string { return string(e.Code) + ": " + e.Detail }

// MediaTypes are the types that [Read] takes.
const MediaTypes = "text/plain, application/json, application/yaml, application/x-www-form-urlencoded"

// Read finds the cases of a request body. The media type decides how it is
// read; without one, a body that is a JSON object or array is JSON, and
// anything else is text.
func Read(body []byte, contentType string) ([]Case, *Error) {
	body = bytes.TrimPrefix(body, []byte("\ufeff"))
	if len(bytes.TrimSpace(body)) == 0 {
		return nil, &Error{EmptyBody, "the body is empty"}
	}
	mediaType := ""
	if contentType != "" {
		var parameters map[string]string
		var err error
		mediaType, parameters, err = mime.ParseMediaType(contentType)
		if err != nil {
			return nil, &Error{UnsupportedType, "the Content-Type cannot be parsed; use one of " + MediaTypes}
		}
		switch strings.ToLower(parameters["charset"]) {
		case "", "utf-8", "utf8", "us-ascii":
		default:
			return nil, &Error{UnsupportedType, "the charset must be UTF-8; convert the text first, such as with iconv -f SHIFT_JIS -t UTF-8 FILE"}
		}
	}
	if form := charset.Guess(body); form.Kind != charset.Text {
		return nil, &Error{InvalidUTF8, "the body is not text in UTF-8: " + adviceFor(form)}
	}
	switch {
	case mediaType == "application/json" || strings.HasSuffix(mediaType, "+json"):
		return readJSON(body)
	case mediaType == "application/x-www-form-urlencoded":
		return readForm(body)
	case mediaType == "application/yaml", mediaType == "application/x-yaml", mediaType == "text/yaml", strings.HasSuffix(mediaType, "+yaml"):
		return readText(string(body)), nil
	case mediaType == "application/x-ndjson", mediaType == "application/jsonl":
		return readJSON(body)
	case mediaType == "text/plain":
		if isSender(body) {
			return readJSON(body)
		}
		return readText(string(body)), nil
	case mediaType == "":
		if trimmed := bytes.TrimSpace(body); trimmed[0] == '{' || trimmed[0] == '[' {
			if json.Valid(trimmed) || isObjects(trimmed) {
				return readJSON(body)
			}
		}
		return readText(string(body)), nil
	}
	return nil, &Error{UnsupportedType, "use one of " + MediaTypes}
}

// adviceFor says what to do with a body that is not text in UTF-8.
func adviceFor(form charset.Form) string {
	switch form.Kind {
	case charset.Encoded:
		return "it looks like " + form.Name + "; convert it with iconv -f " + form.Name + " -t UTF-8"
	case charset.Damaged:
		return "some bytes are damaged; drop them with iconv -c -f UTF-8 -t UTF-8"
	case charset.Packed:
		if form.Name == "gzip" {
			return "it looks like gzip; send it with Content-Encoding: gzip, or unpack it first"
		}
		return "it looks like " + form.Name + "; unpack it first"
	case charset.Binary:
		return "it is binary; send the text itself"
	}
	return "convert it with iconv -f ENCODING -t UTF-8"
}

// readText reads plain text.
func readText(text string) []Case {
	var c Case
	c.look(LookedText)
	if statusword.Of(text) == statusword.Other {
		c.add("", text, reading.Record{})
		c.lack(StateUnsaid)
	} else {
		c.judge(instance{state: text}.missing())
	}
	c.settle()
	return []Case{c}
}

// readForm reads what the form of the site sends.
func readForm(body []byte) ([]Case, *Error) {
	values, err := url.ParseQuery(string(body))
	if err != nil || !values.Has("reason") {
		return nil, &Error{UnknownForm, `the form has no field "reason"; to post a text with curl, add -H "Content-Type: text/plain" and use --data-binary`}
	}
	reason := values.Get("reason")
	switch {
	case strings.TrimSpace(reason) == "":
		return nil, &Error{EmptyBody, `the field "reason" is empty`}
	}
	if form := charset.Guess([]byte(reason)); form.Kind != charset.Text {
		return nil, &Error{InvalidUTF8, `the field "reason" is not text in UTF-8: ` + adviceFor(form)}
	}
	return readText(reason), nil
}

// readJSON reads a JSON document.
func readJSON(body []byte) ([]Case, *Error) {
	// The decoder's own limit of 10000 levels is far above what any sender nests.
	var root place
	if !json.Valid(body) {
		if isObjects(body) {
			return readObjects(body)
		}
		return nil, &Error{InvalidJSON, "the body is not valid JSON"}
	}
	body = bytes.TrimSpace(body)
	if body[0] != '[' {
		return readItem(body, root)
	}
	return root.each(body, readItem)
}

// readItem reads one JSON value of any known form.
func readItem(item json.RawMessage, at place) ([]Case, *Error) {
	m := membersOf(item)
	if m == nil {
		return nil, at.fault("expected a JSON object, or an array of objects")
	}
	if at.depth() > maxDepth {
		return nil, at.fault("is nested too deeply")
	}
	return readerOf(m)(item, at)
}
