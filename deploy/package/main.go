// Command package builds what is deployed, into dist/:
//
//	lambda-arm64.zip  AWS Lambda, runtime provided.al2023: bootstrap
//	lambda-amd64.zip  the same for x86_64
//	scf-event.zip     Tencent SCF, event function, runtime Go1: main
//	scf-web.zip       Tencent SCF, web function: scf_bootstrap, diagnose
//	site.zip          the static site
//	SHA256SUMS        their checksums, for sha256sum -c
//
// The same commit and the same Go version give the same bytes: no path, no time
// and no variable such as GOFLAGS or GOAMD64 gets into an artefact. The folder
// is replaced at once, when everything has been built: whatever happens before,
// it is as it was. Files in it that are no artefacts are kept.
package main

import (
	"context"
	"crypto/sha256"
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

	"golang.org/x/mod/modfile"

	"github.com/reasonbook/reasonbook/internal/replace"
)

// module is the module whose root this command has to be run from.
const module = "github.com/reasonbook/reasonbook"

const usage = `usage: go run ./deploy/package [-out DIR]

Builds the zips for AWS Lambda and Tencent SCF, the static site and SHA256SUMS.
Run it from the root of the repository. The same commit and the same Go version
give the same bytes.

`

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// run runs a command line and returns the exit status: 0, 1 for a failure,
// 2 for a wrong call.
func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("package", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	out := flags.String("out", "dist", "`folder` to write to")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(stdout, usage)
		flags.SetOutput(stdout)
		flags.PrintDefaults()
		return 0
	case err != nil:
		fmt.Fprintf(stderr, "package: %v\n%s", err, usage)
		return 2
	case flags.NArg() > 0:
		fmt.Fprintf(stderr, "package: unexpected argument %q\n%s", flags.Arg(0), usage)
		return 2
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := dist(ctx, *out, stdout, stderr); err != nil {
		fmt.Fprintln(stderr, "package:", err)
		return 1
	}
	return 0
}

// content says which folders are replaced.
var content = replace.Content{
	Name:   "folder of artefacts",
	Marker: "SHA256SUMS",
	Owns: func(name string) bool {
		switch name {
		case "lambda-arm64.zip", "lambda-amd64.zip", "scf-event.zip", "scf-web.zip", "site.zip", "SHA256SUMS":
			return true
		}
		return false
	},
}

// dist builds every artefact, writes them to out and prints a line for each.
func dist(ctx context.Context, out string, stdout, progress io.Writer) (err error) {
	if err := checkRoot(); err != nil {
		return err
	}
	folder, err := replace.NewFolder(out, content)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, folder.Discard()) }()
	artefacts, err := buildAll(ctx, progress)
	if err != nil {
		return err
	}
	artefacts = append(artefacts, artefact{"SHA256SUMS", checksums(artefacts)})
	for _, a := range artefacts {
		if err := folder.WriteFile(a.name, a.data); err != nil {
			return err
		}
	}
	if ctx.Err() != nil {
		return fmt.Errorf("stopped; %s is as it was", out)
	}
	if err := folder.Commit(); err != nil {
		return err
	}
	for _, a := range artefacts {
		fmt.Fprintf(stdout, "%10d  %s\n", len(a.data), filepath.Join(out, a.name))
	}
	return nil
}

// checkRoot returns an error unless the working directory is the module's root.
func checkRoot() error {
	data, err := os.ReadFile("go.mod")
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if modfile.ModulePath(data) != module {
		return fmt.Errorf("there is no go.mod of %s here; run this from the root of the repository", module)
	}
	return nil
}

// An artefact is a file to write.
type artefact struct {
	name string
	data []byte
}

// checksums returns the SHA256SUMS of artefacts, sorted by name.
func checksums(artefacts []artefact) []byte {
	var lines []string
	for _, a := range artefacts {
		lines = append(lines, fmt.Sprintf("%x  %s\n", sha256.Sum256(a.data), a.name))
	}
	slices.SortFunc(lines, func(a, b string) int {
		return strings.Compare(a[2*sha256.Size:], b[2*sha256.Size:])
	})
	return []byte(strings.Join(lines, ""))
}
