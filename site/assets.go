package site

import (
	"bytes"
	"embed"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"path"
	"strings"
	"sync"

	"github.com/evanw/esbuild/pkg/api"
	"github.com/klauspost/compress/gzip"

	"github.com/reasonbook/reasonbook/site/card"
)

//go:embed assets
var assetFiles embed.FS

//go:generate go run ./matcher/generate

// The matcher for browsers, compiled and compressed by "go generate ./site".
var (
	//go:embed matcher/matcher.wasm.br
	matcherBrotli []byte
	//go:embed matcher/matcher.wasm.gz
	matcherGzip []byte
)

// scripts are the bundles that pages load, made of the modules in assets/js:
// early.js before anything is shown, site.js after that, searchbox.js when the
// search is used, and ask.js and matcher.js when a text is pasted.
var scripts = []string{"early.js", "site.js", "searchbox.js", "ask.js", "matcher.js"}

// assets writes what the pages load, and the image of the site itself.
func (b *builder) assets() error {
	bundled, err := bundles()
	if err != nil {
		return err
	}
	for name, content := range bundled.files {
		if err := b.out.WriteFile("assets/"+name, content); err != nil {
			return err
		}
	}
	for _, file := range bundled.offline {
		if err := b.offline.add(file); err != nil {
			return err
		}
	}
	if b.BaseURL == "" {
		return nil
	}
	return b.out.WriteFile("assets/card.png", card.Draw(nil, card.Card{Text: "Why is it not running?"}))
}

// A bundle is the files in assets/ that depend on nothing but the program.
type bundle struct {
	files   map[string][]byte
	offline []packed // those that the archive has too
}

// bundles returns the bundle.
var bundles = sync.OnceValues(func() (*bundle, error) {
	files := map[string][]byte{}
	wasm, err := unzip(matcherGzip)
	if err != nil {
		return nil, fmt.Errorf("matcher.wasm.gz: %w", err)
	}
	files["matcher.wasm"], files["matcher.wasm.br"], files["matcher.wasm.gz"] = wasm, matcherBrotli, matcherGzip
	// In a folder, where browsers fetch no files, it comes as a script.
	const before, after = `(globalThis.reasonbookData??={}).matcher="`, "\"\n"
	script := make([]byte, 0, len(before)+base64.StdEncoding.EncodedLen(len(matcherGzip))+len(after))
	files["matcher.wasm.js"] = append(base64.StdEncoding.AppendEncode(append(script, before...), matcherGzip), after...)
	if files["icon.svg"], err = assetFiles.ReadFile("assets/icon.svg"); err != nil {
		return nil, err
	}
	for _, name := range append([]string{"site.css"}, scripts...) {
		if files[name], err = minified(name); err != nil {
			return nil, err
		}
	}
	b := &bundle{files: files}
	for _, name := range append([]string{"site.css", "icon.svg", "matcher.wasm.js"}, scripts...) {
		b.offline = append(b.offline, pack("assets/"+name, files[name]).kept())
	}
	return b, nil
})

// unzip returns what a gzip file holds.
func unzip(zipped []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(zipped))
	if err != nil {
		return nil, err
	}
	var content bytes.Buffer
	// Its size stands at the end of the file (RFC 1952).
	content.Grow(int(binary.LittleEndian.Uint32(zipped[len(zipped)-4:])) + bytes.MinRead)
	_, err = content.ReadFrom(r)
	return content.Bytes(), err
}

// minified returns a style sheet or a script with all that it imports, minified.
func minified(name string) ([]byte, error) {
	entryPoint := "assets/css/" + name
	if path.Ext(name) == ".js" {
		entryPoint = "assets/js/" + name
	}
	result := api.Build(api.BuildOptions{
		EntryPoints: []string{entryPoint}, Bundle: true, Charset: api.CharsetUTF8,
		Format: api.FormatIIFE, Target: api.ES2022,
		MinifyWhitespace: true, MinifyIdentifiers: true, MinifySyntax: true,
		Plugins: []api.Plugin{embedded},
		// Browsers know light-dark() and nesting longer than this site exists.
		Supported: map[string]bool{"nesting": true},
	})
	if len(result.Errors) > 0 {
		var errs []error
		for _, text := range api.FormatMessages(result.Errors, api.FormatMessagesOptions{}) {
			errs = append(errs, errors.New(strings.TrimSpace(text)))
		}
		return nil, errors.Join(errs...)
	}
	return result.OutputFiles[0].Contents, nil
}

// embedded lets the bundler read assetFiles instead of a disk.
var embedded = api.Plugin{Name: "embedded", Setup: func(build api.PluginBuild) {
	build.OnResolve(api.OnResolveOptions{Filter: ".*"}, func(args api.OnResolveArgs) (api.OnResolveResult, error) {
		name := args.Path
		if args.Importer != "" {
			name = path.Join(path.Dir(args.Importer), args.Path)
		}
		return api.OnResolveResult{Path: path.Clean(name), Namespace: "assets"}, nil
	})
	build.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: "assets"}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
		source, err := assetFiles.ReadFile(args.Path)
		content := string(source)
		loader := api.LoaderJS
		if path.Ext(args.Path) == ".css" {
			loader = api.LoaderCSS
		}
		return api.OnLoadResult{Contents: &content, Loader: loader}, err
	})
}}
