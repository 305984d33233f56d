package filter

import (
	"math"
	"slices"
	"sort"
	"strings"
)

// Compile makes the tables for phrases, each a list of words as match.Fold
// returns them. Phrases without a word are never found. The number of a phrase
// is its index.
func Compile(phrases [][]string) *Tables {
	c := newCompiler(phrases)
	for i := range phrases {
		c.count(phrases[i])
	}
	// First the phrases that leave no choice, then the multiplier that suits
	// those best, then the others.
	for i := range phrases {
		if !free(phrases[i]) {
			c.choose(uint32(i), phrases[i])
		}
	}
	c.chooseMultiplier()
	for _, i := range c.dearestFirst(phrases) {
		c.choose(uint32(i), phrases[i])
	}
	return c.tables()
}

type compiler struct {
	frequency  map[uint32]float64
	shift      uint8
	multiplier uint32
	entries    []entry
	bucket     []float32 // by place: how often logs read it
	places     []uint16

	words map[string]int // how many phrases have a word, or two characters together
	facts map[string]*wordFacts

	keys    map[string]uint32
	list    []string // by key: its word
	phrases [][]uint32
	near    []nearWord
	flags   []uint8
	next    []uint64
	refs    map[uint32][]uint32

	foreign bool
}

// nearWord is a word that stands beside a key.
type nearWord struct {
	key  uint32
	side uint8
	word string
}

func newCompiler(phrases [][]string) *compiler {
	c := &compiler{
		frequency: grams(), words: map[string]int{}, facts: map[string]*wordFacts{}, keys: map[string]uint32{}, refs: map[uint32][]uint32{},
		shift: smallShift, multiplier: firstMultiplier,
	}
	// Two pieces a phrase, in at most an eighth of the table.
	for c.shift > 8 && 2*len(phrases)*8 > 1<<(32-c.shift) {
		c.shift--
	}
	c.places = make([]uint16, 1<<(32-c.shift))
	c.fillPlaces()
	c.bucket = make([]float32, len(c.places))
	c.fillBuckets()
	return c
}

func (c *compiler) hash(piece uint32) uint32 { return piece * c.multiplier >> c.shift }

func (c *compiler) fillBuckets() {
	clear(c.bucket)
	for _, f := range frequent() {
		c.bucket[c.hash(f.piece)] += float32(f.share)
	}
}

// dearestFirst returns the numbers of the free phrases, those first whose best
// key costs most: the others may use it too.
func (c *compiler) dearestFirst(phrases [][]string) []int {
	var list []int
	cost := map[int]float64{}
	for i := range phrases {
		if free(phrases[i]) {
			list = append(list, i)
			cost[i] = c.best(phrases[i]).cost
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return cost[list[i]] > cost[list[j]] })
	return list
}

// free reports whether a phrase has words to choose a key and a window from.
func free(phrase []string) bool {
	return slices.ContainsFunc(phrase, func(word string) bool { return len(word) >= fullWord && isASCII(word) })
}

// multipliers is how many are tried.
const multipliers = 32

// chooseMultiplier sets the multiplier with which the keys that there are meet
// ordinary logs the least.
func (c *compiler) chooseMultiplier() {
	var best uint32
	least := math.Inf(1)
	for n := range uint32(multipliers) {
		clear(c.places)
		c.multiplier = firstMultiplier + n*0x3c6ef372 // odd, too
		for _, e := range c.entries {
			c.places[c.hash(e.piece)] |= e.bits
		}
		cost := 0.0
		for _, f := range frequent() {
			switch place := c.places[c.hash(f.piece)]; {
			case place&classAny != 0:
				cost += f.share
			case place&0xff != 0:
				cost += pairedCost * f.share
			}
		}
		if cost < least {
			best, least = c.multiplier, cost
		}
	}
	c.multiplier = best
	c.fillPlaces()
	c.fillBuckets()
}

func (c *compiler) fillPlaces() {
	fill(c.places)
	for _, e := range c.entries {
		c.places[c.hash(e.piece)] |= e.bits
	}
}

// firstMultiplier is the golden ratio, as usual.
const firstMultiplier = 0x9e3779b1

// An entry is a piece in the table of places.
type entry struct {
	piece uint32
	bits  uint16
}

// count notes the words of a phrase.
func (c *compiler) count(phrase []string) {
	for i, word := range phrase {
		c.words[word]++
		if i > 0 {
			c.words[phrase[i-1]+" "+word]++
		}
	}
}

// isASCII reports whether a word has nothing but ASCII.
func isASCII(word string) bool {
	for i := range len(word) {
		if word[i] >= 0x80 {
			return false
		}
	}
	return true
}

// A candidate is a word, or two characters, that could be the key of a phrase.
type candidate struct {
	word   string
	first  int // number of its first word in the phrase, and of the one after it
	after  int
	window int // of a long word: where its window begins
	cost   float64
}

// choose makes the cheapest candidate the key of a phrase.
func (c *compiler) choose(number uint32, phrase []string) {
	if len(phrase) == 0 {
		return
	}
	best := c.best(phrase)
	if math.IsInf(best.cost, 1) {
		c.foreign = true
		return
	}
	key := c.key(best)
	c.phrases[key] = append(c.phrases[key], number)
	c.addNear(key, best, phrase)
}

