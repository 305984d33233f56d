package main

import (
	"bytes"
	"crypto/sha256"
	"debug/elf"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRunUsage(t *testing.T) {
	for _, test := range []struct {
		args           []string
		status         int
		stdout, stderr string
	}{
		{[]string{"-h"}, 0, "-out folder", ""},
		{[]string{"-o", "x"}, 2, "", "flag provided but not defined: -o"},
		{[]string{"dist"}, 2, "", `unexpected argument "dist"`},
	} {
		var stdout, stderr bytes.Buffer
		if got := run(test.args, &stdout, &stderr); got != test.status {
			t.Errorf("%q: status %d, want %d", test.args, got, test.status)
		}
		if !strings.Contains(stdout.String(), test.stdout) || (test.stdout == "") != (stdout.Len() == 0) {
			t.Errorf("%q: on standard output:\n%s", test.args, &stdout)
		}
		if !strings.Contains(stderr.String(), test.stderr) || (test.stderr == "") != (stderr.Len() == 0) {
			t.Errorf("%q: on standard error:\n%s", test.args, &stderr)
		}
	}
}

func TestRunElsewhere(t *testing.T) {
	for _, goMod := range []string{"", "module example.com/other\n"} {
		t.Chdir(t.TempDir())
		if goMod != "" {
			if err := os.WriteFile("go.mod", []byte(goMod), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		var stdout, stderr bytes.Buffer
		if got := run(nil, &stdout, &stderr); got != 1 || !strings.Contains(stderr.String(), "run this from the root of the repository") {
			t.Errorf("go.mod %q: status %d, on standard error:\n%s", goMod, got, &stderr)
		}
	}
}

// TestRunFails: a build that fails says what the go command said, and leaves
// what an earlier one wrote.
func TestRunFails(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("go.mod", []byte("module "+module+"\n\ngo 1.26\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	if got := run(nil, &stdout, &stderr); got != 1 {
		t.Errorf("status %d, want 1", got)
	}
	for _, want := range []string{"package: go build: exit status 1", "functions/diagnose: directory not found"} {
		if !strings.Contains(stderr.String(), want) {
			t.Errorf("no %q on standard error:\n%s", want, &stderr)
		}
	}
	if _, err := os.Stat("dist"); !os.IsNotExist(err) {
		t.Errorf("something has been written: %v", err)
	}
}

// TestRun builds everything twice: the second time on a machine with settings
// of its own, which must make no difference.
func TestRun(t *testing.T) {
	if testing.Short() {
		t.Skip("builds everything twice")
	}
	t.Chdir("../..")
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	first, second := t.TempDir(), t.TempDir()
	names := runIn(t, first)
	want := []string{"lambda-arm64.zip", "lambda-amd64.zip", "scf-event.zip", "scf-web.zip", "site.zip", "SHA256SUMS"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Fatalf("lines printed: -want +got:\n%s", diff)
	}

	t.Setenv("TMPDIR", t.TempDir())
	t.Setenv("GOFLAGS", "-gcflags=-N")
	t.Setenv("GOAMD64", "v3")
	t.Setenv("GOARM64", "v9.0")
	t.Setenv("GOFIPS140", "latest")
	t.Setenv("GOEXPERIMENT", "jsonv2")
	t.Setenv("CGO_ENABLED", "1")
	t.Setenv("REASONBOOK_SITE_URL", "https://book.example.com")
	runIn(t, second)
	if diff := cmp.Diff(readFile(t, first, "SHA256SUMS"), readFile(t, second, "SHA256SUMS")); diff != "" {
		t.Errorf("the second build is not the same: -first +second:\n%s", diff)
	}

	var sums []string
	for _, name := range slices.Sorted(slices.Values(want[:5])) {
		sum := sha256.Sum256([]byte(readFile(t, first, name)))
		sums = append(sums, hex.EncodeToString(sum[:])+"  "+name+"\n")
	}
	if diff := cmp.Diff(strings.Join(sums, ""), readFile(t, first, "SHA256SUMS")); diff != "" {
		t.Errorf("SHA256SUMS: -want +got:\n%s", diff)
	}

	for _, test := range []struct {
		zip     string
		entries []string
		machine elf.Machine // of the last
	}{
		{"lambda-arm64.zip", []string{"bootstrap"}, elf.EM_AARCH64},
		{"lambda-amd64.zip", []string{"bootstrap"}, elf.EM_X86_64},
		{"scf-event.zip", []string{"main"}, elf.EM_X86_64},
		{"scf-web.zip", []string{"scf_bootstrap", "diagnose"}, elf.EM_X86_64},
	} {
		entries := unzip(t, []byte(readFile(t, first, test.zip)))
		var got []string
		for _, e := range entries {
			got = append(got, e.Name)
			if e.Mode != 0o755 {
				t.Errorf("%s: %s has mode %v", test.zip, e.Name, e.Mode)
			}
		}
		if diff := cmp.Diff(test.entries, got); diff != "" {
			t.Fatalf("%s: -want +got:\n%s", test.zip, diff)
		}
		// Built in another folder it would have other bytes.
		if strings.Contains(entries[len(entries)-1].Data, root+"/") {
			t.Errorf("%s holds the path %s", test.zip, root)
		}
		program, err := elf.NewFile(strings.NewReader(entries[len(entries)-1].Data))
		if err != nil {
			t.Fatalf("%s: %v", test.zip, err)
		}
		if program.Machine != test.machine {
			t.Errorf("%s is for %v, want %v", test.zip, program.Machine, test.machine)
		}
		if libraries, err := program.ImportedLibraries(); err != nil || len(libraries) > 0 {
			t.Errorf("%s needs %v of its host, %v", test.zip, libraries, err)
		}
	}

	pages := unzip(t, []byte(readFile(t, first, "site.zip")))
	if !slices.IsSortedFunc(pages, func(a, b entry) int { return strings.Compare(a.Name, b.Name) }) {
		t.Error("site.zip is not sorted")
	}
	for _, name := range []string{"en/index.html", "ja/index.html", "zh/index.html"} {
		if !slices.ContainsFunc(pages, func(e entry) bool { return e.Name == name && e.Mode == 0o644 }) {
			t.Errorf("site.zip has no %s of mode 644", name)
		}
	}
}

// runIn builds into a folder and returns the names of the files, as printed.
func runIn(t *testing.T, out string) []string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if status := run([]string{"-out", out}, &stdout, &stderr); status != 0 {
		t.Fatalf("status %d:\n%s", status, &stderr)
	}
	var names []string
	for line := range strings.Lines(stdout.String()) {
		fields := strings.Fields(line)
		names = append(names, filepath.Base(fields[len(fields)-1]))
	}
	return names
}

func readFile(t *testing.T, folder, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
