package handler_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/handler"
	"github.com/reasonbook/reasonbook/kb"
)

// TestBounds: whatever a parser would take long for is cut or refused before.
func TestBounds(t *testing.T) {
	tag := "en-" + strings.Repeat("a-aa-", 5000)
	for _, test := range []struct {
		name, target, header, value string
		status                      int
	}{
		{"tag of 35 characters", "/diagnose?lang=ja-Jpan-x-" + strings.Repeat("a", 8) + "-" + strings.Repeat("b", 8) + "-abcdefg", "", "", 200},
		{"tag of 36 characters", "/diagnose?lang=ja-Jpan-x-" + strings.Repeat("a", 8) + "-" + strings.Repeat("b", 8) + "-abcdefgh", "", "", 400},
		{"long tag", "/diagnose?lang=" + tag, "", "", 400},
		{"long query", "/diagnose?lang=en&x=" + strings.Repeat("a", 40<<10), "", "", 431},
		{"long path", "/diagnose/" + strings.Repeat("a", 40<<10), "", "", 431},
		{"long Content-Type", "/diagnose", "Content-Type", "text/plain" + strings.Repeat("; a=b", 100), 415},
		{"long Accept-Language", "/diagnose", "Accept-Language", tag, 200},
		{"long Accept", "/diagnose", "Accept", strings.Repeat("text/html;q=0.5,", 1500), 200},
	} {
		w := post(open(t), test.target, "Error", test.header, test.value)
		if w.Code != test.status {
			t.Errorf("%s: %d, want %d: %.300s", test.name, w.Code, test.status, w.Body)
		}
	}
	// The header and the request line share one limit, before the token is looked at.
	closed := handler.New(handler.Config{Book: kb.Book(), Token: "s3cret"})
	if w := post(closed, "/diagnose?x="+strings.Repeat("a", 20<<10), "Error", "X-Anything", strings.Repeat("b", 20<<10)); w.Code != 431 {
		t.Errorf("address and header: %d", w.Code)
	}
}

// TestPreferencesBehindTheLimit: a long list of preferences counts as far as it
// is looked at, whole items only.
func TestPreferencesBehindTheLimit(t *testing.T) {
	fill := strings.Repeat("fr;q=0.1,", 113) // 1017 bytes
	for _, test := range []struct{ name, header, value, language, contentType string }{
		{"language within", "Accept-Language", fill + "ja", "ja", "application/json"},
		{"language cut", "Accept-Language", fill + "ja-JP-x-long", "en", "application/json"},
		{"language behind", "Accept-Language", fill + "fr;q=0.1,ja", "en", "application/json"},
		{"format behind", "Accept", strings.Repeat("image/png,", 103) + "text/html", "en", "application/json"},
		{"format before", "Accept", "text/html," + strings.Repeat("image/png,", 200), "en", "text/html; charset=utf-8"},
	} {
		w := post(open(t), "/diagnose", "Error", test.header, test.value)
		if w.Header().Get("Content-Language") != test.language || w.Header().Get("Content-Type") != test.contentType {
			t.Errorf("%s: %s %s", test.name, w.Header().Get("Content-Language"), w.Header().Get("Content-Type"))
		}
	}
	r := httptest.NewRequest(http.MethodPost, "/diagnose", strings.NewReader("Error"))
	r.Header["Accept-Language"] = []string{"fr", "ja"} // the same as one list
	w := httptest.NewRecorder()
	open(t).ServeHTTP(w, r)
	if got := w.Header().Get("Content-Language"); got != "ja" {
		t.Errorf("two headers: %s", got)
	}
}
