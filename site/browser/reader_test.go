package browser_test

import (
	"bytes"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"path"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/reasonbook/reasonbook/internal/samplebook"
	"github.com/reasonbook/reasonbook/kb"
	"github.com/reasonbook/reasonbook/site"
)

// TestPastedStays: a reload, the way back and another language find the text
// and its answer again; a new visit to the home page does not.
func TestPastedStays(t *testing.T) {
	base := serve(t)
	ctx := chromium(t)
	do(t, ctx, chromedp.Navigate(base+"/en/"))
	ask(t, ctx, clb)
	answered := func(lang string) {
		t.Helper()
		waitFor(t, ctx, `location.pathname === "/`+lang+`/" && document.querySelector("#answer [data-entry=clb-readiness-check-failed]") && document.querySelector("#reason").value.includes("lbl-4f2kq0zd")`)
	}
	do(t, ctx, chromedp.Reload())
	answered("en")
	do(t, ctx, chromedp.Click(`.languages [hreflang="ja"]`))
	answered("ja")
	do(t, ctx, chromedp.Click(`[data-entry] .more`), chromedp.WaitVisible(`.entry .filled`))
	eval[any](t, ctx, `setTimeout(() => history.back());0`)
	answered("ja")
	do(t, ctx, chromedp.Navigate("about:blank"), chromedp.Navigate(base+"/ja/"))
	if got := eval[string](t, ctx, `document.querySelector("#reason").value`); got != "" {
		t.Errorf("a new visit finds %q", got)
	}
}

// TestScriptsLate: what is pasted before the scripts are there waits for them;
// without them the page does not say that the text stays in the browser.
func TestScriptsLate(t *testing.T) {
	files := site.NewFiles()
	if _, err := site.Build(kb.Sources(), site.Options{FunctionURL: "/diagnose"}, files); err != nil {
		t.Fatal(err)
	}
	gate := make(chan bool)
	posted := make(chan string, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		name := strings.TrimPrefix(r.URL.Path, "/")
		if name == "diagnose" {
			posted <- r.Method
		} else if strings.HasSuffix(name, "/") {
			name += "index.html"
		} else if name == "assets/site.js" && !<-gate {
			http.Error(w, "gone", http.StatusNotFound)
			return
		}
		http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(files.Map()[name]))
	}))
	t.Cleanup(server.Close)
	ctx := chromium(t)
	submit := func() {
		t.Helper()
		do(t, ctx, chromedp.Navigate("about:blank"))
		eval[any](t, ctx, `location.href = "`+server.URL+`/en/";0`)
		waitFor(t, ctx, `location.pathname === "/en/" && document.querySelector("form.ask button")`)
		eval[any](t, ctx, `document.querySelector("#reason").value = "CrashLoopBackOff"; document.querySelector("form.ask button").click();0`)
	}
	open := func(there bool) {
		t.Helper()
		select {
		case gate <- there:
		case <-time.After(20 * time.Second):
			t.Fatal("the page does not ask for its script")
		}
	}
	submit()
	open(true)
	waitFor(t, ctx, `document.querySelector("#answer [data-entry=crash-loop-back-off]")`)
	submit()
	open(false)
	waitFor(t, ctx, `!document.documentElement.classList.contains("js")`)
	if eval[bool](t, ctx, `document.querySelector(".private").checkVisibility()`) {
		t.Error("without its scripts the page promises that the text stays in the browser")
	}
	select {
	case <-posted:
		t.Error("the text was posted unasked")
	default:
	}
	eval[any](t, ctx, `document.querySelector("form.ask button").click();0`)
	if method := <-posted; method != http.MethodPost {
		t.Errorf("then the form comes as %s", method)
	}
}

// TestOtherBuild: files of two builds, as a browser may have them after a
// deployment, give no answer instead of a wrong one.
func TestOtherBuild(t *testing.T) {
	base := serve(t)
	ctx := chromium(t)
	do(t, ctx, chromedp.Navigate(base+"/en/"))
	ask(t, ctx, "CrashLoopBackOff")
	eval[any](t, ctx, `for (const [name, rows] of Object.entries(reasonbookData)) if (name.startsWith("en-")) rows.unshift(rows[0]);0`)
	if got := ask(t, ctx, "CrashLoopBackOff"); len(got.Matches) > 0 || !strings.Contains(got.Said, "could not be loaded") {
		t.Errorf("%+v", got)
	}
	if got := ask(t, ctx, "CrashLoopBackOff"); len(got.Matches) == 0 {
		t.Errorf("the next try: %+v", got)
	}
}

