package main

import (
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"syscall"

	"github.com/reasonbook/reasonbook/internal/config"
	"github.com/reasonbook/reasonbook/internal/handler"
	"github.com/reasonbook/reasonbook/internal/server"
	"github.com/reasonbook/reasonbook/kb"
	"github.com/reasonbook/reasonbook/site"
)

const serveDetails = `Serves POST /diagnose, GET /healthz, /openapi.json and /kb.json, and the site at /.
The first line of the output ends with the address. Ctrl-C or SIGTERM ends it
after the requests under way are finished.

Callers of POST /diagnose need the token in REASONBOOK_TOKEN. If none is set,
everybody may call on a loopback address, and nobody on any other one, unless
REASONBOOK_AUTH is "none". On a loopback address it takes only requests to
localhost, 127.0.0.1, [::1] or the host of REASONBOOK_SITE_URL, and no posts
from pages of other origins.
`

func serve(c *invocation, flags *flag.FlagSet, args []string) error {
	addr := flags.String("addr", "127.0.0.1:8080", "`address` to listen on; port 0 picks a free one")
	if _, err := parse(flags, args, 0); err != nil {
		return err
	}
	environment, err := config.Read(os.Getenv)
	if err != nil {
		return usageError{err.Error()}
	}
	s, err := server.Listen(*addr)
	if err != nil {
		return listenError(*addr, err)
	}
	url := "http://" + s.Addr().String()
	local := s.Loopback()
	if local {
		if environment.SiteURL == "" {
			environment.SiteURL = url
		}
		environment.Open = environment.Open || environment.Token == ""
	}
	options := site.Options{BaseURL: environment.SiteURL, EditURL: upstream, ReportURL: environment.ReportURL, Changed: historyOf("kb").changed}
	if environment.Open { // a form cannot present a token
		options.FunctionURL = "/diagnose"
	}
	files := site.NewFiles()
	if _, err := site.Build(kb.Sources(), options, files); err != nil {
		return err
	}
	h := handler.New(handler.Config{
		Book:    kb.Book(),
		Token:   environment.Token,
		Open:    environment.Open,
		Local:   local,
		SiteURL: environment.SiteURL, ReportURL: environment.ReportURL,
		Site: &handler.Site{Files: files.Map(), Policy: site.PolicyOf},
		Log:  slog.New(slog.NewTextHandler(c.stderr, nil)),
	})
	fmt.Fprintf(c.stdout, "reasonbook is ready at %s\n", url)
	if warning := environment.Warning(); warning != "" {
		fmt.Fprintln(c.stderr, "reasonbook serve:", warning)
	}
	return s.Serve(h)
}

// listenError says why nothing can listen on an address, and what to do.
func listenError(addr string, err error) error {
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return fmt.Errorf("another program listens on %s: stop it, or choose another address with -addr; -addr 127.0.0.1:0 picks a free port", addr)
	case errors.Is(err, syscall.EACCES):
		return fmt.Errorf("this user may not listen on %s: choose another address with -addr, with a port from 1024 on", addr)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return fmt.Errorf("this machine does not have the address %s: choose another one with -addr; 0.0.0.0 stands for all that it has", addr)
	}
	return fmt.Errorf("%w; choose another address with -addr HOST:PORT", err)
}
