package site

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"html"
	"html/template"
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/reasonbook/reasonbook/internal/address"
	"github.com/reasonbook/reasonbook/internal/answer"
	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/entry"
)

//go:embed templates/*.html
var templateFiles embed.FS

// templates are those of each language: [[Word]] in them is a text of Words,
// and [[Word .Field]] one with the field in place of {n}. What does not change
// from page to page so costs nothing when a page is made.
var templates = sync.OnceValue(func() (list [len(book.Languages)]*template.Template) {
	files, err := templateFiles.ReadDir("templates")
	if err != nil {
		panic(err) // the files are part of the program, as their form is
	}
	for _, l := range book.Languages {
		list[l] = template.New("").Funcs(template.FuncMap{
			"heals":   func(h book.Heals) string { return answer.Heals[l][h] },
			"waiting": func(w book.Waiting) string { return answer.Waiting[l][w] },
		})
		for _, file := range files {
			source, err := templateFiles.ReadFile("templates/" + file.Name())
			if err != nil {
				panic(err)
			}
			translated := wordMark.ReplaceAllStringFunc(string(source), func(mark string) string {
				parts := wordMark.FindStringSubmatch(mark)
				text := html.EscapeString(wordOf(l, parts[1]))
				if field := parts[2]; field != "" {
					text = strings.ReplaceAll(text, "{n}", "{{"+field+"}}")
				}
				return text
			})
			template.Must(list[l].New(file.Name()).Parse(translated))
		}
	}
	return list
})

var wordMark = regexp.MustCompile(`\[\[(\w+)(?: (\.\w+))?\]\]`)

// A page is what the layout shows around every page of a language.
type page struct {
	words        *Words
	language     book.Language
	made         *sync.Map // of the builder
	Language     string    // its tag in HTML
	Locale       string    // for OpenGraph
	Folder       string    // of the language: "ja"
	Root         string    // the way back to the root of the site: "../../"
	Policy       string    // Content-Security-Policy
	Title        string
	Description  string
	Canonical    string // the page's address, "" if the site's is not known
	Image        string // of link previews, a whole address
	Article      bool
	Indexed      bool // by search engines
	Alternates   []alternate
	Languages    []languageLink
	Kinds        []kindLink
	Linked       template.JS // JSON-LD, "" for none
	Twins        bool        // whether index.md and index.json lie beside the page
	Feeds        bool
	HomeIsHere   bool
	Here         string // the folder of the page that the footer shows as this one
	SearchFolder string // the way to the folder of the language
}

// Head returns everything above what the page is about.
func (p *page) Head() (template.HTML, error) { return rendered(p.language, "head", p) }

// Assets returns the links to what the page loads.
func (p *page) Assets() (template.HTML, error) { return p.frame("assets") }

// Bar returns what stands at the top of the page.
func (p *page) Bar() (template.HTML, error) { return p.frame("bar") }

// Footer returns what stands at the end of the page.
func (p *page) Footer() (template.HTML, error) { return p.frame("footer") }

// frame returns a part of the layout, which many pages share.
func (p *page) frame(name string) (template.HTML, error) {
	key := frameKey{name: name, folder: p.Folder, root: p.Root, here: p.Here, home: p.HomeIsHere}
	for _, kind := range p.Kinds {
		if kind.Current {
			key.kind = kind.Kind
		}
	}
	return remembered(p.made, key, func() (template.HTML, error) { return rendered(p.language, name, p) })
}

// A frameKey is what parts of the layout depend on.
type frameKey struct {
	name, folder, root, kind, here string
	home                           bool
}

// An alternate is the same page for readers of another language.
type alternate struct{ Language, Href string }

type languageLink struct {
	Language, Name, Href string
	Current              bool
}

type kindLink struct {
	Kind, Name, Href string
	Current          bool
}

