package match

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxItems = 32  // literals and holes of a pattern
	reach    = 256 // tokens that are looked through, before the anchor and in {name...}
	maxValue = 512 // bytes of a value
	maxSteps = 4096
)

type span struct{ start, end int }

// verify compares a whole pattern with the text, given that its anchor ends at
// token last, and notes it as found. It reports whether it matched.
func (s *scan) verify(number uint32, last int) bool {
	tables := s.tables
	p := &tables.Patterns[number]
	if p.Status && s.log {
		return false
	}
	s.pattern = p
	s.anchorAt = last + 1 - len(tables.anchor(p))
	s.steps = maxSteps

	// The literal that the comparison starts from: the first of the pattern.
	first := p.Start
	if tables.Items[first].Kind != uint8(itemWords) {
		first++
	}
	if first == p.Anchor {
		return s.from(number, first, s.anchorAt)
	}
	word := tables.Literals[tables.Items[first].A]
	for at := s.anchorAt - 1; at >= max(0, s.anchorAt-reach); at-- {
		if s.tokens[at].word == word && s.from(number, first, at) {
			return true
		}
		if s.tokens[at].before == gapBlank {
			break
		}
	}
	return false
}

// from compares the pattern, its first literal being item first, at token at.
func (s *scan) from(number, first uint32, at int) bool {
	p := s.pattern
	start := int(s.tokens[at].start)
	if first > p.Start { // a hole before it
		value, ok := s.holeBefore(&s.tables.Items[p.Start], at)
		if !ok {
			return false
		}
		s.values[0] = value
		start = value.start
	}
	if !s.items(first, at, int(s.tokens[at].start)) {
		return false
	}
	if first == p.Start && (first+1 == p.End || s.tables.Items[first+1].Kind == uint8(itemRest)) {
		item := &s.tables.Items[first]
		words := item.B - item.A
		if s.partOfName(start, int(s.tokens[at+int(words)-1].end), words) {
			return false
		}
	}
	if !s.all && (p.Status && !s.statusPosition(at, start, s.end, p.Words) || s.denied(at, start, s.end)) {
		return false
	}
	s.found = append(s.found, found{pattern: number, text: s.number, start: start, end: s.end, parameters: s.parameters()})
	return true
}

// items compares the items of the pattern from number item on with the text:
// at is the next token, pos the byte that everything before ends at. On success
// s.end is the end of the evidence.
func (s *scan) items(item uint32, at, pos int) bool {
	if s.steps--; s.steps < 0 {
		return false
	}
	if item == s.pattern.End {
		s.end = pos
		return true
	}
	it := &s.tables.Items[item]
	hole := &s.values[item-s.pattern.Start]
	switch itemKind(it.Kind) {
	case itemWords:
		words := s.tables.Literals[it.A:it.B]
		if item == s.pattern.Anchor && at != s.anchorAt || at+len(words) > len(s.tokens) {
			return false
		}
		for i, word := range words {
			token := &s.tokens[at+i]
			if token.word != word || i > 0 && token.before == gapBlank {
				return false
			}
		}
		at += len(words)
		return s.items(item+1, at, int(s.tokens[at-1].end))

	case itemWord, itemNumber:
		value, end, closed, ok := s.hole(it, pos)
		if !ok {
			return false
		}
		next := at
		for next < len(s.tokens) && int(s.tokens[next].start) < end {
			next++
		}
		*hole = value
		if item+1 == s.pattern.End && !closed {
			end = value.end // the punctuation after it is no evidence
		}
		if s.items(item+1, next, end) {
			return true
		}
		if it.Soft == "" || item+1 == s.pattern.End || s.tables.Items[item+1].Kind != uint8(itemWords) {
			return false
		}
		// The next literal may follow without a space.
		word := s.tables.Literals[s.tables.Items[item+1].A]
		for split := at + 1; split < next; split++ {
			start := int(s.tokens[split].start)
			before, _ := utf8.DecodeLastRuneInString(s.text[:start])
			if s.tokens[split].word != word || !strings.ContainsRune(it.Soft, narrow(before)) {
				continue
			}
			if value, ok := s.value(it, span{value.start, start}); ok && s.items(item+1, split, start) {
				*hole = value
				return true
			}
		}
		return false

	default: // itemRest
		if item+1 == s.pattern.End {
			end := s.stringEnd(pos, s.lineEnd(pos, maxValue))
			for i := at; i < len(s.tokens) && int(s.tokens[i].start) < end; i++ {
				if s.tokens[i].before >= gapLine { // an escaped line break
					end = min(end, int(s.tokens[i-1].end))
				}
			}
			value := trim(s.text, span{pos, end}, it.Open)
			if value.start >= value.end {
				return false
			}
			*hole = value
			return s.items(item+1, len(s.tokens), value.end)
		}
		for next := at + 1; next < min(len(s.tokens), at+reach) && max(s.tokens[next-1].before, s.tokens[next].before) < gapLine; next++ {
			value := trim(s.text, span{pos, int(s.tokens[next].start)}, it.Open)
			if value.start >= value.end {
				continue
			}
			if s.tokens[next].word == s.tables.Literals[s.tables.Items[item+1].A] && s.items(item+1, next, int(s.tokens[next].start)) {
				*hole = value
				return true
			}
		}
		return false
	}
}

