// Package diagnosis finds the entries of a book that explain the cases of a
// payload.
package diagnosis

import (
	"context"
	"strings"
	"time"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/evidence"
	"github.com/reasonbook/reasonbook/internal/payload"
	"github.com/reasonbook/reasonbook/internal/reading"
)

// A Diagnosis is what a book says of a case, or of one of the subjects that a
// pasted text names.
type Diagnosis struct {
	Case    payload.Case
	Matches []evidence.Match // best first
	Nearest []int            // without a match: up to three entries that may have been meant

	result  evidence.Result
	finding evidence.Finding
	excerpt *excerpt // of a text too long to be looked at as a whole
}

// Of diagnoses every case by itself. Of a very long text what stands around the
// phrases of the book is looked at, as for [Stream]. A text that names several subjects with
// something the matter gives a diagnosis for each. The error is that of ctx.
func Of(ctx context.Context, b *book.Book, cases []payload.Case) ([]Diagnosis, error) {
	x := b.Explainer()
	var list []Diagnosis
	for _, c := range cases {
		if len(c.Texts) == 0 {
			list = append(list, Diagnosis{Case: c})
			continue
		}
		if isPaste(&c) && len(c.Texts[0].Value) > long {
			found, err := stream(ctx, b, strings.NewReader(c.Texts[0].Value), longText)
			if err != nil {
				return nil, err
			}
			list = append(list, found...)
			continue
		}
		result, err := read(ctx, x, &c)
		if err != nil {
			return nil, err
		}
		if len(result.Findings) == 0 {
			d := Diagnosis{Case: c, result: result}
			if !c.Texts[0].Log {
				d.Nearest = x.Nearest(c.Texts[0].Value)
			}
			list = append(list, d)
			continue
		}
		for _, f := range result.Findings {
			list = append(list, Diagnosis{Case: about(c, &result, &f), Matches: f.Matches, result: result, finding: f})
		}
	}
	return list, nil
}

// read finds what the texts of a case prove.
func read(ctx context.Context, x *evidence.Explainer, c *payload.Case) (evidence.Result, error) {
	if isPaste(c) {
		return x.Text(ctx, c.Texts[0].Value)
	}
	var b reading.Builder
	subject := b.Subject(c.Subject.Kind, c.Subject.Namespace, c.Subject.Name)
	known := b.SubjectAt(subject)
	known.Ready, known.ContainersReady, known.Deleting, known.Rolling = c.Known.Ready, c.Known.ContainersReady, c.Known.Deleting, c.Known.Rolling
	known.Finished, known.Containers = c.Known.Finished, c.Known.Containers
	newest := newest(c.Texts)
	for _, t := range c.Texts {
		if t.Log {
			b.Log(t.Field, t.Value, subject, t.Record.Container)
			continue
		}
		r := t.Record
		r.Subject, r.Age, r.First = subject, -1, -1
		if !t.Seen.IsZero() {
			r.Age, r.First = newest.Sub(t.Seen), newest.Sub(t.First)
		}
		b.Add(t.Field, t.Value, r)
		if t.Means != "" {
			b.Means(t.Means)
		}
	}
	return x.Document(ctx, b.Document())
}

// isPaste reports whether a case is a text that somebody pasted, whose form is
// not known.
func isPaste(c *payload.Case) bool {
	return len(c.Texts) == 1 && !c.Texts[0].Log && c.Texts[0].Record == reading.Record{}
}

// newest returns the newest time in the texts, which stands for now.
func newest(texts []payload.Text) time.Time {
	var newest time.Time
	for _, t := range texts {
		if t.Seen.After(newest) {
			newest = t.Seen
		}
	}
	return newest
}

// about returns the case with the subject that a finding is about.
func about(c payload.Case, r *evidence.Result, f *evidence.Finding) payload.Case {
	if f.Subject >= 0 && c.Subject.Name == "" {
		s := &r.Document.Subjects[f.Subject]
		c.Subject.Kind, c.Subject.Namespace, c.Subject.Name, c.Subject.Workload = s.Kind, s.Namespace, s.Name, s.Workload
	}
	if container := f.Matches[0].Container; container != "" {
		c.Subject.Container = container
	}
	return c
}

// Evidence is the stretch of the input that decided a match: the field that it
// stands in, "" for plain text, its bytes in that field, and the stretch.
func (d *Diagnosis) Evidence(m *evidence.Match) (field string, start int, stretch string) {
	doc := d.result.Document
	field, from := doc.Field(m.Start)
	start = m.Start - from
	if field == "" && len(d.Case.Texts) == 1 { // of a paste within a payload
		field = d.Case.Texts[0].Field
	}
	if d.excerpt != nil {
		start = d.excerpt.original(m.Start)
	}
	return field, start, doc.Text[m.Start:m.End]
}

// Why says what counted for and against a match, in English.
func (d *Diagnosis) Why(m *evidence.Match) []string { return d.result.Why(&d.finding, m) }

// Discarded returns what was found in the case and does not count.
func (d *Diagnosis) Discarded() []evidence.Discarded { return d.result.Discarded() }

// Value returns what a blank of an entry's text is filled with for a match, ""
// if it is not known.
func (d *Diagnosis) Value(m *evidence.Match, name string) string {
	for _, p := range m.Parameters {
		if p.Name == name {
			return p.Value
		}
	}
	switch s := d.Case.Subject; name {
	case "namespace":
		return s.Namespace
	case "instance":
		return s.Name
	case "container":
		return s.Container
	}
	return ""
}
