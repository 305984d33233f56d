// Package browser_test drives the site in a real Chromium, served by the real
// handler. "make test" installs Chromium; without it these tests are skipped
// on a developer's machine and fail in CI.
package browser_test

import (
	"context"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/reasonbook/reasonbook/internal/entry"
	"github.com/reasonbook/reasonbook/internal/handler"
	"github.com/reasonbook/reasonbook/kb"
	"github.com/reasonbook/reasonbook/site"
)

// ours is a server of our own knowledge base, as "reasonbook serve" is one, for
// all tests: building its site takes longer than most of them.
var ours = sync.OnceValues(func() (*httptest.Server, error) { return start(kb.Sources(), "") })

// serve returns the address of the site of our own knowledge base and its
// function.
func serve(t *testing.T) string {
	t.Helper()
	server, err := ours()
	if err != nil {
		t.Fatal(err)
	}
	return server.URL
}

// serveBook serves the site of a knowledge base, with its function, and a place
// where messages are reported; "" for none.
func serveBook(t *testing.T, sources fs.FS, report string) string {
	t.Helper()
	server, err := start(sources, report)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	return server.URL
}

func start(sources fs.FS, report string) (*httptest.Server, error) {
	entries, err := entry.Load(sources)
	if err != nil {
		return nil, err
	}
	b, err := entry.Compile(entries)
	if err != nil {
		return nil, err
	}
	var h http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.ServeHTTP(w, r) }))
	files := site.NewFiles()
	options := site.Options{
		BaseURL: server.URL, FunctionURL: "/diagnose", EditURL: "https://example.com/edit/", ReportURL: report,
		Changed: func(string) time.Time { return time.Unix(1.79e9, 0) },
	}
	if _, err := site.Build(sources, options, files); err != nil {
		server.Close()
		return nil, err
	}
	h = handler.New(handler.Config{Book: b, Open: true, Site: &handler.Site{Files: files.Map(), Policy: site.PolicyOf}, SiteURL: server.URL, ReportURL: report})
	return server, nil
}

// chromium starts a browser for the test.
func chromium(t *testing.T) context.Context {
	t.Helper()
	found := false
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if _, err := exec.LookPath(name); err == nil {
			found = true
		}
	}
	if !found {
		if os.Getenv("CI") != "" {
			t.Fatal("Chromium is missing; run site/browser/install.sh")
		}
		t.Skip("Chromium is missing; run site/browser/install.sh")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.NoSandbox, // root in a container has none
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
	)
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 10*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	return ctx
}

// run runs an action and returns its result.
func run[T any](t *testing.T, ctx context.Context, action chromedp.Action[T]) T {
	t.Helper()
	result, err := chromedp.Run(ctx, action)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// TestFormWithoutJavaScript pastes a text, presses the button, and follows the
// answer to the entry's page, in each language.
func TestFormWithoutJavaScript(t *testing.T) {
	base := serve(t)
	ctx := chromium(t)
	if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	for lang, title := range map[string]string{"en": "Diagnosis", "ja": "診断結果", "zh": "诊断结果"} {
		err := chromedp.Do(ctx,
			chromedp.Navigate(base+"/"+lang+"/"),
			chromedp.SendKeys(`textarea[name="reason"]`, "Running Unhealthy:Readiness check failed according to l4 listener: lbl-4f2kq0zd of CLB lb-9x3kq2ma. Service: shop/cart-svc"),
			chromedp.Click(`form.ask button:not([type])`),
			chromedp.WaitVisible(`[data-entry]`),
		)
		if err != nil {
			t.Fatalf("%s: %v", lang, err)
		}
		heading := run(t, ctx, chromedp.Text(`h1`))
		id := run(t, ctx, chromedp.Attributes(`[data-entry]`))["data-entry"]
		step := run(t, ctx, chromedp.Text(`[data-entry] .steps`))
		if err := chromedp.Do(ctx, chromedp.Click(`[data-entry] h2 a`), chromedp.WaitVisible(`#references`)); err != nil {
			t.Fatalf("%s: %v", lang, err)
		}
		page := run(t, ctx, chromedp.Location())
		if heading != title || id != "clb-readiness-check-failed" || !strings.Contains(step, "kubectl -n shop get service cart-svc") {
			t.Errorf("%s: %q %q\n%s", lang, heading, id, step)
		}
		if want := base + "/" + lang + "/clb-readiness-check-failed/#clb=lb-9x3kq2ma&listener=lbl-4f2kq0zd&service=shop%2Fcart-svc"; page != want {
			t.Errorf("%s: the link leads to %s, want %s", lang, page, want)
		}
	}
}

// TestLayout: no page scrolls sideways on a phone or a desktop, and the
// stylesheet arrives under the content security policy.
func TestLayout(t *testing.T) {
	base := serve(t)
	ctx := chromium(t)
	for _, width := range []int64{320, 360, 1280} {
		for _, path := range []string{"/en/", "/ja/", "/zh/", "/en/crash-loop-back-off/", "/ja/clb-readiness-check-failed/", "/zh/image-pull-back-off/", "/en/image-pull-back-off/", "/en/java-heap-oom/", "/ja/api/", "/ja/senders/prometheus-and-grafana/"} {
			if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 800), chromedp.Navigate(base+path)); err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			overflow := run(t, ctx, chromedp.Evaluate[float64](`document.documentElement.scrollWidth - document.documentElement.clientWidth`))
			display := run(t, ctx, chromedp.Evaluate[string](`getComputedStyle(document.querySelector('.top')).display`))
			if overflow > 0 || display != "flex" {
				t.Errorf("%s at %d pixels: %v pixels too wide; header is %q", path, width, overflow, display)
			}
			if dir := os.Getenv("SCREENSHOTS"); dir != "" {
				screenshot(t, ctx, filepath.Join(dir, strings.ReplaceAll(strings.Trim(path, "/"), "/", "-")), width)
			}
		}
	}
}

// screenshot writes pictures of the current page, light and dark. Set
// SCREENSHOTS to a folder to look at the pages.
func screenshot(t *testing.T, ctx context.Context, name string, width int64) {
	t.Helper()
	for _, scheme := range []string{"light", "dark"} {
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		})
		if err != nil {
			t.Fatal(err)
		}
		png := run(t, ctx, chromedp.FullScreenshot(100))
		kind := "desktop"
		if width < 600 {
			kind = "phone"
		}
		if err := os.WriteFile(name+"-"+kind+"-"+scheme+".png", png, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
