package files

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"runtime"
	"slices"

	"golang.org/x/sys/unix"
)

// A Folder is an open folder. It is safe for concurrent use, up to Close.
type Folder struct {
	file *os.File
	fd   int // of file
}

// Open opens a folder.
func Open(name string) (*Folder, error) {
	file, err := os.OpenFile(name, unix.O_PATH|unix.O_DIRECTORY, 0)
	if err != nil {
		return nil, err
	}
	return &Folder{file, int(file.Fd())}, nil
}

// Close closes the folder.
func (f *Folder) Close() error { return f.file.Close() }

// AppendFile appends the content of a regular file of 1 to limit bytes, by its
// slash-separated path. No link in the path is followed. Whatever the error
// is, [os.Root] can say better what is wrong.
func (f *Folder) AppendFile(out []byte, name string, limit int) ([]byte, error) {
	fd, size, err := f.openFile(name)
	if err != nil {
		return out, err
	}
	defer unix.Close(fd)
	if size == 0 || size > int64(limit) { // some file systems do not know sizes
		return out, ErrOther
	}
	before := len(out)
	out = slices.Grow(out, int(size))[:before+int(size)]
	for rest := out[before:]; len(rest) > 0; {
		n, err := again(func() (int, error) { return unix.Read(fd, rest) })
		if err != nil || n == 0 { // it has become shorter
			return out[:before], ErrOther
		}
		rest = rest[n:]
	}
	return out, nil
}

// AppendStart appends the beginning of a regular file, at most n bytes, as
// AppendFile does.
func (f *Folder) AppendStart(out []byte, name string, n int) ([]byte, error) {
	fd, _, err := f.openFile(name)
	if err != nil {
		return out, err
	}
	defer unix.Close(fd)
	before := len(out)
	out = slices.Grow(out, n)[:before+n]
	n, err = again(func() (int, error) { return unix.Read(fd, out[before:]) })
	if err != nil {
		return out[:before], ErrOther
	}
	return out[:before+n], nil
}

// openFile opens a regular file, and returns its size.
func (f *Folder) openFile(name string) (fd int, size int64, err error) {
	defer runtime.KeepAlive(f)
	// Opening some things that are no files does something already.
	var info unix.Stat_t
	if err := unix.Fstatat(f.fd, name, &info, unix.AT_SYMLINK_NOFOLLOW); err != nil || info.Mode&unix.S_IFMT != unix.S_IFREG {
		return 0, 0, ErrOther
	}
	if fd, err = f.open(name, unix.O_NONBLOCK); err != nil {
		return 0, 0, ErrOther
	}
	// It may be another one by now.
	if err := unix.Fstat(fd, &info); err != nil || info.Mode&unix.S_IFMT != unix.S_IFREG {
		unix.Close(fd)
		return 0, 0, ErrOther
	}
	return fd, info.Size, nil
}

// OpenFolder opens a folder in it for listing, by its slash-separated path. No
// link in the path is followed. Whatever the error is, [os.Root] can say better
// what is wrong.
func (f *Folder) OpenFolder(name string) (*os.File, error) {
	defer runtime.KeepAlive(f)
	fd, err := f.open(name, unix.O_DIRECTORY)
	if err != nil {
		return nil, ErrOther
	}
	return os.NewFile(uintptr(fd), name), nil
}

// open opens what is there for reading.
func (f *Folder) open(name string, flags int) (int, error) {
	return again(func() (int, error) {
		return unix.Openat2(f.fd, name, &unix.OpenHow{
			Flags:   unix.O_RDONLY | unix.O_CLOEXEC | uint64(flags),
			Resolve: unix.RESOLVE_BENEATH | unix.RESOLVE_NO_SYMLINKS,
		})
	})
}

// WriteFile writes a file by its slash-separated path, and makes the folders
// above it. Links in the folder are followed wherever they lead.
func (f *Folder) WriteFile(name string, content []byte) error {
	defer runtime.KeepAlive(f)
	if err := local("write", name); err != nil {
		return err
	}
	fd, err := f.create(name)
	if errors.Is(err, unix.ENOENT) {
		if err := f.makeFolder(path.Dir(name)); err != nil {
			return err
		}
		fd, err = f.create(name)
	}
	if err != nil {
		return &fs.PathError{Op: "open", Path: name, Err: err}
	}
	for err == nil && len(content) > 0 {
		var n int
		n, err = again(func() (int, error) { return unix.Write(fd, content) })
		content = content[max(0, n):]
	}
	if closed := unix.Close(fd); err == nil {
		err = closed
	}
	if err != nil {
		return &fs.PathError{Op: "write", Path: name, Err: err}
	}
	return nil
}

func (f *Folder) create(name string) (int, error) {
	return again(func() (int, error) {
		return unix.Openat(f.fd, name, unix.O_WRONLY|unix.O_CREAT|unix.O_TRUNC|unix.O_CLOEXEC, 0o644)
	})
}

// makeFolder makes a folder and those above it, if they are not there.
func (f *Folder) makeFolder(name string) error {
	err := unix.Mkdirat(f.fd, name, 0o755)
	if errors.Is(err, unix.ENOENT) && name != "." {
		if err := f.makeFolder(path.Dir(name)); err != nil {
			return err
		}
		err = unix.Mkdirat(f.fd, name, 0o755)
	}
	if err != nil && !errors.Is(err, unix.EEXIST) {
		return &fs.PathError{Op: "mkdir", Path: name, Err: err}
	}
	return nil
}

// again repeats what a signal has interrupted.
func again(call func() (int, error)) (int, error) {
	for {
		if n, err := call(); err != unix.EINTR {
			return n, err
		}
	}
}
