package kb_test

import (
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/entry"
	"github.com/reasonbook/reasonbook/internal/evidence"
	"github.com/reasonbook/reasonbook/kb"
)

// load returns the sources of the knowledge base; it fails if there are none.
func load(t *testing.T) []*entry.Entry {
	t.Helper()
	files, err := fs.Glob(kb.Sources(), "*/*/entry.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no entries to test: %v", err)
	}
	entries, err := entry.Load(kb.Sources())
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != len(files) {
		t.Fatalf("%d entries of %d files", len(entries), len(files))
	}
	return entries
}

// TestBookIsFresh compares the compiled book with what the sources compile to.
func TestBookIsFresh(t *testing.T) {
	b, err := entry.Compile(load(t))
	if err != nil {
		t.Fatal(err)
	}
	want, err := entry.GoSource(b)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][]byte{"book.go": want.Book, "tables.go": want.Tables} {
		got, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(want) {
			t.Errorf("%s is out of date; run: go generate ./kb", name)
		}
	}
}

// TestEntries runs the examples of every entry against the whole compiled book.
func TestEntries(t *testing.T) {
	b := kb.Book()
	for _, e := range load(t) {
		t.Run(e.ID, func(t *testing.T) {
			t.Parallel()
			n, ok := b.Find(e.ID)
			if !ok {
				t.Fatal("not in the compiled book")
			}
			for _, example := range e.Examples {
				shown := findings(t, b, example.Text)
				first := slices.IndexFunc(shown, func(f evidence.Finding) bool { return f.Matches[0].Entry == n })
				if first < 0 {
					t.Errorf("%q: first of none of %v is %s", example.Text, ids(b, shown), e.ID)
					continue
				}
				if diff := cmp.Diff(example.Parameters, parameters(shown[first].Matches[0]), cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("%q: parameters: -want +got:\n%s", example.Text, diff)
				}
			}
			for _, ref := range e.Not {
				for _, finding := range ids(b, findings(t, b, ref.Value)) {
					if slices.Contains(finding, e.ID) {
						t.Errorf("%q must not match", ref.Value)
					}
				}
			}
			for _, l := range book.Languages {
				text := b.Entries[n].Texts[l]
				if text.Title == "" || text.Summary == "" || text.Meaning == "" || text.Confirm == "" || len(text.Steps) < 2 || text.Prevent == "" {
					t.Errorf("%s: no complete text", path.Join(e.ID, l.String()))
				}
				if related := e.Pages[l].Related; related == nil || len(related.Items) == 0 {
					t.Errorf("%s: no related entries", path.Join(e.ID, l.String()))
				}
			}
		})
	}
}

// TestTheNineStates holds the book to the guide that it began as: its headings
// as they stand, with real ids in place of xxx, in lower case and in full-width
// letters, and with the punctuation of the three consoles.
func TestTheNineStates(t *testing.T) {
	const clb = "Readiness check failed according to l4 listener"
	for _, test := range []struct {
		text, want string
		parameters map[string]string
	}{
		{"CrashLoopBackOff", "crash-loop-back-off", nil},
		{"Error", "error", nil},
		{"Running Unhealthy:Readiness probe failed", "readiness-probe-failed", nil},
		{"Running Unhealthy:Liveness probe failed", "liveness-probe-failed", nil},
		{"Running Unhealthy:" + clb + ": xxx of CLB xxx. Service: xxx", "clb-readiness-check-failed",
			map[string]string{"listener": "xxx", "clb": "xxx", "service": "xxx"}},
		{"Running Unhealthy:" + clb + ": lbl-4f2kq0zd of CLB lb-9x3kq2ma. Service: shop/cart-svc", "clb-readiness-check-failed",
			map[string]string{"listener": "lbl-4f2kq0zd", "clb": "lb-9x3kq2ma", "service": "shop/cart-svc"}},
		{"PostStartHookError", "post-start-hook-error", nil},
		{"ContainerCreating", "container-creating", nil},
		{"CreateContainerConfigError", "create-container-config-error", nil},
		{"ImagePullBackOff", "image-pull-back-off", nil},
	} {
		for _, form := range []struct {
			name   string
			change func(string) string
		}{
			{"as it stands", func(s string) string { return s }},
			{"lower case", strings.ToLower},
			{"upper case", strings.ToUpper},
			{"full width", fullWidth},
			{"English console", func(s string) string { return strings.ReplaceAll(s, "Unhealthy:", "Unhealthy: ") }},
			{"Chinese console", func(s string) string { return strings.ReplaceAll(s, ":", "：") }},
			{"spread out", func(s string) string { return "  " + strings.ReplaceAll(s, " ", "   ") + " \n" }},
		} {
			text := form.change(test.text)
			found := findings(t, kb.Book(), text)
			if len(found) != 1 || ids(kb.Book(), found)[0][0] != test.want {
				t.Errorf("%s: %q gives %v, want %s first", form.name, text, ids(kb.Book(), found), test.want)
				continue
			}
			parameters := parameters(found[0].Matches[0])
			for name, value := range test.parameters {
				if form.name == "upper case" {
					value = strings.ToUpper(value)
				}
				if parameters[name] != value {
					t.Errorf("%s: %q: %s is %q, want %q", form.name, text, name, parameters[name], value)
				}
			}
		}
	}
}

