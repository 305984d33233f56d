package files_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/files"
)

func open(t *testing.T, dir string) *files.Folder {
	t.Helper()
	f, err := files.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestWriteFile(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir)
	large := bytes.Repeat([]byte("large "), 1<<16)
	for _, c := range []struct {
		name    string
		content []byte
	}{{"a.txt", []byte("a")}, {"en/oom/index.html", []byte("page")}, {"en/oom/index.md", large}, {"a.txt", []byte("")}, {"en/empty", nil}} {
		if err := f.WriteFile(c.name, c.content); err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if got, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(c.name))); err != nil || !bytes.Equal(got, c.content) {
			t.Errorf("%s holds %.20q, %v", c.name, got, err)
		}
	}
	for _, name := range []string{"", "/etc/x", "../x", "en/../../x"} {
		if err := f.WriteFile(name, nil); !errors.Is(err, fs.ErrInvalid) {
			t.Errorf("WriteFile(%q) = %v", name, err)
		}
	}
	if err := f.WriteFile("a.txt/b/c", nil); err == nil {
		t.Error("a file was written below a file")
	}
}

func TestWriteFileAfterRemoval(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "gone")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	f := open(t, dir)
	if err := os.Remove(dir); err != nil {
		t.Skip(err) // it is in use
	}
	if err := f.WriteFile("en/index.html", nil); err == nil && runtime.GOOS == "linux" {
		t.Error("a file was written to a folder that is gone")
	}
}

func TestOpen(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("a folder is opened when its files are")
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{file, file + "-missing"} {
		if f, err := files.Open(name); err == nil {
			f.Close()
			t.Errorf("Open(%s) took it for a folder", name)
		}
	}
}

func TestRead(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("os.Root reads files here")
	}
	outside := t.TempDir()
	dir := t.TempDir()
	f := open(t, dir)
	for name, content := range map[string]string{"empty": "", "image/oom/en.md": "# title\n", "limit": strings.Repeat("x", 10), "over": strings.Repeat("x", 11)} {
		if err := f.WriteFile(name, []byte(content)); err != nil {
			t.Fatal(err)
		}
		got, err := f.AppendFile([]byte("before "), name, 10)
		if read := content != "" && len(content) <= 10; read != (err == nil) || read && string(got) != "before "+content || !read && string(got) != "before " {
			t.Errorf("AppendFile(%s) = %q, %v", name, got, err)
		}
		if got, err := f.AppendStart([]byte("before "), name, 4); err != nil || string(got) != "before "+content[:min(4, len(content))] {
			t.Errorf("AppendStart(%s) = %q, %v", name, got, err)
		}
	}
	if err := os.WriteFile(filepath.Join(outside, "secret"), []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	for link, target := range map[string]string{"out": outside, "file-out": filepath.Join(outside, "secret"), "file-in": "limit", "folder-in": "image"} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{
		"", ".", "image", "missing", "image/missing", "limit/below", "../" + filepath.Base(outside) + "/secret", "/etc/hostname",
		"out/secret", "file-out", "file-in", "folder-in/oom/en.md",
	} {
		if got, err := f.AppendFile(nil, name, 10); !errors.Is(err, files.ErrOther) {
			t.Errorf("AppendFile(%q) = %q, %v", name, got, err)
		}
		if got, err := f.AppendStart(nil, name, 10); !errors.Is(err, files.ErrOther) {
			t.Errorf("AppendStart(%q) = %q, %v", name, got, err)
		}
	}
	for _, name := range []string{"", "missing", "limit", "..", outside, "out", "folder-in", "folder-in/oom"} {
		if opened, err := f.OpenFolder(name); !errors.Is(err, files.ErrOther) {
			opened.Close()
			t.Errorf("OpenFolder(%q): %v", name, err)
		}
	}
	for name, want := range map[string]int{".": 8, "image": 1, "image/oom": 1} {
		opened, err := f.OpenFolder(name)
		if err != nil {
			t.Fatalf("OpenFolder(%s): %v", name, err)
		}
		list, err := opened.ReadDir(-1)
		if opened.Close(); err != nil || len(list) != want {
			t.Errorf("%s holds %v, %v", name, list, err)
		}
	}
}
