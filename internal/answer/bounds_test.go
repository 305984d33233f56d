package answer_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"

	"github.com/reasonbook/reasonbook/internal/answer"
	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/diagnosis"
	"github.com/reasonbook/reasonbook/internal/evidence"
	"github.com/reasonbook/reasonbook/internal/payload"
	"github.com/reasonbook/reasonbook/kb"
)

// limit is the largest answer, in bytes: hosts take 6 MB, with what they put
// around it.
const limit = 5_500_000

// write answers a payload as POST /diagnose does.
func write(t testing.TB, body string, format answer.Format, l book.Language) string {
	t.Helper()
	return writeList(t, diagnose(t, body), format, l)
}

func diagnose(t testing.TB, body string) []diagnosis.Diagnosis {
	t.Helper()
	cases, err := payload.Read([]byte(body), "")
	if err != nil {
		t.Fatal(err)
	}
	list, of := diagnosis.Of(t.Context(), kb.Book(), cases)
	if of != nil {
		t.Fatal(of)
	}
	return list
}

func writeList(t testing.TB, list []diagnosis.Diagnosis, format answer.Format, l book.Language) string {
	t.Helper()
	w := answer.Writer{Book: kb.Book(), SiteURL: "https://book.example.com/"}
	out, err := w.Write(list, format, l)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func document(t testing.TB, body string) answer.Document {
	t.Helper()
	var doc answer.Document
	if err := json.Unmarshal([]byte(write(t, body, answer.JSON, book.English)), &doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

// check holds an answer to what every answer must be, however large its input.
func check(t *testing.T, out string, format answer.Format) {
	t.Helper()
	if len(out) > limit {
		t.Errorf("%d bytes", len(out))
	}
	inString, err := json.Marshal(out)
	if err != nil {
		t.Fatal(err)
	}
	// Marshal escapes these for HTML's sake; the envelope of a host does not.
	size := len(inString) - 5*(strings.Count(out, "<")+strings.Count(out, ">")+strings.Count(out, "&"))
	if size > limit {
		t.Errorf("%d bytes as a string of JSON", size)
	}
	if !utf8.ValidString(out) {
		t.Error("no valid UTF-8")
	}
	switch format {
	case answer.JSON:
		if !json.Valid([]byte(out)) {
			t.Error("no valid JSON")
		}
	case answer.Markdown:
		if n := len(regexp.MustCompile("(?m)^ *```").FindAllString(out, -1)); n%2 != 0 {
			t.Errorf("%d fences of code", n)
		}
		for _, line := range strings.Split(out, "\n") {
			if strings.HasPrefix(line, "**`") && !strings.HasSuffix(line, "`**") {
				t.Errorf("a code span is not closed: %s", line)
			}
		}
	case answer.HTML:
		balanced(t, out)
	}
}

// balanced checks that every element of a page is closed where it belongs.
func balanced(t *testing.T, page string) {
	t.Helper()
	var stack []string
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(stack) > 0 {
				t.Errorf("elements that are not closed: %v", stack)
			}
			return
		case html.StartTagToken:
			switch name, _ := z.TagName(); string(name) {
			case "meta", "link", "br", "img":
			default:
				stack = append(stack, string(name))
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if len(stack) == 0 || stack[len(stack)-1] != string(name) {
				t.Fatalf("</%s> after %v", name, stack)
			}
			stack = stack[:len(stack)-1]
		}
	}
}

// pod returns a Pod that waits for a reason.
func pod(name, reason, message string) string {
	state := map[string]any{"waiting": map[string]any{"reason": reason, "message": message}}
	ready := reason == ""
	if ready {
		state = map[string]any{"running": map[string]any{}}
	}
	out, _ := json.Marshal(map[string]any{
		"kind": "Pod", "apiVersion": "v1", "metadata": map[string]any{"namespace": "shop", "name": name},
		"status": map[string]any{
			"phase":             "Running",
			"conditions":        []any{map[string]any{"type": "Ready", "status": map[bool]string{true: "True", false: "False"}[ready]}},
			"containerStatuses": []any{map[string]any{"name": "app", "ready": ready, "state": state}},
		},
	})
	return string(out)
}

func list(items []string) string {
	return `{"kind":"List","apiVersion":"v1","items":[` + strings.Join(items, ",") + `]}`
}

// pods returns a List of pods in CrashLoopBackOff.
func pods(n int) string {
	items := make([]string, n)
	for i := range items {
		items[i] = pod(fmt.Sprintf("cart-7d9f8b6c5d-%05d", i), "CrashLoopBackOff", "back-off 5m0s restarting failed container=app")
	}
	return list(items)
}

// TestLargeAnswers: whatever comes in, the answer fits the hosts and is whole.
func TestLargeAnswers(t *testing.T) {
	long := strings.Repeat("a\u2028\"<é中\\`", 60_000)
	everything := "CrashLoopBackOff, Error, ImagePullBackOff, PostStartHookError, ContainerCreating, CreateContainerConfigError. Readiness probe failed: " +
		long + "\nRunning Unhealthy:Readiness check failed according to l4 listener: " + strings.Repeat("l", 500_000) + " of CLB x"
	names, _ := json.Marshal(map[string]any{
		"reason": "PostStartHookError", "message": everything, "instance": strings.Repeat("a", 500_000), "namespace": long, "container": "`" + long,
	})
	hostile, _ := json.Marshal(map[string]any{"reason": "Readiness probe failed: " + strings.Repeat("\"\\`'<\u2028", 400), "instance": strings.Repeat("`", 300)})
	for _, test := range []struct{ name, body string }{
		{"10,000 pods", pods(10_000)},
		{"20,000 equal items", "[" + strings.Repeat(`{"reason":"PostStartHookError"},`, 20_000) + `{"reason":"x"}]`},
		{"200,000 items that cannot be read", `[{"reason":"x"}` + strings.Repeat(",0", 200_000) + "]"},
		{"items that nothing matches", "[" + strings.Repeat(`{"reason":"CrashLopBackOf"},`, 30_000) + `{"reason":"x"}]`},
		{"long names and messages", string(names)},
		{"hostile values, 6 MB of them", "[" + strings.Repeat(string(hostile)+",", 6_000_000/len(hostile)) + string(hostile) + "]"},
		{"a text of quotes", strings.Repeat("a'\"", 1_900_000)},
		{"a text of one failure, over and over", strings.Repeat("Readiness probe failed: \x01\t", 200_000)},
	} {
		t.Run(test.name, func(t *testing.T) {
			list := diagnose(t, test.body)
			for _, format := range answer.Formats {
				check(t, writeList(t, list, format, book.Japanese), format)
			}
		})
	}
}

// TestManyPods: of ten thousand pods in one state, each is answered.
func TestManyPods(t *testing.T) {
	const n = 10_000
	body := pods(n)
	doc := document(t, body)
	if doc.Truncated == nil {
		t.Fatal("nothing says that steps were left out")
	}
	shown := len(doc.Diagnoses)
	if c := doc.Truncated.Diagnoses; shown < n*7/10 || shown < n && (c == nil || c.Total != n || c.Shown != shown) {
		t.Errorf("%d of %d diagnoses, %+v", shown, n, c)
	}
	for i, d := range doc.Diagnoses {
		if d.Subject.Name != fmt.Sprintf("cart-7d9f8b6c5d-%05d", i) || len(d.Matches) != 1 || d.Matches[0].ID != "crash-loop-back-off" || d.Matches[0].Parameters["delay"] != "5m0s" {
			t.Fatalf("diagnosis %d: %+v", i, d)
		}
	}
	entry, _ := kb.Book().Find("crash-loop-back-off")
	meaning := kb.Book().Entries[entry].Texts[book.English].Meaning.Plain(book.Values{})[:40]
	for format, mark := range map[answer.Format]string{answer.Text: "\nPod shop/", answer.Markdown: "\n**`Pod shop/", answer.HTML: `<p class="subject"><code>Pod shop/`} {
		out := write(t, body, format, book.English)
		shown := strings.Count("\n"+out, mark)
		if shown < n*6/10 {
			t.Errorf("%s: %d of %d", format, shown, n)
		}
		if said := fmt.Sprintf("%d of %d diagnoses are shown", shown, n); shown < n != strings.Contains(out[:min(len(out), 4000)], said) {
			t.Errorf("%s begins without %q:\n%.300s", format, said, out)
		}
		if texts := strings.Count(out, meaning); texts != 1 {
			t.Errorf("%s: the meaning stands there %d times", format, texts)
		}
	}
}

// TestSame: an entry's texts stand once, its steps again where they would be
// others.
func TestSame(t *testing.T) {
	doc := document(t, list([]string{
		pod("a", "CrashLoopBackOff", ""), pod("b", "ImagePullBackOff", ""), pod("c", "CrashLoopBackOff", ""),
	}))
	first, further := doc.Diagnoses[0].Matches[0], doc.Diagnoses[2].Matches[0]
	if first.Same != "" || first.Meaning == "" || len(first.Steps) == 0 {
		t.Errorf("first: %+v", first)
	}
	if m := doc.Diagnoses[1].Matches[0]; m.Same != "" || m.Meaning == "" {
		t.Errorf("of another entry: %+v", m)
	}
	if further.Same != "diagnoses[0].matches[0]" || further.Meaning != "" || further.Pictures != nil || further.Title != first.Title || further.URL != first.URL || further.Evidence.Text != "CrashLoopBackOff" {
		t.Errorf("further: %+v", further)
	}
	if steps := strings.Join(further.Steps, "\n"); len(further.Steps) != len(first.Steps) || !strings.Contains(steps, "kubectl -n shop logs c ") || strings.Contains(steps, "logs a ") {
		t.Errorf("its steps are filled with its own values:\n%s", steps)
	}
	if doc.Truncated != nil {
		t.Errorf("truncated: %+v", doc.Truncated)
	}

	doc = document(t, `[{"reason":"CrashLoopBackOff"},{"reason":"CrashLoopBackOff"}]`)
	if m := doc.Diagnoses[1].Matches[0]; m.Steps != nil || m.Same == "" {
		t.Errorf("nothing differs: %+v", m)
	}
}

// TestSameForPeople: a further match says where the explanation stands, and has
// the steps that hold its own names, as long as somebody may read them.
func TestSameForPeople(t *testing.T) {
	for _, test := range []struct {
		l                  book.Language
		above, alone, mind string
	}{
		{book.English, "Explained above, under ", "Explained above.", "put the names of this instance"},
		{book.Japanese, "説明は上の", "説明は上に記載したとおりです。", "このインスタンスのものに置き換えてください"},
		{book.Chinese, "说明见上文的", "说明见上文。", "换成此实例的名称"},
	} {
		for _, format := range []answer.Format{answer.Text, answer.Markdown, answer.HTML} {
			out := write(t, pods(40), format, test.l)
			if n := strings.Count(out, test.above); n != 39 || !strings.Contains(out, "cart-7d9f8b6c5d-00000") {
				t.Errorf("%s, %s: %d of 39 refer to the first", format, test.l, n)
			}
			// Named in its line and in the address of its page at any rate.
			if strings.Count(out, "cart-7d9f8b6c5d-00001") < 4 || strings.Count(out, "cart-7d9f8b6c5d-00039") > 2 {
				t.Errorf("%s, %s: the second pod has commands of its own, the last has none", format, test.l)
			}
			if n := strings.Count(out, test.mind); n < 10 || n > 30 {
				t.Errorf("%s, %s: %d are told to put in their names", format, test.l, n)
			}
			out = write(t, `[{"reason":"Error"},{"reason":"Error"}]`, format, test.l)
			if !strings.Contains(out, test.alone) || strings.Contains(out, test.mind) {
				t.Errorf("%s, %s: %s", format, test.l, out)
			}
		}
	}
	page := write(t, pods(2), answer.HTML, book.English)
	if !strings.Contains(page, `href="#match-0-0"`) || !strings.Contains(page, `id="match-0-0"`) {
		t.Error("no link to the first match")
	}
}

// TestFailingFirst: what does not fit is left out from the least telling on.
func TestFailingFirst(t *testing.T) {
	const failures = 15_000
	items := make([]string, 0, 19_001)
	for i := range 4000 {
		items = append(items, pod(fmt.Sprintf("healthy-%d", i), "", ""))
	}
	for i := range failures {
		items = append(items, pod(fmt.Sprintf("failing-%d", i), "CrashLoopBackOff", "back-off 5m0s restarting failed container=app"))
	}
	items = append(items, pod("last", "ImagePullBackOff", ""))
	doc := document(t, list(items))
	if c := doc.Truncated.Diagnoses; c == nil || c.Total != len(items) || c.Shown != len(doc.Diagnoses) {
		t.Fatalf("truncated: %+v", doc.Truncated)
	}
	var failing, healthy int
	for _, d := range doc.Diagnoses {
		switch {
		case strings.HasPrefix(d.Subject.Name, "healthy"):
			healthy++
		case strings.HasPrefix(d.Subject.Name, "failing"):
			failing++
		}
	}
	if failing < 7000 || failing == failures || healthy > 0 {
		t.Errorf("%d failing and %d healthy pods", failing, healthy)
	}
	if d := doc.Diagnoses[len(doc.Diagnoses)-1]; d.Subject.Name != "last" || d.Matches[0].Meaning == "" {
		t.Errorf("an entry of its own is missing: %+v", d)
	}
	if m := doc.Diagnoses[0].Matches; len(m) > 0 && (m[0].Same != "" || doc.Diagnoses[1].Matches[0].Same != "diagnoses[0].matches[0]") {
		t.Errorf("the first that is shown explains: %+v", m)
	}
}

// TestValues: a long value is cut between characters, marked and counted, and
// fills no command.
func TestValues(t *testing.T) {
	long := strings.Repeat("日", 300)
	body, _ := json.Marshal(map[string]any{"reason": "CrashLoopBackOff", "instance": strings.Repeat("a", 300), "namespace": long})
	doc := document(t, string(body))
	d := doc.Diagnoses[0]
	if s := d.Subject; !strings.HasPrefix(long, strings.TrimSuffix(s.Namespace, "…")) || !strings.HasSuffix(s.Namespace, "日…") || len(s.Namespace) > 260 {
		t.Errorf("namespace %q", s.Namespace)
	}
	if doc.Truncated == nil || doc.Truncated.Values != 2 {
		t.Errorf("truncated: %+v", doc.Truncated)
	}
	if steps := strings.Join(d.Matches[0].Steps, "\n"); strings.Contains(steps, "aaaa") || !strings.Contains(steps, "logs <instance>") {
		t.Errorf("a name that was cut is in a command:\n%s", steps)
	}
	for l, said := range map[book.Language]string{book.English: "“…” at the end: 2.", book.Japanese: "末尾に「…」を付けています（2件）", book.Chinese: "以“…”结尾：共 2 处"} {
		for _, format := range []answer.Format{answer.Text, answer.Markdown, answer.HTML} {
			if out := write(t, string(body), format, l); !strings.Contains(out, said) {
				t.Errorf("%s, %s does not say %q:\n%.500s", format, l, said, out)
			}
		}
	}
	text := "Readiness probe failed: " + strings.Repeat("é", 5000)
	if m := document(t, text).Diagnoses[0].Matches[0]; len(m.Evidence.Text) > 2010 || m.Evidence.End <= m.Evidence.Start || !utf8.ValidString(m.Evidence.Text) {
		t.Errorf("evidence %+v", m.Evidence)
	}
}

// TestManyMatches: one diagnosis shows its best matches, each with values of a
// bounded length.
func TestManyMatches(t *testing.T) {
	b := &book.Book{}
	var rules []evidence.Entry
	var text strings.Builder
	for i := range 209 {
		id := fmt.Sprintf("entry-%03d", i)
		b.Entries = append(b.Entries, book.Entry{ID: id, Kind: book.Cause})
		rules = append(rules, evidence.Entry{ID: id, Patterns: []evidence.Pattern{{Text: fmt.Sprintf("failure%03d {detail...}", i)}}})
		fmt.Fprintf(&text, "failure%03d %s\n\n", i, strings.Repeat("\"x", 5000))
	}
	var err error
	if b.Rules, err = evidence.Compile(rules); err != nil {
		t.Fatal(err)
	}
	list, err := diagnosis.Of(t.Context(), b, []payload.Case{{Texts: []payload.Text{{Value: text.String()}}}})
	if err != nil || len(list) != 1 || len(list[0].Matches) != 209 {
		t.Fatalf("%d diagnoses, %v", len(list), err)
	}
	w := answer.Writer{Book: b, SiteURL: "/"}
	for _, format := range answer.Formats {
		out, err := w.Write(list, format, book.English)
		if err != nil {
			t.Fatal(err)
		}
		check(t, string(out), format)
		if len(out) > 1_000_000 || strings.Contains(string(out), "entry-100") {
			t.Errorf("%s: %d bytes", format, len(out))
		}
		if said := "50 of 209"; format != answer.JSON && !strings.Contains(string(out), said) {
			t.Errorf("%s does not say %q", format, said)
		}
		if format != answer.JSON {
			continue
		}
		var doc answer.Document
		if err := json.Unmarshal(out, &doc); err != nil {
			t.Fatal(err)
		}
		if m := doc.Diagnoses[0].Matches; len(m) != 50 || m[49].ID != "entry-049" || len(m[0].Parameters["detail"]) > 2010 {
			t.Errorf("%d matches", len(m))
		}
		if c := doc.Truncated; c == nil || c.Matches == nil || *c.Matches != (answer.Count{Total: 209, Shown: 50}) {
			t.Errorf("truncated: %+v", c)
		}
	}
}

// TestPastedText: a page repeats what was pasted, unless that is long.
func TestPastedText(t *testing.T) {
	short, long := "CrashLoopBackOff "+strings.Repeat("x", 1000), "CrashLoopBackOff "+strings.Repeat("x", 10_000)
	for l, said := range map[book.Language]string{book.English: "too long to stand here again", book.Japanese: "ここには再表示していません", book.Chinese: "此处不再显示"} {
		if page := write(t, short, answer.HTML, l); !strings.Contains(page, ">"+short+"</textarea>") || strings.Contains(page, said) {
			t.Errorf("%s: a short text is repeated", l)
		}
		if page := write(t, long, answer.HTML, l); strings.Contains(page, "xxxx") || !strings.Contains(page, said) {
			t.Errorf("%s: a long text is left out, with a word", l)
		}
	}
}
