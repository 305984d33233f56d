package match

import (
	"errors"
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/reasonbook/reasonbook/internal/filter"
)

// An Entry is what the matcher must know of one entry of a book.
//
// A pattern is literal text with holes:
//
//	back-off {delay} restarting failed container={container} pod={instance}_{namespace}({uid})
//
// Literal text is compared word by word after folding (see [Fold]). {name}
// takes one word of the text, up to white space, the closing quote, or the
// sign that follows the hole directly, in quotes too; {name...} takes what stands
// up to the next literal word or the end of the line; {name:1..255} takes a whole
// number in that range. The value may stand on the next line, if a text was
// wrapped there: if that line is indented further, or more of the pattern follows.
type Entry struct {
	Patterns []string
}

// Tables is a compiled book in the form that [New] takes: plain slices without
// pointers, so that a program can carry them as static data. Its contents are
// an agreement between [Compile] and the rest of this package.
type Tables struct {
	// Vocabulary: every literal word; number n is Words[WordEnds[n-1]:WordEnds[n]].
	Words    string
	WordEnds []uint32
	// Slots is a hash table of the words, with linear probing. A slot holds
	// the number of the word, and eight bits of its hash above it.
	Slots []uint32

	// Filter finds the places of a text where an anchor may stand. The word or
	// pair of characters that it finds is, by its key, at most so many words
	// into the anchor; MaxOffset is the most of all.
	Filter    filter.Tables
	Offsets   []uint8
	MaxOffset uint8

	// The automaton (Aho-Corasick over words) that finds the anchors, which
	// are the rarest literal of each pattern. State 0 is the root.
	Root      []uint32 // by word: the state after it
	EdgeStart []uint32 // by state: its edges in EdgeWord (sorted) and EdgeState
	EdgeWord  []uint32
	EdgeState []uint32
	Fail      []uint32 // by state: the longest proper suffix that is a state
	Depth     []uint8  // by state: the words of it
	HitStart  []uint32 // by state: the patterns in Hits whose anchor ends here
	Hits      []uint32
	HitLink   []uint32 // by state: the next suffix with hits, 0 if none

	Patterns []TablePattern
	Items    []TableItem
	Literals []uint32 // words of all literals

	// Trigrams of the literals, and the patterns that have each, for [Index.Nearest].
	Grams        []uint32 // sorted
	GramStart    []uint32
	GramPatterns []uint32
	PatternGrams []uint32 // how many each pattern has
}

// TablePattern is a pattern in [Tables].
type TablePattern struct {
	Entry      uint32
	Number     uint32 // among the patterns of its entry
	Start, End uint32 // its items
	Anchor     uint32 // the item that the automaton finds
	Score      uint32 // letters of literal text
	Dotted     bool   // its first literal is a name itself: java.lang.OutOfMemoryError
}

// TableItem is a literal or a hole in [Tables].
type TableItem struct {
	Kind  uint8
	A, B  uint32 // literal: its words in Literals; number: lowest and highest value
	Name  string // hole
	Open  string // hole: signs that may stand before it
	Delim string // hole: the sign that ends it
	Soft  string // hole: the sign that ends it if the next literal follows
}

type itemKind uint8

const (
	itemWords  itemKind = iota // literal words
	itemWord                   // {name}
	itemRest                   // {name...}
	itemNumber                 // {name:lo..hi}
)

const (
	slotWordBits = 24
	slotWordMask = 1<<slotWordBits - 1
)

// PatternError is the error of [Compile]: which pattern is at fault, and why.
type PatternError struct {
	Entry   int    // index into the entries
	Pattern string // as it was given
	Err     error
}

func (e *PatternError) Error() string { return "pattern " + quote(e.Pattern) + ": " + e.Err.Error() }

func (e *PatternError) Unwrap() error { return e.Err }

func quote(s string) string { return `"` + s + `"` }

// Compile makes the tables for the entries of a book. The number of an entry
// in answers is its index. Errors are of type [*PatternError], the first one
// found; entries without patterns are allowed.
func Compile(entries []Entry) (*Tables, error) {
	c := compiler{words: map[string]uint32{}, t: &Tables{WordEnds: []uint32{0}}}
	var parsed [][]piece
	for i, entry := range entries {
		for number, text := range entry.Patterns {
			pieces, err := parsePattern(text)
			if err != nil {
				return nil, &PatternError{Entry: i, Pattern: text, Err: err}
			}
			parsed = append(parsed, pieces)
			c.add(i, number, pieces)
		}
	}
	if len(c.words) >= slotWordMask {
		return nil, errors.New("too many different words")
	}
	if err := c.chooseAnchors(entries, parsed); err != nil {
		return nil, err
	}
	c.buildVocabulary()
	c.buildAutomaton()
	c.buildFilter()
	c.buildGrams(parsed)
	return c.t, nil
}

