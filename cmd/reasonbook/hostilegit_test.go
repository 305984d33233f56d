package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestHostileRepository: the settings of a repository that a knowledge base
// lies in run no program and lead to no server. Each case is seen to run the
// program when git itself is asked.
func TestHostileRepository(t *testing.T) {
	for _, test := range []struct {
		name string
		arm  func(r *repository)
		kb   string // the folder of the knowledge base
		// Whether plain git, asked the same, is known to run the program.
		plain []string
	}{
		{"signatures", func(r *repository) {
			r.sign()
			r.git("config", "log.showSignature", "true")
			r.git("config", "gpg.program", r.trap)
		}, ".", []string{"log", "--format=%ct"}},
		{"a monitor of files", func(r *repository) { r.git("config", "core.fsmonitor", r.trap) }, ".", []string{"status"}},
		{"objects of a server", func(r *repository) {
			tree := r.git("rev-parse", "HEAD^{tree}")
			r.git("config", "core.repositoryFormatVersion", "1")
			r.git("config", "extensions.partialClone", "origin")
			r.git("config", "remote.origin.url", r.dir)
			r.git("config", "remote.origin.promisor", "true")
			r.git("config", "remote.origin.uploadpack", r.trap)
			if err := os.Remove(filepath.Join(r.dir, ".git", "objects", tree[:2], tree[2:])); err != nil {
				r.t.Fatal(err)
			}
		}, ".", []string{"log", "--format=%ct", "--name-only", "--", "."}},
		{"a repository that is a folder of files", func(r *repository) {
			r.sign()
			r.git("config", "log.showSignature", "true")
			r.git("config", "gpg.program", r.trap)
			r.git("config", "core.bare", "true")
			if err := os.Rename(filepath.Join(r.dir, ".git"), filepath.Join(r.dir, "kb")); err != nil {
				r.t.Fatal(err)
			}
		}, "kb", []string{"log", "--format=%ct"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := newRepository(t)
			test.arm(r)
			dir := filepath.Join(r.dir, test.kb)
			plain := exec.Command("git", append([]string{"-C", dir}, test.plain...)...)
			plain.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null")
			plain.Run() // may fail after it has run the program
			if !r.sprung() {
				t.Skip("this version of git does not run the program either")
			}
			changed := changes(dir)
			if r.sprung() {
				t.Error("the program of the repository was run")
			}
			if test.kb != "." && changed != nil {
				t.Error("files that look like a repository were taken for one")
			}
		})
	}
}

// TestForeignEnvironment: in a hook git names another repository.
func TestForeignEnvironment(t *testing.T) {
	r := newRepository(t)
	t.Setenv("GIT_DIR", filepath.Join(t.TempDir(), "elsewhere"))
	t.Setenv("GIT_WORK_TREE", t.TempDir())
	if changed := changes(r.dir); changed == nil || changed("a/en.md").IsZero() {
		t.Error("the dates are not those of the folder's own repository")
	}
}

// TestStuckRepository: a repository cannot make a build wait.
func TestStuckRepository(t *testing.T) {
	r := newRepository(t)
	pipe := filepath.Join(r.dir, "pipe")
	if err := exec.Command("mkfifo", pipe).Run(); err != nil {
		t.Skipf("no named pipes: %v", err)
	}
	r.git("config", "mailmap.file", pipe)
	r.git("config", "diff.orderFile", pipe)
	r.git("config", "core.attributesFile", pipe)
	if err := os.Rename(pipe, filepath.Join(r.dir, ".mailmap")); err != nil {
		t.Fatal(err)
	}
	if err := os.Link(filepath.Join(r.dir, ".mailmap"), pipe); err != nil {
		t.Fatal(err)
	}
	done := make(chan bool, 1)
	go func() { done <- changes(r.dir) != nil }()
	select {
	case ok := <-done:
		if !ok {
			t.Error("there are no dates")
		}
	case <-time.After(historyTime):
		t.Error("git waits for a pipe")
	}
}

type repository struct {
	t              *testing.T
	dir            string
	trap, evidence string // a program, and the file that it makes
}

// newRepository makes a repository with one commit.
func newRepository(t *testing.T) *repository {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	r := &repository{t: t, dir: t.TempDir()}
	away := t.TempDir()
	r.trap, r.evidence = filepath.Join(away, "trap"), filepath.Join(away, "evidence")
	if err := os.WriteFile(r.trap, []byte("#!/bin/sh\n: >'"+r.evidence+"'\nexit 1\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	r.git("init", "-q")
	if err := os.Mkdir(filepath.Join(r.dir, "a"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(r.dir, "a", "en.md"), []byte("a"), 0o644); err != nil {
		t.Fatal(err)
	}
	r.git("add", ".")
	r.git("commit", "-qm", "first")
	return r
}

func (r *repository) git(args ...string) string {
	r.t.Helper()
	return r.feed("", args...)
}

func (r *repository) feed(stdin string, args ...string) string {
	r.t.Helper()
	command := exec.Command("git", append([]string{"-C", r.dir, "-c", "user.name=a", "-c", "user.email=a@example.com"}, args...)...)
	command.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null")
	command.Stdin = strings.NewReader(stdin)
	out, err := command.CombinedOutput()
	if err != nil {
		r.t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

// sign makes the last commit one with a signature, of whatever worth.
func (r *repository) sign() {
	r.t.Helper()
	head, message, _ := strings.Cut(r.git("cat-file", "commit", "HEAD")+"\n", "\n\n")
	signed := head + "\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\n" + message
	r.git("update-ref", "HEAD", r.feed(signed, "hash-object", "-t", "commit", "-w", "--stdin"))
}

// sprung reports whether the program has run since it was last asked.
func (r *repository) sprung() bool { return os.Remove(r.evidence) == nil }
