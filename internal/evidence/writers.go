package evidence

import (
	"strings"

	"github.com/reasonbook/reasonbook/internal/reading"
)

// relateWriters: of several programs whose lines stand in one log, one that
// another needs, by its name, fails first.
func (c *inquiry) relateWriters(list []*hit) {
	for _, b := range list {
		for _, a := range list {
			if a.by < 0 && b.by < 0 && !a.state && !b.state && a.record.Block != b.record.Block &&
				b.record.Source == reading.Log && c.isAbout(b, c.doc.Writers[a.record.Block]) {
				c.explain(b, a, "the program that it needs failed: ")
			}
		}
	}
}

// aboutReach is how much of a message is looked at for the name of a program, in bytes.
const aboutReach = 64 << 10

// isAbout reports whether the record of a hit names a program.
func (c *inquiry) isAbout(h *hit, name string) bool {
	text := c.doc.Text[h.record.Start:min(h.record.End, h.record.Start+aboutReach)]
	for at := 0; name != ""; {
		i := strings.Index(text[at:], name)
		if i < 0 {
			return false
		}
		start := at + i
		at = start + len(name)
		if !(start > 0 && isWordByte(text[start-1])) && !(at < len(text) && isWordByte(text[at])) {
			return true
		}
	}
	return false
}
