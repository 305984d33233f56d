package main

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"os"

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
		return fmt.Errorf("%w; choose another address with -addr", err)
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
