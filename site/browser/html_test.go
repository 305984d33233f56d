package browser_test

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/reasonbook/reasonbook/internal/samplebook"
	"github.com/reasonbook/reasonbook/kb"
	"github.com/reasonbook/reasonbook/site"
)

// TestHTML holds every page to the HTML standard with the Nu checker. Its
// warnings are left out: it takes meta policies for those of a page that it
// reads from a file, where 'self' is nothing.
func TestHTML(t *testing.T) {
	const jar = "node_modules/vnu-jar/build/dist/vnu.jar"
	_, err := os.Stat(jar)
	_, missing := exec.LookPath("java")
	if (errors.Is(err, fs.ErrNotExist) || missing != nil) && os.Getenv("CI") == "" {
		t.Skip("the Nu checker or Java is missing; run site/browser/install.sh")
	}
	options := site.Options{
		BaseURL: "https://book.example.com", FunctionURL: "/diagnose", EditURL: "https://example.com/edit/",
		Changed: func(string) time.Time { return time.Unix(1.79e9, 0) },
	}
	for name, sources := range map[string]fs.FS{"kb": kb.Sources(), "sample": samplebook.FS(150)} {
		dir := t.TempDir()
		if _, err := site.BuildFolder(t.Context(), sources, options, dir); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command("java", "-jar", jar, "--errors-only", "--skip-non-html", dir).CombinedOutput(); err != nil || len(out) > 0 {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}
