package book

import (
	"strings"
)

// Rich is a piece of text: one stream of characters and marks, of which
// [Rich.Plain], [Rich.Markdown] and [Rich.HTML] make the forms that answers
// need, the blanks in it filled. Package internal/markdown writes it.
//
// Marks are control characters, which no text holds. A mark that has an
// argument is followed by it and [ArgumentMark]; what a mark opens lasts until
// its [EndMark]. The blocks of a text, and those of an item, stand one after
// another:
//
//	Paragraph Look at  Code Blank image Argument  End . End
//	List views Argument  Item tem Argument  Line Label TEM End  open it  End End End
type Rich string

// The marks. Line feeds and tabs are text, and stand in code only.
const (
	EndMark      = '\x01' // ends what was opened last
	ArgumentMark = '\x02' // ends an argument

	// Marks that open nothing.
	BlankMark   = '\x03' // a blank for the parameter that the argument names
	EscapeMark  = '\x04' // the next character would be markup in Markdown
	BreakMark   = '\x05' // the end of a line
	AddressMark = '\x06' // a link that shows its own address, the argument

	// Blocks.
	ParagraphMark = '\x07'
	LineMark      = '\x08' // a text in an item whose list is set without space between its items
	ListMark      = '\x0b' // argument: the first number; "" for bullets, "views" for bullets whose items are views
	ItemMark      = '\x0c' // argument: the class of a view, "" if it is none
	CodeBlockMark = '\x0e' // argument: its language, and of commands "read" or "change": "sh read"

	// Within a block.
	CodeMark     = '\x0f'
	TokenMark    = '\x10' // in a code block; argument: its class
	EmphasisMark = '\x11'
	StrongMark   = '\x12'
	LabelMark    = '\x13' // the word that a view begins with, which plain text and Markdown give a colon
	EntryMark    = '\x14' // a link to the entry whose id is the argument
	LinkMark     = '\x15' // a link to the address in the argument
	PictureMark  = '\x16' // a screenshot at the address in the argument; what it opens says what it shows
	ShotMark     = '\x17' // the same alone in its block, where plain text leaves it out
)

// isMark reports whether c is a mark, or could become one.
func isMark(c byte) bool { return c < ' ' && c != '\n' && c != '\t' }

// hasArgument and opens tell how marks are read.
func hasArgument(mark byte) bool {
	switch mark {
	case BlankMark, AddressMark, ListMark, ItemMark, CodeBlockMark, TokenMark, EntryMark, LinkMark, PictureMark, ShotMark:
		return true
	}
	return false
}

func opens(mark byte) bool {
	return mark == ParagraphMark || mark == LineMark || ListMark <= mark && mark <= ShotMark && mark != '\r'
}

// Linked reports whether the text links to entries, by addresses that depend on
// [Values.Base].
func (r Rich) Linked() bool { return strings.IndexByte(string(r), EntryMark) >= 0 }

// Values fill the blanks of a text.
type Values struct {
	// Lookup returns the value of a parameter, "" if it is not known.
	Lookup func(name string) string
	// Base is the address that the pages of the text's language stand under,
	// with a slash at its end: "https://example.com/ja/".
	Base string
	// Changes stands before commands that change something, in text and in
	// Markdown; "" for nothing. HTML marks them by a class.
	Changes string
}

// blankName is how a blank without a value is shown: service.name as service-name.
func blankName(name string) string { return strings.ReplaceAll(name, ".", "-") }

// value returns what a blank is filled with, "" if it stays blank. In a command
// only values that mean nothing special to a shell are filled in: they come
// from outside, and people paste commands.
func value(v Values, name string, code bool) string {
	whole, part, isPart := strings.Cut(name, ".")
	var s string
	if v.Lookup != nil {
		s = v.Lookup(whole)
	}
	if isPart {
		namespace, object, ok := strings.Cut(s, "/")
		switch {
		case !ok:
			s = ""
		case part == "namespace":
			s = namespace
		default:
			s = object
		}
	}
	if strings.EqualFold(s, "xxx") { // the guide's own placeholder
		return ""
	}
	if code && !safeInShell(s) || strings.ContainsFunc(s, isControl) {
		return ""
	}
	return s
}

// safeInShell reports whether s is one word to a shell and no option.
func safeInShell(s string) bool {
	for i := range len(s) {
		c := s[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		case i > 0 && strings.IndexByte("-._/:@+=,", c) >= 0:
		case c == '/':
		default:
			return false
		}
	}
	return true
}

func isControl(r rune) bool {
	return r < 0x20 || r >= 0x7f && r < 0xa0 || r == 0x2028 || r == 0x2029 ||
		r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 // turns the direction of writing
}

// CodeSpan returns value as a code span of Markdown, whatever it holds.
func CodeSpan(value string) string {
	fence := "`"
	for strings.Contains(value, fence) {
		fence += "`"
	}
	if strings.HasPrefix(value, "`") || strings.HasSuffix(value, "`") {
		value = " " + value + " "
	}
	return fence + value + fence
}

// Indent puts n spaces before every line of s but the first and empty ones.
func Indent(s string, n int) string {
	first, rest, more := strings.Cut(s, "\n")
	if !more {
		return s
	}
	var out strings.Builder
	out.Grow(len(s) + n*(1+strings.Count(rest, "\n")))
	out.WriteString(first)
	for line := range strings.SplitSeq(rest, "\n") {
		out.WriteByte('\n')
		if line != "" {
			out.WriteString(strings.Repeat(" ", n))
			out.WriteString(line)
		}
	}
	return out.String()
}
