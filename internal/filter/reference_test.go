package filter_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/filter"
	"github.com/reasonbook/reasonbook/internal/match"
)

// A place is where a token of a text stands.
type place struct {
	word       string
	start, end int
}

// places returns the tokens of a short text as match.Fold sees them. A token
// begins at the last byte from which on it and all after it are still the same,
// and ends at the first byte up to which it and all before it are the same.
func places(text string) []place {
	var at []int
	for i := range text {
		at = append(at, i)
	}
	at = append(at, len(text))
	words := strings.Fields(match.Fold(text))
	list := make([]place, len(words))
	for k, word := range words {
		list[k] = place{word: word, start: 0, end: len(text)}
	}
	for _, i := range at {
		tail := strings.Fields(match.Fold(text[i:]))
		for n := 1; n <= min(len(tail), len(words)) && tail[len(tail)-n] == words[len(words)-n]; n++ {
			list[len(words)-n].start = i
		}
	}
	slices.Reverse(at)
	for _, i := range at {
		head := strings.Fields(match.Fold(text[:i]))
		for n := 0; n < min(len(head), len(words)) && head[n] == words[n]; n++ {
			list[n].end = i
		}
	}
	return list
}

// spots returns what a scan of text in parts of the given size yields.
func spots(t *filter.Filter, text string, part int) []filter.Spot {
	var list []filter.Spot
	var s filter.State
	for from := 0; from < len(text); from += part {
		t.Scan(text, from, min(len(text), from+part), &s, func(spot filter.Spot) bool {
			list = append(list, spot)
			return true
		})
	}
	return list
}

// keysOf returns, by phrase, its key, or NoKey.
func keysOf(t *filter.Filter, phrases int) []int {
	keys := slices.Repeat([]int{filter.NoKey}, phrases)
	for key := range t.Keys {
		for _, phrase := range t.PhrasesOf(key) {
			keys[phrase] = key
		}
	}
	return keys
}

// missed compares a scan with the plain definition. It returns what is wrong,
// "" if nothing is.
func missed(t *filter.Filter, phrases [][]string, text string, part int) string {
	list := spots(t, text, part)
	for _, spot := range list {
		if spot.Start < 0 || spot.End > len(text) || spot.Start >= spot.End || spot.Key >= len(t.Keys) {
			return fmt.Sprintf("spot %v in a text of %d bytes", spot, len(text))
		}
	}
	tokens := places(text)
	keys := keysOf(t, len(phrases))
	for number, phrase := range phrases {
		for k := range tokens {
			if len(phrase) == 0 || k+len(phrase) > len(tokens) {
				continue
			}
			same := true
			for i, word := range phrase {
				same = same && tokens[k+i].word == word
			}
			if same && !found(t, list, keys[number], tokens[k:k+len(phrase)]) {
				return fmt.Sprintf("phrase %d, %q with key %s, stands at %v and is not among %v",
					number, phrase, keyText(t, keys[number]), tokens[k:k+len(phrase)], list)
			}
		}
	}
	return ""
}

func keyText(t *filter.Filter, key int) string {
	if key == filter.NoKey {
		return "(none)"
	}
	return fmt.Sprintf("%d %q", key, t.Word(key))
}

// found reports whether a spot is, or covers, the key in the tokens of a phrase.
func found(t *filter.Filter, list []filter.Spot, key int, tokens []place) bool {
	covered := func(start, end, key int) bool {
		return slices.ContainsFunc(list, func(s filter.Spot) bool {
			return s.Key == filter.NoKey && s.Start <= start && s.End >= end || key >= 0 && s == filter.Spot{Start: start, End: end, Key: key}
		})
	}
	for i, token := range tokens {
		if key == filter.NoKey {
			if token.word != "" && covered(token.start, token.end, key) {
				return true
			}
			continue
		}
		if t.KeyOf([]byte(token.word)) == key && covered(token.start, token.end, key) {
			return true
		}
		if i > 0 && t.PairOf([]byte(tokens[i-1].word), []byte(token.word)) == key && covered(tokens[i-1].start, token.end, key) {
			return true
		}
	}
	return false
}

func fold(phrases ...string) [][]string {
	var list [][]string
	for _, phrase := range phrases {
		list = append(list, strings.Fields(match.Fold(phrase)))
	}
	return list
}

func TestScan(t *testing.T) {
	phrases := fold("CrashLoopBackOff", "no such host", "OOM", "exit code 137", "Back-off pulling image", "I/O", "x y",
		"镜像拉取失败", "ポッドの起動に失敗", "内存 OOM", "失", "Échec du démarrage", "이미지", "μs")
	tables := filter.New(filter.Compile(phrases))
	for _, text := range []string{
		"", "CrashLoopBackOff", "crashloopbackoff\n", "a CRASHLOOPBACKOFF b",
		"no such host", "no\n\tsuch   host", "dial: lookup db: no such host.", "No-Such-Host", "no `such` \"host\"",
		"OOM", "xOOM OOMx OOM", "a OOM", "ab oom", `\nOOM`, "错OOM误", "\x1b[31mOOM\x1b[0m", "(oom)", "错 OOM:", "OOM错",
		`"exit code":137`, "exit code=137", "Exit Code:    137",
		"i/o", "I/O error", "x,y", "x y",
		"镜像拉取失败", "镜像 拉取\n失败", "镜像\u200b拉取失败", "イメージ", "ポッドの起動に失敗", "ﾎﾟｯﾄﾞの起動に失敗",
		"ポット\u3099の起動に失敗", "ＣｒａｓｈＬｏｏｐＢａｃｋＯｆｆ", "Crash\u00adLoopBackOff", "内存OOM", "内存：oom",
		"échec du de\u0301marrage", "이미지", "µs 3 µs", "Kubernetes \u212a", "失\xff敗\xe9\x95",
	} {
		for _, part := range []int{1 << 20, 1, 7} {
			if part > 1 || !strings.Contains(text, "\x1b") {
				if fault := missed(tables, phrases, text, part); fault != "" {
					t.Errorf("%q in parts of %d: %s", text, part, fault)
				}
			}
		}
	}
}
