package payload

import (
	"bytes"
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// readObjects reads several objects one after the other, as the items of a List,
// which they might as well be. Some may be Lists themselves.
func readObjects(body []byte) ([]Case, *Error) {
	s := newStream(bytes.NewReader(body), nil)
	s.documents()
	return s.result()
}

// ReadStream reads JSON of any size, of which [IsStream] holds: each item as it
// comes, by itself. What the items of a List and its Events say of one object is
// one case. It takes a memory of a few items and of what is kept: of [MaxCases]
// instances that are not healthy, and of as many that are, what they say, in
// both together 64 MiB of it. What is beyond that is counted in the last case of
// its kind. An item that is damaged, too long or cut off costs the others
// nothing, and is an error with its place.
//
// The second error is that of r.
func ReadStream(r io.Reader) ([]Case, *Error, error) {
	s := newStream(r, newHeld())
	s.documents()
	if err := s.ended(); err != nil {
		return nil, nil, err
	}
	cases, refused := s.result()
	return cases, refused, nil
}

// A stream reads lists and objects that come one after the other.
type stream struct {
	scanner
	all   caseList
	like  beginning // of an item
	again int       // bytes that were walked over in vain
	// nameless says that an item of a List had no kind when that of the List
	// was not known, and misread is the error if it was no Pod.
	nameless bool
	misread  *Error
	lists    bool // the first document is a List
	cut      bool // it is told that the text ends too early
}

func newStream(r io.Reader, h *held) *stream {
	return &stream{scanner: scanner{r: r}, all: caseList{places: map[Subject]int{}, held: h}}
}

// result returns the cases that were read.
func (s *stream) result() ([]Case, *Error) {
	if s.misread != nil {
		return nil, s.misread
	}
	cases, err := s.all.result("")
	if err != nil {
		return nil, err
	}
	if s.all.held != nil {
		s.all.held.count(cases)
	}
	if s.all.places != nil { // else each has been settled by itself
		settle(cases)
	}
	return cases, nil
}

// documents reads all that there is.
func (s *stream) documents() {
	for n := 0; ; n++ {
		switch c := s.next(); {
		case c == 0:
			return
		case c == '[' && n == 0:
			s.all.places = nil
			s.pos++
			s.items("", readItem)
		case c == '{':
			s.document(n)
		default:
			s.garbage(s.placeOf(n), "{")
		}
	}
}

// placeOf returns the place of a document that is no List, or not the first.
func (s *stream) placeOf(n int) place {
	if s.lists || s.all.places == nil {
		return place("").at(n)
	}
	return place("items").at(n)
}

// document reads an object or a List: one that is longer than what is held, or
// damaged, item by item.
func (s *stream) document(n int) {
	raw, state := s.value()
	at := s.placeOf(n)
	if state == whole && utf8.Valid(raw) {
		o, err := decodeObject(raw, at)
		switch {
		case err == nil && isArray(o.Items):
			at = s.listAt(n)
			read := listItem(func() string { return o.Kind })
			for i, item := range elements(o.Items) {
				s.all.item(item, at.in("items").at(i), read)
			}
			return
		case err == nil || json.Valid(raw):
			s.all.item(raw, at, listItem(func() string { return "" }))
			if s.like == "" {
				s.like = beginningOf(raw)
			}
			return
		}
	}
	s.pos -= len(raw)
	if beginsList(s.buf[s.pos:]) {
		s.list(s.listAt(n))
		return
	}
	s.unread(at, state)
}

// unread reports a value that was not read, and goes behind it.
func (s *stream) unread(at place, state state) {
	if s.skip(s.retry(len(s.buf)-s.pos)) && state == cutOff { // something follows
		state = whole
	}
	s.cut = s.cut || state == cutOff
	s.all.fault(at, at.unread(state), 1)
}

// listAt returns the place of a document that is a List.
func (s *stream) listAt(n int) place {
	if n == 0 {
		s.lists = true
		return ""
	}
	return s.placeOf(n)
}

// unread returns the error of a value that is cut off, too large or damaged.
func (p place) unread(s state) *Error {
	err := &Error{InvalidJSON, "is not valid JSON in UTF-8"}
	switch s {
	case tooLarge:
		err = &Error{TooLargeItem, "is larger than " + strconv.Itoa(maxItem>>20) + " MiB"}
	case cutOff:
		err = &Error{InvalidJSON, "is cut off: the input ends within it"}
	}
	if p == "" {
		p = "the payload"
	}
	err.Detail = string(p) + " " + err.Detail
	return err
}

// list reads a List of any length.
func (s *stream) list(at place) {
	s.pos++
	kind := ""
	s.nameless = false
	for {
		switch s.next() {
		case '}':
			s.pos++
			switch strings.TrimSuffix(kind, "List") {
			case "", "Pod", "Event":
			default:
				if s.nameless {
					s.misread = at.fault("the kind of the List stands behind its items, which have none: put it first")
				}
			}
			return
		case ',':
			s.pos++
			continue
		case '"':
		case 0:
			s.ends(at.in("items"))
			return
		default:
			s.garbage(at.in("items"), "{")
			return
		}
		raw, state := s.value()
		name := string(raw)
		if state == whole && s.take(':') {
			if next := s.next(); name == `"items"` && next == '[' {
				s.pos++
				if !s.items(at.in("items"), listItem(func() string { s.nameless = s.nameless || kind == ""; return kind })) {
					return
				}
				continue
			} else if next != 0 {
				raw, state = s.value()
			}
		}
		switch {
		case state == tooLarge:
			s.skip("")
		case state == cutOff:
			s.pos = len(s.buf)
		case name == `"kind"`:
			_ = json.Unmarshal(raw, &kind)
		}
	}
}

// ends reports that the text ends within a list, unless an item did.
func (s *stream) ends(list place) {
	if !s.cut {
		s.all.fault(list, list.unread(cutOff), 1)
	}
	s.cut = true
}

// beginsList reports whether a text begins with a List, up to its items.
func beginsList(text []byte) bool {
	s := scannerOf(text)
	if !s.take('{') {
		return false
	}
	typed := false
	for s.next() == '"' {
		raw, state := s.value()
		name := string(raw)
		if state != whole || !s.take(':') {
			return false
		}
		if next := s.next(); name == `"items"` && next == '[' {
			s.pos++
			return typed || s.next() == '{'
		}
		typed = typed || name == `"kind"` || name == `"apiVersion"`
		if _, state = s.value(); state != whole || !s.take(',') {
			return false
		}
	}
	return false
}

// items reads the items of a list, behind its bracket, and reports whether it
// has an end.
func (s *stream) items(list place, read itemReader) bool {
	for i := 0; ; i++ {
		at := list.at(i)
		switch s.next() {
		case 0:
			s.ends(list)
			return false
		case ']':
			s.pos++
			return true
		case ',':
			s.pos++
			i--
		case '{':
			s.item(at, read)
		case '}', ':':
			s.garbage(at, ",{]")
		default:
			if raw, state := s.value(); state == whole && json.Valid(raw) {
				s.all.item(raw, at, read)
				continue
			}
			s.garbage(at, ",{]")
		}
	}
}

// item reads an item. If it is damaged, the next one may begin within what its
// brackets seem to hold.
func (s *stream) item(at place, read itemReader) {
	raw, state := s.value()
	if state != whole {
		s.unread(at, state)
		return
	}
	damaged := false
	s.all.item(raw, at, func(raw json.RawMessage, at place) ([]Case, *Error) {
		cases, err := read(raw, at)
		if damaged = !utf8.Valid(raw) || err != nil && !json.Valid(raw); damaged {
			return nil, at.unread(whole)
		}
		return cases, err
	})
	switch {
	case s.like == "" && !damaged:
		s.like = beginningOf(raw)
	case s.like != "" && damaged:
		s.resume(raw)
	}
}

// resume goes to what follows a damaged item: its brackets may have closed too
// late or too early.
func (s *stream) resume(item json.RawMessage) {
	like := s.retry(len(item))
	if like == "" {
		return
	}
	if i := like.find(item, 1); i >= 0 {
		s.pos -= len(item) - i
		return
	}
	switch s.next() {
	case ']':
		return
	case ',':
		s.pos++
		if s.next() == '{' && s.isAhead(like) {
			return
		}
	}
	s.seek(like)
}

// maxAgain is how much is walked over in vain beyond what is read, in bytes: one
// damaged item within the other would be walked over as often as they are many.
const maxAgain = 64 << 20

// retry returns by what the next item is found behind one that is damaged and was
// walked over; "" once too much was.
func (s *stream) retry(walked int) beginning {
	if s.again += walked; s.again > maxAgain+s.total {
		return ""
	}
	return s.like
}

// garbage reports what is no value, and goes on to one of some signs.
func (s *stream) garbage(at place, signs string) {
	s.all.fault(at, at.unread(whole), 1)
	for s.pos++; s.next() != 0 && !strings.ContainsRune(signs, rune(s.buf[s.pos])); s.pos++ {
	}
}
