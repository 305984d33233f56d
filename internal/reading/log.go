package reading

import "strings"

// logLine reads a line that has the form of a message of a log, or goes on with one.
func (r *reader) logLine(l textLine) bool {
	s := r.text(l)
	if r.prefix != "" && strings.HasPrefix(s, r.prefix) {
		l.start += len(r.prefix)
		s = s[len(r.prefix):]
		r.logMessage(l, isLog(s) || r.form != inLog)
		return true
	}
	if n := prefixed(s); n > 0 {
		r.written(s[:n])
		l.start += n
		r.logMessage(l, r.form != inLog || isLog(s[n:]))
		return true
	}
	if isLog(s) {
		r.logMessage(l, true)
		return true
	}
	if r.form == inLog && r.composeExit(s) || r.form == inLog && r.command.verb == "logs" {
		r.logMessage(l, false)
		return true
	}
	if r.form == inLog && r.open && isTrace(s) {
		r.pending.End = l.end
		return true
	}
	return false
}

// logMessage takes a line of a log: a message by itself, or more of the one before.
func (r *reader) logMessage(l textLine, begins bool) {
	for l.start < l.end && r.doc.Text[l.start] == ' ' { // behind a prefix
		l.start, l.indent = l.start+1, l.indent+1
	}
	s := r.text(l)
	if r.form != inLog {
		r.form = inLog
		r.block++
		if r.open && r.pending.Source == Message && (isShell(r.doc.Text[r.pending.Start:r.pending.End]) || isBanner(r.doc.Text[r.pending.Start:r.pending.End])) {
			// What a start script or the program printed before the program's first message.
			r.pending.Source, r.pending.Operation, r.pending.Block = Log, Run, r.block
		}
		r.close()
	}
	record := Record{
		Start: l.start, End: l.end, Source: Log, Operation: Run, Subject: r.subject, Container: r.command.container, Age: -1, First: -1,
		Block: r.block,
	}
	if r.prefix != "" {
		w := r.writers[r.prefix]
		record.Block = w.block
		if w.container != "" {
			record.Subject, record.Container = w.subject, w.container
		}
	}
	said, stamped := unstamped(s)
	words := strings.TrimLeft(said, " 	")
	indent := l.indent + len(said) - len(words)
	if r.open && r.pending.Block == record.Block && r.pending.Source == Log &&
		(r.partial || r.traceback(words, indent) || isTrace(words) || (stamped || !begins) && indent > max(0, r.indent)) {
		r.pending.End = l.end
	} else {
		r.start(l, record)
		r.indent, r.traced = indent, false
	}
	r.traced = r.traced || strings.Contains(s, tracebackHead)
	r.said, r.saidIndent, r.partial = words, indent, isPartial(s)
}

// traceback reports whether a line belongs to the Python traceback under way:
// its frames, the exception that ends it, and the one raised while handling it.
func (r *reader) traceback(s string, indent int) bool {
	switch {
	case !r.traced:
		return false
	case strings.HasPrefix(s, "During handling"), strings.HasPrefix(s, "The above exception"):
		return true
	case strings.HasPrefix(s, tracebackHead):
		return strings.HasPrefix(r.said, "During handling") || strings.HasPrefix(r.said, "The above exception")
	case indent > r.indent:
		return true
	}
	// The exception stands after the last frame, at the left again.
	return r.saidIndent > r.indent || strings.HasPrefix(r.said, tracebackHead)
}

// tracebackHead is how a traceback of Python begins.
const tracebackHead = "Traceback (most recent call last)"

