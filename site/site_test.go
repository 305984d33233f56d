package site_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"golang.org/x/net/html"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/entry"
	"github.com/reasonbook/reasonbook/internal/samplebook"
	"github.com/reasonbook/reasonbook/kb"
	"github.com/reasonbook/reasonbook/site"
	"github.com/reasonbook/reasonbook/site/matcher/sources"
)

// home is the address of the sites in the tests.
const home = "https://book.example.com/"

func build(t *testing.T, baseURL string) map[string][]byte {
	t.Helper()
	return buildBook(t, kb.Sources(), site.Options{BaseURL: baseURL})
}

func buildBook(t *testing.T, sources fs.FS, options site.Options) map[string][]byte {
	t.Helper()
	files := site.NewFiles()
	if _, err := site.Build(sources, options, files); err != nil {
		t.Fatal(err)
	}
	return files.Map()
}

// books are the knowledge bases whose sites are looked at as a whole: our own,
// and a large one with many causes under one state.
var books = map[string]fs.FS{"kb": kb.Sources(), "sample": samplebook.FS(400)}

// eachBook runs a test for the site of each book.
func eachBook(t *testing.T, test func(t *testing.T, files map[string][]byte)) {
	for name, sources := range books {
		t.Run(name, func(t *testing.T) {
			files, ok := builtBooks[name]
			if !ok {
				files = buildBook(t, sources, site.Options{
					BaseURL: home, EditURL: "https://example.com/edit/",
					Changed: func(string) time.Time { return time.Unix(1.79e9, 0) },
				})
				builtBooks[name] = files
			}
			test(t, files)
		})
	}
}

var builtBooks = map[string]map[string][]byte{}

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
			for _, want := range append(h[:], e.Texts[l].Title, e.Texts[l].Summary) {
				if !strings.Contains(html.UnescapeString(string(page)), want) {
					t.Errorf("%s, %s: the page lacks %q", e.ID, l, want)
				}
			}
			for _, markup := range []string{"**", "FILL IN"} { // programs may print asterisks
				if strings.Contains(codeElement.ReplaceAllString(string(page), ""), markup) {
					t.Errorf("%s, %s: the page shows %q", e.ID, l, markup)
				}
			}
			if i := strings.IndexFunc(string(page), func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' }); i >= 0 {
				t.Errorf("%s, %s: the page holds the mark %q", e.ID, l, page[i])
			}
		}
	}
	for _, l := range book.Languages {
		lists := []string{"", "states/", "causes/", "logs/"}
		if home := string(files[l.String()+"/index.html"]); !strings.Contains(home, `<textarea id="reason" name="reason"`) || !strings.Contains(home, `/states/"`) || !strings.Contains(home, `/causes/"`) {
			t.Errorf("%s: home page:\n%s", l, home)
		}
		listed := map[string]bool{}
		for _, list := range lists {
			for n := 1; ; n++ {
				name := l.String() + "/" + list + "index.html"
				if n > 1 {
					name = fmt.Sprint(l, "/", list, n, "/index.html")
				}
				if files[name] == nil {
					break
				}
				for _, href := range hrefs(t, files[name]) {
					listed[path.Base(href)] = true
				}
			}
		}
		for _, e := range kb.Book().Entries {
			if !listed[e.ID] {
				t.Errorf("%s: no list leads to %s", l, e.ID)
			}
		}
	}
}

// TestLinks follows every link of every page within the site, and holds links
// out of it to https.
func TestLinks(t *testing.T) { eachBook(t, testLinks) }

