package replace

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync"

	"github.com/reasonbook/reasonbook/internal/files"
)

// suffix ends the names of what is made beside a file or a folder.
const suffix = ".reasonbook-new"

// Content says what a kind of folder holds, so that nothing else is replaced.
// The zero value is a kind of which there is no folder yet.
type Content struct {
	// Name names the kind in errors: "site of reasonbook".
	Name string
	// Marker is a file that every folder of the kind has. A folder that holds
	// anything but lacks it is left alone.
	Marker string
	// Owns reports whether a folder of the kind may have a file of this name, a
	// slash-separated path. Other files are not touched: the new folder has them
	// too.
	Owns func(name string) bool
}

// A Folder is a folder in the making. Its methods can be called from several
// goroutines at once.
//
// It is made in a workshop, a folder beside the one that it replaces:
//
//	.public.reasonbook-new/       locked while a process works in it
//	.public.reasonbook-new/new/   the new folder; after the swap, the old one
//	.public.reasonbook-new/old/   the old one, where two cannot be swapped in one step
type Folder struct {
	content  Content
	path     string // what is replaced; no link
	mode     fs.FileMode
	workshop string
	lock     io.Closer
	fresh    *os.Root      // workshop/new
	files    *files.Folder // the same

	mu   sync.RWMutex // held for reading while something is written
	done bool
}

// ErrDone is the error of writing to a folder that was discarded.
var ErrDone = errors.New("the folder is no longer being made")

// NewFolder begins a folder that is to stand at path. It fails if something
// stands there that is none of the kind, or if another process makes a folder
// for the same path. If path is a link, the folder that it leads to is meant.
//
// The caller must call [Folder.Discard] in the end.
func NewFolder(path string, content Content) (*Folder, error) {
	path, err := target(path)
	if err != nil {
		return nil, err
	}
	f := &Folder{content: content, path: path, mode: 0o755, workshop: filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+suffix)}
	if f.lock, err = lock(f.workshop); err != nil {
		return nil, err
	}
	if err := f.begin(); err != nil {
		f.Discard()
		return nil, err
	}
	return f, nil
}

// target returns the absolute path that a path leads to, and makes the folder
// above it.
func target(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return "", err
	}
	resolved, err := filepath.EvalSymlinks(path)
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Lstat(path); err == nil {
			return "", fmt.Errorf("%s is a link to nothing", path)
		}
		// Links above it count, as for every program.
		above, err := filepath.EvalSymlinks(filepath.Dir(path))
		return filepath.Join(above, filepath.Base(path)), err
	} else if err != nil {
		return "", err
	}
	if filepath.Dir(resolved) == resolved {
		return "", fmt.Errorf("%s cannot be replaced; name a folder below it", resolved)
	}
	return resolved, nil
}

// begin looks at what is there, takes away what a process that was killed left,
// and makes the new folder.
func (f *Folder) begin() error {
	if err := f.recover(); err != nil {
		return err
	}
	if err := f.checkOld(); err != nil {
		return err
	}
	fresh := filepath.Join(f.workshop, "new")
	if err := os.Mkdir(fresh, 0o755); err != nil {
		return err
	}
	var err error
	if f.fresh, err = os.OpenRoot(fresh); err != nil {
		return err
	}
	f.files, err = files.Open(fresh)
	return err
}