// newPage returns the page of a language that stands at path below the
// language's folder, "" for its home page.
func (b *builder) newPage(l book.Language, path string) *page {
	root := strings.Repeat("../", 1+strings.Count(path, "/"))
	folder := l.String()
	p := &page{
		words: words[l], language: l, made: &b.made, Locale: words[l].Locale, Language: l.HTML(), Folder: folder, Root: root,
		Policy: policy(b.formTarget(), nil, false), Indexed: true, Feeds: b.hasFeeds(),
		SearchFolder: root + folder + "/",
	}
	for _, other := range book.Languages {
		href := root + other.String() + "/" + path
		p.Languages = append(p.Languages, languageLink{other.String(), other.Name(), href, other == l})
		p.Alternates = append(p.Alternates, alternate{other.String(), b.absolute(other.String()+"/"+path, root)})
	}
	// A reader of any other language chooses at the root, or reads English.
	standard := b.absolute("", root)
	if path != "" {
		standard = b.absolute(book.English.String()+"/"+path, root)
	}
	p.Alternates = append(p.Alternates, alternate{"x-default", standard})
	if b.BaseURL != "" {
		p.Canonical = b.BaseURL + folder + "/" + path
		p.Image = b.BaseURL + "assets/card.png"
	}
	for _, kind := range kinds {
		if len(b.ofKind[kind]) > 0 {
			name := book.Overviews[kind]
			p.Kinds = append(p.Kinds, kindLink{string(kind), p.words.Groups[kind], p.SearchFolder + name + "/", strings.HasPrefix(path, name+"/")})
		}
	}
	return p
}

// newPageOf returns the page of an entry.
func (b *builder) newPageOf(l book.Language, id string) *page {
	p := *b.forms[l].page
	if p.Canonical != "" {
		p.Canonical = b.BaseURL + book.PagePath(l, id)
		p.Image = b.BaseURL + cardPath(id)
	}
	return &p
}

// cardPath returns the path of the image of an entry.
func cardPath(id string) string { return "assets/cards/" + id + ".png" }

// kinds are the kinds of entries in the order in which they are shown.
var kinds = []book.Kind{book.State, book.Cause, book.Log}

// absolute returns the address of a path of the site, from root if the site's
// own is not known.
func (b *builder) absolute(path, root string) string {
	if b.BaseURL == "" {
		return root + path
	}
	return b.BaseURL + path
}

// formTarget returns what forms may post to, as a source of a
// Content-Security-Policy.
func (b *builder) formTarget() string {
	if a, err := address.Parse(b.FunctionURL, "https", "http"); err == nil {
		return a.Origin()
	}
	return "'self'" // a path, or none
}

// policy returns the Content-Security-Policy of a page: the site's own style,
// scripts and images, the hosts of its screenshots, and WebAssembly if it has
// the matcher.
func policy(formTarget string, pictureHosts []string, matcher bool) string {
	scripts := "'self'"
	if matcher {
		scripts = "'self' 'wasm-unsafe-eval'"
	}
	images := "'self'"
	for _, host := range pictureHosts {
		images += " https://" + host
	}
	return "default-src 'none'; script-src " + scripts + "; connect-src 'self'; style-src 'self'; img-src " + images +
		"; form-action " + formTarget + "; base-uri 'none'"
}

// PolicyOf returns the Content-Security-Policy that stands in a page of the
// site, for hosts that send it in the header too; without one, the strictest.
func PolicyOf(page []byte) string {
	_, rest, found := bytes.Cut(page, []byte(`<meta http-equiv="Content-Security-Policy" content="`))
	value, _, closed := bytes.Cut(rest, []byte(`"`))
	if !found || !closed {
		return "default-src 'none'"
	}
	return html.UnescapeString(string(value))
}

// An item is an entry in a list.
type item struct {
	Heading    book.Heading
	Short      string
	Kind, Href string
}

