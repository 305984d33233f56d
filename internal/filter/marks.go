package filter

import (
	"math/bits"
	"strings"
	"unicode/utf8"
)

// The passes that yield spots without a key, each with its own memory, so that
// the spots of one never overlap and their cost is linear.
const (
	passEscape = iota
	passBackslash
	passEntity
	passTag
	passEmphasis
	passBreak
	passWide
	passes
)

// LongText is how long a text is from which on tags, entities, emphasis and
// soft line breaks inside words are not looked for: it is a log, and they are
// what people and mail programs write.
const LongText = 64 << 10

// markBytes are the bytes that formatting begins with, by pass. A soft line
// break begins before its byte.
const markBytes = "\x1b\\&<*\n"

// marks finds signs of formatting in text[from:to] that may break a word, or
// stand for characters of one.
func (t *Filter) marks(text string, from, to int, s *State) {
	list := markBytes
	if len(text) > LongText {
		list = list[:passBackslash+1]
	}
	for pass := range len(list) {
		i := from
		for i < to {
			n := strings.IndexByte(text[i:to], markBytes[pass])
			if n < 0 {
				break
			}
			i += n
			switch {
			case pass == passBackslash:
				i = t.backslashes(text, i, to, s)
			case pass == passBreak && i > 0 && text[i-1] != '=' && text[i-1] != '\r':
				i++
			default:
				i = t.mark(text, i, pass, s)
			}
		}
	}
}

// backslashes looks at the backslashes of text[i:to], which are many where they
// are, at most in front of quotes. It returns where it stopped, with no
// backslash in the last bytes.
func (t *Filter) backslashes(text string, i, to int, s *State) int {
	for quiet := 0; i+8 <= to && quiet < 8; i += 8 {
		x := load64(text[i:i+8]) ^ ones*'\\'
		found := (x - ones) &^ x & highBits // and perhaps some behind
		quiet++
		for ; found != 0; found &= found - 1 {
			quiet = 0
			if at := i + bits.TrailingZeros64(found)/8; at+1 < len(text) && escapes[text[at+1]] && text[at] == '\\' {
				t.mark(text, at, passBackslash, s)
			}
		}
	}
	for ; i < to && i+8 > to; i++ {
		if text[i] == '\\' {
			t.mark(text, i, passBackslash, s)
		}
	}
	return i
}

const ones = 0x0101010101010101

// escapes says what may follow a backslash that stands for a character.
var escapes = [256]bool{'_': true, 'e': true, 'u': true, 'x': true, 'U': true, '0': true, '1': true, '2': true, '3': true}

// mark looks at the sign at text[i] and returns where to go on.
func (t *Filter) mark(text string, i, pass int, s *State) int {
	if i < s.ends[pass] {
		return s.ends[pass]
	}
	if pass == passBreak {
		next := i + 1
		if i > 0 && text[i-1] == '\r' {
			i--
		}
		if i > 1 && text[i-1] == '=' && touches(text, i-2) && next < len(text) && touches(text, next) {
			s.look(text, i-1, next, pass)
		}
		return next
	}
	end, kind := format(text, i)
	switch kind {
	case formatNone:
		return i + 1
	case formatLetter:
		s.look(text, i, end, pass)
	case formatNothing:
		before := i > 0 && touches(text, i-1)
		after := end < len(text) && touches(text, end)
		if before && after {
			s.look(text, i, end, pass)
		} else if after && wordByte[text[end]] {
			t.shortAfter(text, end, s)
		}
	}
	return max(end, s.ends[pass])
}

// touches reports whether text[i] may be part of a word, or of formatting
// inside one.
func touches(text string, i int) bool { return !quiet(text[i]) }

// What formatting stands for.
const (
	formatNone    = iota // it is none
	formatNothing        // nothing
	formatLetter         // a character, perhaps of a word
)

const (
	longestTag   = 512
	longestLink  = 2048
	longestColor = 64
	longestQuote = 16 // backslashes
)

