// Package filter finds the places of a text where phrases may stand, at the
// speed of memory rather than of a tokenizer. It is the front end of package
// match: what it yields is tokenized and compared there, the rest of the text
// is never looked at. Package phrases finds a few fixed strings of bytes that
// nothing has compiled beforehand.
//
// # What is guaranteed
//
// A phrase is a list of folded words. Compile chooses one key in each phrase: a
// word of ASCII, or two neighbouring Chinese, Japanese or Korean characters.
// Wherever the words of a phrase are neighbouring tokens of a text, as
// match.Fold has them, whatever stands between them, Scan yields a [Spot] with
// the phrase's key at exactly that place, or a spot without a key that covers
// the whole key ("look here with the tokenizer"). So nothing is missed; what is
// yielded beyond is for the caller to refuse.
//
// The same holds for a tokenizer that understands more than that of today:
// inside a word, or in place of its letters, may stand
//   - sequences of terminals (CSI, OSC, charsets),
//   - \u955c, \x41, \101, \U00009555 with any number of backslashes, a
//     backslash before an underscore,
//   - in texts of up to [LongText] bytes: tags and entities of HTML, signs of
//     emphasis (* and what stands beside it) between letters, a soft line break
//     of quoted-printable (= at the end of the line),
//
// and \n, \t and =20 in front of a word may be read as white space, underscores
// around a word and digits behind a long one (of five bytes and more) be taken
// away. What quoted-printable and percent signs do to bytes that are not ASCII
// has to be undone before.
//
// # How it works
//
// For a word of five bytes or more a window of five is chosen, of seven where
// there are so many, as rare as possible in ordinary logs and in the book. Its
// pieces of four bytes stand in a hash table. The text is read at every second
// byte, so that one of the first two is met, and then the one two bytes later:
// load four bytes, fold case with | 0x20202020, multiply, shift, look up; what
// a place and the next one have in common is or-ed for sixteen bytes, and there
// is one branch. Shorter words have a piece for every sign beside them.
// Characters beyond ASCII, and signs of formatting, have passes of their own
// over the blocks of the text that have any.
package filter

import "slices"

// Tables are compiled phrases: plain slices without pointers, which a program
// can carry as static data. Their contents are an agreement between [Compile]
// and [Filter.Scan].
type Tables struct {
	// Pieces, each with its classes (see goesOn) in the upper half, go into a
	// hash table of 1<<(32-Shift) places.
	Pieces     []uint64
	Multiplier uint32
	Shift      uint8

	// Slots is a hash table of pieces: the piece in the lower half, in the
	// upper half where in Refs its keys begin, plus one.
	Slots []uint64
	Refs  []uint32

	// Keys, and their words one behind the other. Words are found by WordSlots
	// (hash table, number + 1).
	Keys      []Key
	Words     string
	WordSlots []uint32

	// Near is a Bloom filter of keys with the words beside them.
	Near []uint64

	// Pairs are found by the hash of two characters: number of the key + 1.
	// Seconds has a bit for each character that is the second of one.
	Seconds   []uint64
	PairSlots []uint32
	PairRunes []uint64

	Phrases []uint32 // of all keys

	Ends    []uint64 // bits of the two bytes that words of less than fullWord bytes end with
	Singles bool     // there are keys of one character
	Tiny    bool     // there are keys of one or two bytes
	Foreign bool     // there are phrases with other letters only: those of a text are looked at
}

// A Filter scans texts. It is safe for concurrent use.
type Filter struct {
	*Tables
	places []uint16
}

// New returns a filter over tables, which it keeps and which must not be
// changed afterwards. It takes microseconds with a book of usual size.
func New(t *Tables) *Filter {
	f := &Filter{t, make([]uint16, 1<<(32-t.Shift))}
	fill(f.places)
	for _, p := range t.Pieces {
		f.places[uint32(p)*t.Multiplier>>t.Shift] |= uint16(p >> 32)
	}
	return f
}

// fill prepares a table of places.
func fill(places []uint16) {
	for i := range places {
		places[i] = classAny << goesOn
	}
}

// A Key is a word, or two characters, in [Tables].
type Key struct {
	Word, WordEnd       uint32 // bytes of Words
	Phrases, PhrasesEnd uint32 // in Phrases
	Next                uint64 // bits for the words after it that Near knows; see nextBit
	Flags               uint8
}

// flags of a key
const (
	flagAlone  uint8 = 1 << iota // what stands beside it does not matter
	flagBefore                   // Near knows words before it
	flagAfter                    // Near knows words after it
)

