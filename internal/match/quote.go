package match

import "strings"

// quoteEntities are how HTML writes a quote in a text.
var quoteEntities = []string{"&quot;", "&#34;"}

// stringEnd returns where the string of JSON, of YAML, of Python or of a
// structured log that byte pos stands in ends, or end if it stands in none. A
// string within a string has backslashes before its quotes, as many at its end
// as at its beginning.
func (s *scan) stringEnd(pos, end int) int {
	text := s.text
	var closer [4]bool // whether a quote with so many backslashes stands between
	var single, entity, curly bool
	low := max(0, pos-maxValue)
	for i := pos - 1; i >= low && text[i] != '\n'; i-- {
		s.spend(1)
		switch text[i] {
		case '"':
			depth := backslashes(text[:i], len(closer))
			if depth >= len(closer) || closer[depth] {
				continue
			}
			closer[depth] = true
			if !s.opens(i - depth) {
				continue
			}
			s.spend(end - pos)
			for j := pos; j < end; j++ {
				if text[j] == '"' && backslashes(text[:j], depth+1) == depth {
					return j - depth
				}
			}
		case '\'':
			if single || !s.opens(i) && !isListItem(text[low:i]) {
				continue
			}
			single = true
			s.spend(end - pos)
			for j := pos; j < end; j++ {
				if text[j] != '\'' {
					continue
				}
				if j+1 < end && text[j+1] == '\'' { // one that is doubled
					j++
				} else if closesSingle(text[j+1 : end]) {
					return j
				}
			}
		case ';':
			quote := ""
			for _, q := range quoteEntities {
				if strings.HasSuffix(text[low:i+1], q) {
					quote = q
				}
			}
			if entity || quote == "" {
				continue
			}
			entity = true
			if !s.opens(i + 1 - len(quote)) {
				continue
			}
			s.spend(end - pos)
			if n := strings.Index(text[pos:end], quote); n >= 0 {
				return pos + n
			}
		case "”"[2]:
			curly = curly || strings.HasSuffix(text[low:i+1], "”")
		case "“"[2]:
			if curly || !strings.HasSuffix(text[low:i+1], "“") {
				continue
			}
			curly = true
			s.spend(end - pos)
			if n := strings.Index(text[pos:end], "”"); n >= 0 {
				return pos + n
			}
		}
	}
	return end
}

// opens reports whether the quote at text[i:] begins a string: an equals sign, a
// colon, a comma or a bracket stands before it.
func (s *scan) opens(i int) bool {
	before := s.text[max(0, i-maxValue):i]
	s.spend(len(before))
	before = strings.TrimRight(before, " ")
	return before != "" && strings.IndexByte(":=[{,(", before[len(before)-1]) >= 0
}

// isListItem reports whether s, the text before a quote, is the beginning of an
// item of a list of YAML.
func isListItem(s string) bool {
	s = strings.TrimLeft(s[strings.LastIndexByte(s, '\n')+1:], " ")
	return s != "" && strings.Trim(s, "- ") == ""
}

// closesSingle reports whether a single quote that rest follows in its line ends
// a string and is no apostrophe.
func closesSingle(rest string) bool {
	trimmed := strings.TrimLeft(rest, " ")
	return trimmed == "" || strings.IndexByte(",]})", rest[0]) >= 0 || trimmed[0] == '#' && len(trimmed) < len(rest)
}

// backslashes returns how many backslashes a text ends with, at most limit.
func backslashes(text string, limit int) int {
	n := 0
	for n < limit && n < len(text) && text[len(text)-1-n] == '\\' {
		n++
	}
	return n
}
