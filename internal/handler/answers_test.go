package handler_test

import (
	"strings"
	"testing"
)

func TestDiagnoseText(t *testing.T) {
	for _, test := range []struct{ lang, title, step string }{
		{"en", "Readiness check failed according to l4 listener: the load balancer cannot reach the instance", "Application details > Basic information > Access configuration"},
		{"ja", "Readiness check failed according to l4 listener：ロードバランサーからインスタンスに接続できない", "アプリケーションの詳細 > 基本情報 > アクセス設定"},
		{"zh", "Readiness check failed according to l4 listener：负载均衡无法连接实例", "应用详情 > 基本信息 > 访问配置"},
	} {
		w := post(open(t), "/diagnose?lang="+test.lang, clb, "Content-Type", "text/plain; charset=utf-8")
		doc := decode(t, w)
		if got := w.Header().Get("Content-Language"); doc.Language != test.lang || got != test.lang {
			t.Errorf("language %q, Content-Language %q, want %q", doc.Language, got, test.lang)
		}
		if got := w.Header().Get("Vary"); got != "Accept, Accept-Language" {
			t.Errorf("Vary: %q", got)
		}
		m := doc.Diagnoses[0].Matches[0]
		if m.ID != "clb-readiness-check-failed" || m.Title != test.title || m.Kind != "state" {
			t.Errorf("%s: first match is %s %q (%s)", test.lang, m.ID, m.Title, m.Kind)
		}
		if m.Parameters["listener"] != "lbl-4f2kq0zd" || m.Parameters["clb"] != "lb-9x3kq2ma" || m.Parameters["service"] != "shop/cart-svc" {
			t.Errorf("parameters %v", m.Parameters)
		}
		if m.Evidence.Text != clb[m.Evidence.Start:m.Evidence.End] || m.Evidence.Text != clb {
			t.Errorf("evidence %+v", m.Evidence)
		}
		if want := "https://book.example.com/" + test.lang + "/clb-readiness-check-failed/"; m.URL != want {
			t.Errorf("url %q, want %q", m.URL, want)
		}
		steps := strings.Join(m.Steps, "\n")
		for _, want := range []string{test.step, "kubectl -n shop get service cart-svc", "lb-9x3kq2ma"} {
			if !strings.Contains(steps, want) {
				t.Errorf("%s: the steps lack %q:\n%s", test.lang, want, steps)
			}
		}
		if strings.Contains(steps+m.Meaning, "**") || strings.Contains(steps, "```") {
			t.Errorf("%s: markup in plain text:\n%s", test.lang, steps)
		}
		if len(m.Pictures) != 1 || !strings.HasPrefix(m.Pictures[0].URL, "https://qcloudimg.tencent-cloud.cn/raw/9f7d2818") || m.Pictures[0].Alt == "" {
			t.Errorf("pictures %v", m.Pictures)
		}
	}
}

func TestLanguage(t *testing.T) {
	for _, test := range []struct{ target, header, want string }{
		{"/diagnose", "", "en"},
		{"/diagnose", "ja", "ja"},
		{"/diagnose", "zh-CN,zh;q=0.9,en;q=0.8", "zh"},
		{"/diagnose", "zh-TW", "zh"},
		{"/diagnose", "fr, ja;q=0.5", "ja"},
		{"/diagnose", "fr", "en"},
		{"/diagnose", "*", "en"},
		{"/diagnose", ";;;q=\x00,,,", "en"},
		{"/diagnose", strings.Repeat("en-", 4000), "en"},
		{"/diagnose?lang=ja", "zh", "ja"},
		{"/diagnose?lang=zh-CN", "", "zh"},
		{"/diagnose?lang=JA", "", "ja"},
	} {
		w := post(open(t), test.target, "CrashLoopBackOff", "Content-Type", "text/plain", "Accept-Language", test.header)
		if got := decode(t, w).Language; got != test.want {
			t.Errorf("%s with Accept-Language %.40q: %s, want %s", test.target, test.header, got, test.want)
		}
	}
}

func TestFormats(t *testing.T) {
	hostile := "<script>alert(1)</script> `**x**` Running Unhealthy:Readiness check failed according to l4 listener: <b>lbl</b> of CLB $(reboot). Service: a`b`/c;d"
	for _, test := range []struct {
		accept, contentType string
		has, lacks          []string
	}{
		{"text/plain", "text/plain; charset=utf-8", []string{"How to confirm\n", "Steps\n1. ", "Page: https://book.example.com/en/clb-readiness-check-failed/", "kubectl -n <service-namespace>"}, []string{"**", "$(reboot) -"}},
		{"text/markdown", "text/markdown; charset=utf-8", []string{"### How to confirm", "### Steps", "```sh read\n", "](https://book.example.com/en/clb-readiness-check-failed/#clb=%24%28reboot%29&listener=", "`<clb>`"}, []string{"listener <b>"}},
		{"text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8", []string{`data-entry="clb-readiness-check-failed"`, "&lt;script&gt;alert(1)", "&lt;clb&gt;", `<textarea id="reason" name="reason"`}, []string{"<script>", "<b>lbl"}},
		{"*/*", "application/json", []string{`"diagnoses"`}, nil},
		{"image/png", "application/json", []string{`"diagnoses"`}, nil},
		{"text/html;q=0, text/plain;q=0.1", "text/plain; charset=utf-8", nil, nil},
		{"text/html;q=x, ;, text/markdown", "text/markdown; charset=utf-8", nil, nil},
	} {
		w := post(open(t), "/diagnose", hostile, "Content-Type", "text/plain", "Accept", test.accept)
		if w.Code != 200 || w.Header().Get("Content-Type") != test.contentType {
			t.Errorf("Accept %s: %d %s", test.accept, w.Code, w.Header().Get("Content-Type"))
		}
		for _, s := range test.has {
			if !strings.Contains(w.Body.String(), s) {
				t.Errorf("Accept %s: answer lacks %q:\n%s", test.accept, s, w.Body)
			}
		}
		for _, s := range test.lacks {
			if strings.Contains(w.Body.String(), s) {
				t.Errorf("Accept %s: answer holds %q:\n%s", test.accept, s, w.Body)
			}
		}
	}
	// Nothing from outside may become part of a command that people paste.
	w := post(open(t), "/diagnose", hostile, "Content-Type", "text/plain", "Accept", "text/plain")
	for line := range strings.Lines(w.Body.String()) {
		if own := strings.ReplaceAll(line, "sh -c 'sleep 5; ", "sh -c '"); strings.Contains(own, "kubectl -n") && strings.ContainsAny(own, "$`;") {
			t.Errorf("a command holds input: %s", line)
		}
	}
}