// A Spot is a place where a phrase may stand.
type Spot struct {
	Start, End int // bytes of the text
	// Key is the number of the key that stands there, or NoKey: the tokens in
	// the spot have to be looked up, and with them their neighbours.
	Key int
}

// NoKey is the key of a spot that the tokenizer must look at.
const NoKey = -1

// PhrasesOf returns the numbers of the phrases that have the key.
func (t *Tables) PhrasesOf(key int) []uint32 {
	return t.Phrases[t.Keys[key].Phrases:t.Keys[key].PhrasesEnd]
}

// Word returns the word of a key, or its two characters.
func (t *Tables) Word(key int) string { return t.Words[t.Keys[key].Word:t.Keys[key].WordEnd] }

// KeyOf returns the key that a folded word is, NoKey if none: for the tokens of
// a spot without a key.
func (t *Tables) KeyOf(word []byte) int {
	if r, n := oneRune(word); n > 0 {
		return t.pair(0, r)
	}
	return t.word(word)
}

// PairOf returns the key that two neighbouring words of one character each are,
// NoKey if none.
func (t *Tables) PairOf(first, second []byte) int {
	a, n := oneRune(first)
	b, m := oneRune(second)
	if n == 0 || m == 0 {
		return NoKey
	}
	return t.pair(a, b)
}

// State is the memory of a scan. The zero value is ready; using it again for
// the next text, after Reset, saves allocations.
type State struct {
	spots  []Spot
	looked int         // end of the last spot without a key that was yielded
	ends   [passes]int // by pass: end of its last spot without a key
	blank  [passes]gap // by pass: the last separators with no character behind them
	rounds rounds      // of a block

	// Work counts steps beyond the reading itself, for tests of the cost.
	Work int
}

// A gap is a stretch of a text.
type gap struct{ from, to int }

// Reset prepares s for another text.
func (s *State) Reset() {
	s.spots, s.looked, s.ends, s.blank, s.Work = s.spots[:0], 0, [passes]int{}, [passes]gap{}, 0
}

// blockSize is how much of a text goes through all passes at a time: it stays
// in the first-level cache.
const blockSize = 16 << 10

// Scan yields the spots of text whose key (or sign of formatting) is met in
// text[from:to], until yield returns false; it reports whether it came to the
// end. The whole of a text is Scan(text, 0, len(text), …). A caller that wants
// to stop in between, or to use several processors, scans a text in parts, each
// of which begins where another ends: their spots together are those of the
// whole, whatever the parts. One state serves parts that follow each other.
//
// Spots come sorted by their start within a block of 16 KiB, and block by
// block, the same place at most once for a key. On a text without a spot
// nothing is allocated. The time is linear in the text.
func (t *Filter) Scan(text string, from, to int, s *State, yield func(Spot) bool) bool {
	w := wide{t: t.Tables, text: text, s: s}
	w.begin(from)
	for from < to {
		end := min(to, from+blockSize)
		s.spots = s.spots[:0]
		t.pieces(text, from, end, s)
		t.marks(text, from, end, s)
		w.run(end)
		if t.Tiny {
			t.tiny(text, from, end, s)
		}
		if len(s.spots) > 0 && !s.flush(yield) {
			return false
		}
		from = end
	}
	return true
}

// flush yields the spots of a block.
func (s *State) flush(yield func(Spot) bool) bool {
	if len(s.spots) > 1 {
		slices.SortStableFunc(s.spots, func(a, b Spot) int {
			if a.Start != b.Start {
				return a.Start - b.Start
			}
			if a.Key != b.Key {
				return a.Key - b.Key
			}
			return b.End - a.End
		})
	}
	last := Spot{Key: NoKey - 1}
	for _, spot := range s.spots {
		if spot.Key == NoKey {
			if spot.End <= s.looked {
				continue
			}
			s.looked = spot.End
		} else if spot == last {
			continue
		}
		last = spot
		if !yield(spot) {
			return false
		}
	}
	return true
}

// Cut returns where to cut a text into n parts of about the same size, each
// but the last ending with a line: the ends of the parts, the last being
// len(text). There are fewer if lines are long.
func Cut(text string, n int) []int {
	var ends []int
	last := 0
	for i := 1; i < n; i++ {
		at := max(last, int(int64(len(text))*int64(i)/int64(n)))
		for at < len(text) && (at == 0 || text[at-1] != '\n') {
			at++
		}
		if at > last && at < len(text) {
			ends = append(ends, at)
			last = at
		}
	}
	return append(ends, len(text))
}
