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
func (s *scan) hole(it *TableItem, pos int) (value span, end int, closed, ok bool) {
	text := s.text
	quote := rune(0)
	escaped := false
	limit := s.upTo(pos, maxValue)
	begin := pos
	for pos < limit && text[pos] != '\n' {
		r, n := utf8.DecodeRuneInString(text[pos:])
		w := narrow(r)
		if strings.ContainsRune(it.Delim, w) && it.Delim != "" {
			return span{}, 0, false, false // nothing stands in the hole
		}
		if closing, isQuote := closingQuote(w); isQuote {
			quote = closing
		} else if w == '\\' {
			escaped = true
		} else if !unicode.IsSpace(w) && w != ':' && !strings.ContainsRune(it.Open, w) {
			break
		}
		pos += n
	}
	start := pos
	s.spend(start - begin)
	if quote != 0 {
		line, _, _ := strings.Cut(text[start:limit], "\n")
		i := strings.IndexRune(line, quote)
		s.spend(len(line))
		if i > 0 {
			inside := span{start, start + i}
			for escaped && inside.end > start && text[inside.end-1] == '\\' {
				inside.end--
			}
			value, ok := s.value(it, inside)
			return value, start + i + utf8.RuneLen(quote), true, ok
		}
	}
	cjk := false
	for pos < limit {
		r, n := utf8.DecodeRuneInString(text[pos:])
		w := narrow(r)
		if pos == start {
			cjk = isCJK(w)
		}
		if unicode.IsSpace(w) || w == '"' || isCJK(w) != cjk || isCJKPunct(r) {
			break
		}
		if it.Delim != "" && strings.ContainsRune(it.Delim, w) {
			s.spend(pos - start)
			value, ok := s.value(it, span{start, pos})
			return value, pos + n, true, ok
		}
		if w == '\\' && pos+1 < limit && strings.IndexByte(`nrt"`, text[pos+1]) >= 0 {
			break
		}
		pos += n
	}
	s.spend(pos - start)
	value, ok = s.value(it, span{start, pos})
	return value, pos, false, ok
}

// value trims what a hole took and checks it.
func (s *scan) value(it *TableItem, v span) (span, bool) {
	v = s.trim(v, "")
	if v.start >= v.end {
		return v, false
	}
	if itemKind(it.Kind) == itemNumber {
		n := uint64(0)
		for _, r := range s.text[v.start:v.end] {
			r = narrow(r)
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

// holeBefore takes the word that stands before token at.
func (s *scan) holeBefore(it *TableItem, at int) (span, bool) {
	if at == 0 || s.tokens.at(at).before >= gapLine {
		return span{}, false
	}
	end := int(s.tokens.at(at - 1).end)
	start := end
	low := max(0, end-maxValue)
	for start > low {
		r, n := utf8.DecodeLastRuneInString(s.text[low:start])
		if w := narrow(r); unicode.IsSpace(w) || w == '"' || w == '\'' || w == '`' || isCJKPunct(r) {
			break
		}
		start -= n
	}
	s.spend(end - start)
	return s.value(it, s.trim(span{start, end}, "([{<"))
}

// restOfLine takes what stands between byte pos, where token at comes next,
// and the end of the line or of the string.
func (s *scan) restOfLine(it *TableItem, at, pos int) (value span, ok bool) {
	end := s.stringEnd(pos, s.lineEnd(pos))
	for i := at; s.tokens.has(i) && int(s.tokens.at(i).start) < end; i++ {
		s.spend(1)
		if s.tokens.at(i).before >= gapLine { // an escaped line break
			end = min(end, int(s.tokens.at(i-1).end))
		}
	}
	value = s.trim(span{pos, end}, it.Open)
	return value, value.start < value.end
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

// lineEnd returns the end of the line that byte pos stands in, at most maxValue
// bytes on.
func (s *scan) lineEnd(pos int) int {
	line, _, _ := strings.Cut(s.text[pos:s.upTo(pos, maxValue)], "\n")
	s.spend(len(line))
	return pos + len(line)
}

// stringEnd returns where the string of JSON or of a structured log that byte
// pos stands in ends, or end if it stands in none. A string within a string has
// backslashes before its quotes, as many at its end as at its beginning.
func (s *scan) stringEnd(pos, end int) int {
	text := s.text
	var closer [4]bool // whether a quote with so many backslashes stands between
	low := max(0, pos-maxValue)
	for i := pos - 1; i >= low && text[i] != '\n'; i-- {
		s.spend(1)
		if text[i] != '"' {
			continue
		}
		depth := backslashes(text[:i], len(closer))
		if depth >= len(closer) || closer[depth] {
			continue
		}
		closer[depth] = true
		before := text[max(0, i-depth-maxValue) : i-depth]
		s.spend(len(before))
		before = strings.TrimRight(before, " ")
		if before == "" || strings.IndexByte(":=[{,(", before[len(before)-1]) < 0 {
			continue
		}
		s.spend(end - pos)
		for j := pos; j < end; j++ {
			if text[j] == '"' && backslashes(text[:j], depth+1) == depth {
				return j - depth
			}
		}
	}
	return end
}

// backslashes returns how many backslashes a text ends with, at most limit.
func backslashes(text string, limit int) int {
	n := 0
	for n < limit && n < len(text) && text[len(text)-1-n] == '\\' {
		n++
	}
	return n
}

// trim takes the white space and punctuation around a value away: what opens or
// separates before it, what closes or ends after it.
func (s *scan) trim(v span, open string) span {
	s.spend(v.end - v.start)
	text := s.text
	for v.start < v.end {
		r, n := utf8.DecodeRuneInString(text[v.start:v.end])
		if !standsBefore(r, open) {
			break
		}
		v.start += n
	}
	var surplus [brackets]int // by kind: how many the value closes without having opened them
	counted := false
	for v.start < v.end {
		r, n := utf8.DecodeLastRuneInString(text[v.start:v.end])
		if kind, closing := bracket(r); closing {
			if !counted {
				counted = true
				s.spend(v.end - v.start)
				for _, r := range text[v.start:v.end] {
					switch kind, closing := bracket(r); {
					case closing:
						surplus[kind]++
					case kind >= 0:
						surplus[kind]--
					}
				}
			}
			if surplus[kind] <= 0 {
				return v
			}
			surplus[kind]--
		} else if !standsAfter(r) {
			return v
		}
		v.end -= n
	}
	return v
}

// hasValue returns the first byte where a value that begins at byte pos may
// end: up to there, trim would leave nothing of it.
func (s *scan) hasValue(pos int, open string) int {
	limit := s.upTo(pos, maxRest)
	begun := false
	for i := pos; i < limit; {
		r, n := utf8.DecodeRuneInString(s.text[i:limit])
		begun = begun || !standsBefore(r, open)
		i += n
		if _, closing := bracket(r); begun && !closing && !standsAfter(r) {
			s.spend(i - pos)
			return i
		}
	}
	s.spend(limit - pos)
	return len(s.text) + 1
}

// standsBefore reports whether r is no part of a value that it would begin.
func standsBefore(r rune, open string) bool {
	w := narrow(r)
	return unicode.IsSpace(w) || isCJKPunct(r) || strings.ContainsRune(":,;\"'`\\=", w) || strings.ContainsRune(open, w)
}

// standsAfter reports whether r is no part of a value that it would end.
func standsAfter(r rune) bool {
	w := narrow(r)
	return unicode.IsSpace(w) || isCJKPunct(r) || strings.ContainsRune(".,:;!?\"'`\\", w)
}

const brackets = 3 // kinds of them

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
