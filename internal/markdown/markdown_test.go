package markdown_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/markdown"
)

// step returns the HTML of the only step of a page whose step is source.
func step(t *testing.T, source string) string {
	t.Helper()
	doc := markdown.Parse([]byte("# T\n\n## Steps\n\n1. "+strings.ReplaceAll(source, "\n", "\n   ")+"\n"), nil, nil)
	if len(doc.Faults) > 0 || len(doc.Sections) != 1 || len(doc.Sections[0].Items) != 1 {
		t.Fatalf("%q: %+v", source, doc)
	}
	return doc.Sections[0].Items[0].Body.HTML(book.Values{})
}

var spans = regexp.MustCompile(`<span class="(.)">([^<]*)</span>`)

// TestHighlight: what a reader looks for in a command has a class of its own.
func TestHighlight(t *testing.T) {
	for _, test := range []struct {
		info, code string
		want       []string
	}{
		{"sh read", "kubectl -n {namespace} get pods", []string{"k:kubectl", "n:-n"}},
		{"sh read", "kubectl logs x --tail=200 # the newest", []string{"k:kubectl", "n:--tail", "c:# the newest"}},
		{"sh change", "a=$(kubectl get x -o jsonpath='{.x}')\necho \"$a\"", []string{"v:a=", "k:kubectl", "n:-o", "s:'{.x}'", "k:echo", `s:"$a"`}},
		{"sh read", "curl -v x | grep -i y && ls", []string{"k:curl", "n:-v", "k:grep", "n:-i", "k:ls"}},
		{"sh read", "echo $HOME a ${X} a-b c#d", []string{"k:echo", "v:$HOME", "v:${X}"}},
		{"sh read", "# first\nls", []string{"c:# first", "k:ls"}},
		{"sh read", "for s in $(ls); do echo x; done", []string{"k:for", "k:ls", "k:do", "k:done"}},
		{"yaml", "limits:\n  memory: \"512Mi\" # enough\n- name: http://x#y", []string{"n:limits", `s:"512Mi"`, "c:# enough", "n:memory", "n:name"}},
		{"json", `{"a": "b", "c": 1}`, []string{`n:"a"`, `s:"b"`, `n:"c"`}},
		{"text", `a: "b" # c`, nil},
	} {
		html := step(t, "Do.\n\n```"+test.info+"\n"+test.code+"\n```")
		var found []string
		for _, m := range spans.FindAllStringSubmatch(html, -1) {
			found = append(found, m[1]+":"+strings.TrimSpace(strings.NewReplacer("&quot;", `"`, "&amp;", "&").Replace(m[2])))
		}
		slices.Sort(found)
		slices.Sort(test.want)
		if !slices.Equal(found, test.want) {
			t.Errorf("%s:\ngot  %q\nwant %q", test.code, found, test.want)
		}
		// Classes change nothing of the text.
		text := regexp.MustCompile(`<[^>]*>`).ReplaceAllString(html, "")
		text = strings.NewReplacer("&quot;", `"`, "&amp;", "&", "&lt;", "<", "&gt;", ">").Replace(text)
		if want := strings.NewReplacer("{namespace}", "<namespace>").Replace(test.code); !strings.Contains(text, want) {
			t.Errorf("%q became %q", want, text)
		}
	}
}

// TestViews: what a list says for TEM and for kubectl can be told apart.
func TestViews(t *testing.T) {
	html := step(t, "Look.\n\n- TEM: **A** > **B**\n- kubectl:\n\n  ```sh read\n  ls\n  ```")
	for _, want := range []string{`<ul class="views">`, `<li class="tem">`, `<b>TEM</b> <strong>A</strong>`, `<li class="kubectl">`, `<b>kubectl</b>`} {
		if !strings.Contains(html, want) {
			t.Errorf("no %s in\n%s", want, html)
		}
	}
	if html := step(t, "Look.\n\n- TEMPO: a\n- kubectl get: b"); strings.Contains(html, "class=") {
		t.Errorf("no view:\n%s", html)
	}
}

func TestParseArticle(t *testing.T) {
	a, err := markdown.ParseArticle([]byte("# Title\n\nThe *lead*.\n\n## One {#one}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n### Deep {#deep}\n\nx\n\n## Two {#two}\n"))
	if err != nil {
		t.Fatal(err)
	}
	if a.Title != "Title" || a.Lead != "The lead." || len(a.Sections) != 2 || a.Sections[1] != (markdown.ArticleSection{ID: "two", Title: "Two"}) ||
		strings.Contains(a.HTML, "<h1") || !strings.Contains(a.HTML, `<h2 id="one">`) || !strings.Contains(a.HTML, "<td>1</td>") {
		t.Errorf("%+v", a)
	}
	a, err = markdown.ParseArticle([]byte("# T\n\n```http\nPOST /x: y HTTP/1.1\nContent-Type: a/b: c\n\n{\"d\": 1}\n```\n"))
	if found := spans.FindAllString(a.HTML, -1); err != nil || len(found) != 1 || !strings.Contains(found[0], ">Content-Type<") {
		t.Errorf("%q, %v", found, err)
	}
	a, err = markdown.ParseArticle([]byte("# T\n\nand\n`a`,\n**b** or\n[c](https://c.example)\n漢字\n漢字\nd\n"))
	if want := "<p>and\n<code>a</code>,\n<strong>b</strong> or\n<a href=\"https://c.example\" rel=\"noreferrer\">c</a>\n漢字漢字\nd</p>\n"; err != nil || a.HTML != want {
		t.Errorf("ends of lines: %q, want %q (%v)", a.HTML, want, err)
	}
	for _, source := range []string{"", "text", "## Two {#two}", "# T\n\n## No id\n"} {
		if _, err := markdown.ParseArticle([]byte(source)); err == nil {
			t.Errorf("%q: no error", source)
		}
	}
}
