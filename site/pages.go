package site

import (
	"cmp"
	"embed"
	"fmt"
	"html/template"
	"strings"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/markdown"
)

//go:embed pages/*.md
var pageSources embed.FS

// homePage is what home.html shows.
type homePage struct {
	Page        *page
	FunctionURL string
	PictureNote string
	ReportURL   string
	Rollout     []stop // one, or none
	Track, Node []stop
	Logs        []stop
	LogsHref    string
	LogsName    string
	LogsAbout   string
	Samples     []sampleText
	LogCount    int
}

// A sampleText is a text that a reader may try instead of an own one.
type sampleText struct{ Name, Text string }

const (
	sampleState    = "NAME                        READY   STATUS             RESTARTS       AGE\nshop-web-6b9c7d5f4-q8zlt    0/1     CrashLoopBackOff   7 (2m ago)     14m"
	sampleDescribe = "Name:         shop-web-6b9c7d5f4-q8zlt\nNamespace:    shop\nContainers:\n  web:\n    State:          Waiting\n      Reason:       CrashLoopBackOff\n    Last State:     Terminated\n      Reason:       OOMKilled\n      Exit Code:    137"
	sampleEvent    = "Warning  Failed  12s (x4 over 2m)  kubelet  Failed to pull image \"registry.example.com/shop/web:1.4\": manifest unknown"
)

// overviewPage is what overview.html shows.
type overviewPage struct {
	Page                   *page
	Trail                  []crumb
	Kind                   string // "" if the entries are of several kinds
	Name                   string // at the end of the trail
	Heading, About         string
	Count                  int
	Groups                 []group
	Index                  []crumb // to every group, if there are several
	Signs                  bool    // whether what messages say stands beside the entries
	Position               string  // "Page 2 of 3", "" if there is one
	PreviousHref, NextHref string
}

// A crumb is a page above another one, or another link with a name.
type crumb struct{ Name, Href string }

// A group is the entries of a list that stand at one milestone.
type group struct {
	ID, Name string // "" for a list without groups
	Items    []item
	Signs    template.HTML // a list with signs, instead of Items
	from, to int           // the places of the entries in the list
}

// overviewEntries is how many entries a page lists, so that it stays small.
const overviewEntries = 130

// entryCauses is how many causes the page of an entry lists: a state's page is
// there to decide between them, on the others they stand in the way of the steps.
func entryCauses(k book.Kind) int {
	if k == book.State {
		return 9
	}
	return 3
}

// causesFolder is the folder of an entry that lists what stands under it, if
// that is too much for the entry's page.
const causesFolder = "causes/"

func (b *builder) home(l book.Language) {
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
	p := &homePage{Page: page, FunctionURL: b.FunctionURL, ReportURL: b.ReportURL, PictureNote: w.pictureNote(hosts)}
	if p.FunctionURL != "" {
		p.FunctionURL += "?lang=" + l.String()
	}
	p.Rollout = b.stops([]milestone{rollout}, l, book.State)
	p.Track, p.Node = b.stops(passed, l, book.State), b.stops([]milestone{node}, l, book.State)
	p.Logs, p.LogCount, p.LogsHref = b.stops(logged, l, book.Log), len(b.ofKind[book.Log]), book.Overviews[book.Log]+"/"
	p.LogsName, p.LogsAbout = w.Groups[book.Log], w.About[book.Log]
	p.Samples = []sampleText{{w.TryState, sampleState}, {w.TryDescribe, sampleDescribe}, {w.TryEvent, sampleEvent}}
	path := l.String() + "/"
	b.addLocation(location{path: path})
	b.add(path+"index.html", l, "home.html", p)
}

// articlePage is what article.html shows.
type articlePage struct {
	Page     *page
	Trail    []crumb
	Name     string // at the end of the trail
	Heading  string
	Body     template.HTML
	Sections []markdown.ArticleSection
}

// apiPage renders the page about the interface of the function.
func (b *builder) apiPage(l book.Language) error {
	source, err := pageSources.ReadFile("pages/api." + l.String() + ".md")
	if err != nil {
		return err
	}
	return b.article(l, book.API, book.API+"/", string(source), "", crumb{Name: words[l].APITitle})
}

