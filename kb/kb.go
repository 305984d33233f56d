// Package kb is the knowledge base of this project: its sources, a folder an
// entry below its stage, and the book that is compiled from them, in book.go and
// tables.go. README.md beside this file describes the sources.
//
// A program that only answers uses [Book], which is static data; the sources
// are part of a program only if it calls [Sources].
package kb

import (
	"embed"
	"io/fs"

	"github.com/reasonbook/reasonbook/internal/book"
)

//go:generate go run ../internal/compile

//go:embed planned.txt GLOSSARY.md */*/entry.yaml */*/*.md
var sources embed.FS

// Sources returns the folders of the entries, in the form that
// entry.Load reads.
func Sources() fs.FS { return sources }

// Book returns the compiled book. It must not be changed.
func Book() *book.Book { return &compiled }
