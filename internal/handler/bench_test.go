package handler_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/handler"
	"github.com/reasonbook/reasonbook/kb"
)

// BenchmarkHandler is what a request costs without the network, and what of it
// a handler costs that only reads the body and writes the same bytes.
func BenchmarkHandler(b *testing.B) {
	h := handler.New(handler.Config{Book: kb.Book(), Token: "s3cret", Log: slog.New(slog.NewJSONHandler(io.Discard, nil))})
	ask := func(h http.Handler) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodPost, "/diagnose", strings.NewReader(clb))
		r.Header.Set("Content-Type", "text/plain")
		r.Header.Set("Authorization", "Bearer s3cret")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	answer := ask(h).Body.Bytes()
	bare := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		_, _ = w.Write(answer)
	})
	for name, h := range map[string]http.Handler{"diagnose": h, "bare": bare} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if w := ask(h); w.Code != http.StatusOK {
					b.Fatal(w.Code)
				}
			}
		})
	}
}
