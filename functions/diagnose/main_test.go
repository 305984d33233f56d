package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/rpc"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/tencentyun/scf-go-lib/cloudfunction/messages"
)

const clb = "Running Unhealthy:Readiness check failed according to l4 listener: lbl-4f2kq0zd of CLB lb-9x3kq2ma. Service: shop/cart-svc"

// binary is the function as it is deployed: these tests start it as its hosts do.
var binary string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "diagnose")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer os.RemoveAll(dir)
		binary = filepath.Join(dir, "bootstrap")
		build := exec.Command("go", "build", "-tags", "lambda.norpc", "-o", binary, ".")
		if out, err := build.CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "%v\n%s", err, out)
			return 1
		}
		return m.Run()
	}())
}

// start starts the function with an environment of its own, and ends it with
// the test. It returns what the function writes to standard error.
func start(t testing.TB, env ...string) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	var stderr bytes.Buffer
	cmd := exec.Command(binary)
	cmd.Env = env
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	return cmd, &stderr
}

// freePort returns a port that nothing listens on.
func freePort(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}

// firstMatch returns the id and the listener of the first match of an answer.
func firstMatch(t *testing.T, body string) (language, id, listener string) {
	t.Helper()
	var doc struct {
		Language  string
		Diagnoses []struct {
			Matches []struct {
				ID         string
				Parameters map[string]string
			}
		}
	}
	if err := json.Unmarshal([]byte(body), &doc); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
	if len(doc.Diagnoses) == 0 || len(doc.Diagnoses[0].Matches) == 0 {
		t.Fatalf("no match: %s", body)
	}
	m := doc.Diagnoses[0].Matches[0]
	return doc.Language, m.ID, m.Parameters["listener"]
}

// runtimeAPI is AWS's Lambda runtime API, as far as a function uses it: it hands
// out one event after the other and takes the answers.
type runtimeAPI struct {
	events  chan string
	answers chan string
}

func startRuntimeAPI(t testing.TB) (*runtimeAPI, string) {
	api := &runtimeAPI{make(chan string), make(chan string, 1)}
	done := make(chan struct{})
	mux := http.NewServeMux()
	mux.HandleFunc("GET /2018-06-01/runtime/invocation/next", func(w http.ResponseWriter, r *http.Request) {
		select {
		case event := <-api.events:
			w.Header().Set("Lambda-Runtime-Aws-Request-Id", "8476a536-e9f4-11e8-9739-2dfe598c3fcd")
			w.Header().Set("Lambda-Runtime-Deadline-Ms", fmt.Sprint(time.Now().Add(10*time.Second).UnixMilli()))
			w.Header().Set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:123456789012:function:reasonbook")
			io.WriteString(w, event)
		case <-done:
		case <-r.Context().Done():
		}
	})
	take := func(kind string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			api.answers <- kind + string(body)
			w.WriteHeader(http.StatusAccepted)
		}
	}
	mux.HandleFunc("POST /2018-06-01/runtime/invocation/{id}/response", take(""))
	mux.HandleFunc("POST /2018-06-01/runtime/invocation/{id}/error", take("error: "))
	mux.HandleFunc("POST /2018-06-01/runtime/init/error", take("init error: "))
	server := httptest.NewServer(mux)
	t.Cleanup(func() { close(done); server.Close() })
	return api, strings.TrimPrefix(server.URL, "http://")
}

func (api *runtimeAPI) invoke(t testing.TB, event string) string {
	t.Helper()
	select {
	case api.events <- event:
	case <-time.After(10 * time.Second):
		t.Fatal("the function does not ask for events")
	}
	select {
	case answer := <-api.answers:
		return answer
	case <-time.After(10 * time.Second):
		t.Fatal("the function does not answer")
		return ""
	}
}

// functionURL returns the event of a Lambda function URL.
func functionURL(method, path, query, body string, encoded bool, headers map[string]string) string {
	return toJSON(map[string]any{
		"version": "2.0", "routeKey": "$default", "rawPath": path, "rawQueryString": query, "headers": headers,
		"requestContext": map[string]any{
			"domainName": "abc.lambda-url.us-east-1.on.aws", "stage": "$default",
			"http": map[string]any{"method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1"},
		},
		"body": body, "isBase64Encoded": encoded,
	})
}

func toJSON(v any) string {
	out, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(out)
}

