package handler_test

import (
	"compress/gzip"
	"io"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/handler"
	"github.com/reasonbook/reasonbook/kb"
)

func TestSite(t *testing.T) {
	long := strings.Repeat("text ", 500)
	h := handler.New(handler.Config{Book: kb.Book(), Open: true, Site: &handler.Site{
		Policy: func(page []byte) string { return "default-src 'none'; img-src " + string(page[:4]) },
		Files: map[string][]byte{
			"index.html": []byte("root"), "ja/index.html": []byte("home"), "ja/error/index.html": []byte("page"),
			"ja/error/index.md": []byte(long), "ja/404.html": []byte("nowhere"),
			"assets/site.css": []byte("css"), "assets/m.wasm": []byte("wasm"), "assets/m.wasm.br": []byte("br"), "assets/m.wasm.gz": []byte("gz"),
			"_redirects": []byte("/ja/old/ /ja/error/ 301\n/ /en/ 302 Language=en\n"),
		},
	}})
	for _, test := range []struct {
		target, header, value string
		status                int
		body, location        string
	}{
		{"/", "Accept-Language", "en", 302, "", "/en/"},
		{"/", "Accept-Language", "de, ja;q=0.5", 302, "", "/ja/"},
		{"/", "", "", 302, "", "/en/"},
		{"/ja/", "", "", 200, "home", ""},
		{"/ja", "", "", 301, "", "/ja/"},
		{"/ja/error", "", "", 301, "", "/ja/error/"},
		{"/ja/error/", "Accept-Language", "zh", 200, "page", ""},
		{"/ja/error/?lang=fr", "", "", 200, "page", ""},
		{"/ja//error/", "", "", 301, "", "/ja/error/"},
		{"/ja/error/index.html/", "", "", 301, "", "/ja/error/index.html"},
		{"/ja/old/", "", "", 301, "", "/ja/error/"},
		{"/assets/site.css", "", "", 200, "css", ""},
		{"/assets/m.wasm", "Accept-Encoding", "gzip, deflate, br", 200, "br", ""},
		{"/assets/m.wasm", "Accept-Encoding", "gzip;q=1, br; q=0", 200, "gz", ""},
		{"/assets/m.wasm", "Accept-Encoding", "gzip;q=0.0, br;q=0.5", 200, "br", ""},
		{"/assets/m.wasm", "Accept-Encoding", "identity", 200, "wasm", ""},
		{"/ja/error/index.md", "Accept-Encoding", "br", 200, long, ""},
		{"/../../etc/passwd", "", "", 404, "", ""},
		{"/ja/nothing/", "Accept", "text/html", 404, "nowhere", ""},
		{"/ja/nothing/", "Accept", "application/json", 404, "", ""},
		{"//example.com/", "", "", 404, "", ""},
	} {
		w := get(h, test.target, test.header, test.value)
		if w.Code != test.status || test.body != "" && w.Body.String() != test.body || w.Header().Get("Location") != test.location {
			t.Errorf("%s, %s: %d %q %q", test.target, test.value, w.Code, w.Body, w.Header().Get("Location"))
		}
	}
	w := get(h, "/ja/error/")
	if got := w.Header().Get("Content-Language"); got != "ja" {
		t.Errorf("Content-Language of a Japanese page: %s", got)
	}
	if csp := w.Header().Get("Content-Security-Policy"); csp != "default-src 'none'; img-src page; frame-ancestors 'none'" {
		t.Errorf("CSP: %s", csp)
	}
	for _, known := range []string{w.Header().Get("ETag"), `"other", W/` + w.Header().Get("ETag")} {
		if again := get(h, "/ja/error/", "If-None-Match", known); again.Code != 304 {
			t.Errorf("unchanged page, %s: %d", known, again.Code)
		}
	}
	zipped := get(h, "/ja/error/index.md", "Accept-Encoding", "gzip")
	reader, err := gzip.NewReader(zipped.Body)
	if err != nil || zipped.Header().Get("Content-Encoding") != "gzip" || zipped.Header().Get("Content-Type") != "text/markdown; charset=utf-8" {
		t.Fatalf("compressed page: %v %v", err, zipped.Header())
	}
	if body, err := io.ReadAll(reader); err != nil || string(body) != long {
		t.Errorf("compressed page: %v %.20q", err, body)
	}
}
