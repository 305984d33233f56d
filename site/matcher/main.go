//go:build js && wasm

// Command matcher is the matcher of the function for a browser. It is compiled
// to WebAssembly and takes the patterns of a book from the page, so that one
// binary serves every book. It defines in JavaScript
//
//	reasonbook.compile([[rank, patterns, status], ...])
//	reasonbook.diagnose(text) -> {ignored, running, matches: [{entry, evidence, parameters}], nearest: [entry, ...]}
//
// where patterns and status are joined by line feeds, entry is an index into
// the compiled list, and parameters are pairs of name and value; running says
// that the text is the word Running, which shows no more than itself.
package main

import (
	"strings"
	"syscall/js"

	"github.com/reasonbook/reasonbook/internal/match"
	"github.com/reasonbook/reasonbook/internal/statusword"
)

var index *match.Index

func main() {
	js.Global().Set("reasonbook", map[string]any{
		"compile":  js.FuncOf(func(_ js.Value, args []js.Value) any { return compile(args[0]) }),
		"diagnose": js.FuncOf(func(_ js.Value, args []js.Value) any { return diagnose(args[0].String()) }),
	})
	select {} // the page calls from now on
}

// compile makes the index, and returns what is wrong with the patterns, null
// if nothing is.
func compile(list js.Value) any {
	entries := make([]match.Entry, list.Length())
	for i := range entries {
		e := list.Index(i)
		entries[i] = match.Entry{Rank: e.Index(0).Int(), Patterns: lines(e.Index(1)), Status: lines(e.Index(2))}
	}
	tables, err := match.Compile(entries)
	if err != nil {
		return err.Error()
	}
	index = match.New(tables)
	return nil
}

func lines(v js.Value) []string {
	s := v.String()
	if s == "" {
		return nil
	}
	return strings.Split(s, "\n")
}

// diagnose says of a pasted text what POST /diagnose says of text/plain.
func diagnose(text string) any {
	word := statusword.Of(text)
	matches, nearest := []any{}, []any{}
	if word == statusword.Other {
		for _, m := range index.Match(text) {
			parameters := []any{}
			for _, p := range m.Parameters {
				parameters = append(parameters, []any{p.Name, p.Value})
			}
			matches = append(matches, map[string]any{
				"entry": m.Entry, "evidence": text[m.Start:m.End], "parameters": parameters,
			})
		}
		if len(matches) == 0 {
			for _, entry := range index.Nearest(text, match.NearestCount) {
				nearest = append(nearest, entry)
			}
		}
	}
	return map[string]any{"ignored": word > statusword.Running, "running": word == statusword.Running, "matches": matches, "nearest": nearest}
}
