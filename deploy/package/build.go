package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// bootstrap starts the web function on SCF.
const bootstrap = "deploy/tencent/scf_bootstrap"

// buildAll builds every artefact, in the order in which they are listed.
func buildAll(progress io.Writer) ([]artefact, error) {
	tmp, err := os.MkdirTemp("", "reasonbook-package-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(tmp)

	// The program for SCF finds out for itself which kind of function it is.
	programs := map[string][]byte{}
	for _, p := range []struct{ name, arch, tags string }{
		{"lambda-arm64", "arm64", lambdaTags},
		{"lambda-amd64", "amd64", lambdaTags},
		{"scf", "amd64", "lambda.norpc"},
	} {
		if programs[p.name], err = function(filepath.Join(tmp, p.name), p.arch, p.tags, progress); err != nil {
			return nil, err
		}
	}
	start, err := os.ReadFile(bootstrap)
	if err != nil {
		return nil, err
	}
	pages, err := site(tmp, progress)
	if err != nil {
		return nil, err
	}

	var artefacts []artefact
	for _, content := range []struct {
		name  string
		files []file
	}{
		{"lambda-arm64.zip", []file{{"bootstrap", programs["lambda-arm64"], true}}},
		{"lambda-amd64.zip", []file{{"bootstrap", programs["lambda-amd64"], true}}},
		{"scf-event.zip", []file{{"main", programs["scf"], true}}},
		{"scf-web.zip", []file{{"scf_bootstrap", start, true}, {"diagnose", programs["scf"], true}}},
		{"site.zip", pages},
	} {
		data, err := zipped(content.files)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", content.name, err)
		}
		artefacts = append(artefacts, artefact{content.name, data})
	}
	return artefacts, nil
}

// lambdaTags leave out the RPC server of the retired runtime go1.x, and the
// hosts that are not Lambda. SCF's own library serves events there.
const lambdaTags = "lambda.norpc,lambdaonly"

// function returns the function built for Linux on a processor, as the file binary.
func function(binary, arch, tags string, progress io.Writer) ([]byte, error) {
	err := goCommand(progress, []string{"GOOS=linux", "GOARCH=" + arch},
		"build", "-trimpath", "-buildvcs=false",
		"-tags", tags,
		"-ldflags", "-s -w -buildid=",
		"-o", binary, "./functions/diagnose")
	if err != nil {
		return nil, err
	}
	return os.ReadFile(binary)
}

// site returns the pages of the site.
func site(tmp string, progress io.Writer) ([]file, error) {
	dir := filepath.Join(tmp, "site")
	if err := goCommand(progress, nil, "run", "./cmd/reasonbook", "build", "-out", dir); err != nil {
		return nil, err
	}
	pages, err := tree(os.DirFS(dir))
	if err != nil {
		return nil, fmt.Errorf("site: %w", err)
	}
	if len(pages) == 0 {
		return nil, errors.New("site: reasonbook build has written nothing")
	}
	return pages, nil
}

// settings keep the machine's own settings for Go out of what is built.
var settings = []string{
	"CGO_ENABLED=0",
	"GOAMD64=v1", "GOARM64=v8.0", // what every host has
	"GOFLAGS=-mod=readonly", // the default; an empty value would not override "go env -w"
	"GOFIPS140=off",
	"GOEXPERIMENT=", // no value means the default, so "go env -w" still counts
	"GOWORK=off",
}

// goCommand runs the go command. Its output becomes part of the error.
func goCommand(progress io.Writer, env []string, args ...string) error {
	fmt.Fprintln(progress, strings.Join(append(env, "go "+strings.Join(args, " ")), " "))
	var output bytes.Buffer
	cmd := exec.Command("go", args...)
	cmd.Env = append(append(os.Environ(), settings...), env...)
	cmd.Stdout, cmd.Stderr = &output, &output
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("go %s: %w\n%s", args[0], err, bytes.TrimSpace(output.Bytes()))
	}
	return nil
}
