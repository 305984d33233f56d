package site_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
)

// TestArchive: the archive holds every page and what they load.
func TestArchive(t *testing.T) { eachBook(t, testArchive) }

func testArchive(t *testing.T, files map[string][]byte) {
	archive, err := zip.NewReader(bytes.NewReader(files["reasonbook.zip"]), int64(len(files["reasonbook.zip"])))
	if err != nil {
		t.Fatal(err)
	}
	in := map[string]bool{}
	for _, f := range archive.File {
		name := strings.TrimPrefix(f.Name, "reasonbook/")
		in[name] = true
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if content, err := io.ReadAll(r); err != nil || !bytes.Equal(content, files[name]) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name := range files {
		needed := strings.HasSuffix(name, ".html") || strings.HasSuffix(name, ".js") || strings.HasSuffix(name, ".css")
		if needed && !in[name] {
			t.Errorf("%s is not in the archive", name)
		}
	}
}
