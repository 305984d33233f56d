package files_test

import (
	"errors"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/reasonbook/reasonbook/internal/files"
)

// Opening a pipe waits for somebody who writes.
func TestReadFileOfPipe(t *testing.T) {
	dir := t.TempDir()
	if err := unix.Mkfifo(filepath.Join(dir, "pipe"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := open(t, dir).ReadFile("pipe", 10); !errors.Is(err, files.ErrOther) {
		t.Errorf("ReadFile of a pipe: %v", err)
	}
}
