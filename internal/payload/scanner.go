package payload

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
)

const (
	// maxItem is the longest value of a stream that is held, in bytes: more than
	// four times what etcd takes for an object.
	maxItem = 6 << 20
	// scanned is how much is read at a time, in bytes.
	scanned = 256 << 10
)

// A scanner cuts JSON that comes as a stream into its values. It looks at
// brackets and quotes only: whether a value is valid, its reader finds out.
type scanner struct {
	r     io.Reader
	buf   []byte
	pos   int   // in buf, of what comes next
	err   error // of r, once it has ended: io.EOF as a rule
	total int   // bytes read
}

// A state says how much of a value there is.
type state int

const (
	whole    state = iota
	tooLarge       // for being held; the scanner stays before it
	cutOff         // the stream ends within it; the scanner stays before it
)

// scannerOf returns a scanner of a text that is held, which it does not change.
func scannerOf(text []byte) scanner { return scanner{buf: text, err: io.EOF} }

// more reads on, and reports whether there was anything. What lies behind is
// dropped, so slices of what was read before are no longer valid.
func (s *scanner) more() bool {
	if s.err != nil {
		return false
	}
	if s.pos > 0 {
		s.buf = s.buf[:copy(s.buf, s.buf[s.pos:])]
		s.pos = 0
	}
	if len(s.buf) == cap(s.buf) {
		s.buf = slices.Grow(s.buf, max(len(s.buf), scanned))
	}
	for s.err == nil {
		n, err := s.r.Read(s.buf[len(s.buf):cap(s.buf)])
		s.buf, s.err, s.total = s.buf[:len(s.buf)+n], err, s.total+n
		if n > 0 {
			return true
		}
	}
	return false
}

// next returns the next byte that is no blank, and stays before it; 0 at the end.
func (s *scanner) next() byte {
	for {
		for ; s.pos < len(s.buf); s.pos++ {
			switch c := s.buf[s.pos]; c {
			case ' ', '\t', '\r', '\n', 0:
			default:
				return c
			}
		}
		if !s.more() {
			return 0
		}
	}
}

// take reports whether the next byte that is no blank is c, and goes behind it.
func (s *scanner) take(c byte) bool {
	if s.next() != c {
		return false
	}
	s.pos++
	return true
}

// value returns the value that begins at the scanner's place, and goes behind
// it. It is valid until the next call.
func (s *scanner) value() (json.RawMessage, state) {
	var w walk
	for n := 0; ; {
		k, done := w.over(s.buf[s.pos+n:])
		n += k
		switch {
		case n > maxItem:
			return nil, tooLarge
		case done:
			s.pos += n
			return s.buf[s.pos-n : s.pos], whole
		case s.more():
		case w == walk{} && n > 0: // a number ends with the stream
			s.pos += n
			return s.buf[s.pos-n : s.pos], whole
		default:
			return nil, cutOff
		}
	}
}

// skip goes behind the value that begins at the scanner's place without holding
// it. If the value is damaged, so that an item that begins like others seems to
// stand in it, skip goes before that and reports it.
func (s *scanner) skip(like beginning) (found bool) {
	var w walk
	for from, n := 1, 0; ; { // n bytes were walked over; from is where another item may begin
		k, done := w.over(s.buf[s.pos+n:])
		n += k
		if at := like.find(s.buf[s.pos:s.pos+n], from); at >= 0 {
			s.pos += at
			return true
		}
		if done {
			s.pos += n
			return false
		}
		if n > lookBack { // an item may begin where what has been read ends
			s.pos, n, from = s.pos+n-lookBack, lookBack, 0
		}
		if !s.more() {
			s.pos = len(s.buf)
			return false
		}
	}
}

// seek goes before the next item that begins like others, or to the end.
func (s *scanner) seek(like beginning) {
	for {
		if at := like.find(s.buf[s.pos:], 0); at >= 0 {
			s.pos += at
			return
		}
		s.pos = max(s.pos, len(s.buf)-lookBack)
		if !s.more() {
			s.pos = len(s.buf)
			return
		}
	}
}

// isAhead reports whether such an item stands at the scanner's place.
func (s *scanner) isAhead(like beginning) bool {
	for len(s.buf)-s.pos < lookBack && s.more() {
	}
	return beginningOf(s.buf[s.pos:]) == like
}

// ended returns the error of the stream, nil if it has come to its end.
func (s *scanner) ended() error {
	if errors.Is(s.err, io.EOF) {
		return nil
	}
	return s.err
}

// A walk is a way through a value that is read in parts.
type walk struct {
	depth   int  // of brackets
	quoted  bool // in a string
	escaped bool // behind a backslash
}

// over goes on through a part, and returns how many bytes of it belong to the
// value, and whether it ends there.
func (w *walk) over(part []byte) (n int, done bool) {
	quote := -1 // the next one, once it has been looked for
	for i := 0; i < len(part); i++ {
		switch {
		case w.escaped:
			w.escaped = false
		case w.quoted:
			if quote < i {
				if quote = bytes.IndexByte(part[i:], '"'); quote >= 0 {
					quote += i
				} else {
					quote = len(part)
				}
			}
			if k := bytes.IndexByte(part[i:quote], '\\'); k >= 0 {
				i += k
				w.escaped = true
				continue
			}
			i = quote
			if quote == len(part) {
				continue
			}
			w.quoted = false
			if w.depth == 0 {
				return i + 1, true
			}
		default:
			switch part[i] {
			case '"':
				w.quoted = true
			case '{', '[':
				w.depth++
			case '}', ']':
				if w.depth == 0 {
					return i, true
				}
				if w.depth--; w.depth == 0 {
					return i + 1, true
				}
			case ',', ':', ' ', '\t', '\r', '\n':
				if w.depth == 0 {
					return i, true
				}
			}
		}
	}
	return len(part), false
}

// A beginning is how the items of a list begin: the blanks before the name of the
// first member, that name, and that of the second. It tells where the next item
// is behind a damaged one.
type beginning string

// lookBack is longer than a beginning, in bytes.
const lookBack = 1 << 10

// beginningOf returns how an item begins, "" if it does not begin like an object
// of two members.
func beginningOf(item []byte) beginning {
	item = item[:min(len(item), lookBack)]
	var parts []byte
	at := 0
	blanks := func() {
		for at < len(item) && (item[at] == ' ' || item[at] == '\t' || item[at] == '\r' || item[at] == '\n') {
			at++
		}
	}
	sign := func(c byte) bool {
		if at >= len(item) || item[at] != c {
			return false
		}
		at++
		return true
	}
	name := func() []byte {
		if at >= len(item) || item[at] != '"' {
			return nil
		}
		var w walk
		n, done := w.over(item[at:])
		if !done {
			return nil
		}
		at += n
		return item[at-n : at]
	}
	if !sign('{') {
		return ""
	}
	from := at
	blanks()
	parts = append(parts, item[from:at]...)
	first := name()
	blanks()
	if first == nil || !sign(':') {
		return ""
	}
	blanks()
	if !sign('{') { // metadata is long, and its own first member is as good
		if name() == nil {
			return ""
		}
		blanks()
		if !sign(',') {
			return ""
		}
	}
	blanks()
	second := name()
	if second == nil {
		return ""
	}
	return beginning(append(append(parts, first...), second...))
}

// find returns where in p, from a place on, an item begins like others, -1 if
// none does.
func (b beginning) find(p []byte, from int) int {
	for b != "" && from < len(p) {
		i := bytes.IndexByte(p[from:], '{')
		if i < 0 {
			break
		}
		from += i
		if beginningOf(p[from:]) == b {
			return from
		}
		from++
	}
	return -1
}
