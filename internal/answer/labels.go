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
	copy, copied, more, skip       string
	menu, states, languages        string
	screenshots                    string // holds {host}
}

var labels = [...]words{
	book.English: {
		steps: "Steps", evidence: "Evidence", page: "Page",
		nearest: "Did you mean one of these?",
		result:  "Diagnosis",
		paste:   "Paste the reason, the Events table or the log", ask: "Diagnose",
		problem: "Cannot be read",
		ignored: map[payload.Ignored]string{
			payload.Healthy: "Nothing is failing: the instance reports no error.",
		},
		kinds: map[book.Kind]string{book.State: "Instance state", book.Cause: "Root cause", book.Log: "Log signature"},
		copy:  "Copy", copied: "Copied", more: "Open the page, filled in", skip: "Skip to the content",
		menu: "Sections", states: "Instance states", languages: "Language",
		screenshots: "Screenshots come from {host} and load only when you open them.",
	},
	book.Japanese: {
		steps: "対処手順", evidence: "判断の根拠", page: "ページ",
		nearest: "お探しの項目はこちらですか？",
		result:  "診断結果",
		paste:   "ステータスや理由、イベントの一覧、またはログを貼り付けてください", ask: "診断する",
		problem: "読み取れません",
		ignored: map[payload.Ignored]string{
			payload.Healthy: "異常はありません。インスタンスはエラーを報告していません。",
		},
		kinds: map[book.Kind]string{book.State: "インスタンスの状態", book.Cause: "根本原因", book.Log: "ログの特徴"},
		copy:  "コピー", copied: "コピーしました", more: "値を入れたページを開く", skip: "本文へ移動",
		menu: "分類", states: "インスタンスの状態", languages: "言語",
		screenshots: "スクリーンショットは{host}にあり、開いたときにだけ読み込まれます。",
	},
	book.Chinese: {
		steps: "处理步骤", evidence: "判断依据", page: "页面",
		nearest: "您要找的是否是以下条目？",
		result:  "诊断结果",
		paste:   "请粘贴状态或原因、事件列表或日志", ask: "诊断",
		problem: "无法读取",
		ignored: map[payload.Ignored]string{
			payload.Healthy: "没有故障：实例未报告任何错误。",
		},
		kinds: map[book.Kind]string{book.State: "实例状态", book.Cause: "根本原因", book.Log: "日志特征"},
		copy:  "复制", copied: "已复制", more: "打开已填好参数的页面", skip: "跳到正文",
		menu: "分类", states: "实例状态", languages: "语言",
		screenshots: "截图来自 {host}，只有在您打开时才会加载。",
	},
}
