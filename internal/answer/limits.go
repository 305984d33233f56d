package answer

import (
	"strings"
	"unicode/utf8"
)

// MaxAnswer is the largest answer, in bytes, and also the largest with its
// quotes and control characters escaped: Lambda and SCF take 6 MB, and put the
// body of an HTTP answer into a string of JSON.
const MaxAnswer = 5_500_000

const (
	// maxFrame is kept free for what stands around the diagnoses: the head of a
	// page, the form with what was pasted, the list of errors.
	maxFrame = 250_000
	// maxPasted is how much of a pasted text a page repeats in its form, in
	// bytes. Part of a text would be another question, so longer ones are left out.
	maxPasted = 8 << 10
	// maxName is the longest name of a subject, in bytes; Kubernetes' end at 253.
	maxName = 256
	// maxMatches is how many matches of one diagnosis are shown.
	maxMatches = 50
	// usualAnswer is the room that an answer gets at once, in bytes: that of one
	// entry with its head.
	usualAnswer = 8 << 10
	// maxAgain is for how many further subjects people are shown steps again.
	maxAgain = 20
)

// The longest parameter or evidence, in bytes, in an answer that fits as a
// whole and in one that does not.
const (
	longValue  = 2000
	shortValue = 256
)

// ellipsis is the end of a value that was cut. It is safe in no shell, so a
// name that was cut is not filled into a command.
const ellipsis = "…"

// cut returns the first n bytes of s, or a little less so as not to divide a
// character, with an ellipsis; or s itself if it is no longer.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	// A copy, lest a few bytes keep a whole payload.
	return strings.Clone(s[:n]) + ellipsis
}

// An output collects an answer.
type output struct {
	buf []byte
	// cost is the size of what has been settled, inside a string of JSON.
	cost    int
	settled int // bytes of buf
}

func (o *output) Write(p []byte) (int, error) {
	o.buf = append(o.buf, p...)
	return len(p), nil
}

func (o *output) add(parts ...string) {
	for _, s := range parts {
		o.buf = append(o.buf, s...)
	}
}

// pending returns the cost of what was written since the last settle.
func (o *output) pending() int { return escapedSize(o.buf[o.settled:]) }

// settle keeps what was written, at its cost.
func (o *output) settle(cost int) { o.cost, o.settled = o.cost+cost, len(o.buf) }

// undo drops what was written since the last settle.
func (o *output) undo() { o.buf = o.buf[:o.settled] }

// maxEscape is the longest escape of a byte in a string of JSON.
const maxEscape = len(`\u0000`)

// escapedSize returns the size of UTF-8 text inside a string of JSON, in bytes.
func escapedSize(p []byte) int {
	size := len(p)
	for i, c := range p {
		switch {
		case c == '"' || c == '\\' || c == '\n' || c == '\t' || c == '\r' || c == '\b' || c == '\f':
			size++
		case c < 0x20:
			size += maxEscape - 1
		case c == 0xe2 && i+2 < len(p) && p[i+1] == 0x80 && p[i+2]&^1 == 0xa8: // U+2028, U+2029
			size += len(`\u2028`) - 3
		}
	}
	return size
}
