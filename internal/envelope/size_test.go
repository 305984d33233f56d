package envelope_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/envelope"
	"github.com/reasonbook/reasonbook/internal/handler"
	"github.com/reasonbook/reasonbook/kb"
)

// hostLimit is what Lambda and SCF take as an answer, in bytes.
const hostLimit = 6_000_000

// TestSize: the answer to the largest events fits the host with its envelope,
// in the formats with the most quotes and angle brackets.
func TestSize(t *testing.T) {
	var pods, errors strings.Builder
	for i := range 8_000 {
		fmt.Fprintf(&pods, `,{"kind":"Pod","apiVersion":"v1","metadata":{"name":"cart-%d"},"status":{"containerStatuses":[{"state":{"waiting":{"reason":"CrashLoopBackOff","message":"\"<&>\""}}}]}}`, i)
	}
	for errors.Len() < 1_000_000 {
		errors.WriteString(`,{"reason":"PostStartHookError","message":"\"\\\"\\<<<&"}`)
	}
	list := `{"kind":"List","apiVersion":"v1","items":[` + pods.String()[1:] + "]}"
	array := "[" + errors.String()[1:] + "]"
	h := handler.New(handler.Config{Book: kb.Book(), Open: true})
	for name, body := range map[string]string{"pods": list, "array": array, "quotes": strings.Repeat("\"'<", 900_000)} {
		contentType := "application/json"
		if name == "quotes" {
			contentType = "text/plain"
		}
		for _, accept := range []string{"application/json", "text/html"} {
			event, err := json.Marshal(map[string]any{
				"version": "2.0", "rawPath": "/diagnose", "body": body, "requestContext": map[string]any{"http": map[string]any{"method": "POST", "path": "/diagnose"}},
				"headers": map[string]string{"content-type": contentType, "accept": accept},
			})
			if err != nil {
				t.Fatal(err)
			}
			out := envelope.Serve(context.Background(), h, event)
			var answer struct {
				StatusCode int
				Body       string
			}
			if err := json.Unmarshal(out, &answer); err != nil || answer.StatusCode != 200 || answer.Body == "" {
				t.Errorf("%s, %s: %v, %d", name, accept, err, answer.StatusCode)
			}
			if len(out) > hostLimit {
				t.Errorf("%s, %s: %d bytes", name, accept, len(out))
			}
		}
		if contentType != "application/json" {
			continue
		}
		if out := envelope.Serve(context.Background(), h, []byte(body)); len(out) > hostLimit || !json.Valid(out) {
			t.Errorf("%s, invoked directly: %d bytes", name, len(out))
		}
	}
}
