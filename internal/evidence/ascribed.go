package evidence

import (
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/reasonbook/reasonbook/internal/phrases"
	"github.com/reasonbook/reasonbook/internal/reading"
)

// ascribing are words of sentences that say that something is so with an
// instance now, as a person who needs help writes them.
var ascribing = []string{
	"my ", "our ", "we have", "we see", "we get", "we are", "i see", "i get", "i have", "i'm ", "stuck", "keeps", "keep ", "since ", "shows", "showing", "getting",
	"gets ", "got ", "suddenly", "today", "right now", "currently", "again", "help", "fail", "so far", " is in ", " are in ", "went into", "goes into",
	"going into", "stays in", "stay in", "staying in", "status", "state", "reason", "flips", "flapping", "was oomkilled", "is oomkilled", "been oomkilled",
	"firing", " ago", "minute", "error", "start", "broken", " down", "crash loop", "restart", "why ", "deploy", "pods are", "pod is", "all pods", "still", "every ", "please", "have a look", " killed", "end up", "ended", "prod", "incident", "noticed", "happen", "instead of",
	"です", "ます。", "検知しま", "お願い", "本番",
	"检测到", "麻烦", "请处理", "请看", "帮忙", "生产", "线上", "ています", "てしま", "のまま", "になり", "になっ", "繰り返", "出ます", "出る", "出て", "発生", "原因", "助け", "起動し", "止ま", "落ち", "失敗", "なぜ", "でしょうか",
	"一直", "现在", "我们", "我的", "报", "出现", "总是", "反复", "每", "之后", "起不来", "启动", "无法", "求助", "怎么", "卡在", "状态", "异常", "为什么", "重启",
}

var ascribingSet = sync.OnceValue(func() *phrases.Set { return phrases.New(ascribing) })

// mentioned reports whether the name of a state only comes up in a sentence: no
// instance is named beside it, and no word says that it is so.
func (c *inquiry) mentioned(h *hit) bool {
	text := c.doc.Text
	if h.record.Source != reading.Message || !isStateName(text, h) {
		return false
	}
	if field, _ := c.doc.Field(h.Start); field != "" && h.record.Subject >= 0 && c.doc.Subjects[h.record.Subject].Name != "" {
		return false // a sender's sentence about an instance that other fields name
	}
	behind := strings.TrimLeft(text[h.literal:h.record.End], "\"'`* \t\r")
	ahead := strings.TrimRight(text[h.record.Start:h.Start], "\"'`* \t")
	if startsWithAny(behind, colons) || endsWithAny(ahead, colons) {
		return false // a label, or its value
	}
	if (ahead == "" || strings.HasSuffix(ahead, "\n")) && (behind == "" || behind[0] == '\n') {
		return false // a line of its own
	}
	from, to := max(h.record.Start, h.Start-clauseReach), min(h.record.End, h.literal+clauseReach)
	for from < to && !utf8.RuneStart(text[from]) {
		from++
	}
	around := text[from:to]
	if len(strings.Fields(around)) < sentence && !hasWide(around) {
		return false
	}
	if ascribingSet().Lists(around) != 0 {
		return false
	}
	for _, w := range strings.Fields(around) {
		if isInstanceName(strings.Trim(w, ".,:;()[]\"'`")) {
			return false
		}
	}
	return true
}

// isStateName reports whether a hit is the name of a state, one word of ASCII,
// and no words of a message.
func isStateName(text string, h *hit) bool {
	if !h.state {
		return false
	}
	for i := h.Start; i < h.End; i++ {
		if c := text[i]; c >= utf8.RuneSelf || c == ' ' || c == '\n' {
			return false
		}
	}
	return true
}

// colons join a label and its value.
var colons = []string{":", "：", "=", "|"}

// sentence is how many words make one.
const sentence = 5

// hasWide reports whether a text has a few letters of Chinese or Japanese.
func hasWide(s string) bool {
	n := 0
	for _, r := range s {
		if r >= 0x3000 {
			n++
		}
	}
	return n >= sentence
}

// isInstanceName reports whether a word has the form of an instance's name:
// web-1, shop/web-7c5ddbdf54-2m4lq.
func isInstanceName(s string) bool {
	i := strings.LastIndexByte(s, '-')
	if i <= 0 || i+1 == len(s) {
		return false
	}
	for j := range len(s) {
		c := s[j]
		if !('a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '/' || c == '.') {
			return false
		}
	}
	return strings.ContainsAny(s[i+1:], "0123456789")
}

// inAddress reports whether a hit is part of an address or a path.
func inAddress(text string, h *hit) bool {
	start := strings.LastIndexAny(text[:h.Start], " \n\t\"'([")
	word := text[start+1 : h.Start]
	return isStateName(text, h) && (strings.HasPrefix(word, "http") || len(word) > 1 && word[0] == '/')
}
