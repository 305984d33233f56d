package site_test

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/entry"
	"github.com/reasonbook/reasonbook/internal/samplebook"
	"github.com/reasonbook/reasonbook/kb"
	"github.com/reasonbook/reasonbook/site"
)

// elements returns the elements of a page that a test accepts, in order.
func elements(t *testing.T, page []byte, accept func(n *html.Node) bool) []*html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(string(page)))
	if err != nil {
		t.Fatal(err)
	}
	var list []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && accept(n) {
			list = append(list, n)
		}
	}
	return list
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func text(n *html.Node) string {
	var out strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			out.WriteString(d.Data)
		}
	}
	return out.String()
}

// linksIn returns what the links of a part of a page lead to.
func linksIn(t *testing.T, page []byte, part func(n *html.Node) bool) []string {
	t.Helper()
	var list []string
	for _, n := range elements(t, page, part) {
		for d := range n.Descendants() {
			if href := attribute(d, "href"); d.Data == "a" && href != "" && !strings.HasPrefix(href, "#") {
				list = append(list, href)
			}
		}
	}
	return list
}

func hasClass(class string) func(n *html.Node) bool {
	return func(n *html.Node) bool { return slices.Contains(strings.Fields(attribute(n, "class")), class) }
}

// TestCauses: a state leads to every cause under it, the most frequent first, on
// its page or through the list that the page links to, and a cause back to its
// states.
func TestCauses(t *testing.T) {
	sources := samplebook.FS(400)
	files := buildBook(t, sources, site.Options{BaseURL: home})
	entries, err := entry.Load(sources)
	if err != nil {
		t.Fatal(err)
	}
	// The most frequent first, then what the cluster says, then by what lists call them.
	order := map[book.Frequency]string{book.Common: "0", book.Occasional: "1", book.Rare: "2"}
	kinds := map[book.Kind]string{book.State: "0", book.Cause: "1", book.Log: "2"}
	key := func(e *entry.Entry) string {
		return order[e.Frequency] + kinds[e.Kind] + strings.ToLower(book.HeadingOf(e.Titles[book.English], book.English).Short())
	}
	slices.SortStableFunc(entries, func(a, b *entry.Entry) int { return strings.Compare(key(a), key(b)) })
	below := map[string][]string{}
	for _, e := range entries {
		for _, ref := range e.Explains {
			below[ref.Value] = append(below[ref.Value], e.ID)
		}
	}
	long := 0
	for _, e := range entries {
		for _, l := range book.Languages {
			path := book.PagePath(l, e.ID)
			page := files[path+"index.html"]
			var above []string
			for _, ref := range e.Explains {
				above = append(above, "../"+ref.Value+"/")
			}
			if got := linksIn(t, page, hasClass("above")); !slices.Equal(got, above) {
				t.Errorf("%s leads up to %v, not %v", path, got, above)
			}
			causes := linksIn(t, page, hasClass("causes"))
			got := slices.DeleteFunc(slices.Clone(causes), func(href string) bool { return href == "causes/" })
			if all := path + "causes/"; len(below[e.ID]) > len(got) {
				long++
				if !slices.Contains(causes, "causes/") {
					t.Errorf("%s shows %d of %d causes and no link to all", path, len(got), len(below[e.ID]))
				}
				got = linksIn(t, files[all+"index.html"], hasClass("signs"))
				for n := 2; files[fmt.Sprint(all, n, "/index.html")] != nil; n++ {
					got = append(got, linksIn(t, files[fmt.Sprint(all, n, "/index.html")], hasClass("signs"))...)
				}
			}
			for i, href := range got {
				parts := strings.Split(strings.TrimSuffix(href, "/"), "/")
				got[i] = parts[len(parts)-1]
			}
			if !slices.Equal(got, below[e.ID]) {
				t.Errorf("%s leads to %d causes, not %d", path, len(got), len(below[e.ID]))
			}
		}
	}
	if long == 0 {
		t.Error("no state of the sample has more causes than a page shows")
	}
}

