package match

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
)

// The book of these tests. The names stand for the ids of a real book.
var testBook = []struct {
	name string
	Entry
}{
	{"crash", Entry{[]string{
		"CrashLoopBackOff",
		"Back-off restarting failed container",
		"back-off {delay} restarting failed container={container} pod={instance}_{namespace}({uid})",
	}}},
	{"error", Entry{[]string{"Error", "Exit Code: {code:1..255}"}}},
	{"readiness", Entry{[]string{
		"Readiness probe failed", "Readiness probe failed: {detail...}", "就绪检查失败", "Readinessチェックに失敗",
	}}},
	{"clb", Entry{[]string{
		"Readiness check failed according to l4 listener",
		"Readiness check failed according to l4 listener: {listener} of CLB {clb}. Service: {service}",
	}}},
	{"pull", Entry{[]string{"ImagePullBackOff", `Back-off pulling image "{image}"`}}},
	{"not-found", Entry{[]string{
		`Failed to pull image "{image}": {reason...} not found`,
		`configmap "{configmap}" not found`,
	}}},
	{"quota", Entry{[]string{
		`pods "{pod}" is forbidden: exceeded quota: {quota}`,
		"{count:1..5000} Insufficient {resource}",
	}}},
	{"memory", Entry{[]string{"java.lang.OutOfMemoryError: {detail...}"}}},
	{"sealed", Entry{[]string{"SealedError"}}},
	{"command", Entry{[]string{`exec: "{command}": executable file not found`}}},
}

func testIndex(t testing.TB) *Index {
	t.Helper()
	return New(testTables(t))
}

func testTables(t testing.TB) *Tables {
	t.Helper()
	var entries []Entry
	for _, e := range testBook {
		entries = append(entries, e.Entry)
	}
	tables, err := Compile(entries)
	if err != nil {
		t.Fatal(err)
	}
	return tables
}

// got is a hit in the form that the tests below write.
type got struct {
	Name, Evidence string
	Parameters     map[string]string
}

// hitsOf returns the hits of a text.
func hitsOf(x *Index, text string) []got {
	var list []got
	for _, h := range x.Find(text) {
		g := got{Name: testBook[x.tables.Patterns[h.Pattern].Entry].name, Evidence: text[h.Start:h.End]}
		for _, p := range h.Parameters {
			if g.Parameters == nil {
				g.Parameters = map[string]string{}
			}
			g.Parameters[p.Name] = p.Value
		}
		list = append(list, g)
	}
	return list
}

// check compares the hits of a text with those that are wanted: each of these is
// there, and no hit of another entry, "error" aside where it is not asked for.
func check(t *testing.T, x *Index, text string, want []got) {
	t.Helper()
	list := hitsOf(x, text)
	names := map[string]bool{}
	for _, w := range want {
		names[w.Name] = true
		if !slices.ContainsFunc(list, func(g got) bool { return cmp.Equal(g, w) }) {
			t.Errorf("%q: no hit %q among %q", text, w, list)
		}
	}
	for _, g := range list {
		if !names[g.Name] && g.Name != "error" {
			t.Errorf("%q: hit %q", text, g)
		}
	}
}

type params = map[string]string

