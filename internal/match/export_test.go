package match

// Limits of the work on a text.
const (
	WorkPerByte = workPerByte
	// WorkAtStart has room for what the last step of an attempt takes beyond
	// its limit.
	WorkAtStart = workAtStart + 16*maxValue + maxRest
	MaxRest     = maxRest
)

// Work returns how much work the matcher does on a text, and how many tokens
// and folded bytes it has room for afterwards.
func Work(x *Index, text string) (work, tokens, folded int) {
	s := x.scratch.New().(*scan)
	if err := s.run(unending{}, 0, Text{Value: text}); err != nil {
		panic(err)
	}
	s.tokens.close()
	return s.work, cap(s.tokens.list), cap(s.tokens.tokenizer.folded)
}
