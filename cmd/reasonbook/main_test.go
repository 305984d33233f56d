package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/reasonbook/reasonbook/kb"
)

// reasonbook runs a command line in this process.
func reasonbook(stdin string, args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	c := &invocation{strings.NewReader(stdin), &out, &errs}
	code = c.run(args)
	return code, out.String(), errs.String()
}

func TestCommandLine(t *testing.T) {
	t.Setenv("LC_ALL", "C")
	file := filepath.Join(t.TempDir(), "log")
	if err := os.WriteFile(file, []byte("ImagePullBackOff"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, stdin    string
		args           []string
		code           int
		stdout, stderr string // what they hold
	}{
		{"nothing", "", nil, 2, "", "usage: reasonbook COMMAND"},
		{"help", "", []string{"help"}, 0, "explain  diagnose a text", ""},
		{"help of a command", "", []string{"explain", "-h"}, 0, "Exit status\n  0 something matched", ""},
		{"unknown command", "", []string{"frobnicate"}, 2, "", `there is no command "frobnicate"`},
		{"unknown flag", "", []string{"explain", "-x"}, 2, "", "flag provided but not defined: -x\nusage: reasonbook explain"},

		{"explain", "CrashLoopBackOff", []string{"explain"}, 0, "CrashLoopBackOff: ", ""},
		{"explain in Japanese", "CrashLoopBackOff", []string{"explain", "-lang", "ja"}, 0, "対処手順\n1. ", ""},
		{"explain as JSON", "CrashLoopBackOff", []string{"explain", "-o", "json", "-lang", "zh"}, 0, `"language": "zh"`, ""},
		{"explain as Markdown", "CrashLoopBackOff", []string{"explain", "-o", "markdown"}, 0, "### Steps", ""},
		{"explain a file", "", []string{"explain", file}, 0, "ImagePullBackOff: ", ""},
		{"explain a payload", `{"instance":"cart-1","reason":"ImagePullBackOff"}`, []string{"explain"}, 0, "Pod cart-1\n", ""},
		{"explain nothing", "the weather is fine", []string{"explain"}, 1, "No entry matches this text. That does not show that all is well: ", ""},
		{"explain a misspelling", "CrashLopBackOf", []string{"explain"}, 1, "Did you mean", ""},
		{"explain a healthy pod", `{"reason":"Running Healthy"}`, []string{"explain"}, 1, "Nothing is failing", ""},
		{"explain a pod of unknown readiness", `{"reason":"Running"}`, []string{"explain"}, 1, "it says Running, but not whether every container is ready.\n", ""},
		{"explain empty input", "", []string{"explain"}, 2, "", "the input is empty"},
		{"explain an unknown payload", `{"a":1}`, []string{"explain"}, 2, "", "the object is of no known form"},
		{"explain no file", "", []string{"explain", file + "x"}, 2, "", "no such file"},
		{"explain two files", "", []string{"explain", file, file}, 2, "", "unexpected argument"},
		{"explain in Klingon", "", []string{"explain", "-lang", "tlh"}, 2, "", `-lang is "tlh"; it can be en, ja, zh`},
		{"explain as XML", "", []string{"explain", "-o", "xml"}, 2, "", `-o is "xml"`},

		{"lint", "", []string{"lint", "../../kb"}, 0, "", "entries, no faults"},
		{"lint no folder", "", []string{"lint", file + "x"}, 1, "", "no such file or directory"},
		{"build to a file", "", []string{"build", "-out", file}, 1, "", "not a directory"},
		{"build nowhere", "", []string{"build", "-out", ""}, 2, "", "-out is empty"},
		{"build of no folder", "", []string{"build", "-kb", file + "x"}, 1, "", "there is no folder " + file + "x"},
		{"build for a password", "", []string{"build", "-out", file, "-base-url", "https://a:b@example.com"}, 1, "", "must have the form https://host/path"},
		{"build for no function", "", []string{"build", "-out", file, "-function-url", "//example.com/x"}, 1, "", "must have the form https://host/path"},
		{"new without a stage", "", []string{"new", "a"}, 2, "", "-stage is one of admission, "},
		{"new in no stage", "", []string{"new", "-stage", "states", "a"}, 2, "", "-stage is one of admission, "},
		{"new without an id", "", []string{"new", "-stage", "image"}, 2, "", "the id of the new entry is missing"},
		{"new with a bad id", "", []string{"new", "-stage", "image", "Bad_ID"}, 2, "", `"Bad_ID" is no id`},
		{"new elsewhere", "", []string{"new", "-stage", "image", "-kb", file + "x", "a"}, 1, "", "there is no folder"},
		{"serve on a bad address", "", []string{"serve", "-addr", "nowhere:x"}, 1, "", "choose another address with -addr"},
	} {
		t.Run(test.name, func(t *testing.T) {
			code, stdout, stderr := reasonbook(test.stdin, test.args...)
			if code != test.code || !strings.Contains(stdout, test.stdout) || !strings.Contains(stderr, test.stderr) {
				t.Errorf("exit %d, want %d\n--- stdout\n%s\n--- stderr\n%s", code, test.code, stdout, stderr)
			}
			if test.stdout == "" && stdout != "" || test.stderr == "" && stderr != "" {
				t.Errorf("unexpected output\n--- stdout\n%s\n--- stderr\n%s", stdout, stderr)
			}
		})
	}
}

func TestLocale(t *testing.T) {
	t.Setenv("LC_ALL", "ja_JP.UTF-8")
	if _, stdout, _ := reasonbook("Error", "explain"); !strings.Contains(stdout, "対処手順") {
		t.Errorf("in a Japanese locale:\n%s", stdout)
	}
}

func TestLintReportsPlaces(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../kb")); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "exit", "error", "entry.yaml")
	source, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, append([]byte("knid: state\n"), source...), 0o644); err != nil {
		t.Fatal(err)
	}
	code, stdout, stderr := reasonbook("", "lint", dir)
	if code != 1 || !strings.Contains(stdout, file+`:1: unknown key "knid"`) || !strings.HasSuffix(stderr, ": 1 fault\n") {
		t.Errorf("exit %d\n%s%s", code, stdout, stderr)
	}
}

