package reading

import "strings"

// A writer is one of several programs whose lines stand in one log, each line
// behind the writer's name.
type writer struct {
	block     int
	subject   int
	container string // "" if the prefix names none
}

// written notes whose the line is that begins with a prefix.
func (r *reader) written(prefix string) {
	r.prefix = prefix
	if _, ok := r.writers[prefix]; ok {
		return
	}
	if r.writers == nil {
		r.writers, r.prefixes = map[string]writer{}, map[string]string{}
	}
	r.block++
	name := strings.Trim(prefix[:strings.IndexAny(prefix, " ]")], "[")
	w := writer{block: r.block, subject: -1}
	if rest, ok := strings.CutPrefix(name, "pod/"); ok { // kubectl logs --prefix
		pod, container, _ := strings.Cut(rest, "/")
		w.subject, w.container = r.doc.subjectOf("Pod", "", pod), container
	}
	r.writers[prefix], r.prefixes[name] = w, prefix
	if isReplica(name) {
		if r.doc.Writers == nil {
			r.doc.Writers = map[int]string{}
		}
		r.doc.Writers[w.block] = strings.TrimRight(strings.TrimRight(name, "0123456789"), "-_")
	}
}

// composeExit reports whether a line is Compose's own word on the end of one of
// the programs, which is that one's.
func (r *reader) composeExit(s string) bool {
	name, _, exited := cutExit(s)
	prefix, ok := r.prefixes[name]
	if !ok || !exited {
		return false
	}
	r.prefix = prefix
	return true
}

// cutExit cuts what Compose says at the end of a program into its name and code:
// “web-1 exited with code 1”.
func cutExit(s string) (name, code string, ok bool) {
	name, code, ok = strings.Cut(s, " exited with code ")
	return name, code, ok && name != "" && !strings.ContainsAny(name, " \n\t")
}

// prefixed returns the length of what kubectl logs --prefix, stern, Compose or a
// machine's console puts before each line; 0 if nothing of that kind stands there.
func prefixed(s string) int {
	if rest, ok := strings.CutPrefix(s, "[pod/"); ok {
		name, said, ok := strings.Cut(rest, "] ")
		if ok && said != "" && isName(name) {
			return len(s) - len(said)
		}
		return 0
	}
	if s[0] == '[' { // [ 4878.159371] bootkube[5]: I0109 …
		_, said, ok := strings.Cut(s[:min(len(s), 80)], "]: ")
		if ok && strings.HasPrefix(strings.TrimLeft(s[1:], " 0123456789"), ".") {
			if n := strings.Index(s, "]: ") + len("]: "); said != "" && isLog(s[n:]) {
				return n
			}
		}
		return 0
	}
	if s[0] < 'a' || s[0] > 'z' {
		return 0
	}
	rest, n := s, 0
	for range 2 {
		i := strings.IndexByte(rest, ' ')
		if i <= 0 || i > 80 || !isName(rest[:i]) {
			return 0
		}
		name := rest[:i]
		for i < len(rest) && (rest[i] == ' ' || rest[i] == 0x1b) {
			i += gap(rest[i:])
		}
		barred := i < len(rest) && rest[i] == '|'
		if barred { // what stands behind the bar and a space is the program's, its indent too
			for i++; i < len(rest) && rest[i] == 0x1b; {
				i += gap(rest[i:])
			}
			if i < len(rest) && rest[i] == ' ' {
				i++
			}
		}
		rest, n = rest[i:], n+i
		switch {
		case rest == "":
			return 0
		case barred && isReplica(name) && !strings.Contains(rest, " | "):
			return n
		case isLog(rest) && (barred || strings.ContainsAny(s[:n], "-./[0123456789")):
			return n
		}
	}
	return 0
}

// gap returns the length of the space or the colour that s begins with.
func gap(s string) int {
	if s[0] == 0x1b {
		return controlLength(s)
	}
	return 1
}

// isReplica reports whether a name ends with a number, as Compose names what it starts.
func isReplica(name string) bool {
	stem := strings.TrimRight(name, "0123456789")
	return len(stem) > 1 && len(stem) < len(name) && (strings.HasSuffix(stem, "-") || strings.HasSuffix(stem, "_"))
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

// unstamped takes off what a runtime or a shipper puts before each line of a
// program: kubectl's and CRI's time (2026-11-25T08:00:00.123456789Z stderr F),
// and the beginning of Docker's JSON.
func unstamped(s string) (rest string, stamped bool) {
	if rest, ok := strings.CutPrefix(s, `{"log":"`); ok {
		if said, ok := strings.CutPrefix(rest, `\t`); ok {
			return "\t" + said, true
		}
		return rest, true
	}
	if len(s) < 20 || s[4] != '-' || s[7] != '-' || s[10] != 'T' || s[13] != ':' || s[16] != ':' || !isDigit(s[0]) {
		return s, false
	}
	stamp, rest, ok := strings.Cut(s, " ")
	if !ok || len(stamp) < 20 || !strings.HasSuffix(stamp, "Z") && !strings.Contains(stamp[10:], "+") {
		return s, false
	}
	for _, stream := range []string{"stderr ", "stdout "} {
		if said, ok := strings.CutPrefix(rest, stream); ok && len(said) > 1 && said[1] == ' ' {
			return said[2:], true
		}
	}
	return rest, true
}

// isPartial reports whether a line in the format of CRI goes on in the next.
func isPartial(s string) bool {
	head := s[:min(len(s), 50)]
	return strings.Contains(head, " stderr P ") || strings.Contains(head, " stdout P ")
}
