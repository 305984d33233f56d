package main

import (
	"net"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
)

// TestHelp: each command explains itself, however it is asked, and names its
// flags, its exit statuses and two examples.
func TestHelp(t *testing.T) {
	t.Setenv("LC_ALL", "C")
	for name, flags := range map[string][]string{
		"serve": {"-addr"}, "explain": {"-lang", "-o"}, "lint": nil,
		"build": {"-kb", "-out", "-base-url", "-function-url", "-edit-url", "-report-url"}, "new": {"-kb", "-stage", "-kind"}, "version": nil,
	} {
		_, want, _ := reasonbook("", name, "-h")
		for _, call := range [][]string{{name, "-h"}, {name, "--help"}, {"help", name}, {"--help", name}} {
			code, stdout, stderr := reasonbook("", call...)
			if code != 0 || stdout != want || stderr != "" || !strings.HasPrefix(stdout, "usage: reasonbook "+name) {
				t.Errorf("%v: exit %d\n%s%s", call, code, stdout, stderr)
			}
		}
		parts := []string{"\nExit status\n  0", "2 a wrong call", "\nExamples\n"}
		for _, f := range flags {
			parts = append(parts, "\n  "+f+" ")
		}
		for _, part := range parts {
			if !strings.Contains(want, part) {
				t.Errorf("%s: the help lacks %q:\n%s", name, part, want)
			}
		}
		_, examples, _ := strings.Cut(want, "\nExamples\n")
		if lines := strings.Split(strings.TrimSuffix(examples, "\n"), "\n"); len(lines) < 2 || !strings.Contains(lines[0], "reasonbook "+name) {
			t.Errorf("%s: the examples are %q", name, lines)
		}
	}
	if len(commands) != 6 {
		t.Errorf("%d commands, of which 6 are tested", len(commands))
	}
}

func TestUnknownCommand(t *testing.T) {
	for _, test := range []struct {
		args []string
		want string // what the message holds
		not  string
	}{
		{[]string{"explian"}, `did you mean "explain"?`, ""},
		{[]string{"Explain"}, `did you mean "explain"?`, ""},
		{[]string{"exlpain", "-h"}, `did you mean "explain"?`, ""},
		{[]string{"help", "bulid"}, `there is no command "bulid"; did you mean "build"?`, ""},
		{[]string{"server"}, `did you mean "serve"?`, ""},
		{[]string{"versoin"}, `did you mean "version"?`, ""},
		{[]string{"xyz"}, `there is no command "xyz"; “reasonbook help” lists the commands`, "did you mean"},
		{[]string{"frobnicate"}, "lists the commands", "did you mean"},
	} {
		code, stdout, stderr := reasonbook("", test.args...)
		if code != 2 || stdout != "" || !strings.Contains(stderr, test.want) || test.not != "" && strings.Contains(stderr, test.not) {
			t.Errorf("%v: exit %d\n%s%s", test.args, code, stdout, stderr)
		}
	}
}

func TestVersion(t *testing.T) {
	for _, name := range []string{"version", "--version", "-version"} {
		code, stdout, stderr := reasonbook("", name)
		if code != 0 || stderr != "" || !strings.HasPrefix(stdout, "reasonbook ") || !strings.Contains(stdout, runtime.Version()) {
			t.Errorf("%s: exit %d\n%s%s", name, code, stdout, stderr)
		}
	}
	if code, _, stderr := reasonbook("", "version", "x"); code != 2 || !strings.Contains(stderr, "usage: reasonbook version\n") {
		t.Errorf("with an argument: exit %d\n%s", code, stderr)
	}
	stamped := []debug.BuildSetting{{Key: "vcs", Value: "git"}, {Key: "vcs.revision", Value: "ae514f9"}, {Key: "vcs.time", Value: "2026-01-02T03:04:05Z"}}
	for _, test := range []struct {
		info debug.BuildInfo
		want string
	}{
		{debug.BuildInfo{GoVersion: "go1.26.0"}, "reasonbook (devel), go1.26.0"},
		{debug.BuildInfo{GoVersion: "go1.26.0", Main: debug.Module{Version: "v1.2.3"}}, "reasonbook v1.2.3, go1.26.0"},
		{debug.BuildInfo{GoVersion: "go1.26.0", Main: debug.Module{Version: "(devel)"}, Settings: stamped}, "reasonbook (devel), commit ae514f9 of 2026-01-02T03:04:05Z, go1.26.0"},
		{debug.BuildInfo{GoVersion: "go1.26.0", Settings: append(stamped, debug.BuildSetting{Key: "vcs.modified", Value: "true"})}, "reasonbook (devel), commit ae514f9 of 2026-01-02T03:04:05Z with changes, go1.26.0"},
	} {
		if got := versionLine(&test.info); got != test.want {
			t.Errorf("%q, want %q", got, test.want)
		}
	}
}

// TestServeAddress: an address that cannot be listened on says what to do.
func TestServeAddress(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for _, test := range []struct{ addr, want string }{
		{l.Addr().String(), "another program listens on " + l.Addr().String() + ": stop it, or choose another address with -addr"},
		{"192.0.2.1:0", "this machine does not have the address 192.0.2.1:0"},
		{"127.0.0.1", "missing port in address; choose another address with -addr HOST:PORT"},
	} {
		code, stdout, stderr := reasonbook("", "serve", "-addr", test.addr)
		if code != 1 || stdout != "" || !strings.Contains(stderr, test.want) {
			t.Errorf("%s: exit %d\n%s%s", test.addr, code, stdout, stderr)
		}
	}
}
