package main

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// entry is what a test wants of an entry of a zip.
type entry struct {
	Name string
	Mode fs.FileMode
	Data string
}

// unzip returns the entries of a zip, which have to be compressed and of the
// fixed time.
func unzip(t *testing.T, data []byte) []entry {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var entries []entry
	for _, f := range r.File {
		if f.Method != zip.Deflate {
			t.Errorf("%s has method %d", f.Name, f.Method)
		}
		if !f.Modified.Equal(modified) {
			t.Errorf("%s was modified at %v", f.Name, f.Modified)
		}
		content, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(content)
		if err != nil {
			t.Fatal(err)
		}
		entries = append(entries, entry{f.Name, f.Mode(), string(data)})
	}
	return entries
}

func TestZipped(t *testing.T) {
	files := []file{
		{"scf_bootstrap", []byte("#!/bin/bash\n"), true},
		{"diagnose", bytes.Repeat([]byte("program "), 4096), true},
		{"en/index.html", []byte("<p>"), false},
		{"empty", nil, false},
	}
	data, err := zipped(files)
	if err != nil {
		t.Fatal(err)
	}
	want := []entry{
		{"scf_bootstrap", 0o755, "#!/bin/bash\n"},
		{"diagnose", 0o755, string(files[1].data)},
		{"en/index.html", 0o644, "<p>"},
		{"empty", 0o644, ""},
	}
	if diff := cmp.Diff(want, unzip(t, data)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	again, err := zipped(files)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(data, again) {
		t.Error("the same files gave other bytes")
	}
}

func TestTree(t *testing.T) {
	files, err := tree(fstest.MapFS{
		"en/index.html":   {Data: []byte("e")},
		"en.txt":          {Data: []byte("t")},
		"assets/a/b.css":  {Data: []byte("b")},
		"assets/site.css": {Data: []byte("s"), Mode: 0o755}, // no page is a program
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []file{
		{"assets/a/b.css", []byte("b"), false},
		{"assets/site.css", []byte("s"), false},
		{"en.txt", []byte("t"), false},
		{"en/index.html", []byte("e"), false},
	}
	if diff := cmp.Diff(want, files, cmp.AllowUnexported(file{})); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestTreeRefusesLinks(t *testing.T) {
	_, err := tree(fstest.MapFS{"index.html": {Data: []byte("/etc/passwd"), Mode: fs.ModeSymlink}})
	if err == nil {
		t.Error("a link has been followed")
	}
}
