package site

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/entry"
)

// A milestone is a point in the life of an instance, or a technology of logs:
// the stages of the entries that stand there. Lists are grouped by milestones.
type milestone []book.Stage

// id is what addresses name the milestone by.
func (m milestone) id() string { return string(m[0]) }

// The milestones: those that an instance passes, in their order; the rollout,
// which asks for instances; the node, which they all stand on; and what writes
// logs.
var (
	passed      = []milestone{{"admission"}, {"scheduling"}, {"volume", "network"}, {"image"}, {"create"}, {"start"}, {"probe"}, {"exit"}}
	rollout     = milestone{"rollout"}
	node        = milestone{"node"}
	logged      = []milestone{{"jvm"}, {"runtime"}, {"connection"}, {"files"}, {"configuration"}, {"data"}, {"product"}}
	ofInstances = slices.Concat([]milestone{rollout}, passed, []milestone{node})
	milestones  = slices.Concat(ofInstances, logged)
)

// ranks returns the places of entries when the most frequent come first, then
// what the cluster says before what logs say, then by what lists call them.
func ranks(entries []*entry.Entry, l book.Language) map[*entry.Entry]int {
	names := map[*entry.Entry]string{}
	for _, e := range entries {
		names[e] = strings.ToLower(book.HeadingOf(e.Titles[l], l).Short())
	}
	sorted := slices.Clone(entries)
	slices.SortStableFunc(sorted, func(a, b *entry.Entry) int {
		return cmp.Or(book.Compare(a.Frequency, b.Frequency, a.Kind, b.Kind), cmp.Compare(names[a], names[b]))
	})
	places := make(map[*entry.Entry]int, len(sorted))
	for i, e := range sorted {
		places[e] = i
	}
	return places
}

// byFrequency returns entries in the order of ranks.
func (b *builder) byFrequency(entries []*entry.Entry, l book.Language) []*entry.Entry {
	sorted := slices.Clone(entries)
	slices.SortFunc(sorted, func(x, y *entry.Entry) int { return cmp.Compare(b.ranks[l][x], b.ranks[l][y]) })
	return sorted
}

// at returns the entries of a list that stand at a milestone.
func (m milestone) at(entries []*entry.Entry) (list []*entry.Entry) {
	for _, e := range entries {
		if slices.Contains(m, e.Stage) {
			list = append(list, e)
		}
	}
	return list
}

// A stop is a milestone as the home page draws it.
type stop struct {
	ID, Name, About string
	Items           []item
	More            []crumb // to the lists of what does not stand here
}

// homeItems is how many entries a stop names.
const homeItems = 8

// stop returns a milestone with the most frequent of its entries of a kind, and
// links to the others and to those of another kind.
func (b *builder) stop(m milestone, l book.Language, kind book.Kind) stop {
	w := words[l]
	s := stop{ID: m.id(), Name: w.Stages[m[0]], About: w.StageAbout[m[0]]}
	entries := b.byFrequency(m.at(b.ofKind[kind]), l)
	for _, e := range entries[:min(len(entries), homeItems)] {
		s.Items = append(s.Items, w.item(e, l, ""))
	}
	more := func(kind book.Kind, n int) {
		if n > 0 {
			name := strings.ReplaceAll(w.AllOf[kind], "{n}", strconv.Itoa(n))
			s.More = append(s.More, crumb{name, b.overviewOf(kind, m, l)})
		}
	}
	if len(entries) > homeItems {
		more(kind, len(entries))
	}
	if kind == book.State {
		more(book.Cause, len(m.at(b.ofKind[book.Cause])))
	}
	return s
}

// stops returns the milestones of a list that have something to lead to.
func (b *builder) stops(list []milestone, l book.Language, kind book.Kind) (stops []stop) {
	for _, m := range list {
		if s := b.stop(m, l, kind); len(s.Items)+len(s.More) > 0 {
			stops = append(stops, s)
		}
	}
	return stops
}
