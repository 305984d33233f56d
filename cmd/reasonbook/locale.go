package main

import (
	"cmp"
	"strings"

	"github.com/reasonbook/reasonbook/internal/book"
)

// localeLanguage returns the language of the user's locale, English if the
// book does not have it. As with gettext, the list in LANGUAGE stands before the
// locale, unless that is C or POSIX.
func localeLanguage(getenv func(string) string) string {
	locale := cmp.Or(getenv("LC_ALL"), getenv("LC_MESSAGES"), getenv("LANG"))
	wanted := []string{locale}
	if locale != "C" && locale != "POSIX" {
		wanted = append(strings.Split(getenv("LANGUAGE"), ":"), locale)
	}
	for _, name := range wanted {
		// language[_territory][.codeset][@modifier], or a tag with hyphens
		name, _, _ = strings.Cut(strings.ToLower(name)+".", ".")
		name = name[:strings.IndexAny(name+"_", "_-@")]
		if _, ok := book.LanguageOf(name); ok {
			return name
		}
	}
	return book.English.String()
}
