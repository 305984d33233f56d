package reading

import (
	"slices"
	"strings"
	"time"
)

// A reader reads a text line by line.
type reader struct {
	doc   *Document
	lines []textLine
	at    int // the line to read

	command command // whose output this is
	subject int     // of a describe output or a log, -1 if none
	block   int     // number of the table, object or log

	form    form
	table   table
	object  object
	pending Record // being written: an event, a log message or a paragraph
	open    bool   // whether there is one
	indent  int    // of its first line
	traced  bool   // whether it is a log message with a traceback of Python
	outputs bool   // whether a record holds one

	event     eventObject
	sightings []sighting
	deletions []deletion
	newest    time.Time // that an object tells

	prefix   string            // of the lines of a log
	writers  map[string]writer // by their prefix
	prefixes map[string]string // the latest, by the writers' names

	// Of the last line of a log: what it says behind the stamps, how far that is
	// indented, and whether it goes on in the next (CRI's tag P).
	said       string
	saidIndent int
	partial    bool
}

// A form is what the lines around are.
type form uint8

const (
	inText   form = iota
	inTable       // rows under a header
	inEvents      // events of a describe output, or a table of events
	inObject      // a describe output, YAML or JSON
	inLog         // the output of a program
)

func (r *reader) text(l textLine) string { return r.doc.Text[l.start:l.end] }

// line reads the next line, or several that belong together.
func (r *reader) line() {
	l := r.lines[r.at]
	r.at++
	if l.blank() {
		r.blank()
		return
	}
	s := r.text(l)
	if strings.HasPrefix(s, "```") || strings.HasPrefix(s, "~~~") {
		r.close()
		r.leave()
		return
	}
	if r.form == inLog && isIssueHeading(s) {
		r.close()
		r.leave()
		return
	}
	if c, ok := commandOf(s); ok {
		r.close()
		r.leave()
		r.begin(c)
		return
	}
	switch {
	case isRuler(s):
	case r.tableHeader(l):
	case r.eventRow(l):
	case r.form == inTable && r.tableRow(l):
	case r.bareRow(l):
	case r.form != inLog && r.objectLine(l):
	case r.logLine(l):
	default:
		r.other(l)
	}
}

// blank ends what an empty line ends.
func (r *reader) blank() {
	switch r.form {
	case inTable, inEvents:
		r.close()
		r.form = inText
	case inObject:
		r.close()
	case inLog:
		// Programs print empty lines, also within a message.
	default:
		r.close()
	}
}

// leave ends the output of a command.
func (r *reader) leave() {
	r.prefix, r.writers, r.prefixes = "", nil, nil
	r.form, r.command, r.subject = inText, command{}, -1
	r.leaveObject()
	r.block++
}

// begin starts the output of a command.
func (r *reader) begin(c command) {
	r.command = c
	r.block++
	if c.name != "" && (c.verb == "logs" || c.verb == "describe") {
		r.subject = r.doc.subjectOf(c.kind, c.namespace, c.name)
	}
	if c.verb == "logs" {
		r.form = inLog
	}
}

// other takes a line of no known form.
func (r *reader) other(l textLine) {
	switch r.form {
	case inEvents:
		if r.open { // the message goes on
			r.pending.End = l.end
			return
		}
	case inTable:
		r.form = inText
	case inObject:
		if r.open && l.indent > r.indent { // a folded value
			r.pending.End = l.end
			return
		}
		r.close()
		if l.indent > 0 || r.object.json {
			r.add(Record{Start: l.start, End: l.end, Source: Silent, Subject: r.subject})
			return
		}
		r.form = inText
		r.leaveObject()
		r.subject = -1
	case inLog:
		r.logMessage(l, false)
		return
	}
	if r.drainLine(l) {
		return
	}
	if r.open && r.pending.Source == Message {
		r.pending.End = l.end
		return
	}
	r.start(l, Record{Start: l.start, End: l.end, Source: Message, Operation: r.command.operation(), Subject: r.subject, Age: -1, First: -1})
}

// start begins a record that later lines may go on with.
func (r *reader) start(l textLine, record Record) {
	r.close()
	if record.Block == 0 {
		record.Block = r.block
	}
	r.pending, r.open, r.indent = record, true, l.indent
}

