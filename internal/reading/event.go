package reading

import "strings"

// eventRow reads a row of a table of events, whichever columns it has:
//
//	Warning  Failed  96s (x4 over 3m10s)  kubelet  Failed to pull image …
//	41s  Warning  Failed  pod/cart-7d9f  Failed to pull image …
//	2024-05-11 10:02:17  2024-05-11 10:04:51  Warning  Pod  cart-7d9f  Failed  Failed to pull image …  4
func (r *reader) eventRow(l textLine) bool {
	head := r.doc.Text[l.start:min(l.end, l.start+typeReach)]
	if !strings.Contains(head, "Normal") && !strings.Contains(head, "Warning") {
		return false
	}
	words := wordsOf(r.doc.Text, l.start, l.end, 24)
	text := func(i int) string { return r.doc.Text[words[i].start:words[i].end] }
	kind := -1
	for i := range min(len(words), 9) {
		if w := text(i); w == "Normal" || w == "Warning" {
			kind = i
			break
		}
	}
	if kind < 0 || kind+2 >= len(words) {
		return false
	}
	// The reason follows, or stands behind the object in consoles.
	reason, next := kind+1, kind+2
	object, objectKind := "", ""
	if k := kindNamed(text(reason)); k != "" && kind+4 < len(words) && isReason(text(kind+3)) {
		objectKind, object = k, text(kind+2)
		reason, next = kind+3, kind+4
	}
	if !isReason(text(reason)) {
		return false
	}
	record := Record{Start: words[reason].start, End: l.end, Source: Event, Reason: text(reason), Warning: text(kind) == "Warning", Age: -1, First: -1, Subject: r.subject}
	// Ages before the type, or behind the reason.
	for i := range kind {
		record.takeAge(text(i))
	}
	namespace := ""
	if kind > 1 && r.form == inEvents {
		if _, ok := age(text(0)); !ok && !startsWithDigit(text(0)) && !strings.HasPrefix(text(0), "<") {
			namespace = text(0)
		}
	}
	for next < len(words) {
		w := text(next)
		if record.takeAge(w) || w == "over" || strings.HasPrefix(w, "(x") || strings.HasPrefix(w, "<") {
			next++
			continue
		}
		k, name, ok := strings.Cut(strings.TrimSuffix(w, ":"), "/")
		if ok && objectKind == "" && kindNamed(k) != "" && !strings.Contains(name, "/") {
			objectKind, object = kindNamed(k), name
			next++
			continue
		}
		if isReporter(w) && next+1 < len(words) {
			next++
			if strings.HasSuffix(w, ",") && next+1 < len(words) { // “kubelet, node-1”
				next++
			}
			continue
		}
		break
	}
	if object != "" {
		record.Subject = r.doc.subjectOf(objectKind, namespace, object)
	}
	if next < len(words) {
		if path, ok := strings.CutPrefix(text(next), "spec."); ok {
			if _, rest, ok := strings.Cut(path, "{"); ok {
				record.Container, _, _ = strings.Cut(rest, "}")
			}
		}
	}
	known := reasonOf(record.Reason)
	record.Operation, record.Succeeded = known.operation, known.succeeded
	if record.Reason == "BackOff" && next < len(words) {
		record.Operation = Retry
	}
	if record.Subject >= 0 && record.Succeeded&Start != 0 && record.Container != "" {
		r.doc.Subjects[record.Subject].container(record.Container)
	}
	r.start(l, record)
	if r.form != inEvents {
		r.form = inEvents
	}
	return true
}

// typeReach is how far to the right the type of an event stands at most, in bytes.
const typeReach = 300

// takeAge takes an age, “x4” or “3m10s)” of an event, and reports whether s is one.
func (r *Record) takeAge(s string) bool {
	inner := strings.Trim(s, "()")
	if strings.HasPrefix(inner, "x") {
		_, ok := number(inner[1:])
		return ok
	}
	d, ok := age(inner)
	if !ok {
		return false
	}
	if r.Age < 0 {
		r.Age, r.First = d, d
	} else {
		r.First = max(r.First, d)
		if !strings.HasSuffix(s, ")") { // LAST SEEN, FIRST SEEN
			r.Age, r.First = min(r.Age, d), max(r.First, d)
		}
	}
	return true
}

// isReason reports whether a word has the form of an event's reason.
func isReason(s string) bool {
	if len(s) < 3 || s[0] < 'A' || s[0] > 'Z' {
		return false
	}
	if lacksResource(s) {
		return true
	}
	small := false
	for i := range len(s) {
		c := s[i]
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9') {
			return false
		}
		small = small || 'a' <= c && c <= 'z'
	}
	return small
}

// isReporter reports whether a word of an event is the component that reports it.
func isReporter(s string) bool {
	s = strings.TrimSuffix(s, ",")
	switch s {
	case "kubelet", "default-scheduler", "multus", "node-controller", "replicaset-controller", "deployment-controller", "job-controller",
		"statefulset-controller", "daemonset-controller", "persistentvolume-controller", "attachdetach-controller", "taint-eviction-controller",
		"cluster-autoscaler", "node-lifecycle-controller", "controllermanager", "cronjob-controller", "endpoint-controller", "service-controller",
		"kube-scheduler", "karpenter", "volcano", "eklet", "virtual-kubelet", "tke-eni-ipamd", "TKE":
		return true
	}
	return strings.HasSuffix(s, "-controller") || strings.HasSuffix(s, "-scheduler") || strings.HasPrefix(s, "kubelet")
}
