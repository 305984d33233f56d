package match

import (
	"strings"
	"unicode/utf8"
)

// A glyph is a character of a text, or what stands for one.
type glyph struct {
	r          rune
	start, end int // bytes of the text
}

// invisible stands for what leaves no trace in a text.
const invisible = rune(0)

// glyph returns what stands at byte pos, formatting as what it stands for, with
// the bytes that it takes: a line end as '\n', other white space of ASCII as ' '.
func (s *scan) glyph(pos int) (r rune, n int) {
	c := s.text[pos]
	n = 1
	what := signRune
	switch byteClass[c] {
	case classSpace:
		return ' ', 1
	case classMark:
		if n, r, what = unmark(s.text, pos); what == signNone {
			return rune(c), 1
		}
	case classUnicode:
		r, n = utf8.DecodeRuneInString(s.text[pos:])
	default:
		return rune(c), 1
	}
	switch what {
	case signNothing:
		return invisible, n
	case signSpace:
		return ' ', n
	case signLine, signBlank:
		return '\n', n
	}
	switch {
	case r == '\u00a0' || r == '\t':
		r = ' '
	case r == 0xad || r >= 0x200b && r <= 0x200f || r == 0x2060 || r == 0xfeff:
		r = invisible
	}
	return r, n
}

// read returns what stands in a span. It is valid until read is called again.
func (s *scan) read(v span) []glyph {
	s.spend(v.end - v.start)
	list := s.glyphs[:0]
	for pos := v.start; pos < v.end; {
		r, n := s.glyph(pos)
		if r != invisible {
			list = append(list, glyph{r, pos, pos + n})
		}
		pos += n
	}
	s.glyphs = list
	return list
}

// plain returns what a span of the text stands for.
func (s *scan) plain(v span) string {
	list := s.read(v)
	same := true
	at := v.start
	for i := range list {
		g := &list[i]
		same = same && g.start == at && g.end-g.start == utf8.RuneLen(g.r) && narrow(g.r) == g.r
		at = g.end
	}
	if same && at == v.end {
		return s.text[v.start:v.end]
	}
	var out strings.Builder
	for i := range list {
		out.WriteRune(narrow(list[i].r))
	}
	return out.String()
}

// trim takes the white space and punctuation around a value away: what opens or
// separates before it, what closes or ends after it.
func (s *scan) trim(v span, open string) span {
	list := s.read(v)
	var surplus [brackets]int // by kind: how many the value closes without having opened them
	counted := false
	count := func() {
		if counted {
			return
		}
		counted = true
		s.spend(v.end - v.start)
		for i := range list {
			switch kind, closing := bracket(list[i].r); {
			case closing:
				surplus[kind]++
			case kind >= 0:
				surplus[kind]--
			}
		}
	}
	for len(list) > 0 {
		kind, closing := bracket(list[0].r)
		if opening := kind >= 0 && !closing; opening {
			count()
			if surplus[kind] >= 0 && !standsBefore(list[0].r, open) {
				break
			}
			surplus[kind]++
		} else if !standsBefore(list[0].r, open) {
			break
		}
		list = list[1:]
	}
	for len(list) > 0 {
		last := list[len(list)-1].r
		if kind, closing := bracket(last); closing {
			count()
			if surplus[kind] <= 0 {
				break
			}
			surplus[kind]--
		} else if !standsAfter(last) || isPaired(list) {
			break
		}
		list = list[:len(list)-1]
	}
	if len(list) == 0 {
		return span{v.end, v.end}
	}
	return span{list[0].start, list[len(list)-1].end}
}

// isPaired reports whether a value ends with a quote that closes one inside it,
// with something between.
func isPaired(list []glyph) bool {
	last := list[len(list)-1].r
	if last != '"' && last != '\'' || len(list) > 1 && list[len(list)-2].r == last {
		return false
	}
	quotes := 0
	for i := range list {
		if list[i].r == last {
			quotes++
		}
	}
	return quotes%2 == 0
}
