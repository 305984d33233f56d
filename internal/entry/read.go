package entry

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"syscall"
)

// What a knowledge base may hold, so that reading one from elsewhere ends, and
// ends soon: many times what a large one of people's making does.
const (
	maxEntries  = 50_000
	maxFile     = 64 << 10 // bytes
	maxInFolder = 16       // names in the folder of an entry
)

// Dir opens the folder of a knowledge base. Links in it that lead out of it
// are not followed, and opening what is no file does not wait for anybody.
func Dir(dir string) (fs.FS, error) {
	info, err := os.Stat(dir)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("%s is not a directory", dir)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return folder{root, root.FS()}, nil
}

type folder struct {
	root *os.Root
	fs.FS
}

// Open implements [fs.FS].
func (f folder) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	file, err := f.root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	return file, nil
}

// Stat implements [fs.StatFS].
func (f folder) Stat(name string) (fs.FileInfo, error) { return f.root.Stat(name) }

// An openFolder is the folder of an entry, open for reading.
type openFolder struct {
	fs.FS // its files; nil if it could not be opened
	base  fs.FS
	path  string // below base
}

// openFolderOf opens the folder of an entry in a knowledge base. What stands in
// one folder is read from there: from the top each file costs the system a walk
// through the folders above it.
func openFolderOf(base fs.FS, path string) openFolder {
	f := openFolder{base: base, path: path}
	if of, ok := base.(folder); ok {
		if root, err := of.root.OpenRoot(path); err == nil {
			f.FS = folder{root, root.FS()}
		}
	} else if sub, err := fs.Sub(base, path); err == nil {
		f.FS = sub
	}
	return f
}

func (f openFolder) close() {
	if of, ok := f.FS.(folder); ok {
		of.root.Close()
	}
}

// readDir is [readDir] of the folder.
func (f openFolder) readDir(limit int) (list []fs.DirEntry, more bool, err error) {
	if f.FS == nil {
		return readDir(f.base, f.path, limit) // says what is wrong with it
	}
	return readDir(f.FS, ".", limit)
}

// readFile is [readFile] of a file in the folder.
func (f openFolder) readFile(name string, faults *Faults) (source []byte, ok bool) {
	if f.FS != nil {
		if source, err := readRegular(f.FS, name); err == nil {
			return source, true
		}
	}
	// It may be a link to another folder of the knowledge base.
	return readFile(f.base, path.Join(f.path, name), faults)
}

// readDir lists a folder, sorted by name. It returns no more than limit names,
// and whether there are more.
func readDir(fsys fs.FS, name string, limit int) (list []fs.DirEntry, more bool, err error) {
	file, err := fsys.Open(name)
	if err != nil {
		return nil, false, err
	}
	defer file.Close()
	dir, ok := file.(fs.ReadDirFile)
	if !ok {
		return nil, false, fmt.Errorf("%s is no folder", name)
	}
	list, err = dir.ReadDir(limit + 1)
	if err != nil && err != io.EOF {
		return nil, false, err
	}
	slices.SortFunc(list, func(a, b fs.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
	return list[:min(len(list), limit)], len(list) > limit, nil
}

// readFile reads a file that must be there. What keeps it from being read is a
// fault.
func readFile(fsys fs.FS, name string, faults *Faults) (source []byte, ok bool) {
	source, err := readRegular(fsys, name)
	var failed *fs.PathError
	switch {
	case err == nil:
		return source, true
	case errors.Is(err, fs.ErrNotExist):
		faults.add(name, 1, "file is missing")
	case errors.As(err, &failed):
		faults.add(name, 1, "cannot be read (%v): the files of a knowledge base are regular files in its folder", failed.Err)
	default:
		faults.add(name, 1, "%v", err)
	}
	return nil, false
}

func readRegular(fsys fs.FS, name string) ([]byte, error) {
	// Opening some things that are no files does something already.
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, err
	}
	if err := regular(info); err != nil {
		return nil, err
	}
	file, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if info, err = file.Stat(); err != nil { // it may be another one by now
		return nil, err
	}
	if err := regular(info); err != nil {
		return nil, err
	}
	var source bytes.Buffer
	source.Grow(int(min(info.Size(), maxFile)) + bytes.MinRead)
	_, err = source.ReadFrom(io.LimitReader(file, maxFile+1))
	if err == nil && source.Len() > maxFile {
		err = fmt.Errorf("the file is larger than %d KiB", maxFile>>10)
	}
	return source.Bytes(), err
}

// regular returns an error if something is no file but a folder, pipe or device.
func regular(info fs.FileInfo) error {
	if info.Mode().IsRegular() {
		return nil
	}
	return fmt.Errorf("this is no regular file (%s)", info.Mode())
}
