package handler

import (
	"crypto/sha256"
	"encoding/hex"
	"mime"
	"net/http"
	"path"
	"strings"

	"github.com/reasonbook/reasonbook/internal/answer"
	"github.com/reasonbook/reasonbook/internal/book"
)

// page answers with a file of the site.
func (q *request) page() {
	name := strings.TrimPrefix(path.Clean(q.URL.Path), "/")
	if name == "" {
		if l := q.language; l != book.English {
			q.Header().Set("Location", "/"+l.String()+"/")
			q.write(http.StatusFound, "text/plain; charset=utf-8", nil)
			return
		}
	}
	// The page's own language, not the one that the browser prefers.
	first, _, _ := strings.Cut(name, "/")
	if l, ok := book.LanguageOf(first); ok {
		q.language = l
	}
	body, ok := q.Site[name]
	if !ok {
		index := path.Join(name, "index.html")
		if body, ok = q.Site[index]; ok && !strings.HasSuffix(q.URL.Path, "/") {
			q.Header().Set("Location", "/"+name+"/")
			q.write(http.StatusMovedPermanently, "text/plain; charset=utf-8", nil)
			return
		}
		name = index
	}
	if !ok {
		q.problem(answer.NotFound, "")
		return
	}
	contentType := mime.TypeByExtension(path.Ext(name))
	if contentType == "" {
		contentType = "application/octet-stream"
	}
	sum := sha256.Sum256(body)
	tag := `"` + hex.EncodeToString(sum[:12]) + `"`
	q.Header().Set("ETag", tag)
	q.Header().Set("Cache-Control", "no-cache")
	if q.Request.Header.Get("If-None-Match") == tag {
		q.status = http.StatusNotModified
		q.WriteHeader(q.status)
		return
	}
	q.write(http.StatusOK, contentType, body)
}
