package site_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/kb"
)

// TestEntryShape: no page shows a blank in prose, none ends its first paragraph with
// words that lead to a list elsewhere, and the views of a step read as sentences of
// their own beside their names.
func TestEntryShape(t *testing.T) {
	files := build(t, "https://book.example.com/")
	closed := 0
	for _, l := range book.Languages {
		for _, e := range kb.Book().Entries {
			path := book.PagePath(l, e.ID)
			root, err := html.Parse(strings.NewReader(string(files[path+"index.html"])))
			if err != nil {
				t.Fatal(err)
			}
			for n := range root.Descendants() {
				switch {
				case n.Data == "var" && !within(n, "code"):
					t.Errorf("%s: a blank in prose: %q", path, text(n.Parent))
				case n.Data == "section" && attribute(n, "class") == "meaning":
					said := strings.TrimSpace(text(n))
					for _, end := range []string{":", "：", "次のとおりです。"} {
						if strings.HasSuffix(said, end) {
							t.Errorf("%s: %q leads to nothing", path, said)
						}
					}
				case n.Data == "li" && (attribute(n, "class") == "tem" || attribute(n, "class") == "kubectl"):
					_, said, _ := strings.Cut(strings.TrimSpace(text(n)), " ")
					first := n.FirstChild.NextSibling // <p><b>kubectl</b> text
					plain := first != nil && first.FirstChild != nil && first.FirstChild.NextSibling != nil && first.FirstChild.NextSibling.Type == html.TextNode && strings.TrimSpace(first.FirstChild.NextSibling.Data) != ""
					if l == book.English && plain && said != "" && said[0] >= 'a' && said[0] <= 'z' {
						t.Errorf("%s: the view begins with %q", path, said[:min(len(said), 40)])
					}
				case n.Data == "details" && attribute(n, "class") == "fold rest":
					closed++
					if !slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "open" }) {
						t.Errorf("%s: closed where there are no scripts", path)
					}
				}
			}
		}
	}
	if closed < 50 {
		t.Errorf("%d long notes can be closed", closed)
	}
	page := string(files["en/crash-loop-back-off/index.html"])
	_, more, _ := strings.Cut(page, `<details class="more-meaning">`)
	if !strings.Contains(more[:200], "<p>The usual causes, most frequent first:</p>\n<ul>") {
		t.Errorf("what introduces the list stands elsewhere: %s", more[:200])
	}
}

func within(n *html.Node, name string) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.Data == name {
			return true
		}
	}
	return false
}
