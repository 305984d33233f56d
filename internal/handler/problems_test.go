package handler_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"unicode"

	"github.com/reasonbook/reasonbook/internal/answer"
	"github.com/reasonbook/reasonbook/internal/handler"
	"github.com/reasonbook/reasonbook/kb"
)

func TestProblems(t *testing.T) {
	closed := handler.New(handler.Config{Book: kb.Book()})
	secret := handler.New(handler.Config{Book: kb.Book(), Token: "s3cret"})
	for _, test := range []struct {
		name    string
		handler http.Handler
		method  string
		target  string
		body    string
		header  []string
		status  int
		code    string
	}{
		{"empty", nil, "POST", "/diagnose", "", []string{"Content-Type", "text/plain"}, 400, "empty-body"},
		{"blank", nil, "POST", "/diagnose", " \n\t", []string{"Content-Type", "text/plain"}, 400, "empty-body"},
		{"invalid UTF-8", nil, "POST", "/diagnose", "Error\xff\xfe", []string{"Content-Type", "text/plain"}, 400, "invalid-utf-8"},
		{"invalid UTF-8 in JSON", nil, "POST", "/diagnose", "{\"reason\":\"\xff\"}", []string{"Content-Type", "application/json"}, 400, "invalid-utf-8"},
		{"truncated JSON", nil, "POST", "/diagnose", `{"reason":"Err`, []string{"Content-Type", "application/json"}, 400, "invalid-json"},
		{"two documents", nil, "POST", "/diagnose", `{"reason":"Error"}{"reason":"Error"}`, []string{"Content-Type", "application/json"}, 400, "invalid-json"},
		{"too deep", nil, "POST", "/diagnose", strings.Repeat("[", 20000) + strings.Repeat("]", 20000), []string{"Content-Type", "application/json"}, 400, "invalid-json"},
		{"wrong type of JSON", nil, "POST", "/diagnose", `"CrashLoopBackOff"`, []string{"Content-Type", "application/json"}, 422, "unknown-form"},
		{"null", nil, "POST", "/diagnose", `null`, []string{"Content-Type", "application/json"}, 422, "unknown-form"},
		{"empty object", nil, "POST", "/diagnose", `{}`, []string{"Content-Type", "application/json"}, 422, "unknown-form"},
		{"empty array", nil, "POST", "/diagnose", `[]`, []string{"Content-Type", "application/json"}, 422, "unknown-form"},
		{"wrong type of field", nil, "POST", "/diagnose", `{"reason":["Error"]}`, []string{"Content-Type", "application/json"}, 422, "unknown-form"},
		{"exit code as text", nil, "POST", "/diagnose", `{"exitCode":"137"}`, []string{"Content-Type", "application/json"}, 422, "unknown-form"},
		{"nothing said", nil, "POST", "/diagnose", `{"reason":"","message":" "}`, []string{"Content-Type", "application/json"}, 422, "unknown-form"},
		{"alerts that are no list", nil, "POST", "/diagnose", `{"status":"firing","alerts":{"labels":{"reason":"CrashLoopBackOff"}},"message":"CrashLoopBackOff"}`, []string{"Content-Type", "application/json"}, 422, "unknown-form"},
		{"list without pods", nil, "POST", "/diagnose", `{"Response":{"Result":{"TotalCount":0,"PodList":[]}}}`, []string{"Content-Type", "application/json"}, 422, "unknown-form"},
		{"list without items", nil, "POST", "/diagnose", `{"kind":"List","apiVersion":"v1","items":[]}`, []string{"Content-Type", "application/json"}, 422, "unknown-form"},
		{"object of no kind", nil, "POST", "/diagnose", `{"object":[1]}`, []string{"Content-Type", "application/json"}, 422, "unknown-form"},
		{"array of strangers", nil, "POST", "/diagnose", `[1,"a"]`, []string{"Content-Type", "application/json"}, 422, "unknown-form"},
		{"unknown type", nil, "POST", "/diagnose", "x", []string{"Content-Type", "image/png"}, 415, "unsupported-media-type"},
		{"hostile type", nil, "POST", "/diagnose", "x", []string{"Content-Type", "text/plain; charset=\"\x01;;"}, 415, "unsupported-media-type"},
		{"other charset", nil, "POST", "/diagnose", "x", []string{"Content-Type", "text/plain; charset=gbk"}, 415, "unsupported-media-type"},
		{"unknown encoding", nil, "POST", "/diagnose", "x", []string{"Content-Type", "text/plain", "Content-Encoding", "br"}, 415, "unsupported-media-type"},
		{"false gzip", nil, "POST", "/diagnose", "x", []string{"Content-Type", "text/plain", "Content-Encoding", "gzip"}, 400, "damaged-body"},
		{"gzip that breaks off", nil, "POST", "/diagnose", zip("CrashLoopBackOff")[:20], []string{"Content-Type", "text/plain", "Content-Encoding", "gzip"}, 400, "damaged-body"},
		{"curl without a type", nil, "POST", "/diagnose", "CrashLoopBackOff", []string{"Content-Type", "application/x-www-form-urlencoded"}, 422, "unknown-form"},
		{"empty form", nil, "POST", "/diagnose", "reason=+", []string{"Content-Type", "application/x-www-form-urlencoded"}, 400, "empty-body"},
		{"10 MiB", nil, "POST", "/diagnose", strings.Repeat("x", 10<<20), []string{"Content-Type", "text/plain"}, 413, "too-large"},
		{"10 MiB, zipped", nil, "POST", "/diagnose", zip(strings.Repeat("x", 10<<20)), []string{"Content-Type", "text/plain", "Content-Encoding", "gzip"}, 413, "too-large"},
		{"large header", nil, "POST", "/diagnose", "Error", []string{"Content-Type", "text/plain", "X-Anything", strings.Repeat("x", 40<<10)}, 431, "header-too-large"},
		{"wrong method", nil, "GET", "/diagnose", "", nil, 405, "method-not-allowed"},
		{"odd method", nil, "BREW", "/healthz", "", nil, 405, "method-not-allowed"},
		{"unknown path", nil, "GET", "/nowhere", "", nil, 404, "not-found"},
		{"unknown language", nil, "POST", "/diagnose?lang=tlh", "Error", []string{"Content-Type", "text/plain"}, 400, "unknown-language"},
		{"hostile language", nil, "POST", "/diagnose?lang=%00%ff..%2f", "Error", []string{"Content-Type", "text/plain"}, 400, "unknown-language"},
		{"no token set", closed, "POST", "/diagnose", "Error", []string{"Content-Type", "text/plain", "Authorization", "Bearer "}, 401, "unauthorized"},
		{"no credentials", secret, "POST", "/diagnose", "Error", []string{"Content-Type", "text/plain"}, 401, "unauthorized"},
		{"wrong token", secret, "POST", "/diagnose", "Error", []string{"Content-Type", "text/plain", "Authorization", "Bearer s3cre"}, 401, "unauthorized"},
		{"wrong scheme", secret, "POST", "/diagnose", "Error", []string{"Content-Type", "text/plain", "Authorization", "Token s3cret"}, 401, "unauthorized"},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := test.handler
			if h == nil {
				h = open(t)
			}
			r := httptest.NewRequest(test.method, test.target, strings.NewReader(test.body))
			for i := 0; i < len(test.header); i += 2 {
				r.Header.Set(test.header[i], test.header[i+1])
			}
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if w.Code != test.status || w.Header().Get("Content-Type") != "application/problem+json" {
				t.Fatalf("status %d, %s: %s", w.Code, w.Header().Get("Content-Type"), w.Body)
			}
			validate(t, "Problem", w.Body.Bytes())
			var p answer.Problem
			if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
				t.Fatal(err)
			}
			if p.Status != test.status || !strings.HasSuffix(p.Type, ":"+test.code) || p.Title == "" {
				t.Errorf("problem %+v, want %s", p, test.code)
			}
			if (test.status == 405) != (w.Header().Get("Allow") != "") || (test.status == 401) != (w.Header().Get("WWW-Authenticate") != "") {
				t.Errorf("headers %v", w.Header())
			}
			for _, lang := range []string{"ja", "zh"} {
				r := httptest.NewRequest(test.method, test.target, strings.NewReader(test.body))
				for i := 0; i < len(test.header); i += 2 {
					r.Header.Set(test.header[i], test.header[i+1])
				}
				r.Header.Set("Accept-Language", lang)
				r.Header.Set("Accept", "text/html")
				page := httptest.NewRecorder()
				h.ServeHTTP(page, r)
				if test.status == 431 { // refused before its Accept is read
					continue
				}
				if page.Code != test.status || !strings.Contains(page.Body.String(), `<html lang="`+lang) || strings.Contains(page.Body.String(), p.Title) {
					t.Errorf("%s page: %d\n%.300s", lang, page.Code, page.Body)
				}
				// What to do stands there in the reader's language, the English detail does not.
				_, hint, _ := strings.Cut(page.Body.String(), `<p class="note">`)
				hint, _, _ = strings.Cut(hint, "</p>")
				if !strings.ContainsFunc(hint, func(r rune) bool { return unicode.In(r, unicode.Han, unicode.Katakana) }) {
					t.Errorf("%s page says %q", lang, hint)
				}
				if p.Detail != "" && strings.Contains(page.Body.String(), html.EscapeString(p.Detail)) {
					t.Errorf("%s page says %q", lang, p.Detail)
				}
			}
		})
	}
}

