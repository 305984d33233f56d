package reading

import (
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/reasonbook/reasonbook/internal/phrases"
)

// kindOf tells what a text is as a whole. Where an instance is shown, a text is
// a report whatever else it says, unless it says that all is over.
func kindOf(d *Document) Kind {
	said := kindSet().Lists(d.Text)
	has := func(list int) bool { return said&(1<<list) != 0 }
	shown := showsInstance(d)
	switch {
	case has(alertWords) && has(resolvedWords) && !(has(firingWords) && !has(noneFiring)) && !isProgram(d.Text): // a panic is [recovered], too
		return ResolvedAlert
	case !shown && isClosedIncident(has):
		return ClosedIncident
	case isCommit(d.Text):
		return Documentation
	case !shown && (documentSigns(d.Text) >= signsNeeded(d) || isReleaseNotes(d.Text) || isPassedTests(d.Text)):
		return Documentation
	}
	return Report
}

// The lists of kindSet.
const (
	alertWords = iota
	resolvedWords
	firingWords
	noneFiring // takes firingWords back
	closedWord
	closedField // and those behind it: one for each part of a report
)

var kindSet = sync.OnceValue(func() *phrases.Set {
	return phrases.New(append([][]string{
		{"alert", "告警", "アラート", "アラーム", "alarm", "[resolved]", "【恢复】", "[recovered]", "resolved: ", "incident #"},
		{
			"[resolved", "status: resolved", "状态: resolved", "状态：resolved", "【恢复】", "【已恢复】", "\"status\":\"resolved\"",
			"\"status\": \"resolved\"", "已恢复", "resolved at", "[ok]", "状态: 已恢复", "恢复时间",
			"[recovered", "✅ resolved", "\nresolved by ", "恢复通知", "告警恢复", "復旧のお知らせ", "復旧済み", "状態: 復旧", "状態：復旧", "解決済みアラート",
		},
		{"firing", "触发中", "[alerting]", "状态: 告警", "状态：触发", "発報中"},
		{"firing: 0", "firing:0"},
		closedWords,
	}, closedFields...)...)
})

var documentSet = sync.OnceValue(func() *phrases.Set {
	lists := make([][]string, len(documentWords))
	for i, w := range documentWords {
		lists[i] = []string{w}
	}
	return phrases.New(lists...)
})

// showsInstance reports whether a text shows what some instance does: a row
// with its age, an event with its age, an object with a name, a log with times.
func showsInstance(d *Document) bool {
	for i := range d.Records {
		r := &d.Records[i]
		switch r.Source {
		case Row:
			return true
		case Event:
			if r.Age >= 0 {
				return true
			}
		case Field, LastState, Condition:
			if r.Subject >= 0 && d.Subjects[r.Subject].Name != "" {
				return true
			}
		case Log:
			if s := d.Text[r.Start:r.End]; startsWithTime(s) || containsAny(s, traces) {
				return true
			}
		}
	}
	return false
}

// traces are signs of an exception as a program prints it.
var traces = []string{"Traceback (most recent call last)", "\n\tat ", "\n    at ", "goroutine 1 ["}

// startsWithTime reports whether a message of a log begins with a time of day.
func startsWithTime(s string) bool {
	s = strings.TrimLeft(s, "[(<\"{")
	head := s[:min(len(s), 40)]
	digits := 0
	for i := range len(head) {
		if '0' <= head[i] && head[i] <= '9' {
			digits++
		}
	}
	return digits >= 8 && strings.IndexByte(head, ':') >= 0
}

