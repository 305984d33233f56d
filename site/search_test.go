package site_test

import (
	"bytes"
	"testing"

	"github.com/andybalholm/brotli"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/kb"
)

// TestSearchWeight: what the search loads of a language is at most 60 kB with
// brotli at 200 entries, and in proportion now.
func TestSearchWeight(t *testing.T) {
	files := build(t, "")
	entries := len(kb.Book().Entries)
	for _, l := range book.Languages {
		var out bytes.Buffer
		w := brotli.NewWriterLevel(&out, brotli.BestCompression)
		for _, name := range []string{"search.", "words."} {
			if _, err := w.Write(files["assets/"+name+l.String()+".js"]); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if most := 60_000 * max(entries, 100) / 200; out.Len() > most {
			t.Errorf("%s: %d bytes for %d entries, more than %d", l, out.Len(), entries, most)
		}
		t.Logf("%s: %d bytes for %d entries", l, out.Len(), entries)
	}
}
