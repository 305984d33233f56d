//go:build !linux

package replace

import "os"

// swap puts the folder fresh in the place of path, and what was there at old.
func swap(fresh, path, old string) error { return swapInTwo(fresh, path, old) }

// place puts the folder fresh at path, where nothing may be but an empty folder.
func place(fresh, path string) error { return os.Rename(fresh, path) }
