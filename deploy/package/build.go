package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// bootstrap starts the web function on SCF.
const bootstrap = "deploy/tencent/scf_bootstrap"

// buildAll builds every artefact, in the order in which they are listed.
func buildAll(ctx context.Context, progress io.Writer) ([]artefact, error) {
	tmp, err := os.MkdirTemp("", "reasonbook-package-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(tmp)

	arm64, err := function(ctx, tmp, "arm64", progress)
	if err != nil {
		return nil, err
	}
	amd64, err := function(ctx, tmp, "amd64", progress)
	if err != nil {
		return nil, err
	}
	start, err := os.ReadFile(bootstrap)
	if err != nil {
		return nil, err
	}
	pages, err := site(ctx, tmp, progress)
	if err != nil {
		return nil, err
	}

	// The program finds out for itself which host has started it: all of them
	// get the same.
	var artefacts []artefact
	for _, content := range []struct {
		name  string
		files []file
	}{
		{"lambda-arm64.zip", []file{{"bootstrap", arm64, true}}},
		{"lambda-amd64.zip", []file{{"bootstrap", amd64, true}}},
		{"scf-event.zip", []file{{"main", amd64, true}}},
		{"scf-web.zip", []file{{"scf_bootstrap", start, true}, {"diagnose", amd64, true}}},
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

// function returns the function built for Linux on a processor.
func function(ctx context.Context, tmp, arch string, progress io.Writer) ([]byte, error) {
	binary := filepath.Join(tmp, "diagnose-"+arch)
	err := command(ctx, progress, []string{"GOOS=linux", "GOARCH=" + arch},
		"go", "build", "-trimpath", "-buildvcs=false",
		// Leaves out the RPC server of the retired runtime go1.x; SCF has its own.
		"-tags", "lambda.norpc",
		"-ldflags", "-s -w -buildid=",
		"-o", binary, "./functions/diagnose")
	if err != nil {
		return nil, err
	}
	return os.ReadFile(binary)
}

// site returns the pages of the site.
func site(ctx context.Context, tmp string, progress io.Writer) ([]file, error) {
	dir, program := filepath.Join(tmp, "site"), filepath.Join(tmp, "reasonbook")
	// Not by "go run", which would not pass on that it has to stop.
	if err := command(ctx, progress, nil, "go", "build", "-o", program, "./cmd/reasonbook"); err != nil {
		return nil, err
	}
	if err := command(ctx, progress, nil, program, "build", "-out", dir); err != nil {
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

// command runs a program until ctx ends. Its output becomes part of the error.
func command(ctx context.Context, progress io.Writer, env []string, name string, args ...string) error {
	short := filepath.Base(name)
	fmt.Fprintln(progress, strings.Join(append(append(env, short), args...), " "))
	var output bytes.Buffer
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 5 * time.Second
	cmd.Env = append(append(os.Environ(), settings...), env...)
	cmd.Stdout, cmd.Stderr = &output, &output
	if err := cmd.Run(); ctx.Err() != nil {
		return errors.New("stopped")
	} else if err != nil {
		return fmt.Errorf("%s %s: %w\n%s", short, args[0], err, bytes.TrimSpace(output.Bytes()))
	}
	return nil
}
