package answer

import (
	"bytes"
	"encoding/json"
	"slices"
	"sync"
)

// An encoder is what encoding JSON needs, used again.
type encoder struct {
	json    *json.Encoder
	compact bytes.Buffer
}

var encoders = sync.Pool{New: func() any {
	e := &encoder{}
	e.json = json.NewEncoder(&e.compact)
	e.json.SetEscapeHTML(false)
	return e
}}

// maxKept is the largest buffer that is used again, in bytes.
const maxKept = 64 << 10

// encode returns indented JSON without HTML's escapes.
func encode(v any) ([]byte, error) { return appendIndented(nil, v, "") }

// appendCompact appends JSON without HTML's escapes, and a line feed.
func appendCompact(out []byte, v any) ([]byte, error) {
	return encoded(v, func(compact []byte) []byte { return append(out, compact...) })
}

// appendIndented appends what json.Encoder writes with two spaces a level, a
// line feed at its end; prefix stands before its further lines.
func appendIndented(out []byte, v any, prefix string) ([]byte, error) {
	return encoded(v, func(compact []byte) []byte { return indent(out, compact, prefix) })
}

// encoded passes JSON on to use, which must not keep it.
func encoded(v any, use func(compact []byte) []byte) ([]byte, error) {
	e := encoders.Get().(*encoder)
	e.compact.Reset()
	if err := e.json.Encode(v); err != nil {
		return nil, err // and this encoder is not used again
	}
	out := use(e.compact.Bytes())
	if e.compact.Cap() <= maxKept {
		encoders.Put(e)
	}
	return out, nil
}

// indent appends what json.Indent makes of compact JSON from json.Encoder.
// json.Indent looks at every byte with a state machine, which took more time
// than all else of a request; the strings of an answer are long, and are copied
// here as a whole.
func indent(out, compact []byte, prefix string) []byte {
	out = slices.Grow(out, len(compact)+len(compact)/4)
	level := 0
	line := func() {
		out = append(out, '\n')
		out = append(out, prefix...)
		for range level {
			out = append(out, "  "...)
		}
	}
	for i := 0; i < len(compact); i++ {
		switch c := compact[i]; c {
		case '"':
			end := i + 1
			for {
				end += bytes.IndexByte(compact[end:], '"')
				escapes := 0
				for compact[end-1-escapes] == '\\' {
					escapes++
				}
				if escapes%2 == 0 {
					break
				}
				end++
			}
			out = append(out, compact[i:end+1]...)
			i = end
		case '{', '[':
			out = append(out, c)
			if next := compact[i+1]; next == '}' || next == ']' {
				out = append(out, next)
				i++
				continue
			}
			level++
			line()
		case '}', ']':
			level--
			line()
			out = append(out, c)
		case ',':
			out = append(out, c)
			line()
		case ':':
			out = append(out, ": "...)
		default:
			out = append(out, c)
		}
	}
	return out
}
