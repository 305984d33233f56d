// Package sources compiles the matcher for browsers and tells what it is made
// of, so that a test can say whether the compiled one is up to date.
package sources

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

const (
	module  = "github.com/reasonbook/reasonbook"
	program = module + "/site/matcher"
)

// small keeps the compiler from inlining the functions of some packages. They are
// called for each line and each hit, or less often, so that their calls cost
// little, and copies of them weigh much: some 25 kB with brotli.
var small = []string{
	"-gcflags=" + module + "/internal/reading=-l", "-gcflags=" + module + "/internal/evidence=-l",
	"-gcflags=" + module + "/internal/statusword=-l", "-gcflags=time=-l", "-gcflags=strconv=-l", "-gcflags=sort=-l", "-gcflags=syscall/js=-l",
}

// Compile returns the matcher as WebAssembly.
func Compile() ([]byte, error) {
	dir, err := os.MkdirTemp("", "matcher")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	name := filepath.Join(dir, "matcher.wasm")
	args := append([]string{"build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w"}, small...)
	if _, err := goCommand(append(args, "-o", name, program)...); err != nil {
		return nil, err
	}
	return os.ReadFile(name)
}

// Sum returns a line with the version of Go, and one with the checksum of each
// file of this module that the matcher is compiled from.
func Sum() (string, error) {
	list, err := goCommand("list", "-deps", "-f", `{{range .GoFiles}}{{$.ImportPath}} {{$.Dir}} {{.}}{{"\n"}}{{end}}`, program)
	if err != nil {
		return "", err
	}
	var lines []string
	for line := range strings.Lines(list) {
		fields := strings.Fields(line)
		if len(fields) != 3 || !strings.HasPrefix(fields[0], module) {
			continue
		}
		content, err := os.ReadFile(filepath.Join(fields[1], fields[2]))
		if err != nil {
			return "", err
		}
		lines = append(lines, fmt.Sprintf("%x  %s/%s\n", sha256.Sum256(content), strings.TrimPrefix(fields[0], module+"/"), fields[2]))
	}
	slices.Sort(lines)
	return runtime.Version() + "\n" + strings.Join(lines, ""), nil
}

// goCommand runs the go command for a browser, whatever the user's settings are.
func goCommand(args ...string) (string, error) {
	cmd := exec.Command("go", args...)
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOFLAGS=", "GOEXPERIMENT=", "GOWASM=", "GOFIPS140=off", "GOWORK=off", "CGO_ENABLED=0")
	var errs strings.Builder
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("go %s: %w\n%s", args[0], err, errs.String())
	}
	return string(out), nil
}
