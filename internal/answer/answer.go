// Package answer writes diagnoses and faults in the forms that clients ask for:
// JSON, plain text, Markdown and HTML, in the languages of the book.
package answer

import (
	"github.com/reasonbook/reasonbook/internal/book"
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
	// ReportURL is where messages without an entry are reported, as
	// [address.Report] takes it; "" for nowhere.
	ReportURL string
	// Why adds to each match what counted for and against it, in English, and
	// what was found and does not count.
	Why bool
	// Group writes one diagnosis for each cause, with all subjects that have it.
	Group bool
}

// Document is an answer as JSON. openapi.json describes it for clients.
type Document struct {
	Language  string      `json:"language"`
	Diagnoses []Diagnosis `json:"diagnoses"`
	// Ignored says why nothing was diagnosed, if nothing was.
	Ignored string `json:"ignored,omitempty"`
	// Note is the first of the diagnoses' notes, if nothing matched.
	Note string `json:"note,omitempty"`
	// Next is the first of what the diagnoses say to run, if nothing matched.
	Next      []string    `json:"next,omitempty"`
	Errors    []Error     `json:"errors,omitempty"`
	Discarded []Discarded `json:"discarded,omitzero"` // there if Why was asked for
	Truncated *Truncated  `json:"truncated,omitempty"`
}

// Diagnosis is what the book says of one subject.
type Diagnosis struct {
	Subject payload.Subject `json:"subject"`
	// Subjects are all that have this cause, if the diagnoses are grouped.
	Subjects []payload.Subject `json:"subjects,omitempty"`
	Matches  []Match           `json:"matches"`
	Nearest  []string          `json:"nearest,omitzero"` // ids; there if nothing matched
	Ignored  string            `json:"ignored,omitempty"`
	Note     string            `json:"note,omitempty"` // what was looked at, and what is missing
	Next     []string          `json:"next,omitempty"` // commands that would tell more
	// Causes are those still possible of an alert that names none.
	Causes []Cause `json:"causes,omitempty"`
}

// Cause is an entry that may have brought about what is seen.
type Cause struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	URL   string `json:"url"`
}

// Match is an entry that explains a subject. The first match of an entry in an
// answer has its texts. A further one has Same instead, and Steps only where
// its values fill them otherwise than those of the first.
type Match struct {
	ID         string            `json:"id"`
	Kind       book.Kind         `json:"kind"`
	Title      string            `json:"title"`
	Summary    string            `json:"summary,omitempty"`
	Meaning    string            `json:"meaning,omitempty"`
	Confirm    string            `json:"confirm,omitempty"`
	Steps      []string          `json:"steps,omitzero"`
	Pictures   []Picture         `json:"pictures,omitempty"`
	Parameters map[string]string `json:"parameters"`
	Evidence   Evidence          `json:"evidence"`
	URL        string            `json:"url"`
	Same       string            `json:"same,omitempty"` // "diagnoses[0].matches[0]"
	// Alternatives are the ids of the causes that the input does not tell from
	// this one.
	Alternatives []string `json:"alternatives,omitempty"`
	// Causes are those still possible of a state that nothing explains.
	Causes []Cause  `json:"causes,omitempty"`
	Why    []string `json:"why,omitempty"`
}

// Discarded is a place where a pattern of an entry was found and does not count.
type Discarded struct {
	ID   string `json:"id"`
	Text string `json:"text"`
	Why  string `json:"why"`
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

// Error is an item of a list that cannot be read.
type Error struct {
	Place string `json:"place"` // in the payload: "[2]", "items[7]"
	Problem
	// More counts further items with the same problem that are not listed.
	More int `json:"more,omitempty"`
}

// Truncated counts what an answer lacks because it would have been too large.
type Truncated struct {
	Diagnoses *Count `json:"diagnoses,omitempty"`
	Matches   *Count `json:"matches,omitempty"`
	Subjects  *Count `json:"subjects,omitempty"` // of grouped diagnoses
	Errors    *Count `json:"errors,omitempty"`
	Steps     int    `json:"steps,omitempty"`  // matches with Same whose own steps are left out
	Values    int    `json:"values,omitempty"` // values cut short, which end with "…"
}

// Count says how many there are, and how many of them an answer shows.
type Count struct {
	Total int `json:"total"`
	Shown int `json:"shown"`
}

// PageURL returns the address of an entry's page.
func (w *Writer) PageURL(l book.Language, id string) string {
	return w.SiteURL + book.PagePath(l, id)
}
