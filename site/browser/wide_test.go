package browser_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/reasonbook/reasonbook/internal/answer"
	"github.com/reasonbook/reasonbook/kb"
)

// TestSides: on wide screens the contents stand at one side of an entry and its
// siblings at the other, and nowhere on a phone.
func TestSides(t *testing.T) {
	base := serve(t)
	ctx := chromium(t)
	do(t, ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(base+"/en/image-not-found/"))
	waitFor(t, ctx, `document.querySelector(".siblings [aria-current]") && document.querySelector(".contents a[href='#steps']")`)
	got := eval[string](t, ctx, `(() => {
		const box = (s) => document.querySelector(s).getBoundingClientRect();
		return [box(".siblings").right <= box("article").left, box("article").right <= box(".contents").left, box(".contents").right <= innerWidth,
			document.querySelectorAll(".siblings a").length > 5, document.querySelector(".siblings [aria-current]").textContent].join()
	})()`)
	if got != "true,true,true,true,manifest unknown" {
		t.Error(got)
	}
	do(t, ctx, chromedp.Click(`.siblings a[href="../image-pull-unauthorized/"]`))
	waitFor(t, ctx, `location.pathname === "/en/image-pull-unauthorized/"`)
	do(t, ctx, chromedp.EmulateViewport(390, 844), chromedp.Navigate("about:blank"), chromedp.Navigate(base+"/en/image-not-found/"))
	waitFor(t, ctx, `document.querySelector(".copy")`)
	if eval[bool](t, ctx, `document.querySelector(".side")?.checkVisibility() ?? false`) {
		t.Error("a phone shows what stands at the sides")
	}
	// What follows the steps is closed, opens where a link leads, and in print.
	if n := eval[int](t, ctx, `document.querySelectorAll(".fold[open]").length`); n != 0 {
		t.Errorf("%d parts are open", n)
	}
	do(t, ctx, chromedp.Navigate(base+"/en/image-not-found/#prevent"))
	waitFor(t, ctx, `document.querySelector("[aria-labelledby=prevent] .fold").open && !document.querySelector("[aria-labelledby=references] .fold").open`)
	eval[any](t, ctx, `dispatchEvent(new Event("beforeprint"));0`)
	waitFor(t, ctx, `!document.querySelector(".fold:not([open])")`)
}

// TestPrint: a printed page has all that it says, its commands in both views and the
// addresses of its references, and nothing to click or to fill in.
func TestPrint(t *testing.T) {
	base := serve(t)
	ctx := chromium(t)
	do(t, ctx, chromedp.Navigate(base+"/ja/crash-loop-back-off/"))
	waitFor(t, ctx, `document.querySelector(".copy") && document.querySelector(".edit")`)
	do(t, ctx, chromedp.Click(`.views-choice input[value=tem]`, chromedp.NodeVisible))
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}); err != nil {
		t.Fatal(err)
	}
	eval[any](t, ctx, `dispatchEvent(new Event("beforeprint"));0`)
	for _, shown := range []string{"h1", ".causes .signs a", ".views > .tem", ".views > .kubectl pre", "[aria-labelledby=references] a", "time"} {
		if !eval[bool](t, ctx, `[...document.querySelectorAll("`+shown+`")].every((e) => e.checkVisibility())`) {
			t.Errorf("%s is not printed", shown)
		}
	}
	for _, hidden := range []string{".edit", ".anchor", ".copy", ".blanks", ".views-choice", ".search", ".steps + .small", "nav.around", ".bottom"} {
		if eval[bool](t, ctx, `[...document.querySelectorAll("`+hidden+`")].some((e) => e.checkVisibility())`) {
			t.Errorf("%s is printed", hidden)
		}
	}
	if sign := eval[string](t, ctx, `getComputedStyle(document.querySelector(".fold > summary"), "::after").content`); sign != "none" {
		t.Errorf("the sign of what can be closed is printed: %s", sign)
	}
	if address := eval[string](t, ctx, `getComputedStyle(document.querySelector("[aria-labelledby=references] a"), "::after").content`); !strings.Contains(address, "https://") {
		t.Errorf("a reference is printed without its address: %s", address)
	}
}

// TestReport: where nothing is found the page leads to the pages that use the words,
// and a link reports the text as it stands in a box that can be edited.
func TestReport(t *testing.T) {
	base := serveBook(t, kb.Sources(), "https://tracker.example.com/new?kind=a&body={text}")
	ctx := chromium(t)
	asked := requests(t, ctx)
	do(t, ctx, chromedp.Navigate(base+"/en/"))
	long := "the registry presented a certificate with a chain of 内存 & <signs>\n" + strings.Repeat("x", 20000)
	got := ask(t, ctx, long)
	if len(got.Matches) != 0 {
		t.Fatalf("%+v", got)
	}
	waitFor(t, ctx, `document.querySelector("#answer .related a")`)
	do(t, ctx, chromedp.Click(`#answer .report summary`))
	const same = `(() => { const u = new URL(document.querySelector("#answer .report a").href); return u.host + " " + (u.searchParams.get("body") === document.querySelector("#answer .report textarea").value) + " " + (u.href.length < 7000) })()`
	if got := eval[string](t, ctx, same); got != "tracker.example.com true true" {
		t.Error(got)
	}
	eval[any](t, ctx, `document.querySelector("#answer .report textarea").value = "";0`)
	do(t, ctx, chromedp.SendKeys(`#answer .report textarea`, "only & this"))
	if body := eval[string](t, ctx, `new URL(document.querySelector("#answer .report a").href).searchParams.get("body")`); body != "only & this" {
		t.Errorf("the link has %q", body)
	}
	for _, url := range asked() {
		if strings.Contains(url, "tracker") {
			t.Errorf("sent by itself: %s", url)
		}
	}
	plain := serve(t)
	do(t, ctx, chromedp.Navigate(plain+"/en/"))
	ask(t, ctx, "the weather is fine")
	if eval[bool](t, ctx, `document.querySelector(".report") !== null`) {
		t.Error("a link without a place for reports")
	}
}

