package handler_test

import (
	"strings"
	"testing"
)

// TestNote: without a match, and without a proof that nothing is failing, an
// answer says in the reader's language what was looked at and what is missing,
// and never that nothing is failing.
func TestNote(t *testing.T) {
	const hostile = `<b>PRIVATE</b>`
	tests := []struct {
		name, contentType, body string
		says                    [3]string // in English, Japanese, Chinese
	}{
		{"a text", "text/plain", "the weather is fine " + hostile, [3]string{
			"No entry matches this text. That does not show that all is well: it does not say whether the instance is running and ready.",
			"この内容に一致する項目はありませんが、正常とは判断できません。インスタンスが実行中で準備完了（Ready）かどうかが示されていません。",
			"没有与此内容匹配的条目，但这并不能说明一切正常：没有说明实例是否正在运行并已就绪。"}},
		{"a word that shows the phase only", "text/plain", "Running", [3]string{
			"No cause of a failure is named in this text. That does not show that all is well: it says Running, but not whether every container is ready.",
			"この内容に障害の原因は記載されていませんが、正常とは判断できません。Runningと示されていますが、すべてのコンテナが準備完了（Ready）かどうかはわかりません。",
			"此内容中没有给出故障原因，但这并不能说明一切正常：状态为 Running，但没有说明所有容器是否已就绪。"}},
		{"a Pod that failed", "application/json", `{"kind":"Pod","apiVersion":"v1","metadata":{"name":"` + hostile + `"},"status":{"phase":"Failed","message":"` + hostile + `"}}`, [3]string{
			"No entry matches the status of the Pod. That does not show that all is well: the phase is Failed.",
			"Podのステータスに一致する項目はありませんが、正常とは判断できません。フェーズがFailedです。",
			"没有与该 Pod 的状态匹配的条目，但这并不能说明一切正常：阶段为 Failed。"}},
		{"TEM, not ready and unhealthy", "application/json", `{"PodId":"a","Status":"Running","Ready":false,"Unhealthy":true,"UnhealthyWarningMsg":""}`, [3]string{
			"No cause of a failure is named in TEM's record of the instance. That does not show that all is well: not every container is ready; TEM reports it as unhealthy.",
			"TEMのインスタンス情報に障害の原因は記載されていませんが、正常とは判断できません。準備完了（Ready）になっていないコンテナがあります。TEMが異常（Unhealthy）と報告しています。",
			"该实例的 TEM 信息中没有给出故障原因，但这并不能说明一切正常：有容器尚未就绪；TEM 报告其不健康（Unhealthy）。"}},
		{"exit code 0, and a message", "application/json", `{"exitCode":0,"message":"bye","logs":"x"}`, [3]string{
			"No entry matches the message, the exit code and the log. That does not show that all is well: the container has ended without an error, which is normal for a Job only.",
			"メッセージ（message）、終了コード（exitCode）、ログに一致する項目はありませんが、正常とは判断できません。コンテナはエラーなしで終了していますが、それが正常なのはJobの場合だけです。",
			"没有与消息（message）、退出码（exitCode）和日志匹配的条目，但这并不能说明一切正常：容器已无错误地结束，而这只对 Job 是正常的。"}},
		{"a ConfigMap", "application/json", `{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"a"},"data":{"a":"CrashLoopBackOff"}}`, [3]string{
			"No cause of a failure is named in the status of the object. That does not show that all is well: the health of this kind of object is not judged.",
			"オブジェクトのステータスに障害の原因は記載されていませんが、正常とは判断できません。この種類のオブジェクトは正常かどうかの判定に対応していません。",
			"该对象的状态中没有给出故障原因，但这并不能说明一切正常：不支持判断此类对象是否正常。"}},
	}
	healthy := [3]string{"Nothing is failing", "異常はありません", "没有故障"}
	for _, test := range tests {
		for i, lang := range []string{"en", "ja", "zh"} {
			doc := decode(t, post(open(t), "/diagnose?lang="+lang, test.body, "Content-Type", test.contentType))
			d := doc.Diagnoses[0]
			if len(d.Matches) > 0 || d.Ignored != "" || doc.Ignored != "" || d.Note != test.says[i] || doc.Note != test.says[i] {
				t.Errorf("%s, %s: ignored %q, note\n%s\nwant\n%s", test.name, lang, d.Ignored, d.Note, test.says[i])
			}
			for _, format := range []string{"text/plain", "text/markdown", "text/html"} {
				page := post(open(t), "/diagnose?lang="+lang, test.body, "Content-Type", test.contentType, "Accept", format).Body.String()
				page = strings.ReplaceAll(page, "&#39;", "'")
				if !strings.Contains(page, test.says[i]) || strings.Contains(page, healthy[i]) || format == "text/html" && strings.Contains(page, hostile) {
					t.Errorf("%s, %s, %s:\n%s", test.name, lang, format, page)
				}
			}
		}
	}
	// With a proof there is no note, with a match neither.
	for i, lang := range []string{"en", "ja", "zh"} {
		const body = `{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a"},"status":{"phase":"Running","containerStatuses":[{"ready":true,"state":{"running":{}}}]}}`
		doc := decode(t, post(open(t), "/diagnose?lang="+lang, body, "Content-Type", "application/json"))
		if d := doc.Diagnoses[0]; d.Note != "" || doc.Note != "" || !strings.HasPrefix(d.Ignored, healthy[i]) || !strings.HasPrefix(doc.Ignored, healthy[i]) {
			t.Errorf("%s, a proof: %+v", lang, doc)
		}
		text := post(open(t), "/diagnose?lang="+lang, body, "Content-Type", "application/json", "Accept", "text/plain").Body.String()
		if !strings.Contains(text, healthy[i]) {
			t.Errorf("%s, a proof: %s", lang, text)
		}
	}
	doc := decode(t, post(open(t), "/diagnose", `[{"reason":"CrashLoopBackOff"},{"reason":"Running"}]`, "Content-Type", "application/json"))
	if doc.Note != "" || doc.Diagnoses[0].Note != "" || doc.Diagnoses[1].Note == "" {
		t.Errorf("one of two matches: %+v", doc)
	}
}

