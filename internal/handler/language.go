package handler

import (
	"strconv"
	"strings"

	"github.com/reasonbook/reasonbook/internal/book"
)

// Tags are read here rather than by golang.org/x/text/language, whose tables
// every cold start of the function would set up: of thousands of languages
// only three matter.

// languageOfTag returns the language of a tag such as zh-Hant-TW; false if it
// is no tag, or one of a language that the book does not have.
func languageOfTag(tag string) (book.Language, bool) {
	subtags := strings.Split(strings.ReplaceAll(strings.ToLower(tag), "_", "-"), "-")
	for _, s := range subtags {
		if len(s) < 1 || len(s) > 8 || strings.ContainsFunc(s, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }) {
			return 0, false
		}
	}
	switch subtags[0] { // ISO 639-1, 639-2 and 639-3
	case "en", "eng":
		return book.English, true
	case "ja", "jpn":
		return book.Japanese, true
	case "zh", "zho", "chi", "cmn":
		return book.Chinese, true
	}
	return 0, false
}

// preferred returns the language that an Accept-Language header gives the
// highest weight, of equal ones the first; English if it names none.
func preferred(header string) book.Language {
	best, weight := book.English, 0.0
	for item := range strings.SplitSeq(header, ",") {
		tag, parameter, _ := strings.Cut(item, ";")
		q := 1.0
		if parameter = strings.TrimSpace(parameter); parameter != "" {
			value, ok := strings.CutPrefix(strings.ToLower(parameter), "q=")
			parsed, err := strconv.ParseFloat(value, 64)
			if !ok || err != nil || !(parsed > 0 && parsed <= 1) {
				continue
			}
			q = parsed
		}
		if l, ok := languageOfTag(strings.TrimSpace(tag)); ok && q > weight {
			best, weight = l, q
		}
	}
	return best
}
