package evidence

import (
	"strings"

	"github.com/reasonbook/reasonbook/internal/reading"
)

// claims are words that say that a program is ready if they are what a message
// says; [claimed] tells. Behind each that needs it stands what must follow.
var claims = []string{
	"started", "ready", "running", "listen", "listening", "serving", "startup", "start", "boot", "loading", "unsealed", "waiting for", "leadership",
	"succeeded", "established", "reconnected",
}

// What follows a claim.
var (
	afterAny     = []string{" (", " {", " with", " success", " in "}
	afterReady   = []string{" to accept", " to handle", " to serve", " to receive", " to process", " on ", " at ", " for "}
	afterServing = []string{" client ", " traffic", " initial"}
	afterStart   = []string{" in [", " success", " succeeded", " complete!"}
	afterWaiting = []string{" connections", " clients", " requests", " messages", " jobs", " tasks"}
	places       = []string{"port", "http", "tcp://", ":", "localhost", "unix"}
)

// programs are words for what a program is as a whole: that one of these has
// started says that the program has, that a job or a thread has does not.
var programs = []string{"server", "service", "application", "app", "broker", "node", "daemon", "agent", "gateway", "engine", "system", "proxy", "cluster", "listener", "program"}

// claimed reports whether a word of claims at line[start:end] is what the line
// says: “Kafka Server started”, “Server is running on port 3000”, “✓ Ready in
// 912ms”, “HTTP Server Listen address=[::]:3000”.
func claimed(line string, start, end int) bool {
	if start > 0 && (isWordByte(line[start-1]) || strings.IndexByte("-./", line[start-1]) >= 0) {
		return false
	}
	behind := line[end:]
	if behind != "" && isWordByte(behind[0]) {
		return false
	}
	over := behind == "" || strings.IndexByte(".!,;)}\"'{(:\\", behind[0]) >= 0 || startsWithAny(behind, afterAny)
	if strings.Contains(line[:start], "ntrypoint") { // of the image: the program comes after it
		return false
	}
	word := strings.ToLower(line[start:end])
	switch word {
	case "ready":
		return over || startsWithAny(behind, afterReady)
	case "started":
		alone := start > 0 && line[start-1] == '"' && strings.HasPrefix(behind, `"`)
		took := strings.HasPrefix(behind, " in ") && len(behind) > 4 && '0' <= behind[4] && behind[4] <= '9'
		return alone || took || (over || hasAddress(behind)) && isProgram(line[:start])
	case "running", "listen", "listening", "serving":
		return hasAddress(behind) || word == "serving" && startsWithAny(behind, afterServing)
	case "startup", "start", "boot", "loading":
		return startsWithAny(behind, afterStart) && !strings.Contains(line, "Pool")
	case "waiting for":
		return startsWithAny(behind, afterWaiting)
	case "leadership":
		return strings.HasPrefix(behind, " acquired")
	case "succeeded", "established":
		return strings.Contains(line[:start], "onnect")
	case "unsealed":
		return over
	}
	return word == "reconnected"
}

// hasAddress reports whether a place to reach something at follows: “ on port
// 3000”, “ at http://…”, “ address=[::]:3000”.
func hasAddress(s string) bool {
	s = s[:min(len(s), 120)]
	for _, sign := range []string{" on ", " at ", " address=", " addr="} {
		_, place, ok := strings.Cut(s, sign)
		if !ok {
			continue
		}
		place = strings.ToLower(strings.TrimLeft(place, "\"'["))
		if startsWithAny(place, places) || len(place) > 1 && '0' <= place[0] && place[0] <= '9' {
			return true
		}
	}
	return false
}

// isProgram reports whether one of the last words of s names a program as a whole.
func isProgram(s string) bool {
	words := strings.FieldsFunc(strings.ToLower(s[max(0, len(s)-60):]), func(r rune) bool { return strings.ContainsRune(" []\"=", r) })
	for _, w := range words[max(0, len(words)-4):] {
		if endsWithAny(strings.TrimRight(w, ".,:;)0123456789-"), programs) {
			return true
		}
	}
	return false
}

// quiet are the levels below a warning, as logs write them; loud are the others.
var (
	quiet = words("info", "notice", "debug", "trace", "verbose", "information", "dbug", "trce", "inf", "dbg")
	loud  = words("warn", "warning", "error", "fatal", "severe", "critical", "crit", "emerg", "alert", "panic", "err", "wrn", "fail", "eror", "emergency")
)

// levelKeys name the level in JSON and logfmt.
var levelKeys = words("level", "severity", "lvl", "log.level", "s", "@l", "LogLevel", "levelname")

// levelReach is how far into a message its level is looked for, in bytes.
const levelReach = 300

// quietReach is how many exceptions may stand below each other.
const quietReach = 16

// isQuiet reports whether a message of a log is at a level below a warning, or
// is the exception that stands below such a message.
func isQuiet(d *reading.Document, number int) bool {
	for n := number; n >= max(0, number-quietReach); n-- {
		r := &d.Records[n]
		if r.Source != reading.Log {
			return false
		}
		head, _, _ := strings.Cut(d.Text[r.Start:min(r.End, r.Start+levelReach)], "\n")
		name, _, _ := strings.Cut(head, ":")
		if !strings.HasSuffix(name, "Exception") && !strings.HasSuffix(name, "Error") || strings.Contains(name, " ") {
			return isQuietHead(head)
		}
	}
	return false
}

func isQuietHead(head string) bool {
	if len(head) > 20 && head[0] == 'I' && strings.Trim(head[1:5], "0123456789") == "" && head[5] == ' ' { // klog
		return true
	}
	for i, w := range strings.FieldsFunc(head, func(r rune) bool { return strings.ContainsRune(" \t[]|(),{}<>\x1b", r) }) {
		json := strings.Contains(w, `":`)
		if i > 12 && !json {
			break
		}
		w = strings.ReplaceAll(w, `"`, "")
		key, value, ok := strings.Cut(w, "=")
		if !ok {
			key, value, ok = strings.Cut(w, ":")
		}
		switch {
		case ok && levelKeys[key]:
			return quiet[strings.ToLower(value)] || strings.Contains(" 30 20 10 I i ", " "+value+" ")
		case ok && value != "" && json:
			continue
		case ok:
			w = key
		case w == strings.ToLower(w) && i > 3:
			continue
		}
		if w == "LOG" || w == "FINE" || (w == "Note" || w == "System") && strings.Contains(head, "["+w+"]") { // PostgreSQL, java.util.logging, MySQL
			return true
		}
		w = strings.ToLower(w)
		if before, _, ok := strings.Cut(w, "/"); ok { // INFO/MainProcess
			w = before
		}
		if loud[w] {
			return false
		}
		if quiet[w] {
			return true
		}
	}
	return false
}
