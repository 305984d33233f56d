package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/entry"
	"github.com/reasonbook/reasonbook/internal/replace"
	"github.com/reasonbook/reasonbook/kb"
	"github.com/reasonbook/reasonbook/site"
)

const lintDetails = `Checks the knowledge base in DIR (default kb): the form of every file, links,
placeholders, commands, that the three languages agree and hold to GLOSSARY.md,
and every example against the whole book. Prints every fault with file and line.
`

func lint(c *invocation, flags *flag.FlagSet, args []string) error {
	rest, err := parse(flags, args, 1)
	if err != nil {
		return err
	}
	dir := "kb"
	if len(rest) == 1 {
		dir = rest[0]
	}
	sources, err := entry.Dir(dir)
	if err != nil {
		return err
	}
	entries, err := entry.Load(sources)
	var faults entry.Faults
	if errors.As(err, &faults) {
		for _, f := range faults {
			f.File = filepath.Join(dir, filepath.FromSlash(f.File))
			fmt.Fprintln(c.stdout, f)
		}
		fmt.Fprintf(c.stderr, "reasonbook lint: %s\n", counted(faults))
		return status(1)
	} else if err != nil {
		return fmt.Errorf("%s: %w", dir, err)
	}
	fmt.Fprintf(c.stderr, "reasonbook lint: %d entries, no faults\n", len(entries))
	return nil
}

const buildDetails = `Writes the static site of a knowledge base. It takes the place of an earlier
one at once, when all of it is written: if the build fails or is stopped, the
earlier one is as it was. Files that no site has, such as CNAME, are kept. A
folder that holds other things but no site is left alone.

Dates of changes come from the Git repository that the knowledge base is in;
for the one built in, from the folder kb below the current one if it is there.
`

// upstream is where the pages of the knowledge base that is built in are edited.
const upstream = "https://github.com/reasonbook/reasonbook/edit/main/kb/"

func build(c *invocation, flags *flag.FlagSet, args []string) error {
	dir := flags.String("kb", "", "`folder` of the knowledge base (default: the one built in)")
	out := flags.String("out", filepath.Join("site", "public"), "`folder` to write to")
	baseURL := flags.String("base-url", "", "`address` that the site will have, for canonical links, link previews, sitemap and feeds")
	functionURL := flags.String("function-url", "", "`address` of POST /diagnose, for the form in browsers without JavaScript")
	editURL := flags.String("edit-url", "", "`address` that “<stage>/<id>/<language>.md” is appended to for the links that edit a page")
	reportURL := flags.String("report-url", "", "`address` at which messages without an entry are reported, such as https://host/path?body={text}; {text} is the message")
	if _, err := parse(flags, args, 0); err != nil {
		return err
	}
	if *out == "" {
		return usageError{"-out is empty; it names the folder to write to"}
	}
	sources, folder, options := kb.Sources(), "kb", site.Options{EditURL: upstream}
	if *dir != "" {
		if info, err := os.Stat(*dir); err != nil || !info.IsDir() {
			return fmt.Errorf("there is no folder %s", *dir)
		}
		var err error
		if sources, err = entry.Dir(*dir); err != nil {
			return err
		}
		folder, options = *dir, site.Options{}
	}
	history := historyOf(folder)
	options.Changed = history.changed
	options.BaseURL, options.FunctionURL, options.ReportURL = *baseURL, *functionURL, *reportURL
	if *editURL != "" {
		options.EditURL = *editURL
	}
	options.Progress = progress(c.stderr)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	n, err := site.BuildFolder(ctx, sources, options, *out)
	var faults entry.Faults
	if errors.As(err, &faults) {
		for _, f := range faults {
			fmt.Fprintln(c.stderr, f)
		}
		return fmt.Errorf("%s in the knowledge base; nothing was written", counted(faults))
	} else if err != nil {
		return err
	}
	fmt.Fprintf(c.stderr, "reasonbook build: %d entries in %d languages in %s\n", n, len(book.Languages), *out)
	if !history.known() {
		fmt.Fprintln(c.stderr, "reasonbook build: without the whole Git history of the knowledge base there are no dates of changes and no feeds")
	}
	if *baseURL == "" {
		fmt.Fprintln(c.stderr, "reasonbook build: without -base-url there are no canonical links, link previews, sitemap and feeds")
	}
	return nil
}

// progress returns a function that reports how far long work is, every few
// seconds.
func progress(w io.Writer) func(done, all int) {
	last := time.Now()
	return func(done, all int) {
		if time.Since(last) > 2*time.Second {
			last = time.Now()
			fmt.Fprintf(w, "reasonbook build: %d of %d entries\n", done, all)
		}
	}
}

const newDetails = `Writes the files of a new entry, every place to fill in marked. kb/README.md
says how to fill them in.
`

func scaffold(c *invocation, flags *flag.FlagSet, args []string) error {
	dir := flags.String("kb", "kb", "`folder` of the knowledge base")
	stage := flags.String("stage", "", "`stage` of the entry, such as image or jvm")
	kind := flags.String("kind", "", "`kind` of the entry: state, cause or log (default: log in the stages of logs, else cause)")
	rest, err := parse(flags, args, 1)
	if err != nil {
		return err
	}
	if !slices.Contains(book.Stages, book.Stage(*stage)) {
		return usageError{fmt.Sprintf("-stage is one of %s", joined(book.Stages))}
	}
	if *kind == "" {
		*kind = string(book.Cause)
		if book.Stage(*stage).OfLog() {
			*kind = string(book.Log)
		}
	}
	if err := oneOf("-kind", *kind, string(book.State), string(book.Cause), string(book.Log)); err != nil {
		return err
	}
	if len(rest) == 0 {
		return usageError{"the id of the new entry is missing"}
	}
	id := rest[0]
	if !book.IsID(id) {
		return usageError{fmt.Sprintf("%q is no id: small letters, digits and single hyphens", id)}
	}
	if info, err := os.Stat(*dir); err != nil || !info.IsDir() {
		return fmt.Errorf("there is no folder %s; run this in the root of the repository, or use -kb", *dir)
	}
	path := filepath.Join(*dir, *stage, id)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	folder, err := replace.NewFolder(path, replace.Content{})
	if err != nil {
		return err
	}
	defer folder.Discard()
	for name, content := range entry.Scaffold(book.Kind(*kind)) {
		if err := folder.WriteFile(name, []byte(content)); err != nil {
			return err
		}
	}
	if err := folder.Commit(); err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "%s is made. Fill it in (kb/README.md says how), then run: reasonbook lint %s\n", path, *dir)
	return nil
}

// joined returns the stages as a list to read.
func joined(stages []book.Stage) string {
	names := make([]string, len(stages))
	for i, stage := range stages {
		names[i] = string(stage)
	}
	return strings.Join(names, ", ")
}

// counted says how many faults there are.
func counted(faults entry.Faults) string {
	if len(faults) == 1 {
		return "1 fault"
	}
	return fmt.Sprintf("%d faults", len(faults))
}
