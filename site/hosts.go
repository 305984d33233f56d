package site

import (
	"encoding/json"
	"errors"
	"regexp"
	"strings"

	"github.com/reasonbook/reasonbook/internal/book"
)

// header is a field that hosts add to every answer. The content security
// policy of a page stands in the page itself, and holds on hosts without such
// files too; what is here is what a page cannot say itself.
type header struct{ name, value string }

var headers = []header{
	{"Content-Security-Policy", "frame-ancestors 'none'"},
	{"X-Content-Type-Options", "nosniff"},
	{"Referrer-Policy", "no-referrer"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
}

// A redirect leads from one path to another.
type redirect struct{ from, to string }

// hosts writes the files that static hosts read: headers, redirects of
// retired ids, the page for addresses that do not exist.
func (b *builder) hosts() error {
	all, err := b.forPrograms()
	if err != nil {
		return err
	}
	root := b.rootPath()
	var headerLines, redirectLines strings.Builder
	headerLines.WriteString(root + "*\n")
	var vercelHeaders []map[string]string
	global := map[string]string{}
	for _, h := range headers {
		headerLines.WriteString("  " + h.name + ": " + h.value + "\n")
		vercelHeaders = append(vercelHeaders, map[string]string{"key": h.name, "value": h.value})
		global[h.name] = h.value
	}

	var redirects []redirect
	for _, e := range b.base.Entries {
		for _, old := range e.Formerly {
			for _, l := range book.Languages {
				for _, file := range []string{"", "index.md", "index.json"} {
					redirects = append(redirects, redirect{root + book.PagePath(l, old.Value) + file, root + book.PagePath(l, e.ID) + file})
				}
			}
		}
	}
	vercelRedirects := []map[string]any{}
	routes := []map[string]any{}
	for _, r := range redirects {
		redirectLines.WriteString(r.from + " " + r.to + " 301\n")
		vercelRedirects = append(vercelRedirects, map[string]any{"source": r.from, "destination": r.to, "permanent": true})
		routes = append(routes, map[string]any{"route": r.from, "redirect": r.to, "statusCode": 301})
	}
	for _, r := range b.typedRedirects(all.names) {
		redirectLines.WriteString(root + r.from + " " + root + r.to + " 301\n")
	}
	// Netlify chooses the language of the root, and the page for what does not
	// exist; other hosts leave out lines that they do not know.
	for _, l := range book.Languages {
		redirectLines.WriteString(root + " " + root + l.String() + "/ 302 Language=" + l.String() + "\n")
	}
	for _, l := range book.Languages {
		redirectLines.WriteString(root + l.String() + "/* " + root + l.String() + "/404.html 404\n")
	}

	vercel := map[string]any{
		"trailingSlash": true,
		"headers":       []any{map[string]any{"source": root + "(.*)", "headers": vercelHeaders}},
		"redirects":     vercelRedirects,
	}
	azure := map[string]any{
		"globalHeaders":     global,
		"routes":            routes,
		"trailingSlash":     "always",
		"responseOverrides": map[string]any{"404": map[string]any{"rewrite": root + "404.html", "statusCode": 404}},
		"mimeTypes":         map[string]string{".wasm": "application/wasm", ".md": "text/markdown; charset=utf-8"},
	}
	return errors.Join(
		b.out.WriteFile("_headers", []byte(headerLines.String())),
		b.out.WriteFile("_redirects", []byte(redirectLines.String())),
		b.writeJSON("vercel.json", vercel),
		b.writeJSON("staticwebapp.config.json", azure),
		// GitHub Pages leaves out files that begin with "_" without this one.
		b.out.WriteFile(".nojekyll", nil),
	)
}

// maxTyped is how many lines of _redirects lead from names that people type:
// hosts take 2,000 in all. The page for what does not exist finds the others.
const maxTyped = 1500

// typedRedirects returns the ways, below the root, from the reasons that consoles
// show for states to their pages: as they stand there, and in small letters.
// names are those of [programLists].
func (b *builder) typedRedirects(names map[string]string) (list []redirect) {
	seen := map[string]bool{}
	for _, e := range b.ofKind[book.State] {
		for _, reason := range book.ReasonsOf(e.Titles[book.English], book.English) {
			if !typable.MatchString(reason) || names[book.FoldName(reason)] != e.ID {
				continue
			}
			for _, name := range []string{reason, strings.ToLower(reason)} {
				if name == e.ID || seen[name] {
					continue
				}
				seen[name] = true
				for _, l := range book.Languages {
					list = append(list, redirect{l.String() + "/" + name, book.PagePath(l, e.ID)})
				}
				list = append(list, redirect{name, book.PagePath(book.English, e.ID)})
			}
		}
	}
	return list[:min(len(list), maxTyped)]
}

// typable is a reason that is one word of an address.
var typable = regexp.MustCompile("^[A-Za-z0-9]+$")

func (b *builder) writeJSON(name string, v any) error {
	data, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	return b.out.WriteFile(name, append(data, '\n'))
}
