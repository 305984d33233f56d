package main

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/rpc"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/tencentyun/scf-go-lib/cloudfunction/messages"
)

// The largest event that Lambda and SCF pass to a function, and the largest
// body that it takes by HTTP, in bytes.
const (
	largestEvent = 6_000_000
	largestBody  = 6 << 20
)

// A form is a request of the largest size.
type form struct {
	name, contentType, accept string
	gzip                      bool // the size is that of the body unpacked
	body                      func(size int) string
}

func fillUp(size int, before, part, between, after string) string {
	n := (size - len(before) - len(after) + len(between)) / (len(part) + len(between))
	return before + strings.Repeat(part+between, n-1) + part + after
}

func podList(size int) string {
	const pod = `{"kind":"Pod","apiVersion":"v1","metadata":{"namespace":"shop","name":"cart-7d9f8b6c5d-%06d"},"status":{"phase":"Running","containerStatuses":[{"name":"app","restartCount":9,"state":{"waiting":{"reason":"CrashLoopBackOff","message":"back-off 5m0s restarting failed container=app"}},"lastState":{"terminated":{"exitCode":1,"reason":"Error"}}}]}}`
	var out strings.Builder
	out.WriteString(`{"kind":"List","apiVersion":"v1","items":[`)
	for i := 0; out.Len()+len(pod)+10 < size; i++ {
		if i > 0 {
			out.WriteString(",")
		}
		fmt.Fprintf(&out, pod, i)
	}
	out.WriteString("]}")
	return out.String()
}

var forms = []form{
	{"text", "text/plain", "application/json", false, func(n int) string { return fillUp(n, "", "a", " ", "") }},
	{"text-html", "text/plain", "text/html", false, func(n int) string { return fillUp(n, "", "a'", " ", "") }},
	{"CJK", "text/plain", "application/json", false, func(n int) string { return fillUp(n, "", "界", "", "") }},
	{"gzip", "text/plain", "application/json", true, func(n int) string { return fillUp(n, "", "a", " ", "") }},
	{"gzip-pods", "application/json", "application/json", true, podList},
	{"form", "application/x-www-form-urlencoded", "text/html", false, func(n int) string { return fillUp(n, "reason=", "a", "+", "") }},
	{"logs", "application/json", "application/json", false, func(n int) string { return fillUp(n, `{"logs":"`, `a \"b\"\n`, "", `"}`) }},
	{"pods", "application/json", "application/json", false, podList},
	{"pods-text", "application/json", "text/plain", false, podList},
	{"pods-html", "application/json", "text/html", false, podList},
	{"array", "application/json", "application/json", false, func(n int) string { return fillUp(n, "[", `{"reason":"PostStartHookError"}`, ",", "]") }},
	{"zeros", "application/json", "application/json", false, func(n int) string { return fillUp(n, `[{"reason":"Error"},`, "0", ",", "]") }},
}

// headers are those of the form in an event.
func (f form) headers() map[string]string {
	h := map[string]string{"content-type": f.contentType, "accept": f.accept}
	if f.gzip {
		h["content-encoding"] = "gzip"
	}
	return h
}

// pack returns the body as the form sends it.
func (f form) pack(body string) string {
	if !f.gzip {
		return body
	}
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	io.WriteString(w, body)
	w.Close()
	return zipped.String()
}

// inEvent returns the body as the form sends it in an event, in base64 if it is
// binary.
func (f form) inEvent(body string) string {
	if !f.gzip {
		return body
	}
	return base64.StdEncoding.EncodeToString([]byte(f.pack(body)))
}