// format returns the end of the formatting that begins at text[i], and what it
// stands for.
func format(text string, i int) (end, kind int) {
	rest := text[i:]
	n := 0
	kind = formatNothing
	switch rest[0] {
	case '\x1b':
		n = controlLen(rest)
	case '\\':
		return escape(text, i)
	case '&':
		n, kind = entityLen(rest), formatLetter
	case '<':
		n = tagLen(rest)
	case '*':
		for n < len(rest) && strings.IndexByte("*_~`", rest[n]) >= 0 {
			n++
		}
	case '=':
		if strings.HasPrefix(rest, "=\n") {
			n = 2
		} else if strings.HasPrefix(rest, "=\r\n") {
			n = 3
		}
	}
	if n == 0 {
		return i, formatNone
	}
	return i + n, kind
}

// controlLen is the length of the terminal control sequence that s begins with.
func controlLen(s string) int {
	if len(s) < 2 {
		return len(s)
	}
	switch c := s[1]; {
	case c == '[':
		for n := 2; n < len(s) && n < longestColor; n++ {
			if s[n] >= 0x40 && s[n] <= 0x7e {
				return n + 1
			}
			if s[n] < 0x20 {
				break
			}
		}
		return 1
	case c == ']' || c == 'P' || c == 'X' || c == '^' || c == '_': // up to BEL or ESC \
		for n := 2; n < len(s) && n < longestLink; n++ {
			if s[n] == '\a' {
				return n + 1
			}
			if s[n] == '\x1b' {
				return min(len(s), n+2)
			}
		}
		return 2
	case c >= 0x20 && c < 0x30: // a charset
		if len(s) > 2 && s[2] >= 0x30 && s[2] < 0x7f {
			return 3
		}
	case c >= 0x30 && c < 0x7f:
		return 2
	}
	return 1
}

// escape is format for what begins with a backslash.
func escape(text string, i int) (end, kind int) {
	n := i
	for n < len(text) && text[n] == '\\' && n-i < longestQuote {
		n++
	}
	if n == len(text) {
		return i, formatNone
	}
	digits, base := 0, uint32(16)
	switch c := text[n]; {
	case c == '_':
		return n, formatNothing
	case c == 'e':
		if n+1 < len(text) && text[n+1] == '[' {
			return n + controlLen(text[n:]), formatNothing
		}
	case c == 'u':
		digits = 4
	case c == 'x':
		digits = 2
	case c == 'U':
		digits = 8
	case c >= '0' && c <= '3':
		digits, base = 3, 8
		n--
	}
	n++
	if digits == 0 || n+digits > len(text) {
		return i, formatNone
	}
	value := uint32(0)
	for _, c := range []byte(text[n : n+digits]) {
		digit := uint32(c - '0')
		if !isDigit(c) {
			digit = uint32(c|0x20-'a') + 10
		}
		if !isHex(c) || digit >= base {
			return i, formatNone
		}
		value = value*base + digit
	}
	n += digits
	if value == '\x1b' {
		return n - 1 + controlLen(text[n-1:]), formatNothing
	}
	return n, formatLetter
}

// entityLen is the length of the entity of HTML that s begins with, 0 if none.
func entityLen(s string) int {
	for n := 1; n < len(s) && n < 34; n++ {
		switch c := s[n]; {
		case c == ';' && n > 1:
			return n + 1
		case c == '#' && n == 1, wordByte[c]:
		default:
			return 0
		}
	}
	return 0
}

// tagLen is the length of the tag that s begins with, 0 if none.
func tagLen(s string) int {
	if len(s) < 3 || !isLetter(s[1]) && s[1] != '/' && s[1] != '!' {
		return 0
	}
	for n := 2; n < len(s) && n < longestTag; n++ {
		if s[n] == '>' {
			return n + 1
		}
		if s[n] == '<' {
			return 0
		}
	}
	return 0
}

