package handler_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/handler"
	"github.com/reasonbook/reasonbook/kb"
)

// TestClientGone: a request whose client is gone, or whose time is up, is not
// diagnosed, and the log says so.
func TestClientGone(t *testing.T) {
	var log bytes.Buffer
	h := handler.New(handler.Config{Book: kb.Book(), Open: true, Log: slog.New(slog.NewTextHandler(&log, nil))})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/diagnose", strings.NewReader("CrashLoopBackOff"))
	r.Header.Set("Content-Type", "text/plain")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != 499 || strings.Contains(w.Body.String(), "crash-loop-back-off") || !strings.Contains(w.Body.String(), "urn:reasonbook:problem:cancelled") {
		t.Errorf("%d: %s", w.Code, w.Body)
	}
	if !strings.Contains(log.String(), "status=499") || !strings.Contains(log.String(), "matches=0") {
		t.Errorf("log: %s", &log)
	}
}
