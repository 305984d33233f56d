package payload

import (
	"encoding/json"
	"errors"
	"iter"
	"strconv"
	"strings"
)

const (
	// MaxCases is how many instances of a payload are read. Those after it are
	// reported as an error that counts them.
	MaxCases = 20_000
	// maxEqual is how many items with the same error have a case of their own.
	maxEqual = 5
)

// A caseList collects the cases of a list, within bounds.
type caseList struct {
	cases []Case
	read  int    // cases without an error
	first *Error // of the items that cannot be read
	equal map[Error]*equalErrors
	// places, unless it is nil, holds the cases by their subjects: what is said
	// of one subject, by itself and by its Events, is one case.
	places map[Subject]int
	// held, unless it is nil, bounds what is kept of a list of any length.
	held *held
}

type equalErrors struct {
	count int
	last  int // case that counts the others
}

// item reads an item, and adds what it says or what is wrong with it.
func (l *caseList) item(item json.RawMessage, at place, read itemReader) {
	if l.held == nil && l.places == nil && l.full() {
		l.fault(at, tooMany, 1)
		return
	}
	err := at.mustBegin(item, '{')
	if err == nil {
		var cases []Case
		if cases, err = read(item, at); err == nil {
			l.add(at, cases...)
			return
		}
	}
	l.fault(at, err, 1)
}

// add adds what was read of the item at a place.
func (l *caseList) add(at place, cases ...Case) {
	for _, c := range cases {
		subject := Subject{Kind: c.Subject.Kind, Namespace: c.Subject.Namespace, Name: c.Subject.Name}
		known, ok := l.places[subject]
		ok = ok && subject.Name != ""
		switch {
		case c.Err != nil: // of a list in the list, which knows its place
			l.fault(place(c.Place), c.Err, 1+c.More)
		case ok && c.Ignored != "":
			// What is over or healthy adds nothing to what is not.
		case !ok && l.held.isPast(subject, &c):
			// An event of what was healthy later, and has been forgotten.
		case l.held != nil && !c.idle() && l.held.full():
			l.fault(at, tooMuch, 1)
		case ok && l.cases[known].Ignored != "":
			l.cases[known] = c
			l.held.changed(l, known, &c)
		case ok:
			l.cases[known].join(c)
			l.held.changed(l, known, &c)
		case l.held == nil && l.full():
			l.fault(at, tooMany, 1)
		default:
			l.read++
			i := l.held.room(l)
			if i < len(l.cases) {
				l.cases[i] = c
			} else {
				l.cases = append(l.cases, c)
			}
			if l.places != nil {
				l.places[subject] = i
			}
			l.held.changed(l, i, &c)
		}
	}
}

// full reports whether no more cases are taken.
func (l *caseList) full() bool { return l.read >= MaxCases }

var tooMany = &Error{TooManyItems, "the limit is " + strconv.Itoa(MaxCases) + " items; send the others by themselves"}

// fault adds items that cannot be read for the same reason, the first of which
// is at a place.
func (l *caseList) fault(at place, err *Error, count int) {
	if l.first == nil {
		l.first = err
	}
	inside := Error{err.Code, at.without(err.Detail)}
	e := l.equal[inside]
	if e == nil {
		if l.equal == nil {
			l.equal = map[Error]*equalErrors{}
		}
		e = &equalErrors{}
		l.equal[inside] = e
	}
	if e.count < maxEqual && err.Code != TooManyItems || e.count == 0 {
		e.count++
		e.last = len(l.cases)
		l.cases = append(l.cases, Case{Err: &inside, Place: string(at)})
		count--
	}
	l.cases[e.last].More += count
}

// without returns the detail of an error without the place at its beginning.
func (p place) without(detail string) string {
	rest, ok := strings.CutPrefix(detail, string(p))
	switch {
	case !ok || p == "":
		return detail
	case strings.HasPrefix(rest, ": "):
		return rest[2:]
	case strings.HasPrefix(rest, "."):
		return rest[1:]
	case strings.HasPrefix(rest, " "):
		return "the item" + rest
	}
	return detail
}

// result returns the cases of the list at a place, or an error if there is none
// that can be read.
func (l *caseList) result(at place) ([]Case, *Error) {
	switch {
	case l.read > 0:
		return l.cases, nil
	case l.first == nil:
		return nil, at.fault("the list is empty")
	}
	return nil, l.first
}

// elements yields the elements of a valid JSON array one after the other: a
// long list of small items takes many times its size when it is held as one.
// They are parts of the array.
func elements(array []byte) iter.Seq2[int, json.RawMessage] {
	return func(yield func(int, json.RawMessage) bool) {
		for i, at := 0, behind(array, 0, "["); at < len(array) && array[at] != ']'; i++ {
			element := valueAt(array, at)
			if len(element) == 0 || !yield(i, element) {
				return
			}
			at = behind(array, at+len(element), ",")
		}
	}
}

// isArray and isNull say what a JSON value is.
func isArray(value json.RawMessage) bool { return len(value) > 0 && value[0] == '[' }

func isNull(value json.RawMessage) bool { return len(value) == 0 || string(value) == "null" }

// few is a short list in a payload. A longer one is an error: no instance has
// so many conditions or containers, and they would take much memory.
type few[T any] []T

const maxFew = 1000

func (f *few[T]) UnmarshalJSON(list []byte) error {
	if isNull(list) {
		return nil
	}
	if !isArray(list) {
		return json.Unmarshal(list, (*[]T)(f)) // which says what is wrong
	}
	for i, element := range elements(list) {
		if i == maxFew {
			return errors.New("more elements than an instance has")
		}
		var t T
		if err := json.Unmarshal(element, &t); err != nil {
			return err
		}
		*f = append(*f, t)
	}
	return nil
}
