package filter

import (
	"maps"
	"math/bits"
	"slices"
	"strings"
)

// key returns the number of the key, a new one with its pieces if need be.
func (c *compiler) key(best candidate) uint32 {
	if n, ok := c.keys[best.word]; ok {
		return n
	}
	n := uint32(len(c.list))
	c.keys[best.word] = n
	c.list = append(c.list, best.word)
	c.phrases = append(c.phrases, nil)
	c.flags = append(c.flags, 0)
	c.next = append(c.next, 0)
	word := best.word
	if isASCII(word) && len(word) >= 3 {
		for _, g := range groups(word, best.window) {
			class := uint16(1) << (n % classes)
			if len(g.next) == 0 {
				class = classAny
			}
			for _, piece := range g.pieces {
				c.add(piece, class)
				if ref := n<<refBits | uint32(g.offset+1); !slices.Contains(c.refs[piece], ref) {
					c.refs[piece] = append(c.refs[piece], ref)
				}
			}
			for _, piece := range g.next {
				c.add(piece, class<<goesOn)
			}
		}
	}
	return n
}

func (c *compiler) add(piece uint32, bits uint16) {
	c.entries = append(c.entries, entry{piece, bits})
	c.places[c.hash(piece)] |= bits
}

// A group is how a word is met at the even or the odd bytes of a text: one of
// its pieces is read, offset bytes into the word, and two bytes later one of
// next, if that is known.
type group struct {
	pieces, next []uint32
	offset       int
}

const (
	longWord = 5 // bytes from which on digits behind a word may be none of it
	fullWord = 7 // bytes from which on a word is met whatever stands beside it
)

// groups returns the two groups of a word of three bytes or more; window is
// where in a word of fullWord bytes or more its window begins.
func groups(word string, window int) [2]group {
	one := func(at int) []uint32 { return []uint32{load(word[at:])} }
	followed := func(s string, by []byte) (pieces []uint32) {
		for _, c := range by {
			pieces = append(pieces, load(s+string(rune(c))))
		}
		return pieces
	}
	preceded := func(s string) (pieces []uint32) {
		for _, c := range besideBefore {
			pieces = append(pieces, load(string(rune(c))+s))
		}
		return pieces
	}
	switch len(word) {
	case 3:
		return [2]group{{followed(word, besideAfter), nil, 0}, {preceded(word), nil, -1}}
	case 4:
		return [2]group{{one(0), nil, 0}, {preceded(word[:3]), followed(word[1:], besideAfter), -1}}
	case 5:
		return [2]group{{one(0), followed(word[2:], besideLong), 0}, {preceded(word[:3]), one(1), -1}}
	case 6:
		return [2]group{{one(0), one(2), 0}, {one(1), followed(word[3:], besideLong), 1}}
	}
	return [2]group{{one(window), one(window + 2), window}, {one(window + 1), one(window + 3), window + 1}}
}

// The bytes, folded, that may stand beside a word: what is no letter and no
// digit, underscores, before it the last letter or digit of an escape, and
// digits behind a long one. Other characters and terminal sequences have passes
// of their own.
var besideBefore, besideAfter, besideLong = func() (before, after, long []byte) {
	for c := range byte(0x80) {
		if !wordByte[c] || c == '_' {
			after = append(after, c|0x20)
		}
	}
	unique := func(list []byte) []byte {
		slices.Sort(list)
		return slices.Compact(list)
	}
	before = unique(append(slices.Clone(after), "ntrbfvae0123456789abcdef"...))
	long = unique(append(slices.Clone(after), "0123456789"...))
	return before, unique(after), long
}()

// addNear notes a word beside the key in a phrase.
func (c *compiler) addNear(key uint32, best candidate, phrase []string) {
	near := nearWord{key: key}
	usable := func(i int) bool {
		return isASCII(best.word) && i >= 0 && i < len(phrase) && isASCII(phrase[i]) && len(phrase[i]) <= maxRun
	}
	if i := best.first - 1; usable(i) {
		near.word, near.side = phrase[i], flagBefore
	}
	if i := best.after; usable(i) { // which is the quicker to tell
		near.word, near.side = phrase[i], flagAfter
		if len(near.word) > 1 {
			c.next[key] |= nextBit(near.word[0], near.word[1])
		}
	}
	if near.word == "" {
		c.flags[key] |= flagAlone
		return
	}
	c.flags[key] |= near.side
	c.near = append(c.near, near)
}

