package browser_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/reasonbook/reasonbook/kb"
	"github.com/reasonbook/reasonbook/site"
)

// TestTypedAddress: on a host that knows only 404.html its script goes on to the
// page whose name was typed, and else shows the nearest names; the server does the
// first by itself.
func TestTypedAddress(t *testing.T) {
	static, served := staticHost(t, kb.Sources()), serve(t)
	ctx := chromium(t)
	for _, test := range []struct{ typed, want string }{
		{"/en/CrashLoopBackOff", "/en/crash-loop-back-off/"},
		{"/ja/crash-loop-backoff/#namespace=shop", "/ja/crash-loop-back-off/#namespace=shop"},
		{"/oomkilled", "/en/oom-killed/"},
		{"/zh/manifest-unknown", "/zh/image-not-found/"},
	} {
		for _, base := range []string{static, served} {
			do(t, ctx, chromedp.Navigate("about:blank"), chromedp.Navigate(base+test.typed))
			waitFor(t, ctx, `location.href === "`+base+test.want+`" && document.querySelector("article.entry")`)
		}
	}
	for _, base := range []string{static, served} {
		do(t, ctx, chromedp.Navigate("about:blank"), chromedp.Navigate(base+"/ja/crashlopbackof"))
		waitFor(t, ctx, `document.querySelector("[data-language=ja] .nearest a")`)
		near := eval[string](t, ctx, `document.querySelector("[data-language=ja] .nearest").innerText + [...document.querySelectorAll(".nearest a")].map((a) => a.pathname)`)
		if !strings.Contains(near, "CrashLoopBackOff") || !strings.Contains(near, "/ja/crash-loop-back-off/") {
			t.Errorf("nearest names: %q", near)
		}
	}
}

// TestResultsPage: all results of a search have a page, on a host and in a folder;
// what is searched for leaves the browser for neither.
func TestResultsPage(t *testing.T) {
	base := serve(t)
	ctx := chromium(t)
	asked := requests(t, ctx)
	do(t, ctx, chromedp.Navigate(base+"/en/error/"), chromedp.SendKeys(`#q`, "volume"), chromedp.WaitVisible(`#results [data-all]`))
	said := eval[string](t, ctx, `document.querySelector(".search [role=status]").textContent`)
	do(t, ctx, chromedp.Click(`#results [data-all]`), chromedp.WaitVisible(`.results-page li a`))
	if got := eval[string](t, ctx, `document.querySelector(".results-page [role=status]").textContent + location.pathname + document.querySelector(".query").textContent`); got != said+"/en/search/volume" {
		t.Errorf("the page says %q, the box said %q", got, said)
	}
	if n := eval[int](t, ctx, `document.querySelectorAll(".results-page li a[href]").length`); said != strconv.Itoa(n)+" results" || n < 9 {
		t.Errorf("%d results are listed of %q", n, said)
	}
	for _, url := range asked() {
		if strings.Contains(url, "q=volume") {
			t.Errorf("the query left the browser: %s", url)
		}
	}
	dir := t.TempDir()
	if _, err := site.BuildFolder(t.Context(), kb.Sources(), site.Options{}, dir); err != nil {
		t.Fatal(err)
	}
	do(t, ctx, chromedp.Navigate("file://"+dir+"/ja/index.html"), chromedp.SendKeys(`#q`, "イメージ"), chromedp.WaitVisible(`#results [data-all]`), chromedp.Click(`#results [data-all]`))
	waitFor(t, ctx, `location.pathname.endsWith("/ja/search/index.html") && document.querySelectorAll('.results-page li a[href$="/index.html"]').length > 8`)
	// Another search from that page, and the other form of its address.
	do(t, ctx, chromedp.Navigate(base+"/en/search/?q=evicted"), chromedp.WaitVisible(`.results-page li a[href$="/evicted/"]`))
	do(t, ctx, chromedp.Navigate(base+"/zh/search/#q=qwxz"))
	waitFor(t, ctx, `document.querySelector(".results-page [role=status]").textContent.startsWith("没有找到")`)
}
