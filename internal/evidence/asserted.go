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
		"see", "seen", "of", "entered", "enter", "been", "be", "have", "had", "new", "other", "出现", "出現", "处于", "发生", "发现", "看到", "任何", "现", "生", "个", "新",
		"的", "了", "有")

	// over says that it is over, or that it is not so, anywhere in the clause.
	over = []string{
		"no longer", "no more ", "are gone", "is gone", "went away", "is fixed", "was fixed", "been fixed", "fixed by", "fixed in", "fixed:", "fixes ", "fixed an issue", "fixed a bug", "fixed issue",
		"is resolved", "was resolved", "been resolved", "resolved the", "resolved by", "resolved at", "[resolved]", "has recovered", "recovered from",
		"recovered at", "closing, ", "false positive", "stable since", "not seen since",
		"已恢复", "已解决", "已经解决", "恢复了", "解决了", "没有新的", "误报", "没有再", "没再", "不再", "已修复", "修复了",
		"解決しま", "解決済", "解消", "修正しました", "出ていません", "ではありません", "発生なし", "誤検知", "なくなりました", "していません", "収まり", "起きていません",
		"クローズ", "落ち着き", "出なくなり", "ではない", "なしに起動", "することなく", "ありませんでした", "見つかりません", "不具合を修正",
	}
	// conditional makes a clause an example, a plan or a rule.
	conditional = []string{
		"if you see", "when a pod", "fires when", "would be", "such as", "for example", "e.g.", "expects", "alert for", "alert on",
		"in case of", "whenever", "as long as", "unless ", "if this were", "acceptance criteria",
		"when a container", "when the container", "if the image", "if a pod", "if the pod", "if a container", "if the container", "if your ", "when something", "not a single",
		"如果", "例如", "什么情况下", "若提示", "比如", "假如", "状态时，", "常见原因",
		"次のように表示", "場合は", "した場合", "例えば", "すると", "かもしれ", "の検知", "発生したとき", "を示す",
	}
	// thanks follow a “would be” that makes nothing conditional.
	thanks = []string{" appreciated", " great", " helpful", " grateful", " nice", " welcome", " awesome"}
	// ahead, in the clause before it, makes it a plan, a rule or a question about all such cases.
	ahead = []string{
		"tomorrow", "is it possible", "how long does", "how often does", "which of these", "as an operator", "as a developer", "as a user",
		"silence created", "would a ", "would the ", "you should ", "you will ", "a bug where", "a bug that", "(closed)",
		"明天", "演练", "本文", "明日", "訓練", "この記事",
	}
	// again takes back what over and later say.
	again = []string{"again", "still in", "still get", "仍", "还是", "再次", "まだ", "またしても", "再び"}
	// later says behind it, in another sentence too, that it is over.
	later = []string{"successfully rolled out", "it was fixed", "this was fixed", "everything has been running", "running since then", "(closed)", "现在正常", "现在运行正常", "修好了", "再発していません"}
	// leads stand directly before a phrase that is spoken about, and nothing is said to be so.
	leads = []string{
		"what does ", "what is ", "what's ", "meaning of ", "difference between ", "simulate ", "reproduce ", "risk ", "avoid ", "prevent ", "detect ",
		"detects ", "support for ", "handle ", "explain ", "explains ", "every pod that ", "any pod that ", "remember the ", "# fixing ", "# debugging ",
		"# troubleshooting ", "alerts of type ", "case for ", "cope with ", "parse ", "什么是", "避免", "防止", "介绍", "模拟", "常见的",
		"よくある", "よく見かける", "わざと",
	}
	// tails stand directly behind one.
	tails = []string{
		" mean?", " means", " mean ", "is a kubernetes", "indicates", "appears if", "appears when", "occurs when", "occurs if", "happens when", "happens if",
		"is shown when", " detection", " handling in", " is a general ", " parser", "とは", "って何", "の意味", "の原因と対", "の検知", "に対応しました", "の対応手順", "を発生させ",
		"どういう意味", "の違い", "是什么", "什么意思", "有什么区别", "的区别", "的含义", "检测",
	}
	// zero follows a reason that has a count or a flag.
	zero = []string{"0", "0.0", "false", "none", "なし", "无", "無", "零", "null"}
	// zeroCounted needs no sign before it.
	zeroCounted = []string{"0 个", "0个", "0 次", "0次", "0件", "0 件", "0回", "0 回", "0 台", "0台", "なし"}
)

