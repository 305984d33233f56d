package reading

import (
	"strings"
	"time"
)

// A table is one that kubectl prints, as far as its header tells.
type table struct {
	kind                           string
	name, namespace, ready, status int // numbers of the columns, -1 if there is none
	restarts, health, ago, node    int
	gates                          bool // the last column is READINESS GATES

	// Of docker ps, whose columns hold several words: the byte of the line at
	// which the status begins. 0 if it is another table.
	from int
}

// tableHeader reads a line of column names in capital letters.
func (r *reader) tableHeader(l textLine) bool {
	s := r.text(l)
	if s[0] < 'A' || s[0] > 'Z' || strings.ContainsAny(s, ":=\"{") {
		return false
	}
	words := strings.Fields(s)
	if len(words) < 2 {
		return false
	}
	column := func(name string) int {
		for i, w := range words {
			if w == name {
				return i
			}
		}
		return -1
	}
	has := func(name string) bool { return column(name) >= 0 }
	if s == strings.ToUpper(s) && has("TYPE") && has("REASON") && has("MESSAGE") {
		r.close()
		r.form = inEvents
		return true
	}
	if strings.HasPrefix(s, "Type") && has("Reason") && has("Message") && has("Age") {
		r.close()
		r.form = inEvents
		return true
	}
	// Names of columns may have small letters: NAME STATUS, or the console's own.
	if s != strings.ToUpper(s) || !(has("STATUS") || has("READY") || has("NAME") && has("AGE")) || len(words) > 24 {
		return false
	}
	t := table{
		name: column("NAME"), namespace: column("NAMESPACE"), ready: column("READY"), status: column("STATUS"),
		restarts: column("RESTARTS"), health: column("HEALTH"), ago: column("AGE"), node: column("NODE"),
	}
	t.gates = strings.HasSuffix(s, "READINESS GATES")
	if t.name < 0 {
		t.name = column("POD")
	}
	switch {
	case t.restarts >= 0, t.ready >= 0 && t.status >= 0:
		t.kind = "Pod"
	case has("ROLES"):
		t.kind = "Node"
	case has("COMPLETIONS"):
		t.kind = "Job"
	case has("UP-TO-DATE"):
		t.kind = "Deployment"
	case has("VOLUME") || has("CAPACITY"):
		t.kind = "PersistentVolumeClaim"
	}
	if strings.HasPrefix(s, "CONTAINER ID") && has("STATUS") {
		t.from = strings.Index(s, "STATUS")
	}
	r.close()
	r.block++
	r.form, r.table = inTable, t
	return true
}

// tableRow reads a row under a header.
func (r *reader) tableRow(l textLine) bool {
	t := &r.table
	if t.from > 0 {
		return r.dockerRow(l, t)
	}
	words := wordsOf(r.doc.Text, l.start, l.end, 64)
	text := func(i int) string {
		if i < 0 || i >= len(words) {
			return ""
		}
		return r.doc.Text[words[i].start:words[i].end]
	}
	if t.status >= len(words) && t.status >= 0 && len(words) < 2 {
		return false
	}
	kind, name := t.kind, text(t.name)
	if k, n, ok := strings.Cut(name, "/"); ok {
		kind, name = kindNamed(k), n
	}
	if t.ready >= 0 && t.kind == "Pod" && t.status >= 0 {
		if _, _, ok := readyOf(text(t.ready)); !ok {
			return false
		}
	}
	namespace := text(t.namespace)
	if namespace == "" {
		namespace = r.command.namespace
	}
	subject := -1
	if name != "" {
		subject = r.doc.subjectOf(kind, namespace, name)
	}
	c := cells{ready: text(t.ready), status: text(t.status), restarts: text(t.restarts), age: r.cellOf(words, t.ago)}
	if node := r.cellOf(words, t.node); subject >= 0 && kind == "Pod" && node != "<none>" {
		r.doc.Subjects[subject].Node = node
	}
	if t.gates {
		c.gates = text(len(words) - 1)
	}
	r.row(l, words, t.status, subject, c)
	return true
}

