package match_test

import (
	"cmp"
	"fmt"
	"html"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/entry"
	"github.com/reasonbook/reasonbook/internal/match"
	"github.com/reasonbook/reasonbook/kb"
)

// The reference: a text is a list of plain words, a pattern a list of words of
// which "*" is a hole for one. It matches where its words stand beside each
// other, and that is all. How the words are written (colours, tags, entities,
// escapes, soft line breaks) is added afterwards, so that the reference knows
// nothing of it, and shares no code with the matcher.

// A place is a match of the reference: words first to last of the text.
type place struct {
	pattern, first, last int
	value                string
}

func reference(patterns [][]string, words []string) (list []place) {
	for number, pattern := range patterns {
		for first := 0; first+len(pattern) <= len(words); first++ {
			p := place{number, first, first + len(pattern) - 1, ""}
			same := true
			for i, want := range pattern {
				switch got := words[first+i]; {
				case want == "*":
					p.value = got
				case !strings.EqualFold(want, got):
					same = false
				}
			}
			if same {
				list = append(list, p)
			}
		}
	}
	return list
}

// A style is a way to write words: what stands before and behind a word, what
// may break it, how its letters may be written, and what stands between words.
type style struct {
	name    string
	around  [][2]string
	inside  []string
	letter  func(r rune) string
	between []string
}

var styles = []style{
	{"plain", [][2]string{{"", ""}}, []string{""}, func(r rune) string { return string(r) }, []string{" ", "  ", "\t", "\n", "\r\n"}},
	{"terminal", [][2]string{{"", ""}, {"\x1b[1m", "\x1b[0m"}, {"\x1b[01;31m\x1b[K", "\x1b[m\x1b[K"}}, []string{"", "\x1b[0m", "\x1b[38;5;9m"},
		func(r rune) string { return string(r) }, []string{" ", "\x1b[2C", " \x1b[0m "}},
	{"Markdown", [][2]string{{"", ""}, {"**", "**"}, {"`", "`"}}, []string{"", "**"}, func(r rune) string { return string(r) }, []string{" ", "\n"}},
	{"HTML", [][2]string{{"", ""}, {"<b>", "</b>"}, {`<span class="x y">`, "</span>"}}, []string{"", "<i>", "</i>", "&shy;"},
		func(r rune) string {
			if r >= 0x80 { // a known limit: the second of two, behind a tag and as an entity, is not found
				return string(r)
			}
			return fmt.Sprintf("&#%d;", r)
		}, []string{" ", "&nbsp;", "&#160;", "<br>"}},
	{"mail", [][2]string{{"", ""}}, []string{"", "=\n", "=\r\n"}, func(r rune) string { return string(r) }, []string{" ", "=20", "\n"}},
	{"JSON", [][2]string{{"", ""}}, []string{""}, func(r rune) string { return fmt.Sprintf(`\u%04x`, r) }, []string{" ", `\n`, `\t`, `\u0020`}},
	{"Unicode", [][2]string{{"", ""}}, []string{"", "\u200b", "\u00ad"}, func(r rune) string {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return string(r + 'ａ' - 'a')
		}
		return string(r)
	}, []string{" ", "\u3000", "\u00a0"}},
}

// write writes the words in a style and returns where each begins and ends.
func (s *style) write(random *rand.Rand, words []string, between []string) (text string, spans [][2]int) {
	pick := func(list []string) string { return list[random.IntN(len(list))] }
	var out strings.Builder
	for i, word := range words {
		if i > 0 {
			out.WriteString(pick(between))
		}
		start := out.Len()
		around := s.around[random.IntN(len(s.around))]
		out.WriteString(around[0])
		runes := []rune(word)
		broken := 1 + random.IntN(2*len(runes)) // often not at all
		for k, r := range runes {
			if k == broken {
				out.WriteString(pick(s.inside))
			}
			if random.IntN(8) == 0 {
				out.WriteString(s.letter(r))
			} else {
				out.WriteRune(r)
			}
		}
		out.WriteString(around[1])
		spans = append(spans, [2]int{start, out.Len()})
	}
	return out.String(), spans
}

var referenceWords = []string{"failed", "Pod", "no", "such", "host", "probe", "IO", "CrashLoopBackOff", "timeout", "reached", "镜", "像", "失", "が"}

