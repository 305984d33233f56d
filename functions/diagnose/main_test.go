package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
)

func TestConfigurationFaults(t *testing.T) {
	for _, env := range [][]string{
		{"REASONBOOK_AUTH=nobody", "PORT=0"},
		{"PORT=nonsense"},
		{"REASONBOOK_TOKEN= ", "PORT=0"},
		{"REASONBOOK_TOKEN=two\nlines", "PORT=0"},
		{"REASONBOOK_SITE_URL=javascript:alert(1)", "PORT=0"},
		{"REASONBOOK_TOKEN= ", "AWS_LAMBDA_RUNTIME_API=127.0.0.1:1"},
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
