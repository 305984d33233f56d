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

	// Of a match whose entry is explained further up.
	above, aboveUnder, otherNames, stepsHere string // aboveUnder holds {subject}
	sentenceGap                              string // between two sentences
	andMore                                  string // holds {place} and {n}
	// What an answer lacks.
	cutDiagnoses, cutMatches, cutErrors string // hold {total} and {shown}
	cutValues                           string // holds {n}
	tooLong                             string
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
		above:       "Explained above.", aboveUnder: "Explained above, under {subject}.",
		otherNames: "In its commands, put the names of this instance.", stepsHere: "Steps that differ here",
		sentenceGap:  " ",
		andMore:      "{place} and {n} more",
		cutDiagnoses: "The answer would be too large: {shown} of {total} diagnoses are shown.",
		cutMatches:   "Only the best explanations of each instance are shown: {shown} of {total}.",
		cutErrors:    "Of {total} items that cannot be read, {shown} are listed.",
		cutValues:    "Long values that are shortened, with “…” at the end: {n}.",
		tooLong:      "The text that you sent is too long to stand here again.",
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
		above:       "説明は上に記載したとおりです。", aboveUnder: "説明は上の{subject}に記載したとおりです。",
		otherNames: "コマンド内の名前は、このインスタンスのものに置き換えてください。", stepsHere: "このインスタンスで異なる手順",
		andMore:      "{place}ほか{n}件",
		cutDiagnoses: "結果が大きすぎるため、{total}件の診断結果のうち{shown}件を表示しています。",
		cutMatches:   "各インスタンスについて、可能性の高い説明だけを表示しています（{total}件中{shown}件）。",
		cutErrors:    "読み取れない項目{total}件のうち{shown}件を表示しています。",
		cutValues:    "長い値は短縮し、末尾に「…」を付けています（{n}件）。",
		tooLong:      "送信された内容は長いため、ここには再表示していません。",
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
		above:       "说明见上文。", aboveUnder: "说明见上文的 {subject}。",
		otherNames: "请将命令中的名称换成此实例的名称。", stepsHere: "此实例的不同步骤",
		andMore:      "{place} 及另外 {n} 项",
		cutDiagnoses: "结果过大：共 {total} 条诊断结果，此处显示 {shown} 条。",
		cutMatches:   "每个实例只显示可能性最大的解释：共 {total} 条，显示 {shown} 条。",
		cutErrors:    "共有 {total} 项无法读取，此处列出 {shown} 项。",
		cutValues:    "过长的值已截短，并以“…”结尾：共 {n} 处。",
		tooLong:      "您提交的文本过长，此处不再显示。",
	},
}