func TestBuild(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	code, _, stderr := reasonbook("", "build", "-kb", "../../kb", "-out", out, "-base-url", "https://book.example.com")
	if code != 0 || !strings.Contains(stderr, fmt.Sprintf("%d entries in 3 languages", len(kb.Book().Entries))) {
		t.Fatalf("exit %d\n%s", code, stderr)
	}
	page, err := os.ReadFile(filepath.Join(out, "ja", "container-creating", "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(page), `<link rel="canonical" href="https://book.example.com/ja/container-creating/">`) {
		t.Error("no canonical link")
	}
	again := filepath.Join(t.TempDir(), "again")
	if code, _, stderr := reasonbook("", "build", "-kb", "../../kb", "-out", again, "-base-url", "https://book.example.com/"); code != 0 {
		t.Fatalf("exit %d\n%s", code, stderr)
	}
	if diff, err := exec.Command("diff", "-r", out, again).CombinedOutput(); err != nil {
		t.Errorf("two builds of one knowledge base differ:\n%s", diff)
	}
}

// TestServe is README command 1: it starts the program, asks it the nine
// headings of the guide in three languages, and stops it.
func TestServe(t *testing.T) {
	binary := filepath.Join(t.TempDir(), "reasonbook")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	cmd := exec.Command(binary, "serve", "-addr", "127.0.0.1:0")
	cmd.Env = []string{} // without a token, which a loopback address does not need
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Process.Kill()
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	fields := strings.Fields(line)
	base := fields[len(fields)-1]

	for text, want := range map[string]string{
		"CrashLoopBackOff": "crash-loop-back-off",
		"Error":            "error",
		"Running Unhealthy:Readiness probe failed": "readiness-probe-failed",
		"Running Unhealthy:Liveness probe failed":  "liveness-probe-failed",
		"Running Unhealthy:Readiness check failed according to l4 listener: lbl-1 of CLB lb-1. Service: shop/ca": "clb-readiness-check-failed",
		"PostStartHookError":         "post-start-hook-error",
		"ContainerCreating":          "container-creating",
		"CreateContainerConfigError": "create-container-config-error",
		"ImagePullBackOff":           "image-pull-back-off",
	} {
		for _, lang := range []string{"ja", "en", "zh"} {
			res, err := http.Post(base+"/diagnose?lang="+lang, "text/plain", strings.NewReader(text))
			if err != nil {
				t.Fatal(err)
			}
			var doc struct {
				Language  string
				Diagnoses []struct{ Matches []struct{ ID, URL string } }
			}
			err = json.NewDecoder(res.Body).Decode(&doc)
			res.Body.Close()
			if err != nil || res.StatusCode != 200 || doc.Language != lang || len(doc.Diagnoses[0].Matches) == 0 {
				t.Fatalf("%s, %s: %d %v %+v", text, lang, res.StatusCode, err, doc)
			}
			m := doc.Diagnoses[0].Matches[0]
			if m.ID != want || m.URL != base+"/"+lang+"/"+want+"/" {
				t.Errorf("%s, %s: %+v", text, lang, m)
			}
			page, err := http.Get(m.URL)
			if err != nil || page.StatusCode != 200 {
				t.Errorf("%s: %v %v", m.URL, page, err)
			}
		}
	}

	// The form, as a browser without JavaScript sends it.
	home, err := http.Get(base + "/")
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(home.Body)
	if !strings.Contains(string(body), `name="reason"`) {
		t.Error("the home page has no form")
	}
	r, _ := http.NewRequest(http.MethodPost, base+"/diagnose?lang=ja", strings.NewReader(url.Values{"reason": {"CrashLoopBackOff"}}.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept", "text/html")
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	body, _ = io.ReadAll(res.Body)
	if !strings.Contains(string(body), `data-entry="crash-loop-back-off"`) {
		t.Errorf("the form's answer:\n%.500s", body)
	}

	cmd.Process.Signal(syscall.SIGTERM)
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	select {
	case err := <-done:
		if err != nil {
			t.Errorf("exit: %v", err)
		}
	case <-time.After(15 * time.Second):
		t.Error("does not stop")
	}
}
