// Package statusword knows the words of a status column that report no failure,
// and how much each of them shows.
package statusword

import "strings"

// Meaning is what a status word shows by itself.
type Meaning int

const (
	Other     Meaning = iota // none of these words: a text to match
	Running                  // the phase only: kubectl says Running of a Pod with 0/1 ready, too
	Succeeded                // every container ended with exit code 0 and stays so
	Healthy                  // the sender itself says that nothing is wrong
)

// Of returns the meaning of a status word, in any case.
func Of(word string) Meaning {
	switch strings.ToLower(strings.TrimSpace(word)) {
	case "running":
		return Running
	case "succeeded":
		return Succeeded
	case "running healthy", "healthy":
		return Healthy
	}
	return Other
}
