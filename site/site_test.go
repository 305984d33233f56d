package site_test

import (
	"fmt"
	"net/url"
	"path"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/entry"
	"github.com/reasonbook/reasonbook/kb"
	"github.com/reasonbook/reasonbook/site"
)

func build(t *testing.T, baseURL string) site.Files {
	t.Helper()
	entries, err := entry.Load(kb.Sources())
	if err != nil {
		t.Fatal(err)
	}
	b, err := entry.Compile(entries)
	if err != nil {
		t.Fatal(err)
	}
	files, err := site.Build(entries, b, baseURL)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestPages: every entry has a page in each language, with the entry's words.
func TestPages(t *testing.T) {
	files := build(t, "")
	for _, e := range kb.Book().Entries {
		for _, l := range book.Languages {
			page, ok := files[book.PagePath(l, e.ID)+"index.html"]
			if !ok {
				t.Errorf("%s: no page in %s", e.ID, l)
				continue
			}
			h := entry.Headings[l]
			for _, want := range []string{e.Texts[l].Title, h[0], h[1], h[2]} {
				if !strings.Contains(string(page), want) {
					t.Errorf("%s, %s: the page lacks %q", e.ID, l, want)
				}
			}
			for _, mark := range []string{book.ProseMark, book.CodeMark, book.EndMark, book.BaseMark, "**", "FILL IN"} {
				if strings.Contains(string(page), mark) {
					t.Errorf("%s, %s: the page shows %q", e.ID, l, mark)
				}
			}
		}
	}
	for _, l := range book.Languages {
		if home := string(files[l.String()+"/index.html"]); strings.Count(home, `<a href="`) < len(kb.Book().Entries) || !strings.Contains(home, `<textarea id="reason" name="reason"`) {
			t.Errorf("%s: home page:\n%s", l, home)
		}
	}
}

// TestLinks follows every link of every page within the site, and holds links
// out of it to https.
func TestLinks(t *testing.T) {
	files := build(t, "")
	links := 0
	for name, content := range files {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		for _, href := range hrefs(t, content) {
			links++
			if err := follow(files, name, href); err != nil {
				t.Errorf("%s: %s: %v", name, href, err)
			}
		}
	}
	if links < 200 {
		t.Errorf("only %d links were found", links)
	}
}

// hrefs returns the addresses that a page links to.
func hrefs(t *testing.T, content []byte) []string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(string(content)))
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			if n.Type == html.ElementNode && (a.Key == "href" || a.Key == "src") {
				list = append(list, a.Val)
			}
		}
	}
	return list
}

// follow finds what a link of a page leads to.
func follow(files site.Files, from, href string) error {
	u, err := url.Parse(href)
	if err != nil {
		return err
	}
	if u.Scheme != "" {
		if u.Scheme != "https" {
			return fmt.Errorf("scheme %s", u.Scheme)
		}
		return nil
	}
	target := from
	if u.Path != "" {
		target = path.Join(path.Dir(from), u.Path)
		if strings.HasSuffix(u.Path, "/") {
			target = path.Join(target, "index.html")
		}
	}
	content, ok := files[target]
	if !ok {
		return fmt.Errorf("there is no %s", target)
	}
	if u.Fragment != "" && !strings.Contains(string(content), `id="`+u.Fragment+`"`) {
		return fmt.Errorf("%s has no element %s", target, u.Fragment)
	}
	return nil
}

// TestSameBytes: a build depends on nothing but its input.
func TestSameBytes(t *testing.T) {
	first, second := build(t, "https://example.com"), build(t, "https://example.com/")
	for name, content := range first {
		if string(content) != string(second[name]) {
			t.Errorf("%s differs", name)
		}
	}
}

func TestCanonical(t *testing.T) {
	page := string(build(t, "https://example.com/book")["ja/error/index.html"])
	for _, want := range []string{
		`<link rel="canonical" href="https://example.com/book/ja/error/">`,
		`<link rel="alternate" hreflang="en" href="https://example.com/book/en/error/">`,
		`<link rel="alternate" hreflang="zh" href="https://example.com/book/zh/error/">`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}