// dockerRow reads a row of docker ps: its status begins below the head of the
// column, and may be longer than that.
func (r *reader) dockerRow(l textLine, t *table) bool {
	text := r.doc.Text
	from, to := l.start+t.from, l.end
	if from >= l.end || text[from] == ' ' || text[from-1] != ' ' {
		return false
	}
	if gap := strings.Index(text[from:to], "  "); gap >= 0 {
		to = from + gap
	}
	subject := -1
	if words := strings.Fields(text[to:l.end]); len(words) > 0 {
		subject = r.doc.subjectOf("", "", words[len(words)-1])
	}
	record := Record{Start: from, End: to, Source: Row, Subject: subject, Status: true, Reason: text[from:to]}
	switch word, _, _ := strings.Cut(record.Reason, " "); word {
	case "Exited", "Dead", "Restarting":
		record.Operation = Exit
	case "Up":
		if !strings.Contains(record.Reason, "unhealthy") {
			record.Succeeded = operations - 1
		}
	}
	r.add(Record{Start: l.start, End: from, Source: Silent, Subject: subject})
	r.add(record)
	r.add(Record{Start: to, End: l.end, Source: Silent, Subject: subject})
	return true
}

// isScheduled reports whether a pod's name is that of a CronJob's: its job is
// named after the minute that it was due, report-29011200-8zv4t.
func isScheduled(pod string) bool {
	i := strings.LastIndexByte(pod, '-')
	if i < 9 || len(pod)-i != 6 || pod[i-9] != '-' {
		return false
	}
	_, ok := number(pod[i-8 : i])
	return ok
}

// replaced marks rows of pods that are ending as normal where a sibling is there
// to take over.
func (r *reader) replaced() {
	d := r.doc
	siblings := map[string]int{}
	for i := range d.Records {
		if rec := &d.Records[i]; rec.Source == Row && rec.Subject >= 0 && rec.Reason != terminating {
			siblings[ownerOf(d.Subjects[rec.Subject].Name)]++
		}
	}
	for i := range d.Records {
		if rec := &d.Records[i]; rec.Source == Row && rec.Subject >= 0 && rec.Reason == terminating {
			owner := ownerOf(d.Subjects[rec.Subject].Name)
			rec.Normal = rec.Normal || owner != "" && siblings[owner] > 0
		}
	}
}

// ownerOf returns the name of the workload that a pod's name was made from, ""
// if it does not show: cart of cart-7d9f8b6c54-x2kpl.
func ownerOf(pod string) string {
	i := strings.LastIndexByte(pod, '-')
	if i <= 0 || len(pod)-i != 6 {
		return ""
	}
	pod = pod[:i]
	if j := strings.LastIndexByte(pod, '-'); j > 0 && len(pod)-j >= 7 && len(pod)-j <= 11 {
		return pod[:j]
	}
	return pod
}

// settled is how long a container has to run until its former ends are history.
const settled = 10 * time.Minute

// restartedLately reports whether a row tells of a restart a short while ago:
// “3 (5s ago)”.
func (r *reader) restartedLately(words []wordSpan) bool {
	for _, w := range words {
		s := r.doc.Text[w.start:w.end]
		if strings.HasPrefix(s, "(") {
			d, ok := age(s[1:])
			return ok && d < settled
		}
	}
	return false
}

// cellOf returns a column to the right of the restarts, which may have been
// followed by “(5m ago)”; "" if there is none.
func (r *reader) cellOf(words []wordSpan, i int) string {
	if i < 0 {
		return ""
	}
	for j := range words {
		if strings.HasPrefix(r.doc.Text[words[j].start:words[j].end], "(") && j <= i {
			i += 2
			break
		}
	}
	if i >= len(words) {
		return ""
	}
	return r.doc.Text[words[i].start:words[i].end]
}

// bareRow reads a row of kubectl get pods without its header: name, 0/1,
// status, number of restarts.
func (r *reader) bareRow(l textLine) bool {
	head := r.doc.Text[l.start:min(l.end, l.start+readyReach)]
	slash := strings.IndexByte(head, '/')
	for slash > 0 && !(isDigit(head[slash-1]) && slash+1 < len(head) && isDigit(head[slash+1])) {
		next := strings.IndexByte(head[slash+1:], '/')
		if next < 0 {
			return false
		}
		slash += 1 + next
	}
	if slash <= 0 {
		return false
	}
	words := wordsOf(r.doc.Text, l.start, l.end, 8)
	if len(words) < 3 {
		return false
	}
	text := func(i int) string { return r.doc.Text[words[i].start:words[i].end] }
	for i := 1; i+1 < len(words) && i <= 2; i++ {
		if _, _, ok := readyOf(text(i)); !ok {
			continue
		}
		status := text(i + 1)
		if !isStatus(status) || i+2 < len(words) && !startsWithDigit(text(i+2)) {
			return false
		}
		namespace := r.command.namespace
		if i == 2 {
			namespace = text(0)
		}
		name := text(i - 1)
		if _, n, ok := strings.Cut(name, "/"); ok {
			name = n
		}
		r.close()
		restarts := ""
		if i+2 < len(words) {
			restarts = text(i + 2)
		}
		r.row(l, words, i+1, r.doc.subjectOf("Pod", namespace, name), cells{ready: text(i), status: status, restarts: restarts, age: r.cellOf(words, i+3)})
		return true
	}
	return false
}

