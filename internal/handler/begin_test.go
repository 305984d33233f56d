package handler

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/kb"
)

// TestPlaces: while every place for large bodies is taken, a small one is
// answered, and a large one waits until a place is free or its client is gone.
func TestPlaces(t *testing.T) {
	h := New(Config{Book: kb.Book(), Open: true}).(*handler)
	var ends []func()
	for h.load.large.TryAcquire(1) {
		ends = append(ends, func() { h.load.large.Release(1) })
	}
	ask := func(ctx context.Context, body string) *httptest.ResponseRecorder {
		r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/diagnose", strings.NewReader(body))
		r.Header.Set("Content-Type", "text/plain")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	if w := ask(context.Background(), "Error"); w.Code != 200 {
		t.Errorf("small: %d", w.Code)
	}
	large := strings.Repeat("fine ", smallSize) + "\nError"
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	if w := ask(gone, large); w.Code != 503 || w.Header().Get("Retry-After") != retryAfter {
		t.Errorf("large, and the client is gone: %d", w.Code)
	}
	answered := make(chan *httptest.ResponseRecorder)
	go func() { answered <- ask(context.Background(), large) }()
	ends[0]()
	if w := <-answered; w.Code != 200 {
		t.Errorf("large, when a place is free: %d", w.Code)
	}
	if !h.load.large.TryAcquire(1) {
		t.Error("the place is not given back")
	}
}

// TestPanicGivesBack: a request that fails gives back what it held.
func TestPanicGivesBack(t *testing.T) {
	h := New(Config{Book: kb.Book(), Open: true}).(*handler)
	h.writer = nil // to fail after the work
	for range maxRequests + 1 {
		r := httptest.NewRequest(http.MethodPost, "/diagnose", strings.NewReader("Error"))
		func() {
			defer func() { _ = recover() }()
			h.ServeHTTP(httptest.NewRecorder(), r)
		}()
	}
	if !h.load.requests.TryAcquire(maxRequests) || !h.load.held.TryAcquire(maxHeld) {
		t.Error("something is held")
	}
}

// TestCancelled: a client of a server that stops is told to come again; nobody
// is there to be told anything if the client itself has gone.
func TestCancelled(t *testing.T) {
	h := New(Config{Book: kb.Book(), Open: true})
	for _, test := range []struct {
		cause  error
		status int
	}{{nil, 499}, {errors.New("the server is stopping"), 503}} {
		ctx, cancel := context.WithCancelCause(context.Background())
		cancel(test.cause)
		r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/diagnose", strings.NewReader(strings.Repeat("Error ", 10_000)))
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != test.status || (w.Header().Get("Retry-After") != "") != (test.status == 503) {
			t.Errorf("%v: %d %v", test.cause, w.Code, w.Header())
		}
	}
}