// TestRepeatedState: what may have brought a state about stands once in an answer,
// in the page as in the function's, also before another finding.
func TestRepeatedState(t *testing.T) {
	base := serve(t)
	ctx := chromium(t)
	const text = "NAME    READY   STATUS             RESTARTS   AGE\nweb-0   0/1     CrashLoopBackOff   7          14m\nweb-1   0/1     CrashLoopBackOff   3          9m\njob-1   0/1     ImagePullBackOff   0          2m\n"
	do(t, ctx, chromedp.EmulateViewport(390, 844), chromedp.Navigate(base+"/en/"))
	got, want := ask(t, ctx, text), function(t, base, "en", text)
	if len(got.Matches) != 3 || len(want.Matches) != 3 {
		t.Fatalf("the page %+v, the function %+v", got, want)
	}
	if top := eval[float64](t, ctx, `document.querySelector("#answer").getBoundingClientRect().top`); top < 0 || top > 60 {
		t.Errorf("the answer begins at %v of the screen", top)
	}
	lists := 0
	for i := range got.Matches {
		a, b := got.Matches[i], want.Matches[i]
		if a.ID != b.ID || strings.Join(a.Next, " ") != strings.Join(b.Next, " ") {
			t.Errorf("match %d: the page %s %q, the function %s %q", i, a.ID, a.Next, b.ID, b.Next)
		}
		if len(a.Next) > 0 {
			lists++
		}
		if facts := eval[[]string](t, ctx, `[...document.querySelectorAll("#answer .match > .facts span")].map((s) => s.className)`); len(facts) != 6 {
			t.Errorf("facts: %q", facts)
		}
	}
	if lists != 2 {
		t.Errorf("%d lists", lists)
	}
}

// TestPhoneSteps: a phone shows one view of the steps, both if the reader wants,
// and remembers; commands keep their lines there and scroll, by keyboard too; what
// belongs to a command but is long can be opened.
func TestPhoneSteps(t *testing.T) {
	base := serve(t)
	ctx := chromium(t)
	const page = "/en/image-not-found/"
	shown := func(want string) {
		t.Helper()
		waitFor(t, ctx, `document.querySelector(".views-choice :checked") && document.querySelector(".copy")`)
		got := eval[string](t, ctx, `["tem", "kubectl"].map((v) => document.querySelector(".views > ." + v).checkVisibility()).join() + " " + document.querySelector(".views-choice :checked").value`)
		if got != want {
			t.Errorf("views %q, want %q", got, want)
		}
	}
	do(t, ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(base+page))
	shown("true,true ")
	do(t, ctx, chromedp.EmulateViewport(390, 844), chromedp.Navigate("about:blank"), chromedp.Navigate(base+page))
	shown("false,true kubectl")
	waitFor(t, ctx, `document.querySelector("pre[tabindex]")`) // the observer of their sizes comes after the script
	got := eval[string](t, ctx, `(() => {
		const pre = [...document.querySelectorAll("pre")].find((p) => p.textContent.includes("jsonpath"));
		const style = getComputedStyle(pre.querySelector("code"));
		return [pre.scrollWidth > pre.clientWidth, pre.tabIndex, Math.round(pre.clientHeight / parseFloat(style.fontSize) / 1.5) < 5, document.documentElement.scrollWidth <= innerWidth].join();
	})()`)
	if got != "true,0,true,true" {
		t.Errorf("commands: %s", got)
	}
	do(t, ctx, chromedp.Click(`.rest summary`))
	waitFor(t, ctx, `document.querySelector(".rest p").checkVisibility()`)
	do(t, ctx, chromedp.Click(`.views-choice [value=""]`), chromedp.Navigate("about:blank"), chromedp.Navigate(base+page))
	shown("true,true ")
	do(t, ctx, chromedp.Click(`.views-choice [value="tem"]`), chromedp.Navigate("about:blank"), chromedp.Navigate(base+page))
	shown("true,false tem")
}

// TestSuspects: of a pasted alert that names no state the page lists the causes that
// are still possible, those of the function.
func TestSuspects(t *testing.T) {
	base := serve(t)
	ctx := chromium(t)
	for alert, some := range map[string]bool{"[FIRING:1] KubePodNotReady (pay web-1)": true, "[FIRING:1] KubeClientErrors (pay apiserver)": false} {
		do(t, ctx, chromedp.Navigate("about:blank"), chromedp.Navigate(base+"/ja/"))
		ask(t, ctx, alert)
		var doc answer.Document
		if err := json.Unmarshal(post(t, base, "ja", alert, "application/json"), &doc); err != nil {
			t.Fatal(err)
		}
		var want []string
		for _, cause := range doc.Diagnoses[0].Causes {
			want = append(want, cause.ID)
		}
		got := eval[string](t, ctx, `[...document.querySelectorAll("#answer > .next a")].map((a) => a.pathname.split("/")[2]).join(" ")`)
		if got != strings.Join(want, " ") || (got != "") != some {
			t.Errorf("%s: the page %q, the function %q", alert, got, want)
		}
	}
}
