package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

// progressEvery is how often progress is shown, the first time included: what
// is read sooner needs none.
const progressEvery = time.Second

// A watchedReader counts what is read of it, in bytes.
type watchedReader struct {
	io.Reader
	n atomic.Int64
}

func (r *watchedReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	r.n.Add(int64(n))
	return n, err
}

// showProgress returns input as a reader that tells a terminal now and then how
// much of it was read. The line is wiped when done is called.
func showProgress(terminal io.Writer, input io.Reader, words *inputText) (r io.Reader, done func()) {
	watched := &watchedReader{Reader: input}
	size := int64(0)
	if file, ok := input.(*os.File); ok {
		if info, err := file.Stat(); err == nil && info.Mode().IsRegular() {
			size = info.Size()
		}
	}
	stop := make(chan struct{})
	var shown sync.WaitGroup
	shown.Go(func() {
		ticker := time.NewTicker(progressEvery)
		defer ticker.Stop()
		const wipe = "\r\x1b[K"
		line := ""
		for last := int64(0); ; {
			select {
			case <-stop:
				if line != "" {
					fmt.Fprint(terminal, wipe)
				}
				return
			case <-ticker.C:
			}
			n := watched.n.Load()
			line = words.progress(n, (n-last)*int64(time.Second)/int64(progressEvery), size)
			last = n
			fmt.Fprint(terminal, wipe+line)
		}
	})
	return watched, func() { close(stop); shown.Wait() }
}

// progress says how many bytes were read, how many in a second, and of how many,
// if that is not 0.
func (w *inputText) progress(n, rate, size int64) string {
	if size > 0 {
		return fmt.Sprintf(w.readOf, n>>20, rate>>20, size>>20, 100*n/size)
	}
	return fmt.Sprintf(w.read, n>>20, rate>>20)
}
