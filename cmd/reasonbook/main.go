// Command reasonbook explains why a container instance is not running, from
// the knowledge base that it carries, and tends that knowledge base.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
)

// A command is one of the subcommands.
type command struct {
	name, arguments, summary string
	details                  string // what it reads and does
	exit                     string // its exit statuses
	examples                 string // two command lines, indented
	// run does the work; it defines its flags on the set and parses args.
	run func(c *invocation, flags *flag.FlagSet, args []string) error
}

var commands = []command{
	{"serve", "[-addr HOST:PORT]", "serve the function and the site", serveDetails, serveExit, serveExamples, serve},
	{"explain", "[-lang LANGUAGE] [-o FORMAT] [FILE]", "diagnose a text, a log or a payload", explainDetails, explainExit, explainExamples, explain},
	{"lint", "[DIR]", "check a knowledge base", lintDetails, lintExit, lintExamples, lint},
	{"build", "[-kb DIR] [-out DIR] [-base-url URL]", "write the static site", buildDetails, buildExit, buildExamples, build},
	{"new", "-stage STAGE [-kind KIND] [-kb DIR] ID", "scaffold an entry of the knowledge base", newDetails, newExit, newExamples, scaffold},
	{"version", "", "print which reasonbook this is", versionDetails, versionExit, versionExamples, version},
}

// An invocation is what a command may use of the process it runs in.
type invocation struct {
	stdin          io.Reader
	stdout, stderr io.Writer
}

// usageError is an error in how a command was called.
type usageError struct{ message string }

func (e usageError) Error() string { return e.message }

// status is an exit status that needs no further word.
type status int

func (s status) Error() string { return fmt.Sprintf("exit status %d", int(s)) }

func main() {
	c := &invocation{os.Stdin, os.Stdout, os.Stderr}
	os.Exit(c.run(os.Args[1:]))
}

// run runs a command line and returns the exit status: 0, 1 for a failure,
// 2 for a wrong call.
func (c *invocation) run(args []string) int {
	if len(args) == 0 {
		c.usage(c.stderr)
		return 2
	}
	name, rest := args[0], args[1:]
	switch name {
	case "help", "-h", "-help", "--help":
		if len(rest) == 0 {
			c.usage(c.stdout)
			return 0
		}
		name, rest = rest[0], []string{"-help"}
	case "-version", "--version":
		name = "version"
	}
	for _, command := range commands {
		if command.name == name {
			return c.runCommand(command, rest)
		}
	}
	hint := "“reasonbook help” lists the commands"
	if near := nearestCommand(name); near != "" {
		hint = fmt.Sprintf("did you mean %q? %s", near, hint)
	}
	fmt.Fprintf(c.stderr, "reasonbook: there is no command %q; %s\n", name, hint)
	return 2
}

func (c *invocation) runCommand(command command, args []string) int {
	flags := flag.NewFlagSet(command.name, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.Usage = func() {}
	err := command.run(c, flags, args)
	var usage usageError
	var code status
	switch {
	case err == nil:
		return 0
	case errors.Is(err, flag.ErrHelp):
		c.help(command, flags)
		return 0
	case errors.As(err, &code):
		return int(code)
	case errors.As(err, &usage):
		fmt.Fprintf(c.stderr, "reasonbook %s: %v\n%s\n", command.name, err, command.synopsis())
		return 2
	}
	fmt.Fprintf(c.stderr, "reasonbook %s: %v\n", command.name, err)
	return 1
}

// parse parses a command's arguments and returns those that are no flags, at
// most limit of them.
func parse(flags *flag.FlagSet, args []string, limit int) ([]string, error) {
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return nil, err
	} else if err != nil {
		return nil, usageError{err.Error()}
	}
	if flags.NArg() > limit {
		return nil, usageError{fmt.Sprintf("unexpected argument %q; flags stand before it", flags.Arg(limit))}
	}
	return flags.Args(), nil
}

// languages lists the languages for help texts.
const languages = "en, ja or zh"

// oneOf reports an error if value is none of the list.
func oneOf(name, value string, list ...string) error {
	for _, v := range list {
		if v == value {
			return nil
		}
	}
	return usageError{fmt.Sprintf("%s is %q; it can be %s", name, value, strings.Join(list, ", "))}
}