func TestReference(t *testing.T) {
	rounds := uint64(1500)
	if testing.Short() {
		rounds = 300
	}
	matched := map[string]int{}
	for seed := range rounds {
		random := rand.New(rand.NewPCG(seed, 9))
		pick := func() string { return referenceWords[random.IntN(len(referenceWords))] }
		var patterns [][]string
		var sources []string
		for range 1 + random.IntN(8) {
			pattern := []string{pick(), pick()}
			for len(pattern) < 4 && random.IntN(2) == 0 {
				pattern = append(pattern, pick())
			}
			if random.IntN(3) == 0 {
				pattern = slices.Insert(pattern, 1, "*")
			}
			patterns = append(patterns, pattern)
			sources = append(sources, strings.ReplaceAll(strings.Join(pattern, " "), "*", "{hole}"))
		}
		x := index(t, sources...)
		s := &styles[seed%uint64(len(styles))]
		var words []string
		for len(words) < 12 {
			if random.IntN(2) == 0 {
				words = append(words, pick())
				continue
			}
			for _, word := range patterns[random.IntN(len(patterns))] {
				if word == "*" {
					word = pick()
				}
				words = append(words, word)
			}
		}
		between := s.between
		if slices.ContainsFunc(patterns, func(p []string) bool { return slices.Contains(p, "*") }) {
			between = []string{" "} // a value does not stand in another line or cell
		}
		text, spans := s.write(random, words, between)
		wordAt := func(at int) int {
			return slices.IndexFunc(spans, func(span [2]int) bool { return at >= span[0] && at < span[1] })
		}
		var got []place
		for _, h := range x.Find(text) {
			p := place{h.Pattern, wordAt(h.Start), wordAt(h.End - 1), ""}
			for _, parameter := range h.Parameters {
				p.value = parameter.Value
			}
			got = append(got, p)
		}
		want := reference(patterns, words)
		order := func(a, b place) int { return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.pattern, b.pattern)) }
		slices.SortFunc(got, order)
		slices.SortFunc(want, order)
		matched[s.name] += len(want)
		if !slices.Equal(got, want) {
			t.Fatalf("seed %d, %s, patterns %q\n%q\ngot  %v\nwant %v", seed, s.name, sources, text, got, want)
		}
	}
	for _, s := range styles {
		if matched[s.name] < 100 && !testing.Short() {
			t.Errorf("%s: only %d matches were compared", s.name, matched[s.name])
		}
	}
}

// TestExamplesInEveryForm: the examples of the book say the same when a
// terminal, a page or a JSON string holds them.
func TestExamplesInEveryForm(t *testing.T) {
	entries, err := entry.Load(kb.Sources())
	if err != nil {
		t.Fatal(err)
	}
	var book []match.Entry
	for _, e := range entries {
		var patterns []string
		for _, p := range e.Patterns {
			patterns = append(patterns, p.Value)
		}
		book = append(book, match.Entry{Patterns: patterns})
	}
	tables, err := match.Compile(book)
	if err != nil {
		t.Fatal(err)
	}
	x := match.New(tables)
	patterns := func(text string) (list []int) {
		for _, h := range x.Find(text) {
			list = append(list, h.Pattern)
		}
		slices.Sort(list)
		return slices.Compact(list)
	}
	forms := []struct {
		name string
		form func(string) string
	}{
		{"red", func(s string) string {
			return "\x1b[31m" + strings.ReplaceAll(s, "\n", "\x1b[0m\n\x1b[31m") + "\x1b[0m"
		}},
		{"HTML", func(s string) string { return "<pre>" + html.EscapeString(s) + "</pre>" }},
		{"CRLF", func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }},
	}
	examples := 0
	for _, e := range entries {
		for _, example := range e.Examples {
			want := patterns(example.Text)
			examples++
			for _, f := range forms {
				if got := patterns(f.form(example.Text)); !slices.Equal(got, want) {
					t.Errorf("%s, %s: %q\ngives patterns %v, plain %v", e.ID, f.name, example.Text, got, want)
				}
			}
		}
	}
	if examples < 100 {
		t.Errorf("only %d examples", examples)
	}
}
