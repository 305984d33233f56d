package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/reasonbook/reasonbook/internal/answer"
	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/config"
	"github.com/reasonbook/reasonbook/internal/diagnosis"
	"github.com/reasonbook/reasonbook/internal/handler"
	"github.com/reasonbook/reasonbook/internal/payload"
	"github.com/reasonbook/reasonbook/kb"
)

const explainDetails = `Diagnoses standard input or a file: a status, an Events table, a log, or any
payload that POST /diagnose takes.

  kubectl describe pod cart-7d9f | reasonbook explain -lang ja

Exit status: 0 something matched, 1 nothing did, 2 a wrong call or input that
cannot be read. Pages are linked to if REASONBOOK_SITE_URL says where the site is.
`

var formats = map[string]answer.Format{"text": answer.Text, "json": answer.JSON, "markdown": answer.Markdown}

func explain(c *invocation, flags *flag.FlagSet, args []string) error {
	lang := flags.String("lang", localeLanguage(), "`language` of the answer: "+languages)
	format := flags.String("o", "text", "`format` of the answer: text, json or markdown")
	rest, err := parse(flags, args, 1)
	if err != nil {
		return err
	}
	if err := oneOf("-lang", *lang, "en", "ja", "zh"); err != nil {
		return err
	}
	if err := oneOf("-o", *format, "text", "json", "markdown"); err != nil {
		return err
	}
	environment, err := config.Read(os.Getenv)
	if err != nil {
		return usageError{err.Error()}
	}
	input := c.stdin
	if len(rest) == 1 && rest[0] != "-" {
		file, err := os.Open(rest[0])
		if err != nil {
			return c.unreadable(err)
		}
		defer file.Close()
		input = file
	} else if isTerminal(c.stdin) {
		fmt.Fprintln(c.stderr, "reasonbook explain: paste the text, then press Ctrl-D")
	}
	body, err := io.ReadAll(io.LimitReader(input, handler.MaxBody+1))
	switch {
	case err != nil:
		return c.unreadable(err)
	case len(body) > handler.MaxBody:
		return c.unreadable(fmt.Errorf("the input is larger than %d MiB", handler.MaxBody>>20))
	}
	cases, err := payload.Read(body, "")
	var refused *payload.Error
	if errors.As(err, &refused) {
		return c.unreadable(errors.New(refused.Detail))
	}
	b := kb.Book()
	l, _ := book.LanguageOf(*lang)
	list := diagnosis.Of(b, cases)
	w := answer.Writer{Book: b, SiteURL: cmp.Or(environment.SiteURL, "/")}
	out, err := w.Write(list, formats[*format], l)
	if err != nil {
		return err
	}
	if _, err := c.stdout.Write(out); err != nil {
		return err
	}
	if !slices.ContainsFunc(list, func(d diagnosis.Diagnosis) bool { return len(d.Matches) > 0 }) {
		return status(1)
	}
	return nil
}

// unreadable reports input that cannot be read, which is exit status 2.
func (c *invocation) unreadable(err error) error {
	fmt.Fprintf(c.stderr, "reasonbook explain: %v\n", err)
	return status(2)
}

// localeLanguage returns the language of the user's locale, English if the
// book does not have it.
func localeLanguage() string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := os.Getenv(name); value != "" {
			tag, _, _ := strings.Cut(value, "_")
			if _, ok := book.LanguageOf(tag); ok {
				return tag
			}
			break
		}
	}
	return book.English.String()
}

func isTerminal(r io.Reader) bool {
	file, ok := r.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