// response is the frame of an answer.
type response struct {
	StatusCode        int
	StatusDescription string
	Headers           map[string]string
	MultiValueHeaders map[string][]string
	Body              string
	IsBase64Encoded   *bool
}

func parse(t *testing.T, answer string) response {
	t.Helper()
	var r response
	if err := json.Unmarshal([]byte(answer), &r); err != nil || r.StatusCode == 0 {
		t.Fatalf("no HTTP answer (%v): %s", err, answer)
	}
	return r
}

func TestLambda(t *testing.T) {
	api, address := startRuntimeAPI(t)
	start(t, "AWS_LAMBDA_RUNTIME_API="+address, "REASONBOOK_TOKEN=s3cret", "REASONBOOK_SITE_URL=https://book.example.com")
	auth := map[string]string{"content-type": "text/plain", "authorization": "Bearer s3cret"}

	for _, lang := range []string{"ja", "en", "zh"} {
		r := parse(t, api.invoke(t, functionURL("POST", "/diagnose", "lang="+lang, clb, false, auth)))
		language, id, listener := firstMatch(t, r.Body)
		if r.StatusCode != 200 || language != lang || id != "clb-readiness-check-failed" || listener != "lbl-4f2kq0zd" {
			t.Errorf("function URL, %s: %d %s %s %s", lang, r.StatusCode, language, id, listener)
		}
		if r.Headers["Content-Type"] != "application/json" || r.Headers["Content-Language"] != lang || r.IsBase64Encoded == nil || *r.IsBase64Encoded {
			t.Errorf("function URL, %s: headers %v", lang, r.Headers)
		}
		if want := "https://book.example.com/" + lang + "/clb-readiness-check-failed/"; !strings.Contains(r.Body, want) {
			t.Errorf("answer lacks %s", want)
		}
	}

	t.Run("base64", func(t *testing.T) {
		body := base64.StdEncoding.EncodeToString([]byte(`{"reason":"CrashLoopBackOff"}`))
		r := parse(t, api.invoke(t, functionURL("POST", "/diagnose", "", body, true, map[string]string{"content-type": "application/json", "authorization": "Bearer s3cret"})))
		if _, id, _ := firstMatch(t, r.Body); id != "crash-loop-back-off" {
			t.Errorf("first match %s", id)
		}
	})
	t.Run("HTTP API with a stage", func(t *testing.T) {
		event := strings.NewReplacer(`"stage":"$default"`, `"stage":"prod"`, `"rawPath":"/diagnose"`, `"rawPath":"/prod/diagnose"`).
			Replace(functionURL("POST", "/diagnose", "", "Error", false, auth))
		r := parse(t, api.invoke(t, event))
		if _, id, _ := firstMatch(t, r.Body); id != "error" {
			t.Errorf("first match %s", id)
		}
	})
	t.Run("REST API", func(t *testing.T) {
		r := parse(t, api.invoke(t, toJSON(map[string]any{
			"resource": "/{proxy+}", "path": "/diagnose", "httpMethod": "POST",
			"headers":                         map[string]string{"Content-Type": "text/plain", "Authorization": "Bearer s3cret", "Accept-Language": "zh-CN"},
			"multiValueHeaders":               map[string][]string{"Content-Type": {"text/plain"}},
			"queryStringParameters":           nil,
			"multiValueQueryStringParameters": nil,
			"requestContext":                  map[string]any{"stage": "prod", "httpMethod": "POST", "path": "/prod/diagnose"},
			"body":                            clb, "isBase64Encoded": false,
		})))
		language, id, _ := firstMatch(t, r.Body)
		if r.StatusCode != 200 || language != "zh" || id != "clb-readiness-check-failed" {
			t.Errorf("%d %s %s", r.StatusCode, language, id)
		}
	})
	t.Run("load balancer", func(t *testing.T) {
		r := parse(t, api.invoke(t, toJSON(map[string]any{
			"requestContext": map[string]any{"elb": map[string]any{"targetGroupArn": "arn"}},
			"httpMethod":     "POST", "path": "/diagnose",
			"multiValueQueryStringParameters": map[string][]string{"lang": {"ja"}},
			"multiValueHeaders":               map[string][]string{"content-type": {"text/plain"}, "authorization": {"Bearer s3cret"}},
			"body":                            clb, "isBase64Encoded": false,
		})))
		language, _, _ := firstMatch(t, r.Body)
		if r.StatusDescription != "200 OK" || r.MultiValueHeaders["Content-Type"] == nil || language != "ja" {
			t.Errorf("%+v", r)
		}
	})
	t.Run("direct invocation needs no token", func(t *testing.T) {
		if _, id, _ := firstMatch(t, api.invoke(t, `{"reason":"ImagePullBackOff"}`)); id != "image-pull-back-off" {
			t.Errorf("first match %s", id)
		}
	})
	t.Run("faults", func(t *testing.T) {
		for _, test := range []struct {
			name, event string
			status      int
		}{
			{"no token", functionURL("POST", "/diagnose", "", "Error", false, map[string]string{"content-type": "text/plain"}), 401},
			{"wrong method", functionURL("GET", "/diagnose", "", "", false, nil), 405},
			{"unknown path", functionURL("GET", "/nothing", "", "", false, nil), 404},
			{"odd method", functionURL("A B", "/diagnose", "", "", false, nil), 405},
			{"empty body", functionURL("POST", "/diagnose", "", "", false, auth), 400},
			{"bad base64", functionURL("POST", "/diagnose", "", "!!", true, auth), 400},
			{"HTTP of no known frame", `{"headers":{"x":"y"},"body":"Error"}`, 404},
			{"health", functionURL("GET", "/healthz", "", "", false, nil), 200},
		} {
			if r := parse(t, api.invoke(t, test.event)); r.StatusCode != test.status {
				t.Errorf("%s: %d, want %d: %s", test.name, r.StatusCode, test.status, r.Body)
			}
		}
		for _, event := range []string{`{}`, `null`, `[]`, `"x"`, `{"reason":7}`} {
			if answer := api.invoke(t, event); !strings.Contains(answer, `"status": 422`) {
				t.Errorf("%s: %s", event, answer)
			}
		}
	})
}

