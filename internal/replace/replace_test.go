package replace

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var letters = Content{Name: "set of letters", Marker: "a", Owns: func(name string) bool { return len(name) == 1 }}

// write makes files, by paths and contents, and makes the folders of those
// that end with a slash.
func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, content := range files {
		path := filepath.Join(dir, name)
		folder := filepath.Dir(path)
		if strings.HasSuffix(name, "/") {
			folder = path
		}
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		if folder == path {
			continue
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// holds checks that a folder holds these files and nothing else.
func holds(t *testing.T, dir string, want map[string]string) {
	t.Helper()
	found := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && path != dir {
			if d != nil && strings.HasPrefix(d.Name(), ".") {
				t.Errorf("%s is left", path)
			}
			return err
		}
		if path == dir {
			return nil
		}
		found++
		name, _ := filepath.Rel(dir, path)
		if content, err := os.ReadFile(path); err != nil || want[filepath.ToSlash(name)] != string(content) {
			t.Errorf("%s: %q %v", name, content, err)
		}
		return nil
	})
	if err != nil || found != len(want) {
		t.Errorf("%d files, want %v (%v)", found, want, err)
	}
}

// TestRecover: whenever a process was killed, the next one finds the old folder
// or the new one, and takes away what is left.
func TestRecover(t *testing.T) {
	for _, test := range []struct {
		name         string
		left, stands map[string]string
	}{
		{"nothing", nil, nil},
		{"killed at once", map[string]string{".out.reasonbook-new/": "", "out/a": "1"}, map[string]string{"out/a": "1"}},
		{"killed while writing", map[string]string{".out.reasonbook-new/new/a": "2", "out/a": "1"}, map[string]string{"out/a": "1"}},
		{"killed while writing the first", map[string]string{".out.reasonbook-new/new/a": "2"}, nil},
		{"killed between two renames", map[string]string{".out.reasonbook-new/new/a": "2", ".out.reasonbook-new/old/a": "1"}, map[string]string{"out/a": "1"}},
		{"killed after two renames", map[string]string{".out.reasonbook-new/old/a": "1", "out/a": "2"}, map[string]string{"out/a": "2"}},
		{"killed after one rename", map[string]string{".out.reasonbook-new/new/b": "1", "out/a": "2"}, map[string]string{"out/a": "2"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir, test.left)
			f, err := NewFolder(filepath.Join(dir, "out"), letters)
			if err != nil {
				t.Fatal(err)
			}
			if err := f.WriteFile("c", []byte("3")); err != nil {
				t.Error(err)
			}
			if err := f.Discard(); err != nil {
				t.Error(err)
			}
			holds(t, dir, test.stands)
			if err := f.WriteFile("a", nil); !errors.Is(err, ErrDone) {
				t.Errorf("written afterwards: %v", err)
			}
			if err := f.Commit(); !errors.Is(err, ErrDone) {
				t.Errorf("put in place afterwards: %v", err)
			}
		})
	}
}

func TestCommit(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "deep", "out")
	for n, want := range []map[string]string{{"a": "1", "d/e": "1"}, {"a": "2"}} {
		f, err := NewFolder(out, letters)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := NewFolder(out, letters); err == nil || !strings.Contains(err.Error(), "another process is writing the same folder") {
			t.Errorf("two at once: %v", err)
		}
		for name, content := range want {
			if err := f.WriteFile(name, []byte(content)); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.WriteFile("../outside", nil); err == nil {
			t.Error("written out of the folder")
		}
		if err := f.Commit(); err != nil {
			t.Fatal(err)
		}
		if err := f.Discard(); err != nil {
			t.Fatal(err)
		}
		if n == 1 {
			want["d/e"] = "1" // is none of the letters, so it stays
		}
		holds(t, filepath.Dir(out), prefixed("out/", want))
	}
}

func prefixed(prefix string, files map[string]string) map[string]string {
	list := map[string]string{}
	for name, content := range files {
		list[prefix+name] = content
	}
	return list
}

// TestSwapInTwo: where two folders cannot be swapped in one step.
func TestSwapInTwo(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"new/a": "2", "out/a": "1"})
	join := func(name string) string { return filepath.Join(dir, name) }
	if err := swapInTwo(join("missing"), join("out"), join("old")); err == nil {
		t.Error("no error")
	}
	holds(t, dir, map[string]string{"new/a": "2", "out/a": "1"})
	if err := swapInTwo(join("new"), join("out"), join("old")); err != nil {
		t.Error(err)
	}
	holds(t, dir, map[string]string{"out/a": "2", "old/a": "1"})
}

// TestCameMeanwhile: what stands at the path when the new folder is finished is
// looked at again.
func TestCameMeanwhile(t *testing.T) {
	for name, content := range map[string]Content{"kind": letters, "none yet": {}} {
		dir := t.TempDir()
		f, err := NewFolder(filepath.Join(dir, "out"), content)
		if err != nil {
			t.Fatal(err)
		}
		write(t, dir, map[string]string{"out/thesis": "mine"})
		if err := f.Commit(); err == nil {
			t.Errorf("%s: no error", name)
		}
		if err := f.Discard(); err != nil {
			t.Error(err)
		}
		holds(t, dir, map[string]string{"out/thesis": "mine"})
	}
}

func TestFile(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"precious": "precious", ".book.go.reasonbook-new": "left by a killed process"})
	name := filepath.Join(dir, "book.go")
	if err := os.Symlink("precious", name); err != nil {
		t.Fatal(err)
	}
	for _, content := range []string{"1", "2"} {
		if err := File(name, []byte(content)); err != nil {
			t.Fatal(err)
		}
		holds(t, dir, map[string]string{"precious": "precious", "book.go": content})
	}
	write(t, dir, map[string]string{"folder/x": "x"})
	if err := File(filepath.Join(dir, "folder"), nil); err == nil {
		t.Error("a folder was replaced by a file")
	}
	holds(t, dir, map[string]string{"precious": "precious", "book.go": "2", "folder/x": "x"})
}
