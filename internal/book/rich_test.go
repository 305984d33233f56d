package book_test

import (
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"

	"github.com/reasonbook/reasonbook/internal/book"
)

// stream writes a Rich as the comment on the type does: words that name marks
// are marks, everything else is text with "_" for a space.
func stream(s string) book.Rich {
	var out strings.Builder
	for word := range strings.FieldsSeq(s) {
		if mark, ok := marks[word]; ok {
			out.WriteByte(mark)
		} else {
			out.WriteString(strings.NewReplacer("_", " ", `\n`, "\n").Replace(word))
		}
	}
	return book.Rich(out.String())
}

var marks = map[string]byte{
	"End": book.EndMark, "|": book.ArgumentMark, "Blank": book.BlankMark, "Escape": book.EscapeMark, "Break": book.BreakMark,
	"Address": book.AddressMark, "Paragraph": book.ParagraphMark, "Line": book.LineMark, "List": book.ListMark, "Item": book.ItemMark,
	"CodeBlock": book.CodeBlockMark, "Code": book.CodeMark, "Token": book.TokenMark, "Emphasis": book.EmphasisMark,
	"Strong": book.StrongMark, "Label": book.LabelMark, "Entry": book.EntryMark, "Link": book.LinkMark, "Picture": book.PictureMark, "Shot": book.ShotMark,
}

func TestForms(t *testing.T) {
	v := book.Values{Base: "https://e/?a&b/", Lookup: func(name string) string {
		return map[string]string{"instance": "cart-1", "service": "shop/cart"}[name]
	}}
	for _, test := range []struct{ stream, plain, markdown, html string }{
		{"", "", "", ""},
		{"Paragraph a_<b>_&_\"c\"_'d' End", `a <b> & "c" 'd'`, `a <b> & "c" 'd'`, `<p>a &lt;b&gt; &amp; &quot;c&quot; 'd'</p>`},
		{"Paragraph a End Paragraph b End", "a\n\nb", "a\n\nb", "<p>a</p>\n<p>b</p>"},
		{"Paragraph a Break b_ Escape *c End", "a\nb *c", "a\\\nb \\*c", "<p>a<br>\nb *c</p>"},
		{"Paragraph Emphasis a End _ Strong b End _ Label TEM End End", "a b TEM:", "*a* **b** TEM:", "<p><em>a</em> <strong>b</strong> <b>TEM</b></p>"},
		{"Paragraph Code a`b End _ Code get_ Blank instance | End End", "a`b get cart-1", "``a`b`` `get cart-1`", "<p><code>a`b</code> <code>get cart-1</code></p>"},
		{"Paragraph Entry error | x End _ Link https://k/?a&b | y End _ Address https://z | End",
			"x y (https://k/?a&b) https://z", "[x](https://e/?a&b/error/) [y](https://k/?a&b) <https://z>",
			`<p><a href="https://e/?a&amp;b/error/">x</a> <a href="https://k/?a&amp;b" rel="noreferrer">y</a> <a href="https://z" rel="noreferrer">https://z</a></p>`},
		// A screenshot is words in a text, and in plain text nothing by itself.
		{"Paragraph see_ Picture https://p | what_it_shows End End", "see what it shows", "see ![what it shows](https://p)",
			`<p>see <a class="picture" href="https://p" rel="noreferrer">what it shows</a></p>`},
		{"Paragraph a End Paragraph Shot https://p | what End End CodeBlock text | c End", "a\nc", "a\n\n![what](https://p)\n\n```text\nc\n```",
			"<p>a</p>\n<p><a class=\"picture\" href=\"https://p\" rel=\"noreferrer\">what</a></p>\n<pre><code class=\"language-text\">c\n</code></pre>"},
		// Code: a fence longer than any in it, tokens for HTML alone.
		{"CodeBlock sh | Token k | ls End _<x>\\n\\n```` End", "ls <x>\n\n````", "`````sh\nls <x>\n\n````\n`````",
			"<pre><code class=\"language-sh\"><span class=\"k\">ls</span> &lt;x&gt;\n\n````\n</code></pre>"},
		// Lines do not break behind the hyphens of an option.
		{"Paragraph Code --x<y End _ Code -n_ Blank instance | End _ Code - Strong x End End _ Code End End", "--x<y -n cart-1 -x ", "`--x<y` `-n cart-1` `-**x**` ``",
			`<p><code><span class="option">--x&lt;y</span></code> <code><span class="option">-n</span> cart-1</code> <code>-<strong>x</strong></code> <code></code></p>`},
		{"Paragraph Code -XX:HeapDumpPath=/dump/heap.hprof_-XX:+ExitOnOutOfMemoryError_a End End",
			"-XX:HeapDumpPath=/dump/heap.hprof -XX:+ExitOnOutOfMemoryError a", "`-XX:HeapDumpPath=/dump/heap.hprof -XX:+ExitOnOutOfMemoryError a`",
			`<p><code><span class="option">-XX:HeapDumpPath=/dump/heap.hprof</span> <span class="option">-XX:+ExitOnOutOfMemoryError</span> a</code></p>`},
		// Lists: tight and not, numbers, views, one in another; empty lines are not indented.
		{"List | Item | Line a End End Item | Line b End End End", "- a\n- b", "- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"},
		{"List 9 | Item | Paragraph a End End Item | Paragraph b End CodeBlock text | c\\n\\nd End End End",
			"9. a\n10. b\n    c\n\n    d", "9. a\n10. b\n\n    ```text\n    c\n\n    d\n    ```",
			"<ol start=\"9\">\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n<pre><code class=\"language-text\">c\n\nd\n</code></pre>\n</li>\n</ol>"},
		{"Line a End List 1 | Item | Line b End List | Item | Line c End End End End Item | End End Paragraph d End",
			"a\n1. b\n   - c\n2. \nd", "a\n\n1. b\n\n   - c\n2. \n\nd",
			"a\n<ol>\n<li>b\n<ul>\n<li>c</li>\n</ul>\n</li>\n<li></li>\n</ol>\n<p>d</p>"},
		{"List views | Item tem | Line Label TEM End _a End End End", "- TEM: a", "- TEM: a", "<ul class=\"views\">\n<li class=\"tem\"><b>TEM</b> a</li>\n</ul>"},
		{"List | Item | Shot https://p | what End End Item | Line b End End End", "- \n- b", "- ![what](https://p)\n- b",
			"<ul>\n<li><a class=\"picture\" href=\"https://p\" rel=\"noreferrer\">what</a></li>\n<li>b</li>\n</ul>"},
		// What the sources cannot give is read nevertheless.
		{"End End a Strong b", "ab", "a**b**", "a<strong>b</strong>"},
		{"Blank insta", "<insta>", "`<insta>`", "<var>&lt;insta&gt;</var>"},
	} {
		r := stream(test.stream)
		if got := r.Plain(v); got != test.plain {
			t.Errorf("%s\nplain    %q\nwant     %q", test.stream, got, test.plain)
		}
		if got := r.Markdown(v); got != test.markdown {
			t.Errorf("%s\nMarkdown %q\nwant     %q", test.stream, got, test.markdown)
		}
		if got := r.HTML(v); got != test.html {
			t.Errorf("%s\nHTML     %q\nwant     %q", test.stream, got, test.html)
		}
	}
}

