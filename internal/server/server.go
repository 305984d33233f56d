// Package server runs a handler as an HTTP server that does not hang on slow
// clients and finishes what it began when it is told to stop.
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
	grace         = 10 * time.Second // for requests under way at shutdown
)

// Serve serves h on l until the process gets SIGINT or SIGTERM or ctx ends;
// then it takes no more requests, finishes those under way, and returns nil. It
// returns an error if requests were left after ten seconds, or if l fails.
func Serve(ctx context.Context, l net.Listener, h http.Handler) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	s := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
	}
	failed := make(chan error, 1)
	go func() { failed <- s.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	stop() // a second signal ends the process at once
	ctx, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	if err := s.Shutdown(ctx); err != nil {
		return errors.Join(errors.New("requests were left unfinished"), err)
	}
	return nil
}

// Loopback reports whether l can be reached from this machine only.
func Loopback(l net.Listener) bool {
	address, ok := l.Addr().(*net.TCPAddr)
	return ok && address.IP.IsLoopback()
}