// TestTwins: the Markdown and JSON beside a page say the same as the page.
func TestTwins(t *testing.T) {
	files := buildBook(t, kb.Sources(), site.Options{BaseURL: home, Changed: func(string) time.Time { return time.Date(2026, 3, 4, 5, 0, 0, 0, time.UTC) }})
	for _, e := range kb.Book().Entries {
		for _, l := range book.Languages {
			path := book.PagePath(l, e.ID)
			want := e.Texts[l]
			var twin struct {
				Version  int `json:"schema_version"`
				ID       string
				Kind     book.Kind
				Language string
				Title    string
				Summary  string
				Meaning  string
				Confirm  string
				Steps    []string
				Prevent  string
				Explains []string
				Patterns []string
				Examples []string
				URL      string
				Changed  string
			}
			if err := json.Unmarshal(files[path+"index.json"], &twin); err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			if twin.Version != 1 || twin.ID != e.ID || twin.Kind != e.Kind || twin.Language != l.String() || twin.Title != want.Title ||
				twin.Summary != want.Summary || twin.Confirm == "" || twin.Prevent == "" || len(twin.Explains) != len(e.Explains) ||
				twin.Meaning != want.Meaning.Plain(book.Values{}) || len(twin.Steps) != len(want.Steps) || twin.Steps[0] != want.Steps[0].Plain(book.Values{}) ||
				!slices.Equal(twin.Patterns, book.Texts(e.Patterns)) || len(twin.Examples) == 0 || twin.URL != home+path || twin.Changed != "2026-03-04" {
				t.Errorf("%sindex.json: %+v", path, twin)
			}
			markdown := string(files[path+"index.md"])
			for _, part := range []string{"# " + want.Title + "\n", "\n## " + entry.Headings[l][entry.StepsSection] + "\n\n1. ", "```sh read\n", twin.Examples[0]} {
				if !strings.Contains(markdown, part) {
					t.Errorf("%sindex.md lacks %q", path, part)
				}
			}
			page := string(files[path+"index.html"])
			for _, link := range []string{`<link rel="alternate" type="text/markdown" href="index.md">`, `<link rel="alternate" type="application/json" href="index.json">`, `<time datetime="2026-03-04">`} {
				if !strings.Contains(page, link) {
					t.Errorf("%s lacks %s", path, link)
				}
			}
		}
	}
}

// TestSitemap: the sitemap names every page that search engines may show, and
// no other; each names itself as canonical.
func TestSitemap(t *testing.T) { eachBook(t, testSitemap) }