// readyReach is how far to the right “0/1” stands at most, in bytes.
const readyReach = 400

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// cells are what a row says of a pod, each "" if it does not.
type cells struct{ ready, status, restarts, age, gates string }

// gated reports whether a readiness gate is not open.
func (c *cells) gated() bool {
	open, all, ok := readyOf(c.gates)
	return ok && open < all
}

// gateWord is the reason of the condition Ready of a pod that waits for its
// readiness gates alone. Its row shows that without a word.
const gateWord = "ReadinessGatesNotReady"

// TellsWithoutWords reports whether a text may say something that no word in it
// stands for, so that it has to be read even if no phrase is found in it.
func TellsWithoutWords(text string) bool {
	return strings.Contains(text, "READINESS GATES") || strings.Contains(text, "deletionTimestamp") || len(text) < maxWell && strings.Contains(text, "Running")
}

// maxWell is how long a text may be that shows that all is well, in bytes.
const maxWell = 256 << 10

// row adds the records of a row: the status speaks, the rest is names.
func (r *reader) row(l textLine, words []wordSpan, status, subject int, cells cells) {
	if status < 0 || status >= len(words) {
		r.add(Record{Start: l.start, End: l.end, Source: Silent, Subject: subject})
		return
	}
	cell, value := words[status], cells.status
	r.add(Record{Start: l.start, End: cell.start, Source: Silent, Subject: subject})
	record := Record{
		Start: cell.start, End: cell.end, Source: Row, Subject: subject, Status: true,
		Operation: statusOperation(value), Reason: value,
	}
	if a, b, ok := readyOf(cells.ready); ok && subject >= 0 {
		s := &r.doc.Subjects[subject]
		s.Ready = No
		s.ContainersReady = No
		if a == b && b > 0 {
			s.Ready, s.ContainersReady = Yes, Yes
		}
		s.Finished, s.Running = value == "Succeeded", value == "Running" && !r.restartedLately(words)
		s.Deleting = value == terminating
		switch {
		case value == "Running" && s.Ready == Yes && cells.gated():
			s.Ready = No
			r.doc.Derived = append(r.doc.Derived, Derived{gateWord, len(r.doc.Records)})
		case value == "Running" && s.Ready == Yes:
			record.Succeeded = operations - 1
			if r.restartedLately(words) {
				record.Succeeded &^= Probe | Kill | Exit | Retry | Hook
			}
		}
	}
	if value == "Pending" && cells.ready == "" {
		record.Source = Silent // of a claim, which has no containers
	}
	d, ok := age(cells.age)
	if ok && d < time.Minute && (value == "ContainerCreating" || value == "PodInitializing" || strings.HasPrefix(value, "Init:") && startsWithDigit(value[5:]) || value == "Pending") {
		record.Normal = true
	}
	if ok && d < grace+overdue && value == terminating { // no older than its deletion may take
		record.Normal = true
	}
	// What should run on is restarted as soon as it ends, the first time without a
	// wait. What has ended and was never restarted is a Job's, and done.
	meant := ok && d >= time.Minute && cells.restarts == "0"
	if value == "Completed" && subject >= 0 && (meant || isScheduled(r.doc.Subjects[subject].Name)) {
		record.Normal = true
	}
	r.add(record)
	r.add(Record{Start: cell.end, End: l.end, Source: Silent, Subject: subject})
}

// statusOperation returns the operation that a status word speaks of.
func statusOperation(status string) Operation {
	status = strings.TrimPrefix(status, "Init:")
	return reasonOf(status).operation
}

// readyOf reads “1/2”.
func readyOf(s string) (a, b int, ok bool) {
	first, second, ok := strings.Cut(s, "/")
	if !ok {
		return 0, 0, false
	}
	a, ok1 := number(first)
	b, ok2 := number(second)
	return a, b, ok1 && ok2
}

func number(s string) (int, bool) {
	if s == "" || len(s) > 9 {
		return 0, false
	}
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

func startsWithDigit(s string) bool { return s != "" && '0' <= s[0] && s[0] <= '9' }

// isStatus reports whether a word has the form of a status: CrashLoopBackOff,
// Init:0/1, Running.
func isStatus(s string) bool {
	if s[0] < 'A' || s[0] > 'Z' {
		return false
	}
	if lacksResource(s) {
		return true
	}
	for i := range len(s) {
		c := s[i]
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == ':' || c == '/' || c == ',' || c == '-') {
			return false
		}
	}
	return len(s) > 3
}
