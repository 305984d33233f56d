package site

import (
	"bytes"
	"html"
	"html/template"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/entry"
)

// signOf returns what a message or log says when it is about an entry: the line
// of the entry's first example that decides, the decisive words marked; "" if
// there is none.
func signOf(e *entry.Entry) template.HTML {
	for _, example := range e.Examples {
		if example.End > 0 {
			return markedLine(example.Text, example.Start, example.End)
		}
	}
	return ""
}

// A signedEntry is an entry of a list with the sign that it has there.
type signedEntry struct {
	*entry.Entry
	sign template.HTML
}

// signed returns entries with their own signs.
func (b *builder) signed(entries []*entry.Entry) []signedEntry {
	list := make([]signedEntry, len(entries))
	for i, e := range entries {
		list[i] = signedEntry{e, b.signs[e]}
	}
	return list
}

// signList returns a list, "" of no entries, for a page that stands at base below
// the folder of its language.
func (b *builder) signList(entries []signedEntry, l book.Language, base string) template.HTML {
	if len(entries) == 0 {
		return ""
	}
	forms := b.forms[l]
	return written(func(out *bytes.Buffer) {
		forms.signsTop.fill(out)
		for _, e := range entries {
			heading := book.HeadingOf(e.Titles[l], l)
			row, text := forms.sign, string(e.sign)
			if text == "" {
				row, text = forms.noSign, template.HTMLEscapeString(heading.Short())
			}
			row.fill(out, base+e.ID+"/", text, template.HTMLEscapeString(heading.Gist))
		}
		forms.signsFoot.fill(out)
	})
}

// alikeEntries is how many others a page tells apart from its own.
const alikeEntries = 5

// alike returns what is easily taken for a cause or log: what the texts are
// about that look like it and are not, then its siblings, which stand at the same
// stage and bring about the same; the most frequent first.
func (b *builder) alike(e *entry.Entry, l book.Language) (list []signedEntry) {
	seen := map[*entry.Entry]bool{e: true}
	for _, like := range e.Alike {
		if seen[like.Entry] || len(list) == alikeEntries {
			continue
		}
		seen[like.Entry] = true
		list = append(list, signedEntry{like.Entry, markedLine(like.Text, like.Start, like.End)})
	}
	var siblings []*entry.Entry
	for _, ref := range e.Explains {
		if above := b.base.Find(ref.Value); above != nil {
			for _, other := range b.base.Below(above) {
				if !seen[other] && other.Stage == e.Stage && !slices.Contains(siblings, other) && !slices.ContainsFunc(e.Explains, func(r entry.Ref) bool { return r.Value == other.ID }) {
					siblings = append(siblings, other)
				}
			}
		}
	}
	siblings = b.byFrequency(siblings, l)
	return append(list, b.signed(siblings[:min(len(siblings), alikeEntries-len(list))])...)
}

// The longest sign, in bytes, and what of it may stand before the decisive words.
const (
	signLength = 110
	signBefore = 32
	// signEntries is how many entries a page lists with their signs.
	signEntries = 60
)

// markedLine returns the line of a text that a stretch ends in, shortened to what
// stands around the stretch, which is marked: of “Reason: Error” and “Exit Code:
// 137” below it the second tells causes apart.
func markedLine(text string, start, end int) template.HTML {
	if i := strings.LastIndexByte(text[start:end], '\n'); i >= 0 {
		start += i + 1
		start += len(text[start:end]) - len(strings.TrimLeft(text[start:end], " \t"))
	}
	from := strings.LastIndexByte(text[:start], '\n') + 1
	to := len(text)
	if i := strings.IndexByte(text[start:], '\n'); i >= 0 {
		to = start + i
	}
	end = min(end, to)
	before, after := strings.TrimLeft(text[from:start], " \t"), strings.TrimRight(text[end:to], " \t")
	decisive := head(text[start:end], signLength)
	if len(before)+len(decisive)+len(after) > signLength {
		before = tail(before, signBefore)
		after = head(after, max(0, signLength-len(before)-len(decisive)))
	}
	return template.HTML(html.EscapeString(before) + "<mark>" + html.EscapeString(decisive) + "</mark>" + html.EscapeString(after))
}

// head returns the beginning of s, tail its end: at most n bytes, and an
// ellipsis for the rest.
func head(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}

func tail(s string, n int) string {
	if len(s) <= n {
		return s
	}
	i := len(s) - n
	for i < len(s) && !utf8.RuneStart(s[i]) {
		i++
	}
	return "…" + s[i:]
}
