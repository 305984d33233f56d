// Package statusword knows the words of a status column that report no failure.
package statusword

import "strings"

// Healthy reports whether a status word by itself says that nothing is wrong.
func Healthy(word string) bool {
	switch strings.ToLower(strings.TrimSpace(word)) {
	case "running", "running healthy", "healthy", "succeeded":
		return true
	}
	return false
}
