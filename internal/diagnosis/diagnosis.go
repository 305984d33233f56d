// Package diagnosis finds the entries of a book that explain the cases of a
// payload.
package diagnosis

import (
	"context"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/match"
	"github.com/reasonbook/reasonbook/internal/payload"
)

// A Diagnosis is what a book says of a case.
type Diagnosis struct {
	Case    payload.Case
	Matches []match.Match // best first
	Nearest []int         // without a match: up to three entries that may have been meant
}

// Of diagnoses every case by itself. Its error is that of the context, which it
// returns soon after the context has ended.
func Of(ctx context.Context, b *book.Book, cases []payload.Case) ([]Diagnosis, error) {
	index := b.Index()
	list := make([]Diagnosis, len(cases))
	for i, c := range cases {
		d := &list[i]
		d.Case = c
		if len(c.Texts) == 0 {
			continue
		}
		texts := make([]match.Text, len(c.Texts))
		for n, t := range c.Texts {
			texts[n] = match.Text{Value: t.Value, Log: t.Log}
		}
		var err error
		if d.Matches, err = index.MatchTexts(ctx, texts); err != nil {
			return nil, err
		}
		if len(d.Matches) == 0 && !c.Texts[0].Log {
			d.Nearest = index.Nearest(c.Texts[0].Value, match.NearestCount)
		}
	}
	return list, nil
}

// Evidence is the stretch of text that decided a match of the diagnosis.
func (d *Diagnosis) Evidence(m match.Match) (text payload.Text, evidence string) {
	text = d.Case.Texts[m.Text]
	return text, text.Value[m.Start:m.End]
}

// Value returns what a blank of an entry's text is filled with for a match, ""
// if it is not known.
func (d *Diagnosis) Value(m match.Match, name string) string {
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
