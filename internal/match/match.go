// Package match finds the entries of a book that a text gives evidence of.
//
// A book is a list of entries with patterns ([Entry]); [Compile] turns it into
// [Tables], and [New] makes an [Index] of those, without any work. [Index.Match]
// reads a text once, from a status word to a log of megabytes, and returns the
// entries it supports, the most specific explanation first, each with the
// stretch of text that decided and with what the pattern's holes took.
//
// The time for a text depends on its length and on the matches in it, hardly
// on the number of patterns: words are looked up in one hash table, and one
// automaton over words finds the rarest literal of every pattern; only there
// is the rest of a pattern compared. No text costs more than a fixed amount of
// work for each of its bytes (see work.go), and of its words only those around
// the one that is looked at are in memory.
//
// The package knows nothing of files, JSON, HTTP or Markdown, and imports
// neither regexp nor fmt nor encoding/json, because it also runs in a browser.
package match

import (
	"cmp"
	"slices"
	"sync"
)

// An Index answers for one compiled book. It is safe for concurrent use.
type Index struct {
	tables  *Tables
	scratch sync.Pool // of *scan
}

// New returns an index over compiled tables, which it keeps and must not be
// changed afterwards.
func New(tables *Tables) *Index {
	x := &Index{tables: tables}
	x.scratch.New = func() any {
		return &scan{tables: tables, tokens: window{tables: tables}, done: make([]uint32, len(tables.Patterns))}
	}
	return x
}

// A Text is one of several texts about the same thing.
type Text struct {
	Value string
	// Log says that the text is the output of a program, where a line "Error"
	// is no status: status patterns do not count.
	Log bool
}

// A Match is an entry that a text supports.
type Match struct {
	Entry      int // index into the entries that were compiled
	Pattern    int // index into its Patterns, then its Status: the one that decided
	Text       int // index of the text
	Start, End int // bytes of the text: the evidence
	// Score counts the letters of literal text in the evidence: the more, the
	// more specific is the match.
	Score int
	// Parameters are what the holes took, those of the deciding pattern first.
	Parameters []Parameter
}

// A Parameter is what a hole took: as it stands in the text, without the
// punctuation around it, full-width forms of ASCII as ASCII.
type Parameter struct {
	Name, Value string
}

// Match returns the entries that text supports, each once, best first: by rank,
// then by the letters of literal text in the evidence, then by place.
// An entry's evidence is that of its longest pattern, of two with the same
// literal text the one with more holes; its parameters are those of all its
// patterns that match. A pattern counts where it occurs first.
//
// Status patterns count only
//   - as the whole text, a label such as "STATUS:" before them or not,
//   - after the label "reason", up to the end of the line or of the value,
//   - in the STATUS column of a table that "kubectl get pods" prints,
//   - as a whole line, if they have more than one word.
//
// What the text says is not there ("no CrashLoopBackOff", "0 pods in
// ImagePullBackOff", a metric with the value 0) is no match.
func (x *Index) Match(text string) []Match {
	matches, _ := x.MatchTexts(unending{}, []Text{{Value: text}})
	return matches
}

// A Context is what [Index.MatchTexts] needs of a context.Context. The package
// context would make the matcher of browsers larger by a tenth.
type Context interface {
	// Err returns nil until the work shall end.
	Err() error
}

type unending struct{}

func (unending) Err() error { return nil }

// MatchTexts is [Index.Match] for several texts about the same thing, such as
// the reason, the message and the log of a container. Where all else is equal,
// evidence in an earlier text comes first. Its error is that of the context,
// which it returns soon after the context has ended.
func (x *Index) MatchTexts(ctx Context, texts []Text) ([]Match, error) {
	s := x.scratch.Get().(*scan)
	var matches []Match
	var err error
	for i := 0; i < len(texts) && err == nil; i++ {
		err = s.run(ctx, i, texts[i])
	}
	if err == nil {
		matches = s.matches()
	}
	s.text = ""
	s.tokens.close()
	clear(s.found) // they hold parts of the text
	s.found = s.found[:0]
	x.scratch.Put(s)
	return matches, err
}

// A scan is the work on one text.
type scan struct {
	tables     *Tables
	textNumber int
	text       string
	log        bool
	tokens     window

	done   []uint32 // by pattern: the round in which it last matched
	round  uint32
	found  []found
	work   int       // how much work the text has taken so far: see work.go
	sweeps [16]sweep // of the patterns that were compared last

	// The attempt under way: see verify.
	number   uint32 // of the pattern
	pattern  *TablePattern
	anchorAt int    // token where the anchor must stand
	limit    int    // the work at which the attempt is given up
	sweep    *sweep // nil until something is asked of it
	end      int
	values   [maxItems]span // by item: what the hole took
}

// found is a pattern that matched.
type found struct {
	pattern    uint32
	text       int
	start, end int
	parameters []Parameter
}

// pauseWork is the work after which the context is looked at, apart from every
// time that tokens are read.
const pauseWork = 1 << 20

func (s *scan) run(ctx Context, number int, input Text) error {
	s.textNumber, s.text, s.log = number, input.Value, input.Log
	if s.round++; s.round == 0 { // wrapped around
		clear(s.done)
		clear(s.sweeps[:])
		s.round = 1
	}
	s.tokens.open(input.Value)
	s.work = 0

	tables := s.tables
	state := uint32(0)
	for i := 0; s.tokens.has(i); {
		if err := ctx.Err(); err != nil {
			return err
		}
		s.tokens.pass(i)
		pause := s.work + pauseWork
		tokens := s.tokens.from(i)
		for n := range tokens {
			token := &tokens[n]
			if token.word == 0 {
				state = 0
				i++
				continue
			}
			if token.before == gapBlank {
				state = 0
			}
			if state = tables.step(state, token.word); state != 0 {
				s.anchors(state, i, workAllowed(int(token.end)))
			}
			i++
			if s.work >= pause {
				break
			}
		}
	}
	return nil
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
			if s.done[p] != s.round && s.verify(p, last, allowed) {
				s.done[p] = s.round
			}
		}
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

// matches makes one match of all that was found for an entry, and ranks them.
func (s *scan) matches() []Match {
	if len(s.found) == 0 {
		return nil
	}
	patterns := s.tables.Patterns
	slices.SortFunc(s.found, func(a, b found) int {
		p, q := &patterns[a.pattern], &patterns[b.pattern]
		return cmp.Or(
			cmp.Compare(p.Entry, q.Entry),
			cmp.Compare(q.Score, p.Score),
			cmp.Compare(len(b.parameters), len(a.parameters)),
			cmp.Compare(a.text, b.text),
			cmp.Compare(a.start, b.start),
			cmp.Compare(a.pattern, b.pattern),
		)
	})
	var list []Match
	for _, f := range s.found {
		p := &patterns[f.pattern]
		if n := len(list); n > 0 && list[n-1].Entry == int(p.Entry) {
			list[n-1].Parameters = MergeParameters(list[n-1].Parameters, f.parameters)
			continue
		}
		list = append(list, Match{
			Entry: int(p.Entry), Pattern: int(p.Number), Text: f.text, Start: f.start, End: f.end,
			Score: int(p.Score), Parameters: f.parameters,
		})
	}
	slices.SortFunc(list, s.tables.compare)
	return list
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
