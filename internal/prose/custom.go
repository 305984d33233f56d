package prose

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/reasonbook/reasonbook/internal/book"
)

// A class is a set of characters; those of a text are sorted into classes once,
// and a custom is looked for by classes alone.
type class uint32

const (
	letter    class = 1 << iota // of the language: kana and kanji, hanzi
	foreign                     // of Japanese or Chinese
	latin                       // an ASCII letter
	digit                       // an ASCII digit
	object                      // markdown.Object
	ink                         // no white space
	blank                       // white space
	space                       // U+0020
	spaces                      // the first of several before a character
	separator                   // , ; ! ?
	stop                        // . :
	opening                     // (
	closing                     // )
	percent
	punctuation // of full width
	enclosing   // ） 」 ”, which may stand before punctuation
	fullWidth   // an ASCII letter or digit of full width
	wave        // 〜
	quotes      // “ ”
	corners     // 「 」
	fullStops   // ， ．
	narrow      // half-width kana
	reader      // 您 你
	end         // of the text
)

// A custom is what a language's readers are not used to see: a character of the
// class at, between one of before and one of after, if these are named.
type custom struct {
	before, at, after class
	over              bool // a space may stand between them
	message           string
}

// wide are the customs that Japanese and Chinese have in common.
var wide = []custom{
	{before: letter | object | enclosing, at: separator, message: "half-width punctuation: write 、，。：；！？"},
	{before: letter | object | enclosing, at: stop, after: blank | end, message: "half-width punctuation: write 、，。：；！？"},
	{before: letter, at: opening, over: true, message: "half-width bracket: write （"},
	{at: closing, after: letter, over: true, message: "half-width bracket: write ）"},
	{at: space, after: punctuation, message: "a space before full-width punctuation"},
	{before: punctuation, at: space, message: "a space after full-width punctuation"},
	{before: letter, at: space, after: letter, message: "a space between two characters"},
	{before: letter, at: object, message: "no space before code or a label"},
	{before: object, at: letter, message: "no space after code or a label"},
	{before: digit, at: space, after: percent, message: "a space before %"},
	{at: fullWidth, message: "a full-width letter or digit: write it in ASCII"},
	{at: wave, message: "a range has ～ (U+FF5E)"},
}

var customs = [len(book.Languages)][]custom{
	book.English: {
		{at: foreign, message: "a character of Chinese or Japanese"},
		{before: ink, at: spaces, message: "two spaces"},
		{before: digit, at: space, after: percent, message: "a space before %"},
	},
	book.Japanese: append(slices.Clip(wide),
		custom{before: letter, at: space, after: latin | digit, message: "a space between Japanese and Latin letters or digits: leave it out"},
		custom{before: latin | digit, at: space, after: letter, message: "a space between Japanese and Latin letters or digits: leave it out"},
		custom{at: quotes, message: "quotation marks are 「」"},
		custom{at: fullStops, message: "write 、 and 。"},
		custom{at: narrow, message: "half-width kana"},
	),
	book.Chinese: append(slices.Clip(wide),
		custom{before: letter, at: latin | digit, message: "no space between Chinese and Latin letters or digits"},
		custom{before: latin | digit | percent, at: letter, message: "no space between Latin letters or digits and Chinese"},
		custom{at: corners, message: "quotation marks are “”"},
		custom{at: reader, message: "the reader is not addressed"},
	),
}

// asciiClasses are the classes of ASCII's characters, in all languages.
var asciiClasses = func() (classes [utf8.RuneSelf]class) {
	for r := range classes {
		classes[r] = classesOf(book.English, rune(r))
	}
	return classes
}()

// classesOf returns the classes of one character, in a text of a language.
func classesOf(l book.Language, r rune) class {
	switch {
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z':
		return ink | latin
	case r >= '0' && r <= '9':
		return ink | digit
	case r == ' ':
		return blank | space
	case r == '\t', r == '\n', r == '\f', r == '\r':
		return blank
	}
	c := ink
	if r >= 0x3000 && r <= 0x9fff || r >= 0xff01 && r <= 0xffef {
		c |= foreign
	}
	if r >= 0x3400 && r <= 0x9fff || l == book.Japanese && (r >= 0x3041 && r <= 0x30ff || r == '々') {
		c |= letter
	}
	switch r {
	case ',', ';', '!', '?':
		c |= separator
	case '.', ':':
		c |= stop
	case '(':
		c |= opening
	case ')':
		c |= closing
	case '%':
		c |= percent
	case '\uFFFC':
		c |= object
	case '、', '。', '：', '；', '！', '？', '（':
		c |= punctuation
	case '，':
		c |= punctuation | fullStops
	case '．':
		c |= fullStops
	case '）':
		c |= punctuation | enclosing
	case '「':
		c |= punctuation | corners
	case '」':
		c |= punctuation | corners | enclosing
	case '“':
		c |= quotes
	case '”':
		c |= quotes | enclosing
	case '〜':
		c |= wave
	case '您', '你':
		c |= reader
	}
	switch {
	case r >= '０' && r <= '９', r >= 'Ａ' && r <= 'Ｚ', r >= 'ａ' && r <= 'ｚ':
		c |= fullWidth
	case r >= 'ｦ' && r <= 'ﾟ':
		c |= narrow
	}
	return c
}

