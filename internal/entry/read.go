package entry

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"sync"
	"syscall"

	"github.com/reasonbook/reasonbook/internal/files"
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
	opened, err := files.Open(dir)
	if err != nil {
		root.Close()
		return nil, err
	}
	return folder{root, opened, root.FS()}, nil
}

type folder struct {
	root  *os.Root
	files *files.Folder // the same
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

// readDir lists a folder, sorted by name. It returns no more than limit names,
// and whether there are more.
func readDir(fsys fs.FS, name string, limit int) (list []fs.DirEntry, more bool, err error) {
	dir, err := openDir(fsys, name)
	if err != nil {
		return nil, false, err
	}
	defer dir.Close()
	list, err = dir.ReadDir(limit + 1)
	if err != nil && err != io.EOF {
		return nil, false, err
	}
	slices.SortFunc(list, func(a, b fs.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
	return list[:min(len(list), limit)], len(list) > limit, nil
}

func openDir(fsys fs.FS, name string) (fs.ReadDirFile, error) {
	if f, ok := fsys.(folder); ok {
		if dir, err := f.files.OpenFolder(name); err == nil {
			return dir, nil
		}
	}
	file, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	dir, ok := file.(fs.ReadDirFile)
	if !ok {
		file.Close()
		return nil, fmt.Errorf("%s is no folder", name)
	}
	return dir, nil
}

// readFile appends a file that must be there. What keeps it from being read is a
// fault.
func readFile(out []byte, fsys fs.FS, name string, faults *Faults) (source []byte, ok bool) {
	source, err := readRegular(out, fsys, name)
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
	return out, false
}

func readRegular(out []byte, fsys fs.FS, name string) ([]byte, error) {
	if f, ok := fsys.(folder); ok {
		if source, err := f.files.AppendFile(out, name, maxFile); err == nil {
			return source, nil
		}
		// It may be a link to something else in the knowledge base.
	}
	// Opening some things that are no files does something already.
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return out, err
	}
	if err := regular(info); err != nil {
		return out, err
	}
	file, err := fsys.Open(name)
	if err != nil {
		return out, err
	}
	defer file.Close()
	if info, err = file.Stat(); err != nil { // it may be another one by now
		return out, err
	}
	if err := regular(info); err != nil {
		return out, err
	}
	source := bytes.NewBuffer(out)
	source.Grow(int(min(info.Size(), maxFile)) + bytes.MinRead)
	read, err := source.ReadFrom(io.LimitReader(file, maxFile+1))
	if err == nil && read > maxFile {
		err = fmt.Errorf("the file is larger than %d KiB", maxFile>>10)
	}
	return source.Bytes(), err
}

// readStart returns the first n bytes of a file or more; nothing if it cannot be
// read.
func readStart(out []byte, fsys fs.FS, name string, n int) []byte {
	if f, ok := fsys.(folder); ok {
		if source, err := f.files.AppendStart(out, name, n); err == nil {
			return source
		}
	}
	source, err := readRegular(out, fsys, name)
	if err != nil {
		return out
	}
	return source
}

// sources holds space for files that are read and soon done with.
var sources = sync.Pool{New: func() any { return new([]byte) }}

// regular returns an error if something is no file but a folder, pipe or device.
func regular(info fs.FileInfo) error {
	if info.Mode().IsRegular() {
		return nil
	}
	return fmt.Errorf("this is no regular file (%s)", info.Mode())
}
