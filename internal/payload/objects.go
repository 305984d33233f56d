package payload

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
)

// isObjects reports whether a body is several objects of Kubernetes, one after the
// other, as jq and kubectl get -w print them: on a line each, or on many. A log
// whose lines are JSON is none.
func isObjects(body []byte) bool {
	n, rest := objectsIn(body)
	return n > 1 && len(bytes.TrimSpace(rest)) == 0
}

// objectsIn returns how many objects of Kubernetes a text begins with, and what
// stands behind them.
func objectsIn(text []byte) (n int, rest []byte) {
	d := json.NewDecoder(bytes.NewReader(text))
	for {
		rest = text[d.InputOffset():]
		var raw json.RawMessage
		if d.Decode(&raw) != nil {
			return n, rest
		}
		if m := membersOf(raw); m == nil || kubernetesReader(m) == nil {
			return n, rest
		}
		n++
	}
}

// IsStream reports whether a text that begins with head is what [ReadStream]
// reads: a List of Kubernetes, several objects one after the other, or an array
// of objects. Of a text that begins so and goes on as another it reports false
// if that is in the head.
func IsStream(head []byte) bool {
	s := scannerOf(head)
	switch s.next() {
	case '[':
		s.pos++
		if s.next() != '{' {
			return false
		}
		raw, state := s.value()
		return state == tooLarge || state == whole && json.Valid(raw)
	case '{':
		return beginsList(head) || isObjectsHead(head)
	}
	return false
}

// isObjectsHead reports whether a text begins with objects of Kubernetes up to
// where it is cut off.
func isObjectsHead(head []byte) bool {
	n, rest := objectsIn(head)
	if rest = bytes.TrimSpace(rest); n == 0 || len(rest) == 0 {
		return n > 1
	}
	var cut json.RawMessage
	return errors.Is(json.NewDecoder(bytes.NewReader(rest)).Decode(&cut), io.ErrUnexpectedEOF)
}
