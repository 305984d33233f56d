package entry

import (
	"path"
	"slices"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/markdown"
)

// oneWay reports the entries that "Related" of a page names and whose own page
// does not lead back. Causes and what they explain or refine need no such
// link: the site shows each on the other's page. The other languages have the
// links of the English pages, or samePages reports them.
func (b *Base) oneWay() (faults Faults) {
	for _, e := range b.Entries {
		page := e.Pages[book.English]
		if page == nil || page.Related == nil || page.Related.Contains(FillIn) {
			continue
		}
		for _, link := range page.Related.Links {
			other := b.ids[link.Value]
			if other == nil || other == e || names(other.Explains, e) || names(other.Refines, e) || names(e.Explains, other) || names(e.Refines, other) {
				continue
			}
			back := other.Pages[book.English]
			if back != nil && !slices.ContainsFunc(back.Sections, func(s markdown.Section) bool {
				return slices.ContainsFunc(s.Links, func(l markdown.Ref) bool { return l.Value == e.ID })
			}) {
				faults.add(path.Join(e.Folder(), book.English.String()+".md"), link.Line, "%q leads to %q, whose page does not lead back here", page.Related.Heading, other.ID)
			}
		}
	}
	return faults
}

func names(refs []Ref, e *Entry) bool {
	return slices.ContainsFunc(refs, func(ref Ref) bool { return ref.Value == e.ID })
}
