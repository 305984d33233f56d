package book

import (
	"html"
	"strings"
)

// Rich is a piece of text in the three forms that answers need, made from the
// same Markdown. Each may hold blanks for parameters and links to other
// entries, as marks that [Rich.Plain], [Rich.Markdown] and [Rich.HTML] replace.
type Rich struct {
	PlainForm, MarkdownForm, HTMLForm string
}

// Marks in the forms of a Rich, from Unicode's private use area. A blank is
// its opening mark, its name and EndMark.
const (
	ProseMark = "\ue000" // opens a blank in prose
	CodeMark  = "\ue001" // opens a blank in code, that is, in something to be run
	EndMark   = "\ue002"
	BaseMark  = "\ue003" // the address that pages of this language stand under, with a slash at the end
)

// allMarks is what all marks begin with, in UTF-8.
const allMarks = "\xee\x80"

// Values fill the blanks of a text.
type Values struct {
	// Lookup returns the value of a parameter, "" if it is not known.
	Lookup func(name string) string
	// Base is the address that the pages of the text's language stand under,
	// with a slash at its end: "https://example.com/ja/".
	Base string
}

// Plain returns the text without markup; commands stand on lines of their own.
func (r Rich) Plain(v Values) string {
	return fill(r.PlainForm, v, v.Base, func(name, value string, code bool) string {
		if value == "" {
			return "<" + blankName(name) + ">"
		}
		return value
	})
}

// Markdown returns the text as CommonMark. Values cannot bring in markup.
func (r Rich) Markdown(v Values) string {
	return fill(r.MarkdownForm, v, v.Base, func(name, value string, code bool) string {
		if value == "" {
			value = "<" + blankName(name) + ">"
		}
		if code {
			return value
		}
		return CodeSpan(value)
	})
}

// HTML returns the text as an HTML fragment. Values cannot bring in markup.
func (r Rich) HTML(v Values) string {
	return fill(r.HTMLForm, v, html.EscapeString(v.Base), func(name, value string, code bool) string {
		switch {
		case value == "":
			return `<var>&lt;` + html.EscapeString(blankName(name)) + `&gt;</var>`
		case code:
			return html.EscapeString(value)
		}
		return `<code>` + html.EscapeString(value) + `</code>`
	})
}

// blankName is how a blank without a value is shown: service.name as service-name.
func blankName(name string) string { return strings.ReplaceAll(name, ".", "-") }

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

// fill replaces the marks of a form.
func fill(form string, v Values, base string, blank func(name, value string, code bool) string) string {
	i := strings.Index(form, allMarks)
	if i < 0 {
		return form
	}
	var out strings.Builder
	out.Grow(len(form) + len(form)/8)
	for ; i >= 0; i = strings.Index(form, allMarks) {
		out.WriteString(form[:i])
		mark, rest := form[i:i+len(BaseMark)], form[i+len(BaseMark):]
		switch mark {
		case BaseMark:
			out.WriteString(base)
		case ProseMark, CodeMark:
			var name string
			name, rest, _ = strings.Cut(rest, EndMark)
			code := mark == CodeMark
			out.WriteString(blank(name, value(v, name, code), code))
		default:
			out.WriteString(mark)
		}
		form = rest
	}
	out.WriteString(form)
	return out.String()
}

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
	return r < 0x20 || r >= 0x7f && r < 0xa0 || r == 0x2028 || r == 0x2029 || r >= 0xe000 && r <= 0xe003 ||
		r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 // turns the direction of writing
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