func TestHits(t *testing.T) {
	x := testIndex(t)
	for _, test := range []struct {
		name, text string
		want       []got
	}{
		{"nothing", "", nil},
		{"about nothing", "the weather is fine, thank you", nil},
		{"word", "CrashLoopBackOff", []got{{"crash", "CrashLoopBackOff", nil}}},
		{"lower case", "status: crashloopbackoff!", []got{{"crash", "crashloopbackoff", nil}}},
		{"full width", "ＣｒａｓｈＬｏｏｐＢａｃｋＯｆｆ", []got{{"crash", "ＣｒａｓｈＬｏｏｐＢａｃｋＯｆｆ", nil}}},
		{"part of a word", "MyCrashLoopBackOffs", nil},
		{"part of a name", "crashloopbackoff-demo-7d9f   1/1   Running   0   3h", nil},
		{"words that are part of a name", "readiness-probe-failed-demo   1/1   Running   0   3d", nil},
		{"words that are a name", "pod/readiness-probe-failed is running", nil},
		{"words at the end of a name", "demo-readiness probe failed", nil},
		{"words before the next sentence", "Readiness probe failed.Next line", []got{{"readiness", "Readiness probe failed.Next line", params{"detail": ".Next line"}}}},
		{"part of an image", "registry.example.com/team.crashloopbackoff", nil},
		{"part of a URL", "see https://example.com/runbooks/crashloopbackoff for help", nil},
		{"not part of a name", "reason=CrashLoopBackOff, ErrImagePull/ImagePullBackOff.", []got{
			{"crash", "CrashLoopBackOff", nil}, {"pull", "ImagePullBackOff", nil}}},
		{"a name that the pattern asks for", "Caused by: java.lang.OutOfMemoryError: Java heap space", []got{
			{"memory", "java.lang.OutOfMemoryError: Java heap space", params{"detail": "Java heap space"}}}},
		{"that name in a longer one", "java.lang.OutOfMemoryError-demo started", nil},
		{"an exception behind its packages", "vault.store.SealedError: unseal it first", []got{{"sealed", "SealedError", nil}}},
		{"that alone in a line", "raised\n  vault.store_v2.SealedError\nend", []got{{"sealed", "SealedError", nil}}},
		{"that in program code", "except vault.store.SealedError:\nraise vault.store.SealedError(text)", nil},
		{"that in the name of a file", "see notes/vault.SealedError.txt and docs/vault.SealedError: text", nil},
		{"invisible characters", "\ufeffCrash\u200bLoopBackOff", []got{{"crash", "Crash\u200bLoopBackOff", nil}}},
		{"terminal colours", "\x1b[31mCrashLoopBackOff\x1b[0m", []got{{"crash", "CrashLoopBackOff", nil}}},

		{"value of JSON", `{"message":"Readiness probe failed: Get \"http://a:80/\": EOF","reason":"Unhealthy"}`, []got{
			{"readiness", `Readiness probe failed: Get \"http://a:80/\": EOF`, params{"detail": `Get "http://a:80/": EOF`}}}},
		{"JSON in JSON", `{"log":"{\"message\":\"Readiness probe failed: EOF\",\"reason\":\"Unhealthy\"}","x":1}`, []got{
			{"readiness", "Readiness probe failed: EOF", params{"detail": "EOF"}}}},
		{"value of a structured log", `level=warn msg="Readiness probe failed: EOF" pod="cart-1"`, []got{
			{"readiness", "Readiness probe failed: EOF", params{"detail": "EOF"}}}},
		{"quotes that are no string's", `for "a": Readiness probe failed: Get "http://a:80/": EOF`, []got{
			{"readiness", `Readiness probe failed: Get "http://a:80/": EOF`, params{"detail": `Get "http://a:80/": EOF`}}}},

		{"console, ja", "Running Unhealthy:Readiness check failed according to l4 listener: lbl-4f2kq0zd of CLB lb-9x3kq2ma. Service: shop/cart-svc",
			[]got{{"clb", "Readiness check failed according to l4 listener: lbl-4f2kq0zd of CLB lb-9x3kq2ma. Service: shop/cart-svc",
				params{"listener": "lbl-4f2kq0zd", "clb": "lb-9x3kq2ma", "service": "shop/cart-svc"}}}},
		{"the guide's own xxx", "Readiness check failed according to l4 listener: xxx of CLB xxx. Service: xxx",
			[]got{{"clb", "Readiness check failed according to l4 listener: xxx of CLB xxx. Service: xxx",
				params{"listener": "xxx", "clb": "xxx", "service": "xxx"}}}},
		{"console, zh", "Readiness check failed according to l4 listener：lbl-1 of CLB lb-2。Service：shop/cart-svc。",
			[]got{{"clb", "Readiness check failed according to l4 listener：lbl-1 of CLB lb-2。Service：shop/cart-svc",
				params{"listener": "lbl-1", "clb": "lb-2", "service": "shop/cart-svc"}}}},
		{"full width throughout", "Ｒｅａｄｉｎｅｓｓ　ｃｈｅｃｋ　ｆａｉｌｅｄ　ａｃｃｏｒｄｉｎｇ　ｔｏ　ｌ４　ｌｉｓｔｅｎｅｒ：　ｌｂｌ－１　ｏｆ　ＣＬＢ　ｌｂ－２．　Ｓｅｒｖｉｃｅ：　ｓｈｏｐ／ｃａｒｔ",
			[]got{{"clb", "Ｒｅａｄｉｎｅｓｓ　ｃｈｅｃｋ　ｆａｉｌｅｄ　ａｃｃｏｒｄｉｎｇ　ｔｏ　ｌ４　ｌｉｓｔｅｎｅｒ：　ｌｂｌ－１　ｏｆ　ＣＬＢ　ｌｂ－２．　Ｓｅｒｖｉｃｅ：　ｓｈｏｐ／ｃａｒｔ",
				params{"listener": "lbl-1", "clb": "lb-2", "service": "shop/cart"}}}},
		{"no spaces between the sentences", "Readiness check failed according to l4 listener:lbl-1.a of CLB lb-2.Service:shop/cart",
			[]got{{"clb", "Readiness check failed according to l4 listener:lbl-1.a of CLB lb-2.Service:shop/cart",
				params{"listener": "lbl-1.a", "clb": "lb-2", "service": "shop/cart"}}}},
		{"full-width full stop, no space", "Readiness check failed according to l4 listener：lbl-1 of CLB lb-2．Service：shop/cart",
			[]got{{"clb", "Readiness check failed according to l4 listener：lbl-1 of CLB lb-2．Service：shop/cart",
				params{"listener": "lbl-1", "clb": "lb-2", "service": "shop/cart"}}}},
		{"an id that ends in Chinese", "Readiness check failed according to l4 listener: lbl-1 of CLB lb-2. Service: shop/cart的实例",
			[]got{{"clb", "Readiness check failed according to l4 listener: lbl-1 of CLB lb-2. Service: shop/cart",
				params{"listener": "lbl-1", "clb": "lb-2", "service": "shop/cart"}}}},
		{"cut off", "Readiness check failed according to l4 listener: lbl-1 of CL",
			[]got{{"clb", "Readiness check failed according to l4 listener", nil}}},
		{"wrapped by the terminal", "Readiness check failed\n  according to l4 listener: lbl-1 of CLB lb-1. Service: a/b",
			[]got{{"clb", "Readiness check failed\n  according to l4 listener: lbl-1 of CLB lb-1. Service: a/b",
				params{"listener": "lbl-1", "clb": "lb-1", "service": "a/b"}}}},
		{"two paragraphs are not one text", "Readiness check failed\n\naccording to l4 listener", nil},
		{"nor in a later literal", "Failed to pull image \"a/b:1\": manifest not\n\nfound", nil},
		{"another check", "Readiness check passed according to l4 listener: lbl-1 of CLB lb-1. Service: a/b", nil},

		{"rest of the line", "Readiness probe failed: Get \"http://10.0.0.7:8080/healthz\": dial tcp 10.0.0.7:8080: connect: connection refused\nnext line",
			[]got{{"readiness", "Readiness probe failed: Get \"http://10.0.0.7:8080/healthz\": dial tcp 10.0.0.7:8080: connect: connection refused",
				params{"detail": "Get \"http://10.0.0.7:8080/healthz\": dial tcp 10.0.0.7:8080: connect: connection refused"}}}},
		{"rest of an escaped line", `{"message":"Readiness probe failed: HTTP probe failed\nwith something else"}`,
			[]got{{"readiness", "Readiness probe failed: HTTP probe failed", params{"detail": "HTTP probe failed"}}}},
		{"Chinese", "实例就绪检查失败了", []got{{"readiness", "就绪检查失败", nil}}},
		{"Japanese, half-width kana", "Readinessﾁｪｯｸに失敗しました", []got{{"readiness", "Readinessﾁｪｯｸに失敗", nil}}},

		{"delimiters of a hole", "back-off 5m0s restarting failed container=app pod=cart-7d9f_shop(0a1b-2c3d)",
			[]got{{"crash", "back-off 5m0s restarting failed container=app pod=cart-7d9f_shop(0a1b-2c3d)",
				params{"delay": "5m0s", "container": "app", "instance": "cart-7d9f", "namespace": "shop", "uid": "0a1b-2c3d"}}}},
		{"quoted", `Back-off pulling image "registry.example.com:5000/shop/cart:1.2.3"`,
			[]got{{"pull", `Back-off pulling image "registry.example.com:5000/shop/cart:1.2.3"`, params{"image": "registry.example.com:5000/shop/cart:1.2.3"}}}},
		{"quoted twice", `"message":"Back-off pulling image \"nginx:1.99\"","type":"Normal"`,
			[]got{{"pull", `Back-off pulling image \"nginx:1.99\"`, params{"image": "nginx:1.99"}}}},
		{"not quoted", `Back-off pulling image nginx:1.99.`,
			[]got{{"pull", `Back-off pulling image nginx:1.99`, params{"image": "nginx:1.99"}}}},
		{"words in quotes", `exec: "run app": executable file not found in $PATH`,
			[]got{{"command", `exec: "run app": executable file not found`, params{"command": "run app"}}}},
		{"a path keeps its slash", `exec: "/app/run": executable file not found in $PATH`,
			[]got{{"command", `exec: "/app/run": executable file not found`, params{"command": "/app/run"}}}},
		{"empty hole", `Back-off pulling image ""`, nil},
		{"cause before state", "Failed to pull image \"a/b:1\": manifest for a/b:1 not found. Error: ImagePullBackOff",
			[]got{{"not-found", `Failed to pull image "a/b:1": manifest for a/b:1 not found`, params{"image": "a/b:1", "reason": "manifest for a/b:1"}},
				{"pull", "ImagePullBackOff", nil}}},
		{"cause before a state with more evidence", "Back-off restarting failed container\nexec: \"x\": executable file not found",
			[]got{{"command", `exec: "x": executable file not found`, params{"command": "x"}}, {"crash", "Back-off restarting failed container", nil}}},
		{"the literal of {reason...} must stand in the same line", "Failed to pull image \"a/b:1\": manifest\nconfig not found", nil},
		{"anchor behind two holes", `pods "cart-1" is forbidden: exceeded quota: compute, requested: cpu=2`,
			[]got{{"quota", `pods "cart-1" is forbidden: exceeded quota: compute`, params{"pod": "cart-1", "quota": "compute"}}}},
		{"hole at the beginning", "0/3 nodes are available: 3 Insufficient cpu.",
			[]got{{"quota", "3 Insufficient cpu", params{"count": "3", "resource": "cpu"}}}},
		{"number out of range", "0 Insufficient cpu", nil},
		{"no number", "some Insufficient cpu", nil},

		{"longer states first, one match an entry", "Readiness probe failed\nCrashLoopBackOff\nReadiness probe failed: x\nBack-off restarting failed container",
			[]got{{"crash", "Back-off restarting failed container", nil}, {"readiness", "Readiness probe failed: x", params{"detail": "x"}}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			check(t, x, test.text, test.want)
		})
	}
}

