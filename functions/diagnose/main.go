// Command diagnose is the function: it answers POST /diagnose on AWS Lambda, on
// Tencent SCF and as a plain HTTP server, whichever of them has started it.
//
//	AWS_LAMBDA_RUNTIME_API set   AWS Lambda
//	_LAMBDA_SERVER_PORT set      Tencent SCF, event function
//	neither                      HTTP on PORT (default 9000), as an SCF web
//	                             function or a container wants it
//
// Built with the tag lambdaonly it knows AWS Lambda alone, and starts faster.
//
// The environment configures it:
//
//	REASONBOOK_TOKEN      the bearer token that callers must present
//	REASONBOOK_AUTH       "none" lets everybody call without a token
//	REASONBOOK_SITE_URL   address of the site that answers link to
package main

import (
	"fmt"
	"log/slog"
	"net/http"
	"os"

	"github.com/reasonbook/reasonbook/internal/handler"
	"github.com/reasonbook/reasonbook/kb"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "diagnose:", err)
		os.Exit(1)
	}
}

func run() error {
	switch {
	case os.Getenv("AWS_LAMBDA_RUNTIME_API") != "":
		h, err := newHandler()
		if err != nil {
			return err
		}
		startLambda(h)
		return nil
	case os.Getenv("_LAMBDA_SERVER_PORT") != "":
		startSCF(newHandler)
		return nil
	}
	h, err := newHandler()
	if err != nil {
		return err
	}
	return serveHTTP(h)
}

// newHandler returns the handler that the environment asks for.
func newHandler() (http.Handler, error) {
	auth := os.Getenv("REASONBOOK_AUTH")
	if auth != "" && auth != "none" {
		return nil, fmt.Errorf(`REASONBOOK_AUTH is %q; it can be "none" or unset`, auth)
	}
	return handler.New(handler.Config{
		Book:    kb.Book(),
		Token:   os.Getenv("REASONBOOK_TOKEN"),
		Open:    auth == "none",
		SiteURL: os.Getenv("REASONBOOK_SITE_URL"),
		Log:     slog.New(slog.NewJSONHandler(os.Stderr, nil)),
	}), nil
}
