package match

import (
	"slices"
	"unsafe"
)

const (
	readAhead = 256 // tokens that are read at a time
	// keepBack is how many tokens stay before the one that is looked at: the
	// anchor, reach before it, a value before that (a rune may stand for several
	// words: ㍿), and what denies it.
	keepBack = maxLiteral + reach + 2*maxValue + maxFillers + 8
	maxKept  = 1 << 20 // bytes of a buffer that is kept for the next text
)

// A window is the part of a text's tokens that is in memory: those around the
// one that is looked at. Tokens have the numbers that they have in the text.
type window struct {
	tables    *Tables
	tokenizer tokenizer
	base      int // number of list[0]
	list      []token
	ended     bool // the last token of the text is in the list
}

// open begins with another text.
func (w *window) open(text string) {
	t := &w.tokenizer
	t.text, t.pos, t.pending, t.folded = text, 0, "", t.folded[:0]
	w.base, w.list, w.ended = 0, w.list[:0], false
}

// has reports whether the text has a token of number i. It reads on up to
// there, so i must not be far ahead.
func (w *window) has(i int) bool {
	return i-w.base < len(w.list) || !w.ended && w.read(i)
}

func (w *window) read(i int) bool {
	t, list := w.tokenizer, w.list // on the stack: the loop is the matcher's hottest
	for n := max(readAhead, i+1-w.base-len(list)); n > 0; n-- {
		if !t.next() {
			w.ended = true
			break
		}
		list = append(list, token{
			start: uint32(t.start), end: uint32(t.end),
			word: w.tables.lookUp(t.folded), before: t.before,
		})
	}
	w.list = list
	w.tokenizer.pos, w.tokenizer.folded = t.pos, t.folded
	w.tokenizer.pending, w.tokenizer.from, w.tokenizer.to = t.pending, t.from, t.to
	return i-w.base < len(list)
}

// at returns token i, which must be one that has was asked for, or one of the
// keepBack tokens before the one that is looked at.
func (w *window) at(i int) token { return w.list[i-w.base] }

// from returns the tokens from number i on that are in memory.
func (w *window) from(i int) []token { return w.list[i-w.base:] }

// pass lets the tokens go that nothing needs any more once token i is looked
// at, if they are many.
func (w *window) pass(i int) {
	if drop := i - keepBack - w.base; drop > keepBack {
		w.list = slices.Delete(w.list, 0, drop)
		w.base += drop
	}
}

// close forgets the text, and buffers that a text has made large.
func (w *window) close() {
	folded := w.tokenizer.folded
	if cap(folded) > maxKept {
		folded = nil
	}
	w.tokenizer.text, w.tokenizer.folded = "", folded
	if cap(w.list) > maxKept/int(unsafe.Sizeof(token{})) {
		w.list = nil
	}
}