// BenchmarkMemory measures what one request of the largest size needs of a
// fresh process, on each host: its peak resident set (VmHWM), binary and all,
// and its processor time. idle is a process that has answered a short request.
//
//	go test ./functions/diagnose -run '^$' -bench Memory -benchtime 1x
func BenchmarkMemory(b *testing.B) {
	for _, host := range []struct {
		name string
		size int
		// start starts the function and returns how to ask it.
		start func(b *testing.B) (*exec.Cmd, func(f form, body string) string)
	}{{"http", largestBody, askHTTP}, {"lambda", largestEvent, askLambda}, {"scf", largestEvent, askSCF}} {
		idle := form{name: "idle", contentType: "text/plain", body: func(int) string { return "Error" }}
		for _, f := range append([]form{idle}, forms...) {
			b.Run(host.name+"/"+f.name, func(b *testing.B) {
				body := f.body(largestBody)
				if host.name != "http" && !f.gzip { // the event has to fit, its frame and escapes too
					body = f.body(host.size)
					body = f.body(host.size - len(toJSON(body)) + len(body) - 1000)
				}
				var peak, processor float64
				for b.Loop() {
					cmd, ask := host.start(b)
					if answer := ask(f, body); len(answer) > 6_000_000 || !strings.Contains(answer, "iagnos") {
						b.Fatalf("%d bytes: %.300s", len(answer), answer)
					}
					peak = max(peak, peakMemory(b, cmd))
					cmd.Process.Kill()
					cmd.Wait()
					processor = max(processor, (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds())
				}
				b.ReportMetric(peak, "peak-MB")
				b.ReportMetric(processor, "cpu-s")
				b.ReportMetric(0, "ns/op") // of start, request and the machine's other work
			})
		}
	}
}

// peakMemory returns the peak resident set of a process, in MB.
func peakMemory(b *testing.B, cmd *exec.Cmd) float64 {
	b.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", cmd.Process.Pid))
	if err != nil {
		b.Skip("there is no /proc here")
	}
	_, line, _ := strings.Cut(string(status), "VmHWM:")
	var kB float64
	if _, err := fmt.Sscan(line, &kB); err != nil {
		b.Fatal(err)
	}
	return kB * 1024 / 1e6
}

func askHTTP(b *testing.B) (*exec.Cmd, func(form, string) string) {
	port := freePort(b)
	cmd, _ := start(b, "PORT="+port, "REASONBOOK_AUTH=none")
	waitFor(b, "http://127.0.0.1:"+port+"/healthz")
	return cmd, func(f form, body string) string {
		r, err := http.NewRequest(http.MethodPost, "http://127.0.0.1:"+port+"/diagnose", strings.NewReader(f.pack(body)))
		if err != nil {
			b.Fatal(err)
		}
		for name, value := range f.headers() {
			r.Header.Set(name, value)
		}
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			b.Fatal(err)
		}
		defer res.Body.Close()
		answer, _ := io.ReadAll(res.Body)
		return string(answer)
	}
}

func askLambda(b *testing.B) (*exec.Cmd, func(form, string) string) {
	api, address := startRuntimeAPI(b)
	cmd, _ := start(b, "AWS_LAMBDA_RUNTIME_API="+address, "REASONBOOK_AUTH=none")
	return cmd, func(f form, body string) string {
		return api.invoke(b, functionURL("POST", "/diagnose", "", f.inEvent(body), f.gzip, f.headers()))
	}
}

func askSCF(b *testing.B) (*exec.Cmd, func(form, string) string) {
	port := freePort(b)
	cmd, _ := start(b, "_LAMBDA_SERVER_PORT="+port)
	var client *rpc.Client
	for began := time.Now(); client == nil; time.Sleep(10 * time.Millisecond) {
		var err error
		if client, err = rpc.Dial("tcp", "127.0.0.1:"+port); err != nil && time.Since(began) > 10*time.Second {
			b.Fatal(err)
		}
	}
	b.Cleanup(func() { client.Close() })
	return cmd, func(f form, body string) string {
		event, _ := json.Marshal(map[string]any{
			"httpMethod": "POST", "path": "/diagnose", "body": f.inEvent(body), "isBase64Encoded": f.gzip,
			"headers": f.headers(),
		})
		deadline := time.Now().Add(invocation)
		var out messages.InvokeResponse
		err := client.Call("Function.Invoke", &messages.InvokeRequest{
			Payload:     event,
			Deadline:    messages.InvokeRequest_Timestamp{Seconds: deadline.Unix()},
			Environment: `{"REASONBOOK_AUTH":"none"}`,
		}, &out)
		if err != nil || out.Error != nil {
			b.Fatal(err, out.Error)
		}
		return string(out.Payload)
	}
}
