// Package site renders the knowledge base as a static site: a home page and a
// page for every entry in each language. All links are relative, so the site
// works under any address and from a folder.
package site

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"os"
	"path/filepath"
	"strings"

	"github.com/reasonbook/reasonbook/internal/answer"
	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/entry"
)

//go:embed templates/*.html
var templateFiles embed.FS

//go:embed assets/site.css
var stylesheet []byte

var templates = template.Must(template.ParseFS(templateFiles, "templates/*.html"))

// Files are the files of a site by their slash-separated paths.
type Files map[string][]byte

// Write writes the files below a folder, which is made if it is missing. Files
// that are there already are replaced, others are left alone.
func (f Files) Write(dir string) error {
	for name, content := range f {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// page is what the templates show.
type page struct {
	Words
	Language  string
	Root      string // the way back to the root of the site: "../../"
	Canonical string // the page's address, "" if the site's is not known
	Languages []link
	Title     string
	Groups    []group // home
	Entry     *entryPage
}

type link struct {
	Language, Name, Href, Absolute string
	Current                        bool
}

type group struct {
	Name    string
	Entries []item
}

type item struct {
	Kind, Title, Href string
	Lead              template.HTML // the first paragraph of the meaning
}

type entryPage struct {
	ID, Kind, KindName string
	Headings           [3]string
	Meaning, Related   template.HTML
	Steps              []template.HTML
	Examples           []string
	References         []entry.Reference
}

// Build renders the site of a knowledge base, given as its entries and as the
// book that is compiled from them. baseURL is the address that it will have;
// without one, pages do not name their own address.
func Build(entries []*entry.Entry, b *book.Book, baseURL string) (Files, error) {
	if baseURL != "" && !strings.HasSuffix(baseURL, "/") {
		baseURL += "/"
	}
	files := Files{"assets/site.css": stylesheet}
	for _, l := range book.Languages {
		home := newPage(l, "../", "", baseURL)
		home.Title = home.SiteName
		home.Groups = groups(b, l, "")
		if err := files.render(l.String()+"/index.html", "home.html", home); err != nil {
			return nil, err
		}
		for i, e := range entries {
			if err := files.render(book.PagePath(l, e.ID)+"index.html", "entry.html", newEntryPage(e, &b.Entries[i], l, baseURL)); err != nil {
				return nil, err
			}
		}
	}
	// The root is the home page in the default language.
	root := newPage(book.English, "", "", baseURL)
	root.Title = root.SiteName
	root.Groups = groups(b, book.English, book.English.String()+"/")
	if err := files.render("index.html", "home.html", root); err != nil {
		return nil, err
	}
	kb, err := answer.KnowledgeBase(b)
	files["kb.json"] = kb
	return files, err
}

// newPage returns the page of a language at path below the language's own
// folder, root being the way from there to the root of the site.
func newPage(l book.Language, root, path, baseURL string) *page {
	p := &page{Words: words[l], Language: l.String(), Root: root}
	for _, other := range book.Languages {
		link := link{Language: other.String(), Name: other.Name(), Current: other == l, Href: root + other.String() + "/" + path}
		if baseURL != "" {
			link.Absolute = baseURL + other.String() + "/" + path
		}
		if link.Current {
			p.Canonical = link.Absolute
		}
		p.Languages = append(p.Languages, link)
	}
	return p
}

func newEntryPage(e *entry.Entry, compiled *book.Entry, l book.Language, baseURL string) *page {
	p := newPage(l, "../../", e.ID+"/", baseURL)
	text := &compiled.Texts[l]
	// Links to other entries lead to the folders beside this one.
	values := book.Values{Base: "../"}
	p.Title = text.Title
	p.Entry = &entryPage{
		ID: e.ID, Kind: string(e.Kind), KindName: p.KindNames[e.Kind],
		Headings: entry.Headings[l],
		// The book's HTML is made by goldmark from our own Markdown, without raw HTML.
		Meaning:    template.HTML(text.Meaning.HTML(values)),
		Related:    template.HTML(e.Pages[l].Related.Body.HTML(values)),
		References: e.References,
	}
	for _, step := range text.Steps {
		p.Entry.Steps = append(p.Entry.Steps, template.HTML(step.HTML(values)))
	}
	for _, example := range e.Examples {
		p.Entry.Examples = append(p.Entry.Examples, strings.TrimSpace(example.Text))
	}
	return p
}

// groups returns the entries of a book by kind, as a home page lists them.
func groups(b *book.Book, l book.Language, prefix string) []group {
	var list []group
	for _, kind := range []book.Kind{book.State, book.Cause, book.Log} {
		g := group{Name: words[l].Groups[kind]}
		for _, e := range b.Entries {
			if e.Kind == kind {
				lead, _, _ := strings.Cut(e.Texts[l].Meaning.HTML(book.Values{Base: prefix}), "</p>")
				g.Entries = append(g.Entries, item{string(kind), e.Texts[l].Title, prefix + e.ID + "/", template.HTML(lead + "</p>")})
			}
		}
		if len(g.Entries) > 0 {
			list = append(list, g)
		}
	}
	return list
}

func (f Files) render(name, template string, p *page) error {
	var out bytes.Buffer
	if err := templates.ExecuteTemplate(&out, template, p); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	f[name] = out.Bytes()
	return nil
}
