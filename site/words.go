package site

import (
	"reflect"

	"github.com/reasonbook/reasonbook/internal/answer"
	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/entry"
)

// Words are the texts of the site that are not the book's, in one language.
type Words struct {
	Site        string // its name, as a title
	Tagline     string
	Description string // of the home page, for search engines
	Locale      string // for OpenGraph

	Skip, LanguageLabel, Menu, Home, You, Theme string

	Search, SearchHint, SearchResults, NoResults, ResultCount string // ResultCount holds {n}

	Paste, PasteHint, Ask, Private, NeedsScript string
	// What the page says around an answer.
	Result, Evidence, Nearest, Healthy, Empty, TooLarge, Working, Failed, OpenPage string

	KindNames map[book.Kind]string
	Groups    map[book.Kind]string
	About     map[book.Kind]string // what the entries of a kind are
	All       string               // link to an overview
	Of        string               // page {n} of {m}

	OnThisPage, Examples, MoreExamples, References, Causes, Above, Anchor string
	StepDone                                                              string // holds {n}
	Views, BothViews                                                      string
	Copy, Copied                                                          string
	Blanks, BlanksHint, Unsafe                                            string
	Screenshots                                                           string // holds {host}
	Changed, Edit, Previous, Next                                         string

	APITitle, Feed, Offline, Source, Promise string

	NotFound, NotFoundHint, NotFoundWays string
	Moved                                string
	FeedTitle                            string
}

