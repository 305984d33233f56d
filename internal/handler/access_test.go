package handler_test

import (
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
