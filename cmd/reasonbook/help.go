package main

import (
	"flag"
	"fmt"
	"io"
	"strings"

	"github.com/agext/levenshtein"
)

// What the commands' help says besides their details, which stand with them.
const (
	serveExit = `0 after Ctrl-C or SIGTERM, 1 if it cannot listen, be configured or finish the
requests under way, 2 a wrong call`
	serveExamples = `  reasonbook serve
  REASONBOOK_TOKEN=s3cret reasonbook serve -addr 0.0.0.0:8080
`
	explainExit     = `0 something matched, 1 nothing did, 2 a wrong call or input that cannot be read`
	explainExamples = `  kubectl describe pod cart-7d9f | reasonbook explain -lang ja
  reasonbook explain -o json app.log.gz
`
	lintExit     = `0 no faults, 1 faults or a folder that cannot be read, 2 a wrong call`
	lintExamples = `  reasonbook lint
  reasonbook lint ../our-kb
`
	buildExit     = `0 the site is written, 1 it is not, 2 a wrong call`
	buildExamples = `  reasonbook build -out public -base-url https://book.example.com
  reasonbook build -kb ../our-kb -out public
`
	newExit     = `0 the files are written, 1 they are not, 2 a wrong call`
	newExamples = `  reasonbook new -stage image my-new-entry
  reasonbook new -stage exit -kind state my-new-state
  reasonbook new -stage jvm -kb ../our-kb my-new-log
`
	versionExit     = `0, 2 a wrong call`
	versionExamples = `  reasonbook version
  reasonbook --version
`
)

// usage lists the commands.
func (c *invocation) usage(w io.Writer) {
	fmt.Fprint(w, "reasonbook explains why a container instance is not running.\n\nusage: reasonbook COMMAND [ARGUMENTS]\n\n")
	for _, command := range commands {
		fmt.Fprintf(w, "  %-8s %s\n", command.name, command.summary)
	}
	fmt.Fprint(w, "\n“reasonbook help COMMAND” explains a command.\n")
}

func (command *command) synopsis() string {
	return strings.TrimSpace("usage: reasonbook " + command.name + " " + command.arguments)
}

// help explains a command; flags are its own.
func (c *invocation) help(command command, flags *flag.FlagSet) {
	fmt.Fprintf(c.stdout, "%s\n\n%s", command.synopsis(), command.details)
	var defaults strings.Builder
	flags.SetOutput(&defaults)
	flags.PrintDefaults()
	if defaults.Len() > 0 {
		fmt.Fprintf(c.stdout, "\nFlags\n%s", &defaults)
	}
	fmt.Fprintf(c.stdout, "\nExit status\n  %s\n\nExamples\n%s", strings.ReplaceAll(command.exit, "\n", "\n  "), command.examples)
}

// nearestCommand returns the command that may have been meant, "" if none is
// spelt similarly.
func nearestCommand(name string) string {
	best, distance := "", 3 // more letters make another word
	for _, command := range commands {
		if d := levenshtein.Distance(strings.ToLower(name), command.name, nil); d < distance && d < len(command.name)-1 {
			best, distance = command.name, d
		}
	}
	return best
}
