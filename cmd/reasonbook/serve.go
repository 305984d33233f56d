package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"os"
	"syscall"

	"github.com/reasonbook/reasonbook/internal/handler"
	"github.com/reasonbook/reasonbook/internal/server"
	"github.com/reasonbook/reasonbook/kb"
	"github.com/reasonbook/reasonbook/site"
)

const serveDetails = `Serves POST /diagnose, GET /healthz, /openapi.json and /kb.json, and the site at /.
The first line of the output ends with the address. Ctrl-C or SIGTERM ends it
after the requests under way are finished.

On a loopback address everybody may call. On any other one callers of POST
/diagnose need the token in REASONBOOK_TOKEN, unless REASONBOOK_AUTH is "none".
`

func serve(c *invocation, flags *flag.FlagSet, args []string) error {
	addr := flags.String("addr", "127.0.0.1:8080", "`address` to listen on; port 0 picks a free one")
	if _, err := parse(flags, args, 0); err != nil {
		return err
	}
	auth := os.Getenv("REASONBOOK_AUTH")
	if err := oneOf("REASONBOOK_AUTH", auth, "", "none"); err != nil {
		return err
	}
	l, err := net.Listen("tcp", *addr)
	if err != nil {
		return listenError(*addr, err)
	}
	url := "http://" + l.Addr().String()
	siteURL := os.Getenv("REASONBOOK_SITE_URL")
	if siteURL == "" && server.Loopback(l) {
		siteURL = url
	}
	open := auth == "none" || server.Loopback(l)
	options := site.Options{BaseURL: siteURL, EditURL: upstream, Changed: changes("kb")}
	if open { // a form cannot present a token
		options.FunctionURL = "/diagnose"
	}
	files := site.NewFiles()
	if _, err := site.Build(kb.Sources(), options, files); err != nil {
		return err
	}
	config := handler.Config{
		Book:    kb.Book(),
		Token:   os.Getenv("REASONBOOK_TOKEN"),
		Open:    open,
		SiteURL: siteURL,
		Site:    &handler.Site{Files: files.Map(), Policy: site.PolicyOf},
		Log:     slog.New(slog.NewTextHandler(c.stderr, nil)),
	}
	fmt.Fprintf(c.stdout, "reasonbook is ready at %s\n", url)
	if !config.Open && config.Token == "" {
		fmt.Fprintln(c.stderr, "reasonbook serve: POST /diagnose refuses everybody: set REASONBOOK_TOKEN, or REASONBOOK_AUTH=none")
	}
	return server.Serve(context.Background(), l, handler.New(config))
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