func TestSCF(t *testing.T) {
	port := freePort(t)
	start(t, "_LAMBDA_SERVER_PORT="+port)
	var client *rpc.Client
	for began := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		var err error
		if client, err = rpc.Dial("tcp", "127.0.0.1:"+port); err == nil {
			break
		}
		if time.Since(began) > 10*time.Second {
			t.Fatal(err)
		}
	}
	defer client.Close()
	if err := client.Call("Function.Ping", &messages.PingRequest{}, &messages.PingResponse{}); err != nil {
		t.Fatal(err)
	}
	invoke := func(event string) string {
		t.Helper()
		deadline := time.Now().Add(10 * time.Second)
		var out messages.InvokeResponse
		err := client.Call("Function.Invoke", &messages.InvokeRequest{
			Payload:  []byte(event),
			Deadline: messages.InvokeRequest_Timestamp{Seconds: deadline.Unix()},
			// SCF hands the function's environment over with each event.
			Environment: `{"REASONBOOK_TOKEN":"s3cret","REASONBOOK_SITE_URL":"https://book.example.com/"}`,
		}, &out)
		if err != nil {
			t.Fatal(err)
		}
		if out.Error != nil {
			t.Fatalf("%+v", out.Error)
		}
		return string(out.Payload)
	}
	// The function URL's event, as Tencent documents it.
	frame := func(query map[string]string, token, body string) string {
		return toJSON(map[string]any{
			"httpMethod": "POST", "path": "/diagnose", "queryString": query, "body": body,
			"headers": map[string]any{"content-type": "text/plain", "authorization": "Bearer " + token, "x-scf-remote-addr": []string{"192.0.2.1"}},
		})
	}
	for _, lang := range []string{"ja", "en", "zh"} {
		r := parse(t, invoke(frame(map[string]string{"lang": lang}, "s3cret", clb)))
		language, id, listener := firstMatch(t, r.Body)
		if r.StatusCode != 200 || language != lang || id != "clb-readiness-check-failed" || listener != "lbl-4f2kq0zd" {
			t.Errorf("%s: %d %s %s %s", lang, r.StatusCode, language, id, listener)
		}
		if want := "https://book.example.com/" + lang + "/"; !strings.Contains(r.Body, want) {
			t.Errorf("answer lacks %s", want)
		}
	}
	if r := parse(t, invoke(frame(nil, "wrong", "Error"))); r.StatusCode != 401 {
		t.Errorf("wrong token: %d", r.StatusCode)
	}
	if _, id, _ := firstMatch(t, invoke(`{"reason":"PostStartHookError"}`)); id != "post-start-hook-error" {
		t.Errorf("bare event: %s", id)
	}
	if r := parse(t, invoke(toJSON(map[string]any{
		"payload": map[string]any{"reason": "Error"}, "isBase64Encoded": "false",
		"headers": map[string]string{"Content-Type": "application/json", "Authorization": "Bearer s3cret"},
	}))); r.StatusCode != 200 {
		t.Errorf("CLB trigger: %d", r.StatusCode)
	}
	if answer := invoke("not JSON"); !strings.Contains(answer, `"status": 400`) {
		t.Errorf("no JSON: %s", answer)
	}
}

