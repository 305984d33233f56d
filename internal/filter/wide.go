package filter

import (
	"strings"
	"unicode/utf8"
)

// A wide is the pass over what is not ASCII: it finds neighbouring characters
// that are keys, short words that touch such characters, and characters that
// only the tokenizer can read.
type wide struct {
	t    *Tables
	text string
	s    *State

	at    int  // next byte
	prev  rune // the character before, if only separators stand between; 0
	start int  // where prev begins
}

// lookBack is how far before a scan the first character of a pair is looked for.
const lookBack = 512

// begin prepares w for a scan from byte from.
func (w *wide) begin(from int) {
	if from == 0 {
		return
	}
	w.at = w.runeStart(max(0, from-lookBack))
	ends, looked := w.s.ends, w.s.looked
	w.run(from)
	w.s.ends, w.s.looked, w.s.spots = ends, looked, w.s.spots[:0]
}

// runeStart returns the start of the first character from byte i on.
func (w *wide) runeStart(i int) int {
	for n := 1; n < utf8.UTFMax && i < len(w.text) && !utf8.RuneStart(w.text[i]); n++ {
		i++
	}
	return i
}

const highBits = 0x8080808080808080

func load64(s string) uint64 {
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// nextWide returns where the next byte beyond ASCII stands in text[i:end], end
// if there is none.
func nextWide(text string, i, end int) int {
	for ; i+32 <= end; i += 32 {
		b := text[i : i+32]
		if (load64(b)|load64(b[8:])|load64(b[16:])|load64(b[24:]))&highBits != 0 {
			break
		}
	}
	for ; i+8 <= end && load64(text[i:i+8])&highBits == 0; i += 8 {
	}
	for i < end && text[i] < utf8.RuneSelf {
		i++
	}
	return i
}

// run goes on to byte end of the text.
func (w *wide) run(end int) {
	text, t := w.text, w.t
	i := w.at
	for i < end {
		c := text[i]
		if c < utf8.RuneSelf {
			if w.prev == 0 {
				i = nextWide(text, i, end)
				continue
			}
			if !wordByte[c] || c == '_' { // an underscore belongs to a word only beside its letters
				i = separated(text, i)
				continue
			}
			w.prev = 0
			continue
		}
		if i > 0 && wordByte[text[i-1]] {
			t.shortBefore(text, i, w.s)
		}
		// Most characters of Chinese and Japanese have three bytes.
		var r rune
		n := 3
		if i+3 <= len(text) && c&0xf0 == 0xe0 && text[i+1]&0xc0 == 0x80 && text[i+2]&0xc0 == 0x80 {
			r = rune(c&0xf)<<12 | rune(text[i+1]&0x3f)<<6 | rune(text[i+2]&0x3f)
		}
		if r < 0x800 || r >= 0xd800 && r <= 0xdfff {
			r, n = utf8.DecodeRuneInString(text[i:])
		}
		class := uint8(classCharacter)
		if (r < 0x4e00 || r > 0x9fff) && (r < 'ぁ' || r > 'ゖ') && (r < 'ァ' || r > 'ヺ') {
			class = classOf(r)
		}
		next := i + n
		switch class {
		case classCharacter:
			if !t.second(r) {
				w.prev, w.start = r, i
				break
			}
			if w.prev != 0 {
				if key := t.pair(w.prev, r); key >= 0 {
					w.s.spots = append(w.s.spots, Spot{w.start, next, key})
				}
			}
			if t.Singles {
				if key := t.pair(0, r); key >= 0 {
					w.s.spots = append(w.s.spots, Spot{i, next, key})
				}
			}
			w.prev, w.start = r, i
		case classSeparator:
		case classLetter:
			w.prev = 0
			if t.Foreign {
				w.s.look(text, i, next, passWide)
			}
		case classOdd:
			if !between(text, i, next) {
				break
			}
			w.s.look(text, i, next, passWide)
			if !isIgnored(r) {
				w.prev = 0
			}
		}
		i = next
		if i < len(text) && wordByte[text[i]] {
			t.shortAfter(text, i, w.s)
		}
	}
	w.at = i
}

// isIgnored reports whether an odd character is one of those that are as if
// they were not there, in general: what comes before it is still before what
// comes after it.
func isIgnored(r rune) bool {
	return r == 0xad || r >= 0x200b && r <= 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2060 && r <= 0x206f ||
		r >= 0xfe00 && r <= 0xfe0f || r == 0xfeff || r >= 0xe0000
}

// between reports whether an odd character text[i:next] matters: one that is
// ignored does so only if it stands between other characters of words.
func between(text string, i, next int) bool {
	r, _ := utf8.DecodeRuneInString(text[i:])
	if !isIgnored(r) {
		return true
	}
	return i > 0 && next < len(text) && !quiet(text[i-1]) && !quiet(text[next])
}

// quiet reports whether a byte is neither part of a word nor of formatting.
func quiet(c byte) bool { return plain(c) && c != ';' && c != '_' }

// separated returns where to go on after the separator at text[i], behind
// the formatting that begins there, if any does.
func separated(text string, i int) int {
	if text[i] >= utf8.RuneSelf {
		_, n := utf8.DecodeRuneInString(text[i:])
		return i + n
	}
	if end, kind := format(text, i); kind != formatNone && nextWide(text, i, end) == end {
		return end
	}
	if text[i] == '\\' && i+1 < len(text) && isLetter(text[i+1]) {
		return i + 2 // \n
	}
	if strings.HasPrefix(text[i:], "=20") {
		return i + len("=20")
	}
	return i + 1
}

// second reports whether a character may be the second of a pair.
func (t *Tables) second(r rune) bool {
	return int(r)>>6 >= len(t.Seconds) || t.Seconds[r>>6]&(1<<(r&63)) != 0
}

func isLetter(c byte) bool { return c|0x20-'a' < 26 }

// shortBefore finds keys of less than fullWord bytes at the end of the word
// that ends at text[:end], because the pieces do not tell what follows it.
func (t *Tables) shortBefore(text string, end int, s *State) {
	t.short(text, end, s)
	trimmed := end
	for trimmed > 0 && (text[trimmed-1] == '_' || isDigit(text[trimmed-1])) {
		if trimmed--; trimmed > 0 && text[trimmed-1] != text[trimmed] {
			t.short(text, trimmed, s)
		}
	}
	s.Work += end - trimmed
}

// shortAfter is shortBefore for the word that begins at text[start:].
func (t *Tables) shortAfter(text string, start int, s *State) {
	for start < len(text) && text[start] == '_' {
		start++
	}
	end := start
	for end < len(text) && wordByte[text[end]] {
		if end++; end-start > maxShort {
			return
		}
	}
	t.shortBefore(text, end, s)
}

// maxShort is how long a word with a short key may be: with what is taken away
// behind it.
const maxShort = 32

// short finds keys of less than fullWord bytes that end with text[:end].
func (t *Tables) short(text string, end int, s *State) {
	if end == 0 || !t.mayEnd(text, end) {
		return
	}
	var word [fullWord - 1]byte
	for n := 1; n <= len(word) && n <= end; n++ {
		c := text[end-n]
		if !wordByte[c] {
			return
		}
		word[len(word)-n] = lower(c)
		if key := t.word(word[len(word)-n:]); key >= 0 {
			t.confirm(text, end-n, uint32(key), s)
		}
	}
}

// tiny finds the keys of one and two bytes.
func (t *Filter) tiny(text string, from, to int, s *State) {
	for i := from; i < to; i++ {
		if wordByte[text[i]] && (i+1 == len(text) || !wordByte[text[i+1]]) {
			t.shortBefore(text, i+1, s)
		}
	}
}
