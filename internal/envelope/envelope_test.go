package envelope_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/envelope"
	"github.com/reasonbook/reasonbook/internal/handler"
	"github.com/reasonbook/reasonbook/kb"
)

func withToken() http.Handler {
	return handler.New(handler.Config{Book: kb.Book(), Token: "s3cret"})
}

// An answer is what comes back: the frame of an HTTP answer, or with status 0
// what a direct invocation gets.
type answer struct {
	StatusCode        int
	StatusDescription string
	Headers           map[string]string
	MultiValueHeaders map[string][]string
	Body              string
}

func serve(t *testing.T, h http.Handler, event string) (answer, string) {
	t.Helper()
	out := envelope.Serve(context.Background(), h, []byte(event))
	var a answer
	if err := json.Unmarshal(out, &a); err != nil {
		t.Fatalf("%.200s: the answer is no JSON: %v\n%s", event, err, out)
	}
	return a, string(out)
}

// TestTrust: an event that has anything of an HTTP request needs the token, or
// is refused as damaged, whatever its fields hold.
func TestTrust(t *testing.T) {
	const v2 = `"requestContext":{"http":{"method":"POST","path":"/diagnose"}},"rawPath":"/diagnose","body":"CrashLoopBackOff"`
	for _, test := range []struct {
		name, event string
		status      int
	}{
		{"as the host sends it", `{"version":"2.0","headers":{"authorization":"no"},` + v2 + `,"reason":"CrashLoopBackOff"}`, 401},
		{"version of another type", `{"version":2,"headers":{"authorization":"no"},` + v2 + `,"reason":"CrashLoopBackOff"}`, 400},
		{"headers of another type", `{"headers":7,"reason":"CrashLoopBackOff"}`, 400},
		{"null headers", `{"headers":null,"reason":"CrashLoopBackOff"}`, 404},
		{"header that is a number", `{"headers":{"authorization":1},` + v2 + `,"reason":"CrashLoopBackOff"}`, 400},
		{"header in a list with null", `{"headers":{"authorization":[null]},` + v2 + `,"reason":"CrashLoopBackOff"}`, 400},
		{"method of another type", `{"httpMethod":["POST"],"path":"/diagnose","reason":"CrashLoopBackOff"}`, 400},
		{"context of another type", `{"requestContext":"http","reason":"CrashLoopBackOff"}`, 400},
		{"inner context of another type", `{"requestContext":{"http":"POST"},"reason":"CrashLoopBackOff"}`, 400},
		{"context alone", `{"requestContext":{},"reason":"CrashLoopBackOff"}`, 404},
		{"raw path alone", `{"rawPath":"/diagnose","reason":"CrashLoopBackOff"}`, 405},
		{"raw query alone", `{"rawQueryString":"","reason":"CrashLoopBackOff"}`, 404},
		{"query alone", `{"queryString":{},"reason":"CrashLoopBackOff"}`, 404},
		{"query of another type", `{"queryStringParameters":[],"reason":"CrashLoopBackOff"}`, 400},
		{"body that is an object", `{"headers":{},"body":{"reason":"CrashLoopBackOff"}}`, 400},
		{"body alone", `{"body":"CrashLoopBackOff","reason":"CrashLoopBackOff"}`, 404},
		{"encoding of another type", `{"isBase64Encoded":1,"reason":"CrashLoopBackOff"}`, 400},
		{"other case", `{"HEADERS":{"x":"y"},"reason":"CrashLoopBackOff"}`, 404},
		{"other case of Unicode", `{"header\u017f":{"x":"y"},"reason":"CrashLoopBackOff"}`, 404},
		{"escaped name", `{"head\u0065rs":{"x":"y"},"reason":"CrashLoopBackOff"}`, 404},
		{"headers twice", `{"headers":{"authorization":"Bearer s3cret"},"headers":{},` + v2 + `}`, 400},
		{"headers twice, in other case", `{"headers":{"authorization":"Bearer s3cret"},"Headers":{},` + v2 + `}`, 400},
		{"token twice", `{"headers":{"authorization":"Bearer s3cret","Authorization":"Bearer s3cret"},` + v2 + `}`, 401},
		{"token after another", `{"headers":{"authorization":["Bearer no","Bearer s3cret"]},` + v2 + `}`, 401},
		{"cut off", `{"headers":{"authorization":"Bearer s3cret"},"reason":"CrashLoopBackOff"`, 400},
		{"cut off in the sign", `{"reason":"CrashLoopBackOff","headers":{"a`, 400},
		{"more behind it", `{"headers":{"authorization":"Bearer s3cret"},` + v2 + `}{"reason":"CrashLoopBackOff"}`, 400},
		{"load balancer", `{"requestContext":{"elb":1},"httpMethod":"POST","path":"/diagnose","multiValueHeaders":{"x":7},"body":""}`, 400},
		{"CLB trigger", `{"payload":{"reason":"CrashLoopBackOff"},"headers":{"Content-Type":"application/json"}}`, 401},
		{"CLB trigger with damaged headers", `{"payload":{"reason":"CrashLoopBackOff"},"headers":[]}`, 400},
	} {
		t.Run(test.name, func(t *testing.T) {
			a, out := serve(t, withToken(), test.event)
			if a.StatusCode != test.status || !strings.Contains(a.Body, "urn:reasonbook:problem:") || strings.Contains(out, "diagnoses") {
				t.Errorf("%d, want %d: %s", a.StatusCode, test.status, out)
			}
			if balancer := strings.Contains(test.event, `"elb"`); balancer != (a.StatusDescription != "") || balancer != (a.MultiValueHeaders != nil) {
				t.Errorf("not the form of this host: %s", out)
			}
		})
	}
}

