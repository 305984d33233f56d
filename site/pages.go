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
	Page        *page
	FunctionURL string
	PictureNote string
	Lists       []list
}

// overviewPage is what overview.html shows.
type overviewPage struct {
	Page                   *page
	Trail                  []crumb
	Name                   string // at the end of the trail
	Mixed                  bool   // whether the entries are of several kinds
	List                   list
	Position               string // "Page 2 of 3", "" if there is one
	PreviousHref, NextHref string
}

// A crumb is a page above another one.
type crumb struct{ Name, Href string }

// A list is the entries of a kind, or some of them.
type list struct {
	Kind, Name, About string
	Href              string // of the overview
	Count             int    // of all, where Items are only some
	Items             []item
}

// How many entries a page lists, so that it stays small.
const (
	homeEntries     = 60
	overviewEntries = 40
	entryCauses     = 16
)

// causesFolder is the folder of an entry that lists what stands under it, if
// that is too much for the entry's page.
const causesFolder = "causes/"

func (b *builder) home(l book.Language) error {
	w, page := words[l], b.newPage(l, "")
	page.Title, page.Description = w.Site, w.Description
	hosts := pictureHosts(b.base.Entries...)
	page.Policy = policy(b.formTarget(), hosts, true)
	page.HomeIsHere = true
	if page.Canonical != "" {
		page.Linked = linked(website{
			Type: "WebSite", Name: "reasonbook", Alternate: w.Site,
			URL: page.Canonical, Language: page.Language, Description: page.Description,
		})
	}
	p := &homePage{Page: page, FunctionURL: b.FunctionURL, PictureNote: w.pictureNote(hosts)}
	if p.FunctionURL != "" {
		p.FunctionURL += "?lang=" + l.String()
	}
	for _, kind := range kinds {
		entries := b.ofKind[kind]
		if len(entries) == 0 {
			continue
		}
		li := list{Kind: string(kind), Name: w.Groups[kind], About: w.About[kind], Count: len(entries), Href: book.Overviews[kind] + "/"}
		// Causes and logs have overviews; what a console shows stands here.
		if kind == book.State {
			for _, e := range entries[:min(len(entries), homeEntries)] {
				li.Items = append(li.Items, w.item(e, l, ""))
			}
		}
		p.Lists = append(p.Lists, li)
	}
	path := l.String() + "/"
	b.addLocation(location{path: path})
	return b.render(path+"index.html", l, "home.html", p)
}

// overviews renders the lists of the entries of each kind, and of those under
// an entry that has many.
func (b *builder) overviews() error {
	for _, l := range book.Languages {
		w := words[l]
		for _, kind := range kinds {
			li := list{Kind: string(kind), Name: w.Groups[kind], About: w.About[kind]}
			if err := b.overview(l, book.Overviews[kind]+"/", nil, li.Name, li, b.ofKind[kind]); err != nil {
				return err
			}
		}
		for _, e := range b.base.Entries {
			below := b.base.Below(e)
			if len(below) <= entryCauses {
				continue
			}
			name := book.HeadingOf(e.Titles[l], l).Short()
			li := list{Kind: string(e.Kind), Name: name + l.Colon() + w.Causes, About: b.lead(e, l)}
			trail := []crumb{{w.Groups[e.Kind], book.Overviews[e.Kind] + "/"}, {name, e.ID + "/"}}
			if err := b.overview(l, e.ID+"/"+causesFolder, trail, w.Causes, li, below); err != nil {
				return err
			}
		}
	}
	return nil
}

