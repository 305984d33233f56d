package address_test

import (
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/address"
)

// TestReport: a report's address has one place for the message, in its query.
func TestReport(t *testing.T) {
	for s, fault := range map[string]string{
		"": "",
		"https://tracker.example.com/new?title=x&body={text}":      "",
		"http://127.0.0.1:3000/new?body={text}&labels=a":           "",
		"https://tracker.example.com/new":                          "{text}",
		"https://tracker.example.com/{text}":                       "{text}",
		"https://tracker.example.com/?a={text}&b={text}":           "{text}",
		"https://tracker.example.com/?a=1#b={text}":                "{text}",
		"javascript:alert('{text}')":                               "https://",
		"https://user:pass@tracker.example.com/new?body={text}":    "user",
		"https://tracker.example.com/new?body={text}\"onclick=\"x": "write",
	} {
		err := address.Report(s)
		if fault == "" && err != nil || fault != "" && (err == nil || !strings.Contains(err.Error(), fault)) {
			t.Errorf("%q: %v, want %q", s, err, fault)
		}
	}
	if got := address.Reporting("https://t.example/new?body={text}", "a b&c=\"<d>\n#"); got != "https://t.example/new?body=a+b%26c%3D%22%3Cd%3E%0A%23" {
		t.Error(got)
	}
}
