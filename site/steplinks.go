package site

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/reasonbook/reasonbook/internal/book"
)

// stepWords find where a text names a step of its page.
var stepWords = [len(book.Languages)]*regexp.Regexp{
	book.English:  regexp.MustCompile(`\b[Ss]teps? (\d+)\b`),
	book.Japanese: regexp.MustCompile(`手順 ?(\d+)`),
	book.Chinese:  regexp.MustCompile(`步骤 ?(\d+)|第 ?(\d+) ?步`),
}

// stepSigns stand before the number in every text that stepWords find something
// in.
var stepSigns = [len(book.Languages)][]string{book.English: {"tep ", "teps "}, book.Japanese: {"手順"}, book.Chinese: {"步骤", "第"}}

// mayNameStep reports whether stepWords may find something in a text: most have
// none, and need no closer look.
func mayNameStep(text string, l book.Language) bool {
	for _, sign := range stepSigns[l] {
		for rest := text; ; {
			_, after, found := strings.Cut(rest, sign)
			if !found {
				break
			}
			rest = after
			if after = strings.TrimPrefix(after, " "); after != "" && after[0] >= '0' && after[0] <= '9' {
				return true
			}
		}
	}
	return false
}

// linkSteps makes links of the places where the HTML of an entry names one of
// its steps. Code and links stay as they are.
func linkSteps(html string, l book.Language, steps int) string {
	if !mayNameStep(html, l) {
		return html
	}
	var out strings.Builder
	out.Grow(len(html) + 64)
	closed := 0 // elements that are open and hold no links
	for html != "" {
		text, rest, isTag := strings.Cut(html, "<")
		if closed == 0 {
			text = stepWords[l].ReplaceAllStringFunc(text, func(words string) string {
				digits := strings.Trim(words, "Steps 手順步骤第")
				if n, err := strconv.Atoi(digits); err != nil || n < 1 || n > steps {
					return words
				}
				return `<a href="#step-` + digits + `">` + words + `</a>`
			})
		}
		out.WriteString(text)
		if !isTag {
			break
		}
		tag, after, _ := strings.Cut(rest, ">")
		out.WriteByte('<')
		out.WriteString(tag)
		out.WriteByte('>')
		html = after
		switch name, _, _ := strings.Cut(tag, " "); name {
		case "a", "code", "pre":
			closed++
		case "/a", "/code", "/pre":
			closed--
		}
	}
	return out.String()
}
