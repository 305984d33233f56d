package match

import (
	"unicode"
	"unicode/utf8"
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
	classMark // formatting may begin here: see unmark
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
		case c == 0x1b || c == '\\' || c == '&' || c == '<' || c == '*' || c == '=':
			class[c] = classMark
		case c >= utf8.RuneSelf:
			class[c] = classUnicode
		}
	}
	return class, low
}()

// A tokenizer cuts a text into tokens and folds them: compatibility forms
// (full-width and half-width letters, ligatures, circled digits) are taken for
// what they stand for, as in NFKC; letters are lower case; white space,
// punctuation, formatting (see unmark), invisible characters and underscores
// around a word leave no trace.
type tokenizer struct {
	text string
	pos  int // next byte to read

	// the current token
	start, end int
	folded     []byte
	before     gap

	lines int // ends of lines since the token before

	// what is left of a decomposed rune, and the bytes it stands for
	pending  string
	from, to int
}

func newTokenizer(text string) tokenizer { return tokenizer{text: text} }

// next moves to the next token and reports whether there is one.
func (t *tokenizer) next() bool {
	t.before, t.lines = gapNone, 0
	t.folded = t.folded[:0]
	text := t.text
	if t.pending != "" && t.slowToken() {
		return true
	}
	for t.pos < len(text) {
		c := text[t.pos]
		switch byteClass[c] {
		case classWord:
			if c == '_' {
				t.separate(gapPunct)
				t.pos++
				continue
			}
			i := t.pos
			for i < len(text) && byteClass[text[i]] == classWord {
				t.folded = append(t.folded, lower[text[i]])
				i++
			}
			t.start, t.end = t.pos, i
			t.pos = i
			for text[t.end-1] == '_' {
				t.end--
			}
			if i < len(text) && byteClass[text[i]] >= classMark {
				return t.slowToken() // may go on with the word
			}
			t.folded = t.folded[:t.end-t.start]
			return true
		case classMark, classUnicode:
			if t.slowToken() {
				return true
			}
		case classSpace:
			t.separate(gapSpace)
			t.pos++
		case classLine:
			t.separate(gapLine)
			t.pos++
		default:
			t.separate(gapPunct)
			t.pos++
		}
	}
	return false
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

// slowToken reads on by rune, to the end of the token or to an ASCII byte that
// is neither part of a word nor of formatting. It returns false if there was no
// token before that.
func (t *tokenizer) slowToken() bool {
	cjk := false // whether the token is such a character
	for {
		r, from, to, what := t.rune()
		inToken := len(t.folded) > 0
		switch what {
		case signNone:
			return t.finish()
		case signNothing:
			if inToken && t.text[from] == '*' {
				t.trim() // an underscore that belongs to the emphasis
			}
			t.pos = to
			continue
		case signSpace, signLine, signBlank:
			if inToken {
				return t.finish()
			}
			t.separate(gapOf[what])
			t.pos = to
			continue
		}
		kind := kindOf(r)
		switch {
		case kind == kindIgnored:
		case kind == kindMark && inToken, kind == kindWord && inToken && !cjk:
			t.folded = utf8.AppendRune(t.folded, unicode.ToLower(r))
			if r != '_' {
				t.end = to
			}
		case inToken:
			return t.finish() // r belongs to what comes next
		case kind == kindOther || r == '_':
			switch {
			case r == '\n' || r == '\u2028' || r == '\u2029' || r == '\u0085':
				t.separate(gapLine)
			case unicode.IsSpace(r):
				t.separate(gapSpace)
			default:
				t.separate(gapPunct)
			}
		default:
			cjk = kind == kindCJK
			t.folded = utf8.AppendRune(t.folded, unicode.ToLower(r))
			t.start, t.end = from, to
		}
		t.skip(r)
	}
}

// gapOf says how wide a piece of formatting separates.
var gapOf = [...]gap{signSpace: gapSpace, signLine: gapLine, signBlank: gapBlank}

// finish ends the token, if there is one.
func (t *tokenizer) finish() bool {
	t.trim()
	return len(t.folded) > 0
}

// trim takes the underscores behind a word away.
func (t *tokenizer) trim() {
	for len(t.folded) > 0 && t.folded[len(t.folded)-1] == '_' {
		t.folded = t.folded[:len(t.folded)-1]
	}
}

// rune returns what comes next, decomposed, without passing it, and the bytes
// of the text that it stands for. It is signNone at the end of the text, and
// before ASCII that is neither part of a word nor formatting.
func (t *tokenizer) rune() (r rune, from, to int, what sign) {
	if t.pending == "" {
		if t.pos >= len(t.text) {
			return 0, 0, 0, signNone
		}
		c := t.text[t.pos]
		n := 1
		switch byteClass[c] {
		case classWord:
			return rune(c), t.pos, t.pos + 1, signRune
		case classUnicode:
			r, n = utf8.DecodeRuneInString(t.text[t.pos:])
		case classMark:
			if n, r, what = unmark(t.text, t.pos); what == signNone {
				r = rune(c) // a sign like others
			} else if what != signRune {
				return 0, t.pos, t.pos + n, what
			}
		default:
			return 0, 0, 0, signNone
		}
		t.from, t.to = t.pos, t.pos+n
		if t.pending = decompose(r); t.pending == "" {
			return r, t.from, t.to, signRune
		}
	}
	r, _ = utf8.DecodeRuneInString(t.pending)
	return r, t.from, t.to, signRune
}

// skip passes the rune that t.rune returned.
func (t *tokenizer) skip(r rune) {
	switch {
	case t.pending != "":
		t.pending = t.pending[utf8.RuneLen(r):]
		if t.pending == "" {
			t.pos = t.to
		}
	case byteClass[t.text[t.pos]] == classWord:
		t.pos++
	default:
		t.pos = t.to
	}
}

type runeKind uint8

const (
	kindOther runeKind = iota
	kindWord
	kindMark // combines with the character before it
	kindCJK
	kindIgnored
)

// kindOf tells how a decomposed rune takes part in a text.
func kindOf(r rune) runeKind {
	switch {
	case r < utf8.RuneSelf:
		if byteClass[r] == classWord {
			return kindWord
		}
		return kindOther
	case unicode.IsMark(r) && !unicode.Is(unicode.Variation_Selector, r):
		return kindMark
	case isCJK(r):
		return kindCJK
	case unicode.In(r, unicode.Cf, unicode.Variation_Selector):
		return kindIgnored
	case r == utf8.RuneError:
		return kindOther
	case unicode.IsLetter(r) || unicode.IsNumber(r):
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

// Fold returns the words of a text as the matcher sees them, one space between
// two words. Texts with the same folding are the same to the matcher.
func Fold(text string) string {
	t := newTokenizer(text)
	var out []byte
	for t.next() {
		if len(out) > 0 {
			out = append(out, ' ')
		}
		out = append(out, t.folded...)
	}
	return string(out)
}