// TestEveryPlace: a pattern counts wherever it stands; whether that is the place
// of a status, or denied, is not decided here.
func TestEveryPlace(t *testing.T) {
	x := testIndex(t)
	for text, want := range map[string]int{
		"Error": 1, " error.\n": 1, "STATUS: Error": 1, "状态：Error": 1, "ステータス：Ｅｒｒｏｒ": 1, "Terminated: Error": 1, "npm: Error": 1,
		"NAME READY STATUS RESTARTS AGE\ncart-7d9f   0/1     Error   3 (40s ago)   2m":          1,
		"shop  cart-7d9f   0/1     Error   0   2m   10.0.0.1   node-1":                          1,
		"    Last State:     Terminated\n      Reason:       Error\n      Exit Code:    1\n":    2,
		"    Last State:     Terminated\n      Reason:       Error\n      Started: yesterday\n": 1,
		`{"terminated":{"reason":"Error","startedAt":"x"}}`:                                     1,
		`{\"terminated\":{\"reason\":\"Error\",\"startedAt\":\"x\"}}`:                           1,
		"kube_pod_container_status_terminated_reason{reason=\"Error\"} 1":                       1,
		"exit code 137": 1, "Last State: Terminated Reason: Error Exit Code: 1 Started: Mon": 2,
		"インスタンスの状態：Error": 1, "实例状态: Error": 1, "Reason: Error exit from the loop": 1,
		"2026-11-23 ERROR could not open file": 1, "Error: could not open file": 1, "Reason: Error reading file": 1,
		"starting\nerror\ndone": 1, `{"status":"error"}`: 1, "no error": 1, "Exit Code: 0": 0,
		"the command ended with exit code 1, trying again": 1, "1/2 Error 3": 1, "Error\nCrashLoopBackOff": 2,
		"terrors": 0, "error-demo": 0, "Error3": 0,

		"no CrashLoopBackOff pods found": 1, "No pods in CrashLoopBackOff": 1, "0 pods in CrashLoopBackOff": 1,
		"The pod is no longer in CrashLoopBackOff": 1, "without CrashLoopBackOff": 1, "没有 CrashLoopBackOff 的实例": 1, "当前无CrashLoopBackOff": 1,
		"no Readiness probe failed events": 2, `waiting_reason{pod="a",reason="CrashLoopBackOff",uid="b"} 0`: 1,
		"container is not ready: CrashLoopBackOff": 1, "not ready, CrashLoopBackOff": 1, "cart-1 0/1 CrashLoopBackOff 3 2m": 1,
		"cart-1 0 CrashLoopBackOff": 1, "3 pods in CrashLoopBackOff": 1, "有 CrashLoopBackOff 的实例": 1, "the answer is no\nCrashLoopBackOff": 1,
		"Why not? CrashLoopBackOff": 1, `{"reason":"CrashLoopBackOff","restarts":{"app":0}}`: 1,

		strings.Repeat("CrashLoopBackOff\n", 64):            64,
		strings.Repeat("CrashLoopBackOff\n", 10_000):        64,
		strings.Repeat("CrashLoopBackOff Error\n", 100_000): 128,
	} {
		if hits := x.Find(text); len(hits) != want {
			t.Errorf("%.60q: %d hits, want %d", text, len(hits), want)
		}
	}
	text := strings.Repeat("CrashLoopBackOff\n", 1000)
	hits := x.Find(text)
	if hits[15].Start != 15*17 || hits[16].Start != (1000-48)*17 || hits[63].Start != 999*17 {
		t.Errorf("not the first 16 and the last 48: %v", hits)
	}
}

