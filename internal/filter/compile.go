package filter

import (
	"math"
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
	for i := range phrases {
		c.choose(uint32(i), phrases[i])
	}
	return c.tables(phrases)
}

type compiler struct {
	frequency map[uint32]float64
	shift     uint8
	bucket    []float32 // by place in the table of bytes: how often logs hit it
	bytes     []uint8

	words map[string]int // how many phrases have a word, or two characters together

	keys    map[string]uint32
	list    []string // by key: its word
	phrases [][]uint32
	near    []nearWord
	flags   []uint8
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
		frequency: grams(), words: map[string]int{}, keys: map[string]uint32{}, refs: map[uint32][]uint32{},
		shift: smallShift,
	}
	// Two pieces a phrase, in at most a twelfth of the table.
	for c.shift > 8 && 2*len(phrases)*12 > 1<<(32-c.shift) {
		c.shift--
	}
	c.bytes = make([]uint8, 1<<(32-c.shift))
	c.bucket = make([]float32, len(c.bytes))
	for piece, share := range c.frequency {
		each(piece, 0, func(piece uint32, same float64) {
			c.bucket[hash(piece)>>c.shift] += float32(share / same)
		})
	}
	return c
}

// each calls f with every piece that piece, which has 0 for all digits, stands
// for.
func each(piece uint32, at int, f func(piece uint32, same float64)) {
	var digits []int
	for i := at; i < 32; i += 8 {
		if byte(piece>>i) == '0' {
			digits = append(digits, i)
		}
	}
	same := math.Pow10(len(digits))
	for n := range int(same) {
		p := piece
		for _, i := range digits {
			p += uint32(n%10) << i
			n /= 10
		}
		f(p, same)
	}
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
	if math.IsInf(best.cost, 1) {
		c.foreign = true
		return
	}
	key := c.key(best)
	c.phrases[key] = append(c.phrases[key], number)
	c.addNear(key, best, phrase)
}

// Costs are shares of the places of an ordinary log, more or less.
const (
	shareCost     = 1e-6 // another phrase behind the same key
	bucketCost    = 3e-6 // another place of the table in use
	verifyCost    = 4    // a comparison, in units of an answer of the table
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

// share is how often a piece stands in ordinary logs.
func (c *compiler) share(piece uint32) float64 {
	same, n := digitless(piece)
	return c.frequency[same] / n
}

// pieceCost is what it costs to have a piece in the tables.
func (c *compiler) pieceCost(piece uint32) float64 {
	cost := verifyCost*c.share(piece) + shareCost*float64(len(c.refs[piece]))
	if at := hash(piece) >> c.shift; c.bytes[at] == 0 {
		cost += float64(c.bucket[at]) + bucketCost
	}
	return cost
}

// wordCost returns what it costs to have a word of ASCII as a key, and where
// its window is best.
func (c *compiler) wordCost(word string) (cost float64, window int) {
	sharing := shareCost * float64(c.words[word])
	sharing += c.wordShare(word)
	if _, ok := c.keys[word]; ok {
		return sharing, 0
	}
	switch {
	case len(word) < 3:
		return tinyCost, 0
	case len(word) < longWord:
		shortPieces(word, func(piece uint32, _ int, _ uint8) { cost += c.pieceCost(piece) })
		return cost + sharing, 0
	}
	cost = math.Inf(1)
	for at := range len(word) - longWord + 1 {
		if next := c.pieceCost(load(word[at:])) + c.pieceCost(load(word[at+1:])); next < cost {
			cost, window = next, at
		}
	}
	return cost + sharing, window
}

// wordShare is how often a word may stand in ordinary logs, by its rarest piece.
func (c *compiler) wordShare(word string) float64 {
	if len(word) < 4 {
		return 0 // not known
	}
	least := 1.0
	for at := range len(word) - 3 {
		least = min(least, c.share(load(word[at:])))
	}
	return least
}
