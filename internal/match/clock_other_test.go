//go:build !linux

package match

import "time"

var begun = time.Now()

// processorTime is the time of the clock: these systems tell that of a thread
// in other ways, or not at all.
func processorTime() time.Duration { return time.Since(begun) }