// TestHitsInAll: the hits of all patterns together are bounded, too.
func TestHitsInAll(t *testing.T) {
	var patterns []string
	var text strings.Builder
	for i := range 400 {
		word := fmt.Sprintf("reason%dfailed", i)
		patterns = append(patterns, word)
		text.WriteString(strings.Repeat(word+"\n", 64))
	}
	tables, err := Compile([]Entry{{patterns}})
	if err != nil {
		t.Fatal(err)
	}
	hits := New(tables).Find(text.String())
	if len(hits) != 8192 || hits[0].Start != 0 || hits[8191].End != text.Len()-1 || hits[4095].Pattern != 63 || hits[4096].Pattern != 336 {
		t.Errorf("%d hits, those in the middle of patterns %d and %d", len(hits), hits[4095].Pattern, hits[4096].Pattern)
	}
}

func TestCompileRefuses(t *testing.T) {
	for _, test := range []struct{ pattern, want string }{
		{"", "no literal word"},
		{"{a}", "no literal word"},
		{"{a...} failed", "begins with {a...}"},
		{"failed {a}{b}", "nothing stands between hole {a} and the next one"},
		{"failed {a...} {b}", "{a...} needs a literal word after it"},
		{"failed {a} or {a}", "hole {a} stands twice"},
		{"lbl{a} failed", "hole {a} touches the word before it"},
		{"failed {a}bc", "hole {a} touches the word after it"},
		{"failed {Name}", "{Name} is no hole"},
		{"failed {a:9..1}", "{a:9..1} is no hole"},
		{"failed {a:b}", "{a:b} is no hole"},
		{strings.Repeat("a {b} ", 20), "more than 32"},
	} {
		_, err := Compile([]Entry{{[]string{test.pattern}}})
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("Compile(%q): error %v, want one with %q", test.pattern, err, test.want)
		}
	}
	for _, pattern := range []string{
		"had untolerated taint {node.kubernetes.io/not-ready: }", "连接{service}失败", "{} empty", "a { b",
	} {
		if _, err := Compile([]Entry{{[]string{pattern}}}); err != nil {
			t.Errorf("Compile(%q): %v", pattern, err)
		}
	}
}