// documentWords are signs of instructions, definitions and source code. A text
// with two of them that shows no instance tells of none.
var documentWords = []string{
	// instructions
	"see also", "chapter ", "exercise ", "appendix", "if you see", "for example,", "e.g. ", "such as `", "usually ", "faq", "release notes",
	"changelog", "### fixed", "### changed", "### added", "### removed", "upgrade notes", "runbook", "troubleshooting", "how to ", "step 1",
	"q1：", "**q1", "q1:", "常见问题", "如果出现", "例如", "若提示", "请检查", "什么情况下", "怎么办", "处理建议", "帮助文档", "说明：", "含义", "排查步骤", "事件说明", "本文汇总", "中所述", "这表明",
	"トラブルシューティング", "このページ", "本页面", "次のように表示され", "についてまとめ", "公開日", "カテゴリ", "手順を", "まとめ", "議事", "場合は", "とは", "対処方法", "よくある質問", "リリースノート", "更新履歴", "更新日志", "发布说明", "- 修正:", "- 修正：",
	// definitions
	"would like the ability", "phase=~", "# help ", "# type ", "apiversion: monitoring.coreos.com", "alert: ", "expr: ", "- uses:", "runs-on:", "for: 5m", "for: 10m", "for: 15m",
	"acceptance criteria", "as an operator", "as a developer", "as a user", "diagnosis:", "meaning:", "agenda", "更新内容", "1. 新增", "2. 修复", "変更点", "count(*)", " group by ",
	// source code
	"func ", "package main", "regexp.mustcompile", "t.errorf", "import (", "case \"", "return ", "def ", "#!/bin/", "class ", "console.log(",
	"this pr ", "this pull request ", "this release resolves", "* previously, ", "- previously, ",
	"entrypoint [", "commented on line", "nit:", "approved these changes", "diff --git", "@@ -", "from debian", "from alpine", "syntax=docker",
	"fmt.sprintf", "assert", "const ", "var ", "else {", "} else", "set -eu", "set -o pipefail", "switch ", "static ", "public ",
}

// codeWords are signs that suffice by themselves.
var codeWords = []string{
	"{{ $", "$labels.", "=~ /", "=~\"", "=~'", "sum by (", "sum(kube_", "errors.new(", "export type ", "export const ", "public enum ",
	"private final ", "filter {", "matchers:", "if kubectl ", " enum: [", "openapi: ", "diff --git", "import kubernetes", "\" => ", "groups:\n- name:",
	"what type of pr is this", "special notes for your reviewer", "does this pr introduce", "(non-breaking change", "```release-note", "release-note: ", "```suggestion",
	"runbook:", "手册】", "手順書】", "【功能说明】", "【更新履歴】", "| description |", "|description|", "\n  register: ", "\n    register: ", "\n      register: ",
}

// begins are signs that suffice where the text begins with them, proposals those
// of a change that somebody proposes: one sign.
var (
	begins    = []string{"#!", "resource \"", "Q: ", "Q：", "This PR ", "This pull request "}
	proposals = []string{"fix: ", "feat: ", "docs: ", "chore: ", "refactor: ", "fix(", "feat(", "docs(", "chore(", "refactor("}
)

var codeSet = sync.OnceValue(func() *phrases.Set { return phrases.New(codeWords) })

// isCommit reports whether a text is a commit as git log shows it.
func isCommit(text string) bool {
	return strings.HasPrefix(text, "commit ") && strings.Contains(text[:min(len(text), 200)], "\nAuthor: ")
}

// isReleaseNotes reports whether a text is a version with a list of changes
// below, behind no more than a heading.
func isReleaseNotes(text string) bool {
	version, rest, _ := strings.Cut(text, "\n")
	version = strings.TrimPrefix(strings.TrimPrefix(version, "Version "), "v")
	dot := strings.IndexByte(version, '.')
	if dot <= 0 || dot > 3 || !isDigit(version[0]) || dot+1 == len(version) || !isDigit(version[dot+1]) || strings.Contains(version, ":") {
		return false
	}
	rest = strings.TrimLeft(rest, "\n ")
	if !beginsItem(rest) {
		_, rest, _ = strings.Cut(rest, "\n")
		rest = strings.TrimLeft(rest, "\n ")
	}
	return beginsItem(rest)
}

// beginsItem reports whether a text begins with an item of a list.
func beginsItem(text string) bool {
	for _, mark := range []string{"- ", "* ", "・", "• ", "1. "} {
		if strings.HasPrefix(text, mark) {
			return true
		}
	}
	return false
}

// isPassedTests reports whether a text is the output of a test runner that
// tells of no failed test: the names of tests and what they print are no report.
func isPassedTests(text string) bool {
	said := testSet().Lists(text)
	return said&1 != 0 && said&2 == 0
}