// best returns the cheapest candidate of a phrase; its cost is infinite if
// there is none.
func (c *compiler) best(phrase []string) candidate {
	best := candidate{cost: math.Inf(1)}
	for i, word := range phrase {
		next := candidate{word: word, first: i, after: i + 1, cost: math.Inf(1)}
		if r, n := oneRune(word); n > 0 {
			next.word, next.cost = string(r), characterCost
			if i > 0 {
				if before, n := oneRune(phrase[i-1]); n > 0 {
					pair := candidate{word: string(before) + string(r), first: i - 1, after: i + 1}
					pair.cost = pairCost(before) + pairCost(r) + shareCost*float64(c.words[phrase[i-1]+" "+word])
					if pair.cost < best.cost {
						best = pair
					}
				}
			}
		} else if isASCII(word) && len(word) > 0 {
			next.cost, next.window = c.wordCost(word)
		}
		if next.cost < best.cost {
			best = next
		}
	}
	return best
}

// Costs are shares of the places of an ordinary log, more or less.
const (
	shareCost     = 1e-6 // another phrase behind the same key
	bucketCost    = 3e-6 // another place of the table in use
	verifyCost    = 4    // a comparison, in units of an answer of the table
	pairedCost    = 0.1  // an answer of the table that the next one must confirm
	firstCost     = 2    // the first of two pieces: others may confirm it by chance
	againCost     = 0.1  // a word that is a key already, in units of its share
	characterCost = 0.05
	tinyCost      = 1
)

// pairCost is what a character of a pair costs: kana of grammar are common.
func pairCost(r rune) float64 {
	switch {
	case r >= 'ぁ' && r <= 'ゟ':
		return 4e-4
	case r >= '゠' && r <= 'ヿ', strings.ContainsRune("的了是在不有为为中个用户", r):
		return 1e-4
	}
	return 2e-5
}

// Cost says how much it costs to look for a phrase in an ordinary log, compared
// with others: whoever can choose takes the phrase of the lower cost.
func Cost(phrase []string) float64 {
	const (
		shortCost = 3 // more places of the table
		alone     = 4 // nothing beside it to be compared first
	)
	c := compiler{frequency: grams()}
	least := math.Inf(1)
	for i, word := range phrase {
		cost := float64(tinyCost)
		if r, n := oneRune(word); n > 0 {
			cost = characterCost
			if i > 0 {
				if before, n := oneRune(phrase[i-1]); n > 0 {
					cost = pairCost(before) + pairCost(r)
				}
			}
		} else if isASCII(word) && len(word) >= 3 {
			if cost = bucketCost + c.wordShare(word); len(word) < fullWord {
				cost *= shortCost
			}
			if len(phrase) == 1 {
				cost *= alone
			}
		}
		least = min(least, cost)
	}
	return least
}

// share is how often a piece stands in ordinary logs.
func (c *compiler) share(piece uint32) float64 {
	class, same := digitless(piece)
	return c.frequency[piece] + c.frequency[class]/same
}

// wordFacts are what the costs of a word of ASCII are made of, and do not change.
type wordFacts struct {
	share   float64  // as [compiler.wordShare] returns it
	windows []window // by where they begin; none of a word of less than three bytes
}

// A window is the groups that a word is met by, and how often their pieces stand
// in ordinary logs.
type window struct {
	groups        [2]group
	shares, nexts [2]float64
}

func (c *compiler) factsOf(word string) *wordFacts {
	if known := c.facts[word]; known != nil {
		return known
	}
	f := &wordFacts{share: c.wordShare(word)}
	if len(word) >= 3 {
		for at := range max(1, len(word)-fullWord+1) {
			w := window{groups: groups(word, at)}
			for i, g := range w.groups {
				w.shares[i], w.nexts[i] = c.shareOf(g.pieces), c.shareOf(g.next)
			}
			f.windows = append(f.windows, w)
		}
	}
	c.facts[word] = f
	return f
}

// shareOf is how often any of some pieces stands in ordinary logs.
func (c *compiler) shareOf(pieces []uint32) (share float64) {
	for _, piece := range pieces {
		share += c.share(piece)
	}
	return share
}

// groupCost is what it costs to have a group in the tables, whose pieces and next
// ones stand that often in ordinary logs.
func (c *compiler) groupCost(g group, share, next float64) float64 {
	cost := bucketCost * float64(len(g.pieces)+len(g.next))
	bucket := 0.0
	for _, piece := range g.pieces {
		bucket += float64(c.bucket[c.hash(piece)])
		cost += shareCost * float64(len(c.refs[piece]))
	}
	if len(g.next) > 0 {
		return cost + verifyCost*min(share, next) + pairedCost*bucket + firstCost*share
	}
	return cost + verifyCost*share + bucket
}

// wordCost returns what it costs to have a word of ASCII as a key, and where
// its window is best.
func (c *compiler) wordCost(word string) (cost float64, window int) {
	facts := c.factsOf(word)
	sharing := shareCost * float64(c.words[word])
	if _, ok := c.keys[word]; ok {
		return sharing + againCost*facts.share, 0
	}
	sharing += facts.share
	if len(word) < 3 {
		return tinyCost, 0
	}
	cost = math.Inf(1)
	for at, w := range facts.windows {
		next := c.groupCost(w.groups[0], w.shares[0], w.nexts[0]) + c.groupCost(w.groups[1], w.shares[1], w.nexts[1])
		if next < cost {
			cost, window = next, at
		}
	}
	return cost + sharing, window
}

// wordShare is how often a word may stand in ordinary logs, by its rarest piece.
func (c *compiler) wordShare(word string) float64 {
	if len(word) < 4 {
		return c.shareOf(groups(word+"   "[:3-len(word)], 0)[0].pieces)
	}
	least := 1.0
	for at := range len(word) - 3 {
		least = min(least, c.share(load(word[at:])))
	}
	return least
}
