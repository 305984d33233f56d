package server

import (
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// connections are the open connections of a server.
type connections struct {
	leaving atomic.Bool // clients are told to leave

	mu      sync.Mutex
	states  map[net.Conn]http.ConnState
	closing bool          // connections without a request are ended
	ended   chan struct{} // gets a value when a connection has ended
}

func newConnections() *connections {
	return &connections{states: map[net.Conn]http.ConnState{}, ended: make(chan struct{}, 1)}
}

// announce returns h with "Connection: close" on its answers when the server is
// leaving.
func (c *connections) announce(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.ServeHTTP(&farewellWriter{w, c}, r) // which sends its header itself
	})
}

// A farewellWriter decides about "Connection: close" when the answer begins, so
// that no answer invites to a connection that is about to go.
type farewellWriter struct {
	http.ResponseWriter
	connections *connections
}

func (w *farewellWriter) WriteHeader(status int) {
	if w.connections.leaving.Load() {
		w.Header().Set("Connection", "close")
	}
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap is for [http.ResponseController].
func (w *farewellWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// track follows a connection; it is the server's ConnState.
func (c *connections) track(conn net.Conn, state http.ConnState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch state {
	case http.StateClosed, http.StateHijacked:
		delete(c.states, conn)
		select {
		case c.ended <- struct{}{}:
		default:
		}
	default:
		c.states[conn] = state
	}
	if state == http.StateIdle && c.closing { // its answer began before the server was leaving
		closeRead(conn)
	}
}

// gone waits until no connection is open, for some time at most, and reports
// whether none is.
func (c *connections) gone(within time.Duration) bool {
	timeout := time.After(within)
	for {
		c.mu.Lock()
		open := len(c.states)
		c.mu.Unlock()
		if open == 0 {
			return true
		}
		select {
		case <-c.ended:
		case <-timeout:
			return false
		}
	}
}

// closeIdle ends the connections on which no request is under way.
func (c *connections) closeIdle() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closing = true
	for conn, state := range c.states {
		if state == http.StateIdle || state == http.StateNew {
			closeRead(conn)
		}
	}
}

// interrupt ends the reading of bodies that are under way.
func (c *connections) interrupt() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for conn := range c.states {
		_ = conn.SetReadDeadline(time.Unix(1, 0))
	}
}

// closeRead ends a connection when what has arrived on it is read: a request
// that was sent before is still answered, as it would not be after Close.
func closeRead(conn net.Conn) {
	if half, ok := conn.(interface{ CloseRead() error }); ok {
		_ = half.CloseRead()
	}
}
