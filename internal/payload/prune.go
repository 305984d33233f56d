package payload

import (
	"encoding/json"
	"maps"
	"reflect"
	"strings"
	"sync"
)

// fields are the names of the members of an object that are read, and what is
// read of their values: with nil, all. Of a list it is said of its items.
type fields map[string]fields

// objectFields returns those of a Kubernetes object, where not all are read: most
// of an object is what it asks for, and who wrote which field of it. They are
// those of the types that it is decoded into.
var objectFields = sync.OnceValue(func() fields {
	spec := fields{}
	for _, of := range []any{podSpec{}, nodeSpec{}, workloadSpec{}} {
		maps.Copy(spec, fieldsOf(reflect.TypeOf(of)))
	}
	return fields{"metadata": fieldsOf(reflect.TypeFor[objectMeta]()), "spec": spec}
})

// fieldsOf returns the fields of a struct, or of what a list or a pointer holds.
func fieldsOf(t reflect.Type) fields {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice:
		return fieldsOf(t.Elem())
	case reflect.Struct:
		f := fields{}
		for i := range t.NumField() {
			field := t.Field(i)
			f[field.Tag.Get("json")] = fieldsOf(field.Type)
		}
		return f
	}
	return nil
}

// pruned returns a valid object without what is not read of it, so that it is
// decoded in a fraction of the time.
func pruned(object json.RawMessage) json.RawMessage {
	out := append(make([]byte, 0, len(object)/2), '{')
	for name, value := range membersIn(object) {
		out = appendMember(out, name)
		out = objectFields()[string(unquote(name))].appendTo(out, value)
	}
	return append(out, '}')
}

// appendTo appends what is read of a valid value.
func (f fields) appendTo(out []byte, value json.RawMessage) []byte {
	switch {
	case f != nil && value[0] == '{':
		out = append(out, '{')
		for name, value := range membersIn(value) {
			if of, ok := f[string(unquote(name))]; ok {
				out = of.appendTo(appendMember(out, name), value)
			}
		}
		return append(out, '}')
	case f != nil && value[0] == '[':
		out = append(out, '[')
		for i, element := range elements(value) {
			if i > 0 {
				out = append(out, ',')
			}
			out = f.appendTo(out, element)
		}
		return append(out, ']')
	}
	return append(out, value...)
}

// appendMember appends the name of a member, as it is quoted.
func appendMember(out, name []byte) []byte {
	if out[len(out)-1] != '{' {
		out = append(out, ',')
	}
	return append(append(out, name...), ':')
}

// unquote takes the quotes off a name. Those that are looked for have no escapes.
func unquote(name []byte) []byte { return name[1 : len(name)-1] }

// membersIn yields the members of a valid object: the names as they are quoted,
// and the values. Both are parts of the object.
func membersIn(object []byte) func(yield func(name, value []byte) bool) {
	return func(yield func(name, value []byte) bool) {
		for at := behind(object, 0, "{"); at < len(object) && object[at] == '"'; {
			name := valueAt(object, at)
			at = behind(object, at+len(name), ":")
			value := valueAt(object, at)
			if len(value) == 0 || !yield(name, value) {
				return
			}
			at = behind(object, at+len(value), ",")
		}
	}
}

// behind returns the place behind the blanks and one of the signs, if it stands
// among them, that follow a place in JSON.
func behind(text []byte, at int, sign string) int {
	for at < len(text) && (text[at] <= ' ' || strings.IndexByte(sign, text[at]) >= 0) {
		if text[at] > ' ' {
			sign = ""
		}
		at++
	}
	return at
}

// valueAt returns the value that begins at a place in valid JSON.
func valueAt(text []byte, at int) []byte {
	var w walk
	n, _ := w.over(text[at:])
	return text[at : at+n]
}