// Customs reports what in a text is against the customs of its language: a
// paragraph or, if item is true, an item of a list without empty lines. What stands
// for code in it is a [markdown.Object].
func Customs(l book.Language, text string, item bool) []Fault {
	var room [600]class // enough for most, without an allocation
	classes := room[:0]
	if len(text) >= len(room) {
		classes = make([]class, 0, len(text)+1)
	}
	all := class(0)
	for _, r := range text {
		var c class
		if r < utf8.RuneSelf {
			c = asciiClasses[r]
		} else {
			c = classesOf(l, r)
		}
		if n := len(classes); c&ink != 0 && n > 1 && classes[n-1]&classes[n-2]&space != 0 {
			for n--; n > 0 && classes[n-1]&space != 0; {
				n--
			}
			classes[n] |= spaces
			all |= spaces
		}
		classes = append(classes, c)
		all |= c
	}
	classes = append(classes, end)
	if l != book.English && all&letter == 0 {
		return nil // names and messages only
	}
	var faults []Fault
	if l == book.Japanese {
		faults = politeness(text, item)
	}
	for _, c := range customs[l] {
		if all&c.at == 0 || c.before != 0 && all&c.before == 0 || c.after != 0 && (all|end)&c.after == 0 {
			continue
		}
		for i := range classes[:len(classes)-1] {
			if c.at&classes[i] != 0 && c.stands(classes, i) {
				start, end := place(text, i)
				faults = append(faults, Fault{lineOf(text, start), c.message + " (" + around(text, start, end) + ")"})
			}
		}
	}
	return faults
}

// stands reports whether what is to stand before and after a character does.
func (c custom) stands(classes []class, i int) bool {
	if c.before != 0 {
		before := i - 1
		if c.over && before >= 0 && classes[before]&space != 0 {
			before--
		}
		if before < 0 || classes[before]&c.before == 0 {
			return false
		}
	}
	if c.after != 0 {
		after := i + 1
		if c.over && classes[after]&space != 0 {
			after++
		}
		if classes[after]&c.after == 0 {
			return false
		}
	}
	return true
}

// place returns where the character with a number, from 0, stands in a text.
func place(text string, number int) (start, end int) {
	for start, r := range text {
		if number == 0 {
			return start, start + utf8.RuneLen(r)
		}
		number--
	}
	return len(text), len(text)
}

// politeEnd is the end of a sentence in the polite form (です・ます).
var politeEnd = regexp.MustCompile(`(?:です|ます|ません|でした|ました|ください|ましょう)[か）」]*(?:。|$)`)

// politeness reports Japanese sentences that are not polite. The items of a list
// may be in the plain form, each as a whole, and then end without “。”.
func politeness(text string, item bool) []Fault {
	start := plainEnd(text)
	if start < 0 {
		return nil
	}
	end := start + len("。")
	fault := func(message string) []Fault {
		return []Fault{{lineOf(text, start), message + " (" + around(text, start, end) + ")"}}
	}
	switch {
	case !item:
		return fault("a sentence ends in です or ます")
	case politeEnd.MatchString(text):
		return fault("an item is in the plain or in the polite form, not in both")
	case end == len(text):
		return fault("an item in the plain form ends without 。")
	}
	return nil
}

// plainEnd returns where the first sentence in the plain form ends, at its 。,
// or -1.
func plainEnd(text string) int {
	for from := 0; ; {
		i := strings.Index(text[from:], "。")
		if i < 0 {
			return -1
		}
		from += i
		rest, last := cutLast(text[:from])
		rest, second := cutLast(rest)
		_, third := cutLast(rest)
		plain := false
		switch last {
		case 'だ', 'る', 'く', 'つ', 'ぬ', 'む', 'ぐ', 'ぶ':
			plain = true
		case 'い': // but not 〜なさい, ください
			plain = second != none && second != 'さ'
		case 'う': // but not 〜でしょう
			plain = second != none && second != 'ょ'
		case 'す': // but not です, ます
			plain = second != none && second != 'ま' && second != 'で'
		case 'た': // but not でした, ました
			plain = second != none && (second != 'し' || third != none && third != 'ま' && third != 'で')
		}
		if plain {
			return from
		}
		from += len("。")
	}
}

// none is no character.
const none = rune(-1)

func cutLast(text string) (rest string, last rune) {
	if text == "" {
		return "", none
	}
	last, size := utf8.DecodeLastRuneInString(text)
	return text[:len(text)-size], last
}

// around returns a stretch of a text with a few characters before and after it.
func around(text string, start, end int) string {
	before, after := []rune(text[:start]), []rune(text[end:])
	before, after = before[max(0, len(before)-6):], after[:min(6, len(after))]
	return strings.ReplaceAll(strings.ReplaceAll(string(before)+text[start:end]+string(after), "\n", " "), "\uFFFC", "`…`")
}