// item returns an entry for a list in a page that stands at base below the
// folder of its language.
func (w *Words) item(e *entry.Entry, l book.Language, base string) item {
	i := item{Heading: book.HeadingOf(e.Titles[l], l), Kind: string(e.Kind), Href: base + e.ID + "/"}
	i.Short = i.Heading.Short()
	return i
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// A pendingPage is a page that waits for being rendered.
type pendingPage struct {
	path     string
	language book.Language
	template string
	data     any
}

// add notes a page for renderPages.
func (b *builder) add(path string, l book.Language, template string, data any) {
	b.pending = append(b.pending, pendingPage{path, l, template, data})
}

// renderPages writes the pages that were added, into the archive too.
func (b *builder) renderPages() error {
	render := func(i int) (packed, error) {
		p := b.pending[i]
		content, done, err := execute(p.language, p.template, p.data)
		if err != nil {
			return packed{}, fmt.Errorf("%s: %w", p.path, err)
		}
		defer done()
		return pack(p.path, content), b.out.WriteFile(p.path, content)
	}
	return inOrder(len(b.pending), render, func(_ int, page packed, err error) error {
		if err != nil {
			return err
		}
		return b.offline.add(page)
	})
}

// execute runs a template of a language. The content is valid until done is
// called.
func execute(l book.Language, name string, data any) (content []byte, done func(), err error) {
	out := buffers.Get().(*bytes.Buffer)
	out.Reset()
	done = func() { buffers.Put(out) }
	if err := templates()[l].ExecuteTemplate(out, name, data); err != nil {
		done()
		return nil, nil, err
	}
	return out.Bytes(), done, nil
}

// rendered returns what a template of a language gives.
func rendered(l book.Language, name string, data any) (template.HTML, error) {
	content, done, err := execute(l, name, data)
	if err != nil {
		return "", err
	}
	defer done()
	return template.HTML(content), nil
}

// remembered returns what is made under a key, which it is once: many pages show it.
func remembered(made *sync.Map, key any, render func() (template.HTML, error)) (template.HTML, error) {
	if html, ok := made.Load(key); ok {
		return html.(template.HTML), nil
	}
	html, err := render()
	if err == nil {
		made.Store(key, html)
	}
	return html, err
}

// linked returns what a page says of itself for search engines, as JSON-LD
// with the vocabulary of https://schema.org.
func linked(things ...any) template.JS {
	data, err := json.Marshal(struct {
		Context string `json:"@context"`
		Graph   []any  `json:"@graph"`
	}{"https://schema.org", things}) // escapes what could end the element
	if err != nil {
		panic(err) // strings always encode
	}
	return template.JS(data)
}

type article struct {
	Type        string   `json:"@type"`
	Headline    string   `json:"headline"`
	Description string   `json:"description"`
	Language    string   `json:"inLanguage"`
	URL         string   `json:"url"`
	Image       string   `json:"image"`
	Modified    string   `json:"dateModified,omitempty"`
	Site        *website `json:"isPartOf"`
}

type website struct {
	Type        string `json:"@type"`
	Name        string `json:"name"`
	Alternate   string `json:"alternateName,omitempty"`
	URL         string `json:"url"`
	Language    string `json:"inLanguage,omitempty"`
	Description string `json:"description,omitempty"`
}

type breadcrumbList struct {
	Type string       `json:"@type"`
	List []breadcrumb `json:"itemListElement"`
}

type breadcrumb struct {
	Type     string `json:"@type"`
	Position int    `json:"position"`
	Name     string `json:"name"`
	Item     string `json:"item"`
}

// breadcrumbs returns the way to a page, from pairs of names and addresses.
func breadcrumbs(pairs ...string) breadcrumbList {
	list := breadcrumbList{Type: "BreadcrumbList"}
	for i := 0; i < len(pairs); i += 2 {
		list.List = append(list.List, breadcrumb{"ListItem", i/2 + 1, pairs[i], pairs[i+1]})
	}
	return list
}

// shorten returns the beginning of a text, up to n columns; Chinese and
// Japanese characters fill two. It ends with a sentence if one ends in the
// second half of that, else with an ellipsis.
func shorten(s string, n int) string {
	width, end := 0, 0
	for i, r := range s {
		width++
		if r >= 0x2e80 {
			width++
		}
		if width < n {
			end = i + utf8.RuneLen(r)
		}
	}
	if width <= n {
		return s
	}
	rest := s[end:]
	s = s[:end]
	if i := strings.LastIndex(s, "。"); i > len(s)/2 {
		return s[:i+len("。")]
	}
	if i := strings.LastIndex(s+rest[:min(1, len(rest))], ". "); i > len(s)/2 {
		return s[:i+1]
	}
	if i := strings.LastIndexAny(s, " 、，；"); i > len(s)/2 {
		s = s[:i]
	}
	return strings.TrimRight(s, " 。、，；,.:;：…") + "…"
}
