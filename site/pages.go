package site

import (
	"embed"
	"html/template"
	"strconv"
	"strings"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/entry"
	"github.com/reasonbook/reasonbook/internal/markdown"
)

//go:embed pages/*.md
var pageSources embed.FS

// homePage is what home.html shows.
type homePage struct {
	*page
	FunctionURL  string
	StepsHeading string
	Lists        []list
}

// overviewPage is what overview.html shows.
type overviewPage struct {
	*page
	list
	Position               string // "Page 2 of 3", "" if there is one
	PreviousHref, NextHref string
	Breadcrumb             string // the address of the home page
}

// A list is the entries of a kind, or some of them.
type list struct {
	Kind, Name, About string
	Href              string // of the overview, "" if the list is complete
	Count             int    // of the whole kind
	Items             []item
}

// How many entries of a kind a page shows, so that it stays small.
const (
	homeEntries     = 60
	overviewEntries = 40
)

func (b *builder) home(l book.Language) error {
	p := &homePage{page: b.newPage(l, ""), FunctionURL: b.FunctionURL, StepsHeading: entry.Headings[l][1]}
	p.Title, p.Description = p.Site, p.Words.Description
	p.Policy = policy(b.formTarget(), nil, true)
	p.HomeIsHere = true
	if p.FunctionURL != "" {
		p.FunctionURL += "?lang=" + l.String()
	}
	if p.Canonical != "" {
		p.Linked = linked(map[string]any{
			"@context": "https://schema.org", "@type": "WebSite", "name": "reasonbook", "alternateName": p.Site,
			"url": p.Canonical, "inLanguage": p.Language, "description": p.Description,
		})
	}
	for _, kind := range kinds {
		entries := b.ofKind[kind]
		if len(entries) == 0 {
			continue
		}
		li := list{Kind: string(kind), Name: p.Groups[kind], About: p.Words.About[kind], Count: len(entries), Href: book.Overviews[kind] + "/"}
		// Causes and logs have overviews; what a console shows stands here.
		if kind == book.State {
			for _, e := range entries[:min(len(entries), homeEntries)] {
				li.Items = append(li.Items, p.item(e, l, ""))
			}
		}
		p.Lists = append(p.Lists, li)
	}
	path := l.String() + "/"
	b.addLocation(location{path: path})
	return b.render(path+"index.html", "home.html", p)
}

