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
// is the rest of a pattern compared.
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
		return &scan{tables: tables, done: make([]uint32, len(tables.Patterns))}
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
	return x.MatchTexts([]Text{{Value: text}})
}

// MatchTexts is [Index.Match] for several texts about the same thing, such as
// the reason, the message and the log of a container. Where all else is equal,
// evidence in an earlier text comes first.
func (x *Index) MatchTexts(texts []Text) []Match {
	s := x.scratch.Get().(*scan)
	defer func() {
		s.text = ""
		s.found = s.found[:0]
		x.scratch.Put(s)
	}()
	for i, text := range texts {
		s.run(i, text)
	}
	return s.matches()
}

// A scan is the work on one text.
type scan struct {
	tables *Tables
	number int // of the text
	text   string
	log    bool
	tokens []token
	buffer []byte

	done  []uint32 // by pattern: the round in which it last matched
	round uint32
	found []found

	// The attempt under way: see verify.
	pattern  *TablePattern
	anchorAt int // token where the anchor must stand
	steps    int // how much work the attempt may still take
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

func (s *scan) run(number int, input Text) {
	text := input.Value
	s.number, s.text, s.log = number, text, input.Log
	s.tokens = s.tokens[:0]
	if s.round++; s.round == 0 { // wrapped around
		clear(s.done)
		s.round = 1
	}
	// All tokens first: a status pattern looks at what comes after it, and
	// holes reach ahead.
	t := newTokenizer(text, s.buffer)
	for t.next() {
		s.tokens = append(s.tokens, token{
			start: uint32(t.start), end: uint32(t.end),
			word: s.tables.lookUp(t.folded), before: t.before,
		})
	}
	s.buffer = t.folded

	tables := s.tables
	state := uint32(0)
	for i := range s.tokens {
		token := &s.tokens[i]
		if token.word == 0 {
			state = 0
			continue
		}
		if token.before == gapBlank {
			state = 0
		}
		state = tables.step(state, token.word)
		for hit := state; hit != 0; hit = tables.HitLink[hit] {
			for _, p := range tables.Hits[tables.HitStart[hit]:tables.HitStart[hit+1]] {
				if s.done[p] != s.round && s.verify(p, i) {
					s.done[p] = s.round
				}
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
