package browser_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/reasonbook/reasonbook/internal/samplebook"
)

// violation is what axe reports.
type violation struct {
	ID, Help string
	Nodes    []struct {
		Target         []string
		FailureSummary string
	}
}

// TestAccessibility runs axe on every template in each language, light and
// dark: WCAG 2.2 AA and axe's own good practices.
func TestAccessibility(t *testing.T) {
	axe, err := os.ReadFile("node_modules/axe-core/axe.min.js")
	if errors.Is(err, fs.ErrNotExist) && os.Getenv("CI") == "" {
		t.Skip("axe-core is missing; run site/browser/install.sh")
	} else if err != nil {
		t.Fatal(err)
	}
	base := serve(t)
	large := serveBook(t, samplebook.FS(300), "") // with causes and logs
	ctx := chromium(t)
	const audit = `(async () => JSON.stringify((await axe.run(document, {
		runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
	})).violations))()`
	check := func(name string) {
		t.Helper()
		run(t, ctx, chromedp.Evaluate[any](string(axe)+";undefined", chromedp.EvalIgnoreExceptions))
		var found []violation
		if err := json.Unmarshal([]byte(run(t, ctx, chromedp.Evaluate[string](audit, chromedp.EvalAwaitPromise))), &found); err != nil {
			t.Fatal(err)
		}
		for _, v := range found {
			for _, n := range v.Nodes {
				t.Errorf("%s: %s (%s)\n%v\n%s", name, v.ID, v.Help, n.Target, n.FailureSummary)
			}
		}
	}
	for _, scheme := range []string{"light", "dark"} {
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		})
		if err != nil {
			t.Fatal(err)
		}
		do(t, ctx, chromedp.Navigate(base+"/404.html"))
		check(scheme + " /404.html")
		for _, lang := range []string{"en", "ja", "zh"} {
			for _, page := range []string{"", "states/", "image-pull-back-off/", "image-not-found/", "error/#namespace=shop", "api/", "senders/", "senders/prometheus-and-grafana/", "404.html"} {
				do(t, ctx, chromedp.Navigate("about:blank"), chromedp.Navigate(base+"/"+lang+"/"+page))
				check(scheme + " /" + lang + "/" + page)
			}
			for _, page := range []string{"", "causes/", "logs/", "causes/2/", samplebook.Popular + "/", samplebook.Popular + "/causes/", "cluster-volume-expired/", "gateway-volume-expired/"} {
				do(t, ctx, chromedp.Navigate(large+"/"+lang+"/"+page))
				check(scheme + " /" + lang + "/" + page + " of the sample")
			}
			for _, text := range []string{"CrashLoopBackOff", describe, "the weather is fine"} {
				do(t, ctx, chromedp.Navigate(base+"/"+lang+"/"))
				submit := `{const form = document.querySelector("form.ask"); form.reason.value = ` + encoded(t, text) + `; form.submit()}`
				run(t, ctx, chromedp.Evaluate[any](submit, chromedp.EvalIgnoreExceptions))
				do(t, ctx, chromedp.WaitVisible(`section.diagnosis`))
				check(scheme + " the function's answer to " + text + " in " + lang)
			}
			do(t, ctx, chromedp.Navigate(base+"/"+lang+"/"))
			ask(t, ctx, "CrashLoopBackOff")
			do(t, ctx, chromedp.SendKeys(`#q`, "image"), chromedp.WaitVisible(`#results [data-href]`))
			check(scheme + " /" + lang + "/ with an answer and the search open")
			for _, text := range []string{describe, "the weather is fine"} {
				ask(t, ctx, text)
				check(scheme + " /" + lang + "/ with the answer to " + text)
			}
		}
	}
}
