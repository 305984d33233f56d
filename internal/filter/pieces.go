package filter

import "math/bits"

// A piece is four bytes of a text, read as a little-endian number and folded.
const (
	foldMask   = 0x20202020
	smallShift = 16 // the table of a book of usual size has 65,536 places
	stride     = 16 // bytes of a round
	lookahead  = 20 // bytes that a round reads
)

func load(s string) uint32 {
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24 | foldMask
}

// slotHash is the hash of a piece in Slots.
func slotHash(piece uint32) uint32 {
	h := piece * firstMultiplier
	return h>>15 ^ h
}

// A place of the table has two bytes of classes: the lower one those of the
// keys that begin with a piece which belongs there, the upper one those of the
// keys that go on with one two bytes later. A key may stand in a text where the
// two have a class in common. Class classAny goes on with any piece.
const (
	goesOn   = 8
	classes  = 7
	classAny = 1 << classes
)

// rounds are the rounds of a block that have an answer: where they begin, from
// the first one on. The loops list them without a branch, because the processor
// cannot guess which they are; they are looked at afterwards.
type rounds struct {
	at [blockSize / stride]uint16
	n  int
}

// answer is 1 if x has a class, else 0.
func answer(x uint16) int { return int((x&0xff + 0xff) >> 8) }

// pieces finds the keys of ASCII: it reads text[from:to], at most blockSize
// bytes, at every second byte.
func (t *Filter) pieces(text string, from, to int, s *State) {
	first := (from + 1) &^ 1
	p := first
	s.rounds.n = 0
	if t.Shift == smallShift {
		p = t.small(text, p, to, &s.rounds)
	} else {
		p = t.large(text, p, to, &s.rounds)
	}
	for _, at := range s.rounds.at[:s.rounds.n] {
		t.round(text, first+int(at), to, s)
	}
	for ; p < to; p += 2 { // the end of the text, as if spaces followed it
		v := uint32(0)
		if p+4 <= len(text) {
			v = load(text[p:])
		} else {
			v = loadPadded(text, p)
		}
		if found := t.places[v*t.Multiplier>>t.Shift] & 0xff; found != 0 {
			t.met(text, p, v, uint32(found), s)
		}
	}
}

// small is the loop for a table of which no bound has to be checked. It
// returns where it stopped.
func (t *Filter) small(text string, p, to int, r *rounds) int {
	if p >= to || p+lookahead > len(text) {
		return p
	}
	multiplier := t.Multiplier
	places := (*[1 << (32 - smallShift)]uint16)(t.places)
	n, base := 0, p
	first := places[load(text[p:])*multiplier>>smallShift]
	for ; p < to && p+lookahead <= len(text); p += stride {
		b := text[p : p+lookahead]
		p0 := first
		p1 := places[load(b[2:])*multiplier>>smallShift]
		p2 := places[load(b[4:])*multiplier>>smallShift]
		p3 := places[load(b[6:])*multiplier>>smallShift]
		p4 := places[load(b[8:])*multiplier>>smallShift]
		p5 := places[load(b[10:])*multiplier>>smallShift]
		p6 := places[load(b[12:])*multiplier>>smallShift]
		p7 := places[load(b[14:])*multiplier>>smallShift]
		p8 := places[load(b[16:])*multiplier>>smallShift]
		first = p8
		r.at[n&(len(r.at)-1)] = uint16(p - base)
		n += answer(p0&(p1>>goesOn) | p1&(p2>>goesOn) | p2&(p3>>goesOn) | p3&(p4>>goesOn) |
			p4&(p5>>goesOn) | p5&(p6>>goesOn) | p6&(p7>>goesOn) | p7&(p8>>goesOn))
	}
	r.n = n
	return p
}

