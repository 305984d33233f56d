package browser_test

import (
	"context"
	"html"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	keys "github.com/chromedp/chromedp/kb"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/kb"
	"github.com/reasonbook/reasonbook/site"
)

var tags = regexp.MustCompile(`<[^>]*>`)

// eval returns the value of an expression in the page.
func eval[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	return run(t, ctx, chromedp.Evaluate[T](expression))
}

func do(t *testing.T, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

// waitFor waits until an expression in the page is true. On the way to another
// page an evaluation can fail, which is no answer.
func waitFor(t *testing.T, ctx context.Context, expression string) {
	t.Helper()
	var err error
	for range 500 {
		var is bool
		if is, err = chromedp.Run(ctx, chromedp.Evaluate[bool]("Boolean("+expression+")")); err == nil && is {
			return
		} else if ctx.Err() != nil {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("never true: %s\n%v", expression, err)
}

// TestSearch finds entries in three languages with the keyboard alone.
func TestSearch(t *testing.T) {
	base := serve(t)
	ctx := chromium(t)
	for _, test := range []struct{ lang, query, id string }{
		{"en", "crash loop", "crash-loop-back-off"},
		{"en", "imgaepullbackoff", "image-pull-back-off"},
		{"ja", "イメージがプルできない", "err-image-pull"},
		{"zh", "镜像拉取", "err-image-pull"},
		{"zh", "liveness", "liveness-probe-failed"},
		{"en", "Back-off restarting failed container app in pod cart_shop(1f)", "crash-loop-back-off"},
	} {
		do(t, ctx, chromedp.Navigate(base+"/"+test.lang+"/error/"), chromedp.KeyEvent("/"))
		if focus := eval[string](t, ctx, `document.activeElement.id`); focus != "q" {
			t.Fatalf("“/” leads to %q", focus)
		}
		do(t, ctx, chromedp.SendKeys(`#q`, test.query))
		waitFor(t, ctx, `document.querySelectorAll("#results [data-href]").length > 0`)
		if status := eval[string](t, ctx, `document.querySelector(".search [role=status]").textContent`); !strings.ContainsAny(status, "123456789") {
			t.Errorf("the status says %q", status)
		}
		do(t, ctx, chromedp.KeyEvent(keys.ArrowDown))
		if active := eval[string](t, ctx, `document.querySelector("#results [aria-selected=true]")?.id + document.querySelector("#q").getAttribute("aria-activedescendant")`); active != "result-0result-0" {
			t.Errorf("after an arrow key: %q", active)
		}
		do(t, ctx, chromedp.KeyEvent(keys.Enter))
		waitFor(t, ctx, `location.pathname === "/`+test.lang+`/`+test.id+`/"`)
	}
	// What is not found can be diagnosed, from any page.
	for _, page := range []string{"/ja/", "/ja/error/"} {
		do(t, ctx, chromedp.Navigate(base+page), chromedp.SendKeys(`#q`, "qwxz"))
		waitFor(t, ctx, `document.querySelector("#results").textContent.startsWith("見つかりません")`)
		do(t, ctx, chromedp.KeyEvent(keys.Enter))
		waitFor(t, ctx, `location.pathname === "/ja/" && document.querySelector(".said")?.textContent.startsWith("この内容に一致する項目はありません") && document.querySelector("#reason").value === "qwxz"`)
	}
	// Enter follows what is shown, not what was.
	do(t, ctx, chromedp.Navigate(base+"/en/error/"), chromedp.SendKeys(`#q`, "image"))
	waitFor(t, ctx, `document.querySelectorAll("#results [data-href]").length > 0`)
	do(t, ctx, chromedp.KeyEvent(keys.Escape), chromedp.KeyEvent(keys.Escape), chromedp.KeyEvent(keys.Enter))
	time.Sleep(200 * time.Millisecond)
	if at := run(t, ctx, chromedp.Location()); at != base+"/en/error/" {
		t.Errorf("Enter in an empty box leads to %s", at)
	}
}

// TestFolder opens the site from a folder, as the archive unpacks to: search
// and matcher work without a network.
func TestFolder(t *testing.T) {
	dir := t.TempDir()
	if _, err := site.BuildFolder(t.Context(), kb.Sources(), site.Options{}, dir); err != nil {
		t.Fatal(err)
	}
	ctx := chromium(t)
	root := "file://" + dir
	do(t, ctx, chromedp.Navigate(root+"/index.html"))
	waitFor(t, ctx, `/\/(en|ja|zh)\/index\.html$/.test(location.pathname)`)
	do(t, ctx, chromedp.Navigate(root+"/zh/index.html"), chromedp.SendKeys(`#q`, "镜像拉取"))
	waitFor(t, ctx, `document.querySelectorAll("#results [data-href]").length > 0`)
	do(t, ctx, chromedp.KeyEvent(keys.Enter))
	waitFor(t, ctx, `location.pathname.endsWith("/zh/err-image-pull/index.html")`)
	do(t, ctx, chromedp.Navigate(root+"/ja/index.html"))
	if got := ask(t, ctx, clb); len(got.Matches) != 1 || got.Matches[0].ID != "clb-readiness-check-failed" {
		t.Errorf("%+v", got)
	}
	do(t, ctx, chromedp.Click(`[data-entry] .more`), chromedp.WaitVisible(`.entry .filled`))
	do(t, ctx, chromedp.Click(`.languages [hreflang="en"]`))
	waitFor(t, ctx, `location.pathname.endsWith("/en/clb-readiness-check-failed/index.html") && document.querySelector(".entry .filled") !== null`)
}

// staticHost serves a site as a host of static files does, which only knows
// 404.html at the root.
func staticHost(t *testing.T, sources fs.FS) string {
	t.Helper()
	dir := t.TempDir()
	if _, err := site.BuildFolder(t.Context(), sources, site.Options{}, dir); err != nil {
		t.Fatal(err)
	}
	missing, err := os.ReadFile(filepath.Join(dir, "404.html"))
	if err != nil {
		t.Fatal(err)
	}
	files := http.FileServer(http.Dir(dir))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(r.URL.Path))); err != nil {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.WriteHeader(http.StatusNotFound)
			_, _ = w.Write(missing)
			return
		}
		files.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// TestChoice: the root of the site leads to the first language of the browser
// that the site has, and an address that does not exist says so in one language.
func TestChoice(t *testing.T) {
	base := staticHost(t, kb.Sources())
	ctx := chromium(t)
	agent := eval[string](t, ctx, `navigator.userAgent`)
	for languages, want := range map[string]string{"ja-JP,en": "ja", "zh-CN": "zh", "zh-TW,zh": "zh", "fr-FR,ja": "ja", "fr": "en", "en-GB,ja": "en"} {
		if _, err := chromedp.Call(ctx, emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{UserAgent: agent, AcceptLanguage: languages}); err != nil {
			t.Fatal(err)
		}
		do(t, ctx, chromedp.Navigate(base+"/"))
		waitFor(t, ctx, `location.pathname === "/`+want+`/" && document.readyState === "complete"`)

		shown := func() string {
			return eval[string](t, ctx, `[...document.querySelectorAll("section[data-language]")].filter((s) => s.checkVisibility()).map((s) => s.dataset.language).join()`)
		}
		do(t, ctx, chromedp.Navigate(base+"/no/such/page"))
		if got := shown(); got != want {
			t.Errorf("%s: the page for what is missing is in %q, not %s", languages, got, want)
		}
		do(t, ctx, chromedp.Navigate(base+"/zh/no-such-entry/"))
		if got := shown(); got != "zh" {
			t.Errorf("%s: the page for what is missing below zh is in %q", languages, got)
		}
	}
	do(t, ctx, chromedp.Click(`section:lang(zh) .ways a[hreflang]`))
	waitFor(t, ctx, `location.pathname === "/zh/"`)
}

// TestKeyboard reads an entry's page, ticks a step and copies a command with
// nothing but a keyboard, and always sees where the focus is.
func TestKeyboard(t *testing.T) {
	base := serve(t)
	ctx := chromium(t)
	do(t, ctx, chromedp.Navigate(base+"/en/crash-loop-back-off/#namespace=shop"))
	waitFor(t, ctx, `document.querySelector(".copy")`)
	eval[any](t, ctx, `navigator.clipboard.writeText = async (text) => { globalThis.copied = text }`)
	focus := func() string {
		return eval[string](t, ctx, `(() => {
			const e = document.activeElement, style = getComputedStyle(e);
			const ring = getComputedStyle(e.matches(".steps > li > input") ? e.parentElement : e);
			return e.matches(".skip, .brand, #q, .theme, a, summary, button, input, [tabindex]") && (style.outlineStyle !== "none" || style.boxShadow !== "none" || ring.outlineStyle !== "none") ?
				[...e.classList, e.name, e.type].filter(Boolean).join(" ") + " " + e.tagName.toLowerCase() : "nothing to be seen on " + e.outerHTML.slice(0, 80);
		})()`)
	}
	do(t, ctx, chromedp.KeyEvent(keys.Tab))
	if got := focus(); !strings.HasPrefix(got, "skip") {
		t.Fatalf("the first stop is %s", got)
	}
	do(t, ctx, chromedp.KeyEvent(keys.Enter))
	ticked, copied := false, false
	for range 60 {
		do(t, ctx, chromedp.KeyEvent(keys.Tab))
		if eval[bool](t, ctx, `document.activeElement === document.body`) {
			break // after the last stop
		}
		got := focus()
		if strings.HasPrefix(got, "nothing") {
			t.Errorf("the focus is not shown: %s", got)
		}
		switch {
		case strings.HasPrefix(got, "checkbox") && !ticked:
			do(t, ctx, chromedp.KeyEvent(" "))
			ticked = eval[bool](t, ctx, `document.querySelector(".steps > li > input").checked`)
		case strings.HasPrefix(got, "copy") && !copied:
			do(t, ctx, chromedp.KeyEvent(keys.Enter))
			text := eval[string](t, ctx, `String(globalThis.copied)`)
			copied = strings.Contains(text, "kubectl -n shop ")
			if !copied {
				t.Errorf("copied %q", text)
			}
		case strings.HasSuffix(got, " a") || got == " a":
			if inside := eval[bool](t, ctx, `document.activeElement.closest("main") !== null || document.activeElement.closest("footer") !== null`); !inside {
				t.Errorf("the skip link does not skip: %s", got)
			}
		}
	}
	if !ticked || !copied {
		t.Errorf("ticked %v, copied %v", ticked, copied)
	}
}

// TestLanguageSwitch keeps the page and the values that fill it.
func TestLanguageSwitch(t *testing.T) {
	base := serve(t)
	ctx := chromium(t)
	do(t, ctx, chromedp.Navigate(base+"/en/clb-readiness-check-failed/#service=shop%2Fcart"), chromedp.Click(`.languages [hreflang="ja"]`))
	waitFor(t, ctx, `location.pathname === "/ja/clb-readiness-check-failed/" && document.querySelector(".steps")?.textContent.includes("kubectl -n shop get service cart")`)
	if lang := eval[string](t, ctx, `document.documentElement.lang`); lang != "ja" {
		t.Errorf("language %q", lang)
	}
}

// TestEntryPage: ticks last as long as the tab, the view is remembered, blanks
// can be filled by hand, screenshots load only when asked for.
func TestEntryPage(t *testing.T) {
	base := serve(t)
	ctx := chromium(t)
	asked := requests(t, ctx)
	page := base + "/en/image-pull-back-off/"
	do(t, ctx, chromedp.Navigate(page), chromedp.Focus(`.steps > li:nth-child(2) > input`), chromedp.KeyEvent(" "), chromedp.Click(`[name=view][value=kubectl]`))
	do(t, ctx, chromedp.Navigate(base+"/ja/image-pull-back-off/"))
	if got := eval[string](t, ctx, `[...document.querySelectorAll(".steps > li > input")].map((b) => b.checked ? 1 : 0).join("")`); strings.TrimRight(got, "0") != "01" {
		t.Errorf("ticks after going to another language: %s", got)
	}
	// Another instance has its own ticks, and the first keeps its own.
	const ticked = `String(document.querySelectorAll(".steps > li > input:checked").length)`
	for _, visit := range []struct{ fragment, want string }{{"instance=cart-1", "0"}, {"instance=cart-2", "0"}, {"instance=cart-1", "1"}} {
		do(t, ctx, chromedp.Navigate("about:blank"), chromedp.Navigate(page+"#"+visit.fragment))
		if got := eval[string](t, ctx, ticked); got != visit.want {
			t.Errorf("%s: %s ticks, not %s", visit.fragment, got, visit.want)
		}
		if visit.fragment == "instance=cart-1" && visit.want == "0" {
			do(t, ctx, chromedp.Focus(`.steps > li:nth-child(2) > input`), chromedp.KeyEvent(" "))
		}
	}
	do(t, ctx, chromedp.Navigate(base+"/ja/image-pull-back-off/"))
	if tem := eval[string](t, ctx, `getComputedStyle(document.querySelector(".tem")).display + document.querySelector("[name=view]:checked").value`); tem != "nonekubectl" {
		t.Errorf("the view is not remembered: %s", tem)
	}
	do(t, ctx, chromedp.Click(`.blanks summary`), chromedp.SendKeys(`.blanks [name=namespace]`, "shop"), chromedp.SendKeys(`.blanks [name=instance]`, "$(reboot)"))
	code := eval[string](t, ctx, `document.querySelector(".steps pre").textContent`)
	if !strings.Contains(code, "kubectl -n shop get") || strings.Contains(code, "reboot") || !strings.Contains(code, "<instance>") {
		t.Errorf("filled by hand: %s", code)
	}
	if note := eval[string](t, ctx, `document.querySelector(".blanks [name=instance]").nextSibling.textContent`); note == "" {
		t.Error("nothing says why the value is left out")
	}
	// From an answer's link the steps stay in sight; a value that no command takes does not.
	for fragment, want := range map[string]string{"namespace=shop&instance=cart-1": "shop · cart-1false", "namespace=shop&instance=a%20b": "shop · a btrue"} {
		do(t, ctx, chromedp.Navigate(base+"/en/error/"), chromedp.Navigate(page+"#"+fragment))
		if got := eval[string](t, ctx, `document.querySelector(".blanks .given").textContent + document.querySelector(".blanks details").open`); got != want {
			t.Errorf("opened with %s: %s", fragment, got)
		}
	}
	do(t, ctx, chromedp.Navigate(base+"/en/error/"))
	for _, r := range asked() {
		if !strings.HasPrefix(r, "GET "+base) {
			t.Errorf("before a screenshot is opened: %s", r)
		}
	}
	do(t, ctx, chromedp.Click(`[name=view][value=""]`), chromedp.Click(`a.picture`))
	screenshotAsked(t, asked)
}

// screenshotAsked waits until the browser has asked for a screenshot.
func screenshotAsked(t *testing.T, asked func() []string) {
	t.Helper()
	for range 100 {
		if slices.ContainsFunc(asked(), func(r string) bool { return strings.HasPrefix(r, "GET https://") }) {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("no screenshot is asked for: %q", asked())
}

// TestFill holds the rules by which the page fills blanks to those of the function.
func TestFill(t *testing.T) {
	base := serve(t)
	ctx := chromium(t)
	i, _ := kb.Book().Find("clb-readiness-check-failed")
	steps := kb.Book().Entries[i].Texts[book.English].Steps
	do(t, ctx, chromedp.Navigate(base+"/en/clb-readiness-check-failed/"))
	for _, value := range []string{"shop/cart", "cart", "a/b/c", "XXX", "xxx/y", "a;b/c", "--all/-x", "a/$(x)", "a b/c", "é/c", "a/b\u202e", "a/\x7f", "@x/y=z", "/x"} {
		do(t, ctx, chromedp.Navigate(base+"/en/clb-readiness-check-failed/"))
		eval[any](t, ctx, `addEventListener("hashchange", () => (document.body.dataset.changed = "1")); location.hash = new URLSearchParams({service: `+encoded(t, value)+`}).toString()`)
		waitFor(t, ctx, `document.body.dataset.changed`) // after the page's own listener
		got := strings.Join(strings.Fields(eval[string](t, ctx, `[...document.querySelectorAll(".steps pre code")].map((c) => c.textContent).join(" ")`)), " ")
		var want strings.Builder
		for _, step := range steps {
			form := step.HTML(book.Values{Lookup: func(name string) string {
				if name == "service" {
					return value
				}
				return ""
			}})
			for _, part := range strings.Split(form, "<pre>")[1:] {
				code, _, _ := strings.Cut(part, "</pre>")
				want.WriteString(html.UnescapeString(tags.ReplaceAllString(code, "")) + " ")
			}
		}
		if w := strings.Join(strings.Fields(want.String()), " "); got != w {
			t.Errorf("%q:\ngot  %s\nwant %s", value, got, w)
		}
	}
}

// TestDark: pages follow the system, and the reader's own choice before it.
func TestDark(t *testing.T) {
	base := serve(t)
	ctx := chromium(t)
	background := func() string { return eval[string](t, ctx, `getComputedStyle(document.body).backgroundColor`) }
	seen := map[string]string{}
	for _, scheme := range []string{"light", "dark"} {
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		})
		if err != nil {
			t.Fatal(err)
		}
		do(t, ctx, chromedp.Navigate(base+"/en/"))
		seen[scheme] = background()
	}
	if seen["light"] == seen["dark"] {
		t.Errorf("light and dark are both %s", seen["light"])
	}
	do(t, ctx, chromedp.Click(`.theme`))
	if got := background(); got != seen["light"] {
		t.Errorf("after the switch: %s", got)
	}
	do(t, ctx, chromedp.Navigate(base+"/ja/error/"))
	if got := background(); got != seen["light"] {
		t.Errorf("on the next page: %s", got)
	}
}

// TestWithoutScripts: everything can be read, and what needs scripts is not shown.
func TestWithoutScripts(t *testing.T) {
	dir := t.TempDir()
	if _, err := site.BuildFolder(t.Context(), kb.Sources(), site.Options{}, dir); err != nil {
		t.Fatal(err)
	}
	ctx := chromium(t)
	if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	for page, selectors := range map[string][2]string{ // shown, not shown
		"/index.html":                        {`main [hreflang="ja"]`, ""},
		"/ja/index.html":                     {`noscript .note`, `form.ask`},
		"/ja/image-pull-back-off/index.html": {`.views .tem`, `.views-choice`},
		"/ja/states/index.html":              {`.names a`, `.search`},
		"/404.html":                          {`section:lang(zh) h2`, ""},
	} {
		do(t, ctx, chromedp.Navigate("file://"+dir+page))
		visible := func(selector string) bool {
			return eval[bool](t, ctx, `document.querySelector('`+selector+`').checkVisibility()`)
		}
		if !visible(selectors[0]) {
			t.Errorf("%s: %s is not shown", page, selectors[0])
		}
		if selectors[1] != "" && visible(selectors[1]) {
			t.Errorf("%s: %s is shown", page, selectors[1])
		}
	}
}
