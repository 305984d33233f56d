package match

import (
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	maxLabel   = 64  // bytes before a status that is the whole text
	maxGap     = 512 // bytes between a word and the one that it belongs to
	maxDigits  = 20  // of a number in a table
	maxFillers = 16  // words that are looked through for one that denies
	maxFiller  = 16  // bytes of such a word
)

// statusLabels may stand before a status word that is the whole text.
var statusLabels = []string{
	"status", "state", "reason", "phase", "pod status", "last state",
	"terminated", "waiting", "last state terminated", "container state", "instance status", "pod",
	"ステータス", "状態", "理由", "インスタンスの状態", "インスタンスのエラー状態", "ポッドの状態", "コンテナの状態",
	"状态", "原因", "实例状态", "实例错误状态", "容器状态",
}

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
	if start > 1 && strings.IndexByte(ties, text[start-1]) >= 0 && byteClass[text[start-2]] == classWord {
		return true
	}
	if end+1 < len(text) && strings.IndexByte(ties, text[end]) >= 0 && byteClass[text[end+1]] == classWord {
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

// isDotted reports whether nothing but dots and hyphens joins the words of s.
func isDotted(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool {
		return r != '-' && r != '.' && (r >= utf8.RuneSelf || byteClass[r] != classWord)
	})
}

// statusPosition reports whether text[start:end], a pattern of the given number
// of words that begins at token at, stands where a status does.
func (s *scan) statusPosition(at, start, end int, words uint32) bool {
	next := at // the token after it
	for s.tokens.has(next) && int(s.tokens.at(next).start) < end {
		next++
	}
	first := at // the first token of it, a hole before the literal included
	for first > 0 && int(s.tokens.at(first-1).start) >= start {
		first--
	}
	s.spend(next - first)
	last := !s.tokens.has(next)
	endsLine := last || s.tokens.at(next).before >= gapLine
	startsLine := first == 0 || s.tokens.at(first).before >= gapLine

	if words > 1 && startsLine && endsLine {
		return true
	}
	if last && s.isWhole(first, start) {
		return true
	}
	return s.afterReason(first, start, end, endsLine) || s.inStatusColumn(first, next)
}

// isWhole reports whether nothing stands before token first but a label.
func (s *scan) isWhole(first, start int) bool {
	if first == 0 {
		return true
	}
	before := s.text[:start]
	if len(before) > maxLabel || strings.ContainsAny(before, "{[") {
		return false
	}
	s.spend(len(before))
	label := Fold(before)
	return slices.ContainsFunc(statusLabels, func(known string) bool { return Fold(known) == label })
}

// afterReason: "Reason: Error" on a line of its own or before the exit code,
// "reason":"Error", reason=Error.
func (s *scan) afterReason(first, start, end int, endsLine bool) bool {
	if first == 0 || s.tokens.at(first).before >= gapLine {
		return false
	}
	label := s.tokens.at(first - 1)
	if start-int(label.end) > maxGap || !strings.EqualFold(s.text[label.start:label.end], "reason") {
		return false
	}
	s.spend(start - int(label.start))
	if !strings.ContainsAny(s.text[label.end:start], ":=：＝") {
		return false
	}
	if endsLine || strings.HasPrefix(Fold(s.text[end:min(len(s.text), end+24)]), "exit code ") {
		return true
	}
	r, _ := utf8.DecodeRuneInString(s.text[end:])
	return strings.ContainsRune(`"',;)}]\`, r)
}

// inStatusColumn: NAME READY STATUS RESTARTS, such as "cart-7d9f  0/1  Error  3".
func (s *scan) inStatusColumn(first, next int) bool {
	if first < 3 || !s.tokens.has(next) {
		return false
	}
	ready, total, restarts := s.tokens.at(first-2), s.tokens.at(first-1), s.tokens.at(next)
	return s.isNumber(ready) && s.isNumber(total) && s.isNumber(restarts) &&
		s.text[ready.end:total.start] == "/" &&
		ready.before == gapSpace &&
		s.tokens.at(first).before == gapSpace && restarts.before == gapSpace
}

// isNumber reports whether t is a number of the length that counts of
// containers and restarts have.
func (s *scan) isNumber(t token) bool {
	if t.end-t.start > maxDigits {
		return false
	}
	s.spend(int(t.end - t.start))
	for i := t.start; i < t.end; i++ {
		if s.text[i] < '0' || s.text[i] > '9' {
			return false
		}
	}
	return true
}

// denials say that what follows is not there. Between them and it may stand
// fillers, all in one line with nothing but spaces between.
var (
	denials = []string{"no", "not", "without", "never", "0", "没", "有", "无", "無"}
	fillers = []string{"in", "a", "any", "more", "longer", "pod", "pods", "container", "containers", "instance", "instances"}
)

// denied reports whether the text says that there is no text[start:end], which
// begins at token at: "no CrashLoopBackOff", "0 pods in CrashLoopBackOff",
// {reason="CrashLoopBackOff"} 0.
func (s *scan) denied(at, start, end int) bool {
	for at > 0 && int(s.tokens.at(at-1).end) > start { // a hole before the first literal
		s.spend(1)
		at--
	}
	filled := false
	for i, next := at, start; i > 0 && i > at-maxFillers; i-- {
		token := s.tokens.at(i - 1)
		// Tokens of one character (㍿) share their bytes.
		if end := int(token.end); end < next && (next-end > maxGap || strings.Trim(s.text[end:next], " \u3000") != "") {
			break
		}
		s.spend(max(0, next-int(token.end)))
		next = int(token.start)
		if token.end-token.start > maxFiller {
			break
		}
		s.spend(int(token.end - token.start))
		word := strings.ToLower(s.text[token.start:token.end])
		if slices.Contains(denials, word) {
			// A bare 0 may be any number of a table, 有 alone says the opposite.
			return (word != "0" || filled) && (word != "有" || i > 1 && s.isWord(i-2, "没"))
		}
		if !slices.Contains(fillers, word) {
			break
		}
		filled = true
	}
	if !strings.HasPrefix(s.text[end:], `"`) {
		return false
	}
	rest, _, _ := strings.Cut(s.text[end:min(len(s.text), end+maxValue)], "\n")
	s.spend(len(rest))
	i := strings.LastIndexByte(rest, '}')
	return i >= 0 && strings.TrimSpace(rest[i+1:]) == "0" // a metric
}

// isWord reports whether token i stands for nothing but the given word.
func (s *scan) isWord(i int, word string) bool {
	token := s.tokens.at(i)
	return s.text[token.start:token.end] == word
}
