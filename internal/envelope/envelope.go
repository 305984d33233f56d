// Package envelope carries HTTP requests over the events of function hosts: it
// turns an event into a request, has a handler answer it, and returns the
// answer in the form that the host expects for that kind of event.
//
// It knows the events that hold an HTTP request: AWS Lambda function URLs and
// API Gateway HTTP APIs (payload 2.0), API Gateway REST APIs (1.0), Application
// Load Balancers, Tencent SCF function URLs, SCF API Gateway and CLB triggers.
// Every other event is a direct invocation: it is itself the body of POST
// /diagnose, and its caller has been authenticated by the host.
package envelope

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/reasonbook/reasonbook/internal/handler"
)

// Serve answers one event. The answer to a direct invocation is the JSON that
// POST /diagnose gives, a problem document included. It never returns an error:
// hosts would try a failed event again, and it would fail again.
func Serve(ctx context.Context, h http.Handler, event []byte) []byte {
	var f frame
	if json.Unmarshal(event, &f) == nil {
		if kind := f.kind(); kind != direct {
			return f.serve(ctx, h, kind)
		}
	}
	r, err := http.NewRequestWithContext(handler.Trusted(ctx), http.MethodPost, "/diagnose", bytes.NewReader(event))
	if err != nil {
		panic(err) // method and address are constant
	}
	w := recorder{header: http.Header{}}
	r.Header.Set("Content-Type", "application/json")
	h.ServeHTTP(&w, r)
	return w.body.Bytes()
}

// frame is the union of the events that hold an HTTP request.
type frame struct {
	Version        string
	RequestContext struct {
		Stage     string
		ServiceID string // SCF API Gateway
		ELB       json.RawMessage
		HTTP      *struct{ Method, Path string }
	}
	HTTPMethod, Path, Resource      string
	RawPath, RawQueryString         string
	QueryStringParameters           map[string]string
	MultiValueQueryStringParameters map[string][]string
	QueryString                     map[string]any // SCF
	Headers                         map[string]any // a string, or a list of them on SCF
	MultiValueHeaders               map[string][]string
	Body                            *string
	Payload                         json.RawMessage // SCF CLB, instead of Body
	IsBase64Encoded                 any             // the string "false" from SCF CLB
}

type kind uint8

const (
	direct  kind = iota
	httpV2       // function URL, HTTP API
	httpV1       // REST API, SCF
	elb          // Application Load Balancer
	scfCLB       // SCF CLB
	badHTTP      // has headers as an HTTP request has, but no known form
)

func (f *frame) kind() kind {
	switch {
	case len(f.RequestContext.ELB) > 0:
		return elb
	case f.RequestContext.HTTP != nil:
		return httpV2
	case len(f.Payload) > 0 && f.Headers != nil:
		return scfCLB
	case f.HTTPMethod != "" && (f.Path != "" || f.Resource != ""):
		return httpV1
	case f.Headers != nil || f.MultiValueHeaders != nil:
		// Nothing that came by HTTP may pass as a direct invocation, because
		// those need no token.
		return badHTTP
	}
	return direct
}

func (f *frame) serve(ctx context.Context, h http.Handler, kind kind) []byte {
	w := recorder{header: http.Header{}}
	h.ServeHTTP(&w, f.request(ctx, kind))
	return w.answer(kind, f.MultiValueHeaders != nil && f.Headers == nil)
}

// request makes the request that the frame holds. A frame that is damaged gives
// a request that is damaged in the same way, for the handler to refuse.
func (f *frame) request(ctx context.Context, kind kind) *http.Request {
	method, path, query := f.HTTPMethod, f.Path, f.query()
	var body []byte
	switch {
	case kind == httpV2:
		method, path = f.RequestContext.HTTP.Method, f.RawPath
		if path == "" {
			path = f.RequestContext.HTTP.Path
		}
		// A stage other than $default is part of the path.
		if stage := "/" + f.RequestContext.Stage; strings.HasPrefix(path, stage+"/") {
			path = strings.TrimPrefix(path, stage)
		}
		query = f.RawQueryString
	case kind == scfCLB:
		method, path = http.MethodPost, "/diagnose"
		body = f.Payload
	}
	if f.Body != nil {
		body = []byte(*f.Body)
	}
	var reader io.Reader = bytes.NewReader(body)
	if f.isBase64() {
		reader = base64.NewDecoder(base64.StdEncoding, reader)
	}
	r := (&http.Request{
		Method: method, URL: &url.URL{Path: path, RawQuery: query}, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{}, Body: io.NopCloser(reader), ContentLength: -1,
	}).WithContext(ctx)
	for name, value := range f.Headers {
		for _, s := range texts(value) {
			r.Header.Add(name, s)
		}
	}
	if f.Headers == nil {
		for name, list := range f.MultiValueHeaders {
			for _, s := range list {
				r.Header.Add(name, s)
			}
		}
	}
	return r
}

// query returns the query of the events that hold it in parsed form.
func (f *frame) query() string {
	q := url.Values{}
	for name, value := range f.QueryStringParameters {
		q.Set(name, value)
	}
	for name, list := range f.MultiValueQueryStringParameters {
		q[name] = list
	}
	for name, value := range f.QueryString {
		q[name] = texts(value)
	}
	return q.Encode()
}

func (f *frame) isBase64() bool { return f.IsBase64Encoded == true || f.IsBase64Encoded == "true" }

// texts returns a JSON string, or a list of them.
func texts(value any) []string {
	switch value := value.(type) {
	case string:
		return []string{value}
	case []any:
		var list []string
		for _, v := range value {
			list = append(list, texts(v)...)
		}
		return list
	}
	return nil
}

// recorder is a ResponseWriter that keeps the answer.
type recorder struct {
	status int
	header http.Header
	body   bytes.Buffer
}

func (w *recorder) Header() http.Header { return w.header }

func (w *recorder) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
}

func (w *recorder) Write(p []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return w.body.Write(p)
}

// answer returns the answer as the host expects it. Bodies are UTF-8 text, so
// none is encoded.
func (w *recorder) answer(kind kind, multiValue bool) []byte {
	out := struct {
		StatusCode        int                 `json:"statusCode"`
		StatusDescription string              `json:"statusDescription,omitempty"`
		Headers           map[string]string   `json:"headers,omitempty"`
		MultiValueHeaders map[string][]string `json:"multiValueHeaders,omitempty"`
		Body              string              `json:"body"`
		IsBase64Encoded   bool                `json:"isBase64Encoded"`
	}{StatusCode: w.status, Body: w.body.String()}
	if kind == elb {
		out.StatusDescription = strconv.Itoa(w.status) + " " + http.StatusText(w.status)
	}
	if multiValue {
		out.MultiValueHeaders = w.header
	} else {
		out.Headers = map[string]string{}
		for name, list := range w.header {
			out.Headers[name] = strings.Join(list, ", ")
		}
	}
	w.body = bytes.Buffer{} // its text has been copied
	// The limit of answers counts on <, > and & staying one byte each.
	var encoded bytes.Buffer
	e := json.NewEncoder(&encoded)
	e.SetEscapeHTML(false)
	if err := e.Encode(out); err != nil {
		panic(err) // strings and numbers always encode
	}
	return encoded.Bytes()
}
