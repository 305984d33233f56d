// Package server runs a handler as an HTTP server that does not hang on slow
// clients and loses no request when it is told to stop.
package server

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

const (
	headerTimeout = 5 * time.Second
	readTimeout   = 20 * time.Second
	writeTimeout  = 40 * time.Second
	idleTimeout   = 60 * time.Second
	// maxHeader is what is read of a request line and header, in bytes: more
	// than the handler takes, so that it can say so itself.
	maxHeader = 64 << 10
)

// A patience says how long a server waits for what when it stops.
type patience struct {
	farewell time.Duration // for clients with open connections to send once more
	grace    time.Duration // for requests under way, before they are cancelled
	last     time.Duration // for cancelled ones to answer
}

// usual takes less than the ten seconds that container runtimes give.
var usual = patience{farewell: 1 * time.Second, grace: 5 * time.Second, last: 2 * time.Second}

// errStopping is the cause of requests that are cancelled.
var errStopping = errors.New("the server is stopping")

// Serve serves h on l until the process gets SIGINT or SIGTERM or ctx ends, and
// then stops without losing a request:
//
//   - for a second, every request is still answered, with "Connection: close",
//     so that clients leave by themselves and none sends into a closing connection;
//   - then no more connections are taken, and those without a request are closed;
//   - requests that are still under way five seconds later are cancelled
//     through their context, with a cause of its own.
//
// It returns nil if all were answered, and an error if some were not, or if l
// fails.
func Serve(ctx context.Context, l net.Listener, h http.Handler) error {
	holdOffCollector(heapFloor)
	return serve(ctx, l, h, usual)
}

func serve(ctx context.Context, l net.Listener, h http.Handler, p patience) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	requests, cancel := context.WithCancelCause(context.Background())
	defer cancel(nil)
	c := newConnections()
	s := &http.Server{
		Handler:           c.announce(h),
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeader,
		BaseContext:       func(net.Listener) context.Context { return requests },
		ConnState:         c.track,
	}
	defer s.Close()
	failed := make(chan error, 1)
	go func() { failed <- s.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	stop() // a second signal ends the process at once
	c.leaving.Store(true)
	c.gone(p.farewell)
	_ = l.Close() // not Shutdown, which drops requests that it reads meanwhile
	<-failed
	c.closeIdle()
	if c.gone(p.grace) {
		return nil
	}
	cancel(errStopping)
	c.interrupt()
	if c.gone(p.last) {
		return nil
	}
	return errors.New("requests were left unfinished")
}

// Loopback reports whether l can be reached from this machine only.
func Loopback(l net.Listener) bool {
	address, ok := l.Addr().(*net.TCPAddr)
	return ok && address.IP.IsLoopback()
}
