//go:build unix

package main

import (
	"bytes"
	"cmp"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestNewIsWhole: an entry is scaffolded whole or not at all, and never over
// anything.
func TestNewIsWhole(t *testing.T) {
	for name, make := range map[string]func(path string) error{
		"a folder with a file": func(path string) error {
			return cmp.Or(os.Mkdir(path, 0o755), os.WriteFile(filepath.Join(path, "en.md"), []byte("mine"), 0o644))
		},
		"an empty folder":   func(path string) error { return os.Mkdir(path, 0o755) },
		"a file":            func(path string) error { return os.WriteFile(path, []byte("mine"), 0o644) },
		"a link to nothing": func(path string) error { return os.Symlink("nowhere", path) },
		"a link to a file":  func(path string) error { return os.Symlink("/dev/null", path) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := cmp.Or(os.Mkdir(filepath.Join(dir, "image"), 0o755), make(filepath.Join(dir, "image", "my-entry"))); err != nil {
				t.Fatal(err)
			}
			before := contents(t, dir)
			code, _, stderr := reasonbook("", "new", "-kb", dir, "-stage", "image", "my-entry")
			if code != 1 || stderr == "" {
				t.Errorf("exit %d\n%s", code, stderr)
			}
			same(t, before, contents(t, dir))
		})
	}
	dir := t.TempDir()
	if code, _, stderr := reasonbook("", "new", "-kb", dir, "-stage", "image", "my-entry"); code != 0 || len(contents(t, dir)) != 4 {
		t.Errorf("exit %d\n%s%v", code, stderr, contents(t, dir))
	}
	if list, err := os.ReadDir(filepath.Join(dir, "image")); err != nil || len(list) != 1 {
		t.Errorf("beside the entry: %v %v", list, err)
	}
}

// TestHostileBook: a knowledge base from elsewhere is refused, with the file,
// and keeps nobody waiting.
func TestHostileBook(t *testing.T) {
	for _, test := range []struct {
		name, file string
		arm        func(file string) error
		want       string
	}{
		{"pipe", "en.md", func(file string) error { return syscall.Mkfifo(file, 0o644) }, "en.md:1: this is no regular file (prw"},
		{"pipe for entry.yaml", "entry.yaml", func(file string) error { return syscall.Mkfifo(file, 0o644) }, "entry.yaml:1: this is no regular file (prw"},
		{"folder", "en.md", func(file string) error { return os.Mkdir(file, 0o755) }, "en.md:1: this is no regular file (drwx"},
		{"link to a device", "en.md", func(file string) error { return os.Symlink("/dev/zero", file) }, "en.md:1: cannot be read (path escapes from parent)"},
		{"link to a secret", "ja.md", func(file string) error { return os.Symlink("/etc/passwd", file) }, "ja.md:1: cannot be read (path escapes from parent)"},
		{"link in a circle", "zh.md", func(file string) error { return os.Symlink("zh.md", file) }, "zh.md:1: cannot be read"},
		{"large file", "en.md", func(file string) error { return os.WriteFile(file, bytes.Repeat([]byte("word\n\n"), 20_000), 0o644) }, "en.md:1: the file is larger than 64 KiB"},
		{"hole without end", "en.md", func(file string) error { return cmp.Or(os.WriteFile(file, nil, 0o644), os.Truncate(file, 1<<40)) }, "en.md:1: the file is larger than 64 KiB"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir, entry := smallBook(t)
			file := filepath.Join(entry, test.file)
			folder, err := filepath.Rel(dir, entry)
			if err != nil {
				t.Fatal(err)
			}
			if err := cmp.Or(os.Remove(file), test.arm(file)); err != nil {
				t.Skipf("cannot be made here: %v", err)
			}
			for _, args := range [][]string{{"lint", dir}, {"build", "-kb", dir, "-out", filepath.Join(t.TempDir(), "out")}} {
				type result struct {
					code int
					text string
				}
				done := make(chan result, 1)
				go func() {
					code, stdout, stderr := reasonbook("", args...)
					done <- result{code, stdout + stderr}
				}()
				select {
				case r := <-done:
					if r.code != 1 || !strings.Contains(r.text, filepath.ToSlash(folder)+"/"+test.want) {
						t.Errorf("%s: exit %d, want %q:\n%s", args[0], r.code, test.want, r.text)
					}
				case <-time.After(time.Minute):
					t.Fatalf("%s waits for ever", args[0])
				}
			}
		})
	}
}
