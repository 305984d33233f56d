package envelope

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// A field is a member of a JSON object.
type field struct {
	name  string
	value json.RawMessage
}

// objectOf returns the members of a JSON object in their order, those that
// stand twice twice. With an error it returns the members before it.
func objectOf(object []byte) ([]field, error) {
	d := json.NewDecoder(bytes.NewReader(object))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, errors.New("no JSON object")
	}
	var fields []field
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return fields, err
		}
		name, ok := t.(string)
		if !ok {
			return fields, errors.New("no name")
		}
		// The name alone says what the event is, whatever follows.
		fields = append(fields, field{name: name})
		if err := d.Decode(&fields[len(fields)-1].value); err != nil {
			return fields, err
		}
	}
	if _, err := d.Token(); err != nil {
		return fields, err
	}
	if _, err := d.Token(); err != io.EOF {
		return fields, errors.New("more than one JSON value")
	}
	return fields, nil
}

// find returns the value of a member, nil if there is none. Names are compared
// as encoding/json does, without regard to case. twice says that several have
// the name, so that two readers could take different ones.
func find(fields []field, name string) (value json.RawMessage, twice bool) {
	for _, f := range fields {
		if strings.EqualFold(f.name, name) {
			if value != nil {
				return value, true
			}
			if value = f.value; value == nil {
				value = json.RawMessage("null")
			}
		}
	}
	return value, false
}

// signs are the fields of events that hold an HTTP request, of all hosts. No
// payload that may be invoked directly has one of them.
var signs = []string{
	"headers", "multiValueHeaders", "headerParameters", "cookies",
	"httpMethod", "requestContext", "path", "pathParameters", "rawPath", "routeKey", "stageVariables",
	"rawQueryString", "queryString", "queryStringParameters", "multiValueQueryStringParameters", "queryParameters",
	"body", "isBase64Encoded",
}

type kind uint8

const (
	direct kind = iota
	httpV2      // function URL, HTTP API
	httpV1      // REST API, SCF, and whatever else is of HTTP
	elb         // Application Load Balancer
	scfCLB      // SCF CLB
)

// kindOf returns what an event is. The types of its fields do not matter.
func kindOf(fields []field) kind {
	has := func(name string) bool { value, _ := find(fields, name); return value != nil }
	if !slices.ContainsFunc(signs, has) {
		return direct
	}
	value, _ := find(fields, "requestContext")
	about, _ := objectOf(value)
	balancer, _ := find(about, "elb")
	request, _ := find(about, "http")
	switch {
	case balancer != nil:
		return elb
	case request != nil, has("rawPath"), has("rawQueryString"), has("routeKey"):
		return httpV2
	case has("payload") && !has("httpMethod") && !has("body"):
		return scfCLB
	}
	return httpV1
}

// A frame is an event that holds an HTTP request: the union of what the hosts
// send. Fields that are missing or null are empty.
type frame struct {
	stage          string
	method, path   string // of all forms but httpV2
	innerMethod    string // of requestContext.http
	inner, rawPath string
	query          url.Values
	rawQuery       string
	header         http.Header
	multiValue     bool // the headers come as lists, and are to be answered so
	body           string
	payload        json.RawMessage // SCF CLB, instead of body
	encoded        bool
	damaged        bool // a field is not of a type that a host sends, or stands twice
}

// frameOf reads the frame of an event. It goes on after what is damaged.
func frameOf(fields []field) *frame {
	f := &frame{query: url.Values{}, header: http.Header{}}
	for _, name := range signs {
		if _, twice := find(fields, name); twice {
			f.damaged = true
		}
	}
	f.text(fields, "version")
	f.method = f.text(fields, "httpMethod")
	f.path = f.text(fields, "path")
	f.rawPath = f.text(fields, "rawPath")
	f.rawQuery = f.text(fields, "rawQueryString")
	f.body = f.text(fields, "body")
	f.payload, _ = find(fields, "payload")
	f.encoded = f.flag(fields, "isBase64Encoded")
	about := f.object(fields, "requestContext")
	f.stage = f.text(about, "stage")
	request := f.object(about, "http")
	f.innerMethod, f.inner = f.text(request, "method"), f.text(request, "path")

	headers := f.object(fields, "headers")
	f.lists(headers, f.header.Add)
	multi := f.object(fields, "multiValueHeaders")
	if f.multiValue = headers == nil && multi != nil; f.multiValue {
		f.lists(multi, f.header.Add)
	}
	for _, name := range []string{"queryStringParameters", "multiValueQueryStringParameters", "queryString"} {
		members := f.object(fields, name)
		for _, m := range members { // they are the same parameters, in several forms
			f.query.Del(m.name)
		}
		f.lists(members, f.query.Add)
	}
	return f
}

// text returns a field that is a string.
func (f *frame) text(fields []field, name string) (s string) {
	value, twice := find(fields, name)
	if twice || value != nil && json.Unmarshal(value, &s) != nil {
		f.damaged = true
	}
	return s
}

// flag returns a field that is a boolean, or the string of one (SCF CLB).
func (f *frame) flag(fields []field, name string) bool {
	value, _ := find(fields, name)
	switch strings.ToLower(string(value)) {
	case "true", `"true"`:
		return true
	case "", "null", "false", `"false"`, `""`:
		return false
	}
	f.damaged = true
	return false
}

// object returns the members of a field that is an object; nil if it is missing
// or null.
func (f *frame) object(fields []field, name string) []field {
	value, twice := find(fields, name)
	if value == nil || string(value) == "null" {
		return nil
	}
	members, err := objectOf(value)
	if twice || err != nil {
		f.damaged = true
	}
	if members == nil {
		members = []field{}
	}
	return members
}

// lists passes on the members of an object whose values are strings or lists of
// strings. Hosts differ in which fields have which.
func (f *frame) lists(members []field, add func(name, value string)) {
	for _, m := range members {
		var one *string
		if json.Unmarshal(m.value, &one) == nil {
			if one != nil {
				add(m.name, *one)
			}
			continue
		}
		var list []*string
		if json.Unmarshal(m.value, &list) != nil {
			f.damaged = true
			continue
		}
		for _, value := range list {
			if value == nil {
				f.damaged = true
				continue
			}
			add(m.name, *value)
		}
	}
}

// request makes the request that the frame holds.
func (f *frame) request(ctx context.Context, k kind) *http.Request {
	method, path, query, body := f.method, f.path, f.query.Encode(), []byte(f.body)
	switch k {
	case httpV2:
		method, path, query = f.innerMethod, f.rawPath, f.rawQuery
		if path == "" {
			path = f.inner
		}
		// A stage other than $default is part of the path.
		if stage := "/" + f.stage; strings.HasPrefix(path, stage+"/") {
			path = strings.TrimPrefix(path, stage)
		}
	case scfCLB:
		method, path, body = http.MethodPost, "/diagnose", f.payload
	}
	var reader io.Reader = bytes.NewReader(body)
	if f.encoded {
		reader = base64.NewDecoder(base64.StdEncoding, reader)
	}
	return (&http.Request{
		Method: method, URL: &url.URL{Path: path, RawQuery: query}, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: f.header, Body: io.NopCloser(reader), ContentLength: -1,
	}).WithContext(ctx)
}
