package answer

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// What is looked at for the pages that use the words of a text: its beginning,
// so many words of it, and so many texts of an answer.
const (
	relatedText  = 2 << 10 // bytes
	relatedWords = 24
	relatedCases = 3
	maxRelated   = 5
)

// related returns the entries whose title, summary, patterns and meaning use the
// words of a text that proves nothing, best first: at least two of them, and half
// of those that any entry uses. Rare words count most.
func (v *viewer) related(text string) (list []entryView) {
	terms := termsOf(text)
	if len(terms) < 2 || v.relatedCases == relatedCases {
		return nil
	}
	v.relatedCases++
	uses := make([][]bool, len(v.Book.Entries))
	count := make([]int, len(terms))
	for i := range v.Book.Entries {
		e := &v.Book.Entries[i]
		t := &e.Texts[v.language]
		var page strings.Builder
		page.WriteString(t.Title + "\n" + t.Summary + "\n" + string(t.Meaning))
		for _, p := range e.Patterns {
			page.WriteString("\n" + p.Text)
		}
		lower := strings.ToLower(page.String())
		uses[i] = make([]bool, len(terms))
		for k, term := range terms {
			if strings.Contains(lower, term) {
				uses[i][k] = true
				count[k]++
			}
		}
	}
	known := 0
	for _, n := range count {
		if n > 0 {
			known++
		}
	}
	type scored struct {
		entry, words int
		score        float64
	}
	var found []scored
	for i := range uses {
		s := scored{entry: i}
		for k, used := range uses[i] {
			if used {
				s.words++
				s.score += 1 / float64(count[k])
			}
		}
		if s.words >= 2 && 2*s.words >= known {
			found = append(found, s)
		}
	}
	slices.SortStableFunc(found, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	for _, s := range found[:min(len(found), maxRelated)] {
		list = append(list, v.entry(s.entry))
	}
	return list
}

// termsOf returns the words of the beginning of a text, in small letters: Latin
// ones of four letters and more, and pairs of Chinese and Japanese characters.
func termsOf(text string) (terms []string) {
	add := func(term string) {
		if len(terms) < relatedWords && !slices.Contains(terms, term) {
			terms = append(terms, term)
		}
	}
	words := strings.FieldsFunc(strings.ToLower(strings.ToValidUTF8(text[:min(len(text), relatedText)], "")), func(r rune) bool { return !unicode.IsLetter(r) })
	for _, word := range words {
		if word[0] < 0x80 {
			if len(word) > 3 {
				add(word)
			}
			continue
		}
		runes := []rune(word)
		for i := 1; i < len(runes); i++ {
			if !unicode.Is(unicode.Hiragana, runes[i-1]) && !unicode.Is(unicode.Hiragana, runes[i]) {
				add(string(runes[i-1 : i+1]))
			}
		}
	}
	return terms
}