// overviews renders the lists of the entries of each kind.
func (b *builder) overviews() error {
	for _, l := range book.Languages {
		for _, kind := range kinds {
			all := b.ofKind[kind]
			pages := (len(all) + overviewEntries - 1) / overviewEntries
			for n := range pages {
				if err := b.overview(l, kind, n, pages); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// overviewPath returns the path of page n, from 0, of an overview below the
// folder of its language.
func overviewPath(kind book.Kind, n int) string {
	path := book.Overviews[kind] + "/"
	if n > 0 {
		path += strconv.Itoa(n+1) + "/"
	}
	return path
}

func (b *builder) overview(l book.Language, kind book.Kind, n, pages int) error {
	all := b.ofKind[kind]
	path := overviewPath(kind, n)
	p := &overviewPage{page: b.newPage(l, path)}
	p.list = list{Kind: string(kind), Name: p.Groups[kind], About: p.Words.About[kind], Count: len(all)}
	p.Title, p.Description = p.Name+" · reasonbook", p.list.About
	p.Breadcrumb = p.SearchFolder
	for _, e := range all[n*overviewEntries : min(len(all), (n+1)*overviewEntries)] {
		i := p.item(e, l, p.SearchFolder)
		i.Lead = b.lead(e, l)
		p.Items = append(p.Items, i)
	}
	if pages > 1 {
		p.Position = strings.NewReplacer("{n}", strconv.Itoa(n+1), "{m}", strconv.Itoa(pages)).Replace(p.Of)
		p.Title = p.Name + " · " + p.Position + " · reasonbook"
		if n > 0 {
			p.PreviousHref = p.SearchFolder + overviewPath(kind, n-1)
		}
		if n+1 < pages {
			p.NextHref = p.SearchFolder + overviewPath(kind, n+1)
		}
	}
	if p.Canonical != "" {
		home := b.BaseURL + l.String() + "/"
		p.Linked = linked(map[string]any{"@context": "https://schema.org", "@graph": []any{breadcrumbs("reasonbook", home, p.Name, p.Canonical)}})
	}
	b.addLocation(location{path: l.String() + "/" + path})
	return b.render(l.String()+"/"+path+"index.html", "overview.html", p)
}

// articlePage is what article.html shows.
type articlePage struct {
	*page
	Heading    string
	Body       template.HTML
	Sections   []markdown.ArticleSection
	Breadcrumb string
}

// apiPage renders the page about the interface of the function.
func (b *builder) apiPage(l book.Language) error {
	source, err := pageSources.ReadFile("pages/api." + l.String() + ".md")
	if err != nil {
		return err
	}
	article, err := markdown.ParseArticle(source)
	if err != nil {
		return err
	}
	path := book.API + "/"
	p := &articlePage{page: b.newPage(l, path), Heading: article.Title, Body: template.HTML(article.HTML), Sections: article.Sections}
	p.Title, p.Description, p.Breadcrumb = article.Title+" · reasonbook", shorten(article.Lead, 160), p.SearchFolder
	p.APIIsHere = true
	b.addLocation(location{path: l.String() + "/" + path})
	return b.render(l.String()+"/"+path+"index.html", "article.html", p)
}

// notFound renders the page that hosts show for addresses that do not exist.
// It stands in for pages at any depth, so its links begin at the host.
func (b *builder) notFound(l book.Language) error {
	p := b.newPage(l, "")
	p.Title, p.Description = p.NotFound+" · reasonbook", p.NotFoundHint
	b.anywhere(p)
	return b.render(l.String()+"/404.html", "notfound.html", p)
}

// anywhere makes the links of a page work at every depth of the site, and
// keeps it out of search engines.
func (b *builder) anywhere(p *page) {
	root := b.rootPath()
	p.Indexed, p.Canonical, p.Alternates = false, "", nil
	rebase := func(href string) string { return root + strings.TrimLeft(href, "./") }
	p.Root, p.SearchFolder = root, rebase(p.SearchFolder)
	for i := range p.Languages {
		p.Languages[i].Href = rebase(p.Languages[i].Href)
	}
	for i := range p.Kinds {
		p.Kinds[i].Href = rebase(p.Kinds[i].Href)
	}
}

// rootPath returns the path of the site on its host.
func (b *builder) rootPath() string {
	_, rest, _ := strings.Cut(b.BaseURL, "://")
	if _, path, ok := strings.Cut(rest, "/"); ok {
		return "/" + path
	}
	return "/"
}

// choicePage is what choice.html shows: the same in all languages.
type choicePage struct {
	*page
	Choices []choice
	Missing bool // it stands in for a page that does not exist
}

type choice struct {
	*Words
	Language, Folder, Name, Href string
}

// choice renders the root of the site, where readers choose a language; early.js
// does it for them by the languages of their browser.
func (b *builder) choice() error {
	p := &choicePage{page: b.newPage(book.English, "")}
	p.Root, p.SearchFolder = "", "en/"
	if b.BaseURL != "" {
		p.Canonical = b.BaseURL
	}
	p.Alternates = nil
	for _, l := range book.Languages {
		p.Alternates = append(p.Alternates, alternate{l.String(), b.absolute(l.String()+"/", "")})
		p.Choices = append(p.Choices, choice{words[l], l.HTML(), l.String(), l.Name(), l.String() + "/"})
	}
	p.Alternates = append(p.Alternates, alternate{"x-default", b.absolute("", "./")})
	p.Title, p.Description = p.Site, p.Words.Description
	b.addLocation(location{path: ""})
	return b.render("index.html", "choice.html", p)
}

// anyNotFound renders 404.html for hosts that know only one, in all languages.
func (b *builder) anyNotFound() error {
	p := &choicePage{page: b.newPage(book.English, ""), Missing: true}
	b.anywhere(p.page)
	for _, l := range book.Languages {
		p.Choices = append(p.Choices, choice{words[l], l.HTML(), l.String(), l.Name(), p.Root + l.String() + "/"})
	}
	p.Title, p.Description = p.NotFound+" · reasonbook", p.NotFoundHint
	return b.render("404.html", "choice.html", p)
}

// redirectPage is what redirect.html shows.
type redirectPage struct {
	*page
	heading
	Target string
}

// redirects renders a page at every address that an entry had before.
func (b *builder) redirects() error {
	for _, e := range b.base.Entries {
		for _, old := range e.Formerly {
			for _, l := range book.Languages {
				p := &redirectPage{page: b.newPage(l, old.Value+"/"), Target: "../" + e.ID + "/"}
				p.heading = p.headingOf(e.Titles[l])
				p.Title, p.Description, p.Indexed, p.Alternates = e.Titles[l]+" · reasonbook", p.Moved, false, nil
				if b.BaseURL != "" {
					p.Canonical = b.BaseURL + book.PagePath(l, e.ID)
				}
				if err := b.render(book.PagePath(l, old.Value)+"index.html", "redirect.html", p); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