// TestBlanks: what fills a blank, in prose and in something to be run.
func TestBlanks(t *testing.T) {
	prose := stream("Blank service |")
	code := stream("Code Blank service.name | _-n_ Blank service.namespace | End")
	for _, test := range []struct {
		value                             string
		plain, markdown, html             string
		codePlain, codeMarkdown, codeHTML string
	}{
		{"shop/cart", "shop/cart", "`shop/cart`", "<code>shop/cart</code>",
			"cart -n shop", "`cart -n shop`", "<code>cart -n shop</code>"},
		{"", "<service>", "`<service>`", "<var>&lt;service&gt;</var>",
			"<service-name> -n <service-namespace>", "`<service-name> -n <service-namespace>`", "<code><var>&lt;service-name&gt;</var> -n <var>&lt;service-namespace&gt;</var></code>"},
		{"XXX", "<service>", "`<service>`", "<var>&lt;service&gt;</var>",
			"<service-name> -n <service-namespace>", "`<service-name> -n <service-namespace>`", "<code><var>&lt;service-name&gt;</var> -n <var>&lt;service-namespace&gt;</var></code>"},
		{"a;b/`c`<i>", "a;b/`c`<i>", "``a;b/`c`<i>``", "<code>a;b/`c`&lt;i&gt;</code>",
			"<service-name> -n <service-namespace>", "`<service-name> -n <service-namespace>`", "<code><var>&lt;service-name&gt;</var> -n <var>&lt;service-namespace&gt;</var></code>"},
		{"--all/-x", "--all/-x", "`--all/-x`", "<code>--all/-x</code>", // options to a command
			"<service-name> -n <service-namespace>", "`<service-name> -n <service-namespace>`", "<code><var>&lt;service-name&gt;</var> -n <var>&lt;service-namespace&gt;</var></code>"},
		{"a/b\n", "<service>", "`<service>`", "<var>&lt;service&gt;</var>", // a line of its own
			"<service-name> -n a", "`<service-name> -n a`", "<code><var>&lt;service-name&gt;</var> -n a</code>"},
	} {
		v := book.Values{Lookup: func(name string) string {
			if name == "service" {
				return test.value
			}
			return ""
		}}
		for _, c := range []struct{ got, want string }{
			{prose.Plain(v), test.plain}, {prose.Markdown(v), test.markdown}, {prose.HTML(v), test.html},
			{code.Plain(v), test.codePlain}, {code.Markdown(v), test.codeMarkdown}, {code.HTML(v), test.codeHTML},
		} {
			if c.got != c.want {
				t.Errorf("value %q:\ngot  %s\nwant %s", test.value, c.got, c.want)
			}
		}
	}
}

