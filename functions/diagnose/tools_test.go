package main

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

const clb = "Running Unhealthy:Readiness check failed according to l4 listener: lbl-4f2kq0zd of CLB lb-9x3kq2ma. Service: shop/cart-svc"

const pod = `{"kind":"Pod","apiVersion":"v1","metadata":{"name":"cart-1"},"status":{"containerStatuses":[{"name":"app","state":{"waiting":{"reason":"ImagePullBackOff"}}}]}}`

// cloudEvents are the forms that HTTP gives a CloudEvent.
var cloudEvents = map[string]struct {
	headers map[string]string
	body    string
}{
	"structured": {map[string]string{"content-type": "application/cloudevents+json"}, `{"specversion":"1.0","type":"t","source":"s","id":"1","data":` + pod + `}`},
	"binary":     {map[string]string{"content-type": "application/json", "ce-specversion": "1.0", "ce-type": "t", "ce-source": "s", "ce-id": "1"}, pod},
	"batched":    {map[string]string{"content-type": "application/cloudevents-batch+json"}, `[{"specversion":"1.0","type":"t","source":"s","id":"1","data":` + pod + `}]`},
}

// packed returns a text as CLS packs it: gzip in base64.
func packed(t *testing.T, text string) string {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write([]byte(text)); err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(out.Bytes())
}

// invocation is what an event may take, so long that a busy machine does not
// fail a test.
const invocation = 5 * time.Minute

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
