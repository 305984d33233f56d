package filter_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/filter"
	"github.com/reasonbook/reasonbook/internal/match"
	"github.com/reasonbook/reasonbook/internal/samplelog"
)

// Books and texts are made of a few words, so that they meet often: of every
// length that is treated by itself, of other writing, and of what breaks words.
var (
	bookWords = []string{
		"a", "io", "no", "oom", "eof", "host", "exit", "error", "found", "failed", "denied", "timeout", "container", "crashloopbackoff",
		"x1", "137", "p1002", "a_b", "_id", "glibc_2", "镜", "像", "失", "败", "が", "ポ", "ト", "이", "미", "é", "démarrage", "μs", "straße",
	}
	separators = []string{
		" ", " ", " ", " ", "", "", "\n", "\t", "  ", ": ", "\": \"", "=", "-", "/", "_", ".", ", ", "(", ") ", "|", "\r\n", "\n\n", " [", "]",
		"\\n", "\\t", "\\\"", "\\u0022", "\\u003c", "&nbsp;", "&quot;", "<b>", "</b>", "<br/>", "**", "*", "`", "~~", "=\n", "%20",
		"\x1b[0m", "\x1b[31;1m", "\x1b(B", "\x1b]8;;http://x/\x07", "\x1b", "\u00a0", "\u3000", "，", "：", "。", "…", "\u200b", "\u00ad", "\ufeff",
		"\ufe0f", "⚠️", "😀", "\xff", "\xe9\x95", "\x00", "\x15", "\x7f", "ab", "7", "ｱ", "㍿", "①", "ﬁ", "゙", "゚", "\u0301", "・", "Ω",
	}
	wides = strings.NewReplacer("o", "ｏ", "i", "ｉ", "e", "Ｅ", "1", "１", "k", "\u212a", "が", "か\u3099", "ポ", "ﾎﾟ", "ト", "ﾄ", "é", "e\u0301")
)

func randomPhrase(random *rand.Rand) []string {
	words := make([]string, 1+random.IntN(4))
	for i := range words {
		words[i] = bookWords[random.IntN(len(bookWords))]
	}
	return strings.Fields(match.Fold(strings.Join(words, " ")))
}

func randomText(random *rand.Rand, phrases [][]string) string {
	var text strings.Builder
	for range 1 + random.IntN(6) {
		words := []string{bookWords[random.IntN(len(bookWords))]}
		if random.IntN(2) == 0 {
			words = phrases[random.IntN(len(phrases))]
		}
		plain := random.IntN(2) == 0
		for _, word := range words {
			switch random.IntN(6) {
			case 0:
				word = strings.ToUpper(word)
			case 1:
				word = wides.Replace(word)
			case 2: // broken
				runes := []rune(word)
				at := random.IntN(len(runes) + 1)
				word = string(runes[:at]) + separators[random.IntN(len(separators))] + string(runes[at:])
			}
			text.WriteString(word)
			if plain {
				text.WriteByte(' ')
			} else {
				text.WriteString(separators[random.IntN(len(separators))])
			}
		}
	}
	return text.String()
}

func TestNothingIsMissed(t *testing.T) {
	rounds := 200
	if testing.Short() {
		rounds = 50
	}
	for seed := range uint64(rounds) {
		random := rand.New(rand.NewPCG(seed, 1))
		phrases := make([][]string, 1+random.IntN(8))
		for i := range phrases {
			phrases[i] = randomPhrase(random)
		}
		tables := filter.New(filter.Compile(phrases))
		for range 20 {
			text := randomText(random, phrases)
			part := []int{1 << 20, 1 + random.IntN(40)}[random.IntN(2)]
			if fault := missed(tables, phrases, text, part); fault != "" {
				t.Fatalf("seed %d, %+q in parts of %d: %s", seed, text, part, fault)
			}
		}
	}
}

