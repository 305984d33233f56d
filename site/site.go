// Package site renders a knowledge base as a static site: for each language a
// home page, overviews, a page for every entry and one about the API, and what
// belongs to a site beside its pages (see [Build]). All links are relative, so
// the site works under any address and from a folder.
//
// Entries are read, rendered and forgotten one by one, on all processors: the
// memory that a build takes grows with titles and patterns, not with pages.
package site

import (
	"cmp"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"strings"
	"sync"
	"time"

	"github.com/reasonbook/reasonbook/internal/address"
	"github.com/reasonbook/reasonbook/internal/answer"
	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/entry"
)

// Options say what a site is built for. The zero value gives a site that works
// everywhere and does not know its own address.
type Options struct {
	// BaseURL is the address that the site will have. Without it there are no
	// canonical links, no images for link previews, no sitemap and no feeds,
	// all of which need whole addresses.
	BaseURL string
	// FunctionURL is where the form posts to in a browser without JavaScript:
	// the address of POST /diagnose. Without it there is no form for them.
	FunctionURL string
	// EditURL is the address that "<id>/<language>.md" is appended to for the
	// link that edits a page; "" for no such link.
	EditURL string
	// ReportURL is where the page reports a message that has no entry, as
	// [address.Report] takes it; "" for nowhere.
	ReportURL string
	// Changed returns when a file of the knowledge base, such as
	// "error/ja.md", was last changed; the zero time if that is not known.
	Changed func(file string) time.Time
	// Progress is called for each entry that is done, in order.
	Progress func(done, all int)
}

// Build writes the site of the knowledge base in fsys and returns how many
// entries it has. The error is of type [entry.Faults] if anything in the
// sources is wrong; pages of faulty entries are not written then.
//
// The files are, l being a language and id an entry or one that it replaced:
//
//	l/index.html, l/states/, l/causes/, l/logs/    home page and overviews
//	l/id/index.html, index.md, index.json          an entry for people and programs
//	l/api/, openapi.json, kb.json                  the interface of the function
//	l/senders/, l/senders/family/                  how to connect what calls it
//	l/404.html, 404.html, index.html               not found; the choice of a language
//	l/feed.xml, sitemap.xml, robots.txt, llms.txt  for programs that read sites
//	_headers, _redirects, vercel.json, staticwebapp.config.json, .nojekyll   for hosts
//	l/search/                                      all results of a search
//	assets/                                        style, scripts, matcher, images
//	reasonbook.zip                                 all of it for reading without a network
func Build(fsys fs.FS, options Options, out Output) (entries int, err error) {
	if err := options.check(); err != nil {
		return 0, err
	}
	if options.Changed == nil {
		options.Changed = func(string) time.Time { return time.Time{} }
	}
	go bundles() // takes a while, and is needed at the end
	base, err := entry.Open(fsys)
	if err != nil {
		return 0, err
	}
	if len(base.Faults) > 0 {
		base.Faults.Sort()
		return 0, base.Faults
	}
	b := &builder{Options: options, base: base, out: out, ofKind: map[book.Kind][]*entry.Entry{}, signs: map[*entry.Entry]template.HTML{}}
	for _, e := range base.Entries {
		b.ofKind[e.Kind] = append(b.ofKind[e.Kind], e)
		b.signs[e] = signOf(e)
		b.dated = b.dated || !b.Changed(e.Folder()+"/entry.yaml").IsZero()
	}
	b.forPrograms = sync.OnceValues(b.programLists)
	go b.forPrograms() // as bundles
	for _, l := range book.Languages {
		b.ranks[l] = ranks(base.Entries, l)
		for _, kind := range kinds {
			b.lists[l] = append(b.lists[l], b.listOf(kind, l))
		}
	}
	for _, l := range book.Languages {
		if b.forms[l], err = b.newEntryForms(l); err != nil {
			return 0, err
		}
	}
	if b.offline, err = newArchive(out); err != nil {
		return 0, err
	}
	for _, step := range []func() error{b.entries, b.assets, b.pages, b.around, b.programs, b.listings, b.hosts} {
		if err := step(); err != nil {
			return 0, err
		}
	}
	return len(base.Entries), b.close()
}

// check reads the addresses and puts them into the form that they are used in.
func (o *Options) check() (err error) {
	if o.BaseURL, err = address.Site(o.BaseURL); err != nil {
		return fmt.Errorf("the address of the site: %w", err)
	}
	if o.FunctionURL, err = functionURL(o.FunctionURL); err != nil {
		return fmt.Errorf("the address of the function: %w", err)
	}
	if o.EditURL != "" {
		if _, err := address.Parse(o.EditURL, "https", "http"); err != nil {
			return fmt.Errorf("where pages are edited: %w", err)
		}
	}
	if err := address.Report(o.ReportURL); err != nil {
		return fmt.Errorf("where messages are reported: %w", err)
	}
	return nil
}

