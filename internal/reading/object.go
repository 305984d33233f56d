package reading

import "strings"

// An object is a describe output, or an object as YAML or JSON, as far as it
// has been read: the keys that the present line stands under.
type object struct {
	frames []frame
	json   bool
	kind   string // of the object whose name has not come yet
	owner  string // the kind of an owner whose name has not come yet
	named  bool   // whether the metadata that was last begun has named its object
}

// A frame is a key or an item of a list, and what stands below it.
type frame struct {
	indent int
	key    string // folded: see fold
	item   *item  // the container or condition that it is, nil if it is none
}

// starters are keys that begin an object where there was none.
var starters = map[string]bool{
	"name": true, "namespace": true, "containers": true, "initcontainers": true, "state": true, "laststate": true, "conditions": true,
	"containerstatuses": true, "initcontainerstatuses": true, "apiversion": true, "metadata": true, "status": true, "waiting": true,
	"terminated": true, "events": true, "qosclass": true, "nodeselectors": true, "tolerations": true, "spec": true,
	"kind": true, "exitcode": true, "reason": true, "restartcount": true, "labels": true, "annotations": true,
}

// silent are keys below which nothing is said of what happens.
var silent = map[string]bool{
	"labels": true, "annotations": true, "environment": true, "env": true, "args": true, "command": true, "mounts": true, "volumes": true,
	"tolerations": true, "spec": true, "metadata": true, "limits": true, "requests": true, "liveness": true, "readiness": true, "startup": true,
	"image": true, "imageid": true, "containerid": true, "nodeselectors": true, "managedfields": true, "config": true, "capacity": true,
	"allocatable": true, "systeminfo": true, "images": true, "selector": true, "podtemplate": true, "environmentvariablesfrom": true,
	"allocatedresources": true, "addresses": true, "name": true, "namespace": true, "ownerreferences": true, "priorityclassname": true,
	"filters": true, "rules": true, "routes": true, "route": true, "match": true,
	"serviceaccount": true, "controlledby": true, "livenessprobe": true, "readinessprobe": true, "startupprobe": true,
}

// speaking are keys whose values say what happens.
var speaking = map[string]bool{
	"state": true, "laststate": true, "reason": true, "message": true, "exitcode": true, "status": true, "phase": true, "signal": true,
	"note": true, "statusreason": true, "statusmessage": true, "error": true, "unhealthywarningmsg": true, "oomkilled": true,
}

// fold returns a key in small letters, without spaces, quotes and hyphens.
func fold(key string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ' || r == '"' || r == '\'' || r == '-' || r == '_':
			return -1
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		}
		return r
	}, key)
}

// keyValue cuts “key: value” out of text[start:end]. The key is short, and of
// letters, digits and a few signs.
func keyValue(text string, start, end int) (key string, from, to int, ok bool) {
	s := text[start:end]
	i := 0
	quoted := s != "" && (s[0] == '"' || s[0] == '\'')
	for ; i < len(s) && i < 64; i++ {
		c := s[i]
		if c == ':' && (i+1 == len(s) || s[i+1] == ' ' || s[i+1] == '\t' || quoted) {
			break
		}
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' && i > 0
		if !letter && !(i > 0 && (c == ' ' || c == '-' || c == '.' || c == '/' || c == '_')) && !(c == '"' || c == '\'') {
			return "", 0, 0, false
		}
	}
	if i == 0 || i >= len(s) || s[i] != ':' {
		return "", 0, 0, false
	}
	from, to = start+i+1, end
	for from < to && (text[from] == ' ' || text[from] == '\t') {
		from++
	}
	for to > from && (text[to-1] == ',' || text[to-1] == ' ') {
		to--
	}
	// A sentence may hold a colon; before a number it is the name of a count.
	if strings.Count(s[:i], " ") > 3 {
		if _, counts := number(text[from:to]); !counts {
			return "", 0, 0, false
		}
	}
	return s[:i], from, to, true
}

