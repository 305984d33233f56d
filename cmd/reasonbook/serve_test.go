package main

import (
	"bufio"
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// startServe starts "reasonbook serve" with an environment of its own, and
// returns its address.
func startServe(t *testing.T, binary string, env ...string) string {
	t.Helper()
	cmd := exec.Command(binary, "serve", "-addr", "127.0.0.1:0")
	cmd.Env = env
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	fields := strings.Fields(line)
	return fields[len(fields)-1]
}

// TestServeClosed: a token that is set counts on a loopback address too, and
// pages of other hosts do not reach the server.
func TestServeClosed(t *testing.T) {
	binary := filepath.Join(t.TempDir(), "reasonbook")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	open, closed := startServe(t, binary), startServe(t, binary, "REASONBOOK_TOKEN=s3cret")
	_, port, _ := strings.Cut(strings.TrimPrefix(open, "http://"), ":")
	for _, test := range []struct {
		name, base, host, header, value string
		status                          int
	}{
		{"no token is set", open, "", "", "", 200},
		{"a token is set", closed, "", "", "", 401},
		{"and presented", closed, "", "Authorization", "Bearer s3cret", 200},
		{"localhost", open, "localhost:" + port, "Origin", "http://localhost:" + port, 200},
		{"DNS rebinding", open, "evil.example:" + port, "Origin", "http://evil.example:" + port, 403},
		{"page of another site", open, "", "Origin", "http://evil.example", 403},
		{"page of another site, without Origin", open, "", "Sec-Fetch-Site", "cross-site", 403},
		{"its own page", open, "", "Origin", open, 200},
	} {
		r, err := http.NewRequest(http.MethodPost, test.base+"/diagnose", strings.NewReader("Error"))
		if err != nil {
			t.Fatal(err)
		}
		r.Host = test.host
		r.Header.Set("Content-Type", "text/plain")
		if test.header != "" {
			r.Header.Set(test.header, test.value)
		}
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != test.status {
			t.Errorf("%s: %d, want %d", test.name, res.StatusCode, test.status)
		}
	}
}

// TestEnvironment: all commands refuse the same values, before they do anything.
func TestEnvironment(t *testing.T) {
	for _, test := range []struct{ name, value string }{
		{"REASONBOOK_TOKEN", " \n"}, {"REASONBOOK_AUTH", "nobody"}, {"REASONBOOK_SITE_URL", "javascript:alert(1)"},
	} {
		for _, args := range [][]string{{"serve", "-addr", "127.0.0.1:0"}, {"explain"}} {
			t.Run(args[0]+" "+test.name, func(t *testing.T) {
				t.Setenv(test.name, test.value)
				if code, stdout, stderr := reasonbook("Error", args...); code != 2 || stdout != "" || !strings.Contains(stderr, test.name+" ") {
					t.Errorf("exit %d\n%s%s", code, stdout, stderr)
				}
			})
		}
	}
}