type compiler struct {
	words map[string]uint32
	t     *Tables
}

func (c *compiler) word(s string) uint32 {
	id, ok := c.words[s]
	if !ok {
		id = uint32(len(c.words) + 1)
		c.words[s] = id
	}
	return id
}

func (c *compiler) add(entry, number int, pieces []piece) {
	t := c.t
	p := TablePattern{Entry: uint32(entry), Number: uint32(number), Start: uint32(len(t.Items)), Dotted: pieces[0].dotted}
	for _, piece := range pieces {
		item := TableItem{
			Kind: uint8(piece.kind), A: piece.lo, B: piece.hi,
			Name: piece.name, Open: piece.open, Delim: piece.delim, Soft: piece.soft,
		}
		if piece.kind == itemWords {
			item.A = uint32(len(t.Literals))
			for _, word := range piece.words {
				t.Literals = append(t.Literals, c.word(word))
				p.Score += uint32(utf8.RuneCountInString(word))
			}
			item.B = uint32(len(t.Literals))
		}
		t.Items = append(t.Items, item)
	}
	p.End = uint32(len(t.Items))
	t.Patterns = append(t.Patterns, p)
}

// chooseAnchors makes the literal that ordinary logs and the other patterns have
// the least the anchor of each pattern, and of those the longest, so that a text
// full of common words gives few candidates.
func (c *compiler) chooseAnchors(entries []Entry, parsed [][]piece) error {
	key := func(p piece) string { return strings.Join(p.words, " ") }
	shared := map[string]int{}
	costs := map[string]float64{}
	for _, pieces := range parsed {
		for _, p := range pieces {
			if p.kind == itemWords {
				k := key(p)
				if shared[k]++; shared[k] == 1 {
					costs[k] = filter.Cost(p.words)
				}
			}
		}
	}
	anchored := map[string]int{}
	for i, pieces := range parsed {
		best := -1
		least := 0.0
		for n, p := range pieces {
			if p.kind != itemWords {
				continue
			}
			k := key(p)
			cost := costs[k] * float64(shared[k])
			if best < 0 || cost < least || cost == least && len(k) > len(key(pieces[best])) {
				best, least = n, cost
			}
		}
		p := &c.t.Patterns[i]
		p.Anchor = p.Start + uint32(best)
		anchor := key(pieces[best])
		if anchored[anchor]++; anchored[anchor] > maxSame {
			return &PatternError{
				Entry:   int(p.Entry),
				Pattern: entries[p.Entry].Patterns[p.Number],
				Err:     errors.New("more than " + strconv.Itoa(maxSame) + " patterns have no rarer words than " + quote(anchor) + ": give this one words that the others lack, or let a hole take what tells them apart"),
			}
		}
	}
	return nil
}

// buildFilter makes the filter of the anchors.
func (c *compiler) buildFilter() {
	t := c.t
	phrases := make([][]string, len(t.Patterns))
	for i := range t.Patterns {
		for _, word := range t.anchor(&t.Patterns[i]) {
			phrases[i] = append(phrases[i], t.Words[t.WordEnds[word-1]:t.WordEnds[word]])
		}
	}
	t.Filter = *filter.Compile(phrases)
	t.Offsets = make([]uint8, len(t.Filter.Keys))
	for key := range t.Offsets {
		for _, n := range t.Filter.PhrasesOf(key) {
			phrase := phrases[n]
			for i := range phrase {
				if t.Filter.KeyOf([]byte(phrase[i])) == key || i+1 < len(phrase) && t.Filter.PairOf([]byte(phrase[i]), []byte(phrase[i+1])) == key {
					t.Offsets[key] = max(t.Offsets[key], uint8(i))
				}
			}
		}
		t.MaxOffset = max(t.MaxOffset, t.Offsets[key])
	}
	keyed := make([]bool, len(phrases))
	for _, n := range t.Filter.Phrases {
		keyed[n] = true
	}
	for n, phrase := range phrases { // without a key any word of it may be met
		if !keyed[n] {
			t.MaxOffset = max(t.MaxOffset, uint8(len(phrase)-1))
		}
	}
}

func (c *compiler) buildVocabulary() {
	t := c.t
	list := make([]string, len(c.words)+1)
	for word, id := range c.words {
		list[id] = word
	}
	var all strings.Builder
	for _, word := range list[1:] {
		all.WriteString(word)
		t.WordEnds = append(t.WordEnds, uint32(all.Len()))
	}
	t.Words = all.String()

	size := 8
	for size < 3*len(list) {
		size *= 2
	}
	t.Slots = make([]uint32, size)
	for id, word := range list {
		if id == 0 || len(word) > maxWord {
			continue
		}
		h := hashWord(word)
		i := h & uint32(size-1)
		for t.Slots[i] != 0 {
			i = (i + 1) & uint32(size-1)
		}
		t.Slots[i] = h>>slotWordBits<<slotWordBits | uint32(id)
	}
}