// TestDirect: an event with nothing of HTTP is the body, and its answer bare.
func TestDirect(t *testing.T) {
	for _, test := range []struct{ event, want string }{
		{`{"reason":"CrashLoopBackOff"}`, `"id": "crash-loop-back-off"`},
		{` [{"reason":"CrashLoopBackOff"}]`, `"id": "crash-loop-back-off"`},
		{`{"kind":"Pod","apiVersion":"v1","status":{"containerStatuses":[{"name":"headers","state":{"waiting":{"reason":"CrashLoopBackOff"}}}]}}`, `"id": "crash-loop-back-off"`},
		{`{"reason":"headers"}`, `"diagnoses"`},
		{`{}`, `"status": 422`},
		{`[]`, `"status": 422`},
		{`null`, `"status": 422`},
		{`"headers"`, `"status": 422`},
		{``, `"status": 400`},
		{`CrashLoopBackOff`, `"status": 400`},
		{`{"reason":"CrashLoopBackOff"`, `"status": 400`},
		{`{"reason":"CrashLoopBackOff"} x`, `"status": 400`},
		{`[{"headers":{}}`, `"status": 400`},
	} {
		a, out := serve(t, withToken(), test.event)
		if a.StatusCode != 0 || !strings.Contains(out, test.want) {
			t.Errorf("%s: %s", test.event, out)
		}
	}
}

// TestLenient: what hosts send as a string, a list, null or not at all is read
// the same.
func TestLenient(t *testing.T) {
	const rest = `,"httpMethod":"POST","path":"/diagnose","body":"CrashLoopBackOff"}`
	for _, test := range []struct{ name, event, language string }{
		{"list in the query", `{"headers":{"content-type":"text/plain","authorization":"Bearer s3cret"},"queryStringParameters":{"lang":["ja","en"]}` + rest, "ja"},
		{"null in the query", `{"headers":{"content-type":"text/plain","authorization":"Bearer s3cret"},"queryStringParameters":{"lang":null}` + rest, "en"},
		{"no query", `{"headers":{"content-type":["text/plain"],"authorization":["Bearer s3cret"]},"queryStringParameters":null` + rest, "en"},
		{"the query in two forms", `{"headers":{"content-type":"text/plain","authorization":"Bearer s3cret"},"queryStringParameters":{"lang":"zh"},"multiValueQueryStringParameters":{"lang":["ja","zh"]}` + rest, "ja"},
		{"headers in two forms", `{"headers":{"content-type":"text/plain","authorization":"Bearer s3cret","accept-language":"ja"},"multiValueHeaders":{"authorization":["Bearer s3cret"]}` + rest, "ja"},
		{"no base64", `{"headers":{"content-type":"text/plain","authorization":"Bearer s3cret"},"isBase64Encoded":"False"` + rest, "en"},
	} {
		a, out := serve(t, withToken(), test.event)
		if a.StatusCode != 200 || !strings.Contains(a.Body, `"crash-loop-back-off"`) || a.Headers["Content-Language"] != test.language {
			t.Errorf("%s: %s", test.name, out)
		}
	}
}

