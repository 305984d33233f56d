package address_test

import (
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/address"
)

func TestParse(t *testing.T) {
	for _, test := range []struct{ in, origin, fault string }{
		{"https://example.com", "https://example.com", ""},
		{"https://example.com/a;b?c=d#e", "https://example.com", ""},
		{"https://example.com:8443/", "https://example.com:8443", ""},
		{"https://example.com?a", "https://example.com", ""},
		{"https://xn--fsq.example/日本", "https://xn--fsq.example", ""},
		{"http://127.0.0.1:8080/", "http://127.0.0.1:8080", ""},
		{"http://[::1]:8080/", "http://[::1]:8080", ""},

		{"", "", "does not begin with https:// or http://"},
		{"ftp://example.com", "", "does not begin with"},
		{"HTTPS://example.com", "", "does not begin with"},
		{"//example.com", "", "does not begin with"},
		{"javascript:alert(1)//https://example.com", "", "does not begin with"},
		{" https://example.com", "", "does not begin with"},
		{"https://", "", `host ""`},
		{"https:///example.com", "", `host ""`},
		{"https://Example.com", "", `host "Example.com"`},
		{"https://example.com.", "", `host "example.com."`},
		{"https://a..b", "", `host "a..b"`},
		{"https://a;sandbox/x", "", `host "a;sandbox"`},
		{"https://a,b/x", "", `host "a,b"`},
		{"https://*.example.com/", "", `host "*.example.com"`},
		{"https://a'b/", "", "quotes"},
		{"https://日本.example/", "", `host "日本.example"`},
		{"https://ex%61mple.com/", "", "cannot be read"},
		{"https://example.com:/", "", `host "example.com:"`},
		{"https://example.com:0/", "", `host`},
		{"https://example.com:65536/", "", `host`},
		{"https://example.com:x/", "", "cannot be read"},
		{"https://[::1/", "", "cannot be read"},
		{"https://[v1.x]/", "", "cannot be read"},
		{"https://user@example.com/", "", "names a user"},
		{"https://user:password@example.com/", "", "names a user"},
		{"https://good.example\\@evil.example/", "", "signs such as <"},
		{"https://good.example?a; script-src *; x", "", "white space"},
		{"https://example.com/\n", "", "white space"},
		{"https://example.com/\u2028", "", "white space"},
		{"https://example.com/\ue000a\ue002", "", "white space"}, // a blank to fill in
		{"https://example.com/\"onclick=", "", "quotes"},
		{"https://example.com/<b>", "", "quotes"},
		{"https://example.com/a)[b](javascript:alert", "", "brackets"},
		{"https://example.com/%zz", "", "cannot be read"},
	} {
		a, err := address.Parse(test.in, "https", "http")
		if test.fault == "" {
			if err != nil || a.Origin() != test.origin {
				t.Errorf("%q: %v, want %s", test.in, err, test.origin)
			}
		} else if err == nil || !strings.Contains(err.Error(), test.fault) {
			t.Errorf("%q: error %v, want %q", test.in, err, test.fault)
		}
	}
	if _, err := address.Parse("http://example.com", "https"); err == nil {
		t.Error("http was taken for https")
	}
}

func TestSite(t *testing.T) {
	for in, want := range map[string]string{
		"":                                 "",
		"https://example.com":              "https://example.com/",
		"https://example.com/":             "https://example.com/",
		"https://Example.com/Book":         "https://example.com/Book/",
		"http://127.0.0.1:8080":            "http://127.0.0.1:8080/",
		"https://example.com/a b/日本":       "https://example.com/a%20b/%E6%97%A5%E6%9C%AC/",
		"https://example.com/a;b'c\"":      "https://example.com/a;b%27c%22/",
		"example.com":                      "fault",
		"//example.com":                    "fault",
		"javascript:alert(1)":              "fault",
		"javascript://example.com/%0aa":    "fault",
		"https://":                         "fault",
		"https://a:b@example.com":          "fault",
		"https://example.com?a":            "fault",
		"https://example.com?":             "fault",
		"https://example.com#a":            "fault",
		"https://a;script-src/":            "fault",
		"https://a, https://evil.example/": "fault",
	} {
		got, err := address.Site(in)
		if err != nil {
			got = "fault"
			if !strings.Contains(err.Error(), "must have the form https://host/path") {
				t.Errorf("%q: %v", in, err)
			}
		}
		if got != want {
			t.Errorf("%q: %q, want %q (%v)", in, got, want, err)
		}
	}
}
