package answer

import (
	"net/http"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/payload"
)

// Problem is a fault as RFC 9457 writes it.
type Problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail,omitempty"`

	hint string // what a person can do
}

// Codes of problems that do not come from reading a payload.
const (
	Unauthorized     payload.ErrorCode = "unauthorized"
	NotFound         payload.ErrorCode = "not-found"
	MethodNotAllowed payload.ErrorCode = "method-not-allowed"
	UnknownLanguage  payload.ErrorCode = "unknown-language"
	TooLarge         payload.ErrorCode = "too-large"
	HeaderTooLarge   payload.ErrorCode = "header-too-large"
	Timeout          payload.ErrorCode = "timeout"
	Damaged          payload.ErrorCode = "damaged-body"
	Foreign          payload.ErrorCode = "foreign-origin"
	Overloaded       payload.ErrorCode = "overloaded"
	Cancelled        payload.ErrorCode = "cancelled"
	Internal         payload.ErrorCode = "internal"
)

// problems gives every code its status, and in each language what is wrong and
// what a person can do about it.
var problems = map[payload.ErrorCode]struct {
	status        int
	titles, hints [3]string
}{
	payload.EmptyBody: {http.StatusBadRequest, [3]string{
		book.English: "There is nothing to diagnose: the request is empty", book.Japanese: "診断する内容がありません", book.Chinese: "请求为空，没有可诊断的内容"}, [3]string{
		book.English: "Paste the status, the Events table or the log of the instance.", book.Japanese: "インスタンスのステータス、イベントの一覧、またはログを貼り付けてください。", book.Chinese: "请粘贴实例的状态、事件列表或日志。"}},
	payload.InvalidUTF8: {http.StatusBadRequest, [3]string{
		book.English: "The request is not text in UTF-8", book.Japanese: "UTF-8のテキストではありません", book.Chinese: "请求内容不是 UTF-8 文本"}, [3]string{
		book.English: "Copy the text again from the console or the log, or save the file as UTF-8; iconv -f SHIFT_JIS -t UTF-8 converts it.", book.Japanese: "コンソールまたはログからテキストとしてコピーし直すか、ファイルをUTF-8で保存してください。iconv -f SHIFT_JIS -t UTF-8で変換できます。", book.Chinese: "请从控制台或日志中重新复制文本，或将文件另存为 UTF-8；可以用 iconv -f GB18030 -t UTF-8 转换。"}},
	payload.InvalidJSON: {http.StatusBadRequest, [3]string{
		book.English: "The request is not valid JSON", book.Japanese: "JSONの形式が正しくありません", book.Chinese: "请求内容不是有效的 JSON"}, [3]string{
		book.English: "Send the whole object, as kubectl get -o json prints it.", book.Japanese: "kubectl get -o jsonの出力どおりに、オブジェクト全体を送信してください。", book.Chinese: "请发送完整的对象，与 kubectl get -o json 的输出一致。"}},
	payload.UnsupportedType: {http.StatusUnsupportedMediaType, [3]string{
		book.English: "The content type is not supported", book.Japanese: "対応していないContent-Typeです", book.Chinese: "不支持该 Content-Type"}, [3]string{
		book.English: "Use text/plain or application/json, in UTF-8; iconv -f SHIFT_JIS -t UTF-8 converts text.", book.Japanese: "text/plainまたはapplication/jsonを、UTF-8で送信してください。iconv -f SHIFT_JIS -t UTF-8で変換できます。", book.Chinese: "请以 UTF-8 发送 text/plain 或 application/json；可以用 iconv -f GB18030 -t UTF-8 转换文本。"}},
	payload.UnknownForm: {http.StatusUnprocessableEntity, [3]string{
		book.English: "The form of the request is not known", book.Japanese: "リクエストの形式を判別できません", book.Chinese: "无法识别请求的格式"}, [3]string{
		book.English: "Send a text, the simple form or a Kubernetes object. The page about the API lists the forms.", book.Japanese: "テキスト、簡易形式、Kubernetesオブジェクトのいずれかを送信してください。対応する形式はAPIのページにあります。", book.Chinese: "请发送文本、简易格式或 Kubernetes 对象。支持的格式见 API 页面。"}},
	payload.TooManyItems: {http.StatusRequestEntityTooLarge, [3]string{
		book.English: "The request has too many items", book.Japanese: "リクエストに含まれる項目が多すぎます", book.Chinese: "请求包含的项目过多"}, [3]string{
		book.English: "Send the others in a request of their own.", book.Japanese: "残りの項目は、別のリクエストで送信してください。", book.Chinese: "请将其余项目放在另一个请求中发送。"}},
	payload.TooLargeItem: {http.StatusRequestEntityTooLarge, [3]string{
		book.English: "An item is too large", book.Japanese: "項目が大きすぎます", book.Chinese: "单个项目过大"}, [3]string{
		book.English: "Take the failing part of it.", book.Japanese: "障害に関係する部分だけを渡してください。", book.Chinese: "请只提供与故障有关的部分。"}},
	Unauthorized: {http.StatusUnauthorized, [3]string{
		book.English: "Credentials are missing or wrong", book.Japanese: "認証情報がないか、正しくありません", book.Chinese: "缺少凭证或凭证错误"}, [3]string{
		book.English: "A token is needed here. Ask whoever runs this reasonbook.", book.Japanese: "利用するにはトークンが必要です。このreasonbookの管理者に問い合わせてください。", book.Chinese: "需要令牌才能使用，请联系此 reasonbook 的管理员。"}},
	NotFound: {http.StatusNotFound, [3]string{
		book.English: "There is no such page", book.Japanese: "ページが見つかりません", book.Chinese: "页面不存在"}, [3]string{
		book.English: "Start from the home page.", book.Japanese: "ホームから探してください。", book.Chinese: "请从首页开始查找。"}},
	MethodNotAllowed: {http.StatusMethodNotAllowed, [3]string{
		book.English: "The method is not allowed here", book.Japanese: "このメソッドは使用できません", book.Chinese: "此处不允许使用该方法"}, [3]string{
		book.English: "Paste the text into the box below and send it.", book.Japanese: "下の欄に内容を貼り付けて送信してください。", book.Chinese: "请将内容粘贴到下面的输入框中并提交。"}},
	UnknownLanguage: {http.StatusBadRequest, [3]string{
		book.English: "The language is not known", book.Japanese: "対応していない言語です", book.Chinese: "不支持该语言"}, [3]string{
		book.English: "English, Japanese and Chinese are there.", book.Japanese: "英語、日本語、中国語に対応しています。", book.Chinese: "支持英文、日文和中文。"}},
	TooLarge: {http.StatusRequestEntityTooLarge, [3]string{
		book.English: "The request is too large", book.Japanese: "リクエストが大きすぎます", book.Chinese: "请求过大"}, [3]string{
		book.English: "Paste only the part around the failure.", book.Japanese: "障害の前後の部分だけを貼り付けてください。", book.Chinese: "请只粘贴故障前后的部分。"}},
	HeaderTooLarge: {http.StatusRequestHeaderFieldsTooLarge, [3]string{
		book.English: "The header of the request is too large", book.Japanese: "リクエストヘッダーが大きすぎます", book.Chinese: "请求头过大"}, [3]string{
		book.English: "Send fewer cookies and header fields.", book.Japanese: "Cookieやヘッダーを減らしてください。", book.Chinese: "请减少 Cookie 和请求头。"}},
	Timeout: {http.StatusRequestTimeout, [3]string{
		book.English: "The request did not arrive in time", book.Japanese: "リクエストの受信がタイムアウトしました", book.Chinese: "接收请求超时"}, [3]string{
		book.English: "Send it again.", book.Japanese: "もう一度送信してください。", book.Chinese: "请重新发送。"}},
	Damaged: {http.StatusBadRequest, [3]string{
		book.English: "The request is incomplete or damaged", book.Japanese: "リクエストが途中で切れているか、壊れています", book.Chinese: "请求不完整或已损坏"}, [3]string{
		book.English: "Send it again.", book.Japanese: "もう一度送信してください。", book.Chinese: "请重新发送。"}},
	Foreign: {http.StatusForbidden, [3]string{
		book.English: "The request comes from another site, or is meant for another host", book.Japanese: "別のサイトからのリクエストか、別のホスト宛てのリクエストです", book.Chinese: "请求来自其他站点，或目标是其他主机"}, [3]string{
		book.English: "Open this reasonbook at its own address, and send the text from there.", book.Japanese: "このreasonbookを本来のアドレスで開き、そこから送信してください。", book.Chinese: "请通过此 reasonbook 自己的地址打开页面，并在该页面提交。"}},
	Overloaded: {http.StatusServiceUnavailable, [3]string{
		book.English: "The server is too busy to answer now", book.Japanese: "サーバーが混み合っているため、現在応答できません", book.Chinese: "服务器繁忙，暂时无法处理请求"}, [3]string{
		book.English: "Send it again in a few seconds.", book.Japanese: "数秒待ってから、もう一度送信してください。", book.Chinese: "请稍等几秒后重新发送。"}},
	// 499 is what nginx logs for a client that is gone; hardly anybody reads the document.
	Cancelled: {499, [3]string{
		book.English: "The request was cancelled", book.Japanese: "リクエストはキャンセルされました", book.Chinese: "请求已取消"}, [3]string{
		book.English: "Send it again.", book.Japanese: "もう一度送信してください。", book.Chinese: "请重新发送。"}},
	Internal: {http.StatusInternalServerError, [3]string{
		book.English: "The server failed", book.Japanese: "サーバー内部でエラーが発生しました", book.Chinese: "服务器内部错误"}, [3]string{
		book.English: "Try again. If it fails again, tell whoever runs this reasonbook.", book.Japanese: "もう一度お試しください。解決しない場合は、このreasonbookの管理者に連絡してください。", book.Chinese: "请重试。如果仍然失败，请联系此 reasonbook 的管理员。"}},
}

// ProblemOf returns the problem for a code. The detail is for whoever wires
// the client up, in English, and must hold nothing of the input.
func ProblemOf(code payload.ErrorCode, detail string, l book.Language) *Problem {
	p := problems[code]
	return &Problem{Type: "urn:reasonbook:problem:" + string(code), Title: p.titles[l], Status: p.status, Detail: detail, hint: p.hints[l]}
}

// line says for people what cannot be read, and where.
func (e *Error) line(l book.Language) string {
	at := e.Place
	if e.More > 0 {
		at = fill(labels[l].andMore, "{place}", at, "{n}", number(e.More))
	}
	if l == book.English && e.Detail != "" { // which details are in
		return at + l.Colon() + e.Detail
	}
	return at + l.Colon() + e.Title
}

// WriteProblem returns a problem for a client that asked for a format: HTML for
// people, problem+json for everything else.
func (w *Writer) WriteProblem(p *Problem, format Format, l book.Language) (body []byte, contentType string) {
	if format == HTML {
		return w.problemPage(p, l), "text/html; charset=utf-8"
	}
	body, _ = encode(p) // strings and a number always encode
	return body, "application/problem+json"
}
