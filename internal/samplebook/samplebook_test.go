package samplebook_test

import (
	"io/fs"
	"testing"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/entry"
	"github.com/reasonbook/reasonbook/internal/samplebook"
)

// TestFS: a sample is a knowledge base without a fault, of the size and
// structure that it promises, and as long as a real one.
func TestFS(t *testing.T) {
	const n = 300
	fsys := samplebook.FS(n)
	entries, err := entry.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	ofKind, underPopular, bytes := map[book.Kind]int{}, 0, 0
	for _, e := range entries {
		ofKind[e.Kind]++
		for _, ref := range e.Explains {
			if ref.Value == samplebook.Popular {
				underPopular++
			}
		}
		for _, l := range book.Languages {
			page, err := fs.ReadFile(fsys, e.Folder()+"/"+l.String()+".md")
			if err != nil {
				t.Fatal(err)
			}
			bytes += len(page)
		}
	}
	if ofKind[book.State] != n/3 || ofKind[book.Cause] != n/2 || ofKind[book.Log] != n/6 || underPopular < n/6 {
		t.Errorf("%v, %d under %s", ofKind, underPopular, samplebook.Popular)
	}
	if mean := bytes / n / 3; mean < 3800 || mean > 6000 {
		t.Errorf("a page has %d bytes in the mean", mean)
	}
}
