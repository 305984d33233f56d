package markdown

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// What makes a parser of Markdown slow is long paragraphs, where it looks for
// the ends of brackets and emphasis again and again, and deep nesting. These
// are many times what prose needs.
const (
	maxBlock   = 8 << 10 // bytes without an empty line
	maxNesting = 8       // lists and quotations that begin in one line
	maxIndent  = 120     // columns
)

// outOfBounds reports what keeps a source from being parsed.
func outOfBounds(source []byte) (Fault, bool) {
	block, number, valid, odd := 0, 0, utf8.Valid(source), suspect(source)
	for line := range bytes.Lines(source) {
		number++
		text := line
		for len(text) > 0 && (text[0] == ' ' || text[0] == '\t') {
			text = text[1:]
		}
		if block += len(line); len(bytes.TrimSpace(text)) == 0 {
			block = 0
		}
		switch {
		case !valid && !utf8.Valid(line):
			return Fault{number, "this line is not UTF-8"}, true
		case odd && bytes.ContainsFunc(line, control):
			return Fault{number, "a control character"}, true
		case odd && bytes.ContainsFunc(line, private):
			return Fault{number, "a character of private use (U+E000 to U+F8FF), which has no form of its own"}, true
		case block > maxBlock:
			return Fault{number, fmt.Sprintf("more than %d KiB without an empty line: write shorter paragraphs", maxBlock>>10)}, true
		case len(line)-len(text) > maxIndent:
			return Fault{number, fmt.Sprintf("indented by more than %d columns", maxIndent)}, true
		case signs(text) > maxNesting && len(markers.FindAllIndex(markerRun.Find(text), -1)) > maxNesting:
			return Fault{number, fmt.Sprintf("more than %d lists or quotations begin in this line", maxNesting)}, true
		}
	}
	return Fault{}, false
}

// signs returns how many signs of lists and quotations may begin a line at most:
// most lines need no closer look.
func signs(text []byte) int {
	for i, c := range text {
		if strings.IndexByte(">-*+.)0123456789 \t\n", c) < 0 {
			return i
		}
	}
	return len(text)
}

// The signs that lists and quotations begin with, and the run of them at the
// beginning of a line.
var (
	markers   = regexp.MustCompile(`>|(?:[-*+]|[0-9]{1,9}[.)])(?:[ \t]+|\n)`)
	markerRun = regexp.MustCompile(`^(?:(?:>|(?:[-*+]|[0-9]{1,9}[.)])(?:[ \t]+|\n))[ \t]*)+`)
)

// control reports whether a character could be taken for one of the marks of a
// [book.Rich].
func control(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r == 0x7f }

// suspect reports whether a text may have a control or private character: most
// have none, and their bytes show it sooner than their characters.
func suspect(text []byte) bool {
	for i, b := range text {
		if b < ' ' && b != '\n' && b != '\t' || b == 0x7f || b == 0xee || b == 0xef && i+1 < len(text) && text[i+1] <= 0xa3 {
			return true
		}
	}
	return false
}

// private reports whether a character has a form in the font of its maker only.
func private(r rune) bool { return 0xe000 <= r && r <= 0xf8ff }