// tables makes tables of what was chosen.
func (c *compiler) tables() *Tables {
	t := &Tables{Shift: c.shift, Multiplier: c.multiplier, Foreign: c.foreign}
	classesOf := map[uint32]uint16{}
	for _, e := range c.entries {
		classesOf[e.piece] |= e.bits
	}
	for _, piece := range slices.Sorted(maps.Keys(classesOf)) {
		t.Pieces = append(t.Pieces, uint64(classesOf[piece])<<32|uint64(piece))
	}

	pieces := slices.Sorted(maps.Keys(c.refs))
	t.Slots = make([]uint64, tableSize(2*len(pieces)))
	for _, piece := range pieces {
		insert(t.Slots, slotHash(piece), uint64(len(t.Refs)+1)<<32|uint64(piece))
		t.Refs = append(t.Refs, c.refs[piece]...)
		t.Refs[len(t.Refs)-1] |= refLast
	}

	var words strings.Builder
	t.Ends = make([]uint64, endBits/64)
	t.WordSlots = make([]uint32, tableSize(2*len(c.list)))
	pairs := 0
	for n, word := range c.list {
		key := Key{Word: uint32(words.Len()), Phrases: uint32(len(t.Phrases)), Next: c.next[n], Flags: c.flags[n]}
		words.WriteString(word)
		t.Phrases = append(t.Phrases, c.phrases[n]...)
		key.WordEnd, key.PhrasesEnd = uint32(words.Len()), uint32(len(t.Phrases))
		t.Keys = append(t.Keys, key)
		if !isASCII(word) {
			pairs++
			continue
		}
		t.Tiny = t.Tiny || len(word) < 3
		switch last := word[len(word)-1]; {
		case len(word) == 1:
			for before := range byte(0x80) {
				t.addEnd(before, last)
			}
		case len(word) < fullWord:
			t.addEnd(word[len(word)-2], last)
		}
		insert(t.WordSlots, hashWord(word), uint32(n+1))
	}
	t.Words = words.String()

	t.Seconds = make([]uint64, 1<<16/64)
	t.PairRunes = make([]uint64, tableSize(4*pairs))
	t.PairSlots = make([]uint32, len(t.PairRunes))
	for n, word := range c.list {
		if isASCII(word) {
			continue
		}
		runes := []rune(word)
		if len(runes) == 1 {
			runes = []rune{0, runes[0]}
			t.Singles = true
		}
		if second := runes[1]; int(second)>>6 < len(t.Seconds) {
			t.Seconds[second>>6] |= 1 << (second & 63)
		}
		pair := pairOf(runes[0], runes[1])
		i := insert(t.PairSlots, hashPair(pair), uint32(n+1))
		t.PairRunes[i] = pair
	}

	t.Near = make([]uint64, tableSize(len(c.near)/2))
	for _, near := range c.near {
		bit := nearBit(near.key, near.side, hashWord(near.word)) & uint32(len(t.Near)*64-1)
		t.Near[bit/64] |= 1 << (bit % 64)
	}
	return t
}

// tableSize is the size of a hash table for n places: a power of two.
func tableSize(n int) int { return 1 << bits.Len(uint(max(n, 15))) }

// insert puts a value into a hash table with linear probing and returns where.
func insert[T uint32 | uint64](slots []T, hash uint32, value T) int {
	mask := uint32(len(slots) - 1)
	i := hash & mask
	for slots[i] != 0 {
		i = (i + 1) & mask
	}
	slots[i] = value
	return int(i)
}

// word returns the key that a word of ASCII is, -1 if none.
func (t *Tables) word(word []byte) int {
	mask := uint32(len(t.WordSlots) - 1)
	for i := hashWord(word) & mask; ; i = (i + 1) & mask {
		n := t.WordSlots[i]
		if n == 0 {
			return -1
		}
		if t.Word(int(n-1)) == string(word) {
			return int(n - 1)
		}
	}
}

const endBits = 1 << 11

// endBit is the bit of the last two bytes of a word.
func endBit(a, b byte) uint32 { return uint32(lower(a)&0x7f)*37 + uint32(lower(b)) }

func (t *Tables) addEnd(a, b byte) {
	bit := endBit(a, b) & (endBits - 1)
	t.Ends[bit/64] |= 1 << (bit % 64)
}

// mayEnd reports whether a short key may end with text[:end].
func (t *Tables) mayEnd(text string, end int) bool {
	before := byte(' ')
	if end > 1 {
		before = text[end-2]
	}
	bit := endBit(before, text[end-1]) & (endBits - 1)
	return t.Ends[bit/64]&(1<<(bit%64)) != 0
}

func pairOf(first, second rune) uint64 { return uint64(first)<<32 | uint64(second) }

func hashPair(pair uint64) uint32 { return uint32(pair * 0x9e3779b97f4a7c15 >> 36) }

// pair returns the key that two characters are, -1 if none; with first 0 that
// of the second alone.
func (t *Tables) pair(first, second rune) int {
	pair := pairOf(first, second)
	mask := uint32(len(t.PairSlots) - 1)
	for i := hashPair(pair) & mask; ; i = (i + 1) & mask {
		n := t.PairSlots[i]
		if n == 0 {
			return -1
		}
		if t.PairRunes[i] == pair {
			return int(n - 1)
		}
	}
}
