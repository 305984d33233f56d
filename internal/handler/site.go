package handler

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"sync"

	"github.com/reasonbook/reasonbook/internal/answer"
	"github.com/reasonbook/reasonbook/internal/book"
)

// A Site is a static site to be served beside the function.
type Site struct {
	// Files are its files by their slash-separated paths. A file "x.br" or
	// "x.gz" is the compressed form of "x". A line "/from /to 301" of the file
	// "_redirects" is a redirect.
	Files map[string][]byte
	// Policy returns the Content-Security-Policy of a page, an HTML file.
	Policy func(page []byte) string

	once      sync.Once
	redirects map[string]string
	names     func() map[string]string // of the book, for addresses that people type
	zipped    sync.Map                 // of paths to their content, compressed
}

// mediaTypes are the types of files that package mime knows only where the
// system does.
var mediaTypes = map[string]string{
	".md":  "text/markdown; charset=utf-8",
	".txt": "text/plain; charset=utf-8",
	".zip": "application/zip",
	"":     "text/plain; charset=utf-8", // _headers, _redirects
}

// redirect returns where an address has moved to, "" if it has not.
func (s *Site) redirect(address string) string {
	s.once.Do(func() {
		s.redirects = map[string]string{}
		for line := range strings.Lines(string(s.Files["_redirects"])) {
			if fields := strings.Fields(line); len(fields) == 3 && fields[2] == "301" {
				s.redirects[fields[0]] = fields[1]
			}
		}
	})
	return s.redirects[address]
}

// typed returns the page that an address means whose last part is a name of an
// entry as people write it, /en/CrashLoopBackOff or /CrashLoopBackOff; "" for none.
// l is the language of addresses without one.
func (s *Site) typed(name string, l book.Language) string {
	if folder, rest, ok := strings.Cut(name, "/"); ok {
		if l, ok = book.LanguageOf(strings.ToLower(folder)); !ok {
			return ""
		}
		name = rest
	}
	if len(name) > maxTyped || strings.Contains(name, "/") {
		return ""
	}
	id := s.names()[book.FoldName(name)]
	if page := book.PagePath(l, id); id != "" && s.Files[page+"index.html"] != nil {
		return "/" + page
	}
	return ""
}

// maxTyped is the longest name that is looked up, in bytes.
const maxTyped = 200

// compressed returns a file in one of the encodings that a client accepts, and
// the encoding's name; "" if it comes as it is.
func (s *Site) compressed(name string, body []byte, accepted string) (content []byte, encoding string) {
	accepts := func(encoding string) bool {
		for part := range strings.SplitSeq(accepted, ",") {
			if offer, quality, _ := strings.Cut(part, ";"); strings.EqualFold(strings.TrimSpace(offer), encoding) {
				_, quality, _ = strings.Cut(quality, "=")
				q, err := strconv.ParseFloat(strings.TrimSpace(quality), 64)
				return err != nil || q > 0
			}
		}
		return false
	}
	for _, form := range []struct{ encoding, suffix string }{{"br", ".br"}, {"gzip", ".gz"}} {
		if content, ok := s.Files[name+form.suffix]; ok && accepts(form.encoding) {
			return content, form.encoding
		}
	}
	switch path.Ext(name) {
	case ".html", ".css", ".js", ".json", ".md", ".xml", ".txt", ".svg":
	default:
		return body, ""
	}
	if len(body) < 1024 || !accepts("gzip") {
		return body, ""
	}
	if content, ok := s.zipped.Load(name); ok {
		return content.([]byte), "gzip"
	}
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	// Writing to a buffer does not fail.
	_, _ = w.Write(body)
	_ = w.Close()
	s.zipped.Store(name, out.Bytes())
	return out.Bytes(), "gzip"
}

// serveSite answers with a file of the site.
func (q *request) serveSite() {
	site, address := q.h.Site, q.r.URL.Path
	clean := path.Clean(address)
	name := strings.TrimPrefix(clean, "/")
	// The page's own language, not the one that the browser prefers.
	first, _, _ := strings.Cut(name, "/")
	if l, ok := book.LanguageOf(first); ok {
		q.language = l
	}
	moved, status := site.redirect(address), http.StatusMovedPermanently
	if name == "" {
		moved, status = "/"+q.language.String()+"/", http.StatusFound
	}
	body, ok := site.Files[name]
	if !ok {
		name = path.Join(name, "index.html")
		clean += "/"
		body, ok = site.Files[name]
	}
	if !ok {
		if page := site.typed(strings.Trim(path.Clean(address), "/"), q.language); page != "" {
			moved, status = page, http.StatusPermanentRedirect
		}
	}
	if !ok && moved == "" {
		q.missingPage()
		return
	}
	if refused := q.takes(get); refused != nil {
		q.problem(*refused)
		return
	}
	switch {
	case moved != "":
		q.redirectTo(moved, status)
	case address != clean: // the links of a page count from its address, so it has only one
		q.redirectTo((&url.URL{Path: clean}).EscapedPath(), http.StatusMovedPermanently)
	default:
		q.writeFile(name, body, http.StatusOK)
	}
}

// missingPage answers with the site's own page for what does not exist, if the
// client wants a page.
func (q *request) missingPage() {
	name := q.language.String() + "/404.html"
	if body, ok := q.h.Site.Files[name]; ok && q.format == answer.HTML {
		q.writeFile(name, body, http.StatusNotFound)
		return
	}
	q.problem(fault{answer.NotFound, ""})
}

// writeFile answers with the content of a file of the site.
func (q *request) writeFile(name string, body []byte, status int) {
	extension := path.Ext(name)
	contentType := mediaTypes[extension]
	if contentType == "" {
		contentType = mime.TypeByExtension(extension)
	}
	if contentType == "" {
		contentType = "application/octet-stream"
	}
	header := q.w.Header()
	if extension == ".html" {
		header.Set("Content-Security-Policy", q.h.Site.Policy(body)+"; frame-ancestors 'none'")
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
	}
	content, encoding := q.h.Site.compressed(name, body, q.r.Header.Get("Accept-Encoding"))
	header.Set("Vary", "Accept, Accept-Encoding, Accept-Language")
	sum := sha256.Sum256(content)
	tag := `"` + hex.EncodeToString(sum[:12]) + `"`
	header.Set("ETag", tag)
	header.Set("Cache-Control", "no-cache")
	if status == http.StatusOK && strings.Contains(q.r.Header.Get("If-None-Match"), tag) { // one of a list, weak or not
		q.status = http.StatusNotModified
		q.w.WriteHeader(q.status)
		return
	}
	if encoding != "" {
		header.Set("Content-Encoding", encoding)
	}
	q.write(status, contentType, content)
}
