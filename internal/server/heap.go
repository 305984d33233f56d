package server

import (
	"math"
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
// collected. While more than half of them are in use, it is collected as ever,
// so that large requests need no more memory. GOGC and GOMEMLIMIT, if set, stay
// in force.
func holdOffCollector(floor uint64) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	used := []metrics.Sample{{Name: "/gc/heap/live:bytes"}, {Name: "/memory/classes/heap/stacks:bytes"}}
	current := 100
	tune := func() {
		metrics.Read(used)
		percent, limit := 100, int64(math.MaxInt64)
		if little := max(used[0].Value.Uint64()+used[1].Value.Uint64(), leastHeap); little < floor/2 {
			// Until the next collection the heap may grow by a multiple of what
			// is in use; the limit is for when much of that is in use by then.
			percent, limit = int(floor*100/little)-100, int64(2*floor)
		}
		// Setting it stops the world for a moment.
		if percent < current*9/10 || percent > current*11/10 {
			current = percent
			debug.SetMemoryLimit(limit)
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
