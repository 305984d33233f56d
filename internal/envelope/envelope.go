// Package envelope carries HTTP requests over the events of function hosts: it
// turns an event into a request, has a handler answer it, and returns the
// answer in the form that the host expects for that kind of event.
//
// It knows the events that hold an HTTP request: AWS Lambda function URLs and
// API Gateway HTTP APIs (payload 2.0), API Gateway REST APIs (1.0), Application
// Load Balancers, Tencent SCF function URLs, SCF API Gateway and CLB triggers.
// An event that has nothing of these is a direct invocation, whose caller has been
// authenticated by the host. It is the body of POST /diagnose, unless it carries
// messages: of SNS or SQS, of SCF's CKafka, CMQ, CLS or EventBridge triggers.
//
// What an event is decides whether its caller is trusted, not whether it can be
// read: one that has any field of an HTTP request came by HTTP, and is refused
// as damaged if it is not what the host sends.
package envelope

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/reasonbook/reasonbook/internal/handler"
)

// Serve answers one event. The answer to a direct invocation is the JSON that
// POST /diagnose gives, a problem document included; one to an event of SQS also
// has batchItemFailures. It never returns an error: hosts would try a failed event
// again, and it would fail again.
func Serve(ctx context.Context, h http.Handler, event []byte) []byte {
	w := &recorder{header: http.Header{}}
	fields, err := objectOf(event)
	if k := kindOf(fields); k != direct {
		f := frameOf(fields)
		r := f.request(handler.Anywhere(ctx), k)
		if err != nil || f.damaged {
			r = r.WithContext(handler.Damaged(r.Context(), "the event is of HTTP, but its fields are not those that the host sends"))
		}
		h.ServeHTTP(w, r)
		return w.answer(k, f.multiValue)
	}
	switch first := bytes.TrimLeft(event, " \t\r\n"); {
	case err == nil, len(first) > 0 && first[0] != '{' && json.Valid(event):
		ctx = handler.Trusted(ctx)
	default:
		ctx = handler.Damaged(ctx, "the event is not valid JSON")
	}
	m := messagesOf(fields)
	if err == nil && m != nil {
		ctx = handler.Batched(ctx, &m.batch)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "/diagnose", bytes.NewReader(event))
	if err != nil {
		panic(err) // method and address are constant
	}
	r.Header.Set("Content-Type", "application/json")
	h.ServeHTTP(w, r)
	if m != nil && m.ids != nil {
		return m.withFailures(w.status, w.body.Bytes())
	}
	return w.body.Bytes()
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
func (w *recorder) answer(k kind, multiValue bool) []byte {
	out := struct {
		StatusCode        int                 `json:"statusCode"`
		StatusDescription string              `json:"statusDescription,omitempty"`
		Headers           map[string]string   `json:"headers,omitempty"`
		MultiValueHeaders map[string][]string `json:"multiValueHeaders,omitempty"`
		Body              string              `json:"body"`
		IsBase64Encoded   bool                `json:"isBase64Encoded"`
	}{StatusCode: w.status, Body: w.body.String()}
	if k == elb {
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
