package markdown_test

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/markdown"
)

// codeOf returns a code block as a page shows it, "" if an entry cannot hold it.
func codeOf(info, code string) string {
	doc := markdown.Parse([]byte("# T\n\n## S\n\n```"+info+"\n"+code+"\n```\n"), nil, nil)
	if len(doc.Faults) > 0 || len(doc.Sections) != 1 || len(doc.Sections[0].Code) != 1 {
		return ""
	}
	page := doc.Sections[0].Body().HTML(book.Values{})
	_, page, _ = strings.Cut(page, `">`)
	return strings.TrimSuffix(page, "\n</code></pre>")
}

func TestTokens(t *testing.T) {
	long := strings.Repeat("{.a}", 100)
	for _, test := range []struct{ info, code, want string }{
		{"sh read", "kubectl -n {namespace} get pod {instance} --show-labels", "<k>kubectl </k><n>-n</n> <var>&lt;namespace&gt;</var> get pod <var>&lt;instance&gt;</var> <n>--show-labels</n>"},
		{"sh read", "a | b && c; (d -x)", "<k>a </k>| <k>b </k>&amp;&amp; <k>c</k>; (<k>d </k><n>-x</n>)"},
		{"sh read", "a \\\n  -b # why\n# all of it\nc x#y", "<k>a</k> \\\n  <n>-b</n> <c># why\n# all of it\n</c><k>c</k> x#y"},
		{"sh read", `A=1 B="x y" c -o jsonpath='{"\n"}' $D ${E} $? $ f`, `<v>A=</v>1 <v>B=</v><s>"x y" </s><k>c </k><n>-o</n> jsonpath=<s>'{"\n"}' </s><v>$D ${E} $? </v>$ f`},
		{"sh read", "N=$(a -b)", "<v>N=</v>$(<k>a </k><n>-b</n>)"},
		{"sh read", "a '" + long + "' b", "<k>a </k><s>'" + long + "'</s> b"},
		{"sh read", `a "x\"y" 'open`, `<k>a </k><s>"x\"y" </s>'open`},
		{"sh read", "a {b} {c-d} -{e}", "<k>a</k> <var>&lt;b&gt;</var> {c-d} -<var>&lt;e&gt;</var>"},
		{"yaml", "a.b/c:\n  - d: \"e\" # f\n    url: http://x:1/#g\n    h:", "<n>a.b/c</n>:\n  - <n>d</n>: <s>\"e\" </s><c># f\n    </c><n>url</n>: http://x:1/#g\n    <n>h</n>:"},
		{"json", `{"a": ["b", 1, "c:d"], "e\"f" : {}}`, `{<n>"a"</n>: [<s>"b"</s>, 1, <s>"c:d"</s>], <n>"e\"f"</n> : {}}`},
		{"text", "kubectl -n x", "kubectl -n x"},
	} {
		got := html.UnescapeString(strings.NewReplacer("</span>", "</>", "&lt;", "&amp;lt;", "&gt;", "&amp;gt;", "&amp;", "&amp;amp;").Replace(codeOf(test.info, test.code)))
		got = closed(regexp.MustCompile(`<span class="(.)">`).ReplaceAllString(got, "<$1>"))
		if got != test.want {
			t.Errorf("%s %q\ngot  %s\nwant %s", test.info, test.code, got, test.want)
		}
	}
}

// closed writes the class of each token into the end of it too.
func closed(s string) string {
	return regexp.MustCompile(`(?s)<(.)>(.*?)</>`).ReplaceAllString(s, "<$1>$2</$1>")
}

// FuzzHighlight: whatever a code block holds, a page shows all of it and nothing
// else.
func FuzzHighlight(f *testing.F) {
	for _, code := range []string{"kubectl -n {namespace} get pod", "a: \"b", "{\"a\\", "$(x ${", "\\\n--", "あ -ん #\u3000"} {
		f.Add(code)
	}
	f.Fuzz(func(t *testing.T, code string) {
		if strings.ContainsAny(code, "{`\r") || strings.Trim(code, "\n") != code || strings.TrimSpace(code) == "" {
			t.Skip()
		}
		for _, info := range []string{"sh read", "yaml", "json", "text"} {
			page := codeOf(info, code)
			if page == "" {
				t.Skip()
			}
			if got := html.UnescapeString(regexp.MustCompile(`</?span[^>]*>`).ReplaceAllString(page, "")); got != code {
				t.Errorf("%s %q is shown as %q", info, code, got)
			}
		}
	})
}