func startsWithAny(s string, list []string) bool {
	for _, w := range list {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

func endsWithAny(s string, list []string) bool {
	for _, w := range list {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	return false
}

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
	if isCode(text, h) {
		return "it stands in program code or is a pattern"
	}
	r := h.record
	if r.Source != reading.Row && inAddress(text, h) {
		return "it is part of an address"
	}
	if r.Source != reading.Message {
		return ""
	}
	from, to := clause(text, r, h)
	why, over, returned := "", false, false
	clauseSet().Scan(text[from:min(r.End, h.literal+clauseReach)], func(f phrases.Found) bool {
		at, end := from+f.Start, from+f.End
		before, behind := end <= h.Start, at >= h.literal
		inside := end <= to && (before || behind)
		counts := false
		switch f.List {
		case saidOver:
			counts = inside && !(behind && ofAnother(text[h.literal:], at-h.literal, end-at))
		case saidIf:
			counts = inside && !startsWithAny(text[end:], thanks)
		case saidLater:
			counts = behind
		case saidAhead:
			counts = before
		case saidBefore:
			counts = before && isNear(text[end:h.Start])
		case saidBehind:
			counts = inside && behind && isNear(text[h.literal:at])
		case saidAgain:
			returned = returned || inside
		}
		if counts && (why == "" || over) {
			over = f.List == saidOver || f.List == saidLater
			why = clauseWhy[f.List] + text[at:end]
		}
		return true
	})
	if over && returned {
		why = ""
	}
	if why == "" && c.doc.Kind == reading.Report && c.mentioned(h) {
		return "it is only mentioned: no instance is named, and no word says that it is so"
	}
	return why
}

// clauseReach is how far around a hit its sentences are read, in bytes.
const clauseReach = 300

// The lists of clauseSet.
const (
	saidOver = iota
	saidIf
	saidLater
	saidAhead
	saidBefore
	saidBehind
	saidAgain
)

var clauseSet = sync.OnceValue(func() *phrases.Set { return phrases.New(over, conditional, later, ahead, leads, tails, again) })

// clauseWhy says of each list of clauseSet why a hit beside its words does not stand.
var clauseWhy = [...]string{
	"its clause says that it is over or not so: ", "its clause is a condition or an example: ", "what follows says that it is over: ",
	"it is a plan, a rule or a question about all such cases: ", "it is spoken about, and not said to be so: ", "it is spoken about, and not said to be so: ",
}

// ofAnother reports whether the n bytes at a place behind a hit are part of what
// a program says of something else, as the inner errors of “failed to add: there
// are no more addresses” and “failed to add: no more free addresses” are.
func ofAnother(rest string, at, n int) bool {
	said := rest[at : at+n]
	if said != "no longer" && said != "no more " {
		return false
	}
	colon := strings.LastIndex(rest[:at], ": ")
	return colon >= 0 && (strings.TrimSpace(rest[colon+len(": "):at]) != "" || startsWithAny(rest[at+n:], []string{"available", "free"}))
}

// isNear reports whether what stands between a hit and words that belong to it
// is no more than a few words: no comma, and no verb that says it of something.
func isNear(gap string) bool {
	if len(gap) > 24 || strings.ContainsAny(gap, ",;:\n") || strings.Contains(gap, "，") || strings.Contains(gap, "、") {
		return false
	}
	for _, w := range strings.Fields(gap) {
		switch w {
		case "is", "are", "was", "were", "has", "have", "why", "when", "gets", "keeps":
			return false
		}
	}
	return true
}

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
			return !(word == "not" && !filled && modal(text, start)) && (word != "0" || filled)
		}
		if !fillers[word] {
			return false
		}
		filled = true
		pos = start
	}
	return false
}

// modal reports whether “can” or “could” stands directly before byte pos: “could
// not open x” tells of a failure, and denies none.
func modal(text string, pos int) bool {
	_, word := wordBefore(text, len(strings.TrimRight(text[:pos], " ")))
	return word == "can" || word == "could"
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
		if _, value, ok := strings.Cut(rest, `},"value":[`); ok { // a label in the answer to a query
			_, value, _ = strings.Cut(value, ",")
			rest, metric = strings.TrimLeft(strings.ReplaceAll(value[:min(len(value), 8)], `"`, ""), " "), true
		} else if i := strings.LastIndexByte(rest, '}'); i >= 0 && !strings.HasPrefix(strings.TrimLeft(rest, " "), ":") {
			rest, metric = rest[i+1:], true // a label of a metric
		}
	}
	if !metric {
		trimmed := strings.TrimLeft(rest, " ")
		if i := strings.IndexByte(trimmed, ')'); i >= 0 && i < 16 && trimmed[0] == '(' { // “OOMKilled (24h): 0”
			trimmed = strings.TrimLeft(trimmed[i+1:], " ")
		}
		if trimmed == "" {
			return false
		}
		r, n := utf8.DecodeRuneInString(trimmed)
		switch r {
		case ':', '=', '：', '＝', '|', 'は':
			rest = trimmed[n:]
		default:
			return startsWithAny(trimmed, zeroCounted)
		}
	}
	rest = strings.TrimLeft(rest, " ")
	if startsWithAny(rest, zeroCounted) {
		return true
	}
	word := rest
	if i := strings.IndexAny(rest, " ,;}\t]|"); i >= 0 {
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
	from, to = max(r.Start, h.Start-clauseReach), min(r.End, h.literal+clauseReach)
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
