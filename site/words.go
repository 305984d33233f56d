package site

import "github.com/reasonbook/reasonbook/internal/book"

// Words are the texts of the site that are not the book's, in one language.
type Words struct {
	SiteName, Tagline, Skip, LanguageLabel string
	Paste, PasteHint, Ask                  string
	Overview, Examples, References         string
	KindNames                              map[book.Kind]string
	Groups                                 map[book.Kind]string
}

var words = map[book.Language]Words{
	book.English: {
		SiteName: "reasonbook: why an instance is not running", Tagline: "An instance is not running and the console shows a short reason. Find out what it means and what to do.",
		Skip: "Skip to the content", LanguageLabel: "Language",
		Paste: "Paste what you see", PasteHint: "A status or reason, an Events table, or a log.", Ask: "Diagnose",
		Overview: "All entries", Examples: "What it looks like", References: "References",
		KindNames: map[book.Kind]string{book.State: "Instance state", book.Cause: "Root cause", book.Log: "Log signature"},
		Groups:    map[book.Kind]string{book.State: "Instance states", book.Cause: "Root causes", book.Log: "Log signatures"},
	},
	book.Japanese: {
		SiteName: "reasonbook：インスタンスが動かない理由", Tagline: "インスタンスがRunningにならず、コンソールに短い理由だけが表示されているとき、その意味と対処方法が分かります。",
		Skip: "本文へ移動", LanguageLabel: "言語",
		Paste: "表示されている内容を貼り付けてください", PasteHint: "ステータスや理由、イベントの一覧、ログのいずれでもかまいません。", Ask: "診断する",
		Overview: "すべての項目", Examples: "表示の例", References: "参考資料",
		KindNames: map[book.Kind]string{book.State: "インスタンスの状態", book.Cause: "根本原因", book.Log: "ログの特徴"},
		Groups:    map[book.Kind]string{book.State: "インスタンスの状態", book.Cause: "根本原因", book.Log: "ログの特徴"},
	},
	book.Chinese: {
		SiteName: "reasonbook：实例为什么没有运行", Tagline: "实例没有处于 Running 状态，控制台只显示一个简短的原因。在这里可以查到它的含义和处理办法。",
		Skip: "跳到正文", LanguageLabel: "语言",
		Paste: "粘贴您看到的内容", PasteHint: "状态或原因、事件列表、日志均可。", Ask: "诊断",
		Overview: "全部条目", Examples: "显示示例", References: "参考资料",
		KindNames: map[book.Kind]string{book.State: "实例状态", book.Cause: "根本原因", book.Log: "日志特征"},
		Groups:    map[book.Kind]string{book.State: "实例状态", book.Cause: "根本原因", book.Log: "日志特征"},
	},
}
