package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// TestChanges: dates are those of the last commit that changed a file, in a
// folder of a repository; a folder outside of one has none.
func TestChanges(t *testing.T) {
	dir := t.TempDir()
	if changes(dir) != nil {
		t.Error("there are dates without a repository")
	}
	git := func(date string, args ...string) {
		t.Helper()
		command := exec.Command("git", append([]string{"-C", dir, "-c", "user.name=a", "-c", "user.email=a@example.com"}, args...)...)
		command.Env = append(os.Environ(), "GIT_COMMITTER_DATE="+date, "GIT_AUTHOR_DATE=2001-01-01T00:00:00Z", "GIT_CONFIG_GLOBAL=/dev/null")
		if out, err := command.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	write := func(name, content string) {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	git("", "init", "-q")
	if changes(dir) != nil {
		t.Error("there are dates without a commit")
	}
	write("kb/error/ja.md", "a")
	write("kb/error/エラー.md", "a")
	write("other", "a")
	git("2026-01-01T10:00:00Z", "add", ".")
	git("2026-01-01T10:00:00Z", "commit", "-qm", "first")
	write("kb/error/ja.md", "b")
	git("2026-02-02T10:00:00Z", "commit", "-qam", "second")
	write("kb/error/new.md", "not committed")

	shallow := t.TempDir()
	if out, err := exec.Command("git", "clone", "-q", "--depth=1", "file://"+dir, shallow).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if changes(filepath.Join(shallow, "kb")) != nil {
		t.Error("there are dates from a part of the history")
	}

	changed := changes(filepath.Join(dir, "kb"))
	if changed == nil {
		t.Fatal("no dates")
	}
	for file, want := range map[string]string{
		"error/ja.md": "2026-02-02T10:00:00Z", "error/エラー.md": "2026-01-01T10:00:00Z",
		"error/new.md": "0001-01-01T00:00:00Z", "other": "0001-01-01T00:00:00Z",
	} {
		if got := changed(file).UTC().Format(time.RFC3339); got != want {
			t.Errorf("%s: %s, not %s", file, got, want)
		}
	}
}
