package site

import (
	"bytes"
	"io"
	"runtime"
	"sync"
)

// An Output takes the files of a site, by slash-separated paths. Its methods
// are called from several goroutines at once.
type Output interface {
	// WriteFile takes a whole file.
	WriteFile(name string, content []byte) error
	// Create takes a file piece by piece, up to Close.
	Create(name string) (io.WriteCloser, error)
}

// Files are the files of a site in memory.
type Files struct {
	mu    sync.Mutex
	files map[string][]byte
}

// NewFiles returns files with none in them.
func NewFiles() *Files { return &Files{files: map[string][]byte{}} }

// Map returns the contents of the files by path.
func (f *Files) Map() map[string][]byte { return f.files }

// WriteFile implements [Output].
func (f *Files) WriteFile(name string, content []byte) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.files[name] = bytes.Clone(content)
	return nil
}

// Create implements [Output].
func (f *Files) Create(name string) (io.WriteCloser, error) {
	return &memoryFile{files: f, name: name}, nil
}

type memoryFile struct {
	bytes.Buffer
	files *Files
	name  string
}

func (m *memoryFile) Close() error { return m.files.WriteFile(m.name, m.Bytes()) }

// inOrder calls work for the numbers from 0 to n-1, several at a time, and use
// with the results in their order. It ends with the first error of use.
func inOrder[T any](n int, work func(i int) (T, error), use func(i int, result T, err error) error) error {
	type outcome struct {
		result T
		err    error
	}
	type job struct {
		i    int
		done chan outcome
	}
	workers := runtime.GOMAXPROCS(0)
	jobs := make(chan job)
	for range workers {
		go func() {
			for j := range jobs {
				result, err := work(j.i)
				j.done <- outcome{result, err}
			}
		}()
	}
	// What is done but not yet used stays in memory, so it is kept to a few.
	pending := make(chan chan outcome, 4*workers)
	stop := make(chan struct{})
	go func() {
		defer close(pending)
		defer close(jobs)
		for i := range n {
			done := make(chan outcome, 1)
			select {
			case pending <- done:
			case <-stop:
				return
			}
			select {
			case jobs <- job{i, done}:
			case <-stop:
				return
			}
		}
	}()
	defer close(stop)
	i := 0
	for done := range pending {
		o := <-done
		if err := use(i, o.result, o.err); err != nil {
			return err
		}
		i++
	}
	return nil
}