// objectLine reads a line of an object.
func (r *reader) objectLine(l textLine) bool {
	text := r.doc.Text
	s := r.text(l)
	if s[0] == '{' || s[0] == '[' || r.object.json && (s[0] == '}' || s[0] == ']') {
		return r.jsonLine(l)
	}
	indent, start := l.indent, l.start
	dash := false
	for strings.HasPrefix(text[start:l.end], "- ") {
		dash = true
		r.popItems(indent)
		start += 2
		indent += 2
		for start < l.end && text[start] == ' ' {
			start, indent = start+1, indent+1
		}
	}
	key, from, to, ok := keyValue(text, start, l.end)
	if !ok && dash && l.indent > 0 && r.form == inObject && r.isSilent() { // an argument, which may look like a log
		r.close()
		r.add(Record{Start: l.start, End: l.end, Source: Silent, Subject: r.subject})
		return true
	}
	if !ok {
		return r.form == inObject && r.conditionRow(l)
	}
	k := fold(key)
	if r.form != inObject {
		if !(starters[k] || silent[k] && from >= to) || !r.looksLikeObject(l, key) || isPulled(k, text[from:to]) {
			return false
		}
		r.close()
		r.form = inObject
		r.leaveObject()
		r.block++
		if dash { // an item whose list was not pasted
			r.push(indent-2, "")
		}
	} else if dash {
		r.push(indent-2, "")
	}
	if r.open && indent > r.indent && r.pending.Source != Silent && !speaking[k] && !dash && !r.object.json && from < to {
		// A folded message may hold “word: ” at the beginning of a line.
		if !starters[k] && k != "ready" && k != "started" && k != "finished" {
			r.pending.End = l.end
			return true
		}
	}
	r.close()
	r.pop(indent)
	if key[0] == '"' {
		r.object.json = true
	}
	if l.indent == 0 && !dash && (key == "Name" || k == "apiversion") && len(r.object.frames) == 0 {
		r.block++
		if key == "Name" {
			r.subject = -1
		}
	}
	if from >= to || text[from:to] == "{" || text[from:to] == "[" {
		if k == "events" {
			r.form = inEvents
			r.popAll()
			return true
		}
		if k == "livenessprobe" {
			if it := r.itemHere(); it != nil {
				it.liveness = it.spec
			}
		}
		r.push(indent, k)
		if k == "readinessgates" && indent == 0 {
			r.start(l, Record{Start: l.start, End: l.end, Source: Condition, Subject: r.subject, Age: -1, First: -1})
			return true
		}
		if parent := r.parent(1); parent == "containers" || parent == "initcontainers" {
			if len(r.object.frames) > 1 && !r.object.json && !silent[k] && !speaking[k] {
				r.object.frames[len(r.object.frames)-1].item = &item{
					subject: r.subject, name: key, init: parent == "initcontainers", container: true,
				}
			}
		}
		r.add(Record{Start: l.start, End: l.end, Source: Silent, Subject: r.subject})
		return true
	}
	if r.object.json && (text[from] == '{' || text[from] == '[') && startsJSON(text[from:to]) {
		r.push(indent, k)
		r.json(from, l.end, l)
		r.close()
		r.pop(indent)
		return true
	}
	r.value(l, indent, k, from, to)
	return true
}

// looksLikeObject reports whether a line with a key that may begin an object
// does: it is indented, stands in a describe output, or is followed by more.
func (r *reader) looksLikeObject(l textLine, key string) bool {
	if l.indent > 0 || key[0] == '"' || r.command.verb == "describe" {
		return true
	}
	for i := r.at; i < min(r.at+2, len(r.lines)); i++ {
		next := r.lines[i]
		if next.blank() {
			break
		}
		if _, _, _, ok := keyValue(r.doc.Text, next.start, next.end); ok || strings.HasPrefix(r.text(next), "- ") {
			return true
		}
	}
	return false
}

// isPulled reports whether a key and its value are the last line that docker pull
// and docker run print of a pull.
func isPulled(key, value string) bool {
	return key == "status" && (strings.HasPrefix(value, "Downloaded newer image for ") || strings.HasPrefix(value, "Image is up to date for "))
}

// leaveObject forgets the keys that the lines before stood under.
func (r *reader) leaveObject() {
	r.endEvent()
	r.object = object{}
}

func (r *reader) push(indent int, key string) {
	f := frame{indent: indent, key: key}
	if key == "metadata" {
		r.object.named = false
	}
	if key == "" {
		switch parent := r.parent(0); parent {
		case "containerstatuses", "initcontainerstatuses", "ephemeralcontainerstatuses":
			f.item = &item{subject: r.subject, init: parent == "initcontainerstatuses", container: true}
		case "conditions":
			f.item = &item{subject: r.subject}
		case "containers", "initcontainers":
			f.item = &item{subject: r.subject, spec: true}
		case "items":
			r.endEvent()
		case "":
			f.item = &item{subject: r.subject, container: true}
		}
	}
	r.object.frames = append(r.object.frames, f)
}

// pop ends the frames that do not reach to the right of indent.
func (r *reader) pop(indent int) {
	frames := r.object.frames
	for len(frames) > 0 && frames[len(frames)-1].indent >= indent {
		r.endItem(frames[len(frames)-1].item)
		frames = frames[:len(frames)-1]
	}
	r.object.frames = frames
}

