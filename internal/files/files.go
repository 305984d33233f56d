// Package files reads and writes many small files in a folder. On Linux it
// asks the system for no more than that takes; an [os.File] is made ready for
// much else, which for a file of a few kilobytes takes as long as reading it.
package files

import (
	"errors"
	"io/fs"
	"path/filepath"
)

// ErrOther is the error of reading what [os.Root] must look at: something that
// is not there or of another kind, a link, a file that is empty or too large; and of
// systems whose way of reading files this package does not know.
var ErrOther = errors.New("not read")

// local checks that a slash-separated path leads nowhere out of a folder, if
// no link in the folder does.
func local(op, name string) error {
	if !filepath.IsLocal(filepath.FromSlash(name)) {
		return &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	return nil
}
