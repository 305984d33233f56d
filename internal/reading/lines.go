package reading

import (
	"strings"
	"unicode/utf8"
)

// A textLine is a line without what a terminal, a mail or a chat put around it.
type textLine struct {
	start, end int // bytes of the text: from the first sign that is no space
	indent     int
}

func (l textLine) blank() bool { return l.start >= l.end }

// split cuts the text into lines.
func (r *reader) split() {
	text := r.doc.Text
	for pos := 0; pos < len(text); {
		end := len(text)
		next := end
		if i := strings.IndexByte(text[pos:], '\n'); i >= 0 {
			end, next = pos+i, pos+i+1
		}
		r.lines = append(r.lines, lineOf(text, pos, end))
		pos = next
	}
}

// lineOf takes frames, marks of quotation and white space off a line.
func lineOf(text string, start, end int) textLine {
	l := textLine{start: start, end: end}
	for l.start < l.end {
		r, n := utf8.DecodeRuneInString(text[l.start:l.end])
		switch {
		case r == ' ' || r == '\u00a0':
			l.indent++
		case r == '\t':
			l.indent += 8 - l.indent%8
		case r == '│' || r == '┃' || r == '|' && l.indent == 0 && strings.HasPrefix(text[l.start:l.end], "| "):
			l.indent = 0
		case r == '>' && l.indent == 0 && strings.HasPrefix(text[l.start:l.end], "> "):
			l.indent = 0
			n = 2
		case r == '\r', r == '\ufeff':
		case r == 0x1b:
			n = controlLength(text[l.start:l.end])
		default:
			goto right
		}
		l.start += n
	}
right:
	for l.end > l.start {
		r, n := utf8.DecodeLastRuneInString(text[l.start:l.end])
		if r != ' ' && r != '\t' && r != '\r' && r != '│' && r != '┃' && r != '\u00a0' {
			break
		}
		l.end -= n
	}
	return l
}

// controlLength returns the length of the terminal control sequence at the
// beginning of s, at least 1.
func controlLength(s string) int {
	if len(s) < 2 || s[1] != '[' {
		return 1
	}
	for i := 2; i < len(s) && i < 32; i++ {
		if s[i] >= 0x40 && s[i] <= 0x7e {
			return i + 1
		}
	}
	return 1
}

// A field is one of the words of a line.
type wordSpan struct{ start, end int }

// words returns the words of text[start:end], at most n of them.
func wordsOf(text string, start, end, n int) []wordSpan {
	var list []wordSpan
	for i := start; i < end && len(list) < n; {
		for i < end && (text[i] == ' ' || text[i] == '\t') {
			i++
		}
		from := i
		for i < end && text[i] != ' ' && text[i] != '\t' {
			i++
		}
		if i > from {
			list = append(list, wordSpan{from, i})
		}
	}
	return list
}