// popItems ends the item before one whose hyphen stands at indent. The key of
// their list may stand there too, as kubectl writes it.
func (r *reader) popItems(indent int) {
	r.pop(indent + 1)
	frames := r.object.frames
	if n := len(frames) - 1; n >= 0 && frames[n].indent == indent && frames[n].key == "" {
		r.endItem(frames[n].item)
		r.object.frames = frames[:n]
	}
}

func (r *reader) popAll() { r.pop(-1 << 30) }

// parent returns the key of a frame, counted from the innermost.
func (r *reader) parent(n int) string {
	if i := len(r.object.frames) - 1 - n; i >= 0 {
		return r.object.frames[i].key
	}
	return ""
}

// under reports whether the present line stands below one of these keys.
func (r *reader) under(keys ...string) bool {
	for _, f := range r.object.frames {
		for _, k := range keys {
			if f.key == k {
				return true
			}
		}
	}
	return false
}

// item returns the innermost container or condition.
func (r *reader) itemHere() *item {
	for i := len(r.object.frames) - 1; i >= 0; i-- {
		if r.object.frames[i].item != nil {
			return r.object.frames[i].item
		}
	}
	return nil
}

// isSilent reports whether the present line stands below a key below which
// nothing is said of what happens.
func (r *reader) isSilent() bool {
	for _, f := range r.object.frames {
		if silent[f.key] {
			return true
		}
	}
	return false
}

// value reads the value of a key, at text[from:to].
func (r *reader) value(l textLine, indent int, k string, from, to int) {
	text := r.doc.Text
	from, to = unquoted(text, from, to)
	value := text[from:to]
	it := r.itemHere()
	r.timed(k, value)
	if r.eventKey(k, value) || r.identity(k, value, it) || r.isSilent() || silent[k] || !speaking[k] {
		r.fact(k, value, it)
		r.add(Record{Start: l.start, End: l.end, Source: Silent, Subject: r.subject})
		if strings.HasPrefix(value, "|") || strings.HasPrefix(value, ">") {
			r.push(indent, k) // a block of text below it
		}
		return
	}
	r.fact(k, value, it)
	record := Record{Start: l.start, End: to, Source: Field, Subject: r.subject, Age: -1, First: -1}
	last := r.under("laststate", "lastterminationstate")
	switch {
	case last || k == "laststate":
		record.Source = LastState
	case it != nil && !it.container:
		record.Source = Condition
	}
	if it != nil && it.container {
		record.Container = it.name
	}
	switch k {
	case "reason", "status", "state", "phase", "laststate", "statusreason":
		record.Start, record.Status, record.Reason = from, true, value
		record.Operation = statusOperation(value)
		if value == "Pending" && (k == "phase" || k == "status" && r.elsewhere()) {
			// The phase before a pod's containers run: it says nothing of one that
			// has a node, and something else of a claim or a volume.
			record.Source = Silent
		}
		if _, _, ok := readyOf(value); ok || value == "True" || value == "False" || value == "Unknown" && record.Source == Condition {
			record.Source = Silent
		}
		if rest, ok := strings.CutPrefix(value, "Terminating (lasts "); ok {
			d, known := age(strings.TrimSuffix(rest, ")"))
			record.Normal = !known || d < overdue
		}
	case "exitcode", "signal":
		record.Operation = Exit
	case "error":
		if value == "" {
			record.Source = Silent
		}
	}
	if k == "state" || k == "laststate" {
		r.push(indent, k)
	}
	if it != nil {
		it.records = append(it.records, len(r.doc.Records))
		if k == "message" {
			it.message, it.text = len(r.doc.Records), from
		}
	}
	record.End = max(record.End, record.Start)
	if record.Start == record.End {
		return
	}
	r.start(l, record)
	r.indent = indent
	if r.open && (k == "reason" || k == "status" || k == "state" || k == "phase" || k == "laststate" || k == "exitcode") {
		r.close()
	}
}

// nameContainers ends what is under way at the end of the text.
func (r *reader) nameContainers() { r.popAll() }

// unquoted takes the quotes around a value off.
func unquoted(text string, from, to int) (int, int) {
	for to-from >= 2 && (text[from] == '"' || text[from] == '\'') && text[to-1] == text[from] {
		from, to = from+1, to-1
	}
	if from < to && (text[from] == '\'' || text[from] == '"') { // goes on in the next line
		from++
	}
	return from, to
}
