package payload

import (
	"encoding/json"
	"errors"
	"reflect"
	"strconv"
	"strings"
)

// A place is where in a payload something stands, as a path of fields:
// object.items[1].status.reason. The zero value is the payload itself.
type place string

// in returns the place of a field of an object.
func (p place) in(field string) place {
	if p == "" {
		return place(field)
	}
	return p + "." + place(field)
}

// at returns the place of an item of a list.
func (p place) at(i int) place { return p + "[" + place(strconv.Itoa(i)) + "]" }

// fault returns the error of a form that is not known. The detail must hold
// nothing of the payload.
func (p place) fault(detail string) *Error {
	if p != "" {
		detail = string(p) + ": " + detail
	}
	return &Error{UnknownForm, detail}
}

// decode fills in a value of the payload. Its error names the field that is of
// another type; the names are those of our own structures.
func (p place) decode(raw json.RawMessage, into any) *Error {
	err := json.Unmarshal(raw, into)
	if err == nil {
		return nil
	}
	var wrong *json.UnmarshalTypeError
	if !errors.As(err, &wrong) {
		return p.fault("cannot be read")
	}
	if wrong.Field != "" {
		p = p.in(wrong.Field)
	}
	found, _, _ := strings.Cut(wrong.Value, " ") // what follows is the value itself
	switch found {
	case "bool":
		found = "a boolean"
	case "array":
		found = "a list"
	case "object":
		found = "an object"
	default:
		found = "a " + found
	}
	return p.mismatch(found, typeName(wrong.Type))
}

// mismatch returns the error of a value that is found to be of another type
// than it must be.
func (p place) mismatch(found, must string) *Error {
	if p == "" {
		p = "the payload"
	}
	return &Error{UnknownForm, string(p) + " is " + found + ", but must be " + must}
}

// typeName says which JSON value a type takes.
func typeName(t reflect.Type) string {
	switch t.Kind() {
	case reflect.String:
		return "a string"
	case reflect.Bool:
		return "a boolean"
	case reflect.Int64:
		return "a whole number"
	case reflect.Slice:
		return "a list"
	}
	return "an object"
}

// An itemReader reads an item of a list, which is at a place.
type itemReader func(item json.RawMessage, at place) ([]Case, *Error)

// each reads the items of a list. What is wrong with one costs the others
// nothing; if something is wrong with all, the error is that of the first.
func (p place) each(items json.RawMessage, read itemReader) ([]Case, *Error) {
	return p.eachInto(&caseList{}, items, read)
}

// eachInto is [place.each] with a list that says how it collects cases.
func (p place) eachInto(all *caseList, items json.RawMessage, read itemReader) ([]Case, *Error) {
	if err := p.mustBegin(items, '['); err != nil {
		return nil, err
	}
	for i, item := range elements(items) {
		all.item(item, p.at(i), read)
	}
	return all.result(p)
}

// mustBegin returns an error if a valid value is not of the type that begins
// with a byte, { or [. It costs a look: of a list of a million numbers each gets
// an error.
func (p place) mustBegin(raw json.RawMessage, begin byte) *Error {
	must := "an object"
	if begin == '[' {
		must = "a list"
	}
	found := "a number"
	switch {
	case isNull(raw):
		return p.fault("must be " + must)
	case raw[0] == begin:
		return nil
	case raw[0] == '{':
		found = "an object"
	case raw[0] == '[':
		found = "a list"
	case raw[0] == '"':
		found = "a string"
	case raw[0] == 't', raw[0] == 'f':
		found = "a boolean"
	}
	return p.mismatch(found, must)
}
