package diagnosis

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/charset"
	"github.com/reasonbook/reasonbook/internal/evidence"
	"github.com/reasonbook/reasonbook/internal/payload"
)

// sizes are what of a long text is looked at, in bytes.
type sizes struct {
	window int // is searched at a time
	shared int // a window has from the one before, for what crosses its end
	around int // is kept before and behind a phrase of the book
	end    int // is kept of the end, which tells what became of a program
	kept   int // stretches are kept: the first half of them and the last
}

var longText = sizes{window: 1 << 20, shared: 64 << 10, around: 64 << 10, end: 256 << 10, kept: 24}

// long is the length from which on only parts of a text are looked at, in bytes.
const long = 5 << 20

// Stream diagnoses a plain text in UTF-8 of any size in a memory of a few
// windows. It searches the text window by window and keeps what stands around
// the phrases of the book, and the end; what those prove together is the
// diagnosis, as if the text were no longer than that. Evidence has its offset in
// the stream.
//
// The error is r's, that of ctx, or a [*charset.Error] for what is not UTF-8.
func Stream(ctx context.Context, b *book.Book, r io.Reader) ([]Diagnosis, error) {
	return stream(ctx, b, r, longText)
}

func stream(ctx context.Context, b *book.Book, r io.Reader, s sizes) ([]Diagnosis, error) {
	e, err := excerptOf(ctx, b.Explainer(), r, s)
	if err != nil {
		return nil, err
	}
	c := payload.Case{
		Looked: []payload.Looked{payload.LookedText}, Missing: []payload.Missing{payload.StateUnsaid},
		Texts: []payload.Text{{Value: e.text()}},
	}
	list, err := Of(ctx, b, []payload.Case{c})
	for i := range list {
		list[i].excerpt = e
	}
	return list, err
}

// An excerpt is the parts of a long text that are looked at.
type excerpt struct {
	parts []part
	kept  int
}

// A part is a stretch of a text, at an offset.
type part struct {
	offset int
	text   string
}

// excerptOf reads a text and returns the parts of it that matter.
func excerptOf(ctx context.Context, x *evidence.Explainer, r io.Reader, s sizes) (*excerpt, error) {
	e := &excerpt{kept: s.kept}
	buffer := make([]byte, 0, s.window)
	offset := 0 // of the buffer, in the stream
	for {
		n, err := io.ReadFull(r, buffer[len(buffer):s.window])
		buffer = buffer[:len(buffer)+n]
		last := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !last {
			return nil, err
		}
		end := len(buffer)
		if !last {
			end = cut(buffer, s.window/2, s.window)
		}
		if form := charset.Guess(buffer[:end]); form.Kind != charset.Text {
			return nil, &charset.Error{Form: form}
		}
		text := string(buffer[:end])
		places, err := x.Places(ctx, text)
		if err != nil {
			return nil, err
		}
		// Neighbours are kept together: a text may be full of phrases.
		for i := 0; i < len(places); {
			from := places[i]
			to := from
			for ; i < len(places) && places[i] <= to+s.around && places[i]-from <= s.around; i++ {
				to = places[i]
			}
			e.add(offset, text, from-s.around, to+s.around)
		}
		if last {
			e.add(offset, text, len(text)-s.end, len(text))
			return e, nil
		}
		next := cut(buffer, end-s.shared, end-s.shared/2)
		offset += next
		buffer = buffer[:copy(buffer, buffer[next:])]
	}
}

// add keeps text[from:to] of a window, widened to whole lines where they are
// short. What is kept already is kept once.
func (e *excerpt) add(offset int, text string, from, to int) {
	from, to = max(0, from), min(len(text), to)
	if i := strings.LastIndexByte(text[max(0, from-lineReach):from], '\n'); i >= 0 {
		from = max(0, from-lineReach) + i + 1
	}
	if i := strings.IndexByte(text[to:min(len(text), to+lineReach)], '\n'); i >= 0 {
		to += i
	}
	for from > 0 && from < len(text) && !utf8.RuneStart(text[from]) {
		from--
	}
	for to < len(text) && !utf8.RuneStart(text[to]) {
		to++
	}
	if n := len(e.parts); n > 0 {
		before := &e.parts[n-1]
		end := before.offset + len(before.text)
		if offset+to <= end {
			return
		}
		if offset+from <= end {
			from = max(0, end-offset)
			if len(before.text)+to-from <= maxPart {
				before.text += text[from:to]
				return
			}
		}
	}
	e.parts = append(e.parts, part{offset + from, strings.Clone(text[from:to])})
	if len(e.parts) > e.kept { // the middle says least
		e.parts = slices.Delete(e.parts, e.kept/2, e.kept/2+1)
	}
}

// maxPart is how long a part may grow, in bytes.
const maxPart = 160 << 10

// lineReach is how far away the end of a line is looked for, in bytes.
const lineReach = 4 << 10

// text returns the parts, one below the other.
func (e *excerpt) text() string {
	var out strings.Builder
	for i, p := range e.parts {
		if i > 0 {
			out.WriteByte('\n')
		}
		out.WriteString(p.text)
	}
	return out.String()
}

// original returns the offset in the stream of a byte of [excerpt.text].
func (e *excerpt) original(pos int) int {
	for _, p := range e.parts {
		if pos <= len(p.text) {
			return p.offset + pos
		}
		pos -= len(p.text) + 1
	}
	return pos
}

// cut returns a place in s, from low up to high, where a line ends; if none
// does, the last place in front of high where a character ends.
func cut(s []byte, low, high int) int {
	if i := bytes.LastIndexByte(s[low:high], '\n'); i >= 0 {
		return low + i + 1
	}
	for end := high; end > high-utf8.UTFMax; end-- {
		if end < len(s) && utf8.RuneStart(s[end]) {
			return end
		}
	}
	return high - utf8.UTFMax
}
