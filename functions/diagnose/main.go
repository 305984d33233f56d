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
//	REASONBOOK_REPORT_URL where messages without an entry are reported: https://host/path?body={text}
package main

import (
	"fmt"
	"log/slog"
	"net/http"
	"os"

	"github.com/reasonbook/reasonbook/internal/config"
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
	return serveHTTP(newHandler)
}

// newHandler returns the handler that the environment asks for.
func newHandler() (http.Handler, error) {
	c, err := config.Read(os.Getenv)
	if err != nil {
		return nil, err
	}
	log := slog.New(slog.NewJSONHandler(os.Stderr, nil))
	if warning := c.Warning(); warning != "" {
		log.Warn(warning)
	}
	return handler.New(handler.Config{Book: kb.Book(), Token: c.Token, Open: c.Open, SiteURL: c.SiteURL, ReportURL: c.ReportURL, Log: log}), nil
}
