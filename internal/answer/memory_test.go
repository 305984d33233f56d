package answer_test

import (
	"runtime"
	"testing"

	"github.com/reasonbook/reasonbook/internal/answer"
	"github.com/reasonbook/reasonbook/internal/book"
)

// TestBuffersAreLetGo: a large answer leaves nothing behind in memory.
func TestBuffersAreLetGo(t *testing.T) {
	list := diagnose(t, pods(10_000))
	for _, format := range answer.Formats {
		writeList(t, list[:1], format, book.English)
		before := heap()
		size := len(writeList(t, list, format, book.English))
		if left := heap() - before; left > int64(size)/4 {
			t.Errorf("%s: %d bytes are kept of an answer of %d", format, left, size)
		}
	}
	runtime.KeepAlive(list)
}

// heap returns the bytes that are in use.
func heap() int64 {
	for range 3 { // pools keep what they hold through one collection
		runtime.GC()
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
