//go:build !lambdaonly

package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"

	"github.com/reasonbook/reasonbook/internal/server"
)

// defaultPort is where an SCF web function must listen.
const defaultPort = "9000"

// serveHTTP serves plain HTTP on every address until it is told to stop.
func serveHTTP(newHandler func() (http.Handler, error)) error {
	port := os.Getenv("PORT")
	if port == "" {
		port = defaultPort
	}
	l, err := net.Listen("tcp", ":"+port)
	if err != nil {
		return fmt.Errorf("PORT %s: %w", port, err)
	}
	h, err := newHandler()
	if err != nil {
		return err
	}
	fmt.Printf("reasonbook answers POST /diagnose on http://%s\n", l.Addr())
	return server.Serve(context.Background(), l, h)
}
