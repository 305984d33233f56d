package evidence_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/evidence"
	"github.com/reasonbook/reasonbook/kb"
)

// TestBookSilence asks the book of this project about texts in which nothing
// fails, or of whose failure it must say no more than the states that the text
// shows. Each file of testdata/silence holds texts of one kind, each below a
// line “-- what it is --”, or “-- what it is: ids that are right --”.
func TestBookSilence(t *testing.T) {
	book := kb.Book()
	x := evidence.New(book.Rules)
	files, err := filepath.Glob("testdata/silence/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		kind := strings.TrimSuffix(filepath.Base(file), ".txt")
		for _, part := range strings.Split("\n"+string(data), "\n-- ")[1:] {
			heading, text, _ := strings.Cut(part, " --\n")
			name, right, _ := strings.Cut(heading, ": ")
			t.Run(kind+"/"+name, func(t *testing.T) {
				result, err := x.Text(context.Background(), text)
				if err != nil {
					t.Fatal(err)
				}
				for _, f := range result.Findings {
					for _, m := range f.Matches {
						if id := book.Entries[m.Entry].ID; !slices.Contains(strings.Fields(right), id) {
							t.Errorf("got %s, from %q, of\n%s", id, text[m.Start:m.End], text)
						}
					}
				}
			})
		}
	}
}
