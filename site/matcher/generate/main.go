// Command generate compiles the matcher to WebAssembly, as the site carries it:
// matcher/matcher.wasm.br, with the Go version and the sources that it was made
// of in matcher/matcher.sum, and the script that starts it from that version of
// Go. Run it as "go generate ./site".
package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/andybalholm/brotli"

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
	var out bytes.Buffer
	w := brotli.NewWriterOptions(&out, brotli.WriterOptions{Quality: brotli.BestCompression, LGWin: 22})
	if _, err := w.Write(wasm); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
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
		"matcher/matcher.wasm.br": out.Bytes(), "matcher/matcher.sum": []byte(sum), "assets/js/wasm_exec.js": script,
	} {
		if err := os.WriteFile(name, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}
