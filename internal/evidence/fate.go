package evidence

import (
	"strings"
	"sync"

	"github.com/reasonbook/reasonbook/internal/phrases"
	"github.com/reasonbook/reasonbook/internal/reading"
)

// Words that tell the fate of a program, in small letters. They are looked for
// in messages of logs; see [fateOf].
var (
	ready = []string{
		"listening on", "listening at", "listening for", "now listening", "listening and serving", "ready to accept", "ready for connections",
		"is ready", " ready.", " ready in ", "successfully started", "successfully rolled out", "successfully progressed", "application started",
		"fully up and running", "startup complete", "start up complete", "finished starting", "entered running", "became active", "is up,", "is up.",
		"connected to", "success to connect", "leader election took", "joined group", "to [green]", "to [yellow]", "健康检查通过",
		"binding to port", "server started", "started server", "started on port", "serving on", "accepting connections", "became leader", "successfully acquired lease",
		"caches are synced", "elected-as-master", "started successfully", "initialization took", "is healthy", "completed initialization in ", "connection established",
		"established tcp streaming", "启动成功", "启动完成", "起動しました", "起動完了", "準備完了", "job done", "pushed ", "start processing", "running on http",
		"start worker processes", "resuming normal operations", "main dispatch loop", "status: downloaded newer image", "status: image is up to date", "successfully pulled",
	}
	notReady = []string{
		"not ready", "getting ready", "not started", "not running", "not listening", "to be ready", "until ready", "is ready?", "not yet ready", "no longer ready", "before ready", "waiting for", "that's listening", "that is listening",
		"failed to", "unable to", "cannot", "could not", "couldn't", "error", "start completed", "successfully stopped", "rolled back",
	}
	ended = []string{
		"exited with", "exit code", "exit status", "exit value", "exiting", "stopping", "stopped", "shutting down", "shut down", "terminated by",
		"aborting", "aborted", "core dumped", "illegal instruction", "exception in thread \"main\"", "unhandled exception", "panic:", "goroutine 1 [",
		"node.js v", "fatal error", "program will exit", "application run failed", "startup failed", "cannot start", "unable to start", " init error:",
		"could not start", "failed to boot", "gave up", "giving up", "entered fatal", "[emerg]", "[fatal]", "begin failed", "command failed",
		"traceback (most recent call last)", "终止启动", "程序退出", "退出码", "数据库系统已关闭", "終了ステータス", "level=fatal", "\"level\":\"fatal\"",
		" fatal ", "fatal:", "failed to start", "killed", "segmentation fault", "application failed to start", "error: cannot find module",
		"could not create the java virtual machine", "bootstrap checks failed", "terminating due to", "exit 1", "cancelling refresh attempt", "uncaught", "' panicked at ",
	}
	stopAsked = []string{
		"received sigterm", "signal 15", "sigterm", "fast shutdown request", "shutting down on user's request", "graceful", "warm shutdown",
		"停止信号", "收到", "received signal", "terminated by user", "graceful shutdown",
	}
)

// A fate is what the last signs of a log say became of the program.
type fate struct {
	readyAt int // number of the last record that says that it is ready, -1
	endedAt int // the last that says that it ended
	stopAt  int // the first that says that it was asked to stop
	lastAt  int // the last
	// hits are by entry the last that a hit stands in.
	hits map[uint32]int
}

// A source is a log: the output of one program.
type source struct {
	block, subject int
	container      string
}

// fates reads the fate of every log in the document that a hit stands in.
func (c *inquiry) fates() map[source]fate {
	all := map[source]fate{}
	for i := range c.hits {
		h := &c.hits[i]
		if h.record == nil || h.record.Source != reading.Log {
			continue
		}
		f, ok := all[sourceOf(h.record)]
		if !ok {
			f = fate{-1, -1, -1, -1, map[uint32]int{}}
			all[sourceOf(h.record)] = f
		}
		f.hits[h.entry] = max(f.hits[h.entry], h.number)
	}
	if len(all) == 0 {
		return nil
	}
	for i := range c.doc.Records {
		r := &c.doc.Records[i]
		if r.Source != reading.Log {
			continue
		}
		f, ok := all[sourceOf(r)]
		if !ok {
			continue
		}
		message := c.doc.Text[r.Start:min(r.End, r.Start+fateReach)]
		if !isQuestion(message) {
			f.lastAt = i
		}
		switch fateOf(message) {
		case isAskedToStop:
			if f.stopAt < 0 || f.stopAt < f.readyAt {
				f.stopAt = i
			}
		case hasEnded:
			if f.readyAt >= 0 {
				ready, here := &c.doc.Records[f.readyAt], processOf(c.doc.Text[r.Start:r.End])
				if p := processOf(c.doc.Text[ready.Start:ready.End]); p != "" && here != "" && p != here && !strings.Contains(message, "worker") {
					break // one client's process; a worker is no client's
				}
			}
			f.endedAt = i
		case isReady:
			f.readyAt = i
		}
		all[sourceOf(r)] = f
	}
	return all
}

