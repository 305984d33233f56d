// Command compile writes book.go and tables.go, the compiled form of the
// knowledge base in the current folder. Run it as "go generate ./kb".
//
// It is a program of its own because it must build when these files are
// missing, out of date, or full of a merge's conflicts.
package main

import (
	"fmt"
	"os"

	"github.com/reasonbook/reasonbook/internal/entry"
	"github.com/reasonbook/reasonbook/internal/replace"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	entries, err := entry.Load(os.DirFS("."))
	if err != nil {
		return err
	}
	b, err := entry.Compile(entries)
	if err != nil {
		return err
	}
	sources, err := entry.GoSource(b)
	if err != nil {
		return err
	}
	if err := replace.File("book.go", sources.Book); err != nil {
		return err
	}
	return replace.File("tables.go", sources.Tables)
}
