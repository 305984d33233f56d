package browser_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"

	"github.com/reasonbook/reasonbook/internal/answer"
	"github.com/reasonbook/reasonbook/internal/entry"
	"github.com/reasonbook/reasonbook/kb"
)

const clb = "Running Unhealthy:Readiness check failed according to l4 listener: lbl-4f2kq0zd of CLB lb-9x3kq2ma. Service: shop/cart-svc"

// requests collects the addresses that a page asks for from now on.
func requests(t *testing.T, ctx context.Context) func() []string {
	t.Helper()
	if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var list []string
	err := chromedp.Listen(ctx, func(ev any) {
		if r, ok := ev.(*network.EventRequestWillBeSent); ok {
			mu.Lock()
			defer mu.Unlock()
			list = append(list, r.Request.Method+" "+r.Request.URL+" "+fmt.Sprint(r.Request.HasPostData))
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return func() []string {
		mu.Lock()
		defer mu.Unlock()
		return slices.Clone(list)
	}
}

// TestPaste pastes a text in each language, reads the answer in the page, and
// goes on to the entry's page, where the values are filled in.
func TestPaste(t *testing.T) {
	base := serve(t)
	ctx := chromium(t)
	asked := requests(t, ctx)
	for lang, filled := range map[string]string{"en": "Open the page, filled in", "ja": "値を入れたページを開く", "zh": "打开已填好参数的页面"} {
		before := len(asked())
		if err := chromedp.Do(ctx, chromedp.Navigate(base+"/"+lang+"/")); err != nil {
			t.Fatal(err)
		}
		if s := strings.Join(asked()[before:], "\n"); strings.Contains(s, "matcher") || strings.Contains(s, "answers") || strings.Contains(s, "patterns") {
			t.Errorf("%s: the matcher is loaded before the box is used:\n%s", lang, s)
		}
		err := chromedp.Do(ctx,
			chromedp.SendKeys(`textarea[name="reason"]`, clb),
			chromedp.Click(`form.ask button`),
			chromedp.WaitVisible(`#answer [data-entry]`),
		)
		if err != nil {
			t.Fatalf("%s: %v", lang, err)
		}
		if id := run(t, ctx, chromedp.Attributes(`[data-entry]`))["data-entry"]; id != "clb-readiness-check-failed" {
			t.Errorf("%s: the first match is %s", lang, id)
		}
		if steps := run(t, ctx, chromedp.Text(`[data-entry] .steps`)); !strings.Contains(steps, "kubectl -n shop get service cart-svc") {
			t.Errorf("%s: steps without the values:\n%s", lang, steps)
		}
		if link := run(t, ctx, chromedp.Text(`[data-entry] .more`)); link != filled {
			t.Errorf("%s: link %q", lang, link)
		}
		if err := chromedp.Do(ctx, chromedp.Click(`[data-entry] .more`), chromedp.WaitVisible(`.entry .filled`)); err != nil {
			t.Fatalf("%s: %v", lang, err)
		}
		if steps := run(t, ctx, chromedp.Text(`.entry .steps`)); !strings.Contains(steps, "kubectl -n shop get service cart-svc") {
			t.Errorf("%s: the page is not filled in:\n%s", lang, steps)
		}
		if at := run(t, ctx, chromedp.Location()); !strings.HasPrefix(at, base+"/"+lang+"/clb-readiness-check-failed/#") {
			t.Errorf("%s: the link leads to %s", lang, at)
		}
	}
	for _, r := range asked() {
		address, _, _ := strings.Cut(r, "#") // the rest stays in the browser
		if strings.Contains(address, "lbl-4f2kq0zd") || !strings.HasPrefix(r, "GET "+base) || strings.HasSuffix(r, "true") {
			t.Errorf("something left the browser: %s", r)
		}
	}
}

// TestPasteErrors: what the form says about input that it cannot use.
func TestPasteErrors(t *testing.T) {
	base := serve(t)
	ctx := chromium(t)
	for lang, want := range map[string][4]string{
		"en": {"Paste a text first.", "No entry matches this text. That does not show that all is well: it does not say whether the instance is running and ready.", "Nothing is failing: the instance reports no error.", "No cause of a failure is named in this text. That does not show that all is well: it says Running, but not whether every container is ready."},
		"ja": {"先に内容を貼り付けてください。", "この内容に一致する項目はありませんが、正常とは判断できません。インスタンスが実行中で準備完了（Ready）かどうかが示されていません。", "異常はありません。インスタンスはエラーを報告していません。", "この内容に障害の原因は記載されていませんが、正常とは判断できません。Runningと示されていますが、すべてのコンテナが準備完了（Ready）かどうかはわかりません。"},
		"zh": {"请先粘贴内容。", "没有与此内容匹配的条目，但这并不能说明一切正常：没有说明实例是否正在运行并已就绪。", "没有故障：实例未报告任何错误。", "此内容中没有给出故障原因，但这并不能说明一切正常：状态为 Running，但没有说明所有容器是否已就绪。"},
	} {
		if err := chromedp.Do(ctx, chromedp.Navigate(base+"/"+lang+"/")); err != nil {
			t.Fatal(err)
		}
		for i, text := range []string{" ", "the weather is fine", "Running Healthy", "Running"} {
			if got := ask(t, ctx, text); got.Said != want[i] || len(got.Matches) > 0 {
				t.Errorf("%s, %q: %+v", lang, text, got)
			}
		}
		if got := ask(t, ctx, "CrashLopBackOf"); len(got.Nearest) == 0 || !strings.HasPrefix(got.Nearest[0], "CrashLoopBackOff") {
			t.Errorf("%s: a misspelling gives %+v", lang, got)
		}
		if got := ask(t, ctx, strings.Repeat("x", 6<<20+1)); !strings.Contains(got.Said, "6 MiB") {
			t.Errorf("%s: a text of more than 6 MiB gives %+v", lang, got)
		}
	}
}

// TestPasteTwice: the answer to a text does not take the place of the answer to
// a later one, even if it has more to load.
func TestPasteTwice(t *testing.T) {
	base := serve(t)
	ctx := chromium(t)
	if err := chromedp.Do(ctx, chromedp.Navigate(base+"/en/")); err != nil {
		t.Fatal(err)
	}
	ask(t, ctx, "CrashLoopBackOff")
	shown := run(t, ctx, chromedp.Evaluate[string](`(async () => {
		const form = document.querySelector("form.ask");
		const loaded = performance.getEntriesByType("resource").length;
		for (const text of ["Readiness probe failed: EOF", "CrashLoopBackOff"]) {
			form.elements.reason.value = text;
			form.requestSubmit();
		}
		while (performance.getEntriesByType("resource").length === loaded) await new Promise((done) => setTimeout(done, 1));
		await new Promise((done) => setTimeout(done, 100));
		return document.querySelector("#answer [data-entry]").dataset.entry;
	})()`, chromedp.EvalAwaitPromise))
	if shown != "crash-loop-back-off" {
		t.Errorf("the page shows %s", shown)
	}
}

// asked is what the page shows after a text was submitted.
type asked struct {
	Said    string
	Matches []askedMatch
	Nearest []string
}

type askedMatch struct {
	ID, Title, Evidence, Meaning string
	Steps                        []string
	Parameters                   map[string]string
	again                        bool     // the function's answer has its text above
	Shows                        []string // ids of the states that it explains
	Next                         []string // ids of what may have brought it about
}

// ask submits a text on the home page and returns the answer.
func ask(t *testing.T, ctx context.Context, text string) asked {
	t.Helper()
	literal, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	raw := run(t, ctx, chromedp.Evaluate[string](`(async () => {
		const form = document.querySelector("form.ask");
		const note = form.querySelector(".said");
		const said = (e) => { const c = e.cloneNode(true); c.querySelectorAll("button").forEach((b) => b.remove()); return c.textContent; };
		form.elements.reason.value = `+string(literal)+`;
		form.requestSubmit();
		while (note.textContent === form.dataset.working) await new Promise((done) => setTimeout(done, 1));
		const answer = document.querySelector("#answer");
		const all = (e, selector, f) => [...e.querySelectorAll(selector)].map(f);
		const empty = answer.hidden;
		return JSON.stringify({
			Said: note.textContent,
			Matches: empty ? [] : all(answer, "[data-entry]", (m) => ({
				ID: m.dataset.entry,
				Title: m.querySelector("h2").textContent,
				Evidence: m.querySelector("q").textContent,
				Meaning: said(m.querySelector(".meaning")),
				Shows: all(m, "[data-shows]", (a) => a.dataset.shows),
				Next: all(m, ".signs a", (a) => a.getAttribute("href").split("/").at(-2)),
				Steps: all(m, ".steps > li", said),
				Parameters: Object.fromEntries(new URLSearchParams(new URL(m.querySelector("h2 a").href).hash.slice(1))),
			})),
			Nearest: empty ? [] : all(answer, ".ways a", (a) => a.textContent),
		});
	})()`, chromedp.EvalAwaitPromise))
	var a asked
	if err := json.Unmarshal([]byte(raw), &a); err != nil {
		t.Fatal(err)
	}
	return a
}

// TestSameAnswers asks the page and the function the same: of each entry an
// example and a text that must not match, and long texts made of all of them.
func TestSameAnswers(t *testing.T) {
	base := serve(t)
	ctx := chromium(t)
	entries, err := entry.Load(kb.Sources())
	if err != nil {
		t.Fatal(err)
	}
	var texts, every []string
	for _, e := range entries {
		texts = append(texts, e.Examples[0].Text, e.Not[0].Value)
		for _, example := range e.Examples {
			every = append(every, example.Text)
		}
		for _, not := range e.Not {
			every = append(every, not.Value)
		}
	}
	single := len(texts)
	for list := range slices.Chunk(every, 20) { // the function's answer holds 50 matches of a subject
		texts = append(texts, strings.Join(list, "\n"))
	}
	special := len(texts)
	texts = append(texts,
		strings.Repeat("2026-11-23T10:00:00Z INFO request served in 12 ms, status 200\n", 2000)+texts[0],
		"CrashLopBackOf", "imagepulbackof", "Running", "Running Healthy", " succeeded\n", "日本語のログだけ", "<b>CrashLoopBackOff</b> & \"quotes\" \u202e",
		strings.ReplaceAll(clb, "shop/cart-svc", "a`b`/c;d"), strings.ReplaceAll(clb, "shop/cart-svc", "XXX"),
	)
	for i, lang := range []string{"en", "ja", "zh"} {
		if err := chromedp.Do(ctx, chromedp.Navigate(base+"/"+lang+"/")); err != nil {
			t.Fatal(err)
		}
		for n, text := range texts {
			if n < special && n%3 != i {
				continue // each in one language; the matcher knows nothing of languages
			}
			got, want := ask(t, ctx, text), function(t, base, lang, text)
			for k := range min(len(got.Matches), len(want.Matches)) {
				if n >= single && n < special { // where an entry stands several times, only the order of the entries is told from here
					got.Matches[k], want.Matches[k] = askedMatch{ID: got.Matches[k].ID}, askedMatch{ID: want.Matches[k].ID}
				}
				if want.Matches[k].again {
					got.Matches[k].Meaning, got.Matches[k].Steps = want.Matches[k].Meaning, want.Matches[k].Steps
				}
			}
			for k := range max(len(got.Matches), len(want.Matches)) {
				if k >= min(len(got.Matches), len(want.Matches)) || encoded(t, got.Matches[k]) != encoded(t, want.Matches[k]) {
					t.Fatalf("%s, %.300q: match %d:\nthe page     %s\nthe function %s", lang, text, k,
						encoded(t, got.Matches[k:min(k+1, len(got.Matches))]), encoded(t, want.Matches[k:min(k+1, len(want.Matches))]))
				}
			}
			if a, b := encoded(t, got), encoded(t, want); a != b {
				t.Fatalf("%s, %.300q:\nthe page     %s\nthe function %s", lang, text, a, b)
			}
		}
	}
}

func encoded(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// function returns what the function answers, as JSON and as HTML together, in
// the form of what the page shows.
func function(t *testing.T, base, lang, text string) asked {
	t.Helper()
	var doc answer.Document
	if err := json.Unmarshal(post(t, base, lang, text, "application/json"), &doc); err != nil {
		t.Fatal(err)
	}
	page, err := html.Parse(bytes.NewReader(post(t, base, lang, text, "text/html")))
	if err != nil {
		t.Fatal(err)
	}
	a := asked{Matches: []askedMatch{}, Nearest: []string{}}
	var matches []answer.Match
	for _, d := range doc.Diagnoses {
		matches = append(matches, d.Matches...)
	}
	if len(matches) == 0 {
		a.Said = first(page, "note")
		for n := range page.Descendants() {
			if n.Data == "ul" && class(n, "ways") {
				for li := range n.ChildNodes() {
					if li.Data == "li" {
						a.Nearest = append(a.Nearest, textOf(li))
					}
				}
			}
		}
		return a
	}
	for n := range page.Descendants() {
		if attribute(n, "id") == "summary" {
			a.Said = textOf(n)
		}
		if n.Data != "article" {
			continue
		}
		// States that a match explains stand in its article.
		i := slices.IndexFunc(matches, func(m answer.Match) bool { return m.ID == attribute(n, "data-entry") })
		m := askedMatch{
			ID: matches[i].ID, Title: matches[i].Title, Evidence: matches[i].Evidence.Text, Meaning: first(n, "meaning"),
			Parameters: map[string]string{}, Shows: []string{}, Next: []string{}, again: matches[i].Same != "",
		}
		matches = slices.Delete(matches, i, i+1)
		for list := range n.Descendants() {
			if list.Data == "a" && attribute(list.Parent, "class") == "" && list.Parent.Data == "h2" { // its page, filled in
				_, fragment, _ := strings.Cut(attribute(list, "href"), "#")
				values, err := url.ParseQuery(fragment)
				if err != nil {
					t.Fatal(err)
				}
				for name := range values {
					m.Parameters[name] = values.Get(name)
				}
			}
			if id := attribute(list, "data-shows"); id != "" {
				m.Shows = append(m.Shows, id)
			}
			if class(list, "signs") {
				for d := range list.Descendants() {
					if d.Data == "a" {
						m.Next = append(m.Next, path.Base(attribute(d, "href")))
					}
				}
			}
			if class(list, "steps") {
				for li := range list.ChildNodes() {
					if li.Data == "li" {
						m.Steps = append(m.Steps, textOf(li))
					}
				}
			}
		}
		a.Matches = append(a.Matches, m)
	}
	return a
}

func post(t *testing.T, base, lang, text, accept string) []byte {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, base+"/diagnose?"+url.Values{"lang": {lang}}.Encode(), strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "text/plain; charset=utf-8")
	r.Header.Set("Accept", accept)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var out bytes.Buffer
	if _, err := out.ReadFrom(res.Body); err != nil || res.StatusCode != 200 {
		t.Fatalf("%d %v %s", res.StatusCode, err, out.Bytes())
	}
	return out.Bytes()
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func class(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == "class" && slices.Contains(strings.Fields(a.Val), name) {
			return true
		}
	}
	return false
}

// first returns the text of the first element below n with a class.
func first(n *html.Node, name string) string {
	for d := range n.Descendants() {
		if class(d, name) {
			return textOf(d)
		}
	}
	return ""
}

func textOf(n *html.Node) string {
	var out strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			out.WriteString(d.Data)
		}
	}
	return out.String()
}