// asking are words of people who ask about the log above.
var asking = []string{
	"any idea", "any help", "please help", "help me", "how can i", "how do i", "what am i", "what should i", "thanks in advance", "appreciated",
	"anyone know", "does anyone", "has anyone", "any clue", "please advise", "any suggestion",
	"请问", "求助", "求大佬", "怎么办", "怎么解决", "如何解决", "怎么回事", "什么原因", "帮忙", "谢谢", "教えて", "でしょうか", "お願い",
}

var askingSet = sync.OnceValue(func() *phrases.Set { return phrases.New(asking) })

// isQuestion reports whether a line below a log is what somebody asks about it,
// and none of the program's.
func isQuestion(line string) bool {
	const longest = 300
	return len(line) <= longest && strings.Count(line, "\n") == 0 && !startsWithDigit(line) &&
		(strings.HasSuffix(line, "?") || strings.HasSuffix(line, "？") || askingSet().Lists(line) != 0)
}

func startsWithDigit(s string) bool {
	s = strings.TrimLeft(s, "[(<\"{ ")
	return s != "" && '0' <= s[0] && s[0] <= '9'
}

// fateReach is how much of a message is read for its fate, in bytes.
const fateReach = 4096

// What a message says of its program's fate, and the lists of fateSet.
const (
	isReady = iota
	isNotReady
	hasEnded
	isAskedToStop
	mayBeReady
	unsaid
)

var fateSet = sync.OnceValue(func() *phrases.Set { return phrases.New(ready, notReady, ended, stopAsked, claims) })

// readyReach is in how many lines of a message that is no trace a program may
// say that it is ready: some print a frame or a list.
const readyReach = 16

// fateOf returns what a message of a log says of its program: that it was asked
// to stop, that it ended, or that it is ready. That it was asked stands in the
// first line; in a trace nothing below that says that it is ready.
func fateOf(message string) int {
	first, _, _ := strings.Cut(message, "\n")
	asked, ended := false, false
	fateSet().Scan(message, func(f phrases.Found) bool {
		word := strings.ToLower(message[f.Start:f.End])
		switch {
		case f.List == isAskedToStop:
			asked = asked || f.End <= len(first)
		case f.List != hasEnded, (strings.HasPrefix(word, "abort") || word == "unhandled exception") && ofOne(lineAt(message, f.Start)),
			strings.HasSuffix(strings.ToLower(message[max(0, f.Start-6):f.Start]), "+c to "): // Press Ctrl+C to shut down
		default:
			ended = true
		}
		return true
	})
	switch {
	case asked:
		return isAskedToStop
	case ended:
		return hasEnded
	case saysReady(first):
		return isReady
	case strings.Contains(message, "Exception") || strings.Contains(message, "\tat "):
		return unsaid
	}
	n := 0
	for line := range strings.SplitSeq(message, "\n") {
		if n++; n > 1 && n <= readyReach && saysReady(line) {
			return isReady
		}
	}
	return unsaid
}

// saysReady reports whether a line says that a program is ready.
func saysReady(line string) bool {
	ready, not := false, false
	fateSet().Scan(line, func(f phrases.Found) bool {
		switch f.List {
		case isReady:
			ready = true
		case mayBeReady:
			ready = ready || claimed(line, f.Start, f.End)
		case isNotReady: // but “waiting for connections”
			not = not || !claimed(line, f.Start, f.End)
		}
		return true
	})
	return ready && !not || isServed(line) || isStarted(line)
}

// lineAt returns the line of a text that byte pos stands in.
func lineAt(s string, pos int) string {
	start := strings.LastIndexByte(s[:pos], '\n') + 1
	line, _, _ := strings.Cut(s[start:], "\n")
	return line
}

// ofOne reports whether a line is about one connection or request of many.
func ofOne(line string) bool {
	return strings.Contains(line, "onnection") || strings.Contains(line, "equest") || strings.Contains(line, "transaction")
}

