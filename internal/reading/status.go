package reading

import "strings"

// statusLabels may stand before a status word that is the whole text, in small
// letters.
var statusLabels = map[string]bool{
	"status": true, "state": true, "reason": true, "phase": true, "pod": true, "pod status": true, "last state": true, "waiting": true,
	"terminated": true, "last state: terminated": true, "container state": true, "instance status": true,
	"ステータス": true, "状態": true, "理由": true, "インスタンスの状態": true, "インスタンスのエラー状態": true, "ポッドの状態": true, "コンテナの状態": true,
	"状态": true, "原因": true, "实例状态": true, "实例错误状态": true, "容器状态": true,
}

// maxStatus is how long a text may be that is a status word and its label, in bytes.
const maxStatus = 128

// Fatal stands before what a program died of.
const Fatal = "FATAL:"

// wholeStatus marks the record of a text that is nothing but a status word,
// which somebody has copied from a console: “Error”, “状态：Error”; or nothing
// but what a program died of: “FATAL: …”.
func (d *Document) wholeStatus() {
	if len(d.Records) != 1 {
		return
	}
	r := &d.Records[0]
	word := d.Text[r.Start:r.End]
	switch {
	case r.Source == Log && strings.HasPrefix(word, Fatal) && len(word) <= maxStatus && !strings.Contains(word, "\n"):
		r.Status = true
		return
	case r.Source != Message:
		return
	}
	if len(word) > maxStatus || strings.Contains(word, "\n") {
		return
	}
	for i, c := range word {
		if c != ':' && c != '：' && c != '=' {
			continue
		}
		if statusLabels[strings.ToLower(strings.TrimSpace(word[:i]))] {
			word = strings.TrimLeft(word[i:], ":：= ")
			break
		}
	}
	if word == "" {
		return
	}
	r.Start, r.Status, r.Reason = r.End-len(word), true, word
	if r.Operation == 0 {
		r.Operation = statusOperation(word)
	}
}

// exitsOfCompose marks what docker compose prints when a program ends as a place
// of status; “ (restarting)” may follow.
func (d *Document) exitsOfCompose() {
	for i := range d.Records {
		r := &d.Records[i]
		if r.Source != Log && r.Source != Message || r.End-r.Start > maxStatus {
			continue
		}
		name, code, ok := cutExit(d.Text[r.Start:r.End])
		code, _ = strings.CutSuffix(code, " (restarting)")
		if ok && code != "" && len(code) <= 3 && strings.Trim(code, "0123456789") == "" {
			r.Start, r.Status = r.Start+len(name)+1, true
			if r.Operation == 0 {
				r.Operation = Exit
			}
		}
	}
}

// maxBeside is how far a message stands from the reason that it belongs to, in bytes.
const maxBeside = 250

// messagesBesideReasons gives the message of a state the operation of its reason:
// describe prints it after the reason, JSON and YAML before it. The message of an
// exit is the program's own and stays open.
func (d *Document) messagesBesideReasons() {
	const failedBefore = Pull | Create | Start
	for i := range d.Records {
		r := &d.Records[i]
		if r.Source != Field && r.Source != LastState || r.Status || r.Operation != 0 {
			continue
		}
		sides := [2]int{i + 1, i - 1}
		if strings.HasPrefix(d.Text[r.Start:r.End], "Message") {
			sides = [2]int{i - 1, i + 1}
		}
		for _, k := range sides {
			if k < 0 || k >= len(d.Records) {
				continue
			}
			o := &d.Records[k]
			if o.Status && o.Source == r.Source && o.Subject == r.Subject && o.Container == r.Container && o.Operation&failedBefore != 0 &&
				max(o.Start-r.End, r.Start-o.End) <= maxBeside {
				r.Operation = o.Operation
				break
			}
		}
	}
}
