package main

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestNewEntry goes the way that the documents and the help describe, with the
// very commands that they give, up to the lint.
func TestNewEntry(t *testing.T) {
	command := regexp.MustCompile(`(?:go run \./cmd/|(?m:^)  )reasonbook (new -[^\n` + "`" + `]+)`)
	_, help, _ := reasonbook("", "help", "new")
	documents := map[string]string{"help": help}
	for _, document := range []string{"README.md", "kb/README.md"} {
		text, err := os.ReadFile(filepath.Join("..", "..", filepath.FromSlash(document)))
		if err != nil {
			t.Fatal(err)
		}
		documents[document] = string(text)
	}
	book, err := filepath.Abs("../../kb")
	if err != nil {
		t.Fatal(err)
	}
	for document, text := range documents {
		t.Run(document, func(t *testing.T) {
			commands := command.FindAllStringSubmatch(text, -1)
			if len(commands) == 0 {
				t.Fatal("no command that makes an entry")
			}
			for _, found := range commands {
				args := strings.Fields(found[1])
				kb := "kb"
				if i := slices.Index(args, "-kb"); i >= 0 {
					kb = filepath.FromSlash(args[i+1])
				}
				work := filepath.Join(t.TempDir(), "work")
				if err := errors.Join(os.Mkdir(work, 0o755), os.CopyFS(filepath.Join(work, kb), os.DirFS(book))); err != nil {
					t.Fatal(err)
				}
				t.Chdir(work)
				newEntry(t, kb, args)
			}
		})
	}
}

// newEntry runs new with arguments as they stand in a document, for the
// knowledge base in the folder kb.
func newEntry(t *testing.T, kb string, args []string) {
	t.Helper()
	code, stdout, stderr := reasonbook("", args...)
	if code != 0 {
		t.Fatalf("%v: exit %d\n%s%s", args, code, stdout, stderr)
	}
	id := args[len(args)-1]
	folders, _ := filepath.Glob(filepath.Join(kb, "*", id))
	if len(folders) != 1 || !strings.Contains(stdout, folders[0]+" is made") {
		t.Fatalf("%v made %v\n%s", args, folders, stdout)
	}
	code, stdout, _ = reasonbook("", "lint", kb)
	for _, file := range []string{"entry.yaml", "en.md", "ja.md", "zh.md"} {
		if !strings.Contains(stdout, filepath.Join(folders[0], file)+":") {
			t.Errorf("the lint does not ask to fill in %s:\n%s", file, stdout)
		}
	}
	// Nothing is at fault but what is marked, in the new entry.
	for line := range strings.Lines(stdout) {
		if !strings.HasPrefix(line, folders[0]) {
			t.Errorf("a fault elsewhere: %s", line)
		}
		if !strings.Contains(line, "FILL IN") {
			t.Errorf("a fault that is not marked: %s", line)
		}
	}
	if code != 1 {
		t.Errorf("exit %d", code)
	}
	if code, _, stderr := reasonbook("", args...); code != 1 || !strings.Contains(stderr, "exists already") {
		t.Errorf("the same again: exit %d\n%s", code, stderr)
	}
}

// TestNewInEveryStage: the kind that fits the stage is taken if none is named.
func TestNewInEveryStage(t *testing.T) {
	for stage, kind := range map[string]string{"image": "cause", "exit": "cause", "jvm": "log", "product": "log"} {
		dir := t.TempDir()
		if code, _, stderr := reasonbook("", "new", "-kb", dir, "-stage", stage, "my-entry"); code != 0 {
			t.Fatalf("exit %d\n%s", code, stderr)
		}
		source, err := os.ReadFile(filepath.Join(dir, stage, "my-entry", "entry.yaml"))
		if err != nil || !strings.HasPrefix(string(source), "kind: "+kind+"\n") {
			t.Errorf("in %s: %v\n%.40s", stage, err, source)
		}
	}
}
