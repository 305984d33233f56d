package reading_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/reasonbook/reasonbook/internal/reading"
)

// TestRead reads the texts of testdata. Each stands below a line “-- what it is
// --”, and what is read of it below a line “==”: a line for each record that says
// something (see describe), and one for each subject of which more is known than
// its name.
func TestRead(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range strings.Split("\n"+string(data), "\n-- ")[1:] {
			name, rest, _ := strings.Cut(part, " --\n")
			text, want, ok := strings.Cut(rest+"\n", "\n==\n")
			if !ok {
				t.Fatalf("%s: %s: no line “==”", file, name)
			}
			t.Run(name, func(t *testing.T) {
				if got := describe(reading.Read(text)); got != strings.TrimSpace(want) {
					t.Errorf("of\n%s\ngot\n%s\nwant\n%s", text, got, want)
				}
			})
		}
	}
}

// describe writes a document: of each record its source, operation, subject and
// what else is known, then the first line of its text.
func describe(d *reading.Document) string {
	var out []string
	if d.Kind != reading.Report {
		out = append(out, map[reading.Kind]string{
			reading.Documentation: "documentation", reading.ClosedIncident: "closed incident", reading.ResolvedAlert: "resolved alert",
		}[d.Kind])
	}
	for i := range d.Records {
		r := &d.Records[i]
		if r.Source == reading.Silent {
			continue
		}
		words := []string{r.Source.String()}
		if r.Operation != 0 {
			words = append(words, "("+r.Operation.String()+")")
		}
		if r.Subject >= 0 {
			words = append(words, name(&d.Subjects[r.Subject]))
		}
		if r.Container != "" {
			words = append(words, "container "+r.Container)
		}
		if r.Status {
			words = append(words, "status")
		}
		if r.Succeeded != 0 {
			words = append(words, "done: "+r.Succeeded.String())
		}
		if r.Age >= 0 {
			words = append(words, "age "+r.Age.String())
		}
		if r.Normal {
			words = append(words, "normal")
		}
		text := d.Text[r.Start:r.End]
		if first, _, more := strings.Cut(text, "\n"); more {
			text = fmt.Sprintf("%s (%d lines)", first, strings.Count(text, "\n")+1)
		}
		out = append(out, strings.Join(words, " ")+" | "+text)
	}
	for i := range d.Subjects {
		s := &d.Subjects[i]
		var known []string
		known = append(known, state(s.Ready, "ready", "not ready")...)
		if s.Deleting {
			known = append(known, "deleting")
		}
		if s.Finished {
			known = append(known, "finished")
		}
		for _, c := range s.Containers {
			word := strings.TrimSpace(c.Name + " " + c.State)
			if c.Init {
				word = "init " + word
			}
			word = strings.Join(append([]string{word}, state(c.Ready, "ready", "not ready")...), " ")
			if c.Liveness {
				word += " liveness"
			}
			if c.Restarts > 0 {
				word += fmt.Sprintf(" %d restarts", c.Restarts)
			}
			if !c.RunningSince.IsZero() {
				word += " since " + c.RunningSince.UTC().Format(time.RFC3339)
			}
			known = append(known, word)
		}
		if len(known) > 0 {
			out = append(out, name(s)+": "+strings.Join(known, ", "))
		}
	}
	for _, w := range d.Derived {
		out = append(out, "derived "+w.Word)
	}
	return strings.Join(out, "\n")
}

func name(s *reading.Subject) string {
	parts := slices.DeleteFunc([]string{s.Kind, s.Namespace, s.Name}, func(part string) bool { return part == "" })
	return strings.Join(parts, "/")
}

func state(s reading.State, yes, no string) []string {
	switch s {
	case reading.Yes:
		return []string{yes}
	case reading.No:
		return []string{no}
	}
	return nil
}

// FuzzRead: whatever comes, the records lie in the text, in order, apart from
// each other, and name subjects that there are.
func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.txt")
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, part := range strings.Split(string(data), "\n-- ") {
			f.Add(part)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		d := reading.Read(text)
		at := 0
		for i := range d.Records {
			r := &d.Records[i]
			if r.Start < at || r.End < r.Start || r.End > len(text) {
				t.Fatalf("record %d at %d to %d, after %d, of %d bytes", i, r.Start, r.End, at, len(text))
			}
			if r.Subject < -1 || r.Subject >= len(d.Subjects) {
				t.Fatalf("record %d about subject %d of %d", i, r.Subject, len(d.Subjects))
			}
			if r.Start < r.End && d.RecordAt(r.Start) != r {
				t.Fatalf("record %d is not found at its place", i)
			}
			at = r.End
		}
	})
}
