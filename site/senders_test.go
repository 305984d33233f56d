package site_test

import (
	"bytes"
	"path"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/reasonbook/reasonbook/docs"
	"github.com/reasonbook/reasonbook/internal/book"
)

// TestSenders: the guide to connecting senders is on the site in each language,
// with every configuration of docs/senders and a heading for every sender, at
// the same addresses; the overview leads to each.
func TestSenders(t *testing.T) {
	files := build(t, home)
	folders := map[string]int{}
	for _, l := range book.Languages {
		folder := l.String() + "/" + book.Senders + "/"
		overview := string(files[folder+"index.html"])
		var text strings.Builder
		headings := 0
		for name, content := range files {
			if dir, ok := strings.CutPrefix(path.Dir(name)+"/", folder); ok {
				text.WriteString(textOf(t, content))
				headings += strings.Count(string(content), "<h1>") + strings.Count(string(content), "<h2 id=")
				folders[dir]++
				if dir != "" && !strings.Contains(overview, `href="`+dir+`"`) {
					t.Errorf("%s does not lead to %s", folder, dir)
				}
				if !strings.Contains(string(files["sitemap.xml"]), home+folder+dir+"<") {
					t.Errorf("the sitemap lacks %s%s", folder, dir)
				}
			}
		}
		blocks := strings.Split("\n"+docs.Senders(l), "\n```")
		for i := 1; i < len(blocks); i += 2 {
			_, code, _ := strings.Cut(blocks[i], "\n")
			if !strings.Contains(text.String(), code) {
				t.Errorf("%s: no page has\n%s", l, code)
			}
		}
		prose := ""
		for i := 0; i < len(blocks); i += 2 {
			prose += blocks[i]
		}
		if want := strings.Count(prose, "\n#"); headings != want || want < 20 {
			t.Errorf("%s: %d headings, docs/senders has %d", l, headings, want)
		}
		for _, other := range []string{"senders.md", "senders.ja.md", "senders.zh.md", "](", "{#"} {
			if strings.Contains(text.String(), other) {
				t.Errorf("%s: the pages show %q", l, other)
			}
		}
		for from, want := range map[string]string{"/index.html": `href="../en/senders/"`, "/api/index.html": `href="../senders/"`} {
			want = strings.Replace(want, "/en/", "/"+l.String()+"/", 1)
			if page := string(files[l.String()+from]); !strings.Contains(page, want) {
				t.Errorf("%s%s lacks %s", l, from, want)
			}
		}
	}
	if len(folders) < 6 {
		t.Errorf("only %d pages", len(folders))
	}
	for folder, n := range folders {
		if n != len(book.Languages) {
			t.Errorf("senders/%s is there in %d languages", folder, n)
		}
	}
	if !strings.Contains(string(files["llms.txt"]), "("+home+"en/senders/)") {
		t.Error("llms.txt lacks the guide")
	}
}

// textOf returns the text of a page.
func textOf(t *testing.T, page []byte) string {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for n := range root.Descendants() {
		if n.Type == html.TextNode {
			text.WriteString(n.Data)
		}
	}
	return text.String()
}
