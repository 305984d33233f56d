package filter

// A piece is four bytes of a text, read as a little-endian number and folded.
const (
	foldMask   = 0x20202020
	multiplier = 0x9e3779b1
	smallShift = 16 // the table of a book of usual size has 64 KiB
	stride     = 16 // bytes of a round
	lookahead  = 18 // bytes that a round reads
)

func load(s string) uint32 {
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24 | foldMask
}

func hash(piece uint32) uint32 { return piece * multiplier }

// followBit is the bit that stands for byte c behind a piece. It does not
// depend on case.
func followBit(c byte) uint8 { return 1 << (c & 7) }

// pieces finds the keys of ASCII: it reads text[from:to] at every second byte.
func (t *Tables) pieces(text string, from, to int, s *State) {
	p := (from + 1) &^ 1
	if t.Shift == smallShift {
		p = t.small(text, p, to, s)
	} else {
		p = t.large(text, p, to, s)
	}
	for ; p < to; p += 2 { // the end of the text, as if spaces followed it
		v := uint32(0)
		if p+4 <= len(text) {
			v = load(text[p:])
		} else {
			v = loadPadded(text, p)
		}
		if t.Bytes[hash(v)>>t.Shift] != 0 {
			t.met(text, p, v, s)
		}
	}
}

// small is the loop for a table of 64 KiB, in which no bound has to be
// checked. It returns where it stopped.
func (t *Tables) small(text string, p, to int, s *State) int {
	table := (*[1 << (32 - smallShift)]uint8)(t.Bytes)
	for ; p < to && p+lookahead <= len(text); p += stride {
		b := text[p : p+lookahead]
		hit := table[hash(load(b[0:]))>>smallShift] | table[hash(load(b[2:]))>>smallShift] |
			table[hash(load(b[4:]))>>smallShift] | table[hash(load(b[6:]))>>smallShift] |
			table[hash(load(b[8:]))>>smallShift] | table[hash(load(b[10:]))>>smallShift] |
			table[hash(load(b[12:]))>>smallShift] | table[hash(load(b[14:]))>>smallShift]
		if hit != 0 {
			t.round(text, p, to, s)
		}
	}
	return p
}

// large is the loop for the table of a book of many thousand phrases.
func (t *Tables) large(text string, p, to int, s *State) int {
	table := t.Bytes
	shift := t.Shift & 31
	for ; p < to && p+lookahead <= len(text); p += stride {
		b := text[p : p+lookahead]
		hit := table[hash(load(b[0:]))>>shift] | table[hash(load(b[2:]))>>shift] |
			table[hash(load(b[4:]))>>shift] | table[hash(load(b[6:]))>>shift] |
			table[hash(load(b[8:]))>>shift] | table[hash(load(b[10:]))>>shift] |
			table[hash(load(b[12:]))>>shift] | table[hash(load(b[14:]))>>shift]
		if hit != 0 {
			t.round(text, p, to, s)
		}
	}
	return p
}

// round looks where in the round at p the table had an answer.
func (t *Tables) round(text string, p, to int, s *State) {
	end := min(p+stride, to)
	for ; p < end; p += 2 {
		v := load(text[p:])
		if bits := t.Bytes[hash(v)>>t.Shift]; bits != 0 && (p+4 == len(text) || bits&followBit(text[p+4]) != 0) {
			t.met(text, p, v, s)
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

// met compares the words behind piece v, which stands at p.
func (t *Tables) met(text string, p int, v uint32, s *State) {
	mask := uint32(len(t.Slots) - 1)
	h := hash(v)
	for i := (h>>8 ^ h) & mask; ; i = (i + 1) & mask {
		n := t.Slots[i]
		if n == 0 {
			return
		}
		if t.Pieces[n-1] != v {
			continue
		}
		for _, ref := range t.Refs[t.PieceRefs[n-1]:t.PieceRefs[n]] {
			s.Work++
			t.confirm(text, p+1-int(ref&refOffset), ref>>refBits, s)
		}
		return
	}
}

// A ref is a key and, in its lower bits, an offset.
const (
	refBits   = 8
	refOffset = 1<<refBits - 1
)
