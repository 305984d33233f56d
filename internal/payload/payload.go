// Package payload reads what senders post and finds in it the instances that
// are spoken of, each with the texts that say what is wrong with it. It does
// not judge the texts.
package payload

import (
	"bytes"
	"encoding/json"
	"mime"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/reasonbook/reasonbook/internal/statusword"
)

// A Case is one instance, or one pasted text, that asks for a diagnosis.
type Case struct {
	Subject Subject
	Texts   []Text
	// Ignored says why there is nothing to diagnose; it is set only if there
	// are no texts.
	Ignored Ignored
	// Err is set for an item of a list that cannot be read, which costs the
	// other items nothing. It stands at Place, such as "items[3]" or "[3]". More
	// counts further items with the same error that have no case of their own.
	Err   *Error
	Place string
	More  int
}

// Subject says what a case is about, in Kubernetes' terms. Unknown parts are "".
type Subject struct {
	Kind      string `json:"kind,omitempty"`
	Namespace string `json:"namespace,omitempty"`
	Name      string `json:"name,omitempty"`
	Container string `json:"container,omitempty"`
}

// A Text is something that a sender says of a subject.
type Text struct {
	// Field is where it stands in a JSON payload, "" for plain text.
	Field string
	Value string
	Log   bool // the output of a program
}

// Ignored is a reason for having nothing to diagnose.
type Ignored string

const (
	Healthy Ignored = "healthy" // it runs and nothing is wrong with it
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
)

func (e *Error) Error() string { return string(e.Code) + ": " + e.Detail }

// MediaTypes are the types that [Read] takes.
const MediaTypes = "text/plain, application/json, application/x-www-form-urlencoded"

// Read finds the cases of a request body. The media type decides how it is
// read; without one, a body that is a JSON object or array is JSON, and
// anything else is text. The error is of type [*Error].
func Read(body []byte, contentType string) ([]Case, error) {
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
			return nil, &Error{UnsupportedType, "the charset must be UTF-8"}
		}
	}
	body = bytes.TrimPrefix(body, []byte("\ufeff"))
	if !utf8.Valid(body) {
		return nil, &Error{InvalidUTF8, "the body is not valid UTF-8"}
	}
	switch {
	case mediaType == "application/json" || strings.HasSuffix(mediaType, "+json"):
		return readJSON(body)
	case mediaType == "application/x-www-form-urlencoded":
		return readForm(body)
	case mediaType == "text/plain":
		return readText(string(body)), nil
	case mediaType == "":
		if trimmed := bytes.TrimSpace(body); trimmed[0] == '{' || trimmed[0] == '[' {
			if json.Valid(trimmed) {
				return readJSON(body)
			}
		}
		return readText(string(body)), nil
	}
	return nil, &Error{UnsupportedType, "use one of " + MediaTypes}
}

// readText reads plain text.
func readText(text string) []Case {
	if statusword.Healthy(text) {
		return []Case{{Ignored: Healthy}}
	}
	return []Case{{Texts: []Text{{Value: text}}}}
}

// readForm reads what the form of the site sends.
func readForm(body []byte) ([]Case, error) {
	values, err := url.ParseQuery(string(body))
	if err != nil || !values.Has("reason") {
		return nil, &Error{UnknownForm, `the form has no field "reason"; to post a text with curl, add -H "Content-Type: text/plain" and use --data-binary`}
	}
	reason := values.Get("reason")
	switch {
	case strings.TrimSpace(reason) == "":
		return nil, &Error{EmptyBody, `the field "reason" is empty`}
	case !utf8.ValidString(reason):
		return nil, &Error{InvalidUTF8, `the field "reason" is not valid UTF-8`}
	}
	return readText(reason), nil
}

// readJSON reads a JSON document.
func readJSON(body []byte) ([]Case, error) {
	// The decoder's own limit of 10000 levels is far above what any sender nests.
	if !json.Valid(body) {
		return nil, &Error{InvalidJSON, "the body is not valid JSON"}
	}
	body = bytes.TrimSpace(body)
	if body[0] != '[' {
		cases, err := readItem(body)
		if err != nil {
			return nil, err
		}
		return cases, nil
	}
	var all caseList
	for i, item := range elements(body) {
		at := index("", i)
		if all.full() {
			all.fault(at, tooMany, 1)
			continue
		}
		cases, err := readItem(item)
		if err != nil {
			all.fault(at, err, 1)
			continue
		}
		all.add(at, cases...)
	}
	cases, err := all.result("the array is empty")
	if err != nil {
		return nil, err
	}
	return cases, nil
}

var noObject = &Error{UnknownForm, "expected a JSON object, or an array of objects"}

// readItem reads one JSON value of any known form, without space around it.
func readItem(item []byte) ([]Case, *Error) {
	var object map[string]json.RawMessage
	if item[0] != '{' || json.Unmarshal(item, &object) != nil {
		return nil, noObject
	}
	has := func(names ...string) bool {
		for _, name := range names {
			if value, ok := object[name]; !ok || string(value) == "null" {
				return false
			}
		}
		return true
	}
	switch {
	case has("kind", "apiVersion"), has("metadata", "status"), has("involvedObject"), has("regarding"):
		return readObject(item)
	case has("Response"), has("Result"), has("PodList"), has("PodId", "Status"):
		return readTEM(item)
	case has("alerts"):
		// The message of a group of alerts stays the same when they are resolved.
		return nil, &Error{UnknownForm, "the alerts of Alertmanager and Grafana are not read yet: send the text of an alert as text/plain"}
	case has("reason"), has("message"), has("logs"), has("exitCode"), has("object"):
		return readSimple(object)
	}
	return nil, &Error{UnknownForm, "the object has none of reason, message, logs, exitCode, object, and is no payload that is known"}
}
