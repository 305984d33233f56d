package handler_test

import (
	"bytes"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/handler"
	"github.com/reasonbook/reasonbook/kb"
)

func TestKnowledgeBase(t *testing.T) {
	w := get(open(t), "/kb.json")
	validate(t, "KnowledgeBase", w.Body.Bytes())
	if n := strings.Count(w.Body.String(), `"id":`); n != len(kb.Book().Entries) {
		t.Errorf("%d entries of %d", n, len(kb.Book().Entries))
	}
}

// TestLog: what is logged of a request holds nothing that the caller chose.
func TestLog(t *testing.T) {
	var log bytes.Buffer
	h := handler.New(handler.Config{Book: kb.Book(), Token: "s3cret", Log: slog.New(slog.NewTextHandler(&log, nil))})
	post(h, "/diagnose?lang=ja&secret=PRIVATE1", "PRIVATE2 CrashLoopBackOff", "Content-Type", "text/plain", "Authorization", "Bearer s3cret", "X-Key", "PRIVATE3")
	post(h, "/hook/PRIVATE4", "PRIVATE5", "Authorization", "Bearer PRIVATE6")
	r := httptest.NewRequest("PRIVATE7", "/", nil)
	h.ServeHTTP(httptest.NewRecorder(), r)
	if s := log.String(); strings.Contains(s, "PRIVATE") || strings.Contains(s, "s3cret") || strings.Count(s, "msg=request") != 3 {
		t.Errorf("log:\n%s", s)
	}
	if !strings.Contains(log.String(), "route=/diagnose status=200 language=ja matches=1") {
		t.Errorf("log:\n%s", log.String())
	}
}
