package filter

import "strings"

const (
	maxGap = 24 // bytes between words that are looked through here
	maxRun = 64 // bytes of a word beside a key that are looked at here
)

// confirm adds a spot if the word of the key stands at start, and if what
// stands beside it is, or may be, what stands beside it in a phrase.
func (t *Tables) confirm(text string, start int, key uint32, s *State) {
	k := &t.Keys[key]
	word := t.Words[k.Word:k.WordEnd]
	end := start + len(word)
	if start < 0 || end > len(text) || end < len(text) && isLetter(text[end]) || k.Flags == flagAfter && !k.mayPrecede(text, end) {
		return
	}
	for i := range len(word) {
		if lower(text[start+i]) != word[i] {
			s.Work += i
			return
		}
	}
	s.Work += len(word)
	if !whole(text, start, end) || !t.beside(text, start, end, key) {
		return
	}
	s.spots = append(s.spots, Spot{start, end, int(key)})
}

// mayPrecede is a quick look at whether text[end:] may begin with a word that
// stands after the key in a phrase.
func (k *Key) mayPrecede(text string, end int) bool {
	if end+2 >= len(text) || text[end] != ' ' || !isLetter(text[end+1]) || !isLetter(text[end+2]) {
		return true
	}
	return k.Next&nextBit(text[end+1], text[end+2]) != 0
}

// nextBit stands for the first two letters of a word.
func nextBit(a, b byte) uint64 { return 1 << ((a&0x1f*9 + b&0x1f) & 63) }

// whole reports whether text[start:end] may be a word: no letter and no digit
// touches it, underscores around it aside, unless they belong to an escape.
func whole(text string, start, end int) bool {
	long := end-start >= longWord
	for end < len(text) && (text[end] == '_' || long && isDigit(text[end])) {
		end++
	}
	if end < len(text) && wordByte[text[end]] {
		return false
	}
	for start > 0 && text[start-1] == '_' {
		start--
	}
	if start == 0 || !wordByte[text[start-1]] {
		return true
	}
	if escaped(text, start) {
		return true
	}
	for i := start - 1; i > 0 && start-i <= longestEscape; i-- {
		if c := text[i-1]; !wordByte[c] {
			return c == '\\' || c == '='
		}
	}
	return false
}

// escaped reports whether a terminal sequence may end at text[:i].
func escaped(text string, i int) bool {
	return strings.IndexByte(text[max(0, i-longestColor):i], '\x1b') >= 0
}

// longestEscape is how many letters and digits an escape ends with at most
// (\U0001f600).
const longestEscape = 9

// beside reports whether a word beside text[start:end] is one that stands
// there in a phrase with the key, or cannot be told here.
func (t *Tables) beside(text string, start, end int, key uint32) bool {
	k := &t.Keys[key]
	flags := k.Flags
	if flags&flagAlone != 0 {
		return true
	}
	if flags&flagAfter != 0 && k.mayPrecede(text, end) {
		h, known := wordAfter(text, end)
		if !known || h != noWord && t.near(key, flagAfter, h) {
			return true
		}
	}
	if flags&flagBefore != 0 {
		h, known := wordBefore(text, start)
		if !known || h != noWord && t.near(key, flagBefore, h) {
			return true
		}
	}
	return false
}

// near asks the Bloom filter.
func (t *Tables) near(key uint32, side uint8, word uint32) bool {
	bit := nearBit(key, side, word) & uint32(len(t.Near)*64-1)
	return t.Near[bit/64]&(1<<(bit%64)) != 0
}

func nearBit(key uint32, side uint8, word uint32) uint32 {
	h := (word ^ key*0x85ebca6b ^ uint32(side)<<7) * 0xc2b2ae35
	return h ^ h>>15
}

// noWord is the hash of the word beyond the ends of a text.
const noWord = 0

const (
	wordSeed  = 2166136261
	wordPrime = 16777619
)

// hashWord is FNV-1a, never noWord.
func hashWord[T string | []byte](word T) uint32 {
	h := uint32(wordSeed)
	for i := range len(word) {
		h = (h ^ uint32(lower(word[i]))) * wordPrime
	}
	return max(h, noWord+1)
}

// plain reports whether c is a byte between words that cannot be part of any
// formatting or escape that matters.
func plain(c byte) bool {
	return c < 0x80 && !wordByte[c] && c != '\\' && c != '<' && c != '>' && c != '&' && c != 0x1b && c != '=' && c != '*' && c != '#' && c != '\a'
}

// wordAfter returns the hash of the word after text[:end]; known is false if
// only a tokenizer can tell what it is.
func wordAfter(text string, end int) (h uint32, known bool) {
	i := end
	for ; ; i++ {
		if i == len(text) {
			return noWord, true
		}
		c := text[i]
		if wordByte[c] {
			break
		}
		if !plain(c) && !plainAssign(text, i) || i-end >= maxGap {
			return 0, false
		}
	}
	if i == end || text[i] == '_' {
		return 0, false
	}
	stop := i
	for stop < len(text) && wordByte[text[stop]] {
		if stop++; stop-i > maxRun {
			return 0, false
		}
	}
	return run(text, i, stop)
}

// wordBefore is wordAfter for what stands before text[start:].
func wordBefore(text string, start int) (h uint32, known bool) {
	stop := start
	for ; ; stop-- {
		if stop == 0 {
			return noWord, true
		}
		c := text[stop-1]
		if wordByte[c] {
			break
		}
		if !plain(c) && !plainAssign(text, stop-1) || start-stop >= maxGap {
			return 0, false
		}
	}
	if stop == start {
		return 0, false
	}
	i := stop
	for i > 0 && wordByte[text[i-1]] {
		if i--; stop-i > maxRun {
			return 0, false
		}
	}
	if i > 0 && !plain(text[i-1]) && !plainAssign(text, i-1) || escaped(text, i) || softBreak(text, i) {
		return 0, false
	}
	return run(text, i, stop)
}

// run hashes text[i:stop], a run of word bytes.
func run(text string, i, stop int) (h uint32, known bool) {
	if text[i] == '_' || text[stop-1] == '_' || stop < len(text) && !plain(text[stop]) && !plainAssign(text, stop) {
		return 0, false
	}
	if isDigit(text[stop-1]) && stop-i > longWord && !isDigit(text[i]) {
		return 0, false // digits behind a word
	}
	return hashWord(text[i:stop]), true
}

// plainAssign reports whether text[i] is an equals sign that cannot belong to
// quoted-printable.
func plainAssign(text string, i int) bool {
	if text[i] != '=' {
		return false
	}
	if i+1 == len(text) {
		return true
	}
	c := text[i+1]
	return c != '\n' && c != '\r' && !(isHex(c) && i+2 < len(text) && isHex(text[i+2]))
}

// softBreak reports whether a soft line break of quoted-printable stands before
// text[i:].
func softBreak(text string, i int) bool {
	if i == 0 || text[i-1] != '\n' {
		return false
	}
	i--
	if i > 0 && text[i-1] == '\r' {
		i--
	}
	return i > 0 && text[i-1] == '='
}
