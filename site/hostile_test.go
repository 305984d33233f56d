package site_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/kb"
	"github.com/reasonbook/reasonbook/site"
)

// TestMarkdownTwins: what is no Markdown in the sources is none in the pages
// for programs.
func TestMarkdownTwins(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../kb")); err != nil {
		t.Fatal(err)
	}
	for name, lines := range map[string][2]string{
		"entry.yaml": {"references:\n", "references:\n  - title: \"a](https://evil.example) <script> [b\"\n    url: https://example.com/a\n"},
		"en.md":      {"# ", "# \\<img onerror=a> \\[a](b) "},
	} {
		file := filepath.Join(dir, "exit", "error", name)
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(strings.Replace(string(source), lines[0], lines[1], 1)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	files := buildBook(t, os.DirFS(dir), site.Options{})
	for name, want := range map[string]string{
		"en/error/index.md": "- [a\\](https://evil.example) \\<script> \\[b](https://example.com/a)\n",
		"ja/error/index.md": "- [a\\](https://evil.example) \\<script> \\[b](https://example.com/a)\n",
		"llms.txt":          "- [\\<img onerror=a> \\[a\\](b)",
	} {
		if page := string(files[name]); !strings.Contains(page, want) {
			t.Errorf("%s lacks %q:\n%s", name, want, page)
		}
	}
	if page := string(files["en/error/index.md"]); !strings.HasPrefix(page, "# \\<img onerror=a> \\[a\\](b)") {
		t.Errorf("title: %.100s", page)
	}
}

// TestAddresses: an address that is given for a site cannot bring anything else
// into its pages.
func TestAddresses(t *testing.T) {
	for _, address := range []string{
		"https://a;sandbox/x", "https://a, https://evil.example", "https://a b/", "https://*/", "javascript:alert(1)",
		"https://a:b@example.com/", "ftp://example.com", "https://", "https://example.com/?a",
	} {
		for name, options := range map[string]site.Options{
			"BaseURL": {BaseURL: address}, "FunctionURL": {FunctionURL: address},
		} {
			if _, err := site.Build(kb.Sources(), options, site.NewFiles()); err == nil {
				t.Errorf("%s: %s was accepted", name, address)
			}
		}
	}
	for _, address := range []string{"javascript:alert(1)//", "data:text/html,", "https://a'b/", "/x", "https://a:b@example.com/"} {
		if _, err := site.Build(kb.Sources(), site.Options{EditURL: address}, site.NewFiles()); err == nil {
			t.Errorf("EditURL: %s was accepted", address)
		}
	}
	files := buildBook(t, kb.Sources(), site.Options{FunctionURL: "https://Functions.example.com:8443/a;b/diagnose"})
	if policy := site.PolicyOf(files["ja/index.html"]); !strings.Contains(policy, "; form-action https://functions.example.com:8443; base-uri 'none'") {
		t.Errorf("policy: %s", policy)
	}
}
