package site_test

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/reasonbook/reasonbook/internal/samplebook"
	"github.com/reasonbook/reasonbook/kb"
	"github.com/reasonbook/reasonbook/site"
)

// TestFolderHoldsOneSite: of a site with everything that one can have nothing
// is left when another takes its place.
func TestFolderHoldsOneSite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	if _, err := site.BuildFolder(t.Context(), samplebook.FS(400), site.Options{
		BaseURL: home, Changed: func(string) time.Time { return time.Unix(1.79e9, 0) },
	}, dir); err != nil {
		t.Fatal(err)
	}
	if _, err := site.BuildFolder(t.Context(), kb.Sources(), site.Options{}, dir); err != nil {
		t.Fatal(err)
	}
	want, got := build(t, ""), 0
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		got++
		content, err := os.ReadFile(filepath.Join(dir, name))
		if string(content) != string(want[name]) {
			t.Errorf("%s is not as it is built", name)
		}
		return err
	})
	if err != nil || got != len(want) {
		t.Errorf("%d files, not %d: %v", got, len(want), err)
	}
}

// TestStopped: a build that is told to stop does so before it is done, in
// whatever it is at.
func TestStopped(t *testing.T) {
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	sources := &waiting{FS: kb.Sources(), asked: make(chan bool), release: make(chan bool)}
	defer close(sources.release)
	go func() {
		<-sources.asked
		cancel()
	}()
	_, err := site.BuildFolder(ctx, sources, site.Options{}, filepath.Join(dir, "public"))
	if err == nil || !strings.Contains(err.Error(), "stopped") {
		t.Errorf("error %v", err)
	}
	if list, err := os.ReadDir(dir); err != nil || len(list) > 0 {
		t.Errorf("left: %v %v", list, err)
	}
}

// waiting is a file system that does not answer before it is told to.
type waiting struct {
	fs.FS
	asked, release chan bool
}

func (w *waiting) Open(name string) (fs.File, error) {
	select {
	case w.asked <- true:
		<-w.release
	case <-w.release:
	}
	return w.FS.Open(name)
}

// TestWritingFails: an error of writing ends a build, at whatever file and step
// it comes. A small book has every kind of file.
func TestWritingFails(t *testing.T) {
	options, sources := site.Options{BaseURL: home}, samplebook.FS(12)
	whole := &failing{Output: site.NewFiles()}
	if _, err := site.Build(sources, options, whole); err != nil {
		t.Fatal(err)
	}
	steps := whole.steps.Load()
	if steps < 200 {
		t.Errorf("only %d steps", steps)
	}
	for n := int64(1); n <= steps; n++ {
		if _, err := site.Build(sources, options, &failing{Output: site.NewFiles(), at: n}); !errors.Is(err, errFull) {
			t.Errorf("step %d of %d: %v", n, steps, err)
		}
	}
}

var errFull = errors.New("no space left")

// failing fails from a step on; 0 for never.
type failing struct {
	site.Output
	at    int64
	steps atomic.Int64
}

func (f *failing) step() error {
	if n := f.steps.Add(1); f.at > 0 && n >= f.at {
		return errFull
	}
	return nil
}

func (f *failing) WriteFile(name string, content []byte) error {
	return cmp.Or(f.step(), f.Output.WriteFile(name, content))
}

func (f *failing) Create(name string) (io.WriteCloser, error) {
	if err := f.step(); err != nil {
		return nil, err
	}
	file, err := f.Output.Create(name)
	return &failingFile{file, f}, err
}

type failingFile struct {
	io.WriteCloser
	*failing
}

func (f *failingFile) Write(content []byte) (int, error) {
	if err := f.step(); err != nil {
		return 0, err
	}
	return f.WriteCloser.Write(content)
}

func (f *failingFile) Close() error { return cmp.Or(f.step(), f.WriteCloser.Close()) }