// hashWord is FNV-1a, 32 bits, with a last mix so that the high bits are good too.
func hashWord[T string | []byte](s T) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	h ^= h >> 15
	return h * 0x2c1b3c6d
}

// anchor returns the words of pattern p's anchor.
func (t *Tables) anchor(p *TablePattern) []uint32 {
	item := &t.Items[p.Anchor]
	return t.Literals[item.A:item.B]
}

func (c *compiler) buildAutomaton() {
	t := c.t
	type edge struct{ state, word uint32 }
	trie := map[edge]uint32{}
	depth := []uint8{0}
	hits := [][]uint32{nil}
	for n := range t.Patterns {
		state := uint32(0)
		for _, word := range t.anchor(&t.Patterns[n]) {
			next, ok := trie[edge{state, word}]
			if !ok {
				next = uint32(len(depth))
				trie[edge{state, word}] = next
				depth = append(depth, depth[state]+1)
				hits = append(hits, nil)
			}
			state = next
		}
		hits[state] = append(hits[state], uint32(n))
	}

	// Edges by state, sorted by word.
	states := len(depth)
	edges := make([]edge, 0, len(trie))
	for e := range trie {
		edges = append(edges, e)
	}
	sort.SliceStable(edges, func(i, j int) bool {
		a, b := edges[i], edges[j]
		return a.state < b.state || a.state == b.state && a.word < b.word
	})
	t.Root = make([]uint32, len(c.words)+1)
	t.EdgeStart = make([]uint32, states+1)
	for _, e := range edges {
		if e.state == 0 {
			t.Root[e.word] = trie[e]
			continue
		}
		t.EdgeWord = append(t.EdgeWord, e.word)
		t.EdgeState = append(t.EdgeState, trie[e])
		t.EdgeStart[e.state+1]++
	}
	for s := range states {
		t.EdgeStart[s+1] += t.EdgeStart[s]
	}

	t.Depth = depth
	for s := range states {
		t.HitStart = append(t.HitStart, uint32(len(t.Hits)))
		t.Hits = append(t.Hits, hits[s]...)
	}
	t.HitStart = append(t.HitStart, uint32(len(t.Hits)))

	// Failure links, shallow states first.
	t.Fail = make([]uint32, states)
	t.HitLink = make([]uint32, states)
	sort.SliceStable(edges, func(i, j int) bool { return depth[edges[i].state] < depth[edges[j].state] })
	for _, e := range edges {
		s := trie[e]
		if e.state != 0 {
			t.Fail[s] = t.step(t.Fail[e.state], e.word)
		}
		f := t.Fail[s]
		if t.HitStart[f] < t.HitStart[f+1] {
			t.HitLink[s] = f
		} else {
			t.HitLink[s] = t.HitLink[f]
		}
	}
}

// step returns the state of the automaton after a word of the vocabulary.
func (t *Tables) step(state, word uint32) uint32 {
	for state != 0 {
		edges := t.EdgeWord[t.EdgeStart[state]:t.EdgeStart[state+1]]
		if len(edges) <= 8 {
			for i, w := range edges {
				if w == word {
					return t.EdgeState[int(t.EdgeStart[state])+i]
				}
			}
		} else if i, ok := slices.BinarySearch(edges, word); ok {
			return t.EdgeState[int(t.EdgeStart[state])+i]
		}
		state = t.Fail[state]
	}
	return t.Root[word]
}

func (c *compiler) buildGrams(parsed [][]piece) {
	t := c.t
	patterns := map[uint32][]uint32{}
	t.PatternGrams = make([]uint32, len(parsed))
	for i, pieces := range parsed {
		number := uint32(i)
		for _, p := range pieces {
			if p.kind != itemWords {
				continue
			}
			for gram := range grams(strings.Join(p.words, " ")) {
				if list := patterns[gram]; len(list) == 0 || list[len(list)-1] != number {
					patterns[gram] = append(list, number)
					t.PatternGrams[i]++
				}
			}
		}
	}
	for gram := range patterns {
		t.Grams = append(t.Grams, gram)
	}
	slices.Sort(t.Grams)
	for _, gram := range t.Grams {
		t.GramStart = append(t.GramStart, uint32(len(t.GramPatterns)))
		t.GramPatterns = append(t.GramPatterns, patterns[gram]...)
	}
	t.GramStart = append(t.GramStart, uint32(len(t.GramPatterns)))
}
