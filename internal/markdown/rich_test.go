package markdown_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/markdown"
)

// TestText: what an author writes comes out the same in all forms.
func TestText(t *testing.T) {
	v := book.Values{Base: "/en/", Lookup: func(name string) string { return map[string]string{"image": "nginx:1"}[name] }}
	for _, test := range []struct{ source, plain, markdown, html string }{
		{`a \* b \{ c`, "a * b { c", `a \* b \{ c`, "a * b { c"},
		{"a &lt;b&gt; &amp; &eacute; &#42; &nothing; AT&T", "a <b> & é * &nothing; AT&T", `a \<b\> \& é \* \&nothing\; AT&T`, "a &lt;b&gt; &amp; é * &amp;nothing; AT&amp;T"},
		{"a&#1;b &#xe000;c&#x7;", "ab c", "ab c", "ab c"}, // no character reference becomes a mark
		{"one\ntwo `three`\n`four`\nfive", "one two three four five", "one two `three` `four` five", "one two <code>three</code> <code>four</code> five"},
		{"一行\n二行", "一行二行", "一行二行", "一行二行"},
		{"one\\\ntwo", "one\ntwo", "one\\\ntwo", "one<br>\ntwo"},
		{"`a {image}\nb` {image}", "a nginx:1 b nginx:1", "`a nginx:1 b` `nginx:1`", "<code>a nginx:1 b</code> <code>nginx:1</code>"},
		{"[*a* {image}](other)", "a nginx:1", "[*a* `nginx:1`](/en/other/)", `<a href="/en/other/"><em>a</em> <code>nginx:1</code></a>`},
		{"<https://example.com/?a&b>", "https://example.com/?a&b", "<https://example.com/?a&b>", `<a href="https://example.com/?a&amp;b" rel="noreferrer">https://example.com/?a&amp;b</a>`},
		{"`{\"a\": '{.b}{end}'}`", `{"a": '{.b}{end}'}`, "`{\"a\": '{.b}{end}'}`", "<code>{&quot;a&quot;: '{.b}{end}'}</code>"},
	} {
		doc := markdown.Parse([]byte("# T\n\n## S\n\n"+test.source+"\n"), nil, nil)
		if len(doc.Faults) > 0 || len(doc.Sections) != 1 {
			t.Errorf("%q: %+v", test.source, doc)
			continue
		}
		body := doc.Sections[0].Body()
		for _, form := range []struct{ name, got, want string }{
			{"plain", body.Plain(v), test.plain}, {"Markdown", body.Markdown(v), test.markdown}, {"HTML", body.HTML(v), "<p>" + test.html + "</p>"},
		} {
			if form.got != form.want {
				t.Errorf("%q: %s\ngot  %q\nwant %q", test.source, form.name, form.got, form.want)
			}
		}
	}
}

// TestFaultsOfText: what could be taken for a mark, or would be a link that
// leads elsewhere, is reported with its line.
func TestFaultsOfText(t *testing.T) {
	for _, test := range []struct {
		source, message string
		line            int
	}{
		{"a\n\nb\x03image\x02", "control", 7},
		{"```sh read\nls \ue100 {image}\n```", "private use", 6},
		{"a\x00b", "control", 5},
		{"<javascript:alert(1)>", "https://", 5},
		{"<somebody@example.com>", "https://", 5},
		{"1. a\n\n   - TEM：b", "ASCII colon", 7},
		{"- kubectl：b", "ASCII colon", 5},
	} {
		doc := markdown.Parse([]byte("# T\n\n## S\n\n"+test.source+"\n"), nil, nil)
		if !slices.ContainsFunc(doc.Faults, func(f markdown.Fault) bool { return f.Line == test.line && strings.Contains(f.Message, test.message) }) {
			t.Errorf("%q: %+v, want %q in line %d", test.source, doc.Faults, test.message, test.line)
		}
		for _, section := range doc.Sections {
			if html := section.Body().HTML(book.Values{}); strings.ContainsAny(html, "\x00\x02\x03") || strings.Contains(html, "\ue100") {
				t.Errorf("%q: a mark is left in %q", test.source, html)
			}
		}
	}
}