// TestBounds: an event's address and headers have the limits of HTTP's.
func TestBounds(t *testing.T) {
	long := strings.Repeat("-aaaaa", 10<<10)
	for _, test := range []struct{ name, event string }{
		{"raw query", `{"requestContext":{"http":{"method":"POST","path":"/diagnose"}},"rawPath":"/diagnose","rawQueryString":"lang=en` + long + `"}`},
		{"query", `{"httpMethod":"POST","path":"/diagnose","queryString":{"lang":"en` + long + `"}}`},
		{"path", `{"httpMethod":"POST","path":"/diagnose` + long + `"}`},
		{"header", `{"httpMethod":"POST","path":"/diagnose","headers":{"accept-language":"en` + long + `"}}`},
		{"method", `{"httpMethod":"POST` + long + `","path":"/diagnose"}`},
	} {
		if a, out := serve(t, withToken(), test.event); a.StatusCode != 431 {
			t.Errorf("%s: %.300s", test.name, out)
		}
	}
}

// FuzzTrust: no event with a field of HTTP ever passes as a direct invocation.
// The check reads the event in its own way: as a map, by names in lower case.
func FuzzTrust(f *testing.F) {
	for _, seed := range []string{
		`{"version":2,"headers":{"authorization":"no"},"requestContext":{"http":{"method":"POST","path":"/diagnose"}},"reason":"Error"}`,
		`{"reason":"Error","HttpMethod":null}`, `{"reason":"Error","queryString":[]}`, `{"headers":{},"headers":1,"reason":"Error"}`,
		`{"payload":{"reason":"Error"},"headers":0}`, `{"body":"Error"}`, `{"rawPath":0}`, `[{"reason":"Error","headers":{}}]`,
		`{"Records":[{"Sns":{"Message":"Error"}}],"body":0}`, `{"Records":[{"messageId":"m","eventSource":"aws:sqs","body":"Error"}]}`, `{"Records":[{"Ckafka":{"msgBody":{"reason":"Error"}}},{"CMQ":1}]}`,
		`{"clslogs":{"data":"H4sIAAAAAAAA"}}`, `{"EventList":[{"specversion":"1.0","data":{"headers":{}}}]}`, `{"Type":"Timer","TriggerName":"t"}`, `{"specversion":"1.0","type":"t","data_base64":"e30="}`,
		`{"reason":"Error"}{"headers":{}}`, `{"reason":"Error","headers":`, `{"cookies":[],"isBase64Encoded":"x","reason":"Error"}`,
	} {
		f.Add([]byte(seed))
	}
	closed := handler.New(handler.Config{Book: kb.Book()}) // whom nobody may call
	f.Fuzz(func(t *testing.T, event []byte) {
		out := envelope.Serve(context.Background(), closed, event)
		var a answer
		if !json.Valid(out) || json.Unmarshal(out, &a) != nil {
			t.Fatalf("the answer is no JSON: %s", out)
		}
		var object map[string]any
		readable := json.NewDecoder(bytes.NewReader(event)).Decode(&object) == nil // the first of several, too
		http := false
		for name := range object {
			switch strings.ReplaceAll(strings.ReplaceAll(strings.ToLower(name), "ſ", "s"), "\u212a", "k") {
			case "headers", "multivalueheaders", "httpmethod", "requestcontext", "rawpath", "rawquerystring", "querystring",
				"querystringparameters", "multivaluequerystringparameters", "path", "body", "cookies", "isbase64encoded":
				http = true
			}
		}
		if http && (a.StatusCode == 0 || bytes.Contains(out, []byte("diagnoses"))) {
			t.Fatalf("%s\nis of HTTP, and passes as a direct invocation: %s", event, out)
		}
		if !readable && !json.Valid(event) && bytes.Contains(out, []byte("diagnoses")) {
			t.Fatalf("%q\nis damaged, and is answered: %s", event, out)
		}
	})
}
