package match

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxWord is the longest word, in bytes after folding, that is looked up.
// Longer ones (base64, minified code) count as unknown words.
const maxWord = 64

// A gap says what stands between a token and the one before it.
type gap uint8

const (
	gapNone  gap = iota // nothing
	gapPunct            // punctuation only
	gapSpace            // white space
	gapLine             // the end of one line
	gapBlank            // an empty line, or more
)

// A token is one word of a text: a run of letters, digits and underscores,
// or a single Chinese, Japanese or Korean character.
type token struct {
	start, end uint32 // bytes of the text
	word       uint32 // number in the vocabulary, 0 if it is not there
	before     gap
}

// byte classes
const (
	classPunct uint8 = iota
	classWord
	classSpace
	classLine
	classBackslash
	classEscape
	classUnicode
)

// byteClass and lower describe the single bytes of a text.
var byteClass, lower = func() (class [256]uint8, low [256]byte) {
	for c := range 256 {
		low[c] = byte(c)
		switch {
		case 'A' <= c && c <= 'Z':
			low[c] = byte(c) + 'a' - 'A'
			class[c] = classWord
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == '_':
			class[c] = classWord
		case c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f':
			class[c] = classSpace
		case c == '\n':
			class[c] = classLine
		case c == '\\':
			class[c] = classBackslash
		case c == 0x1b:
			class[c] = classEscape
		case c >= utf8.RuneSelf:
			class[c] = classUnicode
		}
	}
	return class, low
}()

// A tokenizer cuts a text into tokens and folds them: NFKC (full-width and
// half-width forms, ligatures, circled digits), lower case, and no trace of
// white space, punctuation, terminal colours and invisible characters.
type tokenizer struct {
	text string
	pos  int // next byte to read

	// the current token
	start, end int
	folded     []byte
	before     gap

	// the stretch of other than plain ASCII that is being read
	runes runeReader
	lines int
}

func newTokenizer(text string, buffer []byte) tokenizer {
	return tokenizer{text: text, folded: buffer[:0]}
}

// next moves to the next token and reports whether there is one.
func (t *tokenizer) next() bool {
	t.before, t.lines = gapNone, 0
	t.folded = t.folded[:0]
	text := t.text
	for {
		if t.runes.more() {
			if t.unicodeToken() {
				return true
			}
			continue
		}
		if t.pos >= len(text) {
			return false
		}
		c := text[t.pos]
		switch byteClass[c] {
		case classWord:
			i := t.pos
			for i < len(text) && byteClass[text[i]] == classWord {
				t.folded = append(t.folded, lower[text[i]])
				i++
			}
			if i < len(text) && text[i] >= utf8.RuneSelf {
				// A combining mark or a full-width letter may go on with the word.
				t.folded = t.folded[:0]
				t.openStretch()
				continue
			}
			t.start, t.end = t.pos, i
			t.pos = i
			return true
		case classUnicode:
			t.openStretch()
		case classSpace:
			t.separate(gapSpace)
			t.pos++
		case classLine:
			t.separate(gapLine)
			t.pos++
		case classBackslash:
			t.backslash()
		case classEscape:
			t.separate(gapPunct)
			t.pos += escapeLen(text[t.pos:])
		default:
			t.separate(gapPunct)
			t.pos++
		}
	}
}

// separate notes a separator of the given width before the coming token.
func (t *tokenizer) separate(g gap) {
	if g == gapLine {
		t.lines++
		if t.lines > 1 {
			g = gapBlank
		}
	}
	t.before = max(t.before, g)
}

// backslash passes an escape sequence of JSON or Go as what it stands for,
// because logs and webhooks often quote a message once or twice.
func (t *tokenizer) backslash() {
	g, n := gapPunct, 1
	if t.pos+1 < len(t.text) {
		switch t.text[t.pos+1] {
		case 'n':
			g, n = gapLine, 2
		case 'r', 't':
			g, n = gapSpace, 2
		case 'u':
			if t.pos+6 <= len(t.text) && isHex(t.text[t.pos+2:t.pos+6]) {
				n = 6
			}
		}
	}
	t.separate(g)
	t.pos += n
}

func isHex(s string) bool {
	for i := range len(s) {
		c := s[i] | 0x20
		if !('0' <= s[i] && s[i] <= '9' || 'a' <= c && c <= 'f') {
			return false
		}
	}
	return true
}

// escapeLen returns the length of the terminal control sequence (ECMA-48 CSI)
// that s begins with, 1 if it is none.
func escapeLen(s string) int {
	if len(s) < 2 || s[1] != '[' {
		return 1
	}
	for i := 2; i < len(s) && i < 32; i++ {
		if s[i] >= 0x40 && s[i] <= 0x7e {
			return i + 1
		}
		if s[i] < 0x20 {
			break
		}
	}
	return 1
}

