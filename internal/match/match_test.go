package match

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
)

// The book of these tests. The names stand for the ids of a real book.
var testBook = []struct {
	name string
	Entry
}{
	{"crash", Entry{Patterns: []string{
		"CrashLoopBackOff",
		"Back-off restarting failed container",
		"back-off {delay} restarting failed container={container} pod={instance}_{namespace}({uid})",
	}}},
	{"error", Entry{Status: []string{"Error", "Exit Code: {code:1..255}"}}},
	{"readiness", Entry{Patterns: []string{
		"Readiness probe failed", "Readiness probe failed: {detail...}", "就绪检查失败", "Readinessチェックに失敗",
	}}},
	{"clb", Entry{Patterns: []string{
		"Readiness check failed according to l4 listener",
		"Readiness check failed according to l4 listener: {listener} of CLB {clb}. Service: {service}",
	}}},
	{"pull", Entry{Patterns: []string{"ImagePullBackOff", `Back-off pulling image "{image}"`}}},
	{"not-found", Entry{Rank: 1, Patterns: []string{
		`Failed to pull image "{image}": {reason...} not found`,
		`configmap "{configmap}" not found`,
	}}},
	{"quota", Entry{Rank: 1, Patterns: []string{
		`pods "{pod}" is forbidden: exceeded quota: {quota}`,
		"{count:1..5000} Insufficient {resource}",
	}}},
	{"memory", Entry{Rank: 1, Patterns: []string{"java.lang.OutOfMemoryError: {detail...}"}}},
	{"command", Entry{Rank: 1, Patterns: []string{`exec: "{command}": executable file not found`}}},
}

func testIndex(t testing.TB) *Index {
	t.Helper()
	var entries []Entry
	for _, e := range testBook {
		entries = append(entries, e.Entry)
	}
	tables, err := Compile(entries)
	if err != nil {
		t.Fatal(err)
	}
	return New(tables)
}

// got is a match in the form that the tests below write.
type got struct {
	Name, Evidence string
	Parameters     map[string]string
}

func matchAll(x *Index, text string) []got {
	var list []got
	for _, m := range x.Match(text) {
		g := got{Name: testBook[m.Entry].name, Evidence: text[m.Start:m.End]}
		for _, p := range m.Parameters {
			if g.Parameters == nil {
				g.Parameters = map[string]string{}
			}
			g.Parameters[p.Name] = p.Value
		}
		list = append(list, g)
	}
	return list
}

type params = map[string]string

func TestMatch(t *testing.T) {
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
		{"invisible characters", "\ufeffCrash\u200bLoopBackOff", []got{{"crash", "Crash\u200bLoopBackOff", nil}}},
		{"terminal colours", "\x1b[31mCrashLoopBackOff\x1b[0m", []got{{"crash", "CrashLoopBackOff", nil}}},

		{"value of JSON", `{"message":"Readiness probe failed: Get \"http://a:80/\": EOF","reason":"Unhealthy"}`, []got{
			{"readiness", `Readiness probe failed: Get \"http://a:80/\": EOF`, params{"detail": `Get \"http://a:80/\": EOF`}}}},
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
			if diff := cmp.Diff(test.want, matchAll(x, test.text)); diff != "" {
				t.Errorf("%q: -want +got:\n%s", test.text, diff)
			}
		})
	}
}

func TestStatusPosition(t *testing.T) {
	x := testIndex(t)
	for _, test := range []struct {
		text string
		want string // evidence
	}{
		{"Error", "Error"},
		{" error.\n", "error"},
		{"STATUS: Error", "Error"},
		{"状态：Error", "Error"},
		{"ステータス：Ｅｒｒｏｒ", "Ｅｒｒｏｒ"},
		{"NAME READY STATUS RESTARTS AGE\ncart-7d9f   0/1     Error   3 (40s ago)   2m", "Error"},
		{"shop  cart-7d9f   0/1     Error   0   2m   10.0.0.1   node-1", "Error"},
		{"    Last State:     Terminated\n      Reason:       Error\n      Exit Code:    1\n", "Exit Code:    1"},
		{"    Last State:     Terminated\n      Reason:       Error\n      Started: yesterday\n", "Error"},
		{`{"terminated":{"reason":"Error","startedAt":"x"}}`, "Error"},
		{`{\"terminated\":{\"reason\":\"Error\",\"startedAt\":\"x\"}}`, "Error"},
		{"kube_pod_container_status_terminated_reason{reason=\"Error\"} 1", "Error"},
		{"exit code 137", "exit code 137"},
		{"Terminated: Error", "Error"},
		{"Last State: Terminated Reason: Error Exit Code: 1 Started: Mon", "Error"},
		{"インスタンスの状態：Error", "Error"},
		{"实例状态: Error", "Error"},

		{"npm: Error", ""},
		{"Reason: Error exit from the loop", ""},
		{"2026-11-23 ERROR could not open file", ""},
		{"Error: could not open file", ""},
		{"Reason: Error reading file", ""},
		{"starting\nerror\ndone", ""},
		{`{"status":"error"}`, ""},
		{"no error", ""},
		{"Exit Code: 0", ""},
		{"the command ended with exit code 1, trying again", ""},
		{"1/2 Error 3", ""},
	} {
		var evidence string
		for _, g := range matchAll(x, test.text) {
			if g.Name == "error" {
				evidence = g.Evidence
			}
		}
		if evidence != test.want {
			t.Errorf("%q: evidence %q, want %q", test.text, evidence, test.want)
		}
	}
}

