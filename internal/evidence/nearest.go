package evidence

import "github.com/reasonbook/reasonbook/internal/match"

// NearestCount is how many entries answers ask about: “did you mean …?”
const NearestCount = match.NearestCount

// Nearest returns up to [NearestCount] entries whose spelling is near to that
// of the text, for a text that proves nothing.
func (x *Explainer) Nearest(text string) []int { return x.index.Nearest(text, NearestCount) }