// article renders a page of prose at a path below the folder of its language.
// The footer shows it as the page in a folder, the trail ends with its own name,
// and without a description its first paragraph is that.
func (b *builder) article(l book.Language, folder, path, source, description string, trail ...crumb) error {
	article, err := markdown.ParseArticle([]byte(source))
	if err != nil {
		return fmt.Errorf("%s/%s: %w", l, path, err)
	}
	page := b.newPage(l, path)
	page.Title, page.Description, page.Here = article.Title+" · reasonbook", shorten(cmp.Or(description, article.Lead), 160), folder
	above := append([]crumb{{words[l].Home, page.SearchFolder}}, trail[:len(trail)-1]...)
	p := &articlePage{page, above, trail[len(trail)-1].Name, article.Title, template.HTML(article.HTML), article.Sections}
	b.addLocation(location{path: l.String() + "/" + path})
	b.add(l.String()+"/"+path+"index.html", l, "article.html", p)
	return nil
}

// searchPage renders the page of all results of a search, which its script fills.
func (b *builder) searchPage(l book.Language) {
	path := book.Search + "/"
	page := b.newPage(l, path)
	page.Title, page.Description, page.Indexed = page.words.SearchResults+" · reasonbook", page.words.Description, false
	b.add(l.String()+"/"+path+"index.html", l, "search.html", struct{ Page any }{page})
}

// notFound renders the page that hosts show for addresses that do not exist.
// It stands in for pages at any depth, so its links begin at the host.
func (b *builder) notFound(l book.Language) {
	p := b.newPage(l, "")
	p.Title, p.Description = p.words.NotFound+" · reasonbook", p.words.NotFoundHint
	b.anywhere(p)
	b.add(l.String()+"/404.html", l, "notfound.html", struct{ Page *page }{p})
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
	Kinds                        []kindLink // of a page that does not exist
	KindList                     string
}

// choice renders the root of the site, where readers choose a language; early.js
// does it for them by the languages of their browser.
func (b *builder) choice() {
	page := b.newPage(book.English, "")
	p := &choicePage{Page: page}
	page.Root, page.SearchFolder = "", "en/"
	if b.BaseURL != "" {
		page.Canonical = b.BaseURL
	}
	page.Alternates = nil
	for _, l := range book.Languages {
		page.Alternates = append(page.Alternates, alternate{l.String(), b.absolute(l.String()+"/", "")})
		p.Choices = append(p.Choices, choice{Words: words[l], Language: l.HTML(), Folder: l.String(), Name: l.Name(), Href: l.String() + "/"})
	}
	page.Alternates = append(page.Alternates, alternate{"x-default", b.absolute("", "./")})
	page.Title, page.Description = page.words.Site, page.words.Description
	b.addLocation(location{path: ""})
	b.add("index.html", book.English, "choice.html", p)
}

// anyNotFound renders 404.html for hosts that know only one, in all languages.
func (b *builder) anyNotFound() {
	page := b.newPage(book.English, "")
	b.anywhere(page)
	page.Title, page.Description = page.words.NotFound+" · reasonbook", page.words.NotFoundHint
	p := &choicePage{Page: page, Missing: true}
	for _, l := range book.Languages {
		of := b.newPage(l, "")
		b.anywhere(of)
		p.Choices = append(p.Choices, choice{
			Words: words[l], Language: l.HTML(), Folder: l.String(), Name: l.Name(), Href: of.SearchFolder,
			Kinds: of.Kinds, KindList: wordOf(l, "KindList"),
		})
	}
	b.add("404.html", book.English, "choice.html", p)
}

// redirectPage is what redirect.html shows.
type redirectPage struct {
	Page    *page
	Heading book.Heading
	Target  string
}

// redirects renders a page at every address that an entry had before.
func (b *builder) redirects() {
	for _, e := range b.base.Entries {
		for _, old := range e.Formerly {
			for _, l := range book.Languages {
				page := b.newPage(l, old.Value+"/")
				page.Title, page.Description, page.Indexed, page.Alternates = e.Titles[l]+" · reasonbook", page.words.Moved, false, nil
				if b.BaseURL != "" {
					page.Canonical = b.BaseURL + book.PagePath(l, e.ID)
				}
				p := &redirectPage{page, book.HeadingOf(e.Titles[l], l), "../" + e.ID + "/"}
				b.add(book.PagePath(l, old.Value)+"index.html", l, "redirect.html", p)
			}
		}
	}
}
