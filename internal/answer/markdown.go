package answer

import (
	"strings"

	"github.com/reasonbook/reasonbook/internal/address"
	"github.com/reasonbook/reasonbook/internal/book"
)

// markdownPrinter writes CommonMark.
type markdownPrinter struct {
	*Writer
	language book.Language
}

func (p *markdownPrinter) head(out *output, f *frame) error {
	for _, line := range f.truncatedLines() {
		out.add(escapeMarkdown(line), "\n\n")
	}
	if line := f.summaryLine(); line != "" {
		out.add("**", escapeMarkdown(line), "**\n\n")
		for i, s := range f.summary {
			out.add(number(i+1), ". ")
			if s.Subject != "" {
				out.add(codeSpan(s.Subject), p.language.Colon())
			}
			out.add(escapeMarkdown(s.Title), " ", codeSpan(s.Evidence), "\n")
		}
		if line := f.moreLine(); line != "" {
			out.add("\n", escapeMarkdown(line), "\n")
		}
		out.add("\n---\n\n")
	}
	return nil
}

func (p *markdownPrinter) diagnosis(out *output, d *diagnosisView) error {
	if d.number > 0 {
		out.add("\n---\n\n")
	}
	if lines := d.lines(); lines != nil {
		out.add(fill(labels[p.language].sameCause, "{n}", number(len(lines))), "\n\n")
		for _, s := range lines {
			out.add("- ", codeSpan(s), "\n")
		}
		out.add("\n")
	} else if s := d.line(); s != "" {
		out.add("**", codeSpan(s), "**\n\n")
	}
	if d.note != "" {
		out.add(escapeMarkdown(d.note), "\n")
	}
	if len(d.next) > 0 {
		out.add("\n", labels[p.language].next, "\n\n```sh\n", strings.Join(d.next, "\n"), "\n```\n")
	}
	if len(d.causes) > 0 {
		out.add("\n", labels[p.language].decides, "\n\n")
		p.causes(out, d.causes)
	}
	if len(d.nearest) > 0 {
		out.add("\n", labels[p.language].nearest, "\n\n")
	}
	for _, e := range d.nearest {
		out.add("- [", escapeMarkdown(e.text.Title), "](", e.page, ")\n")
	}
	for i, e := range d.related {
		if i == 0 {
			out.add("\n", labels[p.language].related, "\n\n")
		}
		out.add("- [", escapeMarkdown(e.text.Title), "](", e.page, ")\n")
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
func (p *markdownPrinter) causes(out *output, list []cause) {
	for i := range list {
		c := &list[i]
		out.add("- ", codeSpan(c.sign), " → [", escapeMarkdown(book.HeadingOf(c.text.Title, p.language).Gist), "](", c.page, ")\n")
	}
}

func (p *markdownPrinter) match(out *output, m *matchView) {
	l, words := p.language, &labels[p.language]
	out.add("## [", escapeMarkdown(m.text.Title), "](", m.filled(), ")\n\n")
	if m.first == nil {
		out.add(facts(m.Entry, l), "\n\n")
	}
	out.add(words.evidence, l.Colon(), codeSpan(m.evidence.Text), "\n\n")
	for _, e := range m.alternatives {
		out.add(words.alternative, l.Colon(), "[", escapeMarkdown(e.text.Title), "](", e.page, ")\n\n")
	}
	for i, line := range m.why {
		out.add("- ", escapeMarkdown(printable(oneLine(line))), "\n")
		if i == len(m.why)-1 {
			out.add("\n")
		}
	}
	for i := range m.shows {
		state := &m.shows[i]
		out.add(words.shows, l.Colon(), "[", escapeMarkdown(state.text.Title), "](", state.filled(), ")\n\n")
		for _, line := range state.why {
			out.add("- ", escapeMarkdown(printable(oneLine(line))), "\n\n")
		}
	}
	if len(m.next) > 0 {
		out.add("### ", words.decides, "\n\n")
		p.causes(out, m.next)
		out.add("\n")
	}
	steps := m.stepsOf(book.Rich.Markdown)
	if m.first == nil {
		out.add(m.text.Meaning.Markdown(m.values), "\n\n### ", words.confirm, "\n\n", m.text.Confirm.Markdown(m.values), "\n\n### ", words.steps, "\n\n")
	} else {
		out.add(m.explained(l, codeSpan), "\n")
		if len(steps) > 0 {
			out.add("\n### ", words.stepsHere, "\n\n")
		}
	}
	for _, s := range steps {
		marker := number(s.number) + ". "
		out.add(marker, book.Indent(s.text, len(marker)), "\n")
	}
}

func (p *markdownPrinter) tail(out *output, f *frame) error {
	for i, d := range f.discarded {
		if i == 0 {
			out.add("\n### ", labels[p.language].discarded, "\n\n")
		}
		out.add("- ", d.ID, " ", codeSpan(d.Text), ": ", escapeMarkdown(d.Why), "\n")
	}
	if f.note != "" && p.ReportURL != "" {
		// Without the text: chats follow links to show what is behind them.
		out.add("\n[", labels[p.language].report, "](", address.Reporting(p.ReportURL, ""), ")\n")
	}
	if len(f.errors) == 0 {
		return nil
	}
	if len(out.buf) > 0 {
		out.add("\n---\n\n")
	}
	out.add("**", labels[p.language].problem, "**\n\n")
	for i := range f.errors {
		out.add("- ", escapeMarkdown(f.errors[i].line(p.language)), "\n")
	}
	return nil
}

// codeSpan returns anything as code on one line.
func codeSpan(s string) string { return book.CodeSpan(printable(oneLine(s))) }

func escapeMarkdown(s string) string {
	return strings.NewReplacer(`\`, `\\`, `[`, `\[`, `]`, `\]`, `*`, `\*`, "`", "\\`", `<`, `\<`).Replace(s)
}