// close ends the record under way.
func (r *reader) close() {
	if r.open {
		r.doc.Records = append(r.doc.Records, r.pending)
		r.open = false
	}
}

// add adds a record that is complete.
func (r *reader) add(record Record) {
	if record.Start >= record.End {
		return
	}
	record.Block = r.block
	if record.Age == 0 {
		record.Age, record.First = -1, -1
	}
	r.doc.Records = append(r.doc.Records, record)
}

func (r *reader) finish() {
	r.close()
	r.nameContainers()
	r.endEvent()
	r.ageEvents()
	r.endDeletions()
	if r.outputs {
		r.splitOutputs()
	}
	d := r.doc
	for i := range d.Records {
		if record := &d.Records[i]; record.Source == Message && isProgram(d.Text[record.Start:record.End]) {
			record.Source, record.Operation = Log, Run
		}
	}
	r.replaced()
	d.wholeStatus()
	d.exitsOfCompose()
	d.messagesBesideReasons()
	// A text about one subject is about it everywhere.
	if len(d.Subjects) == 1 {
		for i := range d.Records {
			if d.Records[i].Subject < 0 {
				d.Records[i].Subject = 0
			}
		}
	}
	d.Kind = kindOf(d)
}

// isRuler reports whether a line is drawn rather than written.
func isRuler(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool {
		return r != '-' && r != '=' && r != ' ' && r != '+' && r != '─' && r != '|' && r != '\t' && r != '*'
	})
}

// A command is what was typed before an output.
type command struct {
	tool, verb            string
	kind, namespace, name string
	container             string
}

// operation returns what the output of the command is about.
func (c command) operation() Operation {
	switch c.verb {
	case "apply", "create", "replace", "install", "upgrade", "scale", "patch":
		return Admit
	case "drain", "evict":
		return Evict
	}
	return 0
}

// tools are programs whose output people paste, with the command before it.
var tools = map[string]bool{
	"kubectl": true, "k": true, "oc": true, "docker": true, "helm": true, "crictl": true, "argocd": true, "nerdctl": true,
	"podman": true, "journalctl": true, "systemctl": true, "stern": true, "k3s": true, "minikube": true, "ctr": true,
	"docker-compose": true, "dmesg": true, "cat": true, "tail": true, "date": true, "ssh": true, "etcdctl": true, "sudo": true, "watch": true,
	"curl": true, "grep": true, "az": true, "aws": true, "gcloud": true, "eksctl": true, "tccli": true,
}

// commandOf reads a line that begins with a prompt, or is a command of kubectl.
func commandOf(s string) (command, bool) {
	typed := ""
	if rest, ok := strings.CutPrefix(s, "$ "); ok {
		typed = rest
	} else {
		head := s[:min(len(s), 100)]
		for _, sign := range []string{"$ ", "# ", "% ", "> ", ">", "❯ ", "~ "} {
			i := strings.Index(head, sign)
			if i < 0 {
				continue
			}
			word, _, _ := strings.Cut(strings.TrimSpace(s[i+len(sign):]), " ")
			prompt := s[:i]
			if tools[word] && (i == 0 && sign != ">" || strings.ContainsAny(prompt, "@:\\~]➜") || !strings.Contains(prompt, " ")) {
				typed = strings.TrimSpace(s[i+len(sign):])
				break
			}
		}
		if typed == "" {
			if word, rest, ok := strings.Cut(s, " "); ok && (word == "kubectl" || word == "oc" || word == "k") && isVerb(rest) && !isSentence(rest) {
				typed = s
			}
		}
	}
	if typed == "" {
		return command{}, false
	}
	return parseCommand(strings.Fields(typed)), true
}

// isSentence reports whether what stands behind kubectl is what somebody says of
// its output: “kubectl logs shows …”.
func isSentence(s string) bool {
	s, _, _ = strings.Cut(s, "|")
	for i := range len(s) {
		if s[i] >= 0xe3 { // Chinese or Japanese
			return true
		}
	}
	return containsAny(s, telling)
}

var telling = []string{" shows ", " shows:", " show ", " showed ", " says ", " says:", " said ", " gives ", " gave ", " returns ", " returned ", " prints "}

