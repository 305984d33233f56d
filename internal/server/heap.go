package server

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// heapFloor is how large the heap may become, in bytes, before garbage is
// collected at all. What stays between requests is about 4 MB, and Go would
// collect each time that as much is added: under load, a hundred times a second.
const heapFloor = 64 << 20

// leastHeap is how large Go lets the heap become at 100 per cent whatever is in
// use, in bytes. It grows with the per cent.
const leastHeap = 4 << 20

// holdOffCollector lets the heap grow to floor bytes before garbage is
// collected. A heap of which more than half the floor is in use is collected as
// ever, so that large requests need no more memory. GOGC, if set, stays in force.
func holdOffCollector(floor uint64) {
	if os.Getenv("GOGC") != "" {
		return
	}
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	current := 100
	tune := func() {
		metrics.Read(live)
		percent := 100
		if used := max(live[0].Value.Uint64(), leastHeap); used < floor/2 {
			percent = int(floor*100/used) - 100
		}
		// Setting it stops the world for a moment.
		if percent < current*9/10 || percent > current*11/10 {
			current = percent
			debug.SetGCPercent(percent)
		}
	}
	// A finalizer runs after each collection, and waits for the next.
	type sentinel struct{ _ *byte }
	var again func(s *sentinel)
	again = func(s *sentinel) {
		tune()
		runtime.SetFinalizer(s, again)
	}
	runtime.SetFinalizer(&sentinel{}, again)
	runtime.GC() // for the first
}
