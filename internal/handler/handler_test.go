package handler_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/reasonbook/reasonbook/internal/answer"
	"github.com/reasonbook/reasonbook/internal/handler"
	"github.com/reasonbook/reasonbook/kb"
)

const clb = "Running Unhealthy:Readiness check failed according to l4 listener: lbl-4f2kq0zd of CLB lb-9x3kq2ma. Service: shop/cart-svc"

func open(t testing.TB) http.Handler {
	t.Helper()
	return handler.New(handler.Config{Book: kb.Book(), Open: true, SiteURL: "https://book.example.com"})
}

// post asks a handler; header is a list of names and values.
func post(h http.Handler, target, body string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, target, strings.NewReader(body))
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func get(h http.Handler, target string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, target, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func decode(t *testing.T, w *httptest.ResponseRecorder) answer.Document {
	t.Helper()
	if w.Code != http.StatusOK {
		t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	validate(t, "Answer", w.Body.Bytes())
	var doc answer.Document
	if err := json.Unmarshal(w.Body.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

// validate holds an answer to its schema in openapi.json.
func validate(t *testing.T, schema string, body []byte) {
	t.Helper()
	source, err := os.Open("../answer/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	defer source.Close()
	doc, err := jsonschema.UnmarshalJSON(source)
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("openapi.json", doc); err != nil {
		t.Fatal(err)
	}
	compiled, err := c.Compile("openapi.json#/components/schemas/" + schema)
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if err := compiled.Validate(value); err != nil {
		t.Errorf("answer is not what openapi.json says: %v\n%s", err, body)
	}
}

func TestDiagnoseText(t *testing.T) {
	for _, test := range []struct{ lang, title, step string }{
		{"en", "Readiness check failed according to l4 listener: the load balancer cannot reach the instance", "Application details > Basic information > Access configuration"},
		{"ja", "Readiness check failed according to l4 listener：ロードバランサーからインスタンスに接続できない", "アプリケーションの詳細 > 基本情報 > アクセス設定"},
		{"zh", "Readiness check failed according to l4 listener：负载均衡无法连接实例", "应用详情 > 基本信息 > 访问配置"},
	} {
		w := post(open(t), "/diagnose?lang="+test.lang, clb, "Content-Type", "text/plain; charset=utf-8")
		doc := decode(t, w)
		if got := w.Header().Get("Content-Language"); doc.Language != test.lang || got != test.lang {
			t.Errorf("language %q, Content-Language %q, want %q", doc.Language, got, test.lang)
		}
		if got := w.Header().Get("Vary"); got != "Accept, Accept-Language" {
			t.Errorf("Vary: %q", got)
		}
		m := doc.Diagnoses[0].Matches[0]
		if m.ID != "clb-readiness-check-failed" || m.Title != test.title || m.Kind != "state" {
			t.Errorf("%s: first match is %s %q (%s)", test.lang, m.ID, m.Title, m.Kind)
		}
		if m.Parameters["listener"] != "lbl-4f2kq0zd" || m.Parameters["clb"] != "lb-9x3kq2ma" || m.Parameters["service"] != "shop/cart-svc" {
			t.Errorf("parameters %v", m.Parameters)
		}
		if m.Evidence.Text != clb[m.Evidence.Start:m.Evidence.End] || m.Evidence.Text != clb {
			t.Errorf("evidence %+v", m.Evidence)
		}
		if want := "https://book.example.com/" + test.lang + "/clb-readiness-check-failed/"; m.URL != want {
			t.Errorf("url %q, want %q", m.URL, want)
		}
		steps := strings.Join(m.Steps, "\n")
		for _, want := range []string{test.step, "kubectl -n shop get service cart-svc", "lb-9x3kq2ma"} {
			if !strings.Contains(steps, want) {
				t.Errorf("%s: the steps lack %q:\n%s", test.lang, want, steps)
			}
		}
		if strings.Contains(steps+m.Meaning, "**") || strings.Contains(steps, "```") {
			t.Errorf("%s: markup in plain text:\n%s", test.lang, steps)
		}
		if len(m.Pictures) != 1 || !strings.HasPrefix(m.Pictures[0].URL, "https://qcloudimg.tencent-cloud.cn/raw/9f7d2818") || m.Pictures[0].Alt == "" {
			t.Errorf("pictures %v", m.Pictures)
		}
	}
}

func TestLanguage(t *testing.T) {
	for _, test := range []struct{ target, header, want string }{
		{"/diagnose", "", "en"},
		{"/diagnose", "ja", "ja"},
		{"/diagnose", "zh-CN,zh;q=0.9,en;q=0.8", "zh"},
		{"/diagnose", "zh-TW", "zh"},
		{"/diagnose", "fr, ja;q=0.5", "ja"},
		{"/diagnose", "fr", "en"},
		{"/diagnose", "*", "en"},
		{"/diagnose", ";;;q=\x00,,,", "en"},
		{"/diagnose", strings.Repeat("en-", 4000), "en"},
		{"/diagnose?lang=ja", "zh", "ja"},
		{"/diagnose?lang=zh-CN", "", "zh"},
		{"/diagnose?lang=JA", "", "ja"},
	} {
		w := post(open(t), test.target, "CrashLoopBackOff", "Content-Type", "text/plain", "Accept-Language", test.header)
		if got := decode(t, w).Language; got != test.want {
			t.Errorf("%s with Accept-Language %.40q: %s, want %s", test.target, test.header, got, test.want)
		}
	}
}

func TestFormats(t *testing.T) {
	hostile := "<script>alert(1)</script> `**x**` Running Unhealthy:Readiness check failed according to l4 listener: <b>lbl</b> of CLB $(reboot). Service: a`b`/c;d"
	for _, test := range []struct {
		accept, contentType string
		has, lacks          []string
	}{
		{"text/plain", "text/plain; charset=utf-8", []string{"Steps\n1. ", "Page: https://book.example.com/en/clb-readiness-check-failed/", "kubectl -n <service-namespace>"}, []string{"**", "$(reboot) -"}},
		{"text/markdown", "text/markdown; charset=utf-8", []string{"### Steps", "```sh\n", "](https://book.example.com/en/clb-readiness-check-failed/#clb=%24%28reboot%29&listener=", "`$(reboot)`"}, []string{"listener <b>"}},
		{"text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8", []string{`data-entry="clb-readiness-check-failed"`, "&lt;script&gt;alert(1)", "<code>$(reboot)</code>", `<textarea id="reason" name="reason"`}, []string{"<script>", "<b>lbl"}},
		{"*/*", "application/json", []string{`"diagnoses"`}, nil},
		{"image/png", "application/json", []string{`"diagnoses"`}, nil},
		{"text/html;q=0, text/plain;q=0.1", "text/plain; charset=utf-8", nil, nil},
		{"text/html;q=x, ;, text/markdown", "text/markdown; charset=utf-8", nil, nil},
	} {
		w := post(open(t), "/diagnose", hostile, "Content-Type", "text/plain", "Accept", test.accept)
		if w.Code != 200 || w.Header().Get("Content-Type") != test.contentType {
			t.Errorf("Accept %s: %d %s", test.accept, w.Code, w.Header().Get("Content-Type"))
		}
		for _, s := range test.has {
			if !strings.Contains(w.Body.String(), s) {
				t.Errorf("Accept %s: answer lacks %q:\n%s", test.accept, s, w.Body)
			}
		}
		for _, s := range test.lacks {
			if strings.Contains(w.Body.String(), s) {
				t.Errorf("Accept %s: answer holds %q:\n%s", test.accept, s, w.Body)
			}
		}
	}
	// Nothing from outside may become part of a command that people paste.
	w := post(open(t), "/diagnose", hostile, "Content-Type", "text/plain", "Accept", "text/plain")
	for line := range strings.Lines(w.Body.String()) {
		if strings.Contains(line, "kubectl -n") && strings.ContainsAny(line, "$`;") {
			t.Errorf("a command holds input: %s", line)
		}
	}
}

func TestSimpleForm(t *testing.T) {
	for _, test := range []struct {
		name, body string
		want       []string // ids of the first diagnosis
		field      string   // of the first evidence
		step       string   // in its steps
	}{
		{"reason and message", `{"namespace":"shop","instance":"cart-7d9f","container":"app","reason":"Running Unhealthy","message":"Readiness probe failed: HTTP probe failed with statuscode: 503"}`,
			[]string{"readiness-probe-failed"}, "message", "kubectl -n shop logs cart-7d9f -c app"},
		{"reason", `{"reason":"Error"}`, []string{"error"}, "reason", "<instance>"},
		{"exit code", `{"exitCode":137}`, []string{"error"}, "exitCode", ""},
		{"exit code that the reason explains", `{"reason":"OOMKilled","message":"CrashLoopBackOff","exitCode":137}`, []string{"crash-loop-back-off"}, "message", ""},
		{"cause before its state", `{"reason":"CrashLoopBackOff","message":"Liveness probe failed: x"}`, []string{"liveness-probe-failed", "crash-loop-back-off"}, "message", ""},
		{"a log line is no status", `{"reason":"CrashLoopBackOff","logs":"Error"}`, []string{"crash-loop-back-off"}, "reason", ""},
		{"nulls", `{"reason":"ImagePullBackOff","message":null,"logs":null,"exitCode":null,"object":null}`, []string{"image-pull-back-off"}, "reason", ""},
		{"object", `{"reason":"x","object":{"kind":"Pod","apiVersion":"v1","metadata":{"namespace":"shop","name":"cart-7d9f"},"status":{"containerStatuses":[{"name":"app","state":{"waiting":{"reason":"CrashLoopBackOff"}},"lastState":{"terminated":{"exitCode":1,"reason":"Error"}}}]}}}`,
			[]string{"crash-loop-back-off", "error"}, "object.status.containerStatuses[0].state.waiting.reason", "kubectl -n shop logs cart-7d9f -c app --previous"},
		{"hostile names", `{"namespace":"$(reboot)","instance":"-o yaml","container":"a\nb","reason":"Readiness probe failed"}`, []string{"readiness-probe-failed"}, "reason", "kubectl -n <namespace> logs <instance> -c <container>"},
	} {
		t.Run(test.name, func(t *testing.T) {
			doc := decode(t, post(open(t), "/diagnose", test.body, "Content-Type", "application/json"))
			var ids []string
			for _, m := range doc.Diagnoses[0].Matches {
				ids = append(ids, m.ID)
			}
			if strings.Join(ids, " ") != strings.Join(test.want, " ") {
				t.Fatalf("matches %v, want %v", ids, test.want)
			}
			m := doc.Diagnoses[0].Matches[0]
			if m.Evidence.Field != test.field {
				t.Errorf("evidence in %q, want %q", m.Evidence.Field, test.field)
			}
			if !strings.Contains(strings.Join(m.Steps, "\n"), test.step) {
				t.Errorf("steps lack %q:\n%s", test.step, strings.Join(m.Steps, "\n"))
			}
		})
	}
}

// TestBatch: a fault in one item of a batch never costs the others.
func TestBatch(t *testing.T) {
	doc := decode(t, post(open(t), "/diagnose", `[{"reason":"CrashLoopBackOff"},{"what":"is this"},7,{"reason":5},{"instance":"a","reason":"Running Healthy"},{"reason":"ImagePullBackOff"}]`, "Content-Type", "application/json"))
	if n := len(doc.Diagnoses); n != 3 || len(doc.Errors) != 3 {
		t.Fatalf("%d diagnoses, errors %+v", n, doc.Errors)
	}
	if doc.Diagnoses[0].Matches[0].ID != "crash-loop-back-off" || doc.Diagnoses[2].Matches[0].ID != "image-pull-back-off" {
		t.Errorf("the good items are not diagnosed: %+v", doc)
	}
	for i, place := range []string{"[1]", "[2]", "[3]"} {
		if e := doc.Errors[i]; e.Place != place || e.Status != 422 || e.Title == "" {
			t.Errorf("error at %s: %+v", place, e)
		}
	}
	if d := doc.Diagnoses[1]; d.Ignored == "" || len(d.Matches) != 0 || doc.Ignored != "" {
		t.Errorf("a healthy item: %+v; ignored as a whole: %q", d, doc.Ignored)
	}
	for _, format := range []string{"text/plain", "text/markdown", "text/html"} {
		w := post(open(t), "/diagnose?lang=ja", `[{"reason":"CrashLoopBackOff"},{"reason":5}]`, "Content-Type", "application/json", "Accept", format)
		if !strings.Contains(w.Body.String(), "リクエストの形式を判別できません") || strings.Contains(w.Body.String(), "must be") {
			t.Errorf("%s: %s", format, w.Body)
		}
	}
}

func TestNothingToDiagnose(t *testing.T) {
	for _, text := range []string{" succeeded\n", "healthy", "Running Healthy\n"} {
		doc := decode(t, post(open(t), "/diagnose", text, "Content-Type", "text/plain"))
		if doc.Ignored == "" || len(doc.Diagnoses[0].Matches) != 0 || len(doc.Diagnoses[0].Nearest) != 0 {
			t.Errorf("%q: %+v", text, doc)
		}
	}
	doc := decode(t, post(open(t), "/diagnose?lang=ja", `{"instance":"cart-1","reason":"Running Healthy"}`, "Content-Type", "application/json"))
	if doc.Ignored == "" || len(doc.Diagnoses[0].Matches) != 0 {
		t.Errorf("healthy: %+v", doc)
	}
	doc = decode(t, post(open(t), "/diagnose", " Running\n", "Content-Type", "text/plain"))
	if doc.Ignored != "" || !strings.Contains(doc.Note, "not whether every container is ready") || len(doc.Diagnoses[0].Matches) != 0 {
		t.Errorf("running, of unknown readiness: %+v", doc)
	}
	doc = decode(t, post(open(t), "/diagnose", "the weather is fine", "Content-Type", "text/plain"))
	if d := doc.Diagnoses[0]; len(d.Matches) != 0 || d.Nearest == nil || len(d.Nearest) != 0 {
		t.Errorf("about nothing: %+v", d)
	}
	doc = decode(t, post(open(t), "/diagnose", "CrashLopBackOf", "Content-Type", "text/plain"))
	if d := doc.Diagnoses[0]; len(d.Matches) != 0 || len(d.Nearest) == 0 || d.Nearest[0] != "crash-loop-back-off" {
		t.Errorf("misspelt: %+v", d)
	}
}

func TestTEM(t *testing.T) {
	const pods = `{"TotalCount":3,"PodList":[
		{"PodId":"cart-1","Status":"CrashLoopBackOff","ContainerState":"waiting","Ready":false,"RestartCount":0,"Unhealthy":null,"UnhealthyWarningMsg":""},
		{"PodId":"cart-2","Status":"Running","ContainerState":"running","Ready":false,"Unhealthy":true,"UnhealthyWarningMsg":"Readiness check failed according to l4 listener: lbl-1 of CLB lb-1. Service: shop/cart"},
		{"PodId":"cart-3","Status":"Running","ContainerState":"running","Ready":true,"Unhealthy":null,"UnhealthyWarningMsg":""}]}`
	for _, body := range []string{pods, `{"Result":` + pods + `}`, `{"Response":{"RequestId":"x","Result":` + pods + `}}`} {
		doc := decode(t, post(open(t), "/diagnose", body, "Content-Type", "application/json"))
		if len(doc.Diagnoses) != 3 {
			t.Fatalf("%d diagnoses of %s", len(doc.Diagnoses), body)
		}
		if m := doc.Diagnoses[0].Matches; len(m) != 1 || m[0].ID != "crash-loop-back-off" {
			t.Errorf("first pod: %+v", m)
		}
		if m := doc.Diagnoses[1].Matches; len(m) != 1 || m[0].ID != "clb-readiness-check-failed" || m[0].Parameters["listener"] != "lbl-1" {
			t.Errorf("second pod: %+v", m)
		}
		if d := doc.Diagnoses[2]; d.Subject.Name != "cart-3" || d.Ignored == "" || len(d.Matches) != 0 {
			t.Errorf("third pod: %+v", d)
		}
	}
}

func TestKubernetesObjects(t *testing.T) {
	const list = `{"kind":"List","apiVersion":"v1","items":[
		{"kind":"Pod","apiVersion":"v1","metadata":{"namespace":"shop","name":"cart-1"},"status":{"phase":"Pending","containerStatuses":[{"name":"app","state":{"waiting":{"reason":"ContainerCreating"}}}]}},
		{"kind":"Event","apiVersion":"v1","involvedObject":{"kind":"Pod","namespace":"shop","name":"cart-1","fieldPath":"spec.containers{app}"},"type":"Normal","reason":"BackOff","message":"Back-off pulling image \"nginx:1.99\""},
		{"kind":"Pod","apiVersion":"v1","metadata":{"namespace":"shop","name":"web-1"},"status":{"phase":"Running","containerStatuses":[{"name":"app","ready":true,"state":{"running":{}},"lastState":{"terminated":{"exitCode":1,"reason":"Error"}}}]}},
		{"kind":"Event","apiVersion":"events.k8s.io/v1","regarding":{"kind":"Pod","namespace":"shop","name":"api-1"},"reason":"Unhealthy","note":"Liveness probe failed: x"},
		{"metadata":5}]}`
	doc := decode(t, post(open(t), "/diagnose", list, "Content-Type", "application/json"))
	if len(doc.Diagnoses) != 3 {
		t.Fatalf("%d diagnoses", len(doc.Diagnoses))
	}
	d := doc.Diagnoses[0]
	if d.Subject.Name != "cart-1" || d.Subject.Container != "app" || len(d.Matches) != 2 || d.Matches[0].ID != "image-pull-back-off" || d.Matches[0].Parameters["image"] != "nginx:1.99" {
		t.Errorf("the event belongs to the pod: %+v", d)
	}
	if d := doc.Diagnoses[1]; d.Ignored == "" || len(d.Matches) != 0 {
		t.Errorf("a pod that runs again is healthy: %+v", d)
	}
	if d := doc.Diagnoses[2]; d.Subject.Name != "api-1" || len(d.Matches) != 1 || d.Matches[0].ID != "liveness-probe-failed" {
		t.Errorf("event of events.k8s.io: %+v", d)
	}
	if len(doc.Errors) != 1 || doc.Errors[0].Place != "items[4]" || doc.Errors[0].Status != 422 {
		t.Errorf("damaged item: %+v", doc.Errors)
	}
}

func TestProblems(t *testing.T) {
	closed := handler.New(handler.Config{Book: kb.Book()})
	secret := handler.New(handler.Config{Book: kb.Book(), Token: "s3cret"})
	for _, test := range []struct {
		name    string
		handler http.Handler
		method  string
		target  string
		body    string
		header  []string
		status  int
		code    string
	}{
		{"empty", nil, "POST", "/diagnose", "", []string{"Content-Type", "text/plain"}, 400, "empty-body"},
		{"blank", nil, "POST", "/diagnose", " \n\t", []string{"Content-Type", "text/plain"}, 400, "empty-body"},
		{"invalid UTF-8", nil, "POST", "/diagnose", "Error\xff\xfe", []string{"Content-Type", "text/plain"}, 400, "invalid-utf-8"},
		{"invalid UTF-8 in JSON", nil, "POST", "/diagnose", "{\"reason\":\"\xff\"}", []string{"Content-Type", "application/json"}, 400, "invalid-utf-8"},
		{"truncated JSON", nil, "POST", "/diagnose", `{"reason":"Err`, []string{"Content-Type", "application/json"}, 400, "invalid-json"},
		{"two documents", nil, "POST", "/diagnose", `{"reason":"Error"}{"reason":"Error"}`, []string{"Content-Type", "application/json"}, 400, "invalid-json"},
		{"too deep", nil, "POST", "/diagnose", strings.Repeat("[", 20000) + strings.Repeat("]", 20000), []string{"Content-Type", "application/json"}, 400, "invalid-json"},
		{"wrong type of JSON", nil, "POST", "/diagnose", `"CrashLoopBackOff"`, []string{"Content-Type", "application/json"}, 422, "unknown-form"},
		{"null", nil, "POST", "/diagnose", `null`, []string{"Content-Type", "application/json"}, 422, "unknown-form"},
		{"empty object", nil, "POST", "/diagnose", `{}`, []string{"Content-Type", "application/json"}, 422, "unknown-form"},
		{"empty array", nil, "POST", "/diagnose", `[]`, []string{"Content-Type", "application/json"}, 422, "unknown-form"},
		{"wrong type of field", nil, "POST", "/diagnose", `{"reason":["Error"]}`, []string{"Content-Type", "application/json"}, 422, "unknown-form"},
		{"exit code as text", nil, "POST", "/diagnose", `{"exitCode":"137"}`, []string{"Content-Type", "application/json"}, 422, "unknown-form"},
		{"nothing said", nil, "POST", "/diagnose", `{"reason":"","message":" "}`, []string{"Content-Type", "application/json"}, 422, "unknown-form"},
		{"resolved alert", nil, "POST", "/diagnose", `{"status":"resolved","alerts":[{"labels":{"reason":"CrashLoopBackOff"}}],"message":"CrashLoopBackOff"}`, []string{"Content-Type", "application/json"}, 422, "unknown-form"},
		{"list without pods", nil, "POST", "/diagnose", `{"Response":{"Result":{"TotalCount":0,"PodList":[]}}}`, []string{"Content-Type", "application/json"}, 422, "unknown-form"},
		{"list without items", nil, "POST", "/diagnose", `{"kind":"List","apiVersion":"v1","items":[]}`, []string{"Content-Type", "application/json"}, 422, "unknown-form"},
		{"object of no kind", nil, "POST", "/diagnose", `{"object":[1]}`, []string{"Content-Type", "application/json"}, 422, "unknown-form"},
		{"array of strangers", nil, "POST", "/diagnose", `[1,"a"]`, []string{"Content-Type", "application/json"}, 422, "unknown-form"},
		{"unknown type", nil, "POST", "/diagnose", "x", []string{"Content-Type", "image/png"}, 415, "unsupported-media-type"},
		{"hostile type", nil, "POST", "/diagnose", "x", []string{"Content-Type", "text/plain; charset=\"\x01;;"}, 415, "unsupported-media-type"},
		{"other charset", nil, "POST", "/diagnose", "x", []string{"Content-Type", "text/plain; charset=gbk"}, 415, "unsupported-media-type"},
		{"unknown encoding", nil, "POST", "/diagnose", "x", []string{"Content-Type", "text/plain", "Content-Encoding", "br"}, 415, "unsupported-media-type"},
		{"false gzip", nil, "POST", "/diagnose", "x", []string{"Content-Type", "text/plain", "Content-Encoding", "gzip"}, 400, "damaged-body"},
		{"gzip that breaks off", nil, "POST", "/diagnose", zip("CrashLoopBackOff")[:20], []string{"Content-Type", "text/plain", "Content-Encoding", "gzip"}, 400, "damaged-body"},
		{"curl without a type", nil, "POST", "/diagnose", "CrashLoopBackOff", []string{"Content-Type", "application/x-www-form-urlencoded"}, 422, "unknown-form"},
		{"empty form", nil, "POST", "/diagnose", "reason=+", []string{"Content-Type", "application/x-www-form-urlencoded"}, 400, "empty-body"},
		{"10 MiB", nil, "POST", "/diagnose", strings.Repeat("x", 10<<20), []string{"Content-Type", "text/plain"}, 413, "too-large"},
		{"10 MiB, zipped", nil, "POST", "/diagnose", zip(strings.Repeat("x", 10<<20)), []string{"Content-Type", "text/plain", "Content-Encoding", "gzip"}, 413, "too-large"},
		{"large header", nil, "POST", "/diagnose", "Error", []string{"Content-Type", "text/plain", "X-Anything", strings.Repeat("x", 40<<10)}, 431, "header-too-large"},
		{"wrong method", nil, "GET", "/diagnose", "", nil, 405, "method-not-allowed"},
		{"odd method", nil, "BREW", "/healthz", "", nil, 405, "method-not-allowed"},
		{"unknown path", nil, "GET", "/nowhere", "", nil, 404, "not-found"},
		{"path like another", nil, "POST", "/diagnose/", "x", nil, 404, "not-found"},
		{"unknown language", nil, "POST", "/diagnose?lang=tlh", "Error", []string{"Content-Type", "text/plain"}, 400, "unknown-language"},
		{"hostile language", nil, "POST", "/diagnose?lang=%00%ff..%2f", "Error", []string{"Content-Type", "text/plain"}, 400, "unknown-language"},
		{"no token set", closed, "POST", "/diagnose", "Error", []string{"Content-Type", "text/plain", "Authorization", "Bearer "}, 401, "unauthorized"},
		{"no credentials", secret, "POST", "/diagnose", "Error", []string{"Content-Type", "text/plain"}, 401, "unauthorized"},
		{"wrong token", secret, "POST", "/diagnose", "Error", []string{"Content-Type", "text/plain", "Authorization", "Bearer s3cre"}, 401, "unauthorized"},
		{"wrong scheme", secret, "POST", "/diagnose", "Error", []string{"Content-Type", "text/plain", "Authorization", "Token s3cret"}, 401, "unauthorized"},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := test.handler
			if h == nil {
				h = open(t)
			}
			r := httptest.NewRequest(test.method, test.target, strings.NewReader(test.body))
			for i := 0; i < len(test.header); i += 2 {
				r.Header.Set(test.header[i], test.header[i+1])
			}
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if w.Code != test.status || w.Header().Get("Content-Type") != "application/problem+json" {
				t.Fatalf("status %d, %s: %s", w.Code, w.Header().Get("Content-Type"), w.Body)
			}
			validate(t, "Problem", w.Body.Bytes())
			var p answer.Problem
			if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
				t.Fatal(err)
			}
			if p.Status != test.status || !strings.HasSuffix(p.Type, ":"+test.code) || p.Title == "" {
				t.Errorf("problem %+v, want %s", p, test.code)
			}
			if (test.status == 405) != (w.Header().Get("Allow") != "") || (test.status == 401) != (w.Header().Get("WWW-Authenticate") != "") {
				t.Errorf("headers %v", w.Header())
			}
			for _, lang := range []string{"ja", "zh"} {
				r := httptest.NewRequest(test.method, test.target, strings.NewReader(test.body))
				for i := 0; i < len(test.header); i += 2 {
					r.Header.Set(test.header[i], test.header[i+1])
				}
				r.Header.Set("Accept-Language", lang)
				r.Header.Set("Accept", "text/html")
				page := httptest.NewRecorder()
				h.ServeHTTP(page, r)
				if test.status == 431 { // refused before its Accept is read
					continue
				}
				if page.Code != test.status || !strings.Contains(page.Body.String(), `<html lang="`+lang) || strings.Contains(page.Body.String(), p.Title) {
					t.Errorf("%s page: %d\n%.300s", lang, page.Code, page.Body)
				}
				// What to do stands there in the reader's language, the English detail does not.
				_, hint, _ := strings.Cut(page.Body.String(), `<p class="note">`)
				hint, _, _ = strings.Cut(hint, "</p>")
				if !strings.ContainsFunc(hint, func(r rune) bool { return unicode.In(r, unicode.Han, unicode.Katakana) }) {
					t.Errorf("%s page says %q", lang, hint)
				}
				if p.Detail != "" && strings.Contains(page.Body.String(), html.EscapeString(p.Detail)) {
					t.Errorf("%s page says %q", lang, p.Detail)
				}
			}
		})
	}
}

// TestRefusedWhileSending: a client that sends its whole body before it reads
// gets the answer, not a reset connection.
func TestRefusedWhileSending(t *testing.T) {
	for _, test := range []struct {
		name    string
		handler http.Handler
		size    int
		want    string
	}{
		{"too large", open(t), 10 << 20, " 413 "},
		{"no token", handler.New(handler.Config{Book: kb.Book(), Token: "s3cret"}), 5 << 20, " 401 "},
	} {
		server := httptest.NewServer(test.handler)
		conn, err := net.Dial("tcp", server.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(conn, "POST /diagnose HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n", test.size)
		if _, err := conn.Write(bytes.Repeat([]byte("x"), test.size)); err != nil {
			t.Errorf("%s: sending: %v", test.name, err)
		}
		line, err := bufio.NewReader(conn).ReadString('\n')
		if err != nil || !strings.Contains(line, test.want) {
			t.Errorf("%s: %q %v", test.name, line, err)
		}
		conn.Close()
		server.Close()
	}
}

func zip(s string) string {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	io.WriteString(w, s)
	w.Close()
	return out.String()
}

func TestToken(t *testing.T) {
	h := handler.New(handler.Config{Book: kb.Book(), Token: "s3cret"})
	for _, authorization := range []string{"Bearer s3cret", "bearer  s3cret"} {
		if w := post(h, "/diagnose", "Error", "Content-Type", "text/plain", "Authorization", authorization); w.Code != 200 {
			t.Errorf("%s: %d", authorization, w.Code)
		}
	}
	for _, path := range []string{"/healthz", "/openapi.json", "/kb.json"} {
		if w := get(h, path); w.Code != 200 {
			t.Errorf("GET %s needs a token: %d", path, w.Code)
		}
	}
}

func TestContentTypes(t *testing.T) {
	for _, test := range []struct{ contentType, body string }{
		{"", "CrashLoopBackOff"},
		{"", `{"reason":"CrashLoopBackOff"}`},
		{"", `[{"reason":"CrashLoopBackOff"}]`},
		{"", "[pod] CrashLoopBackOff"},
		{"text/plain", "\ufeffCrashLoopBackOff"},
		{"application/json; charset=UTF-8", "\ufeff{\"reason\":\"CrashLoopBackOff\"}"},
		{"application/cloudevents+json", `{"reason":"CrashLoopBackOff"}`},
		{"application/x-www-form-urlencoded", url.Values{"reason": {"CrashLoopBackOff"}}.Encode()},
	} {
		doc := decode(t, post(open(t), "/diagnose", test.body, "Content-Type", test.contentType))
		if m := doc.Diagnoses[0].Matches; len(m) == 0 || m[0].ID != "crash-loop-back-off" {
			t.Errorf("%q %q: %+v", test.contentType, test.body, m)
		}
	}
	doc := decode(t, post(open(t), "/diagnose", zip("CrashLoopBackOff"), "Content-Type", "text/plain", "Content-Encoding", "gzip"))
	if doc.Diagnoses[0].Matches[0].ID != "crash-loop-back-off" {
		t.Errorf("gzip: %+v", doc)
	}
}

func TestKnowledgeBase(t *testing.T) {
	w := get(open(t), "/kb.json")
	validate(t, "KnowledgeBase", w.Body.Bytes())
	if n := strings.Count(w.Body.String(), `"id":`); n != len(kb.Book().Entries) {
		t.Errorf("%d entries of %d", n, len(kb.Book().Entries))
	}
}

// TestLog: what is logged of a request holds nothing that the caller chose.
func TestLog(t *testing.T) {
	var log bytes.Buffer
	h := handler.New(handler.Config{Book: kb.Book(), Token: "s3cret", Log: slog.New(slog.NewTextHandler(&log, nil))})
	post(h, "/diagnose?lang=ja&secret=PRIVATE1", "PRIVATE2 CrashLoopBackOff", "Content-Type", "text/plain", "Authorization", "Bearer s3cret", "X-Key", "PRIVATE3")
	post(h, "/hook/PRIVATE4", "PRIVATE5", "Authorization", "Bearer PRIVATE6")
	r := httptest.NewRequest("PRIVATE7", "/", nil)
	h.ServeHTTP(httptest.NewRecorder(), r)
	if s := log.String(); strings.Contains(s, "PRIVATE") || strings.Contains(s, "s3cret") || strings.Count(s, "msg=request") != 3 {
		t.Errorf("log:\n%s", s)
	}
	if !strings.Contains(log.String(), "route=/diagnose status=200 language=ja matches=1") {
		t.Errorf("log:\n%s", log.String())
	}
}

func TestSite(t *testing.T) {
	long := strings.Repeat("text ", 500)
	h := handler.New(handler.Config{Book: kb.Book(), Open: true, Site: &handler.Site{
		Policy: func(page []byte) string { return "default-src 'none'; img-src " + string(page[:4]) },
		Files: map[string][]byte{
			"index.html": []byte("root"), "ja/index.html": []byte("home"), "ja/error/index.html": []byte("page"),
			"ja/error/index.md": []byte(long), "ja/404.html": []byte("nowhere"),
			"assets/site.css": []byte("css"), "assets/m.wasm": []byte("wasm"), "assets/m.wasm.br": []byte("br"), "assets/m.wasm.gz": []byte("gz"),
			"_redirects": []byte("/ja/old/ /ja/error/ 301\n/ /en/ 302 Language=en\n"),
		},
	}})
	for _, test := range []struct {
		target, header, value string
		status                int
		body, location        string
	}{
		{"/", "Accept-Language", "en", 302, "", "/en/"},
		{"/", "Accept-Language", "de, ja;q=0.5", 302, "", "/ja/"},
		{"/", "", "", 302, "", "/en/"},
		{"/ja/", "", "", 200, "home", ""},
		{"/ja", "", "", 301, "", "/ja/"},
		{"/ja/error", "", "", 301, "", "/ja/error/"},
		{"/ja/error/", "Accept-Language", "zh", 200, "page", ""},
		{"/ja/error/?lang=fr", "", "", 200, "page", ""},
		{"/ja//error/", "", "", 301, "", "/ja/error/"},
		{"/ja/error/index.html/", "", "", 301, "", "/ja/error/index.html"},
		{"/ja/old/", "", "", 301, "", "/ja/error/"},
		{"/assets/site.css", "", "", 200, "css", ""},
		{"/assets/m.wasm", "Accept-Encoding", "gzip, deflate, br", 200, "br", ""},
		{"/assets/m.wasm", "Accept-Encoding", "gzip;q=1, br; q=0", 200, "gz", ""},
		{"/assets/m.wasm", "Accept-Encoding", "gzip;q=0.0, br;q=0.5", 200, "br", ""},
		{"/assets/m.wasm", "Accept-Encoding", "identity", 200, "wasm", ""},
		{"/ja/error/index.md", "Accept-Encoding", "br", 200, long, ""},
		{"/../../etc/passwd", "", "", 404, "", ""},
		{"/ja/nothing/", "Accept", "text/html", 404, "nowhere", ""},
		{"/ja/nothing/", "Accept", "application/json", 404, "", ""},
		{"//example.com/", "", "", 404, "", ""},
	} {
		w := get(h, test.target, test.header, test.value)
		if w.Code != test.status || test.body != "" && w.Body.String() != test.body || w.Header().Get("Location") != test.location {
			t.Errorf("%s, %s: %d %q %q", test.target, test.value, w.Code, w.Body, w.Header().Get("Location"))
		}
	}
	w := get(h, "/ja/error/")
	if got := w.Header().Get("Content-Language"); got != "ja" {
		t.Errorf("Content-Language of a Japanese page: %s", got)
	}
	if csp := w.Header().Get("Content-Security-Policy"); csp != "default-src 'none'; img-src page; frame-ancestors 'none'" {
		t.Errorf("CSP: %s", csp)
	}
	for _, known := range []string{w.Header().Get("ETag"), `"other", W/` + w.Header().Get("ETag")} {
		if again := get(h, "/ja/error/", "If-None-Match", known); again.Code != 304 {
			t.Errorf("unchanged page, %s: %d", known, again.Code)
		}
	}
	zipped := get(h, "/ja/error/index.md", "Accept-Encoding", "gzip")
	reader, err := gzip.NewReader(zipped.Body)
	if err != nil || zipped.Header().Get("Content-Encoding") != "gzip" || zipped.Header().Get("Content-Type") != "text/markdown; charset=utf-8" {
		t.Fatalf("compressed page: %v %v", err, zipped.Header())
	}
	if body, err := io.ReadAll(reader); err != nil || string(body) != long {
		t.Errorf("compressed page: %v %.20q", err, body)
	}
}

func FuzzDiagnose(f *testing.F) {
	for _, seed := range []string{clb, "", "\xff", "{", `{"reason":"Error"}`, `[{"object":{"kind":"List","items":[{}]}}]`, `{"PodList":[{}]}`, `{"exitCode":1e9}`, "reason=a%ff"} {
		f.Add(seed, "text/plain", "text/html", "ja")
		f.Add(seed, "application/json", "text/markdown", "zh")
		f.Add(seed, "", "", "")
		f.Add(seed, "application/x-www-form-urlencoded", "text/plain", "en")
	}
	h := open(f)
	f.Fuzz(func(t *testing.T, body, contentType, accept, lang string) {
		r := httptest.NewRequest(http.MethodPost, "/diagnose", strings.NewReader(body))
		r.URL.RawQuery = url.Values{"lang": {lang}}.Encode()
		r.Header.Set("Content-Type", contentType)
		r.Header.Set("Accept", accept)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		switch w.Code {
		case 200, 400, 413, 415, 422:
		default:
			t.Fatalf("status %d", w.Code)
		}
		if !utf8.Valid(w.Body.Bytes()) {
			t.Fatal("answer is not valid UTF-8")
		}
		switch contentType := w.Header().Get("Content-Type"); contentType {
		case "application/json", "application/problem+json":
			if !json.Valid(w.Body.Bytes()) {
				t.Fatalf("answer is not valid JSON: %s", w.Body)
			}
		case "text/plain; charset=utf-8", "text/markdown; charset=utf-8":
		case "text/html; charset=utf-8":
			page := strings.ReplaceAll(strings.ToLower(w.Body.String()), `<script src="https://book.example.com/assets/`, "")
			if strings.Contains(page, "<script") {
				t.Fatalf("input became markup: %s", w.Body)
			}
		default:
			t.Fatalf("Content-Type %q", contentType)
		}
	})
}
