package evidence_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/evidence"
	"github.com/reasonbook/reasonbook/kb"
)

// TestProducts: logs of healthy products match nothing, bare or behind what the
// tools that show logs put before each line.
func TestProducts(t *testing.T) {
	data, err := os.ReadFile("testdata/products/products.txt")
	if err != nil {
		t.Fatal(err)
	}
	book := kb.Book()
	x := evidence.New(book.Rules)
	products := strings.Split("\n"+string(data), "\n-- ")[1:]
	if len(products) < 15 {
		t.Fatalf("%d products", len(products))
	}
	for _, product := range products {
		name, text, _ := strings.Cut(product, " --\n")
		text = strings.TrimRight(text, "\n")
		for _, prefix := range []string{"", "[pod/till-0/app] ", "[pod/till-0/app] 2026-11-21T06:15:04.020113507Z ", "2026-11-21T06:15:04.020113507Z stderr F ", "till-1  | ", "\x1b[36mtill-1  |\x1b[0m ", "json"} {
			shown := prefix + strings.ReplaceAll(text, "\n", "\n"+prefix)
			if prefix == "json" {
				shown = ""
				for line := range strings.SplitSeq(text, "\n") {
					shown += `{"log":` + quoted(line+"\n") + `,"stream":"stderr","time":"2026-11-21T06:15:04.020113507Z"}` + "\n"
				}
			}
			t.Run(name+"/"+prefix, func(t *testing.T) {
				result, err := x.Text(context.Background(), shown)
				if err != nil {
					t.Fatal(err)
				}
				for _, f := range result.Findings {
					for i := range f.Matches {
						m := &f.Matches[i]
						t.Errorf("got %s by %q", book.Entries[m.Entry].ID, shown[m.Start:m.End])
					}
				}
			})
		}
	}
}