// large is the loop for the table of a book of many thousand phrases.
func (t *Filter) large(text string, p, to int, r *rounds) int {
	if p >= to || p+lookahead > len(text) {
		return p
	}
	multiplier := t.Multiplier
	places := t.places
	shift := t.Shift & 31
	n, base := 0, p
	first := places[load(text[p:])*multiplier>>shift]
	for ; p < to && p+lookahead <= len(text); p += stride {
		b := text[p : p+lookahead]
		p0 := first
		p1 := places[load(b[2:])*multiplier>>shift]
		p2 := places[load(b[4:])*multiplier>>shift]
		p3 := places[load(b[6:])*multiplier>>shift]
		p4 := places[load(b[8:])*multiplier>>shift]
		p5 := places[load(b[10:])*multiplier>>shift]
		p6 := places[load(b[12:])*multiplier>>shift]
		p7 := places[load(b[14:])*multiplier>>shift]
		p8 := places[load(b[16:])*multiplier>>shift]
		first = p8
		r.at[n&(len(r.at)-1)] = uint16(p - base)
		n += answer(p0&(p1>>goesOn) | p1&(p2>>goesOn) | p2&(p3>>goesOn) | p3&(p4>>goesOn) |
			p4&(p5>>goesOn) | p5&(p6>>goesOn) | p6&(p7>>goesOn) | p7&(p8>>goesOn))
	}
	r.n = n
	return p
}

// round looks where in the round at p the places have an answer.
func (t *Filter) round(text string, p, to int, s *State) {
	b := text[p : p+lookahead]
	multiplier, shift, places := t.Multiplier, t.Shift&31, t.places
	p0 := uint64(places[load(b)*multiplier>>shift])
	p1 := uint64(places[load(b[2:])*multiplier>>shift])
	p2 := uint64(places[load(b[4:])*multiplier>>shift])
	p3 := uint64(places[load(b[6:])*multiplier>>shift])
	p4 := uint64(places[load(b[8:])*multiplier>>shift])
	p5 := uint64(places[load(b[10:])*multiplier>>shift])
	p6 := uint64(places[load(b[12:])*multiplier>>shift])
	p7 := uint64(places[load(b[14:])*multiplier>>shift])
	p8 := uint64(places[load(b[16:])*multiplier>>shift])
	found := p0&(p1>>goesOn)&0xff | p1&(p2>>goesOn)&0xff<<8 | p2&(p3>>goesOn)&0xff<<16 | p3&(p4>>goesOn)&0xff<<24 |
		p4&(p5>>goesOn)&0xff<<32 | p5&(p6>>goesOn)&0xff<<40 | p6&(p7>>goesOn)&0xff<<48 | p7&(p8>>goesOn)&0xff<<56
	for found != 0 {
		n := bits.TrailingZeros64(found) &^ 7
		class := uint32(found>>n) & 0xff
		found &^= 0xff << n
		if at := p + n/4; at < to {
			t.met(text, at, load(text[at:]), class, s)
		}
	}
}

// loadPadded is the piece at p of a text, with spaces behind the end of the text.
func loadPadded(text string, p int) uint32 {
	v := uint32(0)
	for i := range 4 {
		c := byte(' ')
		if p+i < len(text) {
			c = text[p+i]
		}
		v |= uint32(c) << (8 * i)
	}
	return v | foldMask
}

// met compares the words of the given classes behind piece v, which stands at p.
func (t *Filter) met(text string, p int, v, found uint32, s *State) {
	mask := uint32(len(t.Slots) - 1)
	for i := slotHash(v) & mask; ; i = (i + 1) & mask {
		slot := t.Slots[i]
		if slot == 0 {
			return
		}
		if uint32(slot) != v {
			continue
		}
		for n := uint32(slot>>32) - 1; ; n++ {
			ref := t.Refs[n]
			s.Work++
			if key := ref >> refBits; found&(classAny|1<<(key%classes)) != 0 {
				t.confirm(text, p+1-int(ref&refOffset), key, s)
			}
			if ref&refLast != 0 {
				return
			}
		}
	}
}

// A ref is a key and, in its lower bits, an offset; the last of a piece is marked.
const (
	refBits   = 8
	refLast   = 1 << 7
	refOffset = refLast - 1
)
