// Package match finds where the patterns of a book match a text.
//
// A book is a list of entries with patterns ([Entry]); [Compile] turns it into
// [Tables], and [New] makes an [Index] of those, with next to no work.
// [Index.Hits] reads a text once, from a status word to a log of megabytes, and
// returns every place of every pattern, with what the pattern's holes took. What
// that proves is not decided here.
//
// The time for a text depends on its length and on the matches in it, hardly
// on the number of patterns: package filter finds the places where the rarest
// literal of a pattern, its anchor, may stand; only around them is the text cut
// into words, an automaton over words finds the anchor itself, and the rest of
// the pattern is compared. No text costs more than a fixed amount of work for
// each of its bytes (see work.go), and of its words only those around the one
// that is looked at are in memory.
//
// Formatting is seen through, in the words and in what holes take: sequences of
// terminals, Markdown's emphasis, tags and entities of HTML, quoted-printable,
// escapes of JSON (see unmark). In texts of more than [filter.LongText] bytes,
// which are logs and not what people write, words broken by tags, entities or
// emphasis are not found.
//
// The package knows nothing of files, JSON, HTTP or Markdown documents, and
// imports neither regexp nor fmt nor encoding/json, because it also runs in a
// browser.
package match

import (
	"cmp"
	"slices"
	"sync"

	"github.com/reasonbook/reasonbook/internal/filter"
)

// An Index answers for one compiled book. It is safe for concurrent use.
type Index struct {
	tables  *Tables
	filter  *filter.Filter
	scratch sync.Pool // of *scan
}

// New returns an index over compiled tables, which it keeps and must not be
// changed afterwards.
func New(tables *Tables) *Index {
	x := &Index{tables: tables, filter: filter.New(&tables.Filter)}
	x.scratch.New = func() any {
		s := &scan{tables: tables, filter: x.filter, tokens: window{tables: tables}}
		s.yield = s.look
		return s
	}
	return x
}

// A Hit is a place where a pattern matches.
type Hit struct {
	Pattern    int // index into [Tables.Patterns]: the patterns of all entries, in order
	Start, End int // bytes of the text: the evidence
	Parameters []Parameter
}

// A Parameter is what a hole took, in the order of the pattern: what stands in
// the text stands for, without the punctuation and formatting around it, with
// escapes and entities decoded and full-width forms of ASCII as ASCII.
type Parameter struct {
	Name, Value string
}

// A Context is what [Index.Hits] needs of a context.Context. The package context
// would make the matcher of browsers larger by a tenth.
type Context interface {
	// Err returns nil until the work shall end.
	Err() error
}

// What is kept of a text that says the same again and again: of one pattern the
// first and the last hits, and of all patterns together so many from each end.
const (
	keepFirst = 16
	keepLast  = 48
	keepEnds  = 4096
)

// Hits returns every place of a text where a pattern matches, ordered by start,
// the longer ones of a start first. Of one pattern the first 16 and the last 48
// are kept, of all together at most the first and the last 4,096. Its error is
// that of the context, which it returns soon after the context has ended.
func (x *Index) Hits(ctx Context, text string) ([]Hit, error) {
	s := x.scratch.Get().(*scan)
	err := s.run(ctx, text)
	var hits []Hit
	if err == nil && len(s.found) > 0 {
		s.order()
		s.thin()
		hits = slices.Clone(s.found)
	}
	s.close()
	x.scratch.Put(s)
	return hits, err
}

// A scan is the work on one text.
type scan struct {
	tables *Tables
	filter *filter.Filter
	spots  filter.State
	yield  func(filter.Spot) bool

	ctx    Context
	err    error // of ctx
	text   string
	tokens window
	found  []Hit
	round  uint32
	work   int       // how much work the text has taken so far: see work.go
	pause  int       // the work at which the context is looked at again
	sweeps [16]sweep // of the patterns that were compared last
	counts map[int]tally

	// The automaton: it has read the tokens from begun up to before next.
	state       uint32
	begun, next int

	// The attempt under way: see verify.
	number   uint32 // of the pattern
	pattern  *TablePattern
	anchorAt int    // token where the anchor must stand
	limit    int    // the work at which the attempt is given up
	sweep    *sweep // nil until something is asked of it
	end      int
	values   [maxItems]span // by item: what the hole took
	glyphs   []glyph
}

// The context is looked at after so many bytes, and after so much work.
const (
	pauseBytes = 64 << 10
	pauseWork  = 1 << 20
)

func (s *scan) run(ctx Context, text string) error {
	s.ctx, s.err, s.text = ctx, nil, text
	if s.round++; s.round == 0 { // wrapped around
		clear(s.sweeps[:])
		s.round = 1
	}
	s.tokens.open(text)
	s.spots.Reset()
	s.work, s.state, s.begun, s.next = 0, 0, 0, 0
	for from := 0; from < len(text); from += pauseBytes {
		if err := ctx.Err(); err != nil {
			return err
		}
		s.pause = s.work + pauseWork
		if !s.filter.Scan(text, from, min(from+pauseBytes, len(text)), &s.spots, s.yield) {
			return s.err
		}
	}
	return nil
}

