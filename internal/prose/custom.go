package prose

import (
	"regexp"
	"strings"

	"github.com/reasonbook/reasonbook/internal/book"
)

// A custom is what a language's readers are not used to see. The fault stands
// where the first group does.
type custom struct {
	form    *regexp.Regexp
	message string
}

const (
	kana   = `[\x{3041}-\x{30ff}\x{3400}-\x{9fff}々]` // and kanji
	han    = `[\x{3400}-\x{9fff}]`
	object = `\x{fffc}` // markdown.Object
)

// wide are the customs that Japanese and Chinese have in common; letter is a
// class of their characters.
func wide(letter string) []custom {
	beside := strings.TrimSuffix(letter, "]") + object + `）」”]`
	return []custom{
		{regexp.MustCompile(beside + `([,;!?]|[.:](?:\s|$))`), "half-width punctuation: write 、，。：；！？"},
		{regexp.MustCompile(letter + ` ?(\()`), "half-width bracket: write （"},
		{regexp.MustCompile(`(\)) ?` + letter), "half-width bracket: write ）"},
		{regexp.MustCompile(`( )[、，。：；！？（）「」]`), "a space before full-width punctuation"},
		{regexp.MustCompile(`[、，。：；！？（）「」]( )`), "a space after full-width punctuation"},
		{regexp.MustCompile(letter + `( )` + letter), "a space between two characters"},
		{regexp.MustCompile(letter + `(` + object + `)`), "no space before code or a label"},
		{regexp.MustCompile(object + `(` + letter + `)`), "no space after code or a label"},
		{regexp.MustCompile(`[0-9]( )%`), "a space before %"},
		{regexp.MustCompile(`([０-９Ａ-Ｚａ-ｚ])`), "a full-width letter or digit: write it in ASCII"},
		{regexp.MustCompile(`(〜)`), "a range has ～ (U+FF5E)"},
	}
}

var customs = [len(book.Languages)][]custom{
	book.English: {
		{regexp.MustCompile(`([\x{3000}-\x{9fff}\x{ff01}-\x{ffef}])`), "a character of Chinese or Japanese"},
		{regexp.MustCompile(`\S(  )\S`), "two spaces"},
		{regexp.MustCompile(`[0-9]( )%`), "a space before %"},
	},
	book.Japanese: append(wide(kana),
		custom{regexp.MustCompile(kana + `( )[A-Za-z0-9]`), "a space between Japanese and Latin letters or digits: leave it out"},
		custom{regexp.MustCompile(`[A-Za-z0-9]( )` + kana), "a space between Japanese and Latin letters or digits: leave it out"},
		custom{regexp.MustCompile(`([“”])`), "quotation marks are 「」"},
		custom{regexp.MustCompile(`([，．])`), "write 、 and 。"},
		custom{regexp.MustCompile(`([ｦ-ﾟ])`), "half-width kana"},
	),
	book.Chinese: append(wide(han),
		custom{regexp.MustCompile(han + `([A-Za-z0-9])`), "no space between Chinese and Latin letters or digits"},
		custom{regexp.MustCompile(`[A-Za-z0-9%](` + han + `)`), "no space between Latin letters or digits and Chinese"},
		custom{regexp.MustCompile(`([「」])`), "quotation marks are “”"},
		custom{regexp.MustCompile(`([您你])`), "the reader is not addressed"},
	),
}

// native is a character of the language.
var native = [len(book.Languages)]*regexp.Regexp{book.Japanese: regexp.MustCompile(kana), book.Chinese: regexp.MustCompile(han)}

// Customs reports what in a text is against the customs of its language: a
// paragraph or, if item is true, an item of a list without empty lines. What stands
// for code in it is a [markdown.Object].
func Customs(l book.Language, text string, item bool) []Fault {
	var faults []Fault
	if l != book.English && !native[l].MatchString(text) {
		return nil // names and messages only
	}
	if l == book.Japanese {
		faults = politeness(text, item)
	}
	for _, c := range customs[l] {
		for from := 0; ; {
			m := c.form.FindStringSubmatchIndex(text[from:])
			if m == nil {
				break
			}
			faults = append(faults, Fault{lineOf(text, from+m[2]), c.message + " (" + around(text, from+m[2], from+m[3]) + ")"})
			from += m[3]
		}
	}
	return faults
}

// The ends of sentences in the plain form, and in the polite one (です・ます).
var (
	plainEnd  = regexp.MustCompile(`(?:[だるくつぬむぐぶ]|[^さ]い|[^ょ]う|[^まで]す|[^し]た|[^まで]した)(。)`)
	politeEnd = regexp.MustCompile(`(?:です|ます|ません|でした|ました|ください|ましょう)[か）」]*(?:。|$)`)
)

// politeness reports Japanese sentences that are not polite. The items of a list
// may be in the plain form, each as a whole, and then end without “。”.
func politeness(text string, item bool) []Fault {
	m := plainEnd.FindStringSubmatchIndex(text)
	switch {
	case m == nil:
		return nil
	case !item:
		return []Fault{{lineOf(text, m[2]), "a sentence ends in です or ます (" + around(text, m[2], m[3]) + ")"}}
	case politeEnd.MatchString(text):
		return []Fault{{lineOf(text, m[2]), "an item is in the plain or in the polite form, not in both (" + around(text, m[2], m[3]) + ")"}}
	case m[3] == len(text):
		return []Fault{{lineOf(text, m[2]), "an item in the plain form ends without 。 (" + around(text, m[2], m[3]) + ")"}}
	}
	return nil
}

// around returns a stretch of a text with a few characters before and after it.
func around(text string, start, end int) string {
	before, after := []rune(text[:start]), []rune(text[end:])
	before, after = before[max(0, len(before)-6):], after[:min(6, len(after))]
	return strings.ReplaceAll(strings.ReplaceAll(string(before)+text[start:end]+string(after), "\n", " "), "\uFFFC", "`…`")
}
