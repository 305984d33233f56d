package match

// Work is counted in bytes and tokens that the comparison of patterns looks
// at, beyond the one pass that reads the words. Texts that somebody made for
// it can have a place at every word where a long comparison begins and fails;
// then comparisons are given up, and begin again as the text goes on. Ordinary
// texts stay far below the limit.
const (
	workPerByte    = 64      // of the text up to where it is read
	workAtStart    = 1 << 14 // that every text may take: a payload can hold many short ones
	workPerAttempt = 1 << 13 // that one comparison may take
)

// workAllowed returns how much work the first so many bytes of a text allow.
func workAllowed(bytes int) int { return workAtStart + workPerByte*bytes }

// spend charges work to the attempt under way. It reports whether the attempt
// may go on.
func (s *scan) spend(n int) bool {
	s.work += n
	return s.work <= s.limit
}

// out reports whether the attempt has spent what it may.
func (s *scan) out() bool { return s.work > s.limit }

// A stretch is a run of tokens, from the first up to before the last.
type stretch struct{ first, last int }

func (t stretch) contains(i int) bool { return t.first <= i && i < t.last }

// add makes one stretch of two if they overlap, else it forgets the old one.
// Stretches that only touch may be of two lines.
func (t *stretch) add(first, last int) {
	if first < t.last && t.first < last {
		first, last = min(first, t.first), max(last, t.last)
	}
	*t = stretch{first, last}
}

// A sweep remembers what comparisons of a pattern have found not to fit, so
// that nested {x...} and the next anchors do not look at the same again.
type sweep struct {
	pattern uint32
	round   uint32 // 0 if it knows nothing
	// absent are tokens that are not the first word of the pattern.
	absent stretch
	// failed are, by item, tokens at which it and all after it do not fit.
	// Up to the anchor that is said of one place of the anchor.
	failed [maxItems]stretch
}

// known returns what is known about the pattern of the attempt.
func (s *scan) known() *sweep {
	if s.sweep != nil {
		return s.sweep
	}
	w := &s.sweeps[s.number%uint32(len(s.sweeps))]
	p := &s.tables.Patterns[s.number]
	forget := p.Anchor + 1
	if w.pattern != s.number || w.round != s.round {
		w.pattern, w.round, w.absent = s.number, s.round, stretch{}
		forget = p.End
	}
	clear(w.failed[:forget-p.Start])
	s.sweep = w
	return w
}
