package browser_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	keys "github.com/chromedp/chromedp/kb"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/kb"
)

// describe is what kubectl says of a pod with two failures.
const describe = `Name:         shop-web-6b9c7d5f4-q8zlt
Namespace:    shop
Status:       Running
Containers:
  web:
    State:          Waiting
      Reason:       CrashLoopBackOff
    Last State:     Terminated
      Reason:       OOMKilled
      Exit Code:    137
    Ready:          False
  metrics-sidecar:
    State:          Waiting
      Reason:       ImagePullBackOff
    Ready:          False
Events:
  Type     Reason   Age                From     Message
  ----     ------   ----               ----     -------
  Warning  Failed   12s (x4 over 2m)   kubelet  Failed to pull image "registry.example.com/shop/metrics:9": manifest unknown
`

// TestFindings: with several findings a summary stands first and is announced;
// each has one closed card with the states that it explains, and one tap leads to
// a command with the names of the text.
func TestFindings(t *testing.T) {
	base := serve(t)
	ctx := chromium(t)
	do(t, ctx, chromedp.EmulateViewport(390, 844))
	for lang, want := range map[string]string{"en": "2 findings", "ja": "診断結果：2件", "zh": "共 2 项诊断结果"} {
		do(t, ctx, chromedp.Navigate(base+"/"+lang+"/"))
		got := ask(t, ctx, describe)
		if got.Said != want || len(got.Matches) != 2 || got.Matches[0].ID != "image-not-found" || got.Matches[1].ID != "oom-killed" ||
			!slices.Contains(got.Matches[0].Shows, "image-pull-back-off") || !slices.Contains(got.Matches[1].Shows, "crash-loop-back-off") {
			t.Fatalf("%s: %+v", lang, got)
		}
		lines := eval[string](t, ctx, `[...document.querySelectorAll("#answer .summary li")].map((li) => li.textContent).join("\n")`)
		if !strings.Contains(lines, "shop/shop-web-6b9c7d5f4-q8zlt (web)") || !strings.Contains(lines, "OOMKilled") || !strings.Contains(lines, "manifest unknown") {
			t.Errorf("%s: the summary says %q", lang, lines)
		}
		if n := eval[int](t, ctx, `document.querySelectorAll("#answer details[open]").length`); n != 0 {
			t.Errorf("%s: %d cards are open", lang, n)
		}
		do(t, ctx, chromedp.Click(`#finding-0 summary`))
		if code := eval[string](t, ctx, `document.querySelector("#finding-0 pre").textContent`); !strings.Contains(code, "kubectl -n shop describe pod shop-web-6b9c7d5f4-q8zlt") {
			t.Errorf("%s: the first command is %q", lang, code)
		}
		if code := eval[string](t, ctx, `document.querySelector("#finding-0").textContent`); strings.Contains(code, "-c web") {
			t.Errorf("%s: a card names the container of another", lang)
		}
	}
}

// TestFirstCommand: from each text a card with a command is at most one tap away.
func TestFirstCommand(t *testing.T) {
	base := serve(t)
	ctx := chromium(t)
	do(t, ctx, chromedp.EmulateViewport(390, 844), chromedp.Navigate(base+"/en/"))
	for _, test := range []struct{ text, id string }{
		{describe, "image-not-found"},
		{"NAME      READY   STATUS             RESTARTS     AGE\nweb-0     0/1     ImagePullBackOff   0            2m", "image-pull-back-off"},
		{`Warning  Failed  3s  kubelet  Failed to pull image "a/b:1": manifest unknown`, "image-not-found"},
		{`{"lastState":{"terminated":{"exitCode":137,"reason":"OOMKilled"}}}`, "oom-killed"},
		{"OOMKilled", "oom-killed"},
		{clb, "clb-readiness-check-failed"},
		{`Warning  Failed  9s  kubelet  Error: configmap "app-cfg" not found`, "configmap-not-found"},
		{"exec /srv/app: exec format error", "exec-format-error"},
		{"0/3 nodes are available: 3 Insufficient memory.", "insufficient-memory"},
		{"Liveness probe failed: HTTP probe failed with statuscode: 404", "probe-http-status"},
	} {
		got := ask(t, ctx, test.text)
		if len(got.Matches) == 0 || got.Matches[0].ID != test.id {
			t.Errorf("%q: %+v", test.text, got)
			continue
		}
		eval[any](t, ctx, `{const box = document.querySelector("#answer details"); if (!box.open) box.querySelector("summary").click()};0`)
		if !eval[bool](t, ctx, `document.querySelector("#answer article pre code").checkVisibility()`) {
			t.Errorf("%q: no command after one tap", test.text)
		}
	}
}

