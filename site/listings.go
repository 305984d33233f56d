package site

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"slices"
	"time"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/entry"
)

// A location is a page that search engines may find.
type location struct {
	path    string
	changed time.Time
}

func (b *builder) addLocation(l location) { b.sitemap = append(b.sitemap, l) }

// hasFeeds reports whether the site has feeds: they need its address, and
// times of changes.
func (b *builder) hasFeeds() bool { return b.BaseURL != "" && b.dated }

// listings writes the files by which programs find the pages of the site.
func (b *builder) listings() error {
	robots := "User-agent: *\nAllow: /\n"
	errs := []error{b.out.WriteFile("llms.txt", b.llms())}
	if b.BaseURL != "" {
		robots += "\nSitemap: " + b.BaseURL + "sitemap.xml\n"
		errs = append(errs, b.writeXML("sitemap.xml", b.sitemapXML()))
	}
	errs = append(errs, b.out.WriteFile("robots.txt", []byte(robots)))
	if b.hasFeeds() {
		for _, l := range book.Languages {
			errs = append(errs, b.writeXML(l.String()+"/feed.xml", b.feed(l)))
		}
	}
	return errors.Join(errs...)
}

func (b *builder) writeXML(name string, v any) error {
	var out bytes.Buffer
	out.WriteString(xml.Header)
	e := xml.NewEncoder(&out)
	e.Indent("", " ")
	if err := e.Encode(v); err != nil {
		return err
	}
	out.WriteString("\n")
	return b.out.WriteFile(name, out.Bytes())
}

// A urlSet is a sitemap, as https://www.sitemaps.org/protocol.html describes it.
type urlSet struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

func (b *builder) sitemapXML() urlSet {
	slices.SortFunc(b.sitemap, func(x, y location) int { return cmp.Compare(x.path, y.path) })
	set := urlSet{URLs: make([]sitemapURL, len(b.sitemap))}
	for i, l := range b.sitemap {
		set.URLs[i].Loc = b.BaseURL + l.path
		if !l.changed.IsZero() {
			set.URLs[i].LastMod = l.changed.UTC().Format(time.DateOnly)
		}
	}
	return set
}

// An atomFeed is a feed as RFC 4287 describes it.
type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Language string      `xml:"xml:lang,attr"`
	Title    string      `xml:"title"`
	ID       string      `xml:"id"`
	Updated  string      `xml:"updated"`
	Author   string      `xml:"author>name"`
	Links    []atomLink  `xml:"link"`
	Entries  []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	Title   string   `xml:"title"`
	ID      string   `xml:"id"`
	Updated string   `xml:"updated"`
	Link    atomLink `xml:"link"`
	Summary string   `xml:"summary"`
}

// feedEntries is how many entries a feed holds, the latest changed.
const feedEntries = 30

// feed returns the entries of a language that were changed last.
func (b *builder) feed(l book.Language) atomFeed {
	var latest []*entry.Entry
	for _, e := range b.base.Entries {
		if !b.summaries[e][l].Changed.IsZero() { // as of one that is not committed yet
			latest = append(latest, e)
		}
	}
	slices.SortStableFunc(latest, func(x, y *entry.Entry) int {
		return b.summaries[y][l].Changed.Compare(b.summaries[x][l].Changed)
	})
	w := words[l]
	home := b.BaseURL + l.String() + "/"
	feed := atomFeed{
		Language: l.HTML(), Title: w.FeedTitle, ID: home, Author: "reasonbook",
		Updated: b.summaries[latest[0]][l].Changed.UTC().Format(time.RFC3339),
		Links:   []atomLink{{"self", "application/atom+xml", home + "feed.xml"}, {"alternate", "text/html", home}},
	}
	for _, e := range latest[:min(len(latest), feedEntries)] {
		s := b.summaries[e][l]
		address := b.BaseURL + book.PagePath(l, e.ID)
		feed.Entries = append(feed.Entries, atomEntry{
			Title: e.Titles[l], ID: address, Updated: s.Changed.UTC().Format(time.RFC3339),
			Link: atomLink{"alternate", "text/html", address}, Summary: s.Lead,
		})
	}
	return feed
}

// llms returns the list of pages for language models, as https://llmstxt.org
// describes it. It names the English pages; the others lie beside them.
func (b *builder) llms() []byte {
	w := words[book.English]
	var out bytes.Buffer
	out.WriteString("# reasonbook\n\n> " + w.Description + "\n\n" +
		"Every page is also there as Markdown (index.md) and as JSON (index.json), in English (en/), Japanese (ja/) and Simplified Chinese (zh/). " +
		"Words such as <namespace> in commands are blanks to fill in.\n")
	for _, kind := range kinds {
		if len(b.ofKind[kind]) == 0 {
			continue
		}
		out.WriteString("\n## " + w.Groups[kind] + "\n\n")
		for _, e := range b.ofKind[kind] {
			path := book.PagePath(book.English, e.ID)
			out.WriteString("- [" + markdownText.Replace(e.Titles[book.English]) + "](" + b.BaseURL + path + "index.md): " + b.lead(e, book.English) + "\n")
		}
	}
	out.WriteString("\n## " + w.APITitle + "\n\n- [OpenAPI](" + b.BaseURL + "openapi.json): the description of POST /diagnose\n- [" + w.APITitle + "](" + b.BaseURL + book.English.String() + "/" + book.API + "/): requests, answers, errors\n- [" + w.SendersTitle + "](" + b.BaseURL + book.English.String() + "/" + book.Senders + "/): the configuration of Alertmanager, Grafana and others that call it\n- [kb.json](" + b.BaseURL + "kb.json): every entry with its titles and patterns\n")
	return out.Bytes()
}

// lead returns the beginning of an entry, to stand beside its title.
func (b *builder) lead(e *entry.Entry, l book.Language) string {
	return shorten(b.summaries[e][l].Lead, 120)
}
