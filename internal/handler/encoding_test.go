package handler_test

import (
	"encoding/json"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/answer"
)

// TestOtherEncodings: what is not text in UTF-8 is refused with a word on what
// it seems to be and what to do, and nothing of it comes back.
func TestOtherEncodings(t *testing.T) {
	// "起動に失敗しました" and "镜像拉取失败，请检查镜像地址", with a word to look for.
	shiftJIS := "Error XYZZY \x8bN\x93\xae\x82\xc9\x8e\xb8\x94s\x82\xb5\x82\xdc\x82\xb5\x82\xbd"
	gbk := "Error XYZZY \xbe\xb5\xcf\xf1\xc0\xad\xc8\xa1\xca\xa7\xb0\xdc\xa3\xac\xc7\xeb\xbc\xec\xb2\xe9\xbe\xb5\xcf\xf1\xb5\xd8\xd6\xb7"
	utf16 := "E\x00r\x00r\x00o\x00r\x00 \x00X\x00Y\x00Z\x00Z\x00Y\x00"
	const text, form = "text/plain", "application/x-www-form-urlencoded"
	for _, test := range []struct {
		name, contentType, body string
		status                  int
		detail, hint            string // what they hold, the hint in every language
	}{
		{"Shift_JIS", text, shiftJIS, 400, "iconv -f SHIFT_JIS -t UTF-8", "iconv -f"},
		{"GBK", text, gbk, 400, "iconv -f GB18030 -t UTF-8", "iconv -f"},
		{"UTF-16 with a mark", text, "\xff\xfe" + utf16, 400, "iconv -f UTF-16LE -t UTF-8", "iconv -f"},
		{"UTF-16", text, utf16, 400, "iconv -f UTF-16LE -t UTF-8", "iconv -f"},
		{"UTF-16 of JSON", "application/json", strings.ReplaceAll(`{"reason":"Error"}`, "", "\x00")[:36], 400, "iconv -f UTF-16BE -t UTF-8", "iconv -f"},
		{"UTF-16 without a type", "", utf16, 400, "iconv -f UTF-16LE -t UTF-8", "iconv -f"},
		{"Shift_JIS in a form", form, "reason=" + url.QueryEscape(shiftJIS), 400, "iconv -f SHIFT_JIS -t UTF-8", "iconv -f"},
		{"UTF-16 in a form", form, "reason=" + url.QueryEscape(utf16), 400, "iconv -f UTF-16LE -t UTF-8", "iconv -f"},
		{"gzip that nothing announces", text, zip("Error XYZZY"), 400, "Content-Encoding: gzip", "iconv -f"},
		{"zip", text, "PK\x03\x04\xff\xfeXYZZY", 400, "zip; unpack it", "iconv -f"},
		{"binary", text, "XYZZY\xff\x00\x01\x02", 400, "binary", "iconv -f"},
		{"damaged UTF-8", text, "起動に失敗しました XYZZY \xe8", 400, "iconv -c", "iconv -f"},
		{"charset", "text/plain; charset=Shift_JIS", shiftJIS, 415, "iconv -f SHIFT_JIS -t UTF-8", "iconv -f"},
		{"hostile charset", "text/plain; charset=XYZZY", "Error", 415, "the charset must be UTF-8", "iconv -f"},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, lang := range []string{"en", "ja", "zh"} {
				for _, accept := range []string{"application/json", "text/html"} {
					r := httptest.NewRequest("POST", "/diagnose?lang="+lang, strings.NewReader(test.body))
					r.Header.Set("Content-Type", test.contentType)
					r.Header.Set("Accept", accept)
					w := httptest.NewRecorder()
					open(t).ServeHTTP(w, r)
					body := w.Body.String()
					if w.Code != test.status {
						t.Fatalf("status %d: %.300s", w.Code, body)
					}
					if strings.Contains(body, "XYZZY") || strings.Contains(body, "\x00") {
						t.Errorf("%s: a part of the body comes back", accept)
					}
					if accept == "text/html" {
						if !strings.Contains(body, test.hint) {
							t.Errorf("%s: the page does not say %s", lang, test.hint)
						}
						continue
					}
					var p answer.Problem
					if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || !strings.Contains(p.Detail, test.detail) {
						t.Errorf("%s: %v, the detail is %q, without %q", lang, err, p.Detail, test.detail)
					}
				}
			}
		})
	}
}

// TestZerosInText: zeros in a log, as a truncated file has them, are no reason
// to refuse it.
func TestZerosInText(t *testing.T) {
	r := httptest.NewRequest("POST", "/diagnose", strings.NewReader(strings.Repeat("\x00", 999)+"\nReadiness probe failed: timeout\n"))
	r.Header.Set("Content-Type", "text/plain")
	w := httptest.NewRecorder()
	open(t).ServeHTTP(w, r)
	if w.Code != 200 || !strings.Contains(w.Body.String(), "readiness-probe-failed") {
		t.Errorf("status %d: %.300s", w.Code, w.Body)
	}
}
