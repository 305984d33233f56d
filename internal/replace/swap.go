package replace

import (
	"errors"
	"os"
)

// swapInTwo puts the folder fresh in the place of path, and what was there at
// old, in two steps. In between, path does not exist: recover puts the old
// folder back if the process is killed there.
func swapInTwo(fresh, path, old string) error {
	if err := os.Rename(path, old); err != nil {
		return err
	}
	if err := os.Rename(fresh, path); err != nil {
		return errors.Join(err, os.Rename(old, path))
	}
	return nil
}