// TestWrongTypeCostsOneItem: a field of a wrong type costs its item only, and
// the answer names the field.
func TestWrongTypeCostsOneItem(t *testing.T) {
	const good = `{"metadata":{"name":"a"},"status":{"containerStatuses":[{"state":{"waiting":{"reason":"CrashLoopBackOff"}}}]}}`
	const bad = `{"metadata":{"name":"b"},"status":{"containerStatuses":[{"ready":"PRIVATE"}]}}`
	for _, test := range []struct{ body, place, detail string }{
		{`[` + good + `,` + bad + `]`, "[1]", "status.containerStatuses.ready is a string, but must be a boolean"},
		{`{"kind":"PodList","apiVersion":"v1","items":[` + good + `,` + bad + `]}`, "items[1]", "status.containerStatuses.ready is a string, but must be a boolean"},
		{`{"object":{"kind":"List","items":[` + good + `,` + bad + `]}}`, "object.items[1]", "status.containerStatuses.ready is a string, but must be a boolean"},
		{`{"PodList":[{"PodId":"a","Status":"CrashLoopBackOff"},{"PodId":"b","Ready":"PRIVATE"}]}`, "PodList[1]", "Ready is a string, but must be a boolean"},
	} {
		doc := decode(t, post(open(t), "/diagnose", test.body, "Content-Type", "application/json"))
		if len(doc.Diagnoses) != 1 || len(doc.Diagnoses[0].Matches) != 1 || len(doc.Errors) != 1 || doc.Errors[0].Place != test.place || doc.Errors[0].Detail != test.detail {
			t.Errorf("%s\n%+v", test.body, doc)
		}
	}
}
