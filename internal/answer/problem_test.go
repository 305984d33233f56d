package answer_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/reasonbook/reasonbook/internal/answer"
	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/payload"
)

// TestEveryCode: each code that this package and payload declare has a status
// that is the sender's fault or the server's, and a title in each language; one
// without would become a panic, and the sender's fault a 500.
func TestEveryCode(t *testing.T) {
	codes := append(declaredCodes(t, "."), declaredCodes(t, "../payload")...)
	if len(codes) < 18 {
		t.Fatalf("only %d codes found: %v", len(codes), codes)
	}
	for _, code := range codes {
		titles := map[string]bool{}
		for _, l := range book.Languages {
			p := answer.ProblemOf(code, "", l)
			if p.Status < 400 || p.Status > 599 || (p.Status == http.StatusInternalServerError) != (code == answer.Internal) {
				t.Errorf("%s: status %d", code, p.Status)
			}
			titles[p.Title] = true
		}
		if len(titles) != len(book.Languages) || titles[""] {
			t.Errorf("%s: titles %v", code, titles)
		}
	}
}

// declaredCodes returns the constants of the type ErrorCode in a folder.
func declaredCodes(t *testing.T, dir string) (codes []payload.ErrorCode) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			typ, _ := spec.Type.(*ast.Ident)
			if selector, ok := spec.Type.(*ast.SelectorExpr); ok {
				typ = selector.Sel
			}
			if typ == nil || typ.Name != "ErrorCode" {
				return true
			}
			for _, value := range spec.Values {
				literal, ok := value.(*ast.BasicLit)
				if !ok {
					t.Fatalf("%s: a code that is no literal", name)
				}
				code, err := strconv.Unquote(literal.Value)
				if err != nil {
					t.Fatal(err)
				}
				codes = append(codes, payload.ErrorCode(code))
			}
			return true
		})
	}
	return codes
}
