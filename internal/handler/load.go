package handler

import (
	"context"
	"runtime"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/reasonbook/reasonbook/internal/answer"
)

const (
	// maxRequests is how many requests may be under way at the same time.
	maxRequests = 1024
	// smallSize is what each of them may hold of its body and of its answer
	// without asking, in bytes. It is enough for a status, a message, an
	// Events table.
	smallSize = 64 << 10
	// maxHeld is what all of them together may hold beyond that, in bytes.
	maxHeld = 64 << 20
	// patience is how long a request waits for a processor.
	patience = 5 * time.Second
	// retryAfter is when one that was refused may come again, in seconds.
	retryAfter = "5"
)

var busy = fault{answer.Overloaded, "as much is being worked on as this server takes at the same time"}

// A load bounds what the requests under way use together. Small bodies have
// places of their own, so that a status is explained while logs are read.
type load struct {
	requests     *semaphore.Weighted
	held         *semaphore.Weighted // bytes
	small, large *semaphore.Weighted // bodies that are being worked on
}

func newLoad() *load {
	processors := int64(runtime.GOMAXPROCS(0))
	return &load{
		requests: semaphore.NewWeighted(maxRequests),
		held:     semaphore.NewWeighted(maxHeld),
		// What a small body takes is short: the runtime shares the processors.
		small: semaphore.NewWeighted(8 * processors),
		large: semaphore.NewWeighted(processors),
	}
}

// begin waits until a body of a size in bytes may be worked on. It gives up
// with ctx, and when it has waited too long. done says that the work is over.
func (l *load) begin(ctx context.Context, size int) (done func(), ok bool) {
	places := l.small
	if size > smallSize {
		places = l.large
	}
	if !places.TryAcquire(1) {
		ctx, cancel := context.WithTimeout(ctx, patience)
		defer cancel()
		if places.Acquire(ctx, 1) != nil {
			return nil, false
		}
	}
	return func() { places.Release(1) }, true
}

// hold makes a size in bytes what the request holds in memory, and reports
// whether there is room for it. Less than before always has room.
func (q *request) hold(size int) bool {
	wanted := max(0, int64(size)-smallSize)
	switch more := wanted - q.held; {
	case more > 0:
		if !q.h.load.held.TryAcquire(more) {
			return false
		}
	case more < 0:
		q.h.load.held.Release(-more)
	}
	q.held = wanted
	return true
}
