package entry_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/book"
)

// TestPictureAddresses: what a lint accepts as the address of a picture is what
// a Content-Security-Policy gets, and what it refuses never gets there.
func TestPictureAddresses(t *testing.T) {
	for address, want := range map[string]string{ // "" for refused
		"https://example.com/shot.png":                            "example.com",
		"https://example.com":                                     "example.com",
		"https://example.com?a;b":                                 "example.com",
		"https://example.com#a":                                   "example.com",
		"https://example.com:8443/shot.png":                       "example.com:8443",
		"https://good.example?a; script-src * 'unsafe-inline'; x": "",
		"https://good.example?a; form-action *; x":                "",
		"https://good.example;sandbox/":                           "",
		"https://good.example,evil.example/":                      "",
		"https://user@example.com/":                               "",
		"HTTPS://user@example.com/":                               "",
		"HTTPS://example.com/":                                    "",
		"https://Example.com/":                                    "",
		"https://*/":                                              "",
		"https://*.example.com/":                                  "",
		"https:example.com":                                       "",
		"https://":                                                "",
		"//example.com/":                                          "",
		"data:image/png;base64,AA":                                "",
	} {
		files := valid()
		const file = "image/pull-failed/entry.yaml"
		files[file] = strings.Replace(files[file], "https://example.com/shot.png", fmt.Sprintf("%q", address), 1)
		_, err := load(files)
		if (err == nil) != (want != "") || err != nil && !strings.Contains(err.Error(), "entry.yaml:17: ") {
			t.Errorf("%s: %v", address, err)
		}
		if got := strings.Join(book.PictureHosts([]book.Picture{{URL: address}}), " "); got != want {
			t.Errorf("%s: the policy gets %q, want %q", address, got, want)
		}
	}
}

// TestLinks: the links of an entry lead to other entries or to https addresses,
// however they are written.
func TestLinks(t *testing.T) {
	const page, reference = "image/pull-failed/en.md", "image/pull-failed/entry.yaml"
	for _, test := range []struct{ file, old, fresh, want string }{
		{page, "The image {", "<https://example.com/a?b=c#d> The image", ""},
		{page, "The image {", "[The image](https://example.com/) is", ""},
		{page, "The image {", "<javascript:alert(1)>", "en.md:7: link"},
		{page, "The image {", "<JaVaScRiPt:alert(1)>", "en.md:7: link"},
		{page, "The image {", "<data:text/html,a>", "en.md:7: link"},
		{page, "The image {", "<vbscript:a>", "en.md:7: link"},
		{page, "The image {", "<someone@example.com>", "en.md:7: link"},
		{page, "The image {", "<http://example.com>", "en.md:7: link"},
		{page, "The image {", "[a](javascript:alert(1))", "en.md:7: link"},
		{page, "The image {", "[a](java&#115;cript:alert(1))", "en.md:7: link"},
		{page, "The image {", "[a](&#9;javascript:alert(1))", "en.md:7: link"},
		{page, "The image {", "[a][b] The image", "en.md:7: link"}, // defined below
		{page, "The image {", "[a](https:javascript)", "en.md:7: link"},
		{page, "The image {", "[a](https://user:password@example.com)", "en.md:7: link"},
		{page, "The image {", "[a](https://{image}/)", `en.md:7: link: address "https://{image}/"`},
		{page, "The image {", "[a](https://example.com/{image})", "en.md:7: link"},
		{page, "The image {", "[a](../../x)", "en.md:7: link"},
		{page, "The image {", "a \ue001x\ue002", "en.md:7: a character of private use"},
		{reference, "https://example.com/docs", "javascript:alert(1)", `entry.yaml:19: address "javascript:alert(1)" does not begin with https://`},
		{reference, "https://example.com/docs", `"https://example.com/\" onclick=a"`, "entry.yaml:19: address"},
	} {
		files := valid()
		files[test.file] = strings.Replace(files[test.file], test.old, test.fresh, 1)
		if strings.Contains(test.fresh, "[b]") {
			files[test.file] += "\n[b]: javascript:alert(1)\n"
		}
		_, err := load(files)
		if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
			t.Errorf("%s: %v, want %q", test.fresh, err, test.want)
		}
	}
}