func TestFold(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"Running Unhealthy:Readiness  probe", "running unhealthy readiness probe"},
		{"Ｒｕｎｎｉｎｇ　Ｕｎｈｅａｌｔｈｙ：Ｒｅａｄｉｎｅｓｓ", "running unhealthy readiness"},
		{"ﾎﾟｯﾄﾞ ポッド", "ポ ッ ド ポ ッ ド"},
		{"㍿①ﬁle", "株 式 会 社 1file"},
		{"cafe\u0301 café", "café café"},
		{"a\\nb\\\"c\\u003ed", "a b c d"},
		{"a\xffb\xe3\x81", "a b"},
		{"l4_listener-x", "l4_listener x"},
	} {
		if got := norm.NFC.String(Fold(test.text)); got != test.want {
			t.Errorf("Fold(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}

// TestFoldKnowsUnicode: every character folds as its NFKC does.
func TestFoldKnowsUnicode(t *testing.T) {
	for r := rune(0x20); r <= unicode.MaxRune; r++ {
		if r >= 0xac00 && r <= 0xdfff || r >= 0x1100 && r <= 0x11ff { // Korean
			continue
		}
		text := "か" + string(r) + "b"
		if got, want := Fold(text), Fold(norm.NFKC.String(text)); got != want {
			t.Errorf("%U: folds to %q, its NFKC to %q", r, got, want)
		}
	}
}

func TestNearest(t *testing.T) {
	x := testIndex(t)
	for _, test := range []struct {
		text string
		want []string
	}{
		{"CrashLopBackOf", []string{"crash"}},
		{"ImagePulBackoff", []string{"pull"}},
		{"Readiness probe faild", []string{"readiness"}},
		{"就绪检查", []string{"readiness"}},
		{"Faild to pul image not found", []string{"not-found"}},
		{"pull image configmap", nil}, // words of two patterns are like neither
		{"the weather is fine, thank you", nil},
		{"", nil},
		{"ab", nil},
	} {
		var names []string
		for _, entry := range x.Nearest(test.text, 1) {
			names = append(names, testBook[entry].name)
		}
		if diff := cmp.Diff(test.want, names); diff != "" {
			t.Errorf("Nearest(%q): -want +got:\n%s", test.text, diff)
		}
	}
}
