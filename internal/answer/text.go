package answer

import (
	"strings"

	"github.com/reasonbook/reasonbook/internal/address"
	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/payload"
)

// textPrinter writes for a terminal or a plain chat message.
type textPrinter struct {
	*Writer
	language book.Language
}

func (p *textPrinter) head(out *output, f *frame) error {
	for _, line := range f.truncatedLines() {
		out.add(line, "\n")
	}
	if line := f.summaryLine(); line != "" {
		out.add(line, "\n")
		for i, s := range f.summary {
			out.add(number(i+1), ". ")
			if s.Subject != "" {
				out.add(printable(s.Subject), p.language.Colon())
			}
			out.add(s.Title, "\n   ", labels[p.language].evidence, p.language.Colon(), printable(s.Evidence), "\n")
		}
		if line := f.moreLine(); line != "" {
			out.add(line, "\n")
		}
	}
	if len(out.buf) > 0 {
		out.add("\n")
	}
	return nil
}

func (p *textPrinter) diagnosis(out *output, d *diagnosisView) error {
	words := &labels[p.language]
	if d.number > 0 {
		out.add("\n")
	}
	if lines := d.lines(); lines != nil {
		out.add(fill(words.sameCause, "{n}", number(len(lines))), "\n")
		for _, s := range lines {
			out.add("- ", printable(s), "\n")
		}
		out.add("\n")
	} else if s := d.line(); s != "" {
		out.add(printable(s), "\n\n")
	}
	if d.note != "" {
		out.add(d.note, "\n")
	}
	if len(d.next) > 0 {
		out.add("\n", words.next, "\n\n")
	}
	for _, command := range d.next {
		out.add("  ", command, "\n")
	}
	p.causes(out, d.causes)
	if len(d.nearest) > 0 {
		out.add("\n", words.nearest, "\n\n")
	}
	for _, e := range d.nearest {
		out.add("- ", e.text.Title, "\n")
		if !p.relative() {
			out.add("  ", e.page, "\n")
		}
	}
	for i, e := range d.related {
		if i == 0 {
			out.add("\n", words.related, "\n\n")
		}
		out.add("- ", e.text.Title, "\n")
		if !p.relative() {
			out.add("  ", e.page, "\n")
		}
	}
	for i := range d.matches {
		if i > 0 {
			out.add("\n")
		}
		p.match(out, &d.matches[i])
	}
	return nil
}

// causes prints what may have brought about what is seen.
func (p *textPrinter) causes(out *output, list []cause) {
	if len(list) > 0 {
		out.add("\n", labels[p.language].decides, "\n")
	}
	for i := range list {
		c := &list[i]
		out.add("- ", c.sign, " → ", book.HeadingOf(c.text.Title, p.language).Gist, "\n")
		if !p.relative() {
			out.add("  ", c.page, "\n")
		}
	}
}

func (p *textPrinter) match(out *output, m *matchView) {
	l, words := p.language, &labels[p.language]
	out.add(m.text.Title, "\n")
	if m.first == nil {
		out.add(facts(m.Entry, l), "\n")
	}
	out.add(words.evidence, l.Colon(), printable(oneLine(m.evidence.Text)), "\n")
	for _, e := range m.alternatives {
		out.add(words.alternative, l.Colon(), e.text.Title, "\n")
	}
	for _, line := range m.why {
		out.add("  ", printable(oneLine(line)), "\n")
	}
	for i := range m.shows {
		state := &m.shows[i]
		out.add(words.shows, l.Colon(), state.text.Title, "\n")
		for _, line := range state.why {
			out.add("  ", printable(oneLine(line)), "\n")
		}
	}
	p.causes(out, m.next)
	steps := m.stepsOf(book.Rich.Plain)
	switch {
	case m.first == nil:
		out.add("\n", m.text.Meaning.Plain(m.values), "\n\n", words.confirm, "\n", m.text.Confirm.Plain(m.values), "\n\n", words.steps, "\n")
	case len(steps) > 0:
		out.add(m.explained(l, printable), "\n\n", words.stepsHere, "\n")
	default:
		out.add(m.explained(l, printable), "\n")
	}
	for _, s := range steps {
		marker := number(s.number) + ". "
		out.add(marker, book.Indent(s.text, len(marker)), "\n")
	}
	if m.first == nil && !p.relative() {
		out.add("\n", words.page, l.Colon(), m.filled(), "\n")
	}
}

func (p *textPrinter) tail(out *output, f *frame) error {
	if len(f.discarded) > 0 {
		out.add("\n", labels[p.language].discarded, "\n")
	}
	for _, d := range f.discarded {
		out.add("- ", d.ID, " “", printable(oneLine(d.Text)), "”: ", d.Why, "\n")
	}
	if f.note != "" && p.ReportURL != "" {
		out.add("\n", labels[p.language].report, p.language.Colon(), address.Reporting(p.ReportURL, ""), "\n")
	}
	if len(f.errors) == 0 {
		return nil
	}
	if len(out.buf) > 0 {
		out.add("\n")
	}
	out.add(labels[p.language].problem, "\n")
	for i := range f.errors {
		out.add("- ", f.errors[i].line(p.language), "\n")
	}
	return nil
}

// relative reports whether addresses of pages are relative: they lead nowhere
// from a terminal or a chat.
func (w *Writer) relative() bool { return strings.HasPrefix(w.SiteURL, "/") }

// subjectLine names a subject as kubectl would: Pod shop/cart-7d9f (app).
func subjectLine(s payload.Subject) string {
	if s.Name == "" {
		return ""
	}
	line := s.Name
	if s.Namespace != "" {
		line = s.Namespace + "/" + line
	}
	if s.Kind != "" {
		line = s.Kind + " " + line
	}
	if s.Container != "" {
		line += " (" + s.Container + ")"
	}
	return line
}

// oneLine returns s with every run of white space as one space.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// printable returns s without control characters, which could move the cursor
// of a terminal or turn the direction of writing.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x20 || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return -1
		}
		return r
	}, s)
}