// TestBounds: texts that take a parser long are refused before it sees them.
func TestBounds(t *testing.T) {
	const page, yaml = "image/pull-failed/en.md", "image/pull-failed/entry.yaml"
	lines := func(n int, line string) string { return strings.Repeat(line+"\n", n) }
	for _, test := range []struct{ name, file, text, want string }{
		{"quotations in quotations", page, strings.Repeat("> ", 2000) + "a", "en.md:17: more than 8 lists or quotations begin in this line"},
		{"without spaces", page, strings.Repeat(">", 2000), "en.md:17: more than 8 lists or quotations"},
		{"lists in lists", page, strings.Repeat("- ", 2000) + "a", "en.md:17: more than 8 lists or quotations"},
		{"numbered ones", page, strings.Repeat("1. ", 2000) + "a", "en.md:17: more than 8 lists or quotations"},
		{"a mixture", page, strings.Repeat("- >  2) *\t", 500) + "a", "en.md:17: more than 8 lists or quotations"},
		{"indented", page, strings.Repeat(" ", 200) + "- a", "en.md:17: indented by more than 120 columns"},
		{"long line", page, strings.Repeat("[", 10_000), "en.md:17: more than 8 KiB without an empty line"},
		{"long paragraph", page, lines(1000, "*a _b **c"), "without an empty line"},
		{"long code", page, "```sh\n" + lines(1000, `"\\"\\"\\`) + "```", "without an empty line"},
		{"no text", page, "\xff\xfe", "en.md:17: this line is not UTF-8"},
		{"large file", page, strings.Repeat("word\n\n", 20_000), "en.md:1: the file is larger than 64 KiB"},
		{"large entry.yaml", yaml, strings.Repeat("# word\n", 20_000), "entry.yaml:1: the file is larger than 64 KiB"},
		{"deep YAML", yaml, "x: " + strings.Repeat("[", 20_000), "entry.yaml:"},
		{"aliases of aliases", yaml, "a: &a [x, x]\nb: &b [*a, *a]\nformerly: *b", "expected a list"},
		{"an alias of itself", yaml, "formerly: &a [*a]", "entry.yaml:21: expected a text"},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := valid()
			switch test.file {
			case page:
				files[page] = strings.Replace(files[page], "## Steps", test.text+"\n\n## Steps", 1)
			default:
				files[yaml] += test.text + "\n"
			}
			_, err := load(files)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%.300v, want %q", err, test.want)
			}
		})
	}
	files := valid()
	for n := range 40 {
		files[fmt.Sprintf("image/pull-failed/x%d", n)] = ""
	}
	if _, err := load(files); err == nil || !strings.Contains(err.Error(), "the folder holds many more files") {
		t.Errorf("an entry of many files: %v", err)
	}
}

// TestManyWays: 60 layers of states, each explaining both of the layer above, can
// be walked on 2^60 ways, which a lint does not do.
func TestManyWays(t *testing.T) {
	for _, relation := range []string{"explains", "refines"} {
		t.Run(relation, func(t *testing.T) {
			files := map[string]string{}
			name := func(layer, n int) string { return fmt.Sprintf("state-%d-%d", layer, n) }
			for layer := range 60 {
				for n := range 2 {
					for file, content := range valid() {
						base, ok := strings.CutPrefix(file, "image/pull-failed/")
						if !ok {
							continue
						}
						id := name(layer, n)
						content = strings.NewReplacer("PullFailed", "Failure"+id, "cannot pull", "cannot "+id, "[Failed]", "[State"+id+"]", "text: Failed", "text: State"+id, "(tag-missing)", "("+name(59-layer, 1-n)+")").Replace(content)
						if layer > 0 && base == "entry.yaml" {
							content += fmt.Sprintf("%s: [%s, %s]\n", relation, name(layer-1, 0), name(layer-1, 1))
						}
						files["image/"+id+"/"+base] = content
					}
				}
			}
			if _, err := load(files); err != nil {
				t.Fatal(err)
			}
			first := "image/" + name(0, 0) + "/entry.yaml"
			files[first] += relation + ": [" + name(59, 1) + "]\n"
			_, err := load(files)
			if want := fmt.Sprintf("%s: %q itself %s %q", relation, name(59, 1), relation, name(0, 0)); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("a circle through all layers: %.300v, want %s", err, want)
			}
			if other := fmt.Sprintf("itself %s %q", relation, name(0, 1)); err != nil && strings.Contains(err.Error(), other) {
				t.Errorf("%s, which is not so", other)
			}
		})
	}
}
