package handler_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/handler"
	"github.com/reasonbook/reasonbook/kb"
)

// TestPaths: an address has one form, and whoever uses another learns it
// without losing the method, the body or the query.
func TestPaths(t *testing.T) {
	bare := open(t)
	withSite := handler.New(handler.Config{Book: kb.Book(), Open: true, Site: &handler.Site{
		Policy: func([]byte) string { return "" },
		Files: map[string][]byte{
			"en/index.html": []byte("home"), "en/states/index.html": []byte("states"), "a&b/index.html": nil,
			"_redirects": []byte("/en/old/ /en/states/ 301\n"),
		},
	}})
	for _, test := range []struct {
		handler        http.Handler
		method, target string
		status         int
		header, value  string // of the answer
	}{
		{bare, "POST", "/diagnose/", 308, "Location", "/diagnose"},
		{bare, "POST", "//diagnose", 308, "Location", "/diagnose"},
		{bare, "POST", "//diagnose/?lang=ja&why=1", 308, "Location", "/diagnose?lang=ja&why=1"},
		{bare, "POST", "/x/../diagnose", 308, "Location", "/diagnose"},
		{bare, "GET", "/healthz/", 308, "Location", "/healthz"},
		{bare, "POST", "/Diagnose", 404, "", ""},
		{bare, "POST", "/diagnose/x", 404, "", ""},
		{bare, "POST", "//example.com/diagnose", 404, "", ""},
		{bare, "GET", "/diagnose", 405, "Allow", "POST"},
		{bare, "POST", "/healthz", 405, "Allow", "GET, HEAD"},
		{bare, "HEAD", "/healthz", 200, "", ""},
		{withSite, "POST", "/diagnose/", 308, "Location", "/diagnose"},
		{withSite, "POST", "//diagnose?x=1", 308, "Location", "/diagnose?x=1"},
		{withSite, "GET", "/diagnose", 405, "Allow", "POST"},
		{withSite, "GET", "/?x=1", 302, "Location", "/en/?x=1"},
		{withSite, "GET", "/en/states?x=1", 301, "Location", "/en/states/?x=1"},
		{withSite, "GET", "/en/old/?x=1&y", 301, "Location", "/en/states/?x=1&y"},
		{withSite, "HEAD", "/en//states/", 301, "Location", "/en/states/"},
		{withSite, "POST", "/en/", 405, "Allow", "GET, HEAD"},
		{withSite, "POST", "/en", 405, "Allow", "GET, HEAD"},
		{withSite, "DELETE", "/", 405, "Allow", "GET, HEAD"},
		{withSite, "PUT", "/en/old/", 405, "Allow", "GET, HEAD"},
		{withSite, "POST", "/en/nothing/", 404, "", ""},
	} {
		w := httptest.NewRecorder()
		test.handler.ServeHTTP(w, httptest.NewRequest(test.method, test.target, strings.NewReader("Error")))
		if w.Code != test.status || test.header != "" && w.Header().Get(test.header) != test.value {
			t.Errorf("%s %s: %d %v", test.method, test.target, w.Code, w.Header())
		}
		if (test.status == 405) != (w.Header().Get("Allow") != "") {
			t.Errorf("%s %s: Allow %q", test.method, test.target, w.Header().Get("Allow"))
		}
	}

	// A query that only an event can hold does not become part of a header.
	r := httptest.NewRequest("POST", "/", nil)
	r.URL = &url.URL{Path: "/diagnose/", RawQuery: "x=a\r\nSet-Cookie: b=c"}
	w := httptest.NewRecorder()
	bare.ServeHTTP(w, r)
	if got := w.Header().Get("Location"); got != "/diagnose?x=a%0D%0ASet-Cookie%3A+b%3Dc" {
		t.Errorf("Location: %q", got)
	}
}

// TestSlipOfAPath: a client that follows redirects gets its answer.
func TestSlipOfAPath(t *testing.T) {
	server := httptest.NewServer(handler.New(handler.Config{Book: kb.Book(), Token: "s3cret"}))
	defer server.Close()
	r, err := http.NewRequest("POST", server.URL+"//diagnose/?lang=ja", strings.NewReader("CrashLoopBackOff"))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer s3cret")
	res, err := http.DefaultClient.Do(r)
	if err != nil || res.StatusCode != 200 || res.Header.Get("Content-Language") != "ja" {
		t.Errorf("%+v %v", res, err)
	}
}