// TestStateDecides: on a phone the causes of a state begin within one screen of
// scrolling, each with what its message says, and one tap leads to a cause.
func TestStateDecides(t *testing.T) {
	base := serve(t)
	ctx := chromium(t)
	do(t, ctx, chromedp.EmulateViewport(390, 844))
	for _, l := range book.Languages {
		for _, id := range []string{"crash-loop-back-off", "image-pull-back-off", "failed-mount", "failed-scheduling", "create-container-error"} {
			do(t, ctx, chromedp.Navigate(base+"/"+book.PagePath(l, id)))
			if top := eval[float64](t, ctx, `document.querySelector(".causes .signs dd a").getBoundingClientRect().bottom`); top > 2*844 {
				t.Errorf("%s, %s: the first cause stands at %v", l, id, top)
			}
		}
	}
	do(t, ctx, chromedp.Navigate(base+"/en/image-pull-back-off/"), chromedp.Click(`.causes .signs a[href="../image-not-found/"]`))
	waitFor(t, ctx, `location.pathname === "/en/image-not-found/" && document.querySelector("pre").getBoundingClientRect().top < 844`)
	do(t, ctx, chromedp.Click(`.above a[href="../image-pull-back-off/"]`))
	waitFor(t, ctx, `location.pathname === "/en/image-pull-back-off/"`)
}

// TestCauseCommand: on a phone the first command of every cause and log begins on
// the first screen, and half of the pages of causes have at most three and a half.
func TestCauseCommand(t *testing.T) {
	base := serve(t)
	ctx := chromium(t)
	do(t, ctx, chromedp.EmulateViewport(390, 844))
	low, screens := []string{}, []float64{}
	for _, e := range kb.Book().Entries {
		if e.Kind == book.State {
			continue
		}
		do(t, ctx, chromedp.Navigate(base+"/"+book.PagePath(book.Japanese, e.ID))) // the longest
		waitFor(t, ctx, `document.querySelector(".copy")`)
		if top := eval[float64](t, ctx, `document.querySelector("article pre").getBoundingClientRect().top`); top > 844 {
			low = append(low, e.ID+" "+strconv.Itoa(int(top)))
		}
		if e.Kind == book.Cause {
			screens = append(screens, eval[float64](t, ctx, `document.documentElement.scrollHeight`)/844)
		}
	}
	slices.Sort(screens)
	if len(low) > 0 {
		t.Errorf("%d begin lower: %q", len(low), low)
	}
	if median := screens[len(screens)/2]; median > 3.5 {
		t.Errorf("the median is %.2f screens", median)
	}
}

// TestCopyWithBlanks: a copy of a command with open blanks says so and offers
// them, in an answer as on a page, with the keyboard alone.
func TestCopyWithBlanks(t *testing.T) {
	base := serve(t)
	ctx := chromium(t)
	for _, place := range []string{"/en/", "/en/oom-killed/"} {
		do(t, ctx, chromedp.EmulateViewport(390, 844), chromedp.Navigate(base+place))
		if place == "/en/" {
			ask(t, ctx, "OOMKilled")
		}
		waitFor(t, ctx, `document.querySelector(".copy")`)
		eval[any](t, ctx, `navigator.clipboard.writeText = async (text) => { globalThis.copied = text };0`)
		do(t, ctx, chromedp.Focus(`.command .copy`), chromedp.KeyEvent(keys.Enter), chromedp.WaitVisible(`.fill-bar input`))
		if said := eval[string](t, ctx, `document.querySelector(".copy").textContent`); said != "Copied, blanks left: 2" {
			t.Errorf("%s: the button says %q", place, said)
		}
		if bottom := eval[float64](t, ctx, `document.querySelector(".fill-bar").getBoundingClientRect().bottom`); bottom < 840 {
			t.Errorf("%s: the bar ends at %v", place, bottom)
		}
		do(t, ctx, chromedp.SendKeys(`.fill-bar input`, "shop"), chromedp.KeyEvent(keys.Enter))
		waitFor(t, ctx, `document.querySelector(".fill-bar label").textContent.startsWith("instance")`)
		do(t, ctx, chromedp.SendKeys(`.fill-bar input`, "a;b"), chromedp.KeyEvent(keys.Enter))
		waitFor(t, ctx, `document.querySelector(".fill-bar [role=status]").textContent`)
		eval[any](t, ctx, `document.querySelector(".fill-bar input").value = "web-0";0`)
		do(t, ctx, chromedp.Focus(`.fill-bar input`), chromedp.KeyEvent(keys.Enter))
		waitFor(t, ctx, `!document.querySelector(".fill-bar") && document.activeElement.matches(".copy")`)
		do(t, ctx, chromedp.KeyEvent(keys.Enter))
		waitFor(t, ctx, `globalThis.copied === "kubectl -n shop describe pod web-0"`)
	}
}