// TestRealPhrases plants the phrases of a book in logs of every kind.
func TestRealPhrases(t *testing.T) {
	list := samplelog.Phrases(1261)
	phrases := fold(list...)
	tables := filter.New(filter.Compile(phrases))
	keys := keysOf(tables, len(phrases))
	random := rand.New(rand.NewPCG(3, 3))
	logs := []string{samplelog.Log(4000, 1), samplelog.Chinese(4000, 1), samplelog.JSON(4000, 1), samplelog.Coloured(4000, 1)}
	for number, phrase := range list {
		log := logs[number%len(logs)]
		at := strings.IndexByte(log[random.IntN(2000):], '\n') + 1
		text := log[:at] + strings.Repeat("x", random.IntN(2)) + " " + strings.ReplaceAll(phrase, " ", []string{" ", "\n", "  "}[random.IntN(3)]) + "\n" + log[at:]
		ok := false
		for _, spot := range spots(tables, text, 1<<20) {
			ok = ok || spot.Key == keys[number] && spot.Start >= at && spot.End <= at+3+2*len(phrase)
		}
		if !ok {
			t.Errorf("%q with key %s was not found", phrase, keyText(tables, keys[number]))
		}
	}
}

// TestBroken breaks words by what the package comment names, which the
// tokenizer may or may not understand: the whole word must be yielded.
func TestBroken(t *testing.T) {
	tables := filter.New(filter.Compile(fold("crashloopbackoff", "镜像", "oom", "error")))
	for _, broken := range []string{
		"Crash\x1b[0mLoopBackOff", "\x1b[01;31m\x1b[KCrash\x1b[m\x1b[KLoopBackOff", "Crash\x1b(B\x1b[mLoopBackOff", "Crash\x1b]8;;https://x.y/z\x07LoopBackOff\x1b]8;;\x07",
		"Crash</b>LoopBackOff", "<b>Crash</b><i class=\"a b\">Loop</i>BackOff", "镜<b>像", "镜 <b>像", "Crash&shy;LoopBackOff", "Crash&#8203;LoopBackOff",
		"Crash**Loop**BackOff", "Crash_**Loop**_BackOff", "Crash\\u200bLoopBackOff", "Crash\\\\u00adLoopBackOff", "\\u0043rashLoopBackOff", "Cr\\x61shLoopBackOff", "Crash\\u001b[0mLoopBackOff", "Crash\\033[1mLoopBackOff",
		"\\u955c\\u50cf", "镜\\u50cf", "\\u955c像", "&#38236;&#20687;", "&#x955c;像", "Crash=\nLoopBackOff", "Crash=\r\nLoopBackOff",
		"Crash\u200bLoop\u00adBackOff", "ＣrashLoopBackＯff", "镜\u200b像", "镜\u200b\n像", "Err\x1b[1mor", "O\u200bOM", "镜=20像", "镜_像",
	} {
		for _, around := range [][2]string{{"", ""}, {"reason: ", " now"}, {"\"", "\""}, {"错误：", "。"}} {
			text := around[0] + broken + around[1]
			start, end := len(around[0]), len(text)-len(around[1])
			if strings.HasPrefix(broken, "<b>") {
				start += len("<b>")
			}
			if i := strings.LastIndex(broken, "\x1b]8;;\x07"); i > 0 {
				end = len(around[0]) + i
			}
			if i := strings.LastIndex(broken, "\x1b[K"); i > 0 && strings.HasPrefix(broken, "\x1b") {
				start += strings.Index(broken, "C")
			}
			if !slices.ContainsFunc(spots(tables, text, 1<<20), func(s filter.Spot) bool {
				return s.Start <= start && s.End >= end
			}) {
				t.Errorf("%q: spots %v do not cover %d to %d", text, spots(tables, text, 1<<20), start, end)
			}
		}
	}
	// What only touches a word leaves it whole.
	for _, text := range []string{
		"\x1b[31mOOM\x1b[0m", "\\nOOM\\n", "_OOM_", "__error__", "=20OOM=20", "\\u0022error\\u0022", "**error**", "<td>error</td>", "&quot;oom&quot;",
		"\x1b[31merror\x1b[0m", "\x1b(Berror", "error3", "CrashLoopBackOff3", "_CrashLoopBackOff_", "\\u003eCrashLoopBackOff", "错error误", "错oom误",
	} {
		ok := false
		for _, s := range spots(tables, text, 1<<20) {
			ok = ok || s.Key != filter.NoKey
		}
		if !ok {
			t.Errorf("%q: no key among %v", text, spots(tables, text, 1<<20))
		}
	}
}

