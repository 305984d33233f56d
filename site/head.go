package site

import (
	"html/template"
	"strings"

	"github.com/reasonbook/reasonbook/internal/book"
)

// Head returns everything above what the page is about.
func (p *page) Head() (template.HTML, error) {
	if p.like != nil {
		return p.like.fill(p), nil
	}
	return p.part("head")
}

// An entryHead is what the heads of the pages of all entries in a language have
// in common: they differ in nothing but a few texts.
type entryHead struct {
	page  *page
	parts []headPart
}

// A headPart is what stands between two of the texts, and the number of the text
// behind it among the fields of the page.
type headPart struct {
	text  string
	field int // of headFields; none behind the last part
}

// headFields are the texts that the heads of entries differ in, as the page of an
// entry that does not exist has them.
var headFields = [...]string{
	"the-id-of-any-entry-stands-here",
	"the-title-of-any-entry-stands-here",
	"the-description-of-any-entry-stands-here",
	"the-policy-of-any-entry-stands-here",
	"the-data-of-any-entry-stands-here",
}

// newEntryHead returns the head of the pages of entries in a language.
func (b *builder) newEntryHead(l book.Language) (*entryHead, error) {
	p := b.newPage(l, headFields[0]+"/")
	p.Article, p.Twins = true, true
	like := *p
	like.Title, like.Description, like.Policy = headFields[1], headFields[2], headFields[3]
	if p.Canonical != "" {
		like.Image, like.Linked = b.BaseURL+cardPath(headFields[0]), template.JS(headFields[4])
	}
	made, err := like.part("head")
	if err != nil {
		return nil, err
	}
	h := &entryHead{page: p}
	for rest := string(made); ; {
		at, field := len(rest), -1
		for i, name := range headFields {
			if found := strings.Index(rest, name); found >= 0 && found < at {
				at, field = found, i
			}
		}
		h.parts = append(h.parts, headPart{rest[:at], field})
		if field < 0 {
			return h, nil
		}
		rest = rest[at+len(headFields[field]):]
	}
}

// fill returns the head of the page of an entry.
func (h *entryHead) fill(p *page) template.HTML {
	fields := [len(headFields)]string{
		p.id, template.HTMLEscapeString(p.Title), template.HTMLEscapeString(p.Description), template.HTMLEscapeString(p.Policy),
		string(p.Linked),
	}
	var out strings.Builder
	out.Grow(6 << 10)
	for _, part := range h.parts {
		out.WriteString(part.text)
		if part.field >= 0 {
			out.WriteString(fields[part.field])
		}
	}
	return template.HTML(out.String())
}
