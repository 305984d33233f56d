package answer

import (
	"cmp"
	"slices"
	"strings"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/diagnosis"
	"github.com/reasonbook/reasonbook/internal/evidence"
)

// A finding is a line of the summary that stands first in what people read.
type finding struct {
	Subject, Title, Evidence string
	Place                    string // of its card on a page
}

const (
	// maxSummary is how many findings the summary names.
	maxSummary = 20
	// summaryValue is the longest evidence in it, in bytes.
	summaryValue = 100
	// maxNext is how many causes are named that may have brought a state about.
	maxNext = 5
)

// explainer returns which of the matches explains another one of the same
// container, directly or through others; -1 if none does, or each is to stand by
// itself.
func (v *viewer) explainer(matches []matchView, m *matchView) int {
	if !v.folds {
		return -1
	}
	return slices.IndexFunc(matches, func(by matchView) bool {
		return sameContainer(by.container, m.container) && v.Book.Explains(by.ID, m.ID)
	})
}

func sameContainer(a, b string) bool { return a == b || a == "" || b == "" }

// summarize adds the findings of a diagnosis to the summary.
func (v *viewer) summarize(d *diagnosisView) {
	for i := range d.matches {
		if len(v.summary) == maxSummary {
			v.more++
			continue
		}
		m := &d.matches[i]
		subject := d.subject
		subject.Container = cut(m.container, maxName)
		v.summary = append(v.summary, finding{
			subjectLine(subject), m.text.Title, cut(oneLine(m.evidence.Text), summaryValue), anchor(d.number, i),
		})
	}
}

// several reports whether diagnoses give more than one finding.
func (w *Writer) several(list []*diagnosis.Diagnosis) bool {
	n := 0
	for _, d := range list {
		for i, m := range d.Matches {
			if !slices.ContainsFunc(d.Matches[:i], func(e evidence.Match) bool {
				return sameContainer(e.Container, m.Container) && w.Book.Explains(w.Book.Entries[e.Entry].ID, w.Book.Entries[m.Entry].ID)
			}) {
				n++
			}
			if n > 1 {
				return true
			}
		}
	}
	return false
}

// A cause is what may have brought a state about, and what a message says then.
type cause struct {
	entryView
	sign string
}

// causes returns the most frequent causes of entries.
func (v *viewer) causes(entries []int) (list []cause) {
	if len(entries) == 0 {
		return nil
	}
	for n := range v.Book.Entries {
		e := &v.Book.Entries[n]
		if slices.ContainsFunc(entries, func(of int) bool { return slices.Contains(e.Explains, v.Book.Entries[of].ID) }) {
			list = append(list, cause{entryView: v.entry(n)})
		}
	}
	name := func(c cause) string { return strings.ToLower(book.HeadingOf(c.text.Title, v.language).Short()) }
	slices.SortStableFunc(list, func(a, b cause) int {
		return cmp.Or(book.Compare(a.Frequency, b.Frequency, a.Kind, b.Kind), cmp.Compare(name(a), name(b)))
	})
	list = list[:min(len(list), maxNext)]
	for i := range list {
		list[i].sign = signOf(list[i].Entry)
	}
	return list
}

// signOf returns what a message says of an entry: its first pattern, or status,
// with what stands in the holes left out.
func signOf(e *book.Entry) string {
	if len(e.Patterns) == 0 {
		return strings.Join(e.Status[:min(1, len(e.Status))], "")
	}
	var out strings.Builder
	for s := e.Patterns[0].Text; s != ""; {
		literal, rest, hole := strings.Cut(s, "{")
		out.WriteString(literal)
		if !hole {
			break
		}
		out.WriteString("…")
		_, s, _ = strings.Cut(rest, "}")
	}
	return out.String()
}

// summaryLine says how many findings there are, "" if it is one or none.
func (f *frame) summaryLine() string {
	if n := len(f.summary) + f.more; n > 1 {
		return fill(labels[f.language].findings, "{n}", number(n))
	}
	return ""
}

// moreLine says how many findings the summary leaves out, "" if it has all.
func (f *frame) moreLine() string {
	if f.more == 0 {
		return ""
	}
	return fill(labels[f.language].moreFindings, "{n}", number(f.more))
}
