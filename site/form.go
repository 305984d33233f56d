package site

import (
	"bytes"
	"html/template"
	"regexp"
	"strconv"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/entry"
)

// A form is a part of a page with places for the texts that it differs in from
// page to page. What the pages of entries share is rendered once.
type form []formPart

// A formPart is what stands before the place of a field, and the number of that
// field; -1 for what stands behind the last.
type formPart struct {
	text  string
	field int
}

// fieldMark stands before and behind the number of a field while its form is
// rendered. Nothing in it is escaped anywhere.
const fieldMark = "-field-of-a-form-"

// field returns what holds the place of field n, below 10, in what a form is
// made of.
func field(n int) string { return fieldMark + strconv.Itoa(n) + fieldMark }

var fieldPlace = regexp.MustCompile(fieldMark + `([0-9])` + fieldMark)

// newForm makes a form of what a template of a language gives for data that has
// fields in it.
func newForm(l book.Language, name string, data any) (form, error) {
	content, err := rendered(l, name, data)
	if err != nil {
		return nil, err
	}
	var f form
	end := 0
	for _, m := range fieldPlace.FindAllStringSubmatchIndex(string(content), -1) {
		f = append(f, formPart{string(content[end:m[0]]), int(content[m[2]] - '0')})
		end = m[1]
	}
	return append(f, formPart{string(content[end:]), -1}), nil
}

// fill writes the form with its fields, which are HTML.
func (f form) fill(out *bytes.Buffer, fields ...string) {
	for _, part := range f {
		out.WriteString(part.text)
		if part.field >= 0 && part.field < len(fields) {
			out.WriteString(fields[part.field])
		}
	}
}

// written returns what write writes.
func written(write func(out *bytes.Buffer)) template.HTML {
	out := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(out)
	out.Reset()
	write(out)
	return template.HTML(out.String())
}

// The fields of the forms of entries' pages.
const (
	topID = iota
	topTitle
	topDescription
	topPolicy
	topLinked
	topShort
	topAround
)

const (
	linkID = iota
	linkKind
	linkShort
)

const (
	stepNumber = iota
	stepBody
)

const (
	signHref = iota
	signText
	signGist
)

// entryForms are what the pages of entries in a language have in common.
type entryForms struct {
	page                  *page
	top                   map[book.Kind]form // everything above the title
	above, previous, next form               // links to other entries
	step                  form
	sign, noSign          form // a row of signList: with a sign, and of an entry that has none
	signsTop, signsFoot   form
	foot                  form // everything below what the page is about
}

// A stepView is a step of an entry's page.
type stepView struct {
	Number string
	Body   template.HTML
}

// A signRow is a row of signList.
type signRow struct {
	Href, Short, Gist string
	Sign              template.HTML // shown instead of Short if there is one
}

// newEntryForms returns the forms of a language.
func (b *builder) newEntryForms(l book.Language) (*entryForms, error) {
	like := b.newPage(l, field(topID)+"/")
	like.Article, like.Twins = true, true
	forms := &entryForms{page: like, top: map[book.Kind]form{}}
	p := *like
	p.Title, p.Description, p.Policy = field(topTitle), field(topDescription), field(topPolicy)
	if p.Canonical != "" {
		p.Image, p.Linked = b.BaseURL+cardPath(field(topID)), template.JS(field(topLinked))
	}
	var err error
	for _, kind := range kinds {
		shown := newEntryPage(&p, kind)
		shown.ID, shown.Short, shown.Around = field(topID), field(topShort), field(topAround)
		if forms.top[kind], err = newForm(l, "top", shown); err != nil {
			return nil, err
		}
	}
	link := item{Href: "../" + field(linkID) + "/", Kind: field(linkKind), Short: field(linkShort)}
	noSign := signRow{Href: field(signHref), Short: field(signText), Gist: field(signGist)}
	sign := noSign
	sign.Sign = template.HTML(field(signText))
	for _, made := range []struct {
		form *form
		name string
		data any
	}{
		{&forms.above, "above", link}, {&forms.previous, "previous", link}, {&forms.next, "next", link},
		{&forms.sign, "sign", sign}, {&forms.noSign, "sign", noSign}, {&forms.signsTop, "signs-top", nil}, {&forms.signsFoot, "signs-foot", nil},
		{&forms.foot, "foot", &p},
		{&forms.step, "step", stepView{field(stepNumber), template.HTML(field(stepBody))}},
	} {
		if *made.form, err = newForm(l, made.name, made.data); err != nil {
			return nil, err
		}
	}
	return forms, nil
}

// write writes the page of an entry.
func (f *entryForms) write(out *bytes.Buffer, p *entryPage) error {
	f.top[book.Kind(p.Kind)].fill(out,
		p.ID, template.HTMLEscapeString(p.Page.Title), template.HTMLEscapeString(p.Page.Description),
		template.HTMLEscapeString(p.Page.Policy), string(p.Page.Linked), template.HTMLEscapeString(p.Short), p.Around)
	err := templates()[p.Page.language].ExecuteTemplate(out, "entry.html", p)
	f.foot.fill(out)
	return err
}

// link writes a link to an entry from the page of another one.
func (f form) link(out *bytes.Buffer, e *entry.Entry, l book.Language) {
	short := book.HeadingOf(e.Titles[l], l).Short()
	f.fill(out, e.ID, string(e.Kind), template.HTMLEscapeString(short))
}
