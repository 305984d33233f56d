package main

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// lambdaTags are those that deploy/package builds the function for Lambda with.
const lambdaTags = "lambda.norpc,lambdaonly"

// TestLambdaOnly: the build for Lambda answers there, carries nothing of the
// other hosts, and says so where it cannot run.
func TestLambdaOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bootstrap")
	if out, err := exec.Command("go", "build", "-tags", lambdaTags, "-o", path, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}

	api, address := startRuntimeAPI(t)
	cmd := exec.Command(path)
	cmd.Env = []string{"AWS_LAMBDA_RUNTIME_API=" + address}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	if answer := api.invoke(t, `{"reason":"CrashLoopBackOff"}`); !strings.Contains(answer, `"crash-loop-back-off"`) {
		t.Errorf("answer %s", answer)
	}

	for _, env := range []string{"PORT=0", "_LAMBDA_SERVER_PORT=1"} {
		cmd := exec.Command(path)
		cmd.Env = []string{env}
		if out, err := cmd.CombinedOutput(); err == nil || !strings.Contains(string(out), "built for AWS Lambda alone") {
			t.Errorf("%s: %v\n%s", env, err, out)
		}
	}

	for tags, want := range map[string]bool{"lambda.norpc": true, lambdaTags: false} {
		out, err := exec.Command("go", "list", "-deps", "-tags", tags, ".").Output()
		if err != nil {
			t.Fatal(err)
		}
		for _, dependency := range []string{"encoding/gob", "github.com/tencentyun/scf-go-lib/cloudfunction", "github.com/reasonbook/reasonbook/internal/server"} {
			if got := strings.Contains("\n"+string(out), "\n"+dependency+"\n"); got != want {
				t.Errorf("tags %s: %s is linked in: %v, want %v", tags, dependency, got, want)
			}
		}
	}
}
