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
	// Suspects are the states that an alert without a match may be about.
	Suspects []int

	result  evidence.Result
	finding evidence.Finding
	excerpt *excerpt // of a text too long to be looked at as a whole
}

// Of diagnoses every case by itself, with what other cases say of its claims, its
// node and its owner. Of a very long text what stands around the phrases of the
// book is looked at, as for [Stream]. A text that names several subjects with
// something the matter gives a diagnosis for each. The error is that of ctx.
func Of(ctx context.Context, b *book.Book, cases []payload.Case) ([]Diagnosis, error) {
	all := relate(cases)
	of := make([][]Diagnosis, len(cases))
	// Instances first: what the others say may be part of theirs.
	for _, pods := range []bool{true, false} {
		for i := range cases {
			if (cases[i].Subject.Kind == "Pod") != pods {
				continue
			}
			var err error
			if of[i], err = all.one(ctx, b, i); err != nil {
				return nil, err
			}
		}
	}
	return all.arranged(of), nil
}

// one diagnoses a case.
func (f *family) one(ctx context.Context, b *book.Book, number int) ([]Diagnosis, error) {
	x, c := b.Explainer(), f.cases[number]
	companions := f.companions(number)
	if len(c.Texts)+len(companions) == 0 {
		suspects, err := suspectsOf(ctx, x, &c)
		return []Diagnosis{{Case: c, Suspects: suspects}}, err
	}
	if isPaste(&c) && len(c.Texts[0].Value) > long {
		return stream(ctx, b, strings.NewReader(c.Texts[0].Value), longText)
	}
	result, err := f.read(ctx, x, &c, companions)
	if err != nil {
		return nil, err
	}
	var list []Diagnosis
	for _, finding := range result.Findings {
		if len(companions) > 0 && finding.Subject > 0 { // which has a case of its own
			continue
		}
		list = append(list, Diagnosis{Case: about(c, &result, &finding), Matches: finding.Matches, result: result, finding: finding})
	}
	if len(list) > 0 {
		f.explained(companions, &result)
		return list, nil
	}
	if isPaste(&c) && result.Document.Healthy() {
		c.Ignored, c.Texts, c.Missing = payload.Healthy, nil, nil
		return []Diagnosis{{Case: c}}, nil
	}
	if isPaste(&c) && len(c.Suspects) == 0 {
		c.Suspects = payload.StatesOfAlert(c.Texts[0].Value)
	}
	suspects, err := suspectsOf(ctx, x, &c)
	if err != nil {
		return nil, err
	}
	d := Diagnosis{Case: c, Suspects: suspects, result: result}
	if len(c.Texts) > 0 && !c.Texts[0].Log {
		d.Nearest = x.Nearest(c.Texts[0].Value)
	}
	return []Diagnosis{d}, nil
}

// read finds what the texts of a case prove, together with those of companions.
func (f *family) read(ctx context.Context, x *evidence.Explainer, c *payload.Case, companions []int) (evidence.Result, error) {
	if isPaste(c) {
		return x.Text(ctx, c.Texts[0].Value)
	}
	newest := newestOf(c.Texts)
	for _, n := range companions {
		if t := newestOf(f.cases[n].Texts); t.After(newest) {
			newest = t
		}
	}
	var b reading.Builder
	add(&b, c, c.Texts, newest)
	room := maxAllBytes
	for _, n := range companions {
		texts, size := lent(&f.cases[n], room)
		room -= size
		add(&b, &f.cases[n], texts, newest)
	}
	return x.Document(ctx, b.Document())
}

// suspectsOf returns the entries of the states that a case may be about.
func suspectsOf(ctx context.Context, x *evidence.Explainer, c *payload.Case) (list []int, err error) {
	for _, word := range c.Suspects {
		result, err := x.Text(ctx, word)
		if err != nil {
			return nil, err
		}
		for _, f := range result.Findings {
			list = append(list, f.Matches[0].Entry)
		}
	}
	return list, nil
}

// add adds what a case says of its subject.
func add(b *reading.Builder, c *payload.Case, texts []payload.Text, newest time.Time) {
	subject := b.Subject(c.Subject.Kind, c.Subject.Namespace, c.Subject.Name)
	known := b.SubjectAt(subject)
	as := c.Known
	as.Kind, as.Namespace, as.Name, as.Workload = known.Kind, known.Namespace, known.Name, c.Subject.Workload
	*known = as
	for _, t := range texts {
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
}

// isPaste reports whether a case is a text that somebody pasted, whose form is
// not known.
func isPaste(c *payload.Case) bool {
	return len(c.Texts) == 1 && !c.Texts[0].Log && c.Texts[0].Record == reading.Record{}
}

// newestOf returns the newest time in the texts, which stands for now.
func newestOf(texts []payload.Text) time.Time {
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
