package match

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// formatBook has the patterns that the texts of formatting are tried on.
var formatBook = []string{
	0:  "CrashLoopBackOff",
	1:  "ImagePullBackOff",
	2:  "Readiness probe failed",
	3:  "Readiness probe failed: {detail...}",
	4:  "镜像拉取失败",
	5:  "Back-off pulling image {image}",
	6:  "Readiness check failed according to l4 listener: {listener} of CLB {clb}. Service: {service}",
	7:  "Back-off restarting failed container {container} in pod {instance}_{namespace}({uid})",
	8:  "Liveness probe failed: {detail...}",
	9:  "command {command...} exited with {code:0..255}",
	10: "Error",
	11: `in Pod "{instance}_{namespace}({uid})"`,
	12: "Failed to inspect image {image}",
	13: "volume-subpaths/{volume}/{container}/",
	14: "exit code {code:0..255}",
	15: "イメージのプルに失敗",
	16: "{count:1..5000} Insufficient {resource}",
	17: "OOMKilled",
	18: "dial tcp {address}:5432:",
}

func formatIndex(t testing.TB) *Index {
	t.Helper()
	tables, err := Compile([]Entry{{formatBook}})
	if err != nil {
		t.Fatal(err)
	}
	return New(tables)
}

// TestFormatting: the formatting of terminals, Markdown, HTML, mail and JSON
// leaves no trace in words.
func TestFormatting(t *testing.T) {
	x := formatIndex(t)
	for _, test := range []struct {
		text     string
		pattern  int
		evidence string // "" if the pattern must not match
	}{
		// Terminals.
		{"\x1b[01;31m\x1b[KCrash\x1b[m\x1b[KLoopBackOff", 0, "Crash\x1b[m\x1b[KLoopBackOff"},
		{"cart-1   0/1   \x1b[31mError\x1b(B\x1b[m   3   2m", 10, "Error"},
		{"\x1b]8;;https://x.example/a\aCrashLoopBackOff\x1b]8;;\a", 0, "CrashLoopBackOff"},
		{"\x1b]8;;https://x.example/a\x1b\\Crash\x1b]8;;\x1b\\LoopBackOff", 0, "Crash\x1b]8;;\x1b\\LoopBackOff"},
		{"Readiness\x1b[0m probe \x1b[1;31mfailed\x1b[0m", 2, "Readiness\x1b[0m probe \x1b[1;31mfailed"},
		{"Readiness\x1b[2Cprobe\x1b[2Cfailed", 2, "Readiness\x1b[2Cprobe\x1b[2Cfailed"},
		{`\u001b[31mCrash\u001b[0mLoopBackOff`, 0, `Crash\u001b[0mLoopBackOff`},
		{`\033[31mCrash\033[0mLoopBackOff \e[0m`, 0, `Crash\033[0mLoopBackOff`},
		{"OOM\x1b[0mKilled", 17, "OOM\x1b[0mKilled"},
		// Markdown and chats.
		{"_CrashLoopBackOff_", 0, "CrashLoopBackOff"},
		{"__ImagePullBackOff__", 1, "ImagePullBackOff"},
		{"*CrashLoopBackOff* `ImagePullBackOff`", 1, "ImagePullBackOff"},
		{"**Crash**LoopBackOff", 0, "Crash**LoopBackOff"},
		{"***Crash***_Loop_BackOff", 0, ""},
		{"Crash_**Loop**_BackOff", 0, "Crash_**Loop**_BackOff"},
		{"_Readiness_ **probe** ~~failed~~", 2, "Readiness_ **probe** ~~failed"},
		{`Crash\_LoopBackOff`, 0, ""},
		{"Error_count", 10, ""},
		// HTML.
		{"<b>Crash</b>LoopBackOff", 0, "Crash</b>LoopBackOff"},
		{`<span class="x y">Readiness</span> <span>probe</span> <span>failed</span>`, 2, "Readiness</span> <span>probe</span> <span>failed"},
		{"Readiness&nbsp;probe&nbsp;failed", 2, "Readiness&nbsp;probe&nbsp;failed"},
		{"Readiness&#160;probe&#xA0;failed", 2, "Readiness&#160;probe&#xA0;failed"},
		{"Readiness<br>probe failed", 2, "Readiness<br>probe failed"},
		{"Readiness<br/>\nprobe failed", 2, ""},
		{"<p>Readiness</p><p>probe failed</p>", 2, ""},
		{"<td>0/1</td><td>Error</td><td>3</td>", 10, "Error"},
		{"Crash&shy;LoopBackOff", 0, "Crash&shy;LoopBackOff"},
		{"&#38236;&#20687;&#x62c9;取失败", 4, "&#38236;&#20687;&#x62c9;取失败"},
		{"镜<b>像</b>拉取失败", 4, "镜<b>像</b>拉取失败"},
		{"Readiness<none>probe failed", 2, ""},
		// Mail.
		{"Readiness=20probe=20failed", 2, "Readiness=20probe=20failed"},
		{"Crash=\nLoopBackOff", 0, "Crash=\nLoopBackOff"},
		{"exit code=20", 14, "exit code=20"},
		// JSON and Go.
		{`{"msg":"\u955c\u50cf\u62c9\u53d6\u5931\u8d25"} x`, 4, `\u955c\u50cf\u62c9\u53d6\u5931\u8d25`},
		{`{"m":"{\"msg\":\"\\u955c\\u50cf\\u62c9\\u53d6\\u5931\\u8d25\"}"}`, 4, `\\u955c\\u50cf\\u62c9\\u53d6\\u5931\\u8d25`},
		{`{"m":"\u30a4\u30e1\u30fc\u30b8\u306e\u30d7\u30eb\u306b\u5931\u6557"}`, 15, `\u30a4\u30e1\u30fc\u30b8\u306e\u30d7\u30eb\u306b\u5931\u6557`},
		{`{"m":"\u0043rashLoopBackOff"}`, 0, `\u0043rashLoopBackOff`},
		{`"Readiness\u0020probe\nfailed"`, 2, `Readiness\u0020probe\nfailed`},
		{`"Readiness probe\n\nfailed"`, 2, ""},
		// What touches a word.
		{"The pod is in CrashLoopBackOff.Please help", 0, "CrashLoopBackOff"},
		{"registry.example.com/CrashLoopBackOff.Please", 0, "CrashLoopBackOff"},
		{"crashloopbackoff.Please help", 0, ""},
		{"CrashLoopBackOff.Please.Help", 0, ""},
		{"CrashLoopBackOff.please", 0, ""},
		{"CrashLoopBackOff3", 0, "CrashLoopBackOff"},
		{"0/1 OOMKilled12 (3m ago)", 17, "OOMKilled"},
		{"crashloopbackoff3", 0, ""},
		{"CrashLoopBackOff3-demo", 0, ""},
		{"Error3", 10, ""},
		{"CrashLoopBackOff3x", 0, ""},
	} {
		var evidence []string
		for _, h := range x.Find(test.text) {
			if h.Pattern == test.pattern {
				evidence = append(evidence, test.text[h.Start:h.End])
			}
		}
		if got := strings.Join(evidence, " | "); got != test.evidence {
			t.Errorf("%q: evidence %q, want %q", test.text, got, test.evidence)
		}
	}
}

