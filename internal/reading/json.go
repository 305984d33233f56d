package reading

import "strings"

// jsonLine reads a line that begins with a bracket: structure of a document
// over several lines, or a whole value.
func (r *reader) jsonLine(l textLine) bool {
	text := r.doc.Text
	s := r.text(l)
	if len(s) <= 3 && strings.Trim(s, "{}[], ") == "" {
		if r.form != inObject {
			r.close()
			r.form = inObject
			r.leaveObject()
			r.block++
		}
		r.object.json = true
		if s[0] == '{' {
			r.close()
			r.pop(l.indent)
			r.push(l.indent, "")
		}
		return true
	}
	if isJSONLog(s) || s[0] == '[' && (isUptime(s[1:]) || prefixed(s) > 0 || isBracketedTime(s)) {
		return false
	}
	if !startsJSON(s) || strings.IndexByte(s, '"') < 0 {
		return false
	}
	if r.form == inLog {
		return false
	}
	r.close()
	before := r.form
	frames := r.object.frames
	if r.form != inObject {
		r.leaveObject()
		r.block++
	}
	r.json(l.start, l.end, l)
	r.close()
	r.object.frames = frames
	r.form = before
	if text[l.end-1] == '{' || text[l.end-1] == '[' {
		r.form, r.object.json = inObject, true
	} else if before != inObject {
		r.endEvent()
	}
	return true
}

// isBracketedTime reports whether a line begins with a time in brackets, and no
// array: “[2026-04-06 07:18:43.120][7][critical]”.
func isBracketedTime(s string) bool {
	stamp, _, ok := strings.Cut(s[1:], "]")
	return ok && startsWithDigit(stamp) && startsWithTime(stamp) && strings.IndexByte(stamp, '"') < 0
}

// startsJSON reports whether a bracket begins a JSON value, and not a word in
// brackets: “[FIRING] …”.
func startsJSON(s string) bool {
	rest := strings.TrimLeft(s[1:], " \t")
	return rest == "" || strings.IndexByte("\"{[}]-0123456789", rest[0]) >= 0
}

// isJSONLog reports whether a JSON object is a message of a log.
func isJSONLog(s string) bool {
	if s[0] != '{' {
		return false
	}
	head := strings.ToLower(s[:min(len(s), 400)])
	for _, key := range []string{`"containerstatuses"`, `"phase"`, `"kind"`, `"conditions"`, `"state"`, `"waiting"`, `"terminated"`, `"podid"`} {
		if strings.Contains(head, key) {
			return false
		}
	}
	for _, key := range []string{`"level"`, `"msg"`, `"severity"`, `"log.level"`, `"ts"`, `"time"`, `"@timestamp"`, `"log"`, `"lvl"`, `"timestamp"`, `"t"`, `"@t"`, `"levelname"`} {
		if strings.Contains(head, key) {
			return true
		}
	}
	return false
}

// json reads JSON at text[pos:end], as far as it goes: it may be cut off.
func (r *reader) json(pos, end int, l textLine) {
	text := r.doc.Text
	depth := 0
	base := len(r.object.frames)
	key := ""
	expectKey := false
	skip := func() {
		for pos < end && (text[pos] == ' ' || text[pos] == '\t' || text[pos] == ',' || text[pos] == ':') {
			pos++
		}
	}
	for skip(); pos < end; skip() {
		switch c := text[pos]; c {
		case '{', '[':
			depth++
			if depth > 64 {
				return
			}
			indent := depth
			if base > 0 {
				indent += r.object.frames[base-1].indent + 1
			}
			if key != "" || c == '{' {
				r.push(indent*2, fold(key))
			} else {
				r.push(indent*2, "list")
			}
			key = ""
			expectKey = c == '{'
			pos++
		case '}', ']':
			depth--
			if n := len(r.object.frames); n > base {
				r.endItem(r.object.frames[n-1].item)
				r.object.frames = r.object.frames[:n-1]
			}
			key = ""
			expectKey = true
			pos++
		case '"':
			from := pos + 1
			to := from
			for to < end && text[to] != '"' {
				if text[to] == '\\' {
					to++
				}
				to++
			}
			to = min(to, end)
			pos = min(to+1, end)
			after := pos
			for after < end && text[after] == ' ' {
				after++
			}
			if after < end && text[after] == ':' && (expectKey || key == "") {
				key = text[from:to]
				pos = after + 1
				continue
			}
			if key != "" {
				r.value(textLine{start: from, end: to}, 1<<20, fold(key), from, to)
				r.close()
				r.pop(1 << 20)
			} else {
				r.add(Record{Start: from, End: to, Source: Silent, Subject: r.subject})
			}
			key = ""
		default:
			from := pos
			for pos < end && text[pos] != ',' && text[pos] != '}' && text[pos] != ']' && text[pos] != ' ' {
				pos++
			}
			if pos == from {
				pos++
			}
			if key != "" {
				start := max(l.start, from-len(key)-4)
				r.value(textLine{start: start, end: pos}, 1<<20, fold(key), from, pos)
				r.close()
				r.pop(1 << 20)
			}
			key = ""
		}
	}
	for len(r.object.frames) > base {
		r.pop(r.object.frames[len(r.object.frames)-1].indent)
	}
}
