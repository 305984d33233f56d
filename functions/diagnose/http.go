//go:build !lambdaonly

package main

import (
	"fmt"
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
	s, err := server.Listen(":" + port)
	if err != nil {
		return fmt.Errorf("PORT %s: %w", port, err)
	}
	h, err := newHandler()
	if err != nil {
		return err
	}
	fmt.Printf("reasonbook answers POST /diagnose on http://%s\n", s.Addr())
	return s.Serve(h)
}