func TestDenied(t *testing.T) {
	x := testIndex(t)
	for text, want := range map[string]bool{
		"no CrashLoopBackOff pods found":                              true,
		"No pods in CrashLoopBackOff":                                 true,
		"0 pods in CrashLoopBackOff":                                  true,
		"The pod is no longer in CrashLoopBackOff":                    true,
		"without CrashLoopBackOff":                                    true,
		"没有 CrashLoopBackOff 的实例":                                     true,
		"当前无CrashLoopBackOff":                                         true,
		"no Readiness probe failed events":                            true,
		`waiting_reason{pod="a",reason="CrashLoopBackOff",uid="b"} 0`: true,
		`waiting_reason{pod="a",reason="CrashLoopBackOff",uid="b"} 1`: false,
		"container is not ready: CrashLoopBackOff":                    false,
		"not ready, CrashLoopBackOff":                                 false,
		"cart-1 0/1 CrashLoopBackOff 3 2m":                            false,
		"cart-1 0 CrashLoopBackOff":                                   false,
		"3 pods in CrashLoopBackOff":                                  false,
		"有 CrashLoopBackOff 的实例":                                      false,
		"the answer is no\nCrashLoopBackOff":                          false,
		"Why not? CrashLoopBackOff":                                   false,
		`{"reason":"CrashLoopBackOff","restarts":{"app":0}}`:          false,
	} {
		if got := len(x.Match(text)) == 0; got != want {
			t.Errorf("%q: denied is %v, want %v", text, got, want)
		}
	}
}

func TestMatchTexts(t *testing.T) {
	x := testIndex(t)
	matches, err := x.MatchTexts(t.Context(), []Text{
		{Value: "Error"},
		{Value: "back-off 5m0s restarting failed container=app pod=cart-7d9f_shop(0a1b)"},
		{Value: "Error\nCrashLoopBackOff", Log: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, m := range matches {
		list = append(list, testBook[m.Entry].name+" in text "+string(rune('0'+m.Text)))
	}
	if diff := cmp.Diff([]string{"crash in text 1", "error in text 0"}, list); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if matches, err := x.MatchTexts(t.Context(), []Text{{Value: "Error", Log: true}}); err != nil || matches != nil {
		t.Errorf("a log line Error gives %v, %v", matches, err)
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
		_, err := Compile([]Entry{{Patterns: []string{test.pattern}}})
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("Compile(%q): error %v, want one with %q", test.pattern, err, test.want)
		}
	}
	for _, pattern := range []string{
		"had untolerated taint {node.kubernetes.io/not-ready: }", "连接{service}失败", "{} empty", "a { b",
	} {
		if _, err := Compile([]Entry{{Patterns: []string{pattern}}}); err != nil {
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

// FuzzMatch holds the matcher to what every caller relies on: evidence lies
// inside the text, cuts no rune and is evidence by itself; the same text gives
// the same answer; nothing panics, whatever the bytes.
func FuzzMatch(f *testing.F) {
	x := testIndex(f)
	for _, entry := range testBook {
		for _, pattern := range append(entry.Patterns, entry.Status...) {
			f.Add(pattern)
			f.Add("Ｘ：" + strings.NewReplacer("{", "", "}", "").Replace(pattern) + "\xff。\\n")
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		matches := x.Match(text)
		if diff := cmp.Diff(matches, x.Match(text)); diff != "" {
			t.Fatalf("two answers to one text:\n%s", diff)
		}
		seen := map[int]bool{}
		for _, m := range matches {
			if m.Start < 0 || m.Start >= m.End || m.End > len(text) {
				t.Fatalf("evidence [%d:%d] of %d bytes", m.Start, m.End, len(text))
			}
			evidence := text[m.Start:m.End]
			if utf8.ValidString(text) && !utf8.ValidString(evidence) {
				t.Fatalf("evidence %q cuts a rune", evidence)
			}
			if seen[m.Entry] {
				t.Fatalf("entry %d twice", m.Entry)
			}
			seen[m.Entry] = true
			again := false
			for _, n := range x.Match(evidence) {
				again = again || n.Entry == m.Entry
			}
			if !again {
				t.Fatalf("evidence %q of %q is none by itself", evidence, testBook[m.Entry].name)
			}
			for _, p := range m.Parameters {
				if p.Value == "" {
					t.Fatalf("parameter %s is empty", p.Name)
				}
			}
		}
		x.Nearest(text, 3)
		if folded := Fold(text); utf8.ValidString(text) && Fold(folded) != folded {
			t.Fatalf("folding %q twice gives %q", folded, Fold(folded))
		}
	})
}
