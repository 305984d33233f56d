package site

import (
	"slices"
	"strconv"
	"strings"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/entry"
)

// overviews renders the lists of the entries of each kind, and of those under
// an entry that has many.
func (b *builder) overviews() {
	for _, l := range book.Languages {
		w := words[l]
		for _, kind := range kinds {
			if len(b.ofKind[kind]) == 0 {
				continue
			}
			page := overviewPage{Kind: string(kind), Name: w.Groups[kind], Heading: w.Groups[kind], About: w.About[kind]}
			all := b.list(kind, l)
			b.overview(l, book.Overviews[kind]+"/", nil, page, all.groups, all.entries)
		}
		for _, e := range b.base.Entries {
			below := b.base.Below(e)
			if len(below) <= entryCauses(e.Kind) {
				continue
			}
			name := book.HeadingOf(e.Titles[l], l).Short()
			page := overviewPage{Name: w.Causes, Heading: name + l.Colon() + w.Causes, About: b.lead(e, l), Signs: true}
			trail := []crumb{{w.Groups[e.Kind], book.Overviews[e.Kind] + "/"}, {name, e.ID + "/"}}
			b.overview(l, e.ID+"/"+causesFolder, trail, page, []group{{to: len(below)}}, b.byFrequency(below, l))
		}
	}
}

// A list is the entries of a kind in the order of milestones, the most frequent
// first at each.
type list struct {
	kind    book.Kind
	entries []*entry.Entry
	groups  []group
	places  map[*entry.Entry]int
}

func (b *builder) listOf(kind book.Kind, l book.Language) list {
	out := list{kind: kind, places: map[*entry.Entry]int{}}
	for _, m := range milestones {
		here := b.byFrequency(m.at(b.ofKind[kind]), l)
		if len(here) == 0 {
			continue
		}
		from := len(out.entries)
		out.groups = append(out.groups, group{ID: m.id(), Name: words[l].Stages[m[0]], from: from, to: from + len(here)})
		for i, e := range here {
			out.places[e] = from + i
		}
		out.entries = append(out.entries, here...)
	}
	return out
}

// list returns the entries of a kind.
func (b *builder) list(kind book.Kind, l book.Language) *list {
	return &b.lists[l][slices.Index(kinds, kind)]
}

// aroundName is the name of the list of what stands at a milestone of a kind, as
// pages show it beside an entry, and of its file in assets/around/.
func aroundName(l book.Language, kind book.Kind, g group) string {
	return l.String() + "-" + string(kind) + "-" + g.ID
}

// aroundOf returns the name of the list that an entry stands in.
func (b *builder) aroundOf(e *entry.Entry, l book.Language) string {
	list := b.list(e.Kind, l)
	at := list.places[e]
	for _, g := range list.groups {
		if g.from <= at && at < g.to {
			return aroundName(l, e.Kind, g)
		}
	}
	return ""
}

// around writes these lists: [name, [[id, short title], ...]].
func (b *builder) around() error {
	for _, l := range book.Languages {
		for i := range b.lists[l] {
			list := &b.lists[l][i]
			for _, g := range list.groups {
				rows := []any{}
				for _, e := range list.entries[g.from:g.to] {
					rows = append(rows, []string{e.ID, book.HeadingOf(e.Titles[l], l).Short()})
				}
				name := aroundName(l, list.kind, g)
				if err := b.offline.write("assets/around/"+name+".js", assignment(name, g.Name, rows)); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// neighbours returns the entries before and after one at its milestone, nil for
// none.
func (b *builder) neighbours(e *entry.Entry, l book.Language) (around [2]*entry.Entry) {
	list := b.list(e.Kind, l)
	at := list.places[e]
	for _, g := range list.groups {
		if at > g.from && at < g.to {
			around[0] = list.entries[at-1]
		}
		if at >= g.from && at+1 < g.to {
			around[1] = list.entries[at+1]
		}
	}
	return around
}

// overviewOf returns the way from the home page to where the overview of a kind
// lists a milestone.
func (b *builder) overviewOf(kind book.Kind, m milestone, l book.Language) string {
	for _, g := range b.list(kind, l).groups {
		if g.ID == m.id() {
			return numbered(book.Overviews[kind]+"/", g.from/overviewEntries) + "#" + g.ID
		}
	}
	return book.Overviews[kind] + "/"
}

// numbered returns the path of page n, from 0, of a list.
func numbered(path string, n int) string {
	if n == 0 {
		return path
	}
	return path + strconv.Itoa(n+1) + "/"
}

// overview renders a list of entries at a path below the folder of a language,
// on as many pages as it needs. trail leads to it from the home page.
func (b *builder) overview(l book.Language, path string, trail []crumb, list overviewPage, groups []group, entries []*entry.Entry) {
	w := words[l]
	list.Count = len(entries)
	most := overviewEntries
	if list.Signs {
		most = signEntries
	}
	pages := (len(entries) + most - 1) / most
	for n := range pages {
		p := list
		page := b.newPage(l, numbered(path, n))
		p.Page, p.Trail = page, []crumb{{w.Home, page.SearchFolder}}
		for _, c := range trail {
			p.Trail = append(p.Trail, crumb{c.Name, page.SearchFolder + c.Href})
		}
		page.Title, page.Description = list.Heading+" · reasonbook", list.About
		first, last := n*most, min(len(entries), (n+1)*most)
		for _, g := range groups {
			if len(groups) > 1 {
				href := "#" + g.ID
				if g.from/most != n {
					href = page.SearchFolder + numbered(path, g.from/most) + href
				}
				p.Index = append(p.Index, crumb{g.Name, href})
			}
			from, to := max(g.from, first), min(g.to, last)
			if from >= to {
				continue
			}
			if list.Signs {
				g.Signs = b.signList(b.signed(entries[from:to]), l, page.SearchFolder)
			} else {
				for _, e := range entries[from:to] {
					g.Items = append(g.Items, w.item(e, l, page.SearchFolder))
				}
			}
			p.Groups = append(p.Groups, g)
		}
		if pages > 1 {
			p.Position = strings.NewReplacer("{n}", strconv.Itoa(n+1), "{m}", strconv.Itoa(pages)).Replace(w.Of)
			page.Title = list.Heading + " · " + p.Position + " · reasonbook"
			if n > 0 {
				p.PreviousHref = page.SearchFolder + numbered(path, n-1)
			}
			if n+1 < pages {
				p.NextHref = page.SearchFolder + numbered(path, n+1)
			}
		}
		if page.Canonical != "" {
			home := b.BaseURL + l.String() + "/"
			pairs := []string{"reasonbook", home}
			for _, c := range trail {
				pairs = append(pairs, c.Name, home+c.Href)
			}
			page.Linked = linked(breadcrumbs(append(pairs, list.Name, page.Canonical)...))
		}
		b.addLocation(location{path: l.String() + "/" + numbered(path, n)})
		b.add(l.String()+"/"+numbered(path, n)+"index.html", l, "overview.html", &p)
	}
}