func TestHTTP(t *testing.T) {
	port := freePort(t)
	base := "http://127.0.0.1:" + port
	cmd, stderr := start(t, "PORT="+port, "REASONBOOK_TOKEN=s3cret")
	waitFor(t, base+"/healthz")

	ask := func(body io.Reader) (*http.Response, error) {
		r, err := http.NewRequest(http.MethodPost, base+"/diagnose?lang=ja", body)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "text/plain")
		r.Header.Set("Authorization", "Bearer s3cret")
		return http.DefaultClient.Do(r)
	}
	res, err := ask(strings.NewReader(clb))
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(res.Body)
	res.Body.Close()
	if language, id, _ := firstMatch(t, string(body)); language != "ja" || id != "clb-readiness-check-failed" {
		t.Errorf("%s %s", language, id)
	}
	if res, err := http.Post(base+"/diagnose", "text/plain", strings.NewReader("Error")); err != nil || res.StatusCode != 401 {
		t.Errorf("without a token: %v %v", res, err)
	}

	// A request that is under way when the function is told to stop gets its answer.
	reader, writer := io.Pipe()
	type result struct {
		body string
		err  error
	}
	answered := make(chan result)
	go func() {
		res, err := ask(reader)
		if err != nil {
			answered <- result{err: err}
			return
		}
		defer res.Body.Close()
		body, err := io.ReadAll(res.Body)
		answered <- result{string(body), err}
	}()
	io.WriteString(writer, "CrashLoop")
	time.Sleep(200 * time.Millisecond) // for the server to have the beginning
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	for began := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		if _, err := net.Dial("tcp", "127.0.0.1:"+port); err != nil {
			break
		}
		if time.Since(began) > 5*time.Second {
			t.Fatal("still takes connections after SIGTERM")
		}
	}
	io.WriteString(writer, "BackOff")
	writer.Close()
	r := <-answered
	if r.err != nil {
		t.Fatalf("the request under way was cut off: %v", r.err)
	}
	if _, id, _ := firstMatch(t, r.body); id != "crash-loop-back-off" {
		t.Errorf("first match %s", id)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("exit: %v\n%s", err, stderr)
	}
	if s := stderr.String(); strings.Contains(s, "s3cret") || strings.Contains(s, "lbl-4f2kq0zd") || !strings.Contains(s, `"status":200`) {
		t.Errorf("log:\n%s", s)
	}
}

func waitFor(t testing.TB, url string) {
	t.Helper()
	for began := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		if res, err := http.Get(url); err == nil {
			res.Body.Close()
			return
		}
		if time.Since(began) > 10*time.Second {
			t.Fatal("does not answer: " + url)
		}
	}
}

func TestConfigurationFaults(t *testing.T) {
	for _, env := range [][]string{
		{"REASONBOOK_AUTH=nobody", "PORT=0"},
		{"PORT=nonsense"},
	} {
		cmd := exec.Command(binary)
		cmd.Env = env
		out, err := cmd.CombinedOutput()
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != 1 || !strings.HasPrefix(string(out), "diagnose: ") {
			t.Errorf("%v: %v\n%s", env, err, out)
		}
	}
}

// TestWithoutMarkdownParser: the function carries the compiled book only.
func TestWithoutMarkdownParser(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"goldmark", "yaml", "/site", "/internal/entry", "/internal/markdown"} {
		for line := range strings.Lines(string(out)) {
			if strings.Contains(line, path) {
				t.Errorf("the function imports %s", line)
			}
		}
	}
	content, err := os.ReadFile(binary)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(content, []byte("## Meaning\n")) {
		t.Error("the function carries the sources of the knowledge base")
	}
}