func testLinks(t *testing.T, files map[string][]byte) {
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
func follow(files map[string][]byte, from, href string) error {
	u, err := url.Parse(href)
	if err != nil {
		return err
	}
	if u.Scheme != "" {
		if strings.HasPrefix(href, home) {
			return follow(files, "index.html", "./"+strings.TrimPrefix(href, home))
		}
		if u.Scheme != "https" {
			return fmt.Errorf("scheme %s", u.Scheme)
		}
		return nil
	}
	target := from
	if u.Path != "" {
		target = path.Join(path.Dir(from), u.Path)
		if path.IsAbs(u.Path) { // as in 404.html, which stands in for pages at any depth
			target = strings.TrimPrefix(u.Path, "/")
		}
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
	sources := samplebook.FS(60)
	first, second := buildBook(t, sources, site.Options{BaseURL: "https://example.com"}), buildBook(t, sources, site.Options{BaseURL: "https://example.com/"})
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
	files := build(t, "https://example.com/a b/日本")
	for _, name := range []string{"sitemap.xml", "robots.txt", "_redirects", "ja/error/index.html"} {
		if content := string(files[name]); !strings.Contains(content, "/a%20b/%E6%97%A5%E6%9C%AC/") || strings.Contains(content, "/a b/") {
			t.Errorf("%s has the address as it was given:\n%.500s", name, content)
		}
	}
}

var codeElement = regexp.MustCompile(`(?s)<code.*?</code>`)

var sentenceEnd = regexp.MustCompile(`[^…,、，；: ](\.|。|…)$`)

// TestDescriptions: what search engines and previews show of a page is a whole
// sentence, or ends with one ellipsis.
func TestDescriptions(t *testing.T) {
	shortened := 0
	for name, content := range build(t, home) {
		_, rest, found := bytes.Cut(content, []byte(`<meta name="description" content="`))
		text, _, _ := strings.Cut(string(rest), `"`)
		if !strings.HasSuffix(name, ".html") || !found {
			continue
		}
		shortened += strings.Count(text, "…")
		if !sentenceEnd.MatchString(text) || len(text) > 3*160 {
			t.Errorf("%s: %q", name, text)
		}
	}
	if shortened == 0 {
		t.Error("no description is shortened")
	}
}

// TestLanguages: every page names its counterparts in the other languages, and
// they name it.
func TestLanguages(t *testing.T) { eachBook(t, testLanguages) }

func testLanguages(t *testing.T, files map[string][]byte) {
	pages := map[string]map[string]string{} // the counterparts that a page names
	for name, content := range files {
		moved := strings.Contains(string(content), `http-equiv="refresh"`)
		if strings.HasSuffix(name, "/index.html") && !moved {
			pages[name] = alternates(t, content)
		}
	}
	for name, list := range pages {
		lang, _, _ := strings.Cut(name, "/")
		if len(list) != 4 || list[lang] != name || files[list["x-default"]] == nil {
			t.Errorf("%s: %v", name, list)
		}
		for l, other := range list {
			if l != "x-default" && pages[other][lang] != name {
				t.Errorf("%s names %s, but not the other way", name, other)
			}
		}
	}
	if len(pages) < 3*12 {
		t.Errorf("%d pages", len(pages))
	}
}

// alternates returns the files that a page names as itself in other languages.
func alternates(t *testing.T, page []byte) map[string]string {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	list := map[string]string{}
	for n := range root.Descendants() {
		if n.Data != "link" {
			continue
		}
		attributes := map[string]string{}
		for _, a := range n.Attr {
			attributes[a.Key] = a.Val
		}
		if l := attributes["hreflang"]; l != "" {
			list[l] = strings.TrimPrefix(attributes["href"], home) + "index.html"
		}
	}
	return list
}

// TestBudgets holds the weight of every page to what a phone at night can take.
func TestBudgets(t *testing.T) { eachBook(t, testBudgets) }

func testBudgets(t *testing.T, files map[string][]byte) {
	zipped := func(name string) int {
		var out bytes.Buffer
		w, _ := gzip.NewWriterLevel(&out, gzip.BestCompression)
		w.Write(files[name])
		w.Close()
		return out.Len()
	}
	css, js := zipped("assets/site.css"), zipped("assets/early.js")+zipped("assets/site.js")
	if css > 8<<10 || js > 6<<10 {
		t.Errorf("style %d bytes, scripts %d bytes", css, js)
	}
	largest := 0
	for name := range files {
		if strings.HasSuffix(name, ".html") {
			page := zipped(name)
			if page > 8<<10 || page+css+js > 25<<10 {
				t.Errorf("%s: %d bytes, with style and scripts %d", name, page, page+css+js)
			}
			largest = max(largest, page)
		}
	}
	if n := len(files["assets/matcher.wasm.br"]); n == 0 || n > 800_000 {
		t.Errorf("matcher: %d bytes", n)
	}
	t.Logf("bytes: largest page %d, style %d, scripts %d, matcher %d", largest, css, js, len(files["assets/matcher.wasm.br"]))
	zippedMatcher, err := gzip.NewReader(bytes.NewReader(files["assets/matcher.wasm.gz"]))
	if err != nil {
		t.Fatal(err)
	}
	for name, reader := range map[string]io.Reader{
		"matcher.wasm.gz": zippedMatcher, "matcher.wasm.br": brotli.NewReader(bytes.NewReader(files["assets/matcher.wasm.br"])),
	} {
		if wasm, err := io.ReadAll(reader); err != nil || !bytes.Equal(wasm, files["assets/matcher.wasm"]) {
			t.Errorf("%s is not matcher.wasm: %v", name, err)
		}
	}
}

// TestPolicy: no page allows or holds a script or style of its own, and only
// the home pages may run WebAssembly.
func TestPolicy(t *testing.T) { eachBook(t, testPolicy) }

func testPolicy(t *testing.T, files map[string][]byte) {
	for name, content := range files {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		policy := site.PolicyOf(content)
		isHome := strings.Count(name, "/") == 1 && strings.HasSuffix(name, "/index.html")
		if !strings.HasPrefix(policy, "default-src 'none'; script-src 'self'") || strings.Contains(policy, "'unsafe-inline'") || strings.Contains(policy, "wasm-unsafe-eval") != isHome {
			t.Errorf("%s: %s", name, policy)
		}
		root, err := html.Parse(bytes.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		for n := range root.Descendants() {
			inline := n.Data == "style" && n.Type == html.ElementNode
			for _, a := range n.Attr {
				inline = inline || a.Key == "style" || strings.HasPrefix(a.Key, "on")
				if n.Data == "img" && a.Key == "src" {
					t.Errorf("%s loads %s", name, a.Val)
				}
			}
			if n.Data == "script" && n.Type == html.ElementNode && n.FirstChild != nil && !slices.Contains(n.Attr, html.Attribute{Key: "type", Val: "application/ld+json"}) {
				inline = true
			}
			if inline {
				t.Errorf("%s: inline <%s>", name, n.Data)
			}
		}
	}
}

// TestRedirects gives an entry a new name: the old addresses lead to it.
func TestRedirects(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../kb")); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "exit", "error", "entry.yaml")
	source, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, append([]byte("formerly: [container-error]\n"), source...), 0o644); err != nil {
		t.Fatal(err)
	}
	files := buildBook(t, os.DirFS(dir), site.Options{BaseURL: home})
	for _, l := range book.Languages {
		page := string(files[book.PagePath(l, "container-error")+"index.html"])
		for _, want := range []string{`content="0; url=../error/"`, `<link rel="canonical" href="` + home + l.String() + `/error/">`, `content="noindex"`} {
			if !strings.Contains(page, want) {
				t.Errorf("%s: the page lacks %s:\n%s", l, want, page)
			}
		}
		if line := "/" + l.String() + "/container-error/ /" + l.String() + "/error/ 301\n"; !strings.Contains(string(files["_redirects"]), line) {
			t.Errorf("_redirects lacks %q", line)
		}
		if line := "/" + l.String() + "/container-error/index.json /" + l.String() + "/error/index.json 301\n"; !strings.Contains(string(files["_redirects"]), line) {
			t.Errorf("_redirects lacks %q", line)
		}
	}
}

// TestMatcherIsFresh: the compiled matcher is that of the sources.
func TestMatcherIsFresh(t *testing.T) {
	recorded, err := os.ReadFile("matcher/matcher.sum")
	if err != nil {
		t.Fatal(err)
	}
	now, err := sources.Sum()
	if err != nil {
		t.Fatal(err)
	}
	version, files, _ := strings.Cut(string(recorded), "\n")
	thisVersion, theseFiles, _ := strings.Cut(now, "\n")
	if files != theseFiles {
		t.Fatal("the matcher for browsers is out of date; run: go generate ./site")
	}
	if version != thisVersion {
		t.Skipf("it was compiled with %s, this is %s", version, thisVersion)
	}
	wasm, err := sources.Compile()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(wasm, build(t, "")["assets/matcher.wasm"]) {
		t.Error("the matcher for browsers is not what its sources give; run: go generate ./site")
	}
}
