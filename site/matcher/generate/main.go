// Command generate compiles the matcher to WebAssembly, as the site carries it:
// matcher/matcher.wasm.br and .gz, with the Go version and the sources that it
// was made of in matcher/matcher.sum, and the script that starts it from that
// version of Go. Run it as "go generate ./site".
package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"

	"github.com/reasonbook/reasonbook/internal/replace"
	"github.com/reasonbook/reasonbook/site/matcher/sources"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func run() error {
	wasm, err := sources.Compile()
	if err != nil {
		return err
	}
	brotlied, err := compressed(wasm, func(out io.Writer) (io.WriteCloser, error) {
		return brotli.NewWriterOptions(out, brotli.WriterOptions{Quality: brotli.BestCompression, LGWin: 22}), nil
	})
	if err != nil {
		return err
	}
	gzipped, err := compressed(wasm, func(out io.Writer) (io.WriteCloser, error) {
		return gzip.NewWriterLevel(out, gzip.BestCompression)
	})
	if err != nil {
		return err
	}
	sum, err := sources.Sum()
	if err != nil {
		return err
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return err
	}
	script, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		return err
	}
	for name, content := range map[string][]byte{
		"matcher/matcher.wasm.br": brotlied, "matcher/matcher.wasm.gz": gzipped,
		"matcher/matcher.sum": []byte(sum), "assets/js/wasm_exec.js": script,
	} {
		if err := replace.File(name, content); err != nil {
			return err
		}
	}
	return nil
}

func compressed(content []byte, compressor func(io.Writer) (io.WriteCloser, error)) ([]byte, error) {
	var out bytes.Buffer
	w, err := compressor(&out)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(content); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
