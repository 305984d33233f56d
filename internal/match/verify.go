package match

import (
	"strings"
	"unicode/utf8"
)

const (
	reach   = 256  // tokens that are looked through, before the anchor and in {name...}
	maxBack = 4096 // bytes before the anchor that are looked at
)

// verify compares a whole pattern with the text, given that its anchor ends at
// token last, and notes it as found. It reports whether it matched. The text
// may have taken so much work as is allowed when it ends, or little more.
func (s *scan) verify(number uint32, last, allowed int) bool {
	p := &s.tables.Patterns[number]
	s.number, s.pattern, s.sweep = number, p, nil
	s.anchorAt = last + 1 - len(s.tables.anchor(p))
	s.limit = min(allowed, s.work+workPerAttempt)
	found := s.search()
	if s.out() && s.sweep != nil {
		s.sweep.round = 0 // what failed may only have been given up
	}
	return found
}

// search finds the literal that the comparison starts from, the first of the
// pattern: the closest one before the anchor from where all fits.
func (s *scan) search() bool {
	p := s.pattern
	first := p.Start
	if s.tables.Items[first].Kind != uint8(itemWords) {
		first++
	}
	if first == p.Anchor {
		return s.from(first, s.anchorAt)
	}
	word := s.tables.Literals[s.tables.Items[first].A]
	low := s.anchorAt - reach
	farthest := int(s.tokens.at(s.anchorAt).start) - maxBack
	absent := &s.known().absent
	known := *absent
	met := false
	at := s.anchorAt - 1
	for ; at >= low && s.tokens.hasBefore(at+1) && int(s.tokens.at(at).start) >= farthest; at-- {
		if !s.spend(1) {
			return false
		}
		switch {
		case known.contains(at):
			at = max(low, known.first)
		case s.tokens.at(at).word == word:
			if !met {
				met = true
				absent.add(at+1, s.anchorAt)
			}
			if s.from(first, at) {
				return true
			}
		}
		if s.tokens.at(at).before == gapBlank {
			at--
			break
		}
	}
	if !met {
		absent.add(at+1, s.anchorAt)
	}
	return false
}

// from compares the pattern, its first literal being item first, at token at.
func (s *scan) from(first uint32, at int) bool {
	p := s.pattern
	start := int(s.tokens.at(at).start)
	if !s.items(first, at, start) {
		return false
	}
	if first > p.Start { // a hole before it
		value, ok := s.holeBefore(&s.tables.Items[p.Start], at)
		if !ok {
			return false
		}
		s.values[0] = value
		start = value.start
	}
	if first == p.Start && (first+1 == p.End || s.tables.Items[first+1].Kind == uint8(itemRest)) {
		item := &s.tables.Items[first]
		words := item.B - item.A
		if s.partOfName(start, int(s.tokens.at(at+int(words)-1).end), words) {
			return false
		}
	}
	s.keep(Hit{Pattern: int(s.number), Start: start, End: s.end, Parameters: s.parameters()})
	return true
}

// items compares the items of the pattern from number item on with the text:
// at is the next token, pos the byte that everything before ends at. On success
// s.end is the end of the evidence.
func (s *scan) items(item uint32, at, pos int) bool {
	if !s.spend(1) {
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
		if item == s.pattern.Anchor && at != s.anchorAt || item < s.pattern.Anchor && at >= s.anchorAt {
			return false
		}
		for i, word := range s.tables.Literals[it.A:it.B] {
			s.spend(1)
			if !s.tokens.has(at + i) {
				return false
			}
			token := s.tokens.at(at + i)
			if token.word != word || i > 0 && token.before == gapBlank {
				return false
			}
			pos = int(token.end)
		}
		return s.items(item+1, at+int(it.B-it.A), pos)

	case itemWord, itemNumber:
		value, end, closed, ok := s.hole(it, pos, item+1 == s.pattern.End)
		if !ok {
			return false
		}
		next := at
		for s.tokens.has(next) && int(s.tokens.at(next).start) < end {
			next++
		}
		s.spend(next - at)
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
		for split := at + 1; split < next && s.spend(1); split++ {
			token := s.tokens.at(split)
			if token.word != word {
				continue
			}
			start := int(token.start)
			before, _ := utf8.DecodeLastRuneInString(s.text[:start])
			if !strings.ContainsRune(it.Soft, narrow(before)) || !s.items(item+1, split, start) {
				continue
			}
			if value, ok := s.value(it, span{value.start, start}); ok {
				*hole = value
				return true
			}
		}
		return false

	default: // itemRest
		if item+1 < s.pattern.End {
			return s.rest(item, at, pos)
		}
		value, ok := s.restOfLine(it, pos)
		*hole = value
		return ok && s.items(item+1, at, value.end)
	}
}

// rest lets {name...} take what stands between byte pos, where token at comes
// next, and the next literal: the first place in the line where that stands and
// all after it fits.
func (s *scan) rest(item uint32, at, pos int) bool {
	hole := &s.tables.Items[item]
	word := s.tables.Literals[s.tables.Items[item+1].A]
	last := at + reach - 1
	if item < s.pattern.Anchor {
		last = min(last, s.anchorAt)
	}
	begin := s.hasValue(pos, hole.Open)
	failed := &s.known().failed[item+1-s.pattern.Start]
	first := -1 // token at which the next item was looked for first
	next := at + 1
	for ; next <= last && s.tokens.has(next); next++ {
		if !s.spend(1) {
			return false
		}
		token := s.tokens.at(next)
		start := int(token.start)
		if max(s.tokens.at(next-1).before, token.before) >= gapLine || start > pos+maxRest {
			break
		}
		if start < begin {
			continue
		}
		if first < 0 {
			first = next
		}
		if failed.contains(next) {
			next = failed.last - 1
			continue
		}
		if token.word == word && s.items(item+1, next, start) {
			s.values[item-s.pattern.Start] = s.trim(span{pos, start}, hole.Open)
			return true
		}
	}
	if first >= 0 {
		failed.add(first, next)
	}
	return false
}

// parameters returns what the holes took in the attempt that succeeded.
func (s *scan) parameters() []Parameter {
	var list []Parameter
	for i, item := range s.tables.Items[s.pattern.Start:s.pattern.End] {
		if itemKind(item.Kind) != itemWords {
			v := s.values[i]
			list = append(list, Parameter{item.Name, s.plain(v)})
		}
	}
	return list
}
