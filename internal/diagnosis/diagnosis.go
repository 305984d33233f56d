// Package diagnosis finds the entries of a book that explain the cases of a
// payload.
package diagnosis

import (
	"context"
	"strings"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/evidence"
	"github.com/reasonbook/reasonbook/internal/payload"
)

// A Diagnosis is what a book says of a case.
type Diagnosis struct {
	Case    payload.Case
	Matches []evidence.Match // best first
	Nearest []int            // without a match: up to three entries that may have been meant
}

// Of diagnoses every case by itself.
func Of(b *book.Book, cases []payload.Case) []Diagnosis {
	x := b.Explainer()
	var list []Diagnosis
	for _, c := range cases {
		if len(c.Texts) == 0 {
			list = append(list, Diagnosis{Case: c})
			continue
		}
		var all strings.Builder
		for _, t := range c.Texts {
			all.WriteString(t.Value + "\n\n")
		}
		c.Texts = []payload.Text{{Value: strings.TrimSuffix(all.String(), "\n\n")}}
		result, err := x.Text(context.Background(), c.Texts[0].Value)
		if err != nil || len(result.Findings) == 0 {
			list = append(list, Diagnosis{Case: c, Nearest: x.Nearest(c.Texts[0].Value)})
			continue
		}
		for _, f := range result.Findings {
			own := c
			if f.Subject >= 0 && own.Subject.Name == "" {
				s := &result.Document.Subjects[f.Subject]
				own.Subject = payload.Subject{Kind: s.Kind, Namespace: s.Namespace, Name: s.Name}
			}
			list = append(list, Diagnosis{Case: own, Matches: f.Matches})
		}
	}
	return list
}

// Evidence is the stretch of text that decided a match of the diagnosis.
func (d *Diagnosis) Evidence(m evidence.Match) (text payload.Text, stretch string) {
	text = d.Case.Texts[0]
	return text, text.Value[m.Start:m.End]
}

// Value returns what a blank of an entry's text is filled with for a match, ""
// if it is not known.
func (d *Diagnosis) Value(m evidence.Match, name string) string {
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
