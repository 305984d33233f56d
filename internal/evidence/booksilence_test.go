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
// shows: the ids behind the colon.
func TestBookSilence(t *testing.T) {
	askBook(t, "testdata/silence/*.txt", func(t *testing.T, text string, right []string, findings [][]string) {
		for _, ids := range findings {
			for _, id := range ids {
				if !slices.Contains(right, id) {
					t.Errorf("got %s of\n%s", id, text)
				}
			}
		}
	})
}

// TestBookSpeaks asks it about texts that look like those and report a failure:
// the ids behind the colon must be in the answer.
func TestBookSpeaks(t *testing.T) {
	askBook(t, "testdata/spoken/*.txt", func(t *testing.T, text string, right []string, findings [][]string) {
		for _, id := range right {
			if !slices.ContainsFunc(findings, func(ids []string) bool { return slices.Contains(ids, id) }) {
				t.Errorf("no %s in %v of\n%s", id, findings, text)
			}
		}
	})
}

// askBook asks about every text of some files. Each begins below a line
// “-- what it is --”, or “-- what it is: ids --”.
func askBook(t *testing.T, pattern string, check func(t *testing.T, text string, ids []string, findings [][]string)) {
	book := kb.Book()
	x := evidence.New(book.Rules)
	files, err := filepath.Glob(pattern)
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
			name, ids, _ := strings.Cut(heading, ": ")
			t.Run(kind+"/"+name, func(t *testing.T) {
				result, err := x.Text(context.Background(), text)
				if err != nil {
					t.Fatal(err)
				}
				var findings [][]string
				for _, f := range result.Findings {
					var list []string
					for _, m := range f.Matches {
						list = append(list, book.Entries[m.Entry].ID)
					}
					findings = append(findings, list)
				}
				check(t, text, strings.Fields(ids), findings)
			})
		}
	}
}