var testSet = sync.OnceValue(func() *phrases.Set {
	return phrases.New(
		[]string{"--- pass: ", "=== run ", "test session starts", "tests:   ", "# pass ", "test result: ok"},
		[]string{
			"--- fail", "\nfail", " failed,", " failed\n", " failed in ", "✕", "✗", "not ok ", "# fail 1", "test result: failed",
			"exit code", "exited with",
		})
})

// What number of signs makes a text a document, and one that begins as a
// program's error: programs give advice (“For example, …”, “See also …”).
const (
	signsOfDocument = 2
	signsOfAdvice   = 4
)

// signsNeeded returns how many signs of a document a text needs to be one.
func signsNeeded(d *Document) int {
	if isIssue(d.Text) {
		return signsOfAdvice
	}
	for i := range d.Records {
		r := &d.Records[i]
		if i > 0 && r.Source != Log {
			continue
		}
		label, _, ok := strings.Cut(d.Text[r.Start:min(r.End, r.Start+8)], ": ")
		if label = strings.ToLower(label); ok && (label == "error" || label == "fatal") {
			return signsOfAdvice
		}
	}
	return signsOfDocument
}

// documentSigns counts the signs of a text that it is no report of an instance,
// up to those of advice.
func documentSigns(text string) int {
	if codeSet().Lists(text) != 0 {
		return signsOfAdvice
	}
	for _, sign := range begins {
		if strings.HasPrefix(text, sign) {
			return signsOfAdvice
		}
	}
	n := 0
	for _, sign := range proposals {
		if strings.HasPrefix(text, sign) {
			n++
		}
	}
	seen := make([]bool, len(documentWords))
	documentSet().Scan(text, func(f phrases.Found) bool {
		if !seen[f.List] {
			seen[f.List] = true
			n++
		}
		return n < signsOfAdvice
	})
	if n < signsOfAdvice && hasPlaceholder(text) {
		n += 2
	}
	if n < signsOfAdvice && headings(text) > 0 {
		n++ // by themselves they tell nothing: people put them above what they paste
	}
	return n
}

// hasPlaceholder reports whether a text has a <name> to be filled in.
func hasPlaceholder(text string) bool {
	for rest := text; ; {
		i := strings.IndexByte(rest, '<')
		if i < 0 {
			return false
		}
		rest = rest[i+1:]
		end := strings.IndexByte(rest[:min(len(rest), 40)], '>')
		if end <= 0 {
			continue
		}
		name := rest[:end]
		switch name {
		case "none", "nil", "unknown", "init", "invalid", "br", "p", "b", "i", "li", "ul", "td", "tr", "th", "table", "code", "pre", "span", "unset", "module":
			continue
		}
		plain := true
		for _, c := range name {
			if !('a' <= c && c <= 'z' || c == '-' || c == '_' || c >= utf8.RuneSelf || 'A' <= c && c <= 'Z') {
				plain = false
			}
		}
		if strings.Contains(text, "</"+name+">") || htmlNames[strings.ToLower(name)] { // markup that an error quotes
			continue
		}
		before := text[:len(text)-len(rest)-1]
		joined := before != "" && (isLetter(before[len(before)-1]) || before[len(before)-1] == '.')
		if plain && !joined && !strings.HasPrefix(rest[end+1:], "(") && isCommandLine(lineBefore(before)) {
			return true
		}
	}
}

// isCommandLine reports whether a command to be typed begins a line: a <name> in
// any other is a program's way of writing, or was left out of a real message.
func isCommandLine(s string) bool {
	for _, word := range strings.Fields(s[:min(len(s), 120)]) {
		if tools[strings.Trim(word, "`$#>")] {
			return !isSentence(s)
		}
	}
	return false
}

// lineBefore returns the last line of a text.
func lineBefore(s string) string { return s[strings.LastIndexByte(s, '\n')+1:] }

