package match

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxValue = 512          // bytes of a value
	maxRest  = 4 * maxValue // bytes of {name...} before a literal
)

type span struct{ start, end int }

// hole takes a word or number from byte pos on. It returns the value and where
// to go on; closed says that this is behind a closing quote or the delimiter.
// last says that nothing of the pattern comes after it.
func (s *scan) hole(it *TableItem, pos int, last bool) (value span, end int, closed, ok bool) {
	quote, quoting := rune(0), 0
	open := it.Open
	limit := s.upTo(pos, maxValue)
	begin, crossed := pos, false
opening:
	for pos < limit {
		r, n := s.glyph(pos)
		w := narrow(r)
		closing, isQuote := closingQuote(w)
		switch {
		case w == '\n':
			if crossed || quote != 0 || !s.goesOn(pos, n, last) {
				return span{}, 0, false, false
			}
			crossed = true
		case w == invisible || unicode.IsSpace(w):
		case open != "" && strings.HasPrefix(open, string(w)): // its own sign, once
			open = open[utf8.RuneLen(w):]
			if isQuote {
				quote, quoting = closing, s.quoting(pos, n)
			}
		case it.Delim != "" && strings.ContainsRune(it.Delim, w):
			return span{}, 0, false, false // nothing stands in the hole
		case quote != 0 && w == quote && s.isEmpty(pos+n, limit):
			return span{}, 0, false, false // nothing stands in the quotes
		case isQuote:
			if !s.isBlank(pos + n) { // else it closes what stands before
				quote, quoting = closing, s.quoting(pos, n)
			}
		case w != '\\' && w != ':' && w != '*' && w != '<' && !strings.ContainsRune(it.Open, w):
			break opening
		}
		pos += n
	}
	start := pos
	s.spend(start - begin)
	if quote != 0 {
		for i := start; i < limit; {
			r, n := s.glyph(i)
			w := narrow(r)
			if w == '\n' {
				break
			}
			delimited := it.Delim != "" && strings.ContainsRune(it.Delim, w)
			if delimited || w == quote && i > start && s.quoting(i, n) <= quoting {
				s.spend(i - start)
				value, ok := s.value(it, span{start, i})
				return value, i + n, true, ok
			}
			i += n
		}
		s.spend(limit - start)
	}
	cjk := false
	pos += addressLength(s.text[pos:limit])
	for pos < limit {
		r, n := s.glyph(pos)
		w := narrow(r)
		if pos == start {
			cjk = isCJK(w)
		}
		if w != invisible {
			if unicode.IsSpace(w) || w == '"' || w == '“' || w == '”' || isCJK(w) != cjk || isCJKPunct(r) {
				break
			}
			if it.Delim != "" && strings.ContainsRune(it.Delim, w) {
				s.spend(pos - start)
				value, ok := s.value(it, span{start, pos})
				return value, pos + n, true, ok
			}
		}
		pos += n
	}
	s.spend(pos - start)
	value, ok = s.value(it, span{start, pos})
	if crossed && last && s.text[pos-1] == ':' {
		return value, pos, false, false // the next field: “Reason: x”
	}
	return value, pos, false, ok
}

// addressLength returns how long the address of IPv6 in brackets is that a text
// begins with, 0 if it begins with none: its colons end no value.
func addressLength(text string) int {
	colons := 0
	for i := range len(text) {
		switch c := text[i] | 0x20; {
		case i == 0:
			if text[0] != '[' {
				return 0
			}
		case text[i] == ':':
			colons++
		case text[i] == ']' && colons > 1:
			return i + 1
		case c < '0' || c > '9' && c < 'a' || c > 'f':
			return 0
		}
	}
	return 0
}

// quoting returns how many backslashes the quote at byte pos has, of n bytes
// with its escape: those of a string within a string.
func (s *scan) quoting(pos, n int) int {
	if s.text[pos] != '\\' {
		return 0
	}
	return backslashes(s.text[pos:pos+max(1, strings.LastIndexByte(s.text[pos:pos+n], '\\')+1)], maxQuoting)
}