// overview renders a list of entries at a path below the folder of a language,
// on as many pages as it needs. trail leads to it from the home page; name is
// what it is called at the end of the trail.
func (b *builder) overview(l book.Language, path string, trail []crumb, name string, li list, entries []*entry.Entry) error {
	w := words[l]
	li.Count = len(entries)
	pages := (len(entries) + overviewEntries - 1) / overviewEntries
	// numbered returns the path of page n, from 0.
	numbered := func(n int) string {
		if n == 0 {
			return path
		}
		return path + strconv.Itoa(n+1) + "/"
	}
	for n := range pages {
		page := b.newPage(l, numbered(n))
		p := &overviewPage{Page: page, List: li, Name: name, Mixed: trail != nil, Trail: []crumb{{w.Home, page.SearchFolder}}}
		for _, c := range trail {
			p.Trail = append(p.Trail, crumb{c.Name, page.SearchFolder + c.Href})
		}
		page.Title, page.Description = li.Name+" · reasonbook", li.About
		for _, e := range entries[n*overviewEntries : min(len(entries), (n+1)*overviewEntries)] {
			i := w.item(e, l, page.SearchFolder)
			i.Lead = b.lead(e, l)
			p.List.Items = append(p.List.Items, i)
		}
		if pages > 1 {
			p.Position = strings.NewReplacer("{n}", strconv.Itoa(n+1), "{m}", strconv.Itoa(pages)).Replace(w.Of)
			page.Title = li.Name + " · " + p.Position + " · reasonbook"
			if n > 0 {
				p.PreviousHref = page.SearchFolder + numbered(n-1)
			}
			if n+1 < pages {
				p.NextHref = page.SearchFolder + numbered(n+1)
			}
		}
		if page.Canonical != "" {
			home := b.BaseURL + l.String() + "/"
			pairs := []string{"reasonbook", home}
			for _, c := range trail {
				pairs = append(pairs, c.Name, home+c.Href)
			}
			page.Linked = linked(breadcrumbs(append(pairs, name, page.Canonical)...))
		}
		b.addLocation(location{path: l.String() + "/" + numbered(n)})
		if err := b.render(l.String()+"/"+numbered(n)+"index.html", l, "overview.html", p); err != nil {
			return err
		}
	}
	return nil
}

// articlePage is what article.html shows.
type articlePage struct {
	Page       *page
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
	page := b.newPage(l, path)
	page.Title, page.Description, page.APIIsHere = article.Title+" · reasonbook", shorten(article.Lead, 160), true
	p := &articlePage{page, article.Title, template.HTML(article.HTML), article.Sections, page.SearchFolder}
	b.addLocation(location{path: l.String() + "/" + path})
	return b.render(l.String()+"/"+path+"index.html", l, "article.html", p)
}

// notFound renders the page that hosts show for addresses that do not exist.
// It stands in for pages at any depth, so its links begin at the host.
func (b *builder) notFound(l book.Language) error {
	p := b.newPage(l, "")
	p.Title, p.Description = p.words.NotFound+" · reasonbook", p.words.NotFoundHint
	b.anywhere(p)
	return b.render(l.String()+"/404.html", l, "notfound.html", struct{ Page *page }{p})
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
	Page    *page
	Choices []choice
	Missing bool // it stands in for a page that does not exist
}

type choice struct {
	Words                        *Words
	Language, Folder, Name, Href string
}

// choice renders the root of the site, where readers choose a language; early.js
// does it for them by the languages of their browser.
func (b *builder) choice() error {
	page := b.newPage(book.English, "")
	p := &choicePage{Page: page}
	page.Root, page.SearchFolder = "", "en/"
	if b.BaseURL != "" {
		page.Canonical = b.BaseURL
	}
	page.Alternates = nil
	for _, l := range book.Languages {
		page.Alternates = append(page.Alternates, alternate{l.String(), b.absolute(l.String()+"/", "")})
		p.Choices = append(p.Choices, choice{words[l], l.HTML(), l.String(), l.Name(), l.String() + "/"})
	}
	page.Alternates = append(page.Alternates, alternate{"x-default", b.absolute("", "./")})
	page.Title, page.Description = page.words.Site, page.words.Description
	b.addLocation(location{path: ""})
	return b.render("index.html", book.English, "choice.html", p)
}

// anyNotFound renders 404.html for hosts that know only one, in all languages.
func (b *builder) anyNotFound() error {
	page := b.newPage(book.English, "")
	b.anywhere(page)
	page.Title, page.Description = page.words.NotFound+" · reasonbook", page.words.NotFoundHint
	p := &choicePage{Page: page, Missing: true}
	for _, l := range book.Languages {
		p.Choices = append(p.Choices, choice{words[l], l.HTML(), l.String(), l.Name(), page.Root + l.String() + "/"})
	}
	return b.render("404.html", book.English, "choice.html", p)
}

// redirectPage is what redirect.html shows.
type redirectPage struct {
	Page    *page
	Heading book.Heading
	Target  string
}

// redirects renders a page at every address that an entry had before.
func (b *builder) redirects() error {
	for _, e := range b.base.Entries {
		for _, old := range e.Formerly {
			for _, l := range book.Languages {
				page := b.newPage(l, old.Value+"/")
				page.Title, page.Description, page.Indexed, page.Alternates = e.Titles[l]+" · reasonbook", page.words.Moved, false, nil
				if b.BaseURL != "" {
					page.Canonical = b.BaseURL + book.PagePath(l, e.ID)
				}
				p := &redirectPage{page, book.HeadingOf(e.Titles[l], l), "../" + e.ID + "/"}
				if err := b.render(book.PagePath(l, old.Value)+"index.html", l, "redirect.html", p); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
