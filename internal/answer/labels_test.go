package answer

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/payload"
)

// constants returns the values of the constants of a type that the sources of
// payload and of this package declare.
func constants(t *testing.T, name string) []string {
	t.Helper()
	var values []string
	for _, pattern := range []string{"../payload/*.go", "*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		for _, file := range files {
			parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(parsed, func(n ast.Node) bool {
				spec, ok := n.(*ast.ValueSpec)
				if !ok || len(spec.Values) != 1 {
					return true
				}
				typed := ""
				switch x := spec.Type.(type) {
				case *ast.Ident:
					typed = x.Name
				case *ast.SelectorExpr:
					typed = x.Sel.Name
				}
				if literal, ok := spec.Values[0].(*ast.BasicLit); ok && typed == name {
					value, err := strconv.Unquote(literal.Value)
					if err != nil {
						t.Fatal(err)
					}
					values = append(values, value)
				}
				return true
			})
		}
	}
	if len(values) == 0 {
		t.Fatalf("no constant of the type %s", name)
	}
	return values
}

// TestProblems: every code has a status that openapi.json knows, and words in
// every language. A code without would become status 0, and that a 500. Where
// the client has gone, nobody reads the answer.
func TestProblems(t *testing.T) {
	var api struct {
		Paths map[string]map[string]struct{ Responses map[string]any }
	}
	if err := json.Unmarshal(OpenAPI, &api); err != nil {
		t.Fatal(err)
	}
	for _, code := range constants(t, "ErrorCode") {
		for _, l := range book.Languages {
			p := ProblemOf(payload.ErrorCode(code), "", l)
			if p.Title == "" || p.hint == "" {
				t.Errorf("%s has no words in %s: %+v", code, l, p)
			}
			if _, ok := api.Paths["/diagnose"]["post"].Responses[strconv.Itoa(p.Status)]; !ok && code != string(NotFound) && code != string(Cancelled) {
				t.Errorf("%s has the status %d, which openapi.json does not know", code, p.Status)
			}
		}
	}
}

// TestNoteLabels: whatever was looked at and is missing has words in every
// language, and they make one line.
func TestNoteLabels(t *testing.T) {
	for _, l := range book.Languages {
		seen := map[string]bool{}
		for _, looked := range constants(t, "Looked") {
			for _, missing := range constants(t, "Missing") {
				c := payload.Case{Looked: []payload.Looked{payload.Looked(looked)}, Missing: []payload.Missing{payload.Missing(missing)}}
				for _, texts := range [][]payload.Text{nil, {{Value: "<b>PRIVATE</b>"}}} {
					c.Texts = texts
					note := missingNote(&c, l)
					if seen[note] || strings.Contains(note, "PRIVATE") || strings.ContainsAny(note, "{}\n") ||
						lookedLabels[c.Looked[0]][l] == "" || missingLabels[c.Missing[0]][l] == "" {
						t.Errorf("%s, %s, %s: %q", l, looked, missing, note)
					}
					seen[note] = true
				}
			}
		}
	}
}

// TestIgnoredLabels: whatever is ignored has words of its own in every language.
func TestIgnoredLabels(t *testing.T) {
	for _, l := range book.Languages {
		seen := map[string]bool{"": true}
		for _, why := range constants(t, "Ignored") {
			words := labels[l].ignored[payload.Ignored(why)]
			if seen[words] {
				t.Errorf("%s, %s: %q", l, why, words)
			}
			seen[words] = true
		}
	}
}
