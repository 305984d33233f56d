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
	Internal         payload.ErrorCode = "internal"
)

// problems gives every code its status and what it says in each language.
var problems = map[payload.ErrorCode]struct {
	status int
	titles [3]string
}{
	payload.EmptyBody: {http.StatusBadRequest, [3]string{
		book.English: "There is nothing to diagnose: the request is empty", book.Japanese: "診断する内容がありません", book.Chinese: "请求为空，没有可诊断的内容"}},
	payload.InvalidUTF8: {http.StatusBadRequest, [3]string{
		book.English: "The request is not valid UTF-8", book.Japanese: "UTF-8として正しくない文字が含まれています", book.Chinese: "请求不是有效的 UTF-8"}},
	payload.InvalidJSON: {http.StatusBadRequest, [3]string{
		book.English: "The request is not valid JSON", book.Japanese: "JSONの形式が正しくありません", book.Chinese: "请求不是有效的 JSON"}},
	payload.UnsupportedType: {http.StatusUnsupportedMediaType, [3]string{
		book.English: "The content type is not supported", book.Japanese: "対応していないContent-Typeです", book.Chinese: "不支持该 Content-Type"}},
	payload.UnknownForm: {http.StatusUnprocessableEntity, [3]string{
		book.English: "The form of the request is not known", book.Japanese: "リクエストの形式を判別できません", book.Chinese: "无法识别请求的格式"}},
	Unauthorized: {http.StatusUnauthorized, [3]string{
		book.English: "Credentials are missing or wrong", book.Japanese: "認証情報がないか、正しくありません", book.Chinese: "缺少凭证或凭证错误"}},
	NotFound: {http.StatusNotFound, [3]string{
		book.English: "There is no such page", book.Japanese: "ページが見つかりません", book.Chinese: "页面不存在"}},
	MethodNotAllowed: {http.StatusMethodNotAllowed, [3]string{
		book.English: "The method is not allowed here", book.Japanese: "このメソッドは使用できません", book.Chinese: "此处不允许使用该方法"}},
	UnknownLanguage: {http.StatusBadRequest, [3]string{
		book.English: "The language is not known", book.Japanese: "対応していない言語です", book.Chinese: "不支持该语言"}},
	TooLarge: {http.StatusRequestEntityTooLarge, [3]string{
		book.English: "The request is too large", book.Japanese: "リクエストが大きすぎます", book.Chinese: "请求过大"}},
	HeaderTooLarge: {http.StatusRequestHeaderFieldsTooLarge, [3]string{
		book.English: "The header of the request is too large", book.Japanese: "リクエストヘッダーが大きすぎます", book.Chinese: "请求头过大"}},
	Timeout: {http.StatusRequestTimeout, [3]string{
		book.English: "The request did not arrive in time", book.Japanese: "リクエストの受信がタイムアウトしました", book.Chinese: "接收请求超时"}},
	Damaged: {http.StatusBadRequest, [3]string{
		book.English: "The request is incomplete or damaged", book.Japanese: "リクエストが途中で切れているか、壊れています", book.Chinese: "请求不完整或已损坏"}},
	Internal: {http.StatusInternalServerError, [3]string{
		book.English: "The server failed", book.Japanese: "サーバー内部でエラーが発生しました", book.Chinese: "服务器内部错误"}},
}

// ProblemOf returns the problem for a code. The detail is for whoever wires
// the client up, in English, and must hold nothing of the input.
func ProblemOf(code payload.ErrorCode, detail string, l book.Language) *Problem {
	p := problems[code]
	return &Problem{Type: "urn:reasonbook:problem:" + string(code), Title: p.titles[l], Status: p.status, Detail: detail}
}

// WriteProblem returns a problem for a client that asked for a format: HTML for
// people, problem+json for everything else.
func (w *Writer) WriteProblem(p *Problem, format Format, l book.Language) (body []byte, contentType string) {
	if format == HTML {
		if page, err := w.problemPage(p, l); err == nil {
			return page, "text/html; charset=utf-8"
		}
	}
	body, _ = encode(p) // strings and a number always encode
	return body, "application/problem+json"
}