// htmlNames are tags of pages and of the errors that registries and proxies send.
var htmlNames = map[string]bool{
	"html": true, "head": true, "body": true, "title": true, "center": true, "hr": true, "h": true, "meta": true, "div": true, "a": true,
	"error": true, "code": true, "message": true, "resource": true, "requestid": true, "hostid": true, "script": true, "style": true,
}

func isLetter(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

// headings counts lines that are underlined, or marked as headings.
func headings(text string) int {
	n := 0
	before, after := "", text
	framed := false // a line of “=” stands above: what follows is a box, as programs print it
	for line := range strings.SplitSeq(text, "\n") {
		_, after, _ = strings.Cut(after, "\n")
		line = strings.TrimRight(line, " \r")
		switch {
		case len(line) >= 4 && strings.Trim(line, "=") == "":
			if !framed && before != "" && before[0] != ' ' {
				n++
			}
			framed = !framed && before == ""
		case len(line) >= 4 && strings.Trim(line, "-") == "" && before != "" && !strings.Contains(before, "  "):
			n++
		case strings.HasPrefix(line, "## "), strings.HasPrefix(line, "### "), strings.HasPrefix(line, "■"), strings.HasPrefix(line, "**Q"):
			n++
		case strings.HasPrefix(before, "#") || strings.HasPrefix(after, "#"): // a comment of several lines
		case strings.HasPrefix(line, "# ") && !strings.Contains(line, "kubectl") && !strings.Contains(line, "describe") && !strings.Contains(line, "logs"):
			n++
		}
		before = line
	}
	return n
}

// issueHeadings are those of the forms in which failures are reported.
var issueHeadings = []string{
	"what happened", "describe the bug", "bug description", "bug report", "describe the issue", "expected behavio", "actual behavio", "current behavio",
	"to reproduce", "steps to reproduce", "how to reproduce", "reproduction steps", "relevant log", "log output", "error log", "logs", "error message",
	"stack trace", "stacktrace", "what did you expect", "what you expected", "anything else we need to know", "additional context",
	"问题描述", "问题现象", "复现步骤", "如何复现", "期望行为", "预期行为", "实际行为", "错误日志", "报错信息", "相关日志", "日志",
	"現象", "再現手順", "期待する動作", "期待される動作", "実際の動作", "エラーログ", "エラーメッセージ",
}

var issueSet = sync.OnceValue(func() *phrases.Set { return phrases.New(issueHeadings) })

// isIssue reports whether a text has a heading of a form in which somebody
// reports a failure.
func isIssue(text string) bool {
	for line := range strings.SplitSeq(text, "\n") {
		if isIssueHeading(line) {
			return true
		}
	}
	return false
}

func isIssueHeading(line string) bool {
	const longest = 80
	return (strings.HasPrefix(line, "#") || strings.HasPrefix(line, "**")) && len(line) <= longest && issueSet().Lists(line) != 0
}

// closedFields are the parts of a report on an incident, by language;
// closedWords say that it is over.
var (
	closedFields = [][]string{
		{"postmortem", "post-mortem", "incident report", "this incident has been resolved", "障害報告", "故障复盘", "事故报告", "議事", "振り返り"},
		{"start", "started", "detected", "発生", "开始时间", "发生时间", "investigating", "identified"},
		{"end", "resolved at", "復旧", "恢复时间", "结束时间", "monitoring"},
		{"duration", "持续", "影響時間"},
		{"impact", "影響", "影响"},
		{"root cause", "cause:", "原因"},
		{"mitigation", "measures", "対応", "处理", "fix has been"},
		{"prevention", "action items", "再発防止", "改进措施", "後続"},
	}
	closedWords = []string{
		"has been resolved", "is resolved", "resolved", "closed", "postmortem", "復旧しました", "解消", "クローズ", "已恢复", "已解决", "关闭",
		"異常のある", "no further", "now operational",
	}
)

// isClosedIncident reports whether a text tells of an incident that is over: it
// says so, and it is a report: by its title and another part, or by four parts.
func isClosedIncident(has func(list int) bool) bool {
	fields := 0
	for i := range closedFields {
		if has(closedField + i) {
			fields++
		}
	}
	title := has(closedField)
	return has(closedWord) && (title && fields >= 2 || fields >= 4)
}

func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}