// TestOrdinaryLogs: what is yielded in texts without a phrase is little.
func TestOrdinaryLogs(t *testing.T) {
	tables := filter.New(filter.Compile(fold(samplelog.Phrases(1261)...)))
	for name, text := range map[string]string{
		"ordinary": samplelog.Log(1<<20, 1), "Chinese": samplelog.Chinese(1<<20, 1), "Japanese": samplelog.Japanese(1<<20, 1), "JSON": samplelog.JSON(1<<20, 1),
	} {
		var s filter.State
		n := 0
		tables.Scan(text, 0, len(text), &s, func(spot filter.Spot) bool { n += spot.End - spot.Start; return true })
		if n > len(text)/50 {
			t.Errorf("%s log: %d of %d bytes are yielded", name, n, len(text))
		}
	}
	text := strings.Repeat("GET /api/v1/carts 200 in 12 ms\n", 10)
	var s filter.State
	if n := testing.AllocsPerRun(10, func() { s.Reset(); tables.Scan(text, 0, len(text), &s, func(filter.Spot) bool { return true }) }); n > 0 {
		t.Errorf("%v allocations on a text without a spot", n)
	}
}

// TestLinear counts the steps and the bytes yielded for crafted texts.
func TestLinear(t *testing.T) {
	phrases := fold(append(samplelog.Phrases(1261), "a b", "io", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "____x", "失", "é")...)
	tables := filter.New(filter.Compile(phrases))
	units := []string{
		"a", "aaaa ", "crashloopbackoff", "crashloopbackof ", "oom", "oom ", "_", "1", "error1", "_error", "\\", "\\\\u0041", "\\u0041", "\x1b", "\x1b[", "\x1b]", "\x1b]x ", "<", "<a", "<a>", "&", "&a;", "&#",
		"*", "a*", "* ", "a=\n", "\u200b", "\u200b ", "a\u200b", "镜", "镜像", "镜 ", "镜\u200b", "镜 \u200b ", "か\u3099", "ｱ", "ｱ ", "é", "\u0301", "㍿", "\xff", "\xe9", "失<a>", "失\\n", "io ", "a b ",
		"镜<a", "镜\\", "container ", "failed to create ", "\\u001b[", "\\e[1", "失=\n", "\u200b*",
	}
	for _, a := range units {
		for _, b := range units {
			steps := func(n int) int {
				text := strings.Repeat(a, n/2/len(a)) + strings.Repeat(b, n/2/len(b)) + strings.Repeat(a+b, n/2/(len(a)+len(b)))
				var s filter.State
				yielded := 0
				tables.Scan(text, 0, len(text), &s, func(spot filter.Spot) bool { yielded += spot.End - spot.Start; return true })
				return s.Work + yielded
			}
			const n = 1 << 12
			if short, long := steps(n), steps(4*n); short > 100*n || long > 5*short+4*n {
				t.Errorf("%q and %q: %d steps for %d bytes, %d for %d", a, b, short, n, long, 4*n)
			}
		}
	}
}

func TestCut(t *testing.T) {
	text := samplelog.Log(10_000, 1)
	ends := filter.Cut(text, 4)
	last := 0
	for i, end := range ends {
		if end <= last || i < len(ends)-1 && text[end-1] != '\n' || end-last > len(text)/2 {
			t.Errorf("Cut = %v", ends)
		}
		last = end
	}
	if len(ends) != 4 || last != len(text) {
		t.Errorf("Cut = %v of %d bytes", ends, len(text))
	}
	if got := filter.Cut("no line end", 3); !slices.Equal(got, []int{11}) {
		t.Errorf("Cut of one line = %v", got)
	}
}

func FuzzScan(f *testing.F) {
	f.Add("no such host\nOOM\n镜像拉取失败", "dial: No such\thost, ＯＯＭ 镜像\u200b拉取失败", 7)
	f.Add("io\na b\nexit code 137", "exit\\ncode: 137 \x1b[1mio", 1000)
	f.Add("が\nポート", "か\u3099 ﾎﾟｰﾄ", 3)
	f.Fuzz(func(t *testing.T, book, text string, part int) {
		if len(book) > 200 || len(text) > 200 {
			t.Skip("too long for the plain definition")
		}
		phrases := fold(strings.Split(book, "\n")...)
		if fault := missed(filter.New(filter.Compile(phrases)), phrases, text, max(1, part&0xffff)); fault != "" {
			t.Fatal(fault)
		}
	})
}
