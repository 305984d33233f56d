package handler_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/handler"
	"github.com/reasonbook/reasonbook/kb"
)

func TestToken(t *testing.T) {
	h := handler.New(handler.Config{Book: kb.Book(), Token: "s3cret"})
	for _, authorization := range []string{"Bearer s3cret", "bearer  s3cret"} {
		if w := post(h, "/diagnose", "Error", "Content-Type", "text/plain", "Authorization", authorization); w.Code != 200 {
			t.Errorf("%s: %d", authorization, w.Code)
		}
	}
	for _, path := range []string{"/healthz", "/openapi.json", "/kb.json"} {
		if w := get(h, path); w.Code != 200 {
			t.Errorf("GET %s needs a token: %d", path, w.Code)
		}
	}
}

// untouched is a body that must not be read.
type untouched struct{ t *testing.T }

func (b untouched) Read([]byte) (int, error) {
	b.t.Error("the body is read")
	return 0, io.EOF
}

// TestTokenFirst: whoever has no token learns nothing but that, whatever else
// is wrong with the request, and costs no reading of it.
func TestTokenFirst(t *testing.T) {
	h := handler.New(handler.Config{Book: kb.Book(), Token: "s3cret"})
	for _, test := range []struct {
		name, target string
		header       http.Header
	}{
		{"unknown language", "/diagnose?lang=tlh", nil},
		{"unknown encoding", "/diagnose", http.Header{"Content-Encoding": {"br"}}},
		{"gzip", "/diagnose", http.Header{"Content-Encoding": {"gzip"}}},
		{"unknown type", "/diagnose", http.Header{"Content-Type": {"image/png"}}},
		{"wrong token", "/diagnose", http.Header{"Authorization": {"Bearer no"}}},
		{"two tokens", "/diagnose", http.Header{"Authorization": {"Bearer s3cret", "Bearer no"}}},
		{"two tokens, the right one last", "/diagnose", http.Header{"Authorization": {"Bearer no", "Bearer s3cret"}}},
	} {
		r := httptest.NewRequest(http.MethodPost, test.target, untouched{t})
		for name, values := range test.header {
			r.Header[name] = values
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != 401 {
			t.Errorf("%s: %d %s", test.name, w.Code, w.Body)
		}
	}
}

// TestLocal: a server on a loopback address is not to be reached from pages of
// other hosts, neither by a name of theirs that resolves to it (DNS rebinding)
// nor by a post across origins.
func TestLocal(t *testing.T) {
	h := handler.New(handler.Config{Book: kb.Book(), Open: true, Local: true, SiteURL: "https://book.example.com/folder/", Site: &handler.Site{
		Files: map[string][]byte{"en/index.html": []byte("home")}, Policy: func([]byte) string { return "" },
	}})
	for _, test := range []struct {
		host, origin, fetch string // Host, Origin, Sec-Fetch-Site
		post, get           int
	}{
		{"127.0.0.1:8080", "", "", 200, 200}, // curl
		{"localhost", "", "", 200, 200},
		{"LOCALHOST.:8080", "", "", 200, 200},
		{"book.localhost:1", "", "", 200, 200},
		{"127.1.2.3", "", "", 200, 200},
		{"[::1]", "", "", 200, 200},
		{"[::1]:8080", "", "", 200, 200},
		{"[::ffff:127.0.0.1]:8080", "", "", 200, 200},
		{"127.0.0.1:8080", "http://127.0.0.1:8080", "same-origin", 200, 200}, // its own form
		{"localhost:8080", "http://localhost:8080", "", 200, 200},            // in a browser without Sec-Fetch-Site
		{"127.0.0.1:8080", "", "none", 200, 200},                             // typed by the user
		{"book.example.com", "https://book.example.com", "same-origin", 200, 200},
		{"127.0.0.1:8080", "https://book.example.com", "", 200, 200}, // a proxy that sets Host

		{"evil.example", "", "", 403, 403},
		{"evil.example:8080", "http://evil.example:8080", "same-origin", 403, 403}, // rebinding
		{"127.0.0.1.evil.example", "", "", 403, 403},
		{"localhost.evil.example", "", "", 403, 403},
		{"evillocalhost", "", "", 403, 403},
		{"192.0.2.1:8080", "", "", 403, 403},
		{"0.0.0.0:8080", "", "", 403, 403},
		{"[::]:8080", "", "", 403, 403},
		{"", "", "", 403, 403},
		{"127.0.0.1:8080", "http://evil.example", "", 403, 200},
		{"127.0.0.1:8080", "null", "", 403, 200},
		{"127.0.0.1:8080", "http://127.0.0.1:3000", "", 403, 200},
		{"127.0.0.1:8080", "http://evil.example", "cross-site", 403, 200},
		{"127.0.0.1:8080", "", "cross-site", 403, 200}, // a link from elsewhere may be followed
		{"127.0.0.1:8080", "", "same-site", 403, 200},
	} {
		for _, r := range []*http.Request{
			httptest.NewRequest(http.MethodPost, "/diagnose", strings.NewReader("CrashLoopBackOff")),
			httptest.NewRequest(http.MethodGet, "/en/", nil),
			httptest.NewRequest(http.MethodGet, "/healthz", nil),
		} {
			want := test.get
			if r.Method == http.MethodPost {
				want = test.post
			}
			r.Host = test.host
			for name, value := range map[string]string{"Origin": test.origin, "Sec-Fetch-Site": test.fetch} {
				if value != "" {
					r.Header.Set(name, value)
				}
			}
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if w.Code != want || want == 403 && !strings.Contains(w.Body.String(), "urn:reasonbook:problem:foreign-origin") {
				t.Errorf("%s %s, Host %q, Origin %q, Sec-Fetch-Site %q: %d, want %d\n%s", r.Method, r.URL.Path, test.host, test.origin, test.fetch, w.Code, want, w.Body)
			}
			if strings.Contains(w.Body.String(), "evil") {
				t.Errorf("the answer repeats input: %s", w.Body)
			}
		}
	}
	// A function behind an address of its own is called by any name, from anywhere.
	if w := post(open(t), "/diagnose", "Error", "Origin", "http://other.example", "Sec-Fetch-Site", "cross-site"); w.Code != 200 {
		t.Errorf("not local: %d", w.Code)
	}
}
