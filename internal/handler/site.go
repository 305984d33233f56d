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
	zipped    sync.Map // of paths to their content, compressed
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

// page answers with a file of the site.
func (q *request) page() {
	clean := path.Clean(q.URL.Path)
	name := strings.TrimPrefix(clean, "/")
	if name == "" {
		q.redirectTo("/"+q.language.String()+"/", http.StatusFound)
		return
	}
	// The page's own language, not the one that the browser prefers.
	first, _, _ := strings.Cut(name, "/")
	if l, ok := book.LanguageOf(first); ok {
		q.language = l
	}
	if to := q.Site.redirect(q.URL.Path); to != "" {
		q.redirectTo(to, http.StatusMovedPermanently)
		return
	}
	body, ok := q.Site.Files[name]
	if !ok {
		name = path.Join(name, "index.html")
		clean += "/"
		body, ok = q.Site.Files[name]
	}
	if !ok {
		q.missingPage()
		return
	}
	// The links of a page count from its address, so it has only one.
	if q.URL.Path != clean {
		q.redirectTo((&url.URL{Path: clean}).EscapedPath(), http.StatusMovedPermanently)
		return
	}
	q.file(name, body, http.StatusOK)
}

func (q *request) redirectTo(address string, status int) {
	q.Header().Set("Location", address)
	q.write(status, "text/plain; charset=utf-8", nil)
}

// missingPage answers with the site's own page for what does not exist, if the
// client wants a page.
func (q *request) missingPage() {
	name := q.language.String() + "/404.html"
	if body, ok := q.Site.Files[name]; ok && q.format == answer.HTML {
		q.file(name, body, http.StatusNotFound)
		return
	}
	q.problem(answer.NotFound, "")
}

// file answers with the content of a file of the site.
func (q *request) file(name string, body []byte, status int) {
	extension := path.Ext(name)
	contentType := mediaTypes[extension]
	if contentType == "" {
		contentType = mime.TypeByExtension(extension)
	}
	if contentType == "" {
		contentType = "application/octet-stream"
	}
	header := q.Header()
	if extension == ".html" {
		header.Set("Content-Security-Policy", q.Site.Policy(body)+"; frame-ancestors 'none'")
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
	}
	content, encoding := q.Site.compressed(name, body, q.Request.Header.Get("Accept-Encoding"))
	header.Set("Vary", "Accept, Accept-Encoding, Accept-Language")
	sum := sha256.Sum256(content)
	tag := `"` + hex.EncodeToString(sum[:12]) + `"`
	header.Set("ETag", tag)
	header.Set("Cache-Control", "no-cache")
	if status == http.StatusOK && strings.Contains(q.Request.Header.Get("If-None-Match"), tag) { // one of a list, weak or not
		q.status = http.StatusNotModified
		q.WriteHeader(q.status)
		return
	}
	if encoding != "" {
		header.Set("Content-Encoding", encoding)
	}
	q.write(status, contentType, content)
}
