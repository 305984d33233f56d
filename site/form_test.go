package site_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/kb"
)

// TestSummaries: what search engines and the search show of an entry is its
// summary; the lists have its whole title.
func TestSummaries(t *testing.T) {
	files := build(t, home)
	for _, l := range book.Languages {
		var listed strings.Builder
		for name, page := range files {
			if part := strings.Split(name, "/"); len(part) > 2 && part[0] == l.String() && slices.Contains([]string{"states", "causes", "logs"}, part[1]) && strings.HasSuffix(name, "index.html") {
				for _, n := range elements(t, page, hasClass("names")) {
					listed.WriteString(text(n))
				}
			}
		}
		for _, e := range kb.Book().Entries {
			summary := e.Texts[l].Summary
			start := string([]rune(summary)[:min(20, len([]rune(summary)))]) // the search may shorten it
			if h := book.HeadingOf(e.Texts[l].Title, l); !strings.Contains(listed.String(), strings.TrimSpace(h.Reason+" "+h.Gist)) {
				t.Errorf("%s: the lists lack the title of %s", l, e.ID)
			}
			if !strings.Contains(string(files["assets/search."+l.String()+".js"]), strings.ReplaceAll(start, `"`, `\"`)) {
				t.Errorf("%s: the search lacks the summary of %s", l, e.ID)
			}
			page := files[book.PagePath(l, e.ID)+"index.html"]
			description := elements(t, page, func(n *html.Node) bool { return attribute(n, "name") == "description" })
			if len(description) != 1 || attribute(description[0], "content") != summary {
				t.Errorf("%s: the description of %s is not %q", l, e.ID, summary)
			}
		}
	}
}

// TestPlanned: what is not written yet is named in plain text; what is written
// is a link.
func TestPlanned(t *testing.T) {
	source, err := os.ReadFile("../kb/planned.txt")
	if err != nil {
		t.Fatal(err)
	}
	files := build(t, home)
	named := 0
	for _, id := range strings.Fields(string(source)) {
		if _, ok := kb.Book().Find(id); ok {
			continue
		}
		for _, e := range kb.Book().Entries {
			page := files[book.PagePath(book.English, e.ID)+"index.html"]
			if strings.Contains(string(page), id) {
				named++
			}
			if slices.Contains(linksIn(t, page, func(n *html.Node) bool { return n.Data == "main" }), "../"+id+"/") {
				t.Errorf("%s links to %s, which is not written", e.ID, id)
			}
		}
	}
	if named == 0 {
		t.Error("no page names an entry that is planned")
	}
	if links := linksIn(t, files["en/error/index.html"], func(n *html.Node) bool { return attribute(n, "aria-labelledby") == "related" }); !slices.Contains(links, "../init-container-failed/") {
		t.Errorf("the related entries of error: %v", links)
	}
}

// TestCommandMarks: commands that change something are told apart from those
// that only read, in every language.
func TestCommandMarks(t *testing.T) {
	files := build(t, home)
	for _, l := range book.Languages {
		marked := map[string]bool{}
		for _, n := range elements(t, files[book.PagePath(l, "error")+"index.html"], func(n *html.Node) bool { return n.Data == "code" }) {
			for _, verb := range []string{"rollout undo", "get pod"} {
				if n.Parent.Data == "pre" && strings.Contains(text(n), verb) {
					marked[verb] = hasClass("change")(n)
				}
			}
		}
		if changes, ok := marked["rollout undo"]; !ok || !changes || marked["get pod"] {
			t.Errorf("%s: marks %v", l, marked)
		}
	}
}