func testSitemap(t *testing.T, files map[string][]byte) {
	var sitemap struct {
		URLs []struct {
			Loc     string `xml:"loc"`
			LastMod string `xml:"lastmod"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal(files["sitemap.xml"], &sitemap); err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for _, u := range sitemap.URLs {
		name := strings.TrimPrefix(u.Loc, home) + "index.html"
		named[name] = true
		if page := string(files[name]); !strings.Contains(page, `<link rel="canonical" href="`+u.Loc+`">`) || strings.Contains(page, "noindex") {
			t.Errorf("%s is in the sitemap", u.Loc)
		}
		if strings.Count(name, "/") == 2 && files[strings.TrimSuffix(name, "html")+"json"] != nil && u.LastMod == "" {
			t.Errorf("%s has no date", u.Loc)
		}
	}
	for name, page := range files {
		if strings.HasSuffix(name, "index.html") && !named[name] && !strings.Contains(string(page), "noindex") {
			t.Errorf("%s is not in the sitemap", name)
		}
	}
	if robots := string(files["robots.txt"]); !strings.Contains(robots, "\nSitemap: "+home+"sitemap.xml\n") {
		t.Errorf("robots.txt:\n%s", robots)
	}
}

// TestFeed: the feed begins with what was changed last, in its language, with
// the times of the entry's own files, and has nothing without one.
func TestFeed(t *testing.T) {
	changed := func(file string) time.Time {
		at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		if strings.HasPrefix(file, "image/image-pull-back-off/") {
			return time.Time{}
		}
		switch file {
		case "exit/error/ja.md":
			at = at.AddDate(0, 0, 2)
		case "create/container-creating/entry.yaml":
			at = at.AddDate(0, 0, 1)
		}
		return at
	}
	files := buildBook(t, kb.Sources(), site.Options{BaseURL: home, Changed: changed})
	for lang, want := range map[string][]string{"ja": {"error", "container-creating"}, "en": {"container-creating"}, "zh": {"container-creating"}} {
		var feed struct {
			XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
			Lang    string   `xml:"lang,attr"`
			ID      string   `xml:"id"`
			Updated string   `xml:"updated"`
			Entries []struct {
				ID      string `xml:"id"`
				Title   string `xml:"title"`
				Updated string `xml:"updated"`
				Summary string `xml:"summary"`
				Link    struct {
					Href string `xml:"href,attr"`
				} `xml:"link"`
			} `xml:"entry"`
		}
		if err := xml.Unmarshal(files[lang+"/feed.xml"], &feed); err != nil {
			t.Fatal(err)
		}
		if len(feed.Entries) != 30 {
			t.Fatalf("%s: %d entries", lang, len(feed.Entries))
		}
		for _, e := range feed.Entries {
			if e.ID == home+lang+"/image-pull-back-off/" {
				t.Errorf("%s: an entry without a date", lang)
			}
		}
		for i, id := range want {
			e := feed.Entries[i]
			l, _ := book.LanguageOf(lang)
			n, _ := kb.Book().Find(id)
			if e.ID != home+lang+"/"+id+"/" || e.Link.Href != e.ID || e.Title != kb.Book().Entries[n].Texts[l].Title || e.Summary == "" {
				t.Errorf("%s: entry %d is %+v", lang, i, e)
			}
		}
		if feed.Updated != feed.Entries[0].Updated || !strings.HasPrefix(feed.Updated, map[bool]string{true: "2026-01-03T", false: "2026-01-02T"}[lang == "ja"]) {
			t.Errorf("%s: updated %s", lang, feed.Updated)
		}
		if !strings.Contains(string(files[lang+"/error/index.html"]), `type="application/atom+xml"`) {
			t.Errorf("%s: pages do not name the feed", lang)
		}
	}
	if files := build(t, home); files["ja/feed.xml"] != nil || strings.Contains(string(files["ja/index.html"]), "feed.xml") {
		t.Error("there is a feed without any dates")
	}
}

// TestLinkedData: what pages say of themselves is JSON-LD with the address and
// words of the page.
func TestLinkedData(t *testing.T) {
	files := build(t, home)
	for _, test := range []struct {
		path  string
		types []string
	}{
		{"ja/", []string{"WebSite"}}, {"zh/error/", []string{"TechArticle", "BreadcrumbList"}}, {"en/states/", []string{"BreadcrumbList"}},
	} {
		scripts := elements(t, files[test.path+"index.html"], func(n *html.Node) bool { return attribute(n, "type") == "application/ld+json" })
		if len(scripts) != 1 {
			t.Fatalf("%s: %d scripts", test.path, len(scripts))
		}
		var data struct {
			Context string `json:"@context"`
			Graph   []struct {
				Type     string `json:"@type"`
				URL      string `json:"url"`
				Headline string `json:"headline"`
				Language string `json:"inLanguage"`
				List     []struct {
					Position int
					Name     string
					Item     string
				} `json:"itemListElement"`
			} `json:"@graph"`
		}
		if err := json.Unmarshal([]byte(text(scripts[0])), &data); err != nil {
			t.Fatalf("%s: %v", test.path, err)
		}
		var types []string
		for _, thing := range data.Graph {
			types = append(types, thing.Type)
			if thing.Type == "BreadcrumbList" {
				if last := thing.List[len(thing.List)-1]; last.Item != home+test.path || last.Position != len(thing.List) || last.Name == "" {
					t.Errorf("%s: breadcrumbs %+v", test.path, thing.List)
				}
			} else if thing.URL != home+test.path || thing.Language == "" {
				t.Errorf("%s: %+v", test.path, thing)
			}
		}
		if data.Context != "https://schema.org" || !slices.Equal(types, test.types) {
			t.Errorf("%s: %s %v", test.path, data.Context, types)
		}
	}
}

// TestLLMs: llms.txt names the Markdown of every entry.
func TestLLMs(t *testing.T) {
	files := build(t, home)
	list := string(files["llms.txt"])
	if !strings.HasPrefix(list, "# reasonbook\n\n> ") {
		t.Errorf("llms.txt begins with %.80q", list)
	}
	for _, e := range kb.Book().Entries {
		line := "- [" + e.Texts[book.English].Title + "](" + home + "en/" + e.ID + "/index.md): "
		if !strings.Contains(list, line) || files["en/"+e.ID+"/index.md"] == nil {
			t.Errorf("llms.txt lacks %s", line)
		}
	}
}

// TestPreviews: link previews show the words of the page and an image of its own.
func TestPreviews(t *testing.T) {
	files := build(t, home)
	for _, e := range kb.Book().Entries {
		for _, l := range book.Languages {
			properties := map[string]string{}
			for _, n := range elements(t, files[book.PagePath(l, e.ID)+"index.html"], func(n *html.Node) bool { return n.Data == "meta" }) {
				properties[attribute(n, "property")+attribute(n, "name")] = attribute(n, "content")
			}
			image := strings.TrimPrefix(properties["og:image"], home)
			if image != "assets/cards/"+e.ID+".png" || len(files[image]) == 0 || !strings.HasPrefix(properties["og:title"], e.Texts[l].Title) ||
				properties["og:description"] != properties["description"] || properties["description"] != e.Texts[l].Summary {
				t.Errorf("%s, %s: %v", e.ID, l, properties)
			}
		}
	}
}

// TestHosts: the files for static hosts give every page the policy that it
// carries itself, and lead old addresses to new ones.
func TestHosts(t *testing.T) {
	files := build(t, home)
	for _, name := range []string{"_headers", "vercel.json", "staticwebapp.config.json"} {
		content := string(files[name])
		for _, want := range []string{"X-Content-Type-Options", "nosniff", "frame-ancestors 'none'"} {
			if !strings.Contains(content, want) {
				t.Errorf("%s lacks %s:\n%s", name, want, content)
			}
		}
		if strings.HasSuffix(name, ".json") && !json.Valid(files[name]) {
			t.Errorf("%s is no JSON", name)
		}
	}
}
