package payload

import (
	"bytes"
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
}

type equalErrors struct {
	count int
	last  int // case that counts the others
}

// add adds what was read of an item at a place.
func (l *caseList) add(at string, cases ...Case) {
	for _, c := range cases {
		switch {
		case c.Err != nil:
			l.fault(join(at, c.Place), c.Err, 1+c.More)
		case l.full():
			l.fault(at, tooMany, 1)
		default:
			l.read++
			l.cases = append(l.cases, c)
		}
	}
}

// full reports whether no more cases are taken.
func (l *caseList) full() bool { return l.read >= MaxCases }

var tooMany = &Error{TooManyItems, "the limit is " + strconv.Itoa(MaxCases) + " items; send the others in a request of their own"}

// fault adds items that cannot be read for the same reason, the first of which
// is at a place.
func (l *caseList) fault(at string, err *Error, count int) {
	if l.first == nil {
		l.first = err
	}
	e := l.equal[*err]
	if e == nil {
		if l.equal == nil {
			l.equal = map[Error]*equalErrors{}
		}
		e = &equalErrors{}
		l.equal[*err] = e
	}
	if e.count < maxEqual && err.Code != TooManyItems || e.count == 0 {
		e.count++
		e.last = len(l.cases)
		l.cases = append(l.cases, Case{Err: err, Place: at})
		count--
	}
	l.cases[e.last].More += count
}

// result returns the cases, or an error if there is none that can be read.
func (l *caseList) result(empty string) ([]Case, *Error) {
	switch {
	case l.read > 0:
		return l.cases, nil
	case l.first == nil:
		return nil, &Error{UnknownForm, empty}
	}
	return nil, l.first
}

// join returns the place of a part inside a whole: "[1]" and "items[2]" are
// "[1].items[2]".
func join(whole, part string) string {
	if whole == "" || part == "" || strings.HasPrefix(part, "[") {
		return whole + part
	}
	return whole + "." + part
}

func index(name string, i int) string { return name + "[" + strconv.Itoa(i) + "]" }

// elements yields the elements of a valid JSON array one after the other: a
// long list of small items takes many times its size when it is held as one.
// An element is valid until the next.
func elements(array []byte) iter.Seq2[int, json.RawMessage] {
	return func(yield func(int, json.RawMessage) bool) {
		d := json.NewDecoder(bytes.NewReader(array))
		if _, err := d.Token(); err != nil {
			return
		}
		var element json.RawMessage
		for i := 0; d.More(); i++ {
			if d.Decode(&element) != nil || !yield(i, element) {
				return
			}
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
