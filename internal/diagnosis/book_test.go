package diagnosis

import (
	"sync"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/evidence"
	"github.com/reasonbook/reasonbook/internal/payload"
	"github.com/reasonbook/reasonbook/internal/reading"
)

// testBook is a book of a few entries without texts.
var testBook = sync.OnceValue(func() *book.Book {
	p := func(in reading.Operation, weak bool, texts ...string) []evidence.Pattern {
		var list []evidence.Pattern
		for _, text := range texts {
			list = append(list, evidence.Pattern{Text: text, In: in, Weak: weak})
		}
		return list
	}
	crash, pull := []string{"crash-loop-back-off", "error"}, []string{"err-image-pull", "image-pull-back-off"}
	entries := []evidence.Entry{
		{ID: "crash-loop-back-off", State: true, Patterns: p(0, false, "CrashLoopBackOff", "Back-off restarting failed container {container}")},
		{ID: "err-image-pull", State: true, Explains: pull[1:], Patterns: p(0, false, "ErrImagePull", "Failed to pull image {image}")},
		{ID: "error", State: true, Status: []string{"Error"}},
		{ID: "heap-oom", Explains: crash, Patterns: p(reading.Run, false, "java.lang.OutOfMemoryError: {detail...}")},
		{ID: "image-not-found", Explains: pull, Patterns: p(reading.Pull, false, "manifest unknown")},
		{ID: "image-pull-back-off", State: true, Patterns: p(0, false, "ImagePullBackOff", "Back-off pulling image {image}", "イメージのプルに失敗")},
		{ID: "oom-killed", State: true, Explains: crash, Patterns: p(0, false, "OOMKilled")},
		{ID: "outbound-refused", Explains: crash, Patterns: p(reading.Run, true, "connection refused")},
		{ID: "probe-refused", Explains: []string{"readiness-probe-failed"}, Patterns: p(reading.Probe, true, "connection refused")},
		{ID: "readiness-probe-failed", State: true, Patterns: p(0, false, "Readiness probe failed", "Readiness probe failed: HTTP probe failed with statuscode: {code:100..599}")},
	}
	rules, err := evidence.Compile(entries)
	if err != nil {
		panic(err)
	}
	b := &book.Book{Rules: rules}
	for _, e := range entries {
		b.Entries = append(b.Entries, book.Entry{ID: e.ID})
	}
	return b
})

// A seen is a match as a reader sees it.
type seen struct {
	ID, Field, Evidence string
	Start               int
	Parameters          map[string]string
}

// A told is a diagnosis as a reader sees it.
type told struct {
	Subject payload.Subject
	Matches []seen
}

func toldBy(b *book.Book, list []Diagnosis) []told {
	var out []told
	for i := range list {
		d := &list[i]
		t := told{Subject: d.Case.Subject}
		for j := range d.Matches {
			m := &d.Matches[j]
			s := seen{ID: b.Entries[m.Entry].ID}
			s.Field, s.Start, s.Evidence = d.Evidence(m)
			for _, p := range m.Parameters {
				if s.Parameters == nil {
					s.Parameters = map[string]string{}
				}
				s.Parameters[p.Name] = p.Value
			}
			t.Matches = append(t.Matches, s)
		}
		out = append(out, t)
	}
	return out
}