// TestSearchMeaning: the search knows other words for a thing, exit codes and
// what stands in the text of a page; it counts all, and has a page of all. Its
// box is never narrow.
func TestSearchMeaning(t *testing.T) {
	base := serve(t)
	ctx := chromium(t)
	for _, test := range []struct{ lang, query, id string }{
		{"en", "oom", "oom-killed"}, {"zh", "内存不足", "oom-killed"}, {"ja", "メモリ不足", "oom-killed"},
		{"en", "out of memory", "oom-killed"}, {"en", "exit code 137", "sigkill-137"}, {"en", "137", "oom-killed"},
		{"en", "rollback", "crash-loop-back-off"}, {"en", "secret not found", "secret-not-found"},
	} {
		do(t, ctx, chromedp.Navigate(base+"/"+test.lang+"/error/"), chromedp.SendKeys(`#q`, test.query))
		waitFor(t, ctx, `document.querySelectorAll("#results [data-href]").length > 0`)
		count := eval[string](t, ctx, `document.querySelector(".search [role=status]").textContent`)
		list := `#results [data-href$="/` + test.id + `/"]`
		items := "#results [data-href]"
		if eval[bool](t, ctx, `document.querySelector("#results [data-all]") !== null`) {
			list, items = `.results-page a[href$="/`+test.id+`/"]`, ".results-page li"
			do(t, ctx, chromedp.Click(`#results [data-all]`), chromedp.WaitVisible(`.results-page li`))
		}
		if !eval[bool](t, ctx, "document.querySelector(`"+list+"`) !== null") {
			t.Errorf("%s: %q does not find %s", test.lang, test.query, test.id)
		}
		if n := eval[int](t, ctx, "document.querySelectorAll(`"+items+"`).length"); !strings.Contains(count, strconv.Itoa(n)) {
			t.Errorf("%q: %d results, announced as %q", test.query, n, count)
		}
	}
	for _, width := range []int64{320, 390, 768, 1024, 1280, 1920} {
		for _, page := range []string{"/en/", "/ja/error/"} {
			do(t, ctx, chromedp.EmulateViewport(width, 844), chromedp.Navigate(base+page))
			if got := eval[float64](t, ctx, `document.querySelector("#q").getBoundingClientRect().width`); got < 16*16 {
				t.Errorf("%s at %d: the box is %v wide", page, width, got)
			}
		}
	}
}

// TestHome: examples and the clipboard are answered at a tap; an overview is
// filtered as one types.
func TestHome(t *testing.T) {
	base := serve(t)
	ctx := chromium(t)
	for i, id := range []string{"crash-loop-back-off", "oom-killed", "image-not-found"} {
		do(t, ctx, chromedp.Navigate("about:blank"), chromedp.Navigate(base+"/ja/"))
		eval[any](t, ctx, `document.querySelectorAll(".try button")[`+strconv.Itoa(i)+`].click();0`)
		waitFor(t, ctx, `document.querySelector("#answer [data-entry=`+id+`]")`)
	}
	do(t, ctx, chromedp.Navigate("about:blank"), chromedp.Navigate(base+"/en/"))
	eval[any](t, ctx, `navigator.clipboard.readText = async () => "OOMKilled";0`)
	do(t, ctx, chromedp.Click(`.clipboard`), chromedp.WaitVisible(`#answer [data-entry=oom-killed]`))
	do(t, ctx, chromedp.Click(`.track a[href="image-pull-back-off/"]`))
	waitFor(t, ctx, `location.pathname === "/en/image-pull-back-off/"`)
	do(t, ctx, chromedp.Navigate(base+"/en/causes/"), chromedp.SendKeys(`.filter input`, "image registry"))
	shown := eval[string](t, ctx, `[...document.querySelectorAll(".names li")].filter((li) => li.checkVisibility()).map((li) => li.textContent.toLowerCase().includes("registry")).join()`)
	if shown == "" || strings.Contains(shown, "false") {
		t.Errorf("the filter shows %q", shown)
	}
	if said := eval[string](t, ctx, `document.querySelector(".filter [role=status]").textContent`); !strings.Contains(said, strconv.Itoa(strings.Count(shown, "true"))) {
		t.Errorf("the filter says %q", said)
	}
	// Nothing found: what to paste instead.
	do(t, ctx, chromedp.Navigate(base+"/en/"))
	ask(t, ctx, "the weather is fine")
	if next := eval[string](t, ctx, `document.querySelector("#answer .paste-next").textContent`); !strings.Contains(next, "describe pod") {
		t.Errorf("what to paste next: %q", next)
	}
}
