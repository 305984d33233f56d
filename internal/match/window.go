package match

import (
	"slices"
	"strings"
	"unicode/utf8"
	"unsafe"
)

const (
	readAhead = 16   // tokens that are read at a time
	maxStep   = 256  // bytes that are read over to the next place that is looked at
	maxLine   = 1024 // bytes before a place among which the beginning of its line is looked for
	maxTokens = 4096 // tokens in memory, more or less
	keepBack  = 1024 // tokens that stay before the one that is looked at
	farther   = 1 << 20
	maxKept   = 1 << 20 // bytes of a buffer that is kept for the next text
)

// A window is the part of a text's tokens that is in memory: those around the
// place that is looked at. Tokens that stand beside each other have numbers
// that do.
type window struct {
	tables    *Tables
	tokenizer tokenizer
	from      int // byte from which on tokens were read
	base      int // number of list[0]
	list      []token
	spare     []token
	ended     bool // the last token of the text is in the list
	reads     int  // tokens that were read
}

// open begins with another text.
func (w *window) open(text string) {
	t := &w.tokenizer
	t.text, t.pos, t.pending, t.folded = text, 0, "", t.folded[:0]
	w.from, w.base, w.list, w.ended, w.reads = 0, 0, w.list[:0], false, 0
}

// seek returns the number of the first token that ends behind byte at, or of
// the one that would follow the last.
func (w *window) seek(at int) int {
	if at < w.from || at > w.tokenizer.pos+maxStep {
		w.base += len(w.list) + farther
		w.from = lineStart(w.tokenizer.text, at)
		w.list, w.ended = w.list[:0], false
		w.tokenizer.pos, w.tokenizer.pending = w.from, ""
	}
	for !w.ended && (len(w.list) == 0 || int(w.list[len(w.list)-1].end) <= at) {
		w.read(0)
	}
	i, _ := slices.BinarySearchFunc(w.list, at, func(t token, at int) int { return int(t.end) - at - 1 })
	return w.base + i
}

// lineStart returns where the line begins that byte at stands in, or another
// place before at from which on the tokens are the same as from the beginning.
// In a very long line that is only likely.
func lineStart(text string, at int) int {
	for range 8 {
		low := max(0, at-maxLine)
		i := low + strings.LastIndexByte(text[low:at], '\n') + 1
		if i == low && low > 0 {
			if i = strings.IndexByte(text[low:at], ' '); i >= 0 {
				return low + i
			}
			for low < at && !utf8.RuneStart(text[low]) {
				low++
			}
			return low
		}
		if !strings.HasSuffix(text[:i], "=\n") && !strings.HasSuffix(text[:i], "=\r\n") {
			return i
		}
		at = i - 1
	}
	return at
}

// has reports whether the text has a token of number i. It reads on up to
// there, so i must not be far ahead.
func (w *window) has(i int) bool {
	return i-w.base < len(w.list) || !w.ended && w.read(i)
}

// hasBefore reports whether the text has a token before number i, which is in
// memory, and takes it into memory.
func (w *window) hasBefore(i int) bool {
	return i > w.base || w.from > 0 && w.extend()
}

func (w *window) read(i int) bool {
	t, list := w.tokenizer, w.list // on the stack: the loop is a hot one
	for n := max(readAhead, i+1-w.base-len(list)); n > 0; n-- {
		if !t.next() {
			w.ended = true
			break
		}
		w.reads++
		list = append(list, w.tables.token(&t))
	}
	w.list = list
	w.tokenizer.pos, w.tokenizer.folded = t.pos, t.folded
	w.tokenizer.pending, w.tokenizer.from, w.tokenizer.to = t.pending, t.from, t.to
	return i-w.base < len(list)
}

// token looks the word up that t has read. Digits behind a reason as Kubernetes
// writes it (CrashLoopBackOff3) are no part of it: they come from a footnote or
// from the next column. In small letters (container1) they make it a name.
func (t *Tables) token(at *tokenizer) token {
	word := t.lookUp(at.folded)
	end := at.end
	if word == 0 && len(at.folded) == at.end-at.start && isDigit(at.folded[len(at.folded)-1]) {
		bare := end
		for bare > at.start && isDigit(at.text[bare-1]) {
			bare--
		}
		if isReason(at.text[at.start:bare]) {
			if word = t.lookUp(at.folded[:bare-at.start]); word != 0 {
				end = bare
			}
		}
	}
	return token{start: uint32(at.start), end: uint32(end), word: word, before: at.before}
}

// isReason reports whether a word is one as Kubernetes writes reasons.
func isReason(word string) bool {
	const shortest = 5
	inner, small := false, false
	for i := range len(word) {
		switch {
		case isUpper(word[i]):
			inner = inner || i > 0
		case !isLetter(word[i]):
			return false
		default:
			small = true
		}
	}
	return len(word) >= shortest && isUpper(word[0]) && inner && small
}

// extend takes tokens before the first one into memory. It reports whether
// there are any.
func (w *window) extend() bool {
	end := len(w.tokenizer.text) // of what is to be read
	if len(w.list) > 0 {
		end = int(w.list[0].start)
	}
	for w.from > 0 {
		w.from = lineStart(w.tokenizer.text, w.from-1)
		t := newTokenizer(w.tokenizer.text)
		t.pos = w.from
		before := w.spare[:0]
		first := gapNone // what stands before the token at the end
		for t.next() {
			if t.start >= end {
				first = t.before
				break
			}
			w.reads++
			before = append(before, w.tables.token(&t))
		}
		w.spare = before
		if len(before) > 0 {
			if len(w.list) > 0 {
				w.list[0].before = first
			}
			w.list = slices.Insert(w.list, 0, before...)
			w.base -= len(before)
			return true
		}
	}
	return false
}

// at returns token i, which must be one that has or hasBefore was asked for, or
// that stands between such ones.
func (w *window) at(i int) token { return w.list[i-w.base] }

// pass lets the tokens go that stand far before token i, if they are many.
func (w *window) pass(i int) {
	if len(w.list) > maxTokens && i-w.base > 2*keepBack {
		drop := i - keepBack - w.base
		w.list = slices.Delete(w.list, 0, drop)
		w.base += drop
		w.from = int(w.list[0].start)
	}
}

// close forgets the text, and buffers that a text has made large.
func (w *window) close() {
	folded := w.tokenizer.folded
	if cap(folded) > maxKept {
		folded = nil
	}
	w.tokenizer.text, w.tokenizer.folded = "", folded
	if max(cap(w.list), cap(w.spare)) > maxKept/int(unsafe.Sizeof(token{})) {
		w.list, w.spare = nil, nil
	}
}
