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
	if isLog(s) {
		r.logMessage(l, true)
		return true
	}
	if n := prefixed(s); n > 0 {
		r.prefix = s[:n]
		l.start += n
		r.logMessage(l, true)
		return true
	}
	if r.form == inLog && r.command.verb == "logs" {
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
	s := r.text(l)
	if r.form != inLog {
		r.form = inLog
		r.block++
		if r.open && r.pending.Source == Message && isShell(r.doc.Text[r.pending.Start:r.pending.End]) {
			// What a start script printed before the program's first message.
			r.pending.Source, r.pending.Operation, r.pending.Block = Log, Run, r.block
		}
		r.close()
	}
	if r.open && r.traceback(l, s) {
		r.pending.End = l.end
		return
	}
	if r.open && (isTrace(s) || !begins && l.indent > r.indent && l.indent > 0) {
		r.pending.End = l.end
		return
	}
	r.start(l, Record{
		Start: l.start, End: l.end, Source: Log, Operation: Run, Subject: r.subject, Container: r.command.container, Age: -1, First: -1,
	})
}

// traceback reports whether a line belongs to the Python traceback under way:
// its frames, the exception that ends it, and the one raised while handling it.
func (r *reader) traceback(l textLine, s string) bool {
	const start = "Traceback (most recent call last)"
	pending := r.doc.Text[r.pending.Start:r.pending.End]
	i := strings.LastIndex(pending, start)
	if i < 0 {
		return false
	}
	last := pending[strings.LastIndexByte(pending, '\n')+1:]
	switch {
	case strings.HasPrefix(s, "During handling"), strings.HasPrefix(s, "The above exception"):
		return true
	case strings.HasPrefix(s, start):
		return strings.HasPrefix(last, "During handling") || strings.HasPrefix(last, "The above exception")
	case l.indent > r.indent:
		return true
	}
	// The exception stands after the last frame, at the left again.
	return strings.HasPrefix(last, " ") || strings.HasPrefix(last, "\t") || strings.HasPrefix(last, start)
}

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
	end := strings.IndexAny(s, " :]|\t[")
	if end <= 0 {
		return false
	}
	switch word := s[:end]; word {
	case "INFO", "WARN", "WARNING", "DEBUG", "FATAL", "SEVERE", "TRACE", "NOTICE", "LOG", "SLF4J", "panic", "Traceback", "Caused",
		"goroutine", "CRITICAL", "main", "ALERT", "npm", "emerg", "crit":
		return true
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
	} {
		if strings.Contains(s, sign) {
			return true
		}
	}
	return false
}

// prefixed takes the name that kubectl logs --prefix, stern or Compose puts
// before each line off, and returns how long it is.
func prefixed(s string) int {
	rest, n := s, 0
	for range 2 {
		i := strings.IndexByte(rest, ' ')
		if i <= 0 || i > 80 || !isName(rest[:i]) {
			return 0
		}
		for i < len(rest) && (rest[i] == ' ' || rest[i] == '|') {
			i++
		}
		rest, n = rest[i:], n+i
		if isLog(rest) {
			return n
		}
	}
	return 0
}

// isName reports whether a word has the form of the name of a pod or container.
func isName(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !('a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '.' || c == '/' || c == '[' || c == ']' || c == '_' || c == '|') {
			return false
		}
	}
	return true
}
