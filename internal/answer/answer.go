// Package answer writes diagnoses and faults in the forms that clients ask for:
// JSON, plain text, Markdown and HTML, in the languages of the book.
package answer

import (
	"cmp"
	"net/url"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/diagnosis"
	"github.com/reasonbook/reasonbook/internal/match"
	"github.com/reasonbook/reasonbook/internal/payload"
)

// Format is a media type that answers are written in.
type Format string

const (
	JSON     Format = "application/json"
	Text     Format = "text/plain"
	Markdown Format = "text/markdown"
	HTML     Format = "text/html"
)

// Formats are all formats, the default first.
var Formats = []Format{JSON, Text, Markdown, HTML}

// A Writer writes answers from one book.
type Writer struct {
	Book *book.Book
	// SiteURL is the address of the site that pages are linked to, with a
	// slash at its end. It may be relative, as "/".
	SiteURL string
}

// Document is an answer as JSON. openapi.json describes it for clients.
type Document struct {
	Language  string      `json:"language"`
	Diagnoses []Diagnosis `json:"diagnoses"`
	// Ignored says why nothing was diagnosed, if nothing was.
	Ignored string `json:"ignored,omitempty"`
	// Note is the first of the diagnoses' notes, if nothing matched.
	Note string `json:"note,omitempty"`
}

// Diagnosis is what the book says of one subject.
type Diagnosis struct {
	Subject payload.Subject `json:"subject"`
	Matches []Match         `json:"matches"`
	Nearest []string        `json:"nearest,omitzero"` // ids; there if nothing matched
	Ignored string          `json:"ignored,omitempty"`
	Note    string          `json:"note,omitempty"`    // what was looked at, and what is missing
	Problem *Problem        `json:"problem,omitempty"` // an item of a list that cannot be read
}

// Match is an entry that explains a subject.
type Match struct {
	ID         string            `json:"id"`
	Kind       book.Kind         `json:"kind"`
	Title      string            `json:"title"`
	Meaning    string            `json:"meaning"`
	Steps      []string          `json:"steps"`
	Pictures   []Picture         `json:"pictures,omitempty"`
	Parameters map[string]string `json:"parameters"`
	Evidence   Evidence          `json:"evidence"`
	URL        string            `json:"url"`
}

// Picture is a screenshot of the console that a step refers to.
type Picture struct {
	URL string `json:"url"`
	Alt string `json:"alt"`
}

// Evidence is the stretch of the input that decided.
type Evidence struct {
	Field string `json:"field,omitempty"` // where in a JSON payload
	Text  string `json:"text"`
	Start int    `json:"start"` // bytes of the text, or of the field's value
	End   int    `json:"end"`
}

// Write returns the answer in a format and language.
func (w *Writer) Write(list []diagnosis.Diagnosis, format Format, l book.Language) ([]byte, error) {
	switch format {
	case Text:
		return w.text(list, l), nil
	case Markdown:
		return w.markdown(list, l), nil
	case HTML:
		return w.html(list, l)
	}
	return encode(w.document(list, l))
}

func (w *Writer) document(list []diagnosis.Diagnosis, l book.Language) *Document {
	doc := &Document{Language: l.String(), Diagnoses: []Diagnosis{}, Ignored: ignored(list, l)}
	matched := false
	for i := range list {
		d := &list[i]
		out := Diagnosis{Subject: d.Case.Subject, Matches: []Match{}}
		switch {
		case d.Case.Err != nil:
			out.Problem = ProblemOf(d.Case.Err.Code, d.Case.Err.Detail, l)
		case d.Case.Ignored != "":
			out.Ignored = labels[l].ignored[d.Case.Ignored]
		case len(d.Matches) == 0:
			out.Note = missingNote(&d.Case, l)
			out.Nearest = []string{}
			for _, n := range d.Nearest {
				out.Nearest = append(out.Nearest, w.Book.Entries[n].ID)
			}
		}
		for _, m := range d.Matches {
			out.Matches = append(out.Matches, w.match(d, m, l))
		}
		doc.Diagnoses = append(doc.Diagnoses, out)
		matched = matched || len(d.Matches) > 0
		doc.Note = cmp.Or(doc.Note, out.Note)
	}
	if matched {
		doc.Note = ""
	}
	return doc
}

// ignored returns why nothing was diagnosed, "" if something was.
func ignored(list []diagnosis.Diagnosis, l book.Language) string {
	for _, d := range list {
		if d.Case.Ignored == "" {
			return ""
		}
	}
	if len(list) == 0 {
		return ""
	}
	return labels[l].ignored[list[0].Case.Ignored]
}

func (w *Writer) match(d *diagnosis.Diagnosis, m match.Match, l book.Language) Match {
	e := &w.Book.Entries[m.Entry]
	t := &e.Texts[l]
	v := w.values(d, m, l)
	out := Match{
		ID: e.ID, Kind: e.Kind, Title: t.Title,
		Meaning:    t.Meaning.Plain(v),
		Steps:      []string{},
		Parameters: map[string]string{},
		URL:        w.PageURL(l, e.ID),
	}
	for _, step := range t.Steps {
		out.Steps = append(out.Steps, step.Plain(v))
	}
	for _, p := range t.Pictures {
		out.Pictures = append(out.Pictures, Picture(p))
	}
	for _, p := range m.Parameters {
		out.Parameters[p.Name] = p.Value
	}
	text, evidence := d.Evidence(m)
	out.Evidence = Evidence{Field: text.Field, Text: evidence, Start: text.Offset + m.Start, End: text.Offset + m.End}
	return out
}

// values returns what fills an entry's text for a match.
func (w *Writer) values(d *diagnosis.Diagnosis, m match.Match, l book.Language) book.Values {
	return book.Values{
		Lookup: func(name string) string { return d.Value(m, name) },
		Base:   w.SiteURL + l.String() + "/",
	}
}

// PageURL returns the address of an entry's page.
func (w *Writer) PageURL(l book.Language, id string) string {
	return w.SiteURL + book.PagePath(l, id)
}

// maxFilled is the longest value that goes into an address, in bytes.
const maxFilled = 200

// filledURL returns the address of the page of a match with the values that
// fill its blanks behind the “#”, which browsers keep to themselves.
func (w *Writer) filledURL(d *diagnosis.Diagnosis, m match.Match, l book.Language) string {
	values := url.Values{}
	add := func(name, value string) {
		if value != "" && len(value) <= maxFilled && !values.Has(name) {
			values.Set(name, value)
		}
	}
	for _, p := range m.Parameters {
		add(p.Name, p.Value)
	}
	add("namespace", d.Case.Subject.Namespace)
	add("instance", d.Case.Subject.Name)
	add("container", d.Case.Subject.Container)
	address := w.PageURL(l, w.Book.Entries[m.Entry].ID)
	if len(values) > 0 {
		address += "#" + values.Encode()
	}
	return address
}