// TestValuesStay: the values that a page is opened with stay when the reader
// goes to a section or to another language, and a change of one changes the
// commands.
func TestValuesStay(t *testing.T) {
	base := serve(t)
	ctx := chromium(t)
	code := `[...document.querySelectorAll(".steps pre code")].map((c) => c.textContent).join(" ")`
	do(t, ctx, chromedp.Navigate(base+"/en/clb-readiness-check-failed/#service=shop%2Fcart-svc&clb=lb-1"))
	waitFor(t, ctx, code+`.includes("-n shop get service cart-svc")`)
	do(t, ctx, chromedp.Click(`h2 a[href="#steps"]`))
	if got := eval[string](t, ctx, `location.hash + document.activeElement.id`); !strings.Contains(got, "service=shop%2Fcart-svc") || !strings.HasSuffix(got, "steps") {
		t.Errorf("after a link to a section: %s", got)
	}
	eval[any](t, ctx, `location.hash = "steps"`) // as an address typed by hand
	do(t, ctx, chromedp.Click(`.languages [hreflang="zh"]`))
	waitFor(t, ctx, `location.pathname.startsWith("/zh/") && `+code+`.includes("-n shop get service cart-svc")`)
	for name, value := range map[string]string{"service-namespace": "prod", "service-name": "web"} {
		eval[any](t, ctx, `{const i = document.querySelector(".blanks [name=`+name+`]"); i.value = "`+value+`"; i.dispatchEvent(new Event("input", {bubbles: true}))};0`)
	}
	waitFor(t, ctx, code+`.includes("-n prod get service web")`)
	if strings.Contains(eval[string](t, ctx, code), "cart-svc") {
		t.Error("a command still has the old value")
	}
	// A blank is filled where it stands.
	do(t, ctx, chromedp.Click(`.steps var`), chromedp.WaitVisible(`.command + .fill-bar input`))
	if got, want := eval[string](t, ctx, `document.activeElement.closest(".fill-bar label").textContent.trim()`), eval[string](t, ctx, `document.querySelector(".steps var").dataset.name`); got != want {
		t.Errorf("a click on the blank %q leads to the field %q", want, got)
	}
}

// TestScreenshotInAnswer: screenshots can be opened in answers too, which say
// where they come from.
func TestScreenshotInAnswer(t *testing.T) {
	base := serve(t)
	ctx := chromium(t)
	for _, answer := range []string{"page", "function"} {
		asked := requests(t, ctx)
		do(t, ctx, chromedp.Navigate(base+"/en/"))
		if answer == "page" {
			ask(t, ctx, "CrashLoopBackOff")
		} else {
			eval[any](t, ctx, `{const form = document.querySelector("form.ask"); form.reason.value = "CrashLoopBackOff"; setTimeout(() => form.submit())};0`)
			do(t, ctx, chromedp.WaitVisible(`section.diagnosis`))
		}
		if got := eval[string](t, ctx, `document.querySelector("[data-entry] .small")?.textContent ?? ""`); !strings.Contains(got, "load only when you open them") {
			t.Errorf("%s: said of screenshots: %q", answer, got)
		}
		eval[any](t, ctx, `addEventListener("securitypolicyviolation", (event) => (document.body.dataset.refused = event.violatedDirective));0`)
		do(t, ctx, chromedp.Click(`[data-entry] a.picture`))
		screenshotAsked(t, asked)
		// There is no network in the tests: it fails either way, but not by the policy.
		waitFor(t, ctx, `!document.querySelector("[data-entry] .steps img")`)
		if refused := eval[string](t, ctx, `document.body.dataset.refused ?? ""`); refused != "" {
			t.Errorf("%s: the policy refuses the screenshot: %s", answer, refused)
		}
	}
}

// TestMoved: an entry's former address leads to the new one with the values.
func TestMoved(t *testing.T) {
	sources := samplebook.FS(60)
	former, err := fs.Glob(sources, "*/*/entry.yaml")
	if err != nil {
		t.Fatal(err)
	}
	id := ""
	for _, name := range former {
		if source, err := fs.ReadFile(sources, name); err == nil && bytes.Contains(source, []byte("formerly:")) {
			id = path.Base(path.Dir(name))
		}
	}
	ctx := chromium(t)
	do(t, ctx, chromedp.Navigate(staticHost(t, sources)+"/ja/old-"+id+"/#namespace=shop"))
	waitFor(t, ctx, `location.pathname + location.hash === "/ja/`+id+`/#namespace=shop"`)
}
