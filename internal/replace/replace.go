// Package replace writes files and folders whole or not at all: what is new is
// made beside what is there and takes its place by renaming. Whoever looks
// meanwhile, and whoever looks after a failure, a full disk or the end of the
// process at any moment, finds what was there before. (After the power has
// failed that holds as far as the file system keeps to the order of writes.)
package replace

import (
	"os"
	"path/filepath"
)

// File writes a file, or replaces it; a link in its place is replaced and not
// followed.
func File(name string, content []byte) (err error) {
	// A fixed name, so that what a killed process left is overwritten.
	fresh := filepath.Join(filepath.Dir(name), "."+filepath.Base(name)+suffix)
	if err := os.RemoveAll(fresh); err != nil {
		return err
	}
	file, err := os.OpenFile(fresh, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(fresh)
		}
	}()
	if _, err := file.Write(content); err != nil {
		file.Close()
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	return os.Rename(fresh, name)
}
