package server

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"testing"
)

var sink []byte

// TestHeapFloor: while little is in use, garbage is left until the floor is
// reached; when much is in use, it is collected as ever.
func TestHeapFloor(t *testing.T) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		t.Skip("GOGC or GOMEMLIMIT is set")
	}
	t.Cleanup(func() {
		debug.SetGCPercent(100)
		debug.SetMemoryLimit(math.MaxInt64)
	})
	// settle collects until the finalizer has run that decides by how many per
	// cent the heap may grow, and returns that.
	settle := func(wanted func(percent uint64) bool) uint64 {
		sample := []metrics.Sample{{Name: "/gc/gogc:percent"}}
		for range 1000 {
			runtime.GC()
			if metrics.Read(sample); wanted(sample[0].Value.Uint64()) {
				break
			}
		}
		return sample[0].Value.Uint64()
	}
	collections := func() uint32 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		for range 8 << 10 { // 512 MiB in all
			sink = make([]byte, 64<<10)
		}
		runtime.ReadMemStats(&after)
		return after.NumGC - before.NumGC
	}
	holdOffCollector(128 << 20)
	if percent := settle(func(percent uint64) bool { return percent > 1000 }); percent <= 1000 {
		t.Fatalf("the heap may grow by %d %%", percent)
	}
	goal := []metrics.Sample{{Name: "/gc/heap/goal:bytes"}}
	if metrics.Read(goal); goal[0].Value.Uint64() > 140<<20 {
		t.Errorf("garbage is left up to %d MiB", goal[0].Value.Uint64()>>20)
	}
	if few := collections(); few > 10 { // of 512 MiB by 128, not by 4
		t.Errorf("%d collections", few)
	}
	big := make([]byte, 100<<20)
	if percent := settle(func(percent uint64) bool { return percent == 100 }); percent != 100 {
		t.Errorf("with %d MiB in use the heap may grow by %d %%", len(big)>>20, percent)
	}
	if limit := debug.SetMemoryLimit(-1); limit != math.MaxInt64 {
		t.Errorf("with %d MiB in use there is a limit of %d bytes", len(big)>>20, limit)
	}
	runtime.KeepAlive(big)
}
