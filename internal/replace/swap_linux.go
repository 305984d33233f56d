package replace

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// swap puts the folder fresh in the place of path: in one step where the file
// system can do that, and then what was at path is at fresh.
func swap(fresh, path, old string) error {
	err := unix.Renameat2(unix.AT_FDCWD, fresh, unix.AT_FDCWD, path, unix.RENAME_EXCHANGE)
	if errors.Is(err, unix.ENOSYS) || errors.Is(err, unix.EINVAL) {
		return swapInTwo(fresh, path, old)
	} else if err != nil {
		return &os.LinkError{Op: "exchange", Old: fresh, New: path, Err: err}
	}
	return nil
}

// place puts the folder fresh at path, where nothing may be.
func place(fresh, path string) error {
	err := unix.Renameat2(unix.AT_FDCWD, fresh, unix.AT_FDCWD, path, unix.RENAME_NOREPLACE)
	if errors.Is(err, unix.ENOSYS) || errors.Is(err, unix.EINVAL) {
		return os.Rename(fresh, path)
	} else if err != nil {
		return &os.LinkError{Op: "rename", Old: fresh, New: path, Err: err}
	}
	return nil
}
