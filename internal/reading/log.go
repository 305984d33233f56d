package reading

import "strings"

// logLine reads a line that has the form of a message of a log, or goes on with one.
func (r *reader) logLine(l textLine) bool {
	s := r.text(l)
	if isLog(s) {
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
		r.close()
		r.form = inLog
		r.block++
	}
	if r.open && !begins && (isTrace(s) || l.indent > r.indent && l.indent > 0) {
		r.pending.End = l.end
		return
	}
	r.start(l, Record{
		Start: l.start, End: l.end, Source: Log, Operation: Run, Subject: r.subject, Container: r.command.container, Age: -1, First: -1,
	})
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
	word := s
	if i := strings.IndexAny(s, " :]|\t"); i > 0 {
		word = s[:i]
	} else {
		return false
	}
	switch word {
	case "INFO", "WARN", "WARNING", "DEBUG", "FATAL", "SEVERE", "TRACE", "NOTICE", "LOG", "SLF4J", "panic", "Traceback", "Caused",
		"goroutine", "CRITICAL", "main", "ALERT", "npm", "emerg", "crit":
		return true
	case "ERROR":
		// “ERROR: …” of a console is no log by itself.
		return !strings.HasPrefix(s, "ERROR:")
	case "Exception":
		return strings.HasPrefix(s, "Exception in thread")
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
