package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"syscall"

	"golang.org/x/term"

	"github.com/reasonbook/reasonbook/internal/answer"
	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/charset"
	"github.com/reasonbook/reasonbook/internal/config"
	"github.com/reasonbook/reasonbook/internal/diagnosis"
	"github.com/reasonbook/reasonbook/internal/handler"
	"github.com/reasonbook/reasonbook/internal/payload"
	"github.com/reasonbook/reasonbook/kb"
)

const explainDetails = `Diagnoses standard input or a file: a status, an Events table, a log, or any
payload that POST /diagnose takes. Text, and Lists, arrays and sequences of JSON
objects may have any size: they are read as a stream, in a memory that does not
grow with them, and on a terminal it says how far it is. An item of a list, or
a payload of another form, may have 6 MiB. A List that is damaged or cut off is
read as far as it can be; what cannot be read is named with its place.

Of a list, up to 20,000 instances that are not healthy are explained; the others
are counted. An Event belongs to its object wherever the two stand, if no more
than 20,000 other healthy objects stand between them.

UTF-16 is decoded and gzip unpacked, unless that is more than 64 MiB and 100
times its size; other encodings than UTF-8 are named in the error, with the
command that converts them.

The language is -lang, else that of the locale (LANGUAGE, LC_ALL, LC_MESSAGES,
LANG), else English. Pages are linked to if REASONBOOK_SITE_URL says where the
site is.
`

var formats = map[string]answer.Format{"text": answer.Text, "json": answer.JSON, "markdown": answer.Markdown}

func explain(c *invocation, flags *flag.FlagSet, args []string) error {
	lang := flags.String("lang", localeLanguage(os.Getenv), "`language` of the answer: "+languages)
	format := flags.String("o", "text", "`format` of the answer: text, json or markdown")
	why := flags.Bool("why", false, "add what counted for and against each match, and what was found and does not count")
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
	l, _ := book.LanguageOf(*lang)
	input := c.stdin
	prompted := false
	if len(rest) == 1 && rest[0] != "-" {
		file, err := os.Open(rest[0])
		if err != nil {
			return c.unreadable(err, l)
		}
		defer file.Close()
		input = file
	} else if isTerminal(c.stdin) {
		fmt.Fprintln(c.stderr, "reasonbook explain: "+inputWords[l].prompt)
		prompted = true
	}
	shown := func() {}
	if isTerminal(c.stderr) && !prompted {
		input, shown = showProgress(c.stderr, input, &inputWords[l])
	}
	b := kb.Book()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	list, err := diagnose(ctx, b, input)
	shown()
	switch {
	case ctx.Err() != nil:
		return status(128 + int(syscall.SIGINT))
	case err != nil:
		return c.unreadable(err, l)
	}
	w := answer.Writer{Book: b, SiteURL: cmp.Or(environment.SiteURL, "/"), ReportURL: environment.ReportURL, Why: *why}
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

// errLargeJSON reports JSON that is no list and larger than what is read at once.
var errLargeJSON = errors.New("the JSON is too large")

// diagnose diagnoses what it reads: like the function what the function would
// take, and as a stream what is larger: lists and objects of Kubernetes item by
// item, and text. It does not wait for input once ctx is done.
func diagnose(ctx context.Context, b *book.Book, input io.Reader) ([]diagnosis.Diagnosis, error) {
	type result struct {
		list []diagnosis.Diagnosis
		err  error
	}
	done := make(chan result, 1)
	go func() {
		list, err := diagnoseAll(ctx, b, input)
		done <- result{list, err}
	}()
	select {
	case r := <-done:
		return r.list, r.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func diagnoseAll(ctx context.Context, b *book.Book, input io.Reader) ([]diagnosis.Diagnosis, error) {
	input, err := decoded(input)
	if err != nil {
		return nil, err
	}
	head, err := io.ReadAll(io.LimitReader(input, handler.MaxBody+1))
	if err != nil {
		return nil, err
	}
	if len(head) <= handler.MaxBody {
		if form := charset.Guess(head); form.Kind != charset.Text {
			return nil, &charset.Error{Form: form}
		}
	}
	all := io.MultiReader(bytes.NewReader(head), input)
	switch large, list := len(head) > handler.MaxBody, payload.IsStream(head); {
	case list && (large || !json.Valid(head)):
		cases, refused, err := payload.ReadStream(all)
		if err != nil {
			return nil, err
		}
		if refused == nil {
			return diagnosis.Of(ctx, b, cases)
		}
		if large {
			return nil, refused
		}
	case large && isJSON(head):
		return nil, errLargeJSON
	case large:
		return diagnosis.Stream(ctx, b, all)
	}
	cases, refused := payload.Read(head, "")
	if refused != nil {
		return nil, refused
	}
	return diagnosis.Of(ctx, b, cases)
}

// isJSON reports whether head is the beginning of one JSON value, and not of
// text in brackets or of a log with an object in each line.
func isJSON(head []byte) bool {
	head = bytes.TrimSpace(head)
	if len(head) == 0 || head[0] != '{' && head[0] != '[' {
		return false
	}
	var first json.RawMessage
	return errors.Is(json.NewDecoder(bytes.NewReader(head)).Decode(&first), io.ErrUnexpectedEOF)
}

// unreadable reports input that cannot be read, which is exit status 2.
func (c *invocation) unreadable(err error, l book.Language) error {
	fmt.Fprintf(c.stderr, "reasonbook explain: %s\n", inputWords[l].of(err))
	return status(2)
}

// isTerminal reports whether a stream of the process is a terminal.
func isTerminal(stream any) bool {
	file, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}
