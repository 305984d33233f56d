package files_test

import (
	"errors"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/reasonbook/reasonbook/internal/files"
)

// Opening a pipe waits for somebody who writes.
func TestReadPipe(t *testing.T) {
	dir := t.TempDir()
	if err := unix.Mkfifo(filepath.Join(dir, "pipe"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := open(t, dir).AppendFile(nil, "pipe", 10); !errors.Is(err, files.ErrOther) {
		t.Errorf("AppendFile of a pipe: %v", err)
	}
}
