package match

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// A sign is what a piece of formatting stands for.
type sign uint8

const (
	signNone    sign = iota // it is no formatting
	signNothing             // nothing: a word goes on behind it
	signRune                // a character
	signSpace
	signLine
	signBlank // the end of a paragraph
)

const (
	maxControl = 64   // bytes of a sequence that sets colours
	maxLink    = 2048 // bytes of a link of a terminal
	maxTag     = 512
	maxEntity  = 34
	maxQuoting = 16 // backslashes in a row
)

// unmark reads the formatting that begins at text[i], a byte of classMark: what
// terminals, Markdown, HTML, mail, JSON and Go put between or in place of the
// characters of a text. It returns how many bytes it takes, and the character
// if it stands for one.
func unmark(text string, i int) (n int, r rune, what sign) {
	switch text[i] {
	case '\x1b':
		n, what = control(text[i+1:])
		return n + 1, 0, what
	case '\\':
		return unescape(text[i:])
	case '&':
		n, r = entity(text[i+1:])
		if n == 0 {
			return 1, 0, signNone
		}
		return n + 1, r, signRune
	case '<':
		n, what = tag(text[i:])
		return n, 0, what
	case '*':
		return emphasis(text, i)
	case '=':
		return printable(text, i)
	}
	return 1, 0, signNone
}

// control reads the sequence of a terminal (ECMA-48) that s follows the escape
// character of: colours, links and character sets leave no trace, what moves
// the cursor is as a space.
func control(s string) (n int, what sign) {
	if s == "" {
		return 0, signSpace
	}
	switch c := s[0]; {
	case c == '[':
		for n = 1; n < len(s) && n < maxControl && s[n] >= 0x20; n++ {
			switch c := s[n]; {
			case c == 'm' || c == 'K':
				return n + 1, signNothing
			case c >= 0x40 && c <= 0x7e:
				return n + 1, signSpace
			}
		}
		return 0, signSpace
	case c == ']' || c == 'P' || c == 'X' || c == '^' || c == '_': // up to BEL or ESC \
		what = signSpace
		if strings.HasPrefix(s, "]8;") {
			what = signNothing
		}
		for n = 1; n < len(s) && n < maxLink && s[n] != '\n'; n++ {
			if s[n] == '\a' {
				return n + 1, what
			}
			if s[n] == '\x1b' {
				if n+1 < len(s) && s[n+1] == '\\' {
					return n + 2, what
				}
				break
			}
		}
		return 1, signSpace
	case c >= 0x20 && c < 0x30: // a character set
		if len(s) > 1 && s[1] >= 0x30 && s[1] < 0x7f {
			return 2, signNothing
		}
	}
	return 0, signSpace
}

// unescape reads the escape of JSON, Go, Python or a shell that s begins with.
// A text that is quoted twice has twice the backslashes.
func unescape(s string) (n int, r rune, what sign) {
	for n < len(s) && s[n] == '\\' && n < maxQuoting {
		n++
	}
	if n == len(s) {
		return 1, 0, signNone
	}
	digits, base := 0, rune(16)
	from := n + 1
	switch c := s[n]; {
	case c == 'n':
		return n + 1, 0, signLine
	case c == 'r' || c == 't':
		return n + 1, 0, signSpace
	case c == '"' || c == '\'' || c == '`' || c == '/' || c == '_':
		return n + 1, rune(c), signRune
	case c == 'e' && from < len(s) && s[from] == '[':
		m, what := control(s[from:])
		return from + m, 0, what
	case c == 'u':
		digits = 4
	case c == 'x':
		digits = 2
	case c == 'U':
		digits = 8
	case c >= '0' && c <= '3':
		digits, base, from = 3, 8, n
	}
	r, ok := number(s, from, digits, base)
	if !ok {
		return 1, 0, signNone
	}
	quoting := s[:n]
	n = from + digits
	if r >= 0xd800 && r < 0xdc00 && strings.HasPrefix(s[n:], quoting+"u") { // the first half of a pair
		if low, ok := number(s, n+len(quoting)+1, 4, 16); ok && low >= 0xdc00 && low < 0xe000 {
			r = (r-0xd800)<<10 + (low - 0xdc00) + 0x10000
			n += len(quoting) + 5
		}
	}
	switch {
	case r == '\x1b':
		m, what := control(s[n:])
		return n + m, 0, what
	case r == '\n':
		return n, 0, signLine
	case r > 0 && r < ' ' && r != '\t' && r != '\r': // a byte that is no text; how it is written tells it from others
		return 1, 0, signNone
	case digits != 4 && digits != 8 && r >= utf8.RuneSelf, !utf8.ValidRune(r):
		return n, utf8.RuneError, signRune // a byte of a character, and half of one
	}
	return n, r, signRune
}

// number reads so many digits from s[from:]. It reports whether there are any.
func number(s string, from, digits int, base rune) (value rune, ok bool) {
	if digits == 0 || from+digits > len(s) {
		return 0, false
	}
	for _, c := range []byte(s[from : from+digits]) {
		digit := rune(99)
		switch low := c | 0x20; {
		case isDigit(c):
			digit = rune(c - '0')
		case low >= 'a' && low <= 'f':
			digit = rune(low-'a') + 10
		}
		if digit >= base {
			return 0, false
		}
		if value < 1<<24 {
			value = value*base + digit
		}
	}
	return value, true
}

