package handler

import (
	"math/rand/v2"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/reasonbook/reasonbook/internal/book"
)

func TestPreferred(t *testing.T) {
	for header, want := range map[string]book.Language{
		"":                             book.English,
		"ja":                           book.Japanese,
		"JA-jp":                        book.Japanese,
		"zh-TW":                        book.Chinese,
		"zh-Hant-HK, en;q=0.5":         book.Chinese,
		"cmn_Hans":                     book.Chinese,
		"fr":                           book.English,
		"fr, ja;q=0.5":                 book.Japanese,
		"en;q=0.5,ja;q=0.5":            book.English,
		"ja;q=0.5,en;q=0.5":            book.Japanese,
		"zh;q=0.1, ja; Q=0.2":          book.Japanese,
		"ja;q=0, zh;q=0.1":             book.Chinese,
		"*, ja;q=0.5":                  book.Japanese,
		"japanese":                     book.English,
		"ja--JP":                       book.English,
		"ja;q=x, zh;q=0.1":             book.Chinese, // what cannot be read is left out
		"ja;q=2, zh;q=NaN, zh;q=0.001": book.Chinese,
		",;,zh;;":                      book.English,
	} {
		if got := preferred(header); got != want {
			t.Errorf("%q: %v, want %v", header, got, want)
		}
	}
}

// TestLanguageOfTag compares with what knows all tags: whatever that takes for
// one of the three languages is taken for it here, and nothing that it takes
// for another.
func TestLanguageOfTag(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	first := []string{"en", "eng", "ja", "jpn", "zh", "zho", "chi", "cmn", "fr", "jav", "und", "e", "", "EN", "Zh"}
	others := []string{"Hans", "Hant", "Latn", "TW", "JP", "US", "001", "1994", "u", "co", "x", "private", "a", "", "hepburn", "123456789", "ü"}
	tags := map[book.Language]string{book.English: "en", book.Japanese: "ja", book.Chinese: "zh"}
	known := 0
	for range 20_000 {
		parts := []string{first[random.IntN(len(first))]}
		for range random.IntN(4) {
			parts = append(parts, others[random.IntN(len(others))])
		}
		s := strings.Join(parts, []string{"-", "_"}[random.IntN(2)])
		l, ok := languageOfTag(s)
		tag, err := language.Parse(s)
		if err != nil {
			continue // languageOfTag need not know which subtags exist
		}
		base, _ := tag.Base()
		want := base.String()
		if want == "cmn" {
			want = "zh" // which it is the standard form of
		}
		if got := tags[l]; ok && got != want || !ok && (want == "en" || want == "ja" || want == "zh") && s != "und" && !strings.HasPrefix(s, "und") {
			t.Fatalf("%q is %q, %v; want %q", s, got, ok, want)
		}
		if ok {
			known++
		}
	}
	if known < 1000 {
		t.Errorf("only %d tags were of the three languages", known)
	}
}
