package main

import (
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestHTTP(t *testing.T) {
	port := freePort(t)
	base := "http://127.0.0.1:" + port
	cmd, stderr := start(t, "PORT="+port, "REASONBOOK_TOKEN=s3cret\n") // as files with secrets end
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
