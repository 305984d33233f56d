//go:build unix

package replace

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// lock makes the workshop and locks it for this process. The lock ends with the
// process, however that ends.
func lock(workshop string) (io.Closer, error) {
	for {
		if err := os.Mkdir(workshop, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
			return nil, err
		}
		fd, err := unix.Open(workshop, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0)
		if errors.Is(err, fs.ErrNotExist) {
			continue // another process has just finished
		} else if err != nil {
			return nil, fmt.Errorf("%s is in the way: %w", workshop, err)
		}
		folder := os.NewFile(uintptr(fd), workshop)
		if err := unix.Flock(fd, unix.LOCK_EX|unix.LOCK_NB); err != nil {
			folder.Close()
			if errors.Is(err, unix.EWOULDBLOCK) {
				return nil, fmt.Errorf("another process is writing the same folder (it holds %s); try again when it is done", workshop)
			}
			return nil, err
		}
		// A process that finished between the two calls took the folder away.
		locked, err := folder.Stat()
		if err != nil {
			folder.Close()
			return nil, err
		}
		if now, err := os.Lstat(workshop); err == nil && os.SameFile(locked, now) {
			return folder, nil
		}
		folder.Close()
	}
}

// isMount reports whether an error of renaming means that the folder is the
// root of a file system.
func isMount(err error) bool { return errors.Is(err, unix.EBUSY) || errors.Is(err, unix.EXDEV) }
