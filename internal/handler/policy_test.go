package handler_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/handler"
	"github.com/reasonbook/reasonbook/kb"
)

// TestPolicyOfSite: the policy of an answer names the host of the site, and
// nothing that an address of one could bring along.
func TestPolicyOfSite(t *testing.T) {
	for address, want := range map[string]string{
		"":                                  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' ",
		"https://book.example.com/a/":       "default-src 'none'; style-src 'self' https://book.example.com; script-src 'self' https://book.example.com; img-src",
		"http://127.0.0.1:8080":             "default-src 'none'; style-src 'self' http://127.0.0.1:8080; ",
		"https://a; script-src *; x/":       "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' ",
		"https://a;sandbox/":                "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' ",
		"https://*":                         "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' ",
		"data://x/":                         "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' ",
		"https://good.example,evil.example": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' ",
	} {
		r := httptest.NewRequest("POST", "/diagnose", strings.NewReader("CrashLoopBackOff"))
		r.Header.Set("Content-Type", "text/plain")
		r.Header.Set("Accept", "text/html")
		w := httptest.NewRecorder()
		handler.New(handler.Config{Book: kb.Book(), Open: true, SiteURL: address}).ServeHTTP(w, r)
		if policy := w.Header().Get("Content-Security-Policy"); w.Code != 200 || !strings.HasPrefix(policy, want) {
			t.Errorf("%q: %d %s", address, w.Code, policy)
		}
	}
}