// TestNothingFails holds the book to silence on texts that report no failure.
func TestNothingFails(t *testing.T) {
	for _, text := range []string{
		"The quick brown fox jumps over the lazy dog.",
		"今日は天気がいいので、散歩に行きましょう。",
		"今天天气很好，我们去公园散步吧。",
		"cart-7d9f8c6b5-x2x8p   1/1   Running   0   3d",
		"NAME READY STATUS RESTARTS AGE\nweb-0 1/1 Running 0 3d\nmigrate-8xk2p 0/1 Completed 0 4d",
		"migrate-8xk2p   0/1   Completed   0   4d",
		"shop   migrate-8xk2p   0/1   Completed   0   4d   10.0.3.7   node-2   <none>   <none>",
		"Readiness probe succeeded\nLiveness probe succeeded",
		"Normal  Pulled  Successfully pulled image \"nginx:1.27\" in 1.2s\nNormal  Created  Created container app\nNormal  Started  Started container app",
		"2026-11-23T01:02:03Z INFO server started on :8080, 0 errors",
		"2026-11-23T01:02:03Z ERROR request failed with status 500, trying again",
		`{"level":"error","status":"error","msg":"timeout, trying again"}`,
		"Service started. Error rate 0.1 %. No crash, no loop, no back-off.",
	} {
		if found := findings(t, kb.Book(), text); len(found) > 0 {
			t.Errorf("%q gives %v", text, ids(kb.Book(), found))
		}
	}
}

// TestCompleted: a pod that ended and was started again does not run on as it
// should; one that just ended may be one of these.
func TestCompleted(t *testing.T) {
	for _, text := range []string{
		"web-6d9c7b5f48-vw2ln   0/1   Completed   4 (52s ago)   2m40s",
		"shop   web-6d9c7b5f48-vw2ln   0/1   Completed   4 (52s ago)   2m40s   10.0.3.7   node-2   <none>   <none>",
		"NAME READY STATUS RESTARTS AGE\nweb-6d9c7b5f48-vw2ln 0/1 Completed 1 4d",
		"NAME READY STATUS RESTARTS AGE\nweb-6d9c7b5f48-vw2ln 0/1 Completed 0 3s",
	} {
		if got := ids(kb.Book(), findings(t, kb.Book(), text)); len(got) != 1 || got[0][0] != "completed" {
			t.Errorf("%q gives %v", text, got)
		}
	}
}

// findings returns what a text proves.
func findings(t *testing.T, b *book.Book, text string) []evidence.Finding {
	t.Helper()
	result, err := b.Explainer().Text(t.Context(), text)
	if err != nil {
		t.Fatal(err)
	}
	return result.Findings
}

// ids returns the ids of the matches of each finding.
func ids(b *book.Book, findings []evidence.Finding) [][]string {
	var list [][]string
	for _, f := range findings {
		var of []string
		for _, m := range f.Matches {
			of = append(of, b.Entries[m.Entry].ID)
		}
		list = append(list, of)
	}
	return list
}

func parameters(m evidence.Match) map[string]string {
	values := map[string]string{}
	for _, p := range m.Parameters {
		values[p.Name] = p.Value
	}
	return values
}

// fullWidth returns s in the full-width forms of its ASCII characters.
func fullWidth(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '\u3000'
		case r > ' ' && r < 0x7f:
			return r - '!' + '！'
		}
		return r
	}, s)
}
