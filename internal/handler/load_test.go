package handler_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/answer"
	"github.com/reasonbook/reasonbook/internal/handler"
)

// An upload is a request whose body has arrived but for its end.
type upload struct {
	end      func()
	answered chan *httptest.ResponseRecorder
}

// begin sends a body to h, and returns when all of it has been read.
func begin(h http.Handler, body []byte) upload {
	reader, writer := io.Pipe()
	u := upload{func() { writer.Close() }, make(chan *httptest.ResponseRecorder, 1)}
	go func() {
		r := httptest.NewRequest(http.MethodPost, "/diagnose", reader)
		r.Header.Set("Content-Type", "text/plain")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		reader.CloseWithError(io.ErrClosedPipe) // a refused body
		u.answered <- w
	}()
	_, _ = writer.Write(body)
	return u
}

// TestOverload: bodies in memory are bounded. What is too much is refused with
// the time to come again, in the reader's language; small requests are still
// answered, and so is everything that was admitted.
func TestOverload(t *testing.T) {
	h := open(t)
	large := append(bytes.Repeat([]byte("fine "), handler.MaxBody/5-10), "\nCrashLoopBackOff"...)
	var uploads []upload
	for range 10 { // each holds 6 MiB of 64
		uploads = append(uploads, begin(h, large))
	}
	for lang, title := range map[string]string{"en": "too busy", "ja": "混み合っている", "zh": "服务器繁忙"} {
		refused := begin(h, large)
		if w := <-refused.answered; w.Code != 503 || w.Header().Get("Retry-After") != "5" || !strings.Contains(w.Body.String(), "urn:reasonbook:problem:overloaded") {
			t.Fatalf("too much: %d %v %.300s", w.Code, w.Header(), w.Body)
		} else {
			validate(t, "Problem", w.Body.Bytes())
		}
		page := post(h, "/diagnose?lang="+lang, string(large), "Content-Type", "text/plain", "Accept", "text/html")
		if page.Code != 503 || !strings.Contains(page.Body.String(), title) {
			t.Errorf("%s: %d %.1000s", lang, page.Code, page.Body)
		}
		if w := post(h, "/diagnose?lang="+lang, "CrashLoopBackOff", "Content-Type", "text/plain"); w.Code != 200 {
			t.Errorf("a small request meanwhile: %d %s", w.Code, w.Body)
		}
	}
	for i, u := range uploads {
		u.end()
		w := <-u.answered
		var doc answer.Document
		if err := json.Unmarshal(w.Body.Bytes(), &doc); w.Code != 200 || err != nil || len(doc.Diagnoses[0].Matches) != 1 {
			t.Errorf("upload %d: %d %v", i, w.Code, err)
		}
	}
	// Nothing stays behind.
	if w := post(h, "/diagnose", string(large), "Content-Type", "text/plain"); w.Code != 200 {
		t.Errorf("afterwards: %d %s", w.Code, w.Body)
	}
}

// TestManyRequests: the number of requests under way is bounded too.
func TestManyRequests(t *testing.T) {
	h := open(t)
	var uploads []upload
	for range 1024 {
		uploads = append(uploads, begin(h, []byte("Error")))
	}
	if w := post(h, "/diagnose", "Error", "Content-Type", "text/plain"); w.Code != 503 || w.Header().Get("Retry-After") == "" {
		t.Errorf("one more: %d", w.Code)
	}
	if w := get(h, "/healthz"); w.Code != 200 {
		t.Errorf("health meanwhile: %d", w.Code)
	}
	for _, u := range uploads {
		u.end()
		if w := <-u.answered; w.Code != 200 {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
	}
}
