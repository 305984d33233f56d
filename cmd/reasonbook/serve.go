package main

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"os"

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
	l, err := net.Listen("tcp", *addr)
	if err != nil {
		return fmt.Errorf("%w; choose another address with -addr", err)
	}
	url := "http://" + l.Addr().String()
	local := server.Loopback(l)
	if local {
		if environment.SiteURL == "" {
			environment.SiteURL = url
		}
		environment.Open = environment.Open || environment.Token == ""
	}
	options := site.Options{BaseURL: environment.SiteURL, EditURL: upstream, Changed: changes("kb")}
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
		SiteURL: environment.SiteURL,
		Site:    &handler.Site{Files: files.Map(), Policy: site.PolicyOf},
		Log:     slog.New(slog.NewTextHandler(c.stderr, nil)),
	})
	fmt.Fprintf(c.stdout, "reasonbook is ready at %s\n", url)
	if warning := environment.Warning(); warning != "" {
		fmt.Fprintln(c.stderr, "reasonbook serve:", warning)
	}
	return server.Serve(context.Background(), l, h)
}