var words = map[book.Language]*Words{
	book.English: {
		Site:        "reasonbook: why an instance is not running",
		Tagline:     "Why is the instance not running?",
		Description: "Paste the reason that the console shows for a Kubernetes or TEM instance that is not running. See at once what it means and what to do, without sending anything anywhere.",
		Locale:      "en_US",
		Skip:        "Skip to the content", LanguageLabel: "Language", Menu: "Sections", Home: "Home", You: "You are here", Theme: "Switch between light and dark",
		Search: "Search", SearchHint: "Search", SearchResults: "Search results", NoResults: "Nothing found. Diagnose this text instead", ResultCount: "{n} results",
		Paste: "Paste what you see", PasteHint: "A status or reason, an Events table, or a log.", Ask: "Diagnose",
		Private:     "The text stays in this browser: it is read here and sent nowhere.",
		NeedsScript: "Reading a pasted text needs JavaScript here. The lists below have every reason.",
		Result:      "Diagnosis", Evidence: "Evidence", Nearest: "Did you mean one of these?",
		Healthy: "Nothing is failing: the instance reports no error.", Empty: "Paste a text first.",
		TooLarge: "The text is larger than 6 MiB. Paste the part around the failure.", Working: "Reading…",
		Failed: "The matcher could not be loaded. Try again, or look in the lists below.", OpenPage: "Open the page, filled in",
		KindNames: map[book.Kind]string{book.State: "Instance state", book.Cause: "Root cause", book.Log: "Log signature"},
		Groups:    map[book.Kind]string{book.State: "Instance states", book.Cause: "Root causes", book.Log: "Log signatures"},
		About: map[book.Kind]string{
			book.State: "What the status column of a console or of kubectl shows while an instance is not running.",
			book.Cause: "What an event or an error message names as the reason behind a state.",
			book.Log:   "What an application writes to its log before it ends.",
		},
		All: "All of them", Of: "Page {n} of {m}",
		OnThisPage: "On this page", Examples: "What it looks like", MoreExamples: "More examples", References: "References",
		Causes: "What can be behind it", Above: "Shows as", Anchor: "Link to this section", StepDone: "Step {n} is done",
		Views: "Show the steps for", BothViews: "Both", Copy: "Copy", Copied: "Copied",
		Blanks: "Fill in the commands", BlanksHint: "The values go into the commands on this page and are sent nowhere.", Unsafe: "Not put into commands: it holds signs that a shell would act on.",
		Screenshots: "Screenshots come from {host} and load only when you open them.",
		Changed:     "Last changed", Edit: "Edit this page", Previous: "Previous", Next: "Next",
		APITitle: "API", Feed: "Changes (Atom)", Offline: "Download for offline use", Source: "Source",
		Promise:  "No cookies, no tracking, and no third parties until you open a screenshot.",
		NotFound: "This page does not exist", NotFoundHint: "The address may be mistyped, or the entry has another name.", NotFoundWays: "Search for the reason, or start from the lists.",
		Moved: "This entry has moved:", FeedTitle: "reasonbook: changed entries",
	},
	book.Japanese: {
		Site:        "reasonbook：インスタンスが動かない理由",
		Tagline:     "インスタンスが動かないのはなぜか",
		Description: "KubernetesやTEMのインスタンスがRunningにならないとき、コンソールに表示された理由を貼り付けると、その意味と対処手順がすぐに分かります。内容はどこにも送信されません。",
		Locale:      "ja_JP",
		Skip:        "本文へ移動", LanguageLabel: "言語", Menu: "分類", Home: "ホーム", You: "現在の位置", Theme: "ライトモードとダークモードを切り替える",
		Search: "検索", SearchHint: "検索", SearchResults: "検索結果", NoResults: "見つかりません。入力した内容を診断する", ResultCount: "{n}件",
		Paste: "表示されている内容を貼り付けてください", PasteHint: "ステータスや理由、イベントの一覧、ログのいずれでもかまいません。", Ask: "診断する",
		Private:     "貼り付けた内容はこのブラウザの中だけで処理され、どこにも送信されません。",
		NeedsScript: "貼り付けた内容の診断にはJavaScriptが必要です。下の一覧から理由を探すこともできます。",
		Result:      "診断結果", Evidence: "判断の根拠", Nearest: "お探しの項目はこちらですか？",
		Healthy: "異常はありません。インスタンスはエラーを報告していません。", Empty: "先に内容を貼り付けてください。",
		TooLarge: "6 MiBを超えています。障害の前後の部分だけを貼り付けてください。", Working: "診断しています…",
		Failed: "診断プログラムを読み込めませんでした。もう一度試すか、下の一覧から探してください。", OpenPage: "値を入れたページを開く",
		KindNames: map[book.Kind]string{book.State: "インスタンスの状態", book.Cause: "根本原因", book.Log: "ログの特徴"},
		Groups:    map[book.Kind]string{book.State: "インスタンスの状態", book.Cause: "根本原因", book.Log: "ログの特徴"},
		About: map[book.Kind]string{
			book.State: "インスタンスが動いていないときに、コンソールやkubectlのステータス欄に表示されるものです。",
			book.Cause: "インスタンスがその状態になった理由として、イベントやエラーメッセージに示されるものです。",
			book.Log:   "アプリケーションが終了する前に、ログへ書き出すものです。",
		},
		All: "すべて見る", Of: "{n}/{m}ページ",
		OnThisPage: "このページの内容", Examples: "表示の例", MoreExamples: "ほかの例", References: "参考資料",
		Causes: "考えられる原因", Above: "表示される状態", Anchor: "この節へのリンク", StepDone: "手順{n}を完了",
		Views: "手順の表示", BothViews: "両方", Copy: "コピー", Copied: "コピーしました",
		Blanks: "コマンドに値を入れる", BlanksHint: "入力した値はこのページのコマンドに反映されるだけで、どこにも送信されません。", Unsafe: "シェルが解釈する記号が含まれるため、コマンドには入れません。",
		Screenshots: "スクリーンショットは{host}にあり、開いたときにだけ読み込まれます。",
		Changed:     "最終更新", Edit: "このページを編集", Previous: "前へ", Next: "次へ",
		APITitle: "API", Feed: "更新情報（Atom）", Offline: "オフライン版をダウンロード", Source: "ソースコード",
		Promise:  "Cookieもトラッキングも使いません。スクリーンショットを開かない限り、第三者への通信もありません。",
		NotFound: "ページが見つかりません", NotFoundHint: "URLが間違っているか、項目の名前が変わった可能性があります。", NotFoundWays: "理由を検索するか、一覧から探してください。",
		Moved: "この項目は移動しました：", FeedTitle: "reasonbook：更新された項目",
	},
	book.Chinese: {
		Site:        "reasonbook：实例为什么没有运行",
		Tagline:     "实例为什么没有运行？",
		Description: "Kubernetes 或 TEM 的实例没有处于 Running 状态时，粘贴控制台显示的原因，马上就能知道它的含义和处理步骤。内容不会发送到任何地方。",
		Locale:      "zh_CN",
		Skip:        "跳到正文", LanguageLabel: "语言", Menu: "分类", Home: "首页", You: "当前位置", Theme: "切换浅色/深色模式",
		Search: "搜索", SearchHint: "搜索", SearchResults: "搜索结果", NoResults: "没有找到。改为诊断输入的内容", ResultCount: "{n} 条结果",
		Paste: "粘贴您看到的内容", PasteHint: "状态或原因、事件列表、日志均可。", Ask: "诊断",
		Private:     "粘贴的内容只在您的浏览器中处理，不会发送到任何地方。",
		NeedsScript: "诊断功能需要启用 JavaScript。您也可以在下面的列表中查找原因。",
		Result:      "诊断结果", Evidence: "判断依据", Nearest: "您要找的是否是以下条目？",
		Healthy: "没有故障：实例未报告任何错误。", Empty: "请先粘贴内容。",
		TooLarge: "内容超过 6 MiB，请只粘贴故障前后的部分。", Working: "正在诊断…",
		Failed: "无法加载诊断程序。请重试，或在下面的列表中查找。", OpenPage: "打开已填好参数的页面",
		KindNames: map[book.Kind]string{book.State: "实例状态", book.Cause: "根本原因", book.Log: "日志特征"},
		Groups:    map[book.Kind]string{book.State: "实例状态", book.Cause: "根本原因", book.Log: "日志特征"},
		About: map[book.Kind]string{
			book.State: "实例没有运行时，控制台或 kubectl 的状态列显示的内容。",
			book.Cause: "事件或错误信息中写明的、导致某个状态的原因。",
			book.Log:   "应用退出前写入日志的内容。",
		},
		All: "查看全部", Of: "第 {n} 页，共 {m} 页",
		OnThisPage: "本页内容", Examples: "显示示例", MoreExamples: "更多示例", References: "参考资料",
		Causes: "可能的原因", Above: "表现为", Anchor: "本节链接", StepDone: "步骤 {n} 已完成",
		Views: "步骤显示方式", BothViews: "全部", Copy: "复制", Copied: "已复制",
		Blanks: "填写命令中的值", BlanksHint: "填写的值只用于本页的命令，不会发送到任何地方。", Unsafe: "含有 Shell 会解释的符号，因此不会填入命令。",
		Screenshots: "截图来自 {host}，只有在您打开时才会加载。",
		Changed:     "最后修改", Edit: "编辑本页", Previous: "上一页", Next: "下一页",
		APITitle: "API", Feed: "更新动态（Atom）", Offline: "下载离线版", Source: "源代码",
		Promise:  "没有 Cookie，没有跟踪；不打开截图，就没有第三方请求。",
		NotFound: "页面不存在", NotFoundHint: "地址可能有误，或者条目已经改名。", NotFoundWays: "请搜索原因，或从列表中查找。",
		Moved: "此条目已移至：", FeedTitle: "reasonbook：有更新的条目",
	},
}

// wordOf returns the text with a name, as templates write it.
func wordOf(l book.Language, name string) string {
	switch name {
	case "Meaning":
		return entry.Headings[l][0]
	case "Steps":
		return entry.Headings[l][1]
	case "Related":
		return entry.Headings[l][2]
	case "Separator": // between the reason and what it means
		return l.Colon()
	case "NoMatch":
		return answer.TextNote("a text about nothing", l)
	case "Running":
		return answer.TextNote("Running", l)
	case "KindList": // states, causes, logs, for scripts
		names := words[l].KindNames
		return names[book.State] + "|" + names[book.Cause] + "|" + names[book.Log]
	}
	field := reflect.ValueOf(words[l]).Elem().FieldByName(name)
	if !field.IsValid() {
		panic("site: a template asks for the text " + name)
	}
	return field.String()
}
