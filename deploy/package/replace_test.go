//go:build unix

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// fakeRoot is a module that builds in a moment: its site is what the program
// reasonbook in it writes.
func fakeRoot(t *testing.T, reasonbook string) {
	t.Helper()
	t.Chdir(t.TempDir())
	t.Setenv("TMPDIR", t.TempDir())
	for name, content := range map[string]string{
		"go.mod":                       "module " + module + "\n\ngo 1.26\n",
		"functions/diagnose/main.go":   "package main\n\nfunc main() {}\n",
		"deploy/tencent/scf_bootstrap": "#!/bin/sh\n",
		"cmd/reasonbook/main.go":       "package main\n\nimport (\n\t\"os\"\n\t\"time\"\n)\n\nvar _ = time.Hour\n\nfunc main() {\n\tos.Mkdir(os.Args[3], 0o755)\n" + reasonbook + "}\n",
		"dist/SHA256SUMS":              "before",
		"dist/site.zip":                "before",
		"dist/notes.txt":               "mine",
	} {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// asBefore checks that dist is as it was and nothing is left anywhere.
func asBefore(t *testing.T) {
	t.Helper()
	for name, want := range map[string]string{"SHA256SUMS": "before", "site.zip": "before", "notes.txt": "mine"} {
		if got := readFile(t, "dist", name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	clean(t, "dist", 3)
}

// clean checks that a folder holds so many names, with nothing beside it and
// nothing in the folder for temporary files.
func clean(t *testing.T, dir string, names int) {
	t.Helper()
	if list, err := os.ReadDir(dir); err != nil || len(list) != names {
		t.Errorf("in %s: %v %v", dir, list, err)
	}
	if list, err := filepath.Glob(".dist*"); err != nil || len(list) > 0 {
		t.Errorf("beside %s: %v %v", dir, list, err)
	}
	if list, err := os.ReadDir(os.TempDir()); err != nil || len(list) > 0 {
		t.Errorf("temporary: %v %v", list, err)
	}
}

func TestDistReplaces(t *testing.T) {
	fakeRoot(t, "os.WriteFile(os.Args[3]+\"/index.html\", nil, 0o644)\n")
	if err := os.WriteFile("precious", []byte("precious"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("../precious", "dist/scf-web.zip"); err != nil {
		t.Fatal(err)
	}
	runIn(t, "dist")
	if got := readFile(t, ".", "precious"); got != "precious" {
		t.Errorf("written through a link: %q", got)
	}
	if got := readFile(t, "dist", "notes.txt"); got != "mine" {
		t.Errorf("notes.txt: %q", got)
	}
	if sums := readFile(t, "dist", "SHA256SUMS"); strings.Count(sums, "\n") != 5 {
		t.Errorf("SHA256SUMS: %s", sums)
	}
	clean(t, "dist", 7)
}

// TestDistFails: whatever keeps dist from being made leaves the one before.
func TestDistFails(t *testing.T) {
	t.Run("a site without pages", func(t *testing.T) {
		fakeRoot(t, "")
		var stdout, stderr bytes.Buffer
		if got := run(nil, &stdout, &stderr); got != 1 || !strings.Contains(stderr.String(), "has written nothing") {
			t.Errorf("status %d\n%s", got, &stderr)
		}
		asBefore(t)
	})
	t.Run("stopped", func(t *testing.T) {
		fakeRoot(t, "time.Sleep(time.Hour)\n")
		stopper := &stopper{at: "reasonbook build"}
		var stdout bytes.Buffer
		if got := run(nil, &stdout, stopper); got != 1 || !strings.Contains(stopper.String(), "stopped") {
			t.Errorf("status %d\n%s", got, stopper)
		}
		asBefore(t)
	})
	t.Run("somebody's folder", func(t *testing.T) {
		fakeRoot(t, "")
		if err := os.Remove("dist/SHA256SUMS"); err != nil {
			t.Fatal(err)
		}
		var stdout, stderr bytes.Buffer
		if got := run(nil, &stdout, &stderr); got != 1 || !strings.Contains(stderr.String(), "holds files, but no folder of artefacts") {
			t.Errorf("status %d\n%s", got, &stderr)
		}
		clean(t, "dist", 2)
	})
}

// A stopper takes what is printed, and stops this process when that holds a text.
type stopper struct {
	mu sync.Mutex
	bytes.Buffer
	at string
}

func (s *stopper) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if bytes.Contains(p, []byte(s.at)) {
		syscall.Kill(os.Getpid(), syscall.SIGTERM)
	}
	return s.Buffer.Write(p)
}
