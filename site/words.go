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
	NothingFound, SearchNeedsScript                           string // of the page of all results

	Paste, PasteHint, Ask, Private, NeedsScript string
	// What the page says around an answer.
	Result, Evidence, Nearest, Healthy, Empty, TooLarge, Working, Failed, OpenPage string

	KindNames map[book.Kind]string
	Groups    map[book.Kind]string
	About     map[book.Kind]string // what the entries of a kind are
	AllOf     map[book.Kind]string // link to an overview; holds {n}
	All       string               // link to the list of all causes; holds {n}
	// The milestones of an instance's life and the technologies of logs, by
	// their first stage, and what is said of some.
	Stages, StageAbout     map[book.Stage]string
	Life, LifeHint, Filter string
	// What is said under the title of an entry, and around its causes.
	NoneOfThese, Alike, AlikeHint, CausesHint, MoreMeaning string
	For, PasteHere, Try                                    string
	TryState, TryDescribe, TryEvent                        string
	Of                                                     string // page {n} of {m}

	OnThisPage, Examples, MoreExamples, References, Causes, Above, Anchor string
	StepDone                                                              string // holds {n}
	Views, BothViews                                                      string
	Copy, Copied, CopiedOpen                                              string // CopiedOpen holds {n}
	Findings                                                              string // holds {n}
	NextLook, OpenPlain, PasteNext, PasteTEM                              string

	Blanks, BlanksHint, Unsafe    string
	Screenshots                   string // holds {host}
	Changed, Edit, Previous, Next string

	APITitle, Feed, Offline, Source, Promise string
	SendersTitle, SendersAbout, Comma        string // SendersAbout holds {n}

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
		Search: "Search", SearchHint: "Search", SearchResults: "Search results", NothingFound: "Nothing found. Try fewer or other words.", SearchNeedsScript: "The search needs JavaScript. The lists have every entry.", NoResults: "Nothing found. Diagnose this text instead", ResultCount: "{n} results",
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
		AllOf: map[book.Kind]string{book.State: "All states ({n})", book.Cause: "All causes ({n})", book.Log: "All signatures ({n})"},
		Stages: map[book.Stage]string{
			"admission": "Admitted", "scheduling": "Scheduled", "volume": "Volumes and network", "image": "Image pulled", "create": "Container created",
			"start": "Started", "probe": "Ready", "exit": "Running, ended", "rollout": "Rollout", "node": "Node",
			"jvm": "Java (JVM)", "runtime": "Language runtimes", "connection": "Connections", "files": "Files and permissions",
			"configuration": "Configuration", "data": "Databases and data", "product": "Middleware",
		},
		StageAbout: map[book.Stage]string{"rollout": "asks for instances", "node": "runs them all"},
		Life:       "Where is it stuck?", LifeHint: "The life of an instance, and what the console shows when it stops there, most frequent first.", Filter: "Filter this list",
		MoreMeaning: "More about it", NoneOfThese: "None of these? Go through the steps below.", CausesHint: "What the event, message or log says, most frequent first.",
		Alike: "Looks alike, but is something else", AlikeHint: "If it says this instead, go there.",
		For: "For Kubernetes Pods and for the instances of Tencent Cloud Elastic Microservice (TEM), which are Pods too.", PasteHere: "Paste from the clipboard", Try: "Or try:",
		TryState: "a status", TryDescribe: "kubectl describe", TryEvent: "an event",
		All: "Show all {n}", Of: "Page {n} of {m}",
		OnThisPage: "On this page", Examples: "What it looks like", MoreExamples: "More examples", References: "References",
		Causes: "Possible causes", Above: "Shows as", Anchor: "Link to this section", StepDone: "Step {n} is done",
		Views: "Show the steps for", BothViews: "Both", Copy: "Copy", Copied: "Copied", CopiedOpen: "Copied, blanks left: {n}", Findings: "{n} findings", NextLook: "What does the event, message or log say?", OpenPlain: "Open the page",
		PasteNext: "This says more. Paste all that it prints:", PasteTEM: "In the TEM console: the status with its reason under Application details > Instance List, and the newest lines of the Log tab.",
		Blanks: "Fill in the commands", BlanksHint: "The values go into the commands on this page and are sent nowhere.", Unsafe: "Not put into commands: it contains characters that the shell interprets.",
		Screenshots: "Screenshots come from {host} and load only when you open them.",
		Changed:     "Last changed", Edit: "Edit this page", Previous: "Previous", Next: "Next",
		SendersTitle: "Connect a sender", SendersAbout: "What to paste so that {n} can call POST /diagnose, what comes back, and what happens after an error.", Comma: ", ",
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
		Search: "検索", SearchHint: "検索", SearchResults: "検索結果", NothingFound: "見つかりません。語を減らすか、別の語で試してください。", SearchNeedsScript: "検索にはJavaScriptが必要です。一覧からも探せます。", NoResults: "見つかりません。入力した内容を診断する", ResultCount: "{n}件",
		Paste: "表示されている内容を貼り付けてください", PasteHint: "ステータスや理由、イベントの一覧、ログのいずれでもかまいません。", Ask: "診断する",
		Private:     "貼り付けた内容はこのブラウザの中だけで処理され、どこにも送信されません。",
		NeedsScript: "貼り付けた内容の診断にはJavaScriptが必要です。下の一覧から理由を探すこともできます。",
		Result:      "診断結果", Evidence: "判断の根拠", Nearest: "お探しの項目はこちらですか？",
		Healthy: "異常はありません。インスタンスはエラーを報告していません。", Empty: "先に内容を貼り付けてください。",
		TooLarge: "6 MiBを超えています。障害の前後の部分だけを貼り付けてください。", Working: "診断しています…",
		Failed: "診断プログラムを読み込めませんでした。もう一度試すか、下の一覧から探してください。", OpenPage: "値を入れたページを開く",
		KindNames: map[book.Kind]string{book.State: "インスタンスの状態", book.Cause: "根本原因", book.Log: "ログのパターン"},
		Groups:    map[book.Kind]string{book.State: "インスタンスの状態", book.Cause: "根本原因", book.Log: "ログのパターン"},
		About: map[book.Kind]string{
			book.State: "インスタンスが動いていないときに、コンソールやkubectlのステータス欄に表示されるものです。",
			book.Cause: "インスタンスがその状態になった理由として、イベントやエラーメッセージに示されるものです。",
			book.Log:   "アプリケーションが終了する前に、ログへ書き出すものです。",
		},
		AllOf: map[book.Kind]string{book.State: "状態の一覧（{n}件）", book.Cause: "原因の一覧（{n}件）", book.Log: "ログの一覧（{n}件）"},
		Stages: map[book.Stage]string{
			"admission": "受け付け", "scheduling": "配置先の決定", "volume": "ボリュームとネットワーク", "image": "イメージの取得", "create": "コンテナの作成",
			"start": "起動", "probe": "準備完了（Ready）", "exit": "実行と終了", "rollout": "ロールアウト", "node": "ノード",
			"jvm": "Java（JVM）", "runtime": "言語ランタイム", "connection": "接続", "files": "ファイルと権限",
			"configuration": "設定", "data": "データベースとデータ", "product": "ミドルウェア",
		},
		StageAbout: map[book.Stage]string{"rollout": "インスタンスの作成を要求します", "node": "すべてのインスタンスを動かします"},
		Life:       "どこで止まっていますか？", LifeHint: "インスタンスの起動から終了までの流れと、各段階で止まったときにコンソールに表示される状態です。よくあるものから順に並べています。", Filter: "一覧を絞り込む",
		MoreMeaning: "詳しい説明", NoneOfThese: "どれにも当てはまらない場合は、下の対処手順を順に進めてください。", CausesHint: "イベント、メッセージ、ログの内容から原因を特定できます。よくあるものから順に並べています。",
		Alike: "似ているが別の障害", AlikeHint: "次のように表示されている場合は、それぞれのページを参照してください。",
		For: "KubernetesのPodと、Tencent Cloud Elastic Microservice（TEM）のインスタンス（実体はPod）が対象です。", PasteHere: "クリップボードから貼り付ける", Try: "試してみる：",
		TryState: "ステータス", TryDescribe: "kubectl describe", TryEvent: "イベント",
		All: "{n}件すべて見る", Of: "{n}/{m}ページ",
		OnThisPage: "このページの内容", Examples: "表示の例", MoreExamples: "ほかの例", References: "参考資料",
		Causes: "考えられる原因", Above: "表示される状態", Anchor: "この節へのリンク", StepDone: "手順{n}を完了",
		Views: "手順の表示", BothViews: "両方", Copy: "コピー", Copied: "コピーしました", CopiedOpen: "コピーしました（未入力{n}か所）", Findings: "診断結果：{n}件", NextLook: "イベント、メッセージ、ログには何と表示されていますか？", OpenPlain: "ページを開く",
		PasteNext: "次のコマンドの出力には、より詳しい情報が含まれます。出力をすべて貼り付けてください。", PasteTEM: "TEMコンソールの場合は、「アプリケーションの詳細」>「インスタンスリスト」に表示されるステータスと理由、「ログ」タブの最新の行を貼り付けてください。",
		Blanks: "コマンドに値を入れる", BlanksHint: "入力した値はこのページのコマンドに反映されるだけで、どこにも送信されません。", Unsafe: "シェルが解釈する記号が含まれるため、コマンドには入れません。",
		Screenshots: "スクリーンショットは{host}にあり、開いたときにだけ読み込まれます。",
		Changed:     "最終更新", Edit: "このページを編集", Previous: "前へ", Next: "次へ",
		SendersTitle: "送信元の接続", SendersAbout: "{n}からPOST /diagnoseを呼び出すための設定、返ってくる応答、エラー時の動作。", Comma: "、",
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
		Search: "搜索", SearchHint: "搜索", SearchResults: "搜索结果", NothingFound: "没有找到。请减少关键词，或换个说法再试。", SearchNeedsScript: "搜索需要启用 JavaScript。您也可以从列表中查找。", NoResults: "没有找到。改为诊断输入的内容", ResultCount: "{n} 条结果",
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
		AllOf: map[book.Kind]string{book.State: "全部状态（{n}）", book.Cause: "全部原因（{n}）", book.Log: "全部日志特征（{n}）"},
		Stages: map[book.Stage]string{
			"admission": "准入", "scheduling": "调度", "volume": "存储卷与网络", "image": "拉取镜像", "create": "创建容器",
			"start": "启动", "probe": "就绪", "exit": "运行与终止", "rollout": "发布", "node": "节点",
			"jvm": "Java（JVM）", "runtime": "语言运行时", "connection": "连接", "files": "文件与权限",
			"configuration": "配置", "data": "数据库与数据", "product": "中间件",
		},
		StageAbout: map[book.Stage]string{"rollout": "负责创建实例", "node": "所有实例都运行在节点上"},
		Life:       "卡在哪一步？", LifeHint: "实例从创建到终止的各个阶段，以及停在该阶段时控制台显示的状态，常见的排在前面。", Filter: "筛选此列表",
		MoreMeaning: "详细说明", NoneOfThese: "都不符合？请按下面的处理步骤逐项排查。", CausesHint: "根据事件、消息或日志中的内容确定原因，常见的排在前面。",
		Alike: "相似但不同的故障", AlikeHint: "如果显示的是以下内容，请转到对应的页面。",
		For: "适用于 Kubernetes 的 Pod，以及腾讯云弹性微服务（TEM）的实例（实例就是 Pod）。", PasteHere: "从剪贴板粘贴", Try: "试一试：",
		TryState: "状态", TryDescribe: "kubectl describe", TryEvent: "事件",
		All: "查看全部 {n} 条", Of: "第 {n} 页，共 {m} 页",
		OnThisPage: "本页内容", Examples: "显示示例", MoreExamples: "更多示例", References: "参考资料",
		Causes: "可能的原因", Above: "表现为", Anchor: "本节链接", StepDone: "步骤 {n} 已完成",
		Views: "步骤显示方式", BothViews: "全部", Copy: "复制", Copied: "已复制", CopiedOpen: "已复制，还有 {n} 处未填写", Findings: "共 {n} 项诊断结果", NextLook: "事件、消息或日志中显示的是什么？", OpenPlain: "打开页面",
		PasteNext: "以下命令的输出包含更多信息，请粘贴它的全部输出：", PasteTEM: "在 TEM 控制台：请粘贴“应用详情”>“实例列表”中的状态和原因，以及“日志”页的最新几行。",
		Blanks: "填写命令中的值", BlanksHint: "填写的值只用于本页的命令，不会发送到任何地方。", Unsafe: "含有 Shell 会解释的符号，因此不会填入命令。",
		Screenshots: "截图来自 {host}，只有在您打开时才会加载。",
		Changed:     "最后修改", Edit: "编辑本页", Previous: "上一页", Next: "下一页",
		SendersTitle: "接入告警与事件源", SendersAbout: "{n} 调用 POST /diagnose 所需的配置、收到的响应，以及出错时的行为。", Comma: "、",
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
		return entry.Headings[l][entry.MeaningSection]
	case "Confirm":
		return entry.Headings[l][entry.ConfirmSection]
	case "Steps":
		return entry.Headings[l][entry.StepsSection]
	case "Prevent":
		return entry.Headings[l][entry.PreventSection]
	case "Related":
		return entry.Headings[l][entry.RelatedSection]
	case "Separator": // between the reason and what it means
		return l.Colon()
	case "NoMatch":
		return answer.TextNote("a text about nothing", l)
	case "Report", "ReportHint":
		label, hint, _ := answer.MissingLabels(l)
		return map[string]string{"Report": label, "ReportHint": hint}[name]
	case "RelatedPages":
		_, _, related := answer.MissingLabels(l)
		return related
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
