package site

import (
	"html/template"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/reasonbook/reasonbook/internal/book"
)

// firstBlock returns the first paragraph of a text, and what follows it. The
// sentence that introduces a list stands with the list.
func firstBlock(s template.HTML) (first, rest template.HTML) {
	const begin, end = "<p>", "</p>"
	i := strings.Index(string(s), end)
	if !strings.HasPrefix(string(s), begin) || i < 0 {
		return s, ""
	}
	paragraph, after := string(s[len(begin):i]), strings.TrimSpace(string(s[i+len(end):]))
	if strings.HasPrefix(after, "<ul") || strings.HasPrefix(after, "<ol") {
		if ends := sentenceEnds(paragraph); len(ends) > 0 {
			at := ends[len(ends)-1]
			after = begin + strings.TrimSpace(paragraph[at:]) + end + "\n" + after
			paragraph = paragraph[:at]
		}
	}
	return template.HTML(begin + paragraph + end), template.HTML(after)
}

var tags = regexp.MustCompile(`<[^>]*>`)

// sentenceEnds returns the places within a paragraph of HTML where a sentence
// ends, another one follows, and no element is open.
func sentenceEnds(s string) (ends []int) {
	open := 0
	for i := 0; i < len(s); i++ {
		switch rest := s[i:]; {
		case s[i] == '<':
			tag := tags.FindString(rest)
			if strings.HasPrefix(tag, "</") {
				open--
			} else {
				open++ // a paragraph has no empty elements
			}
			i += max(len(tag)-1, 0)
		case open != 0:
		case strings.HasPrefix(rest, ". "), strings.HasPrefix(rest, "。") && len(rest) > len("。"):
			_, size := utf8.DecodeRuneInString(rest)
			ends = append(ends, i+size)
		}
	}
	return ends
}

// The longest text, in bytes, that stands before the commands of a view as it is.
const viewText = 150

// viewBegin returns the place behind the name of the first view of a text, -1 if
// it has none.
func viewBegin(html string) int {
	const begin, name = `<li class="`, "\n<p><b>"
	for from := 0; ; {
		i := strings.Index(html[from:], begin)
		if i < 0 {
			return -1
		}
		from += i + len(begin)
		class, rest, _ := strings.Cut(html[from:], `">`)
		if class != "tem" && class != "kubectl" || !strings.HasPrefix(rest, name) {
			continue
		}
		if i := strings.IndexByte(rest[len(name):], '<'); i >= 0 && strings.HasPrefix(rest[len(name)+i:], "</b> ") {
			return len(html) - len(rest) + len(name) + i + len("</b> ")
		}
	}
}

// shapeViews gives the views of a step the form of a page: a text begins with a
// capital, since it stands beside the name of its view and not after a colon; of
// a long text before commands, what follows the first sentence can be closed.
func shapeViews(html string, l book.Language) string {
	at := viewBegin(html)
	if at < 0 {
		return html
	}
	var out strings.Builder
	out.Grow(len(html) + 64)
	for ; at >= 0; at = viewBegin(html) {
		out.WriteString(html[:at])
		html = html[at:]
		text, after, _ := strings.Cut(html, "</p>")
		if l == book.English && text != "" && text[0] >= 'a' && text[0] <= 'z' {
			text = string(text[0]-'a'+'A') + text[1:]
		}
		html = html[len(text):]
		ends := sentenceEnds(text)
		if len(ends) == 0 || len(tags.ReplaceAllString(text, "")) <= viewText || !strings.HasPrefix(strings.TrimSpace(after), "<pre") {
			out.WriteString(text)
			continue
		}
		out.WriteString(strings.TrimSpace(text[:ends[0]]) + "</p>\n" +
			`<details class="fold rest" open><summary>` + words[l].MoreMeaning + "</summary>\n<p>" +
			strings.TrimSpace(text[ends[0]:]) + "</p>\n</details>")
		html = strings.TrimPrefix(html, "</p>")
	}
	out.WriteString(html)
	return out.String()
}
