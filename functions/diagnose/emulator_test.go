package main

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestEmulator runs the function under AWS's own runtime interface emulator,
// if that is installed (github.com/aws/aws-lambda-runtime-interface-emulator).
func TestEmulator(t *testing.T) {
	emulator, err := exec.LookPath("aws-lambda-rie")
	if err != nil {
		t.Skip("aws-lambda-rie is not installed")
	}
	port := freePort(t)
	cmd := exec.Command(emulator, "--runtime-interface-emulator-address", "127.0.0.1:"+port, "--runtime-api-address", "127.0.0.1:"+freePort(t), binary)
	cmd.Env = append(os.Environ(), "REASONBOOK_TOKEN=s3cret", "AWS_LAMBDA_RUNTIME_API=")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	var log bytes.Buffer
	cmd.Stdout, cmd.Stderr = &log, &log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Wait()
	defer syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)

	event := functionURL("POST", "/diagnose", "lang=ja", clb, false, map[string]string{"content-type": "text/plain", "authorization": "Bearer s3cret"})
	var body []byte
	for began := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		res, err := http.Post("http://127.0.0.1:"+port+"/2015-03-31/functions/function/invocations", "application/json", strings.NewReader(event))
		if err == nil {
			body, _ = io.ReadAll(res.Body)
			res.Body.Close()
			break
		}
		if time.Since(began) > 10*time.Second {
			t.Fatalf("%v\n%s", err, &log)
		}
	}
	r := parse(t, string(body))
	if language, id, listener := firstMatch(t, r.Body); r.StatusCode != 200 || language != "ja" || id != "clb-readiness-check-failed" || listener != "lbl-4f2kq0zd" {
		t.Errorf("%d %s %s %s\n%s", r.StatusCode, language, id, listener, &log)
	}
}
