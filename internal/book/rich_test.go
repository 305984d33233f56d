package book_test

import (
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/book"
)

func TestRich(t *testing.T) {
	blank := func(mark, name string) string { return mark + name + book.EndMark }
	prose := book.Rich{
		PlainForm:    "See " + blank(book.ProseMark, "service") + ".",
		MarkdownForm: "See [x](" + book.BaseMark + "error/) of " + blank(book.ProseMark, "service") + ".",
		HTMLForm:     `<a href="` + book.BaseMark + `error/">x</a> ` + blank(book.ProseMark, "service"),
	}
	code := book.Rich{
		PlainForm:    "get " + blank(book.CodeMark, "service.name") + " -n " + blank(book.CodeMark, "service.namespace"),
		MarkdownForm: "`get " + blank(book.CodeMark, "service.name") + "`",
		HTMLForm:     "<code>get " + blank(book.CodeMark, "service.name") + "</code>",
	}
	for _, test := range []struct {
		value                             string
		plain, markdown, html             string
		codePlain, codeMarkdown, codeHTML string
	}{
		{"shop/cart",
			"See shop/cart.", "See [x](https://e/?a&b/error/) of `shop/cart`.", `<a href="https://e/?a&amp;b/error/">x</a> <code>shop/cart</code>`,
			"get cart -n shop", "`get cart`", "<code>get cart</code>"},
		{"",
			"See <service>.", "See [x](https://e/?a&b/error/) of `<service>`.", `<a href="https://e/?a&amp;b/error/">x</a> <var>&lt;service&gt;</var>`,
			"get <service-name> -n <service-namespace>", "`get <service-name>`", "<code>get <var>&lt;service-name&gt;</var></code>"},
		{"XXX",
			"See <service>.", "See [x](https://e/?a&b/error/) of `<service>`.", `<a href="https://e/?a&amp;b/error/">x</a> <var>&lt;service&gt;</var>`,
			"get <service-name> -n <service-namespace>", "`get <service-name>`", "<code>get <var>&lt;service-name&gt;</var></code>"},
		{"a;b/`c`<i>",
			"See a;b/`c`<i>.", "See [x](https://e/?a&b/error/) of ``a;b/`c`<i>``.", `<a href="https://e/?a&amp;b/error/">x</a> <code>a;b/` + "`c`" + `&lt;i&gt;</code>`,
			"get <service-name> -n <service-namespace>", "`get <service-name>`", "<code>get <var>&lt;service-name&gt;</var></code>"},
		{"--all/-x", // options to a command
			"See --all/-x.", "See [x](https://e/?a&b/error/) of `--all/-x`.", `<a href="https://e/?a&amp;b/error/">x</a> <code>--all/-x</code>`,
			"get <service-name> -n <service-namespace>", "`get <service-name>`", "<code>get <var>&lt;service-name&gt;</var></code>"},
		{"a/b\n", // a line of its own
			"See <service>.", "See [x](https://e/?a&b/error/) of `<service>`.", `<a href="https://e/?a&amp;b/error/">x</a> <var>&lt;service&gt;</var>`,
			"get <service-name> -n a", "`get <service-name>`", "<code>get <var>&lt;service-name&gt;</var></code>"},
	} {
		v := book.Values{Base: "https://e/?a&b/", Lookup: func(name string) string {
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
