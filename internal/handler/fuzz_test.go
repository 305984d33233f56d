package handler_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzDiagnose(f *testing.F) {
	for _, seed := range []string{clb, "", "\xff", "{", `{"reason":"Error"}`, `[{"object":{"kind":"List","items":[{}]}}]`, `{"PodList":[{}]}`, `{"exitCode":1e9}`, "reason=a%ff",
		`{"alerts":[{"labels":{"pod":"a","reason":"OOMKilled"}}]}`, `{"specversion":"1.0","data_base64":"e30="}`, `{"event":{"event_type":"x","data":{}}}`, `{"a":[{"b":"{\"error\":\"x\"}"}]}`,
		`{"detail-type":"x","detail":{"taskArn":"a/b","lastStatus":"STOPPED","containers":[{"exitCode":1}]}}`, "{\"kind\":\"Pod\",\"metadata\":{}}\n{\"kind\":\"Pod\",\"apiVersion\":\"v1\"}", "kind: Pod\nmetadata:\n  name: a\n---\nkind: Job\nstatus:\n  conditions:\n  - type: Failed\n",
		`{"NotifyType":1,"QueryLog":"[[{\"content\":{}}]]"}`} {
		f.Add(seed, "text/plain", "text/html", "ja")
		f.Add(seed, "application/json", "text/markdown", "zh")
		f.Add(seed, "", "", "")
		f.Add(seed, "application/yaml", "text/plain", "en")
		f.Add(seed, "application/x-www-form-urlencoded", "text/plain", "en")
	}
	h := open(f)
	f.Fuzz(func(t *testing.T, body, contentType, accept, lang string) {
		r := httptest.NewRequest(http.MethodPost, "/diagnose", strings.NewReader(body))
		r.URL.RawQuery = url.Values{"lang": {lang}, "group": {"cause"}}.Encode()
		r.Header.Set("Content-Type", contentType)
		r.Header.Set("Accept", accept)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		switch w.Code {
		case 200, 400, 413, 415, 422:
		default:
			t.Fatalf("status %d", w.Code)
		}
		if !utf8.Valid(w.Body.Bytes()) {
			t.Fatal("answer is not valid UTF-8")
		}
		switch contentType := w.Header().Get("Content-Type"); contentType {
		case "application/json", "application/problem+json":
			if !json.Valid(w.Body.Bytes()) {
				t.Fatalf("answer is not valid JSON: %s", w.Body)
			}
		case "text/plain; charset=utf-8", "text/markdown; charset=utf-8":
		case "text/html; charset=utf-8":
			page := strings.ReplaceAll(strings.ToLower(w.Body.String()), `<script src="https://book.example.com/assets/`, "")
			if strings.Contains(page, "<script") {
				t.Fatalf("input became markup: %s", w.Body)
			}
		default:
			t.Fatalf("Content-Type %q", contentType)
		}
	})
}
