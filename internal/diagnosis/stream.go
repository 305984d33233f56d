package diagnosis

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/charset"
	"github.com/reasonbook/reasonbook/internal/match"
	"github.com/reasonbook/reasonbook/internal/payload"
)

const (
	window = 1 << 20  // bytes of a stream that are matched at a time
	shared = 64 << 10 // bytes that a window has from the one before, for what crosses its end
)

// Stream diagnoses a plain text in UTF-8 of any size in a memory of a few
// windows. It matches the text window by window, cut at ends of lines, and keeps
// of each entry the best match; of the text it keeps the evidence only, with the
// offset in the stream. What it cannot see is a stretch that is longer than the
// 64 KiB that windows share.
//
// The error is r's, that of ctx, or a [*charset.Error] for what is not UTF-8.
func Stream(ctx context.Context, b *book.Book, r io.Reader) (Diagnosis, error) {
	return stream(ctx, b, r, window, shared)
}

func stream(ctx context.Context, b *book.Book, r io.Reader, window, shared int) (Diagnosis, error) {
	d := Diagnosis{Case: payload.Case{
		Looked: []payload.Looked{payload.LookedText}, Missing: []payload.Missing{payload.StateUnsaid}, Texts: []payload.Text{{}},
	}}
	buffer := make([]byte, 0, window)
	offset := 0 // of the buffer, in the stream
	for {
		n, err := io.ReadFull(r, buffer[len(buffer):window])
		buffer = buffer[:len(buffer)+n]
		last := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !last {
			return Diagnosis{}, err
		}
		end := len(buffer)
		if !last {
			end = cut(buffer, window/2, window)
		}
		if form := charset.Guess(buffer[:end]); form.Kind != charset.Text {
			return Diagnosis{}, &charset.Error{Form: form}
		}
		if err := d.add(ctx, b, string(buffer[:end]), offset); err != nil {
			return Diagnosis{}, err
		}
		if last {
			return d, nil
		}
		next := cut(buffer, end-shared, end-shared/2)
		offset += next
		buffer = buffer[:copy(buffer, buffer[next:])]
	}
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

// add takes what a window of the text says into the diagnosis.
func (d *Diagnosis) add(ctx context.Context, b *book.Book, text string, offset int) error {
	list, err := Of(ctx, b, []payload.Case{{Texts: []payload.Text{{Value: text}}}})
	if err != nil || len(list[0].Matches) == 0 {
		return err
	}
	found := list[0].Matches
	known := len(d.Case.Texts)
	texts := append(d.Case.Texts, payload.Text{Value: text, Offset: offset})
	for i := range found {
		found[i].Text = known
	}
	d.Matches = b.Index().Merge(d.Matches, found)
	// Keep the evidence, and let go of the window that it is a part of.
	kept := make([]payload.Text, len(d.Matches))
	for i := range d.Matches {
		m := &d.Matches[i]
		t := texts[m.Text]
		kept[i] = payload.Text{Value: strings.Clone(t.Value[m.Start:m.End]), Offset: t.Offset + m.Start}
		m.Text, m.Start, m.End = i, 0, m.End-m.Start
		parameters := make([]match.Parameter, len(m.Parameters))
		for n, p := range m.Parameters {
			parameters[n] = match.Parameter{Name: p.Name, Value: strings.Clone(p.Value)}
		}
		m.Parameters = parameters
	}
	d.Case.Texts = kept
	return nil
}