// isEmpty reports whether two quotes in a row, the second before byte pos, have
// nothing between them: else they are one quote that is doubled, as in CSV.
func (s *scan) isEmpty(pos, limit int) bool {
	if pos >= limit {
		return true
	}
	r, _ := s.glyph(pos)
	return unicode.IsSpace(r) || strings.ContainsRune(":,.;)]}", narrow(r))
}

// goesOn reports whether a value may begin on the line behind the line end that
// stands at pos, because the text was wrapped or folded there. If nothing of the
// pattern comes after the value, the line must be indented further.
func (s *scan) goesOn(pos, n int, last bool) bool {
	if s.text[pos] != '\n' { // an escaped one, which nothing wraps at
		return false
	}
	text := s.text
	indent := func(at int) int {
		n := 0
		for at+n < len(text) && n < maxValue && byteClass[text[at+n]] == classSpace {
			n++
		}
		s.spend(n)
		return n
	}
	next := indent(pos + n)
	if at := pos + n + next; at >= len(text) || text[at] == '\n' {
		return false // an empty line
	}
	if !last {
		return true
	}
	low := max(0, pos-maxValue)
	s.spend(pos - low)
	i := strings.LastIndexByte(text[low:pos], '\n')
	return (i >= 0 || low == 0) && next > indent(low+i+1)
}

// value trims what a hole took and checks it.
func (s *scan) value(it *TableItem, v span) (span, bool) {
	v = s.unwrap(s.trim(v, ""))
	if v.start >= v.end {
		return v, false
	}
	if itemKind(it.Kind) == itemNumber {
		n := uint64(0)
		for _, g := range s.read(v) {
			r := narrow(g.r)
			if r < '0' || r > '9' || n > 1<<31 {
				return v, false
			}
			n = n*10 + uint64(r-'0')
		}
		if n < uint64(it.A) || n > uint64(it.B) {
			return v, false
		}
	}
	return v, true
}

// unwrap takes the brackets off that stand around the whole of a word, as Go
// prints lists and structures of one: {web}, [desk/web-pdb].
func (s *scan) unwrap(v span) span {
	text := s.text[v.start:v.end]
	if len(text) < 3 {
		return v
	}
	switch text[:1] + text[len(text)-1:] {
	case "[]", "{}":
		if inner := text[1 : len(text)-1]; !strings.ContainsAny(inner, "[]{}") {
			return span{v.start + 1, v.end - 1}
		}
	}
	return v
}

// holeBefore takes the word that stands before token at.
func (s *scan) holeBefore(it *TableItem, at int) (span, bool) {
	if !s.tokens.hasBefore(at) || s.tokens.at(at).before >= gapLine {
		return span{}, false
	}
	end := int(s.tokens.at(at - 1).end)
	start := end
	low := max(0, end-maxValue)
	for start > low {
		r, n := utf8.DecodeLastRuneInString(s.text[low:start])
		if endsBefore(narrow(r)) || isCJKPunct(r) {
			break
		}
		start -= n
	}
	s.spend(end - start)
	v := span{start, end}
	for _, g := range s.read(v) { // what stands for white space or a quote
		if endsBefore(g.r) {
			v.start = g.end
		}
	}
	return s.value(it, s.trim(v, "([{<"))
}

// endsBefore reports whether r ends a word that is read from its end.
func endsBefore(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("\"'`“‘", r)
}

// restOfLine takes what stands between byte pos and the end of the line or of
// the string; if nothing does, what stands on the next line, indented further.
func (s *scan) restOfLine(it *TableItem, pos int) (value span, ok bool) {
	for range 2 {
		limit := s.upTo(pos, maxValue)
		end, n := pos, 0
		for end < limit {
			var r rune
			if r, n = s.glyph(end); r == '\n' {
				break
			}
			end += n
		}
		s.spend(end - pos)
		value = s.trim(span{pos, s.stringEnd(pos, min(end, limit))}, it.Open)
		if value.start < value.end {
			// The quote before it belongs to it if it closes that.
			if s.text[pos:value.start] != "" && s.text[value.start-1] == '"' && strings.Count(s.text[value.start:value.end], `"`)%2 == 1 {
				value.start--
			}
			return value, true
		}
		if end >= limit || !s.goesOn(end, n, true) {
			break
		}
		pos = end + n
	}
	return value, false
}