// stringEnd returns where the string of JSON or of a structured log that byte
// pos stands in ends, or end if it stands in none. A string within a string has
// backslashes before its quotes, as many at its end as at its beginning.
func (s *scan) stringEnd(pos, end int) int {
	text := s.text
	var closer [4]bool // whether a quote with so many backslashes stands between
	for i := pos - 1; i >= max(0, pos-maxValue) && text[i] != '\n'; i-- {
		if text[i] != '"' {
			continue
		}
		depth := backslashes(text[:i])
		if depth >= len(closer) || closer[depth] {
			continue
		}
		closer[depth] = true
		before := strings.TrimRight(text[:i-depth], " ")
		if before == "" || strings.IndexByte(":=[{,(", before[len(before)-1]) < 0 {
			continue
		}
		for j := pos; j < end; j++ {
			if text[j] == '"' && backslashes(text[:j]) == depth {
				return j - depth
			}
		}
	}
	return end
}

// backslashes returns how many backslashes a text ends with.
func backslashes(text string) int { return len(text) - len(strings.TrimRight(text, `\`)) }

// hole takes a word or number from byte pos on. It returns the value and where
// to go on; closed says that this is behind a closing quote or the delimiter.
func (s *scan) hole(it *TableItem, pos int) (value span, end int, closed, ok bool) {
	text := s.text
	quote := rune(0)
	escaped := false
	limit := s.lineEnd(pos, maxValue)
	for pos < limit {
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
	if quote != 0 {
		if i := strings.IndexRune(text[start:limit], quote); i > 0 {
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
			value, ok := s.value(it, span{start, pos})
			return value, pos + n, true, ok
		}
		if w == '\\' && pos+1 < limit && strings.IndexByte(`nrt"`, text[pos+1]) >= 0 {
			break
		}
		pos += n
	}
	value, ok = s.value(it, span{start, pos})
	return value, pos, false, ok
}

// value trims what a hole took and checks it.
func (s *scan) value(it *TableItem, v span) (span, bool) {
	v = trim(s.text, v, "")
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
	if at == 0 || s.tokens[at].before >= gapLine {
		return span{}, false
	}
	end := int(s.tokens[at-1].end)
	start := end
	low := max(0, end-maxValue)
	for start > low {
		r, n := utf8.DecodeLastRuneInString(s.text[low:start])
		if w := narrow(r); unicode.IsSpace(w) || w == '"' || w == '\'' || w == '`' || isCJKPunct(r) {
			break
		}
		start -= n
	}
	return s.value(it, trim(s.text, span{start, end}, "([{<"))
}

// lineEnd returns the end of the line that byte pos stands in, at most limit
// bytes on, at the boundary of a rune.
func (s *scan) lineEnd(pos, limit int) int {
	end := min(len(s.text), pos+limit)
	if i := strings.IndexByte(s.text[pos:end], '\n'); i >= 0 {
		return pos + i
	}
	for end < len(s.text) && end > pos && !utf8.RuneStart(s.text[end]) {
		end--
	}
	return end
}

// parameters returns what the holes took in the attempt that succeeded.
func (s *scan) parameters() []Parameter {
	var list []Parameter
	for i, item := range s.tables.Items[s.pattern.Start:s.pattern.End] {
		if itemKind(item.Kind) != itemWords {
			v := s.values[i]
			list = append(list, Parameter{item.Name, strings.Map(narrow, s.text[v.start:v.end])})
		}
	}
	return list
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

// trim takes the white space and punctuation around a value away: what opens or
// separates before it, what closes or ends after it.
func trim(text string, v span, open string) span {
	for v.start < v.end {
		r, n := utf8.DecodeRuneInString(text[v.start:v.end])
		if w := narrow(r); !unicode.IsSpace(w) && !isCJKPunct(r) && !strings.ContainsRune(":,;\"'`\\=", w) && !strings.ContainsRune(open, w) {
			break
		}
		v.start += n
	}
	for v.start < v.end {
		r, n := utf8.DecodeLastRuneInString(text[v.start:v.end])
		w := narrow(r)
		switch {
		case unicode.IsSpace(w), isCJKPunct(r), strings.ContainsRune(".,:;!?\"'`\\", w):
		case w == ')' && unbalanced(text[v.start:v.end], '(', ')'),
			w == ']' && unbalanced(text[v.start:v.end], '[', ']'),
			w == '}' && unbalanced(text[v.start:v.end], '{', '}'):
		default:
			return v
		}
		v.end -= n
	}
	return v
}

// unbalanced reports whether s closes more brackets than it opens.
func unbalanced(s string, open, closing byte) bool {
	return strings.Count(s, string(closing)) > strings.Count(s, string(open))
}
