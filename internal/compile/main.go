// Command compile writes book.go, the compiled form of the knowledge base in
// the current folder. Run it as "go generate ./kb".
//
// It is a program of its own because it must build when book.go is missing or
// out of date.
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
	source, err := entry.GoSource(b)
	if err != nil {
		return err
	}
	return replace.File("book.go", source)
}
