//go:build !unix

package replace

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// lock makes the workshop, which nobody else can do while it is there.
func lock(workshop string) (io.Closer, error) {
	err := os.Mkdir(workshop, 0o755)
	if errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("%s is there: another process is writing the same folder, or was stopped; remove it if none is", workshop)
	}
	return unlocked{}, err
}

type unlocked struct{}

func (unlocked) Close() error { return nil }

func isMount(error) bool { return false }
