//go:build !linux

package files

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// A Folder is an open folder. It is safe for concurrent use, up to Close.
type Folder struct{ path string }

// Open opens a folder.
func Open(name string) (*Folder, error) { return &Folder{name}, nil }

// Close closes the folder.
func (f *Folder) Close() error { return nil }

// AppendFile returns [ErrOther].
func (f *Folder) AppendFile(out []byte, _ string, _ int) ([]byte, error) { return out, ErrOther }

// AppendStart returns [ErrOther].
func (f *Folder) AppendStart(out []byte, _ string, _ int) ([]byte, error) { return out, ErrOther }

// OpenFolder returns [ErrOther].
func (f *Folder) OpenFolder(string) (*os.File, error) { return nil, ErrOther }

// WriteFile writes a file by its slash-separated path, and makes the folders
// above it. Links in the folder are followed wherever they lead.
func (f *Folder) WriteFile(name string, content []byte) error {
	if err := local("write", name); err != nil {
		return err
	}
	file := filepath.Join(f.path, filepath.FromSlash(name))
	err := os.WriteFile(file, content, 0o644)
	if errors.Is(err, fs.ErrNotExist) {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		err = os.WriteFile(file, content, 0o644)
	}
	return err
}