// TestAnyStream: whatever a stream holds, the printers give a tree of elements
// that a browser reads as it stands, and no mark; and what fills the blanks
// adds to the text, but no element.
func TestAnyStream(t *testing.T) {
	random := rand.New(rand.NewPCG(20, 7))
	pieces := []string{"a", " ", "\n", "`", "``", "*", "<b>", "\"", "&", "日本", "\x00", "\x18", "\x1f", "\r", "https://x", "1", "views", "instance", "service.name", "\xff"}
	for _, mark := range marks {
		pieces = append(pieces, string(rune(mark)), string(rune(mark))) // half of all
	}
	slices.Sort(pieces)
	values := []string{"cart", "shop/cart", "<script>", `"><b>`, "`", "a`b", "](x)", "\x01", "\x02\x15x", "a\nb", "\ue000x", "&lt;"}
	for range 20_000 {
		var s strings.Builder
		for range random.IntN(24) {
			s.WriteString(pieces[random.IntN(len(pieces))])
		}
		r := book.Rich(s.String())
		value := values[random.IntN(len(values))]
		v := book.Values{Base: "/en/", Lookup: func(string) string { return value }}
		for form, text := range map[string]string{"plain": r.Plain(v), "Markdown": r.Markdown(v), "HTML": r.HTML(v)} {
			if i := strings.IndexFunc(text, func(c rune) bool { return c < ' ' && c != '\n' && c != '\t' }); i >= 0 {
				t.Fatalf("%q: mark %q in %s %q", r, text[i], form, text)
			}
			if utf8.ValidString(string(r)) && !utf8.ValidString(text) {
				t.Fatalf("%q: %s is not UTF-8: %q", r, form, text)
			}
		}
		filled, empty := elements(t, r.HTML(v)), elements(t, r.HTML(book.Values{Base: "/en/"}))
		// A blank is an element itself: <var> if it stays blank, <code> or none if not.
		if a, b := count(filled, "script", "b"), count(empty, "script", "b"); a != b {
			t.Fatalf("%q filled with %q: %v elements instead of %v", r, value, a, b)
		}
	}
}

// elements returns the names of the elements of a fragment; it fails if they
// do not nest.
func elements(t *testing.T, fragment string) (names []string) {
	t.Helper()
	var open []string
	z := html.NewTokenizer(strings.NewReader(fragment))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if z.Err() != io.EOF || len(open) > 0 {
				t.Fatalf("%v, %v open at the end of\n%s", z.Err(), open, fragment)
			}
			return names
		case html.StartTagToken:
			name, _ := z.TagName()
			names = append(names, string(name))
			if string(name) != "br" {
				open = append(open, string(name))
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if len(open) == 0 || open[len(open)-1] != string(name) {
				t.Fatalf("</%s> ends %v in\n%s", name, open, fragment)
			}
			open = open[:len(open)-1]
		case html.CommentToken, html.DoctypeToken, html.SelfClosingTagToken:
			t.Fatalf("%s in\n%s", z.Token(), fragment)
		}
	}
}

func count(names []string, of ...string) (n int) {
	for _, name := range names {
		if slices.Contains(of, name) {
			n++
		}
	}
	return n
}

func TestCodeSpan(t *testing.T) {
	for value, want := range map[string]string{"a": "`a`", "a`b": "``a`b``", "`a``": "``` `a`` ```"} {
		if got := book.CodeSpan(value); got != want {
			t.Errorf("CodeSpan(%q) = %q, want %q", value, got, want)
		}
	}
}

func TestLanguages(t *testing.T) {
	var tags []string
	for _, l := range book.Languages {
		tags = append(tags, l.String())
		if again, ok := book.LanguageOf(l.String()); !ok || again != l {
			t.Errorf("LanguageOf(%q) = %v", l, again)
		}
	}
	if strings.Join(tags, " ") != "en ja zh" {
		t.Errorf("languages %v", tags)
	}
	if _, ok := book.LanguageOf("fr"); ok {
		t.Error("the book has no French")
	}
}
