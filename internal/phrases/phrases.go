// Package phrases finds fixed phrases in a text in one pass: the words that tell
// how a text is to be read. Letters of ASCII are compared without their case.
// Unlike package match it compares bytes, signs among them, not words, and knows
// no holes. Package filter, which is faster, is not used here because it only
// says where a tokenizer shall look, and needs tables that take milliseconds to
// compile, while these few lists are made at start.
package phrases

// A Set is a set of phrases. Each belongs to a list, which is what is found.
type Set struct {
	phrases []phrase
	buckets [1 << hashBits][]uint16 // by the hash of the first bytes: indices into phrases
}

type phrase struct {
	text string
	list int
}

const (
	hashBits = 12
	prefix   = 3 // bytes that are hashed, and the least length of a phrase
)

// lower folds the letters of ASCII.
var lower = func() (table [256]byte) {
	for i := range table {
		table[i] = byte(i)
		if 'A' <= i && i <= 'Z' {
			table[i] += 'a' - 'A'
		}
	}
	return table
}()

func hash(a, b, c byte) uint32 {
	return (uint32(a) | uint32(b)<<8 | uint32(c)<<16) * 0x9e3779b1 >> (32 - hashBits)
}

// New makes a set of lists of phrases, which have at least three bytes each.
func New(lists ...[]string) *Set {
	s := &Set{}
	for n, list := range lists {
		for _, text := range list {
			folded := make([]byte, len(text))
			for i := range folded {
				folded[i] = lower[text[i]]
			}
			h := hash(folded[0], folded[1], folded[2])
			s.buckets[h] = append(s.buckets[h], uint16(len(s.phrases)))
			s.phrases = append(s.phrases, phrase{string(folded), n})
		}
	}
	return s
}

// A Found is a place where a phrase stands.
type Found struct {
	List       int // the list of the phrase
	Start, End int // bytes of the text
}

// Scan calls found for each place of a phrase, in the order of their beginnings,
// until it returns false.
func (s *Set) Scan(text string, found func(Found) bool) {
	if len(text) < prefix {
		return
	}
	b, c := lower[text[0]], lower[text[1]]
	for i := 0; i+prefix <= len(text); i++ {
		a := b
		b, c = c, lower[text[i+2]]
		for _, n := range s.buckets[hash(a, b, c)] {
			p := &s.phrases[n]
			if has(text[i:], p.text) && !found(Found{p.list, i, i + len(p.text)}) {
				return
			}
		}
	}
}

// Lists returns which lists have a phrase in the text, as a set of bits.
func (s *Set) Lists(text string) (bits uint64) {
	s.Scan(text, func(f Found) bool {
		bits |= 1 << f.List
		return true
	})
	return bits
}

// has reports whether a text begins with a folded phrase.
func has(text, phrase string) bool {
	if len(text) < len(phrase) {
		return false
	}
	for i := prefix - 1; i < len(phrase); i++ {
		if lower[text[i]] != phrase[i] {
			return false
		}
	}
	// The hash may be that of others.
	return lower[text[0]] == phrase[0] && lower[text[1]] == phrase[1]
}