// entities of HTML that programs write.
var entities = sync.OnceValue(func() map[string]rune {
	return map[string]rune{
		"amp": '&', "lt": '<', "gt": '>', "quot": '"', "apos": '\'', "nbsp": '\u00a0', "shy": '\u00ad',
		"ensp": ' ', "emsp": ' ', "thinsp": ' ', "zwnj": '\u200c', "zwj": '\u200d', "hellip": '…', "middot": '·', "bull": '•',
		"ndash": '–', "mdash": '—', "lsquo": '‘', "rsquo": '’', "ldquo": '“', "rdquo": '”', "laquo": '«', "raquo": '»',
		"sol": '/', "colon": ':', "equals": '=', "lpar": '(', "rpar": ')', "NewLine": '\n', "Tab": '\t',
	}
})

// entity reads the entity of HTML that s is behind the sign & of; n is 0 if
// there is none. One that is escaped itself (&amp;quot;) is what it stood for.
func entity(s string) (n int, r rune) {
	for n < len(s) && n < maxEntity && (byteClass[s[n]] == classWord || s[n] == '#' && n == 0) {
		n++
	}
	if n == 0 || n == len(s) || s[n] != ';' {
		return 0, 0
	}
	name := s[:n]
	n++
	if name[0] != '#' {
		r, ok := entities()[name]
		if !ok {
			return 0, 0
		}
		if r == '&' && n > 0 {
			if m, inner := entity(s[n:min(len(s), n+maxEntity)]); m > 0 {
				return n + m, inner
			}
		}
		return n, r
	}
	digits, base := name[1:], rune(10)
	if digits != "" && digits[0]|0x20 == 'x' {
		digits, base = digits[1:], 16
	}
	r, ok := number(digits, 0, len(digits), base)
	if !ok {
		return 0, 0
	}
	if !utf8.ValidRune(r) || r == 0 {
		r = utf8.RuneError
	}
	return n, r
}

// tags of HTML, by what they stand for.
var tags = sync.OnceValue(func() map[string]sign {
	m := map[string]sign{"br": signLine, "td": signSpace, "th": signSpace, "img": signSpace}
	for what, names := range map[sign]string{
		signNothing: "a abbr b bdi bdo big cite code del dfn em font i ins kbd label mark nobr q s samp small span strike strong sub sup tt u var wbr",
		signBlank: "address article aside blockquote body center dd details div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 head header hr html " +
			"li main nav ol p pre section summary table tbody tfoot thead title tr ul",
	} {
		for name := range strings.FieldsSeq(names) {
			m[name] = what
		}
	}
	return m
})

// tag reads the tag of HTML that s begins with. Others in angle brackets, such
// as <none>, are text.
func tag(s string) (n int, what sign) {
	var name [10]byte
	length := 0
	n = 1
	if n < len(s) && s[n] == '/' {
		n++
	}
	for n < len(s) && length < len(name) && (isLetter(s[n]) || length > 0 && isDigit(s[n])) {
		name[length] = lower[s[n]]
		length++
		n++
	}
	what, ok := tags()[string(name[:length])]
	if !ok || n == len(s) || s[n] != '>' && s[n] != '/' && s[n] != ' ' {
		return 1, signNone
	}
	for ; n < len(s) && n < maxTag && s[n] != '\n' && s[n] != '<'; n++ {
		if s[n] == '>' {
			return n + 1, what
		}
	}
	return 1, signNone
}

// emphasis reads the signs of Markdown at text[i], an asterisk, if they stand
// between letters: **Crash**LoopBackOff.
func emphasis(text string, i int) (n int, r rune, what sign) {
	for i+n < len(text) && n < maxQuoting && strings.IndexByte("*_~`", text[i+n]) >= 0 {
		n++
	}
	letter := func(c byte) bool { return isLetter(c) || c >= utf8.RuneSelf }
	before := i
	for before > 0 && i-before < maxQuoting && text[before-1] == '_' {
		before--
	}
	if before > 0 && letter(text[before-1]) && i+n < len(text) && letter(text[i+n]) {
		return n, 0, signNothing
	}
	return 1, 0, signNone
}

// printable reads what quoted-printable makes of the end of a long line, and of
// spaces: an equals sign at the end of the line, =20 in front of a word. Both
// also mean something else (limit=20m), so what stands around them must be words.
func printable(text string, i int) (n int, r rune, what sign) {
	word := func(i int) bool {
		return i >= 0 && i < len(text) && (byteClass[text[i]] == classWord || text[i] >= utf8.RuneSelf)
	}
	rest := text[i+1:]
	switch {
	case strings.HasPrefix(rest, "\n") && word(i-1) && word(i+2):
		return 2, 0, signNothing
	case strings.HasPrefix(rest, "\r\n") && word(i-1) && word(i+3):
		return 3, 0, signNothing
	case strings.HasPrefix(rest, "20") && word(i+3) && !isDigit(text[i+3]) && (!isUnit(text[i+3:]) ||
		strings.Contains(text[max(0, i-maxQuoting*4):i], "=20") || strings.Contains(text[i+3:min(len(text), i+maxQuoting*4)], "=20")):
		return 3, 0, signSpace
	}
	return 1, 0, signNone
}

// isUnit reports whether the letters that s begins with may be a unit.
func isUnit(s string) bool {
	n := 0
	for n < len(s) && n < 4 && isLetter(s[n]) {
		n++
	}
	switch s[:n] {
	case "min", "sec", "MiB", "GiB", "KiB", "TiB", "MHz", "GHz":
		return true
	}
	return n < 3 && s[0] < utf8.RuneSelf
}
