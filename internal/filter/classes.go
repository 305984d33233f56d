package filter

import "unicode/utf8"

//go:generate go run ./makeclasses

// What a character beyond ASCII does to the words around it.
const (
	classSeparator = iota // it stands between them
	classCharacter        // it is a word by itself, and stands for itself
	classLetter           // it makes a word one of other letters than ASCII's
	classOdd              // anything else: it stands for other characters, or for nothing
)

func classOf(r rune) uint8 {
	page := int(r) >> 8
	if uint(page) >= uint(len(classPages)) {
		return classSeparator
	}
	at := int(classPages[page])*64 + int(r&0xff)/4
	return classData[at] >> (uint(r&3) * 2) & 3
}

// wordByte says which bytes are part of words: letters, digits, underscore.
var wordByte = [256]bool{'_': true,
	'0': true, '1': true, '2': true, '3': true, '4': true, '5': true, '6': true, '7': true, '8': true, '9': true,
	'A': true, 'B': true, 'C': true, 'D': true, 'E': true, 'F': true, 'G': true, 'H': true, 'I': true, 'J': true, 'K': true, 'L': true, 'M': true,
	'N': true, 'O': true, 'P': true, 'Q': true, 'R': true, 'S': true, 'T': true, 'U': true, 'V': true, 'W': true, 'X': true, 'Y': true, 'Z': true,
	'a': true, 'b': true, 'c': true, 'd': true, 'e': true, 'f': true, 'g': true, 'h': true, 'i': true, 'j': true, 'k': true, 'l': true, 'm': true,
	'n': true, 'o': true, 'p': true, 'q': true, 'r': true, 's': true, 't': true, 'u': true, 'v': true, 'w': true, 'x': true, 'y': true, 'z': true,
}

// lower is the small letter of a byte of ASCII.
func lower(c byte) byte {
	if c-'A' < 26 {
		c += 'a' - 'A'
	}
	return c
}

func isDigit(c byte) bool { return c-'0' < 10 }

func isHex(c byte) bool { return isDigit(c) || c|0x20-'a' < 6 }

// oneRune returns the character that a word is, composed, and the bytes of the
// text that it is made of; n is 0 if it is not one.
func oneRune[T string | []byte](word T) (r rune, n int) {
	r, n = utf8.DecodeRuneInString(string(word[:min(len(word), utf8.UTFMax)]))
	if n < len(word) {
		if len(word) > n+utf8.UTFMax {
			return 0, 0
		}
		mark, size := utf8.DecodeRuneInString(string(word[n:]))
		if n+size != len(word) {
			return 0, 0
		}
		r = voiced(r, mark)
	}
	if r < utf8.RuneSelf || classOf(r) != classCharacter {
		return 0, 0
	}
	return r, len(word)
}

// voiced returns kana r with its mark (゙ or ゚) as one character, 0 if there is none.
func voiced(r, mark rune) rune {
	const dakuten, handakuten = '\u3099', '\u309a'
	hiragana := r
	if r >= 'ァ' && r <= 'ヿ' {
		hiragana = r - 'ァ' + 'ぁ'
	}
	switch {
	case mark == handakuten:
		if hiragana >= 'は' && hiragana <= 'ほ' && (hiragana-'は')%3 == 0 {
			return r + 2
		}
	case mark != dakuten:
	case hiragana == 'う':
		return r - 'う' + 'ゔ'
	case hiragana >= 'わ' && hiragana <= 'を' && r > 'ゟ' && hiragana != 'ゎ':
		return r - 'ワ' + 'ヷ'
	case hiragana >= 'か' && hiragana <= 'ぢ' && (hiragana-'か')%2 == 0,
		hiragana == 'つ', hiragana == 'て', hiragana == 'と',
		hiragana >= 'は' && hiragana <= 'ほ' && (hiragana-'は')%3 == 0,
		r == 'ゝ', r == 'ヽ':
		return r + 1
	}
	return 0
}
