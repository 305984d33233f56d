package site

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"regexp"

	"github.com/reasonbook/reasonbook/internal/replace"
)

// folder says which folders [BuildFolder] replaces, and what in them is a
// site's: whatever this version or an earlier one wrote.
var folder = replace.Content{
	Name:   "site of reasonbook",
	Marker: "assets/patterns.js",
	Owns:   ownNames.MatchString,
}

var ownNames = regexp.MustCompile(`^(?:` +
	`(?:(?:en|ja|zh)/(?:[a-z0-9-]+/)*)?(?:index\.(?:html|md|json)|404\.html|feed\.xml)` +
	`|(?:kb|openapi|vercel|staticwebapp\.config)\.json|sitemap\.xml|robots\.txt|llms\.txt|_headers|_redirects|\.nojekyll` +
	`|reasonbook\.zip` +
	`|assets/(?:[a-z.]+\.(?:js|css|svg)|matcher\.wasm(?:\.js|\.br|\.gz)?|card\.png|cards/[a-z0-9-]+\.png|answers/(?:en|ja|zh)-[0-9]+\.js)` +
	`)$`)

// BuildFolder is [Build] into a folder. The site takes the place of the one
// that is there at once, when all of it is written; if anything fails, or ctx
// ends, that one is as it was. Files in the folder that no site has stay. A
// folder that holds files but no site is left alone, with an error.
func BuildFolder(ctx context.Context, fsys fs.FS, options Options, path string) (entries int, err error) {
	if err := options.check(); err != nil {
		return 0, err
	}
	out, err := replace.NewFolder(path, folder)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, out.Discard()) }()
	type result struct {
		entries int
		err     error
	}
	built := make(chan result, 1)
	go func() {
		entries, err := Build(fsys, options, out)
		built <- result{entries, err}
	}()
	select {
	case r := <-built:
		if r.err != nil {
			return 0, r.err
		}
		return r.entries, out.Commit()
	case <-ctx.Done():
		// What is being built comes to nothing at its next file.
		return 0, fmt.Errorf("stopped; %s is as it was", path)
	}
}
