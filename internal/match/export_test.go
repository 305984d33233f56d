package match

// Limits of the work on a text.
const (
	WorkPerByte = workPerByte
	// WorkAtStart has room for what the last step of an attempt takes beyond
	// its limit.
	WorkAtStart = workAtStart + 16*maxValue + maxRest
	MaxRest     = maxRest
	// ReadsPerByte is how many tokens are read for a byte, at most: those around
	// a place that stands far enough from others to be read anew.
	ReadsPerByte = (maxBack + 2*maxLine) / maxStep
)

// Work returns how much work the matcher does on a text, how many tokens it
// reads, and how many tokens and folded bytes it has room for afterwards.
func Work(x *Index, text string) (work, reads, tokens, folded int) {
	s := x.scratch.New().(*scan)
	if err := s.run(endless{}, text); err != nil {
		panic(err)
	}
	s.close()
	return s.work, s.tokens.reads, cap(s.tokens.list), cap(s.tokens.tokenizer.folded)
}

// Find is Hits without an end.
func (x *Index) Find(text string) []Hit {
	hits, err := x.Hits(endless{}, text)
	if err != nil {
		panic(err)
	}
	return hits
}

type endless struct{}

func (endless) Err() error { return nil }