// processOf returns the number in brackets that a message begins with after its
// time, as servers with a process for each client write it: “[61] FATAL: ”; "" if
// there is none.
func processOf(message string) string {
	_, rest, _ := strings.Cut(message[:min(len(message), 120)], " [")
	number, _, _ := strings.Cut(rest, "]")
	if number == "" || strings.Trim(number, "0123456789") != "" {
		return ""
	}
	return number
}

// wasReady reports whether the lines above a hit in its own record, which is then
// all that a program printed, say that it is ready, and none below that it ended.
func (c *inquiry) wasReady(h *hit) bool {
	r, text := h.record, c.doc.Text
	above := text[max(r.Start, h.Start-fateReach):h.Start]
	above = above[:strings.LastIndexByte(above, '\n')+1]
	ready := false
	for line := range strings.Lines(above) {
		ready = ready || fateOf(line) == isReady
	}
	return ready && fateOf(text[h.Start:min(r.End, h.Start+fateReach)]) != hasEnded
}

func sourceOf(r *reading.Record) source { return source{r.Block, r.Subject, r.Container} }

// isServed reports whether a line tells of a request that was answered: an
// access line with a status of 2xx or 3xx.
func isServed(s string) bool {
	i := strings.Index(s, "HTTP/1.")
	if i < 0 {
		i = strings.Index(s, "HTTP/2")
	}
	if i < 0 {
		return false
	}
	rest := s[i:]
	if j := strings.IndexByte(rest, '"'); j >= 0 {
		rest = strings.TrimLeft(rest[j+1:], " ")
		return len(rest) >= 3 && (rest[0] == '2' || rest[0] == '3') && rest[1] >= '0' && rest[1] <= '9'
	}
	return false
}

// isStarted reports whether a line says how long a start took: “Started
// ShopApplication in 8.3 seconds”.
func isStarted(s string) bool {
	_, rest, ok := strings.Cut(s, "Started ")
	if !ok {
		return false
	}
	name, rest, ok := strings.Cut(rest, " in ")
	return ok && !strings.Contains(name, " ") && rest != "" && rest[0] >= '0' && rest[0] <= '9' && (strings.Contains(rest, " seconds") || strings.Contains(rest, "ms"))
}

func contains(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// survived says why a hit in a log did not end the program, "" if it did, or if
// nothing tells.
func (c *inquiry) survived(h *hit, fates map[source]fate) string {
	if h.record.Source != reading.Log {
		return ""
	}
	f := fates[sourceOf(h.record)]
	dead := f.endedAt > f.readyAt
	if s := h.record.Subject; s >= 0 && c.isDown(&c.doc.Subjects[s]) {
		dead = true
	}
	switch {
	case !dead && c.wasReady(h):
		return "the program was ready before, and nothing says that it ended"
	case f.readyAt < 0:
		if f.endedAt < 0 && !dead && f.hits[h.entry] < f.lastAt && c.isRetried(h) {
			return "it was a warning or is tried again, and the program went on"
		}
		if f.endedAt < 0 && !dead && f.hits[h.entry] < f.lastAt && h.inner&reading.Run != 0 && isQuiet(c.doc, h.number) {
			return "it is said at a level below a warning, and the program went on"
		}
		return ""
	case f.stopAt >= 0 && f.readyAt < f.stopAt && f.endedAt != h.number && h.number > f.stopAt:
		return "the program was asked to stop before"
	case h.number < f.readyAt:
		return "the program became ready afterwards"
	case !dead || f.stopAt >= 0 && f.stopAt > f.readyAt && h.number >= f.stopAt:
		return "the program went on: nothing says that it ended"
	}
	return ""
}

// isRetried reports whether a message of a log is a warning, or says that what
// failed is tried again.
func (c *inquiry) isRetried(h *hit) bool {
	first, _, _ := strings.Cut(c.doc.Text[h.record.Start:min(h.record.End, h.record.Start+fateReach)], "\n")
	return retrySet().Lists(first) != 0
}

var retrySet = sync.OnceValue(func() *phrases.Set {
	return phrases.New([]string{
		" warn ", " warning ", "[warn", "level=warn", "\"level\":\"warn", "warn:", "will retry", "retrying", "will be retried", "try again", "attempt 1", "tls handshake error from", "再試行", "重试",
	})
})

// isDown reports whether a document shows that a subject does not run.
func (c *inquiry) isDown(s *reading.Subject) bool {
	for i := range s.Containers {
		if s.Containers[i].State == "terminated" || s.Containers[i].State == "waiting" {
			return true
		}
	}
	return false
}