// close forgets the text, and buffers that a text has made large.
func (s *scan) close() {
	s.ctx, s.err, s.text = nil, nil, ""
	s.tokens.close()
	clear(s.found) // they hold parts of the text
	s.found = s.found[:0]
}

// look reads the tokens around a spot of the filter, for anchors that have the
// spot's key in them. It reports whether the context goes on.
func (s *scan) look(spot filter.Spot) bool {
	offset := s.tables.MaxOffset
	if spot.Key != filter.NoKey {
		offset = s.tables.Offsets[spot.Key]
	}
	i := s.tokens.seek(spot.Start)
	last := i // token of the spot
	for ; offset > 0 && s.tokens.hasBefore(i); offset-- {
		i--
	}
	if i < s.begun || i > s.next {
		s.begun, s.next, s.state = i, i, 0
	}
	for last+1 < s.next && s.tokens.has(last+1) && int(s.tokens.at(last+1).start) < spot.End {
		last++ // read already, for the spot before
	}
	depth := s.tables.Depth
	for i = s.next; s.tokens.has(i) && (i <= last || i-int(depth[s.state]) <= last || int(s.tokens.at(i).start) < spot.End); i++ {
		token := s.tokens.at(i)
		if int(token.start) < spot.End {
			last = max(last, i)
		}
		s.step(i, token)
	}
	s.next = i
	s.tokens.pass(i)
	if s.work >= s.pause {
		s.pause = s.work + pauseWork
		s.err = s.ctx.Err()
	}
	return s.err == nil
}

// step lets the automaton read token i.
func (s *scan) step(i int, token token) {
	if token.word == 0 {
		s.state = 0
		return
	}
	if token.before == gapBlank {
		s.state = 0
	}
	if s.state = s.tables.step(s.state, token.word); s.state != 0 {
		s.anchors(s.state, i, workAllowed(int(token.end)))
	}
}

// anchors compares the patterns whose anchors end at token last, where the
// automaton is in the given state, as far as the allowed work goes.
func (s *scan) anchors(state uint32, last, allowed int) {
	tables := s.tables
	for hit := state; hit != 0; hit = tables.HitLink[hit] {
		for _, p := range tables.Hits[tables.HitStart[hit]:tables.HitStart[hit+1]] {
			if s.work++; s.work > allowed {
				return
			}
			s.verify(p, last, allowed)
		}
	}
}

// keep notes a hit.
func (s *scan) keep(h Hit) {
	if len(s.found) == 4*keepEnds {
		s.thin()
	}
	s.found = append(s.found, h)
}

// order sorts what was found, and drops what was found twice.
func (s *scan) order() {
	if len(s.found) == 1 {
		return
	}
	slices.SortStableFunc(s.found, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End), cmp.Compare(a.Pattern, b.Pattern))
	})
	s.found = slices.CompactFunc(s.found, func(a, b Hit) bool {
		return a.Start == b.Start && a.End == b.End && a.Pattern == b.Pattern
	})
}

// A tally counts the hits of a pattern: all, and those that thin has come to.
type tally struct{ all, seen int }

// thin drops the hits that are too many.
func (s *scan) thin() {
	if len(s.found) <= keepFirst+keepLast {
		return
	}
	if s.counts == nil {
		s.counts = map[int]tally{}
	}
	clear(s.counts)
	for i := range s.found {
		t := s.counts[s.found[i].Pattern]
		t.all++
		s.counts[s.found[i].Pattern] = t
	}
	s.found = slices.DeleteFunc(s.found, func(h Hit) bool {
		t := s.counts[h.Pattern]
		t.seen++
		s.counts[h.Pattern] = t
		return t.seen > keepFirst && t.seen <= t.all-keepLast
	})
	if n := len(s.found); n > 2*keepEnds {
		s.found = slices.Delete(s.found, keepEnds, n-keepEnds)
	}
}

// lookUp returns the number of a folded word, 0 if no pattern has it.
func (t *Tables) lookUp(word []byte) uint32 {
	if len(word) > maxWord {
		return 0
	}
	h := hashWord(word)
	mask := uint32(len(t.Slots) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		slot := t.Slots[i]
		if slot == 0 {
			return 0
		}
		if slot>>slotWordBits != h>>slotWordBits {
			continue
		}
		id := slot & slotWordMask
		if t.Words[t.WordEnds[id-1]:t.WordEnds[id]] == string(word) {
			return id
		}
	}
}

// MergeParameters returns first with those parameters of second added whose
// names it lacks.
func MergeParameters(first, second []Parameter) []Parameter {
	for _, p := range second {
		if !slices.ContainsFunc(first, func(q Parameter) bool { return q.Name == p.Name }) {
			first = append(first, p)
		}
	}
	return first
}