func isVerb(s string) bool {
	word, _, _ := strings.Cut(s, " ")
	switch word {
	case "get", "describe", "logs", "apply", "create", "delete", "exec", "rollout", "top", "drain", "events", "set", "-n", "--namespace", "--context", "--kubeconfig":
		return true
	}
	return false
}

// parseCommand reads what matters of a command line.
func parseCommand(words []string) command {
	var c command
	for len(words) > 0 && (words[0] == "sudo" || words[0] == "watch") {
		words = words[1:]
	}
	if len(words) == 0 {
		return c
	}
	c.tool = words[0]
	if c.tool == "k3s" && len(words) > 1 {
		words = words[1:]
	}
	var rest []string
	for i := 1; i < len(words); i++ {
		w := words[i]
		if w == "|" || w == "&&" || w == ";" || w == ">" {
			break
		}
		value := func() string {
			if _, v, ok := strings.Cut(w, "="); ok {
				return v
			}
			if i+1 < len(words) {
				i++
				return words[i]
			}
			return ""
		}
		name, _, _ := strings.Cut(w, "=")
		if name == "-f" && slices.Contains(rest, "logs") {
			continue // --follow
		}
		switch name {
		case "-n", "--namespace":
			c.namespace = value()
		case "-c", "--container":
			c.container = value()
		case "-l", "--selector", "-f", "--filename", "--tail", "--since", "-o", "--output", "--sort-by", "--field-selector", "-u", "--context",
			"--kubeconfig", "--cluster", "--user", "--as", "--since-time", "--limit-bytes", "--request-timeout", "-s", "--server", "-v":
			value()
		default:
			if !strings.HasPrefix(w, "-") {
				rest = append(rest, w)
			}
		}
	}
	if len(rest) == 0 {
		if c.tool == "journalctl" || c.tool == "dmesg" {
			c.verb = "logs"
		}
		return c
	}
	c.verb = rest[0]
	switch {
	case c.tool == "docker" && c.verb == "container" && len(rest) > 1:
		rest = rest[1:]
		c.verb = rest[0]
	case c.tool == "docker-compose", c.tool == "docker" && c.verb == "compose":
		if strings.HasSuffix(strings.Join(rest, " "), "logs") || len(rest) > 1 && rest[1] == "logs" {
			c.verb = "logs"
			return c
		}
	case c.tool == "cat", c.tool == "tail", c.tool == "grep":
		if strings.Contains(strings.Join(rest, " "), "log") {
			c.verb = "logs"
		}
		return c
	}
	arguments := rest[1:]
	if (c.verb == "describe" || c.verb == "get") && len(arguments) > 1 {
		c.kind, c.name = kindNamed(arguments[0]), arguments[1]
		arguments = nil
	}
	if len(arguments) > 0 {
		kind, name, ok := strings.Cut(arguments[0], "/")
		switch {
		case ok:
			c.kind, c.name = kindNamed(kind), name
		case c.verb == "logs":
			c.kind, c.name = "Pod", arguments[0]
			if len(arguments) > 1 {
				c.container = arguments[1]
			}
		}
	}
	return c
}

// kindNamed returns the kind that kubectl knows by a name, "" if it is none
// that matters here.
func kindNamed(s string) string {
	s = strings.ToLower(s)
	s, _, _ = strings.Cut(s, ".")
	switch s {
	case "pod", "pods", "po":
		return "Pod"
	case "node", "nodes", "no":
		return "Node"
	case "deployment", "deployments", "deploy":
		return "Deployment"
	case "replicaset", "replicasets", "rs":
		return "ReplicaSet"
	case "statefulset", "statefulsets", "sts":
		return "StatefulSet"
	case "daemonset", "daemonsets", "ds":
		return "DaemonSet"
	case "job", "jobs":
		return "Job"
	case "cronjob", "cronjobs", "cj":
		return "CronJob"
	case "persistentvolumeclaim", "persistentvolumeclaims", "pvc":
		return "PersistentVolumeClaim"
	case "persistentvolume", "persistentvolumes", "pv":
		return "PersistentVolume"
	case "poddisruptionbudget", "pdb":
		return "PodDisruptionBudget"
	case "horizontalpodautoscaler", "hpa":
		return "HorizontalPodAutoscaler"
	}
	return ""
}