// look adds a spot without a key around text[start:end]: with the rest of the
// word, further formatting in it, and the characters beside it.
func (s *State) look(text string, start, end, pass int) {
	if end <= s.ends[pass] {
		return
	}
	for start > 0 && end-start <= longestQuote && text[start] == '\\' && text[start-1] == '\\' {
		start--
	}
	from := s.before(text, start, max(0, s.ends[pass]-overlap))
	to := s.after(text, end, pass)
	s.ends[pass] = to
	s.spots = append(s.spots, Spot{from, to, NoKey})
}

// overlap is how far spots of one pass may overlap: two characters with marks.
const overlap = 4 * utf8.UTFMax

// before returns where the word begins that goes on at text[start], or the
// character that stands before that; not before floor.
func (s *State) before(text string, start, floor int) int {
	i := start
	characters := 0
	for i > floor {
		s.Work++
		_, n, class := classBefore(text, i)
		if class == classSeparator {
			break
		}
		i -= n
		// A mark may belong to the first character, and that be the second of
		// a pair.
		if class == classCharacter {
			if characters++; characters == 2 {
				return i
			}
		}
	}
	for j := i; j > floor; { // separators, if a character stands before them
		s.Work++
		if start := controlBefore(text, j); start >= floor && start < j {
			j = start
			continue
		}
		r, n, class := classBefore(text, j)
		j -= n
		switch {
		case class == classCharacter:
			return j
		case class != classSeparator && !isIgnored(r) && r != '_':
			return i
		}
	}
	return i
}

// controlBefore returns where the terminal sequence begins that text[:i] ends
// with, i if with none.
func controlBefore(text string, i int) int {
	low := i
	switch c := text[i-1]; {
	case c == '\a' || c == '\\':
		low = max(0, i-longestLink)
	case c >= 0x30 && c < 0x7f:
		low = max(0, i-longestColor)
	}
	if start := low + strings.LastIndexByte(text[low:i], '\x1b'); start >= low && start+controlLen(text[start:]) == i {
		return start
	}
	return i
}

// classBefore returns the character that text[:i] ends with, the bytes of it,
// and its class; the letters and digits of ASCII are letters.
func classBefore(text string, i int) (r rune, n int, class uint8) {
	if c := text[i-1]; c < utf8.RuneSelf {
		return rune(c), 1, asciiClass(c)
	}
	r, n = utf8.DecodeLastRuneInString(text[:i])
	return r, n, classOf(r)
}

func asciiClass(c byte) uint8 {
	if wordByte[c] {
		return classLetter
	}
	return classSeparator
}

// classAt is classBefore for text[i:].
func classAt(text string, i int) (r rune, n int, class uint8) {
	if c := text[i]; c < utf8.RuneSelf {
		return rune(c), 1, asciiClass(c)
	}
	r, n = utf8.DecodeRuneInString(text[i:])
	return r, n, classOf(r)
}

// after is before in the other direction, with the formatting.
func (s *State) after(text string, end, pass int) int {
	i := end
	for i < len(text) {
		s.Work++
		if next, kind := format(text, i); kind != formatNone {
			i = next
			continue
		}
		_, n, class := classAt(text, i)
		if class != classSeparator {
			i += n
			if class != classCharacter || continued(text, i) {
				continue
			}
			return i
		}
		// Separators, if a character stands behind them.
		if blank := s.blank[pass]; blank.from <= i && i < blank.to {
			return i
		}
		j := i
		for j < len(text) && class == classSeparator {
			s.Work++
			j = separated(text, j)
			if j < len(text) {
				var r rune
				if r, n, class = classAt(text, j); class == classOdd && isIgnored(r) || r == '_' {
					class = classSeparator
				}
			}
		}
		if j == len(text) || class == classLetter {
			s.blank[pass] = gap{i, j}
			return i
		}
		i = j + n
		if class == classCharacter && !continued(text, i) {
			return i
		}
	}
	return i
}

// continued reports whether what stands at text[i] may be a mark of the
// character before it, or a sign of formatting.
func continued(text string, i int) bool {
	if i == len(text) {
		return false
	}
	if _, kind := format(text, i); kind != formatNone {
		return true
	}
	_, _, class := classAt(text, i)
	return class == classOdd || class == classLetter && text[i] >= utf8.RuneSelf
}
