package evidence

import (
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/reasonbook/reasonbook/internal/phrases"
	"github.com/reasonbook/reasonbook/internal/reading"
)

// Words that take what a sentence says away: before denials stand directly
// before it, with nothing but fillers between; around anywhere in its clause.
var (
	denials = words("no", "not", "without", "never", "0", "zero", "isn't", "wasn't", "weren't", "didn't", "doesn't", "neither", "nor",
		"没", "没有", "未", "无", "無", "并非", "不是")
	fillers = words("in", "a", "an", "any", "more", "longer", "pod", "pods", "container", "containers", "instance", "instances", "the", "are", "is",
		"see", "seen", "of", "entered", "enter", "been", "be", "have", "had", "new", "other", "出现", "出現", "处于", "发生", "现", "生", "个", "新", "的", "了", "有")

	// over says that it is over, or that it is not so, anywhere in the clause.
	over = []string{
		"no longer", "no more ", "are gone", "is gone", "went away", "is fixed", "was fixed", "been fixed", "fixed by", "fixed in", "fixed:", "fixes ",
		"is resolved", "was resolved", "been resolved", "resolved the", "resolved by", "resolved at", "[resolved]", "has recovered", "recovered from",
		"recovered at", "closing, ", "false positive", "stable since", "not seen since",
		"已恢复", "已解决", "恢复了", "解决了", "没有新的", "误报", "没有再", "没再", "不再", "已修复",
		"解決しま", "解決済", "解消", "修正しました", "出ていません", "ではありません", "発生なし", "誤検知", "なくなりました", "していません", "収まり", "起きていません",
		"クローズ", "落ち着き", "出なくなり", "ではない", "なしに起動", "することなく",
	}
	// conditional makes a clause an example, a plan or a rule.
	conditional = []string{
		"if you see", "when a pod", "fires when", "would be", "such as", "for example", "e.g.", "expects", "alert for", "alert on",
		"in case of", "whenever", "as long as", "unless ",
		"如果", "例如", "什么情况下", "若提示", "比如", "假如",
		"次のように表示", "の場合は", "した場合", "例えば", "すると", "かもしれ",
	}
	// zero follows a reason that has a count or a flag.
	zero = []string{"0", "0.0", "false", "none", "なし", "无", "無", "零", "null"}
)

func words(list ...string) map[string]bool {
	m := map[string]bool{}
	for _, w := range list {
		m[w] = true
	}
	return m
}

// denied says why the words around a hit take it away, "" if they do not.
func (c *inquiry) denied(h *hit) string {
	text := c.doc.Text
	if c.deniedBefore(text, h.Start) {
		return "the text says that there is none"
	}
	if zeroAfter(text, h.literal) {
		return "its count or flag says that there is none"
	}
	r := h.record
	if r.Source != reading.Message {
		return ""
	}
	from, to := clause(text, r, h)
	why := ""
	clauseSet().Scan(text[from:to], func(f phrases.Found) bool {
		if at := from + f.Start; at < h.Start || at >= h.literal {
			why = clauseWhy[f.List] + text[at:from+f.End]
		}
		return why == ""
	})
	return why
}

var clauseSet = sync.OnceValue(func() *phrases.Set { return phrases.New(over, conditional) })

// clauseWhy says of each list of clauseSet why a hit beside its words does not stand.
var clauseWhy = [...]string{"its clause says that it is over or not so: ", "its clause is a condition or an example: "}

// deniedBefore reports whether a word of denial stands before byte pos of its
// line, with nothing but fillers between.
func (c *inquiry) deniedBefore(text string, pos int) bool {
	filled := false
	for range 5 {
		end := pos
		for end > 0 && (text[end-1] == ' ' || text[end-1] == '"' || text[end-1] == '`' || text[end-1] == '\'') {
			end--
		}
		if end == 0 || text[end-1] == '\n' {
			return false
		}
		start, word := wordBefore(text, end)
		if word == "" {
			return false
		}
		if denials[word] {
			return word != "0" || filled
		}
		if !fillers[word] {
			return false
		}
		filled = true
		pos = start
	}
	return false
}

// wordBefore returns the word that ends at byte end, in small letters; of
// Chinese and Japanese up to three characters that are a known word.
func wordBefore(text string, end int) (int, string) {
	r, _ := utf8.DecodeLastRuneInString(text[:end])
	if r >= utf8.RuneSelf {
		start := end
		best, bestWord := 0, ""
		for range 3 {
			_, n := utf8.DecodeLastRuneInString(text[:start])
			if n == 0 {
				break
			}
			start -= n
			if w := text[start:end]; denials[w] || fillers[w] {
				best, bestWord = start, w
			}
		}
		return best, bestWord
	}
	start := end
	for start > 0 && (isWordByte(text[start-1]) || text[start-1] == '\'') {
		start--
	}
	return start, strings.ToLower(text[start:end])
}

func isWordByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_'
}

// zeroAfter reports whether a count or flag of nothing follows: “: 0”, `"} 0`,
// “=0”, “": false”.
func zeroAfter(text string, end int) bool {
	rest := text[end:min(len(text), end+200)]
	rest, _, _ = strings.Cut(rest, "\n")
	metric := false
	if quoted, ok := strings.CutPrefix(rest, `"`); ok {
		rest = quoted
		if i := strings.LastIndexByte(rest, '}'); i >= 0 && !strings.HasPrefix(strings.TrimLeft(rest, " "), ":") {
			rest, metric = rest[i+1:], true // a label of a metric
		}
	}
	if !metric {
		trimmed := strings.TrimLeft(rest, " ")
		if trimmed == "" {
			return false
		}
		r, n := utf8.DecodeRuneInString(trimmed)
		if r != ':' && r != '=' && r != '：' && r != '＝' {
			return false
		}
		rest = trimmed[n:]
	}
	rest = strings.TrimLeft(rest, " ")
	word := rest
	if i := strings.IndexAny(rest, " ,;}\t]"); i >= 0 {
		word = rest[:i]
	}
	for _, z := range zero {
		if word == z {
			return true
		}
	}
	return false
}

// clause returns the part of a record's sentence that a hit stands in.
func clause(text string, r *reading.Record, h *hit) (from, to int) {
	from, to = max(r.Start, h.Start-300), min(r.End, h.literal+300)
	for i := h.Start; i > from; {
		c, n := utf8.DecodeLastRuneInString(text[from:i])
		if ends(c, text[i:]) {
			from = i
			break
		}
		i -= n
	}
	for i := h.literal; i < to; {
		c, n := utf8.DecodeRuneInString(text[i:to])
		if ends(c, text[i+n:]) {
			to = i
			break
		}
		i += n
	}
	for from < to && !utf8.RuneStart(text[from]) {
		from++
	}
	for to > from && to < len(text) && !utf8.RuneStart(text[to]) {
		to--
	}
	return from, to
}

// ends reports whether a sign ends a sentence.
func ends(c rune, after string) bool {
	switch c {
	case '。', '！', '？', '；', '\n':
		return true
	case '.', '!', '?', ';':
		return after == "" || after[0] == ' ' || after[0] == '\n'
	}
	return false
}