// TestRefusedWhileSending: a client that sends its whole body before it reads
// gets the answer, not a reset connection.
func TestRefusedWhileSending(t *testing.T) {
	closed := handler.New(handler.Config{Book: kb.Book(), Token: "s3cret"})
	for _, test := range []struct {
		name    string
		handler http.Handler
		header  string
		size    int
		asked   string // what the client waits for before it sends
		want    string
	}{
		{"too large", open(t), "", 10 << 20, "", " 413 "},
		{"no token", closed, "", 5 << 20, "", " 401 "},
		{"too large, asked", open(t), "Expect: 100-continue\r\n", 10 << 20, "HTTP/1.1 100 Continue\r\n\r\n", " 413 "},
		{"no token, not asked", closed, "Expect: 100-continue\r\n", 0, "", " 401 "},
		{"encoding, not asked", open(t), "Expect: 100-continue\r\nContent-Encoding: br\r\n", 0, "", " 415 "},
	} {
		server := httptest.NewServer(test.handler)
		conn, err := net.Dial("tcp", server.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(conn, "POST /diagnose HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n%sContent-Length: %d\r\n\r\n", test.header, max(1, test.size))
		asked := make([]byte, len(test.asked))
		if _, err := io.ReadFull(conn, asked); err != nil || string(asked) != test.asked {
			t.Errorf("%s: asked with %q, %v", test.name, asked, err)
		}
		if _, err := conn.Write(bytes.Repeat([]byte("x"), test.size)); err != nil {
			t.Errorf("%s: sending: %v", test.name, err)
		}
		line, err := bufio.NewReader(conn).ReadString('\n')
		if err != nil || !strings.Contains(line, test.want) {
			t.Errorf("%s: %q %v", test.name, line, err)
		}
		conn.Close()
		server.Close()
	}
}
