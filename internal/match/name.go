package match

import (
	"strings"
	"unicode/utf8"
)

// partOfName reports whether text[start:end] belongs to a name or to a URL
// (crashloopbackoff-demo, readiness-probe-failed, https://example.com/error),
// where it says nothing about the instance. words are those of the pattern: the
// end of a sentence ties only a single one to what comes next.
func (s *scan) partOfName(start, end int, words uint32) bool {
	text := s.text
	s.spend(end - start)
	ties := "-@"
	if words == 1 {
		ties = "-@."
	}
	if start > 1 && strings.IndexByte(ties, text[start-1]) >= 0 && byteClass[text[start-2]] == classWord && !s.thrown(start, end) {
		return true
	}
	for end < len(text) && isDigit(text[end]) { // CrashLoopBackOff3
		s.spend(1)
		end++
	}
	if end+1 < len(text) && strings.IndexByte(ties, text[end]) >= 0 && byteClass[text[end+1]] == classWord &&
		(text[end] != '.' || !beginsSentence(text[end+1:]) || !isUpper(text[start])) {
		return true
	}
	if words > 1 && !s.pattern.Dotted && isDotted(text[start:end]) {
		return true // as in readiness-probe-failed
	}
	if start > 0 && strings.IndexByte("/#=?&", text[start-1]) >= 0 {
		run := text[max(0, start-maxValue):start]
		s.spend(len(run))
		if i := strings.LastIndexAny(run, " \t\n\"'<>"); i >= 0 {
			run = run[i+1:]
		}
		return strings.Contains(run, "://")
	}
	return false
}

// thrown reports whether text[start:end] is the class of an exception behind the
// names of its packages, as a program prints it: “vault.errors.SealedError: …”,
// perhaps with formatting around it.
func (s *scan) thrown(start, end int) bool {
	name, rest := s.text[start:end], s.text[end:]
	if s.text[start-1] != '.' || !isUpper(name[0]) || !strings.HasSuffix(name, "Error") && !strings.HasSuffix(name, "Exception") ||
		rest != "" && strings.IndexByte("\n\r\x1b<&", rest[0]) < 0 && !strings.HasPrefix(rest, ": ") {
		return false
	}
	first := max(0, start-maxValue)
	i := start
	for i > first && (s.text[i-1] == '.' || s.text[i-1] == '_' || isLetter(s.text[i-1]) && !isUpper(s.text[i-1]) || isDigit(s.text[i-1])) {
		i--
	}
	s.spend(start - i)
	return i == 0 || byteClass[s.text[i-1]] == classSpace || byteClass[s.text[i-1]] == classLine || strings.IndexByte(">[;", s.text[i-1]) >= 0
}

// beginsSentence reports whether s begins as the sentence after a full stop
// does whose space is missing: with a word of a capital letter and small ones,
// which is not part of a name itself.
func beginsSentence(s string) bool {
	n := 0
	for n < len(s) && n < maxWord && byteClass[s[n]] == classWord {
		if isUpper(s[n]) != (n == 0) || isDigit(s[n]) || s[n] == '_' {
			return false
		}
		n++
	}
	return n > 0 && (n == len(s) || byteClass[s[n]] == classSpace || byteClass[s[n]] == classLine || s[n] == ',')
}

// isDotted reports whether nothing but dots and hyphens joins the words of s.
func isDotted(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool {
		return r != '-' && r != '.' && (r >= utf8.RuneSelf || byteClass[r] != classWord)
	})
}

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isLetter(c byte) bool { return c|0x20-'a' < 26 }