// functionURL checks the address of the function, or its path on the site's host.
func functionURL(s string) (string, error) {
	if s == "" {
		return "", nil
	}
	if strings.HasPrefix(s, "/") && !strings.HasPrefix(s, "//") {
		// It has the form of an address if it has that behind a host.
		a, err := address.Base("https://site" + s)
		if err != nil {
			return "", fmt.Errorf("%q is neither a path nor an address", s)
		}
		return strings.TrimPrefix(a.String(), "https://site"), nil
	}
	a, err := address.Base(s)
	if err != nil {
		return "", err
	}
	return a.String(), nil
}

// A builder is one build under way.
type builder struct {
	Options
	base        *entry.Base
	out         Output
	ofKind      map[book.Kind][]*entry.Entry // by id
	signs       map[*entry.Entry]template.HTML
	ranks       [len(book.Languages)]map[*entry.Entry]int
	lists       [len(book.Languages)][]list // of each kind
	forPrograms func() (*programLists, error)
	dated       bool // whether times of changes are known
	// What overviews and lists say of every entry.
	summaries map[*entry.Entry][len(book.Languages)]summary
	offline   *archive
	made      sync.Map // what many pages show, by frameKey and factsKey
	forms     [len(book.Languages)]*entryForms
	pending   []pendingPage
	sitemap   []location
}

// A summary is what other pages say of an entry in one language.
type summary struct {
	Lead    string // the first paragraph of its meaning, as plain text
	Changed time.Time
}

// entries renders every entry, and the data of the scripts along with them.
func (b *builder) entries() (err error) {
	data, err := newData(b.offline)
	if err != nil {
		return err
	}
	b.summaries = map[*entry.Entry][len(book.Languages)]summary{}
	var faults entry.Faults
	err = inOrder(len(b.base.Entries), b.entry, func(i int, e *renderedEntry, err error) error {
		var found entry.Faults
		if errors.As(err, &found) {
			faults = append(faults, found...)
			return nil
		} else if err != nil {
			return err
		}
		b.summaries[e.Entry] = e.summaries
		for _, page := range e.pages {
			b.addLocation(page.location)
			if err := b.offline.add(page.packed); err != nil {
				return err
			}
		}
		if b.Progress != nil {
			b.Progress(i+1, len(b.base.Entries))
		}
		return data.add(e)
	})
	if len(faults) > 0 {
		faults.Sort()
		err = faults
	}
	return cmp.Or(err, data.close())
}

// pages renders all pages but those of the entries.
func (b *builder) pages() error {
	b.overviews()
	for _, l := range book.Languages {
		b.home(l)
		if err := b.apiPage(l); err != nil {
			return err
		}
		if err := b.senderPages(l); err != nil {
			return err
		}
		b.searchPage(l)
		b.notFound(l)
	}
	b.choice()
	b.anyNotFound()
	b.redirects()
	return b.renderPages()
}

// programs writes what programs read of the whole site.
func (b *builder) programs() error {
	for _, l := range book.Languages {
		if err := b.suspects(l); err != nil {
			return err
		}
	}
	all, err := b.forPrograms()
	if err != nil {
		return err
	}
	return errors.Join(
		b.offline.write("assets/names.js", assignment("names", all.names)),
		b.offline.write("kb.json", all.entries),
		b.offline.write("openapi.json", answer.OpenAPI),
	)
}

// programLists are the lists of all entries for programs.
type programLists struct {
	entries []byte            // kb.json
	names   map[string]string // as [book.Book.Names] returns them
}

func (b *builder) programLists() (*programLists, error) {
	kb := b.compiled()
	entries, err := answer.KnowledgeBase(kb)
	return &programLists{entries, kb.Names()}, err
}

// compiled returns what lists for programs say of the entries, as a book.
func (b *builder) compiled() *book.Book {
	kb := &book.Book{Entries: make([]book.Entry, 0, len(b.base.Entries))}
	for _, e := range b.base.Entries {
		compiled := book.Entry{ID: e.ID, Kind: e.Kind, Stage: e.Stage, Patterns: e.Compiled()}
		for _, ref := range e.Explains {
			compiled.Explains = append(compiled.Explains, ref.Value)
		}
		for _, ref := range e.Status {
			compiled.Status = append(compiled.Status, ref.Value)
		}
		for l, title := range e.Titles {
			compiled.Texts[l].Title = title
		}
		kb.Entries = append(kb.Entries, compiled)
	}
	return kb
}

// close finishes the archive.
func (b *builder) close() error { return b.offline.close() }
