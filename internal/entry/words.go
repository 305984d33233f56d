package entry

import (
	"errors"
	"regexp"
	"strings"
	"unicode"

	"mvdan.cc/sh/v3/syntax"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/prose"
)

// words checks how a page is written: its length, its terms, and what the
// readers of its language are used to see.
func (c *checker) words(page *Page, file string, l book.Language) {
	length := 0
	size := 0
	for _, block := range page.Prose {
		size += len(block.Text)
	}
	var whole strings.Builder
	whole.Grow(size)
	for _, block := range page.Prose {
		whole.WriteString(block.Text)
	}
	terms := c.base.terms.Within(l, whole.String())
	for i, block := range page.Prose {
		length += lengthOf(block.Text, l)
		own := block.Text
		if i == 0 {
			own = meaningOf(own)
		}
		for _, f := range append(prose.Customs(l, block.Text, block.Item), terms.Terms(l, own)...) {
			c.faults.add(file, block.Line+f.Line-1, "%s", f.Message)
		}
	}
	limit := maxLength[l]
	if c.Kind == book.State {
		limit = maxLengthState[l]
	}
	if length > limit {
		c.faults.add(file, 1, "%d %s outside code, of at most %d: leave out what does not help", length, unit[l], limit)
	}
}

// meaningOf returns what stands in a title behind the words of the console or
// message.
func meaningOf(title string) string {
	if before, after, found := strings.Cut(title, "："); found {
		return strings.Repeat("\n", strings.Count(before, "\n")) + after
	}
	if _, after, found := strings.Cut(title, ": "); found {
		return after
	}
	return title
}

// The longest page, in words or, in Japanese and Chinese, letters, without code
// blocks. A state leads to its causes and has more to say.
var (
	maxLength      = [len(book.Languages)]int{book.English: 580, book.Japanese: 1900, book.Chinese: 1450}
	maxLengthState = [len(book.Languages)]int{book.English: 900, book.Japanese: 2800, book.Chinese: 1900}
	unit           = [len(book.Languages)]string{book.English: "words", book.Japanese: "letters", book.Chinese: "letters"}
)

// lengthOf returns the words or letters of a text. Code in a line is one.
func lengthOf(text string, l book.Language) int {
	n, within := 0, false
	for _, r := range text {
		// An ideographic space is the last character that Unicode calls white.
		inked := r > '\u3000' || !unicode.IsSpace(r)
		if inked && !(within && l == book.English) {
			n++
		}
		within = inked
	}
	return n
}

// commands checks that a shell understands the commands of a page. The pages of
// an entry hold the same, so that understood has those that are right.
func (c *checker) commands(page *Page, file string, shell *syntax.Parser, understood map[string]bool) {
	for _, section := range page.Sections {
		for i, code := range section.Code {
			info, script, _ := strings.Cut(code, "\n")
			if !strings.HasPrefix(info, "sh") {
				continue
			}
			if understood[script] {
				continue
			}
			_, err := shell.Parse(strings.NewReader(markedBlank.ReplaceAllString(script, "blank")), "")
			line, message := section.CodeLines[i], ""
			var fault syntax.ParseError
			var other syntax.LangError
			switch {
			case err == nil:
				understood[script] = true
				continue
			case errors.As(err, &fault):
				line, message = line+int(fault.Pos.Line())-1, fault.Text
			case errors.As(err, &other):
				line, message = line+int(other.Pos.Line())-1, other.Feature+" is not known to every sh"
			default:
				message = err.Error()
			}
			c.faults.add(file, line, "a shell does not understand this: %s", message)
		}
	}
}

// markedBlank is a blank in what package markdown returns.
var markedBlank = regexp.MustCompile(string(rune(book.BlankMark)) + "[^" + string(rune(book.ArgumentMark)) + "]*" + string(rune(book.ArgumentMark)))
