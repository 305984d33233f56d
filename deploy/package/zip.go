package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"
)

// A file is an entry of a zip.
type file struct {
	name       string // with slashes
	data       []byte
	executable bool
}

// modified is the time of every entry: the earliest that the format can tell.
var modified = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// zipped returns a zip of files in the order given: the same bytes for the same
// files.
func zipped(files []file) ([]byte, error) {
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for _, f := range files {
		header := &zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: modified}
		// Without its mode a host would unpack a program that it cannot start.
		header.SetMode(0o644)
		if f.executable {
			header.SetMode(0o755)
		}
		entry, err := w.CreateHeader(header)
		if err != nil {
			return nil, err
		}
		if _, err := entry.Write(f.data); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

// tree returns the files below the root of a file system, sorted by name.
func tree(fsys fs.FS) ([]file, error) {
	var files []file
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if !d.Type().IsRegular() {
			return fmt.Errorf("%s is no regular file", name)
		}
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		files = append(files, file{name: name, data: data})
		return nil
	})
	// The walk goes folder by folder, which puts a/b before a.txt.
	slices.SortFunc(files, func(a, b file) int { return strings.Compare(a.name, b.name) })
	return files, err
}
