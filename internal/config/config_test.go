package config_test

import (
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/config"
)

func read(env map[string]string) (config.Config, error) {
	return config.Read(func(name string) string { return env[name] })
}

func TestRead(t *testing.T) {
	for _, test := range []struct {
		name, token, auth, site string
		want                    config.Config
		warning                 string
	}{
		{"nothing", "", "", "", config.Config{}, "POST /diagnose refuses everybody"},
		{"token", "s3cret", "", "", config.Config{Token: "s3cret"}, ""},
		{"token from a file", "s3cret\n", "", "", config.Config{Token: "s3cret"}, ""},
		{"token from a file of Windows", "\ts3cret \r\n", "", "", config.Config{Token: "s3cret"}, ""},
		{"token of all that a header carries", `a B!"~=/+-._`, "", "", config.Config{Token: `a B!"~=/+-._`}, ""},
		{"open", "", "none\n", "", config.Config{Open: true}, ""},
		{"open and a token", "s3cret", "none", "", config.Config{Token: "s3cret", Open: true}, "REASONBOOK_TOKEN is not asked for"},
		{"site", "t", "", "https://book.example.com", config.Config{Token: "t", SiteURL: "https://book.example.com/"}, ""},
		{"site in a folder", "t", "", " http://[::1]:8080/a%20b/c\n", config.Config{Token: "t", SiteURL: "http://[::1]:8080/a%20b/c/"}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := read(map[string]string{"REASONBOOK_TOKEN": test.token, "REASONBOOK_AUTH": test.auth, "REASONBOOK_SITE_URL": test.site})
			if err != nil || got != test.want {
				t.Errorf("%+v, %v; want %+v", got, err, test.want)
			}
			if w := got.Warning(); (w == "") != (test.warning == "") || !strings.Contains(w, test.warning) {
				t.Errorf("warning %q, want %q", w, test.warning)
			}
		})
	}
}

func TestReadRefuses(t *testing.T) {
	for _, test := range []struct{ name, value, want string }{
		{"REASONBOOK_TOKEN", " ", "white space"},
		{"REASONBOOK_TOKEN", "\r\n", "white space"},
		{"REASONBOOK_TOKEN", "PRIVATE\nPRIVATE", "no header can carry"},
		{"REASONBOOK_TOKEN", "PRIVATE\tPRIVATE", "no header can carry"},
		{"REASONBOOK_TOKEN", "PRIVATE\x00", "no header can carry"},
		{"REASONBOOK_TOKEN", "PRIVATE\x7f", "no header can carry"},
		{"REASONBOOK_TOKEN", "PRIVATEé", "no header can carry"},
		{"REASONBOOK_TOKEN", "\ufeffPRIVATE", "no header can carry"},
		{"REASONBOOK_TOKEN", "PRIVATE\xff", "no header can carry"},
		{"REASONBOOK_TOKEN", strings.Repeat("PRIVATE", 1000), "longer than 4096"},
		{"REASONBOOK_AUTH", "nobody", `"none" or unset`},
		{"REASONBOOK_AUTH", "None", `"none" or unset`},
		{"REASONBOOK_SITE_URL", "book.example.com", "https://host/path"},
		{"REASONBOOK_SITE_URL", "javascript:alert(1)", "https://host/path"},
		{"REASONBOOK_SITE_URL", "//book.example.com/", "https://host/path"},
		{"REASONBOOK_SITE_URL", "https://", "https://host/path"},
		{"REASONBOOK_SITE_URL", "https://:443/", "https://host/path"},
		{"REASONBOOK_SITE_URL", "https://PRIVATE:PRIVATE@book.example.com/", "https://host/path"},
		{"REASONBOOK_SITE_URL", "https://book.example.com/?", "https://host/path"},
		{"REASONBOOK_SITE_URL", "https://book.example.com/#a", "https://host/path"},
		{"REASONBOOK_SITE_URL", "https://book.example.com; script-src */", "https://host/path"},
		{"REASONBOOK_SITE_URL", "https://book.example.com;script-src", "https://host/path"},
		{"REASONBOOK_SITE_URL", "https://book.example.com/\x00", "https://host/path"},
	} {
		_, err := read(map[string]string{test.name: test.value})
		if err == nil || !strings.HasPrefix(err.Error(), test.name+" ") || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "PRIVATE") {
			t.Errorf("%s=%.40q: %v", test.name, test.value, err)
		}
	}
}