// recover ends what an earlier process began: a swap in two steps is undone
// after its first, and everything else was not yet needed or no longer is.
func (f *Folder) recover() error {
	list, err := os.ReadDir(f.workshop)
	if err != nil {
		return err
	}
	for _, found := range list {
		if name := found.Name(); name != "new" && name != "old" {
			return fmt.Errorf("%s holds %s, which is not ours; remove the folder if nobody needs it", f.workshop, name)
		}
	}
	old := filepath.Join(f.workshop, "old")
	if _, err := os.Lstat(f.path); errors.Is(err, fs.ErrNotExist) {
		if err := os.Rename(old, f.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return errors.Join(os.RemoveAll(filepath.Join(f.workshop, "new")), os.RemoveAll(old))
}

// checkOld returns an error if what stands at the path must not be replaced.
func (f *Folder) checkOld() error {
	info, err := os.Lstat(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case f.content.Marker == "":
		return fmt.Errorf("%s exists already", f.path)
	case !info.IsDir():
		return fmt.Errorf("%s is not a directory", f.path)
	}
	f.mode = info.Mode()
	list, err := os.ReadDir(f.path)
	if err != nil || len(list) == 0 {
		return err
	}
	if info, err := os.Lstat(filepath.Join(f.path, filepath.FromSlash(f.content.Marker))); err != nil || !info.Mode().IsRegular() {
		return fmt.Errorf("%s holds files, but no %s (it has no %s); empty it, or name another folder", f.path, f.content.Name, f.content.Marker)
	}
	return nil
}

// WriteFile writes a whole file by its slash-separated path.
func (f *Folder) WriteFile(name string, content []byte) error {
	f.mu.RLock()
	defer f.mu.RUnlock()
	if f.done {
		return ErrDone
	}
	// Only this process writes in the workshop, so no link leads out of it.
	return f.files.WriteFile(name, content)
}

// Create begins a file that is written piece by piece, up to Close.
func (f *Folder) Create(name string) (io.WriteCloser, error) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	if f.done {
		return nil, ErrDone
	}
	if err := f.fresh.MkdirAll(path.Dir(name), 0o755); err != nil {
		return nil, err
	}
	return f.fresh.Create(name)
}

// Commit puts the folder in its place. Nothing may be written meanwhile. If it
// fails, what was there is there still.
func (f *Folder) Commit() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.done {
		return ErrDone
	}
	old, err := os.OpenRoot(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := f.fresh.Chmod(".", f.mode.Perm()); err != nil {
			return err
		}
		return f.explain(place(filepath.Join(f.workshop, "new"), f.path))
	case err != nil:
		return err
	}
	defer old.Close()
	if err := f.checkOld(); err != nil { // it may have come while this was made
		return err
	}
	if err := f.keep(old, "."); err != nil {
		return err
	}
	if err := f.fresh.Chmod(".", f.mode&(fs.ModePerm|fs.ModeSetgid|fs.ModeSticky)); err != nil {
		return err
	}
	return f.explain(swap(filepath.Join(f.workshop, "new"), f.path, filepath.Join(f.workshop, "old")))
}

// explain says what to do if a folder cannot be renamed because of what it is.
func (f *Folder) explain(err error) error {
	if err != nil && isMount(err) {
		return fmt.Errorf("%s is a mount point, which cannot be replaced; name a folder below it", f.path)
	}
	return err
}

// keep gives the new folder the files of the old one that are none of the
// kind: the same files, by hard links, so nothing of them is lost.
func (f *Folder) keep(old *os.Root, folder string) error {
	opened, err := old.Open(folder)
	if err != nil {
		return err
	}
	list, err := opened.ReadDir(-1)
	opened.Close()
	if err != nil {
		return err
	}
	for _, found := range list {
		name := path.Join(folder, found.Name())
		if found.IsDir() {
			if err := f.keep(old, name); err != nil {
				return err
			}
			continue
		}
		if f.content.Owns(name) {
			continue
		}
		if _, err := f.fresh.Lstat(name); err == nil {
			continue // a link where the new folder has a folder
		}
		if err := f.keepFile(name); err != nil {
			return fmt.Errorf("%s is no part of a %s and cannot be kept (%w); move it away", filepath.Join(f.path, filepath.FromSlash(name)), f.content.Name, err)
		}
	}
	return nil
}

func (f *Folder) keepFile(name string) error {
	if err := f.fresh.MkdirAll(path.Dir(name), 0o755); err != nil {
		return err
	}
	name = filepath.FromSlash(name)
	return os.Link(filepath.Join(f.path, name), filepath.Join(f.workshop, "new", name))
}

// Discard takes away what is left beside the folder: the new one if it was not
// put in place, the old one if it was. Writing that is under way ends first,
// and all further writing fails. It may be called again.
func (f *Folder) Discard() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.done {
		return nil
	}
	f.done = true
	if f.fresh != nil {
		f.fresh.Close()
	}
	if f.files != nil {
		f.files.Close()
	}
	defer f.lock.Close()
	// Only what is known to be ours: what recover refused stays.
	return errors.Join(
		os.RemoveAll(filepath.Join(f.workshop, "new")),
		removeOld(f.path, filepath.Join(f.workshop, "old")),
		removeEmpty(f.workshop),
	)
}

// removeOld takes the old folder away, unless it is the only one.
func removeOld(path, old string) error {
	if _, err := os.Lstat(path); err != nil {
		return nil
	}
	return os.RemoveAll(old)
}

// removeEmpty takes a folder away if nothing is left in it.
func removeEmpty(folder string) error {
	if list, err := os.ReadDir(folder); err != nil || len(list) > 0 {
		return nil
	}
	return os.Remove(folder)
}
