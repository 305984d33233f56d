package book

import "cmp"

// A Stage says where in the life of an instance an entry stands, or which
// technology writes the log that it is about.
type Stage string

// Stages are all stages: those of an instance's life in their order, the
// rollout that asks for instances, the node below them, then those of logs.
var Stages = []Stage{
	"admission", "scheduling", "volume", "network", "image", "create", "start", "probe", "exit",
	"rollout", "node",
	"jvm", "runtime", "connection", "files", "configuration", "data", "product",
}

// firstLog is the place in Stages of the first one that is a log's.
const firstLog = 11

// OfLog reports whether the stage is the technology of a log.
func (s Stage) OfLog() bool {
	for _, stage := range Stages[firstLog:] {
		if s == stage {
			return true
		}
	}
	return false
}

// Frequency is how often an entry is met among those that explain the same.
type Frequency string

const (
	Common     Frequency = "common"
	Occasional Frequency = "occasional"
	Rare       Frequency = "rare"
)

// Compare orders what stands in lists: the more frequent first, then what the
// cluster says before what logs say. It is negative if the first comes first.
func Compare(a, b Frequency, of, other Kind) int {
	return cmp.Or(cmp.Compare(a.Rank(), b.Rank()), cmp.Compare(of.Rank(), other.Rank()))
}

// Rank is 0 for what is common, 1, or 2 for what is rare.
func (f Frequency) Rank() int {
	switch f {
	case Common:
		return 0
	case Rare:
		return 2
	}
	return 1
}

// Rank is 0 for a state, 1 for a cause, 2 for a log.
func (k Kind) Rank() int {
	switch k {
	case State:
		return 0
	case Log:
		return 2
	}
	return 1
}

// Heals says whether a failure ends by itself.
type Heals string

const (
	HealsAlone    Heals = "alone"     // it may end without anybody doing anything
	HealsAfterFix Heals = "after-fix" // the retry succeeds once the cause is mended
	HealsNever    Heals = "never"     // the instance has to be changed or made anew
)

// Waiting says whether waiting does harm.
type Waiting string

const (
	Safe    Waiting = "safe"
	Harmful Waiting = "harmful"
)