// TestValues: what a hole takes is what stands there, not how it is written.
func TestValues(t *testing.T) {
	x := formatIndex(t)
	for _, test := range []struct {
		text    string
		pattern int
		want    string // values, " | " between; "-" for no hit
	}{
		// Escapes.
		{`Back-off pulling image \u0022nginx:1.27\u0022`, 5, "nginx:1.27"},
		{`{"message":"Back-off pulling image \"ccr.ccs.tencentyun.com\/shop\/cart:1\""} x`, 5, "ccr.ccs.tencentyun.com/shop/cart:1"},
		{`{"m":"{\"x\":\"Back-off pulling image \\\"a\\\/b:1\\\"\"}"}`, 5, "a/b:1"},
		{`{"m":"Readiness probe failed: Get \"http://[::1]:80/\": EOF","n":2} y`, 3, `Get "http://[::1]:80/": EOF`},
		{`{"m":"Readiness probe failed: \u83b7\u53d6\u5931\u8d25\nnext"}`, 3, "获取失败"},
		{`Readiness probe failed: a\tb \\u0041`, 3, "a b A"},
		{`Back-off pulling image nginx\_x:1`, 5, "nginx_x:1"},
		{`Back-off pulling image C:\data\x:1`, 5, `C:\data\x:1`},
		// Line breaks of a wrapped or folded text.
		{"Readiness check failed according to l4\n  listener: lbl-4f2kq0zd of CLB\n  lb-9x3kq2ma. Service: shop/cart", 6, "lbl-4f2kq0zd | lb-9x3kq2ma | shop/cart"},
		{"Readiness check failed according to l4 listener:\nlbl-4f2kq0zd of CLB\nlb-9x3kq2ma. Service:\n  shop/cart", 6, "lbl-4f2kq0zd | lb-9x3kq2ma | shop/cart"},
		{"message: >\n  Back-off restarting\n  failed container\n  app in pod web-0_shop(uid-1)", 7, "app | web-0 | shop | uid-1"},
		{"Back-off pulling image\n    \"nginx:1.27\"", 5, "nginx:1.27"},
		{"Back-off pulling image\n\n    \"nginx:1.27\"", 5, "-"},
		{"Back-off pulling image\nWarning Failed", 5, "-"},
		{"  Normal  BackOff  Back-off pulling image\n  Warning  Failed  x", 5, "-"},
		{"Message: Back-off pulling image\n    Reason: BackOff", 5, "-"},
		{"Readiness probe failed:\n  HTTP probe failed with statuscode: 503\nnext", 3, "HTTP probe failed with statuscode: 503"},
		{"Readiness probe failed:\nnext line", 3, "-"},
		{"Readiness probe failed:\n\n  next line", 3, "-"},
		// Tags, quotes and entities.
		{"Back-off pulling image &quot;nginx:1.27&quot;", 5, "nginx:1.27"},
		{"Back-off pulling image &#34;nginx:1.27&#34; x", 5, "nginx:1.27"},
		{"Back-off pulling image &amp;quot;nginx:1.27&amp;quot;", 5, "nginx:1.27"},
		{"Back-off pulling image **nginx:1.27**", 5, "nginx:1.27"},
		{"Back-off pulling image `nginx:1.27`", 5, "nginx:1.27"},
		{"Back-off pulling image <nginx:1.27>", 5, "nginx:1.27"},
		{"Back-off pulling image <code>nginx:1.27</code>", 5, "nginx:1.27"},
		{"Back-off pulling image \x1b[1mnginx:1.27\x1b[0m", 5, "nginx:1.27"},
		{"Back-off pulling image 'nginx:1.27'", 5, "nginx:1.27"},
		{"Back-off pulling image “nginx:1.27”。", 5, "nginx:1.27"},
		{`"Back-off pulling image ""nginx:1.27"""`, 5, "nginx:1.27"},
		{"msg: 'Back-off pulling image ''nginx:1.27'''", 5, "nginx:1.27"},
		{"<p>Readiness check failed according to l4 listener: lbl-1 of CLB lb-2. Service: shop/cart-svc</p>", 6, "lbl-1 | lb-2 | shop/cart-svc"},
		{"<li>Liveness probe failed: HTTP probe failed with statuscode: 503</li>", 8, "HTTP probe failed with statuscode: 503"},
		{"Liveness probe failed: a &lt; b<br>next", 8, "a < b"},
		{"{'msg': 'Liveness probe failed: timeout', 'pod': 'a'}", 8, "timeout"},
		{"{'msg': 'Liveness probe failed: it''s late', 'pod': 'a'}", 8, "it''s late"},
		{"- 'Liveness probe failed: EOF' # note", 8, "EOF"},
		{"message: 'Liveness probe failed: it's late' x", 8, "it's late' x"},
		{"the text “Liveness probe failed: EOF” is there", 8, "EOF"},
		{"&quot;msg&quot;:&quot;Liveness probe failed: EOF&quot;,&quot;a&quot;", 8, "EOF"},
		{`command 'sh -c "exited with 3"' exited with 127`, 9, `sh -c "exited with 3" | 127`},
		{`command sh exited with 127`, 9, "sh | 127"},
		{"Back-off restarting failed container 'app' in pod 'web-0_shop(uid)'", 7, "app | web-0 | shop | uid"},
		{"log\\n3 Insufficient cpu", 16, "3 | cpu"},
		{"&nbsp;3 Insufficient cpu", 16, "3 | cpu"},
		// Holes in quotes, and signs around holes.
		{`in Pod "cart-x_shop(9af6)"`, 11, "cart-x | shop | 9af6"},
		{`in Pod \"cart-x_shop(9af6)\" x`, 11, "cart-x | shop | 9af6"},
		{`in Pod cart-x_shop(9af6)`, 11, "cart-x | shop | 9af6"},
		{`Failed to inspect image "": rpc error`, 12, "-"},
		{`Failed to inspect image \"\": rpc error`, 12, "-"},
		{`Failed to inspect image '' x`, 12, "-"},
		{`Failed to inspect image "a:1": rpc error`, 12, "a:1"},
		{`/var/lib/kubelet/pods/x/volume-subpaths/config/web/0`, 13, "config | web"},
		{`volume-subpaths//web/0`, 13, "-"},
		// Brackets that the value does not close, and a quote that it does.
		{"Back-off pulling image ('nginx:1.27', 80)", 5, "nginx:1.27"},
		{"Back-off pulling image [nginx:1.27 x]", 5, "nginx:1.27"},
		{"Back-off pulling image [::1]:5000/nginx", 5, "[::1]:5000/nginx"},
		{"dial tcp [fd00:10::1]:5432: connect: refused", 18, "fd00:10::1"},
		{"dial tcp 10.0.0.1:5432: connect: refused", 18, "10.0.0.1"},
		{"dial tcp [fd00:10]:5432: connect: refused", 18, "-"},
		{`Liveness probe failed: "${probe[@]}" --once`, 8, `"${probe[@]}" --once`},
		{`{"m":"Liveness probe failed: say "a" twice"}`, 8, "say"},
	} {
		got := "-"
		for _, h := range x.Find(test.text) {
			if h.Pattern == test.pattern {
				var values []string
				for _, p := range h.Parameters {
					values = append(values, p.Value)
				}
				got = strings.Join(values, " | ")
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%q: got %q, want %q", test.text, got, test.want)
		}
	}
}