// openStretch starts reading by rune, up to the next ASCII byte that is not part of a word.
func (t *tokenizer) openStretch() {
	end := t.pos
	for end < len(t.text) && (byteClass[t.text[end]] == classWord || t.text[end] >= utf8.RuneSelf) {
		end++
	}
	t.runes.open(t.text, t.pos, end)
	t.pos = end
}

// unicodeToken reads one token from the open stretch. It returns false if
// nothing but separators was left in it.
func (t *tokenizer) unicodeToken() bool {
	for t.runes.more() {
		r, from, to := t.runes.peek()
		switch kindOf(r) {
		case kindIgnored:
			t.runes.skip()
			continue
		case kindCJK:
			if len(t.folded) == 0 {
				t.runes.skip()
				t.folded = utf8.AppendRune(t.folded, r)
				t.start, t.end = from, to
			}
			return true
		case kindWord:
			t.runes.skip()
			if len(t.folded) == 0 {
				t.start = from
			}
			t.folded = utf8.AppendRune(t.folded, unicode.ToLower(r))
			t.end = to
			continue
		}
		if len(t.folded) > 0 {
			return true
		}
		switch {
		case r == '\u2028' || r == '\u2029' || r == '\u0085':
			t.separate(gapLine)
		case unicode.IsSpace(r):
			t.separate(gapSpace)
		default:
			t.separate(gapPunct)
		}
		t.runes.skip()
	}
	return len(t.folded) > 0
}

type runeKind uint8

const (
	kindOther runeKind = iota
	kindWord
	kindCJK
	kindIgnored
)

// kindOf tells how a rune takes part in a text. It expects NFKC.
func kindOf(r rune) runeKind {
	switch {
	case r < utf8.RuneSelf:
		if byteClass[r] == classWord {
			return kindWord
		}
		return kindOther
	case isCJK(r):
		return kindCJK
	case unicode.In(r, unicode.Cf, unicode.Variation_Selector):
		return kindIgnored
	case r == utf8.RuneError:
		return kindOther
	case unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r):
		return kindWord
	}
	return kindOther
}

// isCJK reports whether r is written without spaces between words.
func isCJK(r rune) bool {
	switch {
	case r < 0x2e80:
		return false
	case r == '・':
		return false
	case r >= 0x3040 && r <= 0x30ff, // kana
		r == '々', r == '〇',
		r >= 0x31f0 && r <= 0x31ff,
		r >= 0x3400 && r <= 0x9fff,
		r >= 0xac00 && r <= 0xd7af,
		r >= 0xf900 && r <= 0xfaff,
		r >= 0x20000 && r <= 0x3ffff:
		return true
	}
	return false
}

// A runeReader reads the runes of a stretch of text in NFKC, each with the
// bytes of the text it comes from.
type runeReader struct {
	text     string
	pos, end int
	normal   bool // the stretch is in NFKC as it stands
	base     int  // where the iterator's input begins in text
	iter     norm.Iter
	segment  []byte // what is left of the current segment of the iterator
	from, to int    // where that segment stands in text
}

func (r *runeReader) open(text string, pos, end int) {
	r.text, r.pos, r.end = text, pos, end
	r.segment = nil
	stretch := text[pos:end]
	r.normal = norm.NFKC.IsNormalString(stretch)
	if !r.normal {
		r.base = pos
		r.iter.InitString(norm.NFKC, stretch)
	}
}

func (r *runeReader) more() bool {
	if len(r.segment) > 0 {
		return true
	}
	if r.normal || r.pos >= r.end {
		return r.pos < r.end
	}
	for !r.iter.Done() {
		r.from = r.base + r.iter.Pos()
		r.segment = r.iter.Next()
		r.to = r.base + r.iter.Pos()
		if len(r.segment) > 0 {
			return true
		}
	}
	r.pos = r.end
	return false
}

// peek returns the next rune and the bytes [from, to) of the text that gave it.
// more must have returned true.
func (r *runeReader) peek() (c rune, from, to int) {
	if r.normal {
		c, n := utf8.DecodeRuneInString(r.text[r.pos:r.end])
		return c, r.pos, r.pos + n
	}
	c, _ = utf8.DecodeRune(r.segment)
	return c, r.from, r.to
}

func (r *runeReader) skip() {
	if r.normal {
		_, n := utf8.DecodeRuneInString(r.text[r.pos:r.end])
		r.pos += n
		return
	}
	_, n := utf8.DecodeRune(r.segment)
	r.segment = r.segment[n:]
}

// Fold returns the words of a text as the matcher sees them, one space between
// two words. Texts with the same folding are the same to the matcher.
func Fold(text string) string {
	t := newTokenizer(text, nil)
	var out []byte
	for t.next() {
		if len(out) > 0 {
			out = append(out, ' ')
		}
		out = append(out, t.folded...)
	}
	return string(out)
}