// upTo returns the byte that is n bytes behind pos, or the end of the text; at
// the boundary of a rune.
func (s *scan) upTo(pos, n int) int {
	end := pos + n
	if end >= len(s.text) {
		return len(s.text)
	}
	for end > pos && !utf8.RuneStart(s.text[end]) {
		end--
	}
	return end
}

// hasValue returns the first byte where a value that begins at byte pos may
// end: up to there, trim would leave nothing of it, or it stands in quotes.
func (s *scan) hasValue(pos int, open string) int {
	limit := s.upTo(pos, maxRest)
	begun := false
	for i := pos; i < limit; {
		r, n := s.glyph(i)
		if closing, isQuote := closingQuote(narrow(r)); isQuote && !begun {
			if end := s.quoteEnd(i, n, closing); end > 0 {
				s.spend(i - pos)
				return end
			}
		}
		begun = begun || r != invisible && !standsBefore(r, open)
		i += n
		if _, closing := bracket(r); begun && r != invisible && !closing && !standsAfter(r) {
			s.spend(i - pos)
			return i
		}
	}
	s.spend(limit - pos)
	return len(s.text) + 1
}

// quoteEnd returns where the quotation ends that the quote at byte pos begins, 0
// if it has no end in the line. No word follows a closing quote directly.
func (s *scan) quoteEnd(pos, n int, closing rune) int {
	limit := s.upTo(pos, maxValue)
	quoting := s.quoting(pos, n)
	begin := pos + n
	for i := begin; i < limit; {
		r, n := s.glyph(i)
		if r == '\n' {
			break
		}
		if narrow(r) == closing && i > begin && s.quoting(i, n) <= quoting && s.isEnd(i+n) {
			s.spend(i - pos)
			return i + n
		}
		i += n
	}
	s.spend(limit - pos)
	return 0
}

// isBlank reports whether white space or the end of the text is at byte pos.
func (s *scan) isBlank(pos int) bool {
	if pos >= len(s.text) {
		return true
	}
	r, _ := s.glyph(pos)
	return unicode.IsSpace(r)
}

// isEnd reports whether no word begins at byte pos.
func (s *scan) isEnd(pos int) bool {
	if pos >= len(s.text) {
		return true
	}
	r, _ := s.glyph(pos)
	return r != invisible && kindOf(r) == kindOther
}

// standsBefore reports whether r is no part of a value that it would begin.
func standsBefore(r rune, open string) bool {
	w := narrow(r)
	return unicode.IsSpace(w) || isCJKPunct(r) || strings.ContainsRune(":,;\"'`\\=*<“‘", w) || strings.ContainsRune(open, w)
}

// standsAfter reports whether r is no part of a value that it would end.
func standsAfter(r rune) bool {
	w := narrow(r)
	return unicode.IsSpace(w) || isCJKPunct(r) || strings.ContainsRune(".,:;!?\"'`\\*”’", w)
}

const brackets = 4 // kinds of them

// bracket returns the kind of a bracket, -1 if r is none. Full-width round ones
// are punctuation: see isCJKPunct.
func bracket(r rune) (kind int, closing bool) {
	switch r {
	case '(', ')':
		return 0, r == ')'
	case '[', ']', '［', '］':
		return 1, narrow(r) == ']'
	case '{', '}', '｛', '｝':
		return 2, narrow(r) == '}'
	case '<', '>':
		return 3, r == '>'
	}
	return -1, false
}

// narrow returns the ASCII form of a full-width rune.
func narrow(r rune) rune {
	if r >= 0xff01 && r <= 0xff5e {
		return r - 0xff01 + '!'
	}
	return r
}

// closingQuote returns the quote that closes r.
func closingQuote(r rune) (closing rune, ok bool) {
	switch r {
	case '"', '\'', '`':
		return r, true
	case '“':
		return '”', true
	case '‘':
		return '’', true
	case '「':
		return '」', true
	case '『':
		return '』', true
	}
	return 0, false
}

// isCJKPunct reports whether r is a sign of Chinese or Japanese writing, which
// ends a value even without a space.
func isCJKPunct(r rune) bool {
	return r >= 0x3000 && r <= 0x303f && r != '々' && r != '〇' ||
		strings.ContainsRune("，；！？（）・", r)
}
