package answer

import (
	"strconv"
	"strings"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/diagnosis"
	"github.com/reasonbook/reasonbook/internal/match"
	"github.com/reasonbook/reasonbook/internal/payload"
)

// text writes diagnoses for a terminal or a plain chat message.
func (w *Writer) text(list []diagnosis.Diagnosis, l book.Language) []byte {
	var out strings.Builder
	for i := range list {
		d := &list[i]
		if i > 0 {
			out.WriteString("\n")
		}
		if s := subjectLine(d.Case.Subject); s != "" {
			out.WriteString(printable(s) + "\n\n")
		}
		if note := noteOf(d, l); note != "" {
			out.WriteString(note + "\n")
		}
		w.nearestLines(&out, d, l, func(title, url string) string {
			if w.relative() {
				return title
			}
			return title + "\n  " + url
		})
		for n, m := range d.Matches {
			if n > 0 {
				out.WriteString("\n")
			}
			w.textMatch(&out, d, m, l)
		}
	}
	return []byte(out.String())
}

func (w *Writer) textMatch(out *strings.Builder, d *diagnosis.Diagnosis, m match.Match, l book.Language) {
	words := &labels[l]
	e := &w.Book.Entries[m.Entry]
	t := &e.Texts[l]
	v := w.values(d, m, l)
	_, evidence := d.Evidence(m)
	out.WriteString(t.Title + "\n" + words.evidence + l.Colon() + printable(oneLine(evidence)) + "\n\n")
	out.WriteString(t.Meaning.Plain(v) + "\n\n" + words.steps + "\n")
	for i, step := range t.Steps {
		marker := strconv.Itoa(i+1) + ". "
		out.WriteString(marker + book.Indent(step.Plain(v), len(marker)) + "\n")
	}
	if !w.relative() {
		out.WriteString("\n" + words.page + l.Colon() + w.filledURL(d, m, l) + "\n")
	}
}

// relative reports whether addresses of pages are relative: they lead nowhere
// from a terminal or a chat.
func (w *Writer) relative() bool { return strings.HasPrefix(w.SiteURL, "/") }

// markdown writes diagnoses as CommonMark.
func (w *Writer) markdown(list []diagnosis.Diagnosis, l book.Language) []byte {
	var out strings.Builder
	for i := range list {
		d := &list[i]
		if i > 0 {
			out.WriteString("\n---\n\n")
		}
		if s := subjectLine(d.Case.Subject); s != "" {
			out.WriteString("**" + book.CodeSpan(printable(oneLine(s))) + "**\n\n")
		}
		if note := noteOf(d, l); note != "" {
			out.WriteString(escapeMarkdown(note) + "\n")
		}
		w.nearestLines(&out, d, l, func(title, url string) string { return "[" + escapeMarkdown(title) + "](" + url + ")" })
		for n, m := range d.Matches {
			if n > 0 {
				out.WriteString("\n")
			}
			w.markdownMatch(&out, d, m, l)
		}
	}
	return []byte(out.String())
}

func (w *Writer) markdownMatch(out *strings.Builder, d *diagnosis.Diagnosis, m match.Match, l book.Language) {
	words := &labels[l]
	e := &w.Book.Entries[m.Entry]
	t := &e.Texts[l]
	v := w.values(d, m, l)
	_, evidence := d.Evidence(m)
	out.WriteString("## [" + escapeMarkdown(t.Title) + "](" + w.filledURL(d, m, l) + ")\n\n")
	out.WriteString(words.evidence + l.Colon() + book.CodeSpan(printable(oneLine(evidence))) + "\n\n")
	out.WriteString(t.Meaning.Markdown(v) + "\n\n### " + words.steps + "\n\n")
	for i, step := range t.Steps {
		marker := strconv.Itoa(i+1) + ". "
		out.WriteString(marker + book.Indent(step.Markdown(v), len(marker)) + "\n")
	}
}

// noteOf returns what is said of a diagnosis without a match, "" if it has one.
func noteOf(d *diagnosis.Diagnosis, l book.Language) string {
	words := &labels[l]
	switch {
	case d.Case.Err != nil && l == book.English: // which details are in
		return words.problem + l.Colon() + d.Case.Err.Detail
	case d.Case.Err != nil:
		return words.problem + l.Colon() + problems[d.Case.Err.Code].titles[l]
	case d.Case.Ignored != "":
		return words.ignored[d.Case.Ignored]
	case len(d.Matches) == 0:
		return missingNote(&d.Case, l)
	}
	return ""
}

// nearestLines writes the entries that may have been meant, if there are any.
func (w *Writer) nearestLines(out *strings.Builder, d *diagnosis.Diagnosis, l book.Language, item func(title, url string) string) {
	if len(d.Nearest) == 0 {
		return
	}
	out.WriteString("\n" + labels[l].nearest + "\n\n")
	for _, n := range d.Nearest {
		e := &w.Book.Entries[n]
		out.WriteString("- " + item(e.Texts[l].Title, w.PageURL(l, e.ID)) + "\n")
	}
}

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

func escapeMarkdown(s string) string {
	return strings.NewReplacer(`\`, `\\`, `[`, `\[`, `]`, `\]`, `*`, `\*`, "`", "\\`", `<`, `\<`).Replace(s)
}