// isLog reports whether a line begins as messages of logs do: with a time, a
// level, or both.
func isLog(s string) bool {
	s = strings.TrimLeft(s, "[(<\"")
	if len(s) < 8 {
		return false
	}
	digits := func(i, n int) bool {
		if i+n > len(s) {
			return false
		}
		for j := i; j < i+n; j++ {
			if s[j] < '0' || s[j] > '9' {
				return false
			}
		}
		return true
	}
	switch {
	case digits(0, 4) && len(s) > 10 && (s[4] == '-' || s[4] == '/' || s[4] == '.') && digits(5, 2) && digits(8, 2): // 2026-11-25
		return true
	case digits(0, 2) && len(s) > 8 && s[2] == ':' && digits(3, 2) && s[5] == ':' && digits(6, 2): // 10:12:13
		return true
	case digits(0, 2) && len(s) > 10 && s[2] == '/' && strings.ContainsAny(s[3:min(len(s), 12)], "/"): // 25/Nov/2026
		return true
	case len(s) > 20 && strings.IndexByte("IWEF", s[0]) >= 0 && digits(1, 4) && s[5] == ' ' && digits(6, 2): // klog
		return true
	case len(s) > 15 && isMonth(s[:3]) && s[3] == ' ' && (s[6] == ' ' || s[5] == ' ') && strings.IndexByte(s[:16], ':') > 0: // Jun 16 20:26:12
		return true
	case isUptime(s): // [0.004s][warning][os,thread] of a JVM
		return true
	case strings.HasPrefix(s, "time=") || strings.HasPrefix(s, "level=") || strings.HasPrefix(s, "ts=") || strings.HasPrefix(s, "t="):
		return true
	}
	if s[0] == '{' && isJSONLog(s) {
		return true
	}
	// A time of day among the first words.
	for i := 0; i+8 <= min(len(s), 48); i++ {
		if s[i+2] == ':' && s[i+5] == ':' && (digits(i, 2) || s[i] == ' ' && digits(i+1, 1)) && digits(i+3, 2) && digits(i+6, 2) { // 9:07:59 PM too
			return true
		}
	}
	end := strings.IndexAny(s, " :]|\t[\x1b")
	if end <= 0 {
		return false
	}
	switch word := s[:end]; word {
	case "INFO", "WARN", "WARNING", "DEBUG", "FATAL", "SEVERE", "TRACE", "NOTICE", "LOG", "SLF4J", "panic", "Traceback", "Caused",
		"goroutine", "CRITICAL", "ALERT", "npm", "emerg", "crit":
		return true
	case "main": // the thread, in brackets
		return s[end] == ']'
	case "ERROR":
		// “ERROR: …” of a console is no log by itself.
		return !strings.HasPrefix(s, "ERROR:")
	case "Exception":
		return strings.HasPrefix(s, "Exception in thread")
	case "trce", "dbug", "info", "warn", "fail": // .NET's console: info: Microsoft.Hosting.Lifetime[14]
		category, _, ok := strings.Cut(s[min(len(s), len(word)+2):], "[")
		return ok && s[len(word)] == ':' && strings.Contains(category, ".") && !strings.Contains(category, " ")
	}
	return false
}

// isUptime reports whether a line begins with the seconds since a start, in
// brackets that the caller has opened: “0.004s][”.
func isUptime(s string) bool {
	seconds, rest, ok := strings.Cut(s[:min(len(s), 24)], "s][")
	whole, part, dot := strings.Cut(seconds, ".")
	return ok && dot && rest != "" && whole != "" && len(part) == 3 && strings.Trim(whole+part, "0123456789") == ""
}

func isMonth(s string) bool {
	switch s {
	case "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec":
		return true
	}
	return false
}

// isTrace reports whether a line goes on with an exception or a panic.
func isTrace(s string) bool {
	for _, start := range []string{
		"at ", "Caused by:", "... ", "Suppressed:", "File \"", "goroutine ", "created by ", "During handling", "The above exception",
		"status code:", "--- End", "---> ", "[cause]", "nested exception", "Traceback (", "created ",
	} {
		if strings.HasPrefix(s, start) {
			return true
		}
	}
	return false
}

// isBanner reports whether a line of a text begins as the steps of a start do that
// a program prints before its log: “=> Booting”, “* Listening on …”.
func isBanner(s string) bool {
	return strings.HasPrefix(s, "=> ") || strings.HasPrefix(s, "* ") || strings.Contains(s, "\n=> ") || strings.Contains(s, "\n* ")
}

// isShell reports whether each line of a text begins with the name of a program
// or script and a colon, as what shells and tools print does.
func isShell(s string) bool {
	for line := range strings.Lines(s) {
		name, message, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok || name == "" || !isName(name) || len(strings.Fields(message)) < 3 {
			return false
		}
	}
	return true
}

// isProgram reports whether text is what a program printed as it ended.
func isProgram(s string) bool {
	for _, sign := range []string{
		"\n    at ", "\n\tat ", "Traceback (most recent call last)", "Node.js v", "goroutine 1 [", "npm ERR!", "npm error", "panic: ",
		"Caused by: ", "Exception in thread", "(core dumped)", "has been detected by the Java Runtime Environment",
		"Unhandled exception. ", "\n ---> ", "' panicked at ",
	} {
		if strings.Contains(s, sign) {
			return true
		}
	}
	return beginsWithException(s)
}

// beginsWithException reports whether a text begins with the full name of an
// exception and what it says: “pymysql.err.OperationalError: (…”.
func beginsWithException(s string) bool {
	name, _, ok := strings.Cut(s[:min(len(s), 160)], ": ")
	if !ok || strings.IndexByte(name, '.') <= 0 || !strings.HasSuffix(name, "Error") && !strings.HasSuffix(name, "Exception") {
		return false
	}
	for i := range len(name) {
		if c := name[i]; !isLetter(c) && c != '.' && c != '_' && c != '$' {
			return false
		}
	}
	return true
}
