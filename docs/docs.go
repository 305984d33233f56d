// Package docs holds the guides that are pages of the site too.
package docs

import (
	"embed"

	"github.com/reasonbook/reasonbook/internal/book"
)

//go:embed senders.md senders.ja.md senders.zh.md
var files embed.FS

// Senders returns the guide to connecting senders, as GitHub's Markdown: a
// title, links to the other languages, a first paragraph, and sections whose
// level 3 headings are the senders.
func Senders(l book.Language) string {
	name := "senders." + l.String() + ".md"
	if l == book.English {
		name = "senders.md"
	}
	text, err := files.ReadFile(name)
	if err != nil {
		panic(err) // the files are part of the program
	}
	return string(text)
}
