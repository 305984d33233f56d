package answer

import (
	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/payload"
)

// words are the texts of answers that are not the book's, in one language.
type words struct {
	steps, evidence, page, nearest string
	result, paste, ask             string
	problem                        string
	ignored                        map[payload.Ignored]string
	kinds                          map[book.Kind]string
	copy, copied, more, open, skip string
	menu, states, languages        string
	screenshots                    string // holds {host}

	// Of a match whose entry is explained further up.
	above, aboveUnder, otherNames, stepsHere string // aboveUnder holds {subject}
	sentenceGap                              string // between two sentences
	confirm, alternative, discarded          string
	andMore                                  string // holds {place} and {n}
	// What an answer lacks.
	cutDiagnoses, cutMatches, cutErrors string // hold {total} and {shown}
	cutValues                           string // holds {n}
	tooLong                             string
	sameCause, cutSubjects              string // hold {n}; {total} and {shown}
	next                                string
	// Of the summary, and of what stands in the card of a finding.
	findings, moreFindings, shows, decides string // the first two hold {n}
	report, reportHint, related            string
}

var labels = [...]words{
	book.English: {
		confirm: "How to confirm", alternative: "The input does not tell it from", discarded: "Found, but does not count",
		steps: "Steps", evidence: "Evidence", page: "Page",
		nearest: "Did you mean one of these?",
		result:  "Diagnosis",
		paste:   "Paste the reason, the Events table or the log", ask: "Diagnose",
		problem: "Cannot be read",
		ignored: map[payload.Ignored]string{
			payload.Healthy:          "Nothing is failing: the instance reports no error.",
			payload.Resolved:         "There is nothing to diagnose: the alert is resolved.",
			payload.Test:             "There is nothing to diagnose: this is a test notification. It has arrived.",
			payload.Heartbeat:        "There is nothing to diagnose: this alert fires all the time by design. It shows that alerts arrive.",
			payload.Update:           "There is nothing to diagnose: this is a change to an incident or a service, not a new failure.",
			payload.Gone:             "There is nothing to diagnose: the object has been deleted.",
			payload.StoppedOnRequest: "Nothing is failing: the instance was stopped on request or by scaling.",
			payload.NoInstance:       "There is nothing to diagnose: this event is not about an instance.",
		},
		kinds: map[book.Kind]string{book.State: "Instance state", book.Cause: "Root cause", book.Log: "Log signature"},
		copy:  "Copy", copied: "Copied", more: "Open the page, filled in", open: "Open the page", skip: "Skip to the content",
		menu: "Sections", states: "Instance states", languages: "Language",
		screenshots: "Screenshots come from {host} and load only when you open them.",
		above:       "Explained above.", aboveUnder: "Explained above, under {subject}.",
		otherNames: "In its commands, put the names of this instance.", stepsHere: "Steps that differ here",
		sentenceGap:  " ",
		andMore:      "{place} and {n} more",
		cutDiagnoses: "The answer would be too large: {shown} of {total} diagnoses are shown.",
		cutMatches:   "Only the best explanations of each instance are shown: {shown} of {total}.",
		cutErrors:    "Of {total} items that cannot be read, {shown} are listed.",
		cutValues:    "Long values that are shortened, with “…” at the end: {n}.",
		sameCause:    "Instances with this cause: {n}. The commands below name the first.",
		cutSubjects:  "Of {total} instances, {shown} are listed.",
		next:         "These commands tell more. Paste what they print:",
		tooLong:      "The text that you sent is too long to stand here again.",
		findings:     "{n} findings", moreFindings: "and {n} more below", shows: "Shows as", decides: "What does the event, message or log say?",
		related: "These pages use words of it:",
		report:  "Report this message", reportHint: "Take out passwords, tokens, names and addresses first. The link takes the text below to the place of the report, where you can read and change it before you publish it; nothing is sent until you follow it.",
	},
	book.Japanese: {
		confirm: "確認方法", alternative: "入力からは次の原因と区別できません", discarded: "見つかったが、根拠としなかった箇所",
		steps: "対処手順", evidence: "判断の根拠", page: "ページ",
		nearest: "お探しの項目はこちらですか？",
		result:  "診断結果",
		paste:   "ステータスや理由、イベントの一覧、またはログを貼り付けてください", ask: "診断する",
		problem: "読み取れません",
		ignored: map[payload.Ignored]string{
			payload.Healthy:          "異常はありません。インスタンスはエラーを報告していません。",
			payload.Resolved:         "診断の対象はありません。アラートは解決済みです。",
			payload.Test:             "診断の対象はありません。これはテスト通知で、正しく受信しました。",
			payload.Heartbeat:        "診断の対象はありません。このアラートは通知の経路を確認するため、常に発生するように設定されています。",
			payload.Update:           "診断の対象はありません。既存のインシデントまたはサービスの変更通知であり、新しい障害ではありません。",
			payload.Gone:             "診断の対象はありません。オブジェクトは削除されています。",
			payload.StoppedOnRequest: "異常はありません。インスタンスは手動操作またはスケーリングによって停止されました。",
			payload.NoInstance:       "診断の対象はありません。これはインスタンスに関するイベントではありません。",
		},
		kinds: map[book.Kind]string{book.State: "インスタンスの状態", book.Cause: "根本原因", book.Log: "ログのパターン"},
		copy:  "コピー", copied: "コピーしました", more: "値を入れたページを開く", open: "ページを開く", skip: "本文へ移動",
		menu: "分類", states: "インスタンスの状態", languages: "言語",
		screenshots: "スクリーンショットは{host}にあり、開いたときにだけ読み込まれます。",
		above:       "説明は上に記載したとおりです。", aboveUnder: "説明は上の{subject}に記載したとおりです。",
		otherNames: "コマンド内の名前は、このインスタンスのものに置き換えてください。", stepsHere: "このインスタンスで異なる手順",
		andMore:      "{place}ほか{n}件",
		cutDiagnoses: "結果が大きすぎるため、{total}件の診断結果のうち{shown}件を表示しています。",
		cutMatches:   "各インスタンスについて、可能性の高い説明だけを表示しています（{total}件中{shown}件）。",
		cutErrors:    "読み取れない項目{total}件のうち{shown}件を表示しています。",
		cutValues:    "長い値は短縮し、末尾に「…」を付けています（{n}件）。",
		sameCause:    "この原因に該当するインスタンスは{n}件です。以下のコマンドには最初のインスタンスの名前が入っています。",
		cutSubjects:  "{total}件のインスタンスのうち{shown}件を表示しています。",
		next:         "次のコマンドで詳細を確認し、出力を貼り付けてください。",
		tooLong:      "送信された内容は長いため、ここには再表示していません。",
		findings:     "診断結果：{n}件", moreFindings: "ほか{n}件（下に続きます）", shows: "表示される状態", decides: "イベント、メッセージ、ログには何と表示されていますか？",
		related: "次のページに同じ語が含まれています。",
		report:  "このメッセージを報告する", reportHint: "先に、パスワード、トークン、名前、アドレスを取り除いてください。リンクを開くと下の内容が報告先に渡され、公開する前に確認と修正ができます。リンクを開くまでは何も送信されません。",
	},
	book.Chinese: {
		confirm: "如何确认", alternative: "仅凭输入无法与以下原因区分", discarded: "找到但不作为依据的内容",
		steps: "处理步骤", evidence: "判断依据", page: "页面",
		nearest: "您要找的是否是以下条目？",
		result:  "诊断结果",
		paste:   "请粘贴状态或原因、事件列表或日志", ask: "诊断",
		problem: "无法读取",
		ignored: map[payload.Ignored]string{
			payload.Healthy:          "没有故障：实例未报告任何错误。",
			payload.Resolved:         "无需诊断：告警已恢复。",
			payload.Test:             "无需诊断：这是一条测试通知，已成功接收。",
			payload.Heartbeat:        "无需诊断：该告警用于确认通知链路正常，会一直触发。",
			payload.Update:           "无需诊断：这是已有事件或服务的变更通知，不是新的故障。",
			payload.Gone:             "无需诊断：该对象已被删除。",
			payload.StoppedOnRequest: "没有故障：实例是因手动操作或扩缩容而停止的。",
			payload.NoInstance:       "无需诊断：该事件与实例无关。",
		},
		kinds: map[book.Kind]string{book.State: "实例状态", book.Cause: "根本原因", book.Log: "日志特征"},
		copy:  "复制", copied: "已复制", more: "打开已填好参数的页面", open: "打开页面", skip: "跳到正文",
		menu: "分类", states: "实例状态", languages: "语言",
		screenshots: "截图来自 {host}，只有在您打开时才会加载。",
		above:       "说明见上文。", aboveUnder: "说明见上文的 {subject}。",
		otherNames: "请将命令中的名称换成此实例的名称。", stepsHere: "此实例的不同步骤",
		andMore:      "{place} 及另外 {n} 项",
		cutDiagnoses: "结果过大：共 {total} 条诊断结果，此处显示 {shown} 条。",
		cutMatches:   "每个实例只显示可能性最大的解释：共 {total} 条，显示 {shown} 条。",
		cutErrors:    "共有 {total} 项无法读取，此处列出 {shown} 项。",
		cutValues:    "过长的值已截短，并以“…”结尾：共 {n} 处。",
		sameCause:    "存在此原因的实例共 {n} 个。以下命令中填写的是第一个实例的名称。",
		cutSubjects:  "共有 {total} 个实例，此处列出 {shown} 个。",
		next:         "以下命令可提供更多信息，请粘贴其输出：",
		tooLong:      "您提交的文本过长，此处不再显示。",
		findings:     "共 {n} 项诊断结果", moreFindings: "另有 {n} 项，见下文", shows: "表现为", decides: "事件、消息或日志中显示的是什么？",
		related: "以下页面含有其中的词：",
		report:  "报告此消息", reportHint: "请先删除其中的密码、Token、名称和地址。打开链接时，下面的内容会带到报告页面，您可以在发布之前检查和修改；打开链接之前不会发送任何内容。",
	},
}
