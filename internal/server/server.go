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
	// accepting is what the server needs to take the connections that the
	// system has made for it before it is told to stop, and that would be reset.
	accepting = 50 * time.Millisecond
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

// A Server listens, and serves a handler until the process is told to stop.
type Server struct {
	l   net.Listener
	ctx context.Context // ends when the process is told to stop
}

// Listen listens on a TCP address, such as "127.0.0.1:8080". Connections that
// come before Serve is called wait for it, also if the process is told to stop
// meanwhile.
func Listen(address string) (*Server, error) {
	// First the signals: a connection that is taken must not be cut by one.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	l, err := net.Listen("tcp", address)
	if err != nil {
		stop()
		return nil, err
	}
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	return &Server{l, ctx}, nil
}

// Addr returns the address that the server listens on.
func (s *Server) Addr() net.Addr { return s.l.Addr() }

// Loopback reports whether the server can be reached from this machine only.
func (s *Server) Loopback() bool {
	address, ok := s.l.Addr().(*net.TCPAddr)
	return ok && address.IP.IsLoopback()
}

// Serve serves h until the process gets SIGINT or SIGTERM, and then stops
// without losing a request:
//
//   - for a second, every request is still answered, with "Connection: close",
//     so that clients leave by themselves and none sends into a closing connection;
//   - then no more connections are taken, and those without a request are closed;
//   - requests that are still under way five seconds later are cancelled
//     through their context, with a cause of its own.
//
// It returns nil if all were answered, and an error if some were not, or if
// listening fails.
func (s *Server) Serve(h http.Handler) error {
	holdOffCollector(heapFloor)
	return serve(s.ctx, s.l, h, usual)
}

func serve(ctx context.Context, l net.Listener, h http.Handler, p patience) error {
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
	c.leaving.Store(true)
	time.Sleep(accepting)
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
