package reading

import "strings"

// drainLine reads a line of kubectl drain, which tells of one Pod after the other:
//
//	evicting pod mall/redis-sentinel-2
//	error when evicting pods/"redis-sentinel-2" -n "mall" (will retry after 5s): Cannot evict pod as it would violate …
//	pod/redis-sentinel-2 evicted
//	node/node-5 drained
func (r *reader) drainLine(l textLine) bool {
	s := r.text(l)
	record := Record{Start: l.start, End: l.end, Source: Message, Operation: Evict, Subject: -1, Age: -1, First: -1}
	if rest, ok := strings.CutPrefix(s, "evicting pod "); ok {
		namespace, name, ok := strings.Cut(rest, "/")
		if !ok || strings.Contains(name, " ") {
			return false
		}
		record.Subject = r.doc.subjectOf("Pod", namespace, name)
	} else if rest, ok := strings.CutPrefix(s, "error when evicting pod"); ok {
		_, rest, _ = strings.Cut(rest, `"`)
		name, rest, ok := strings.Cut(rest, `"`)
		if !ok {
			return false
		}
		namespace := ""
		if rest, ok := strings.CutPrefix(rest, ` -n "`); ok {
			namespace, _, _ = strings.Cut(rest, `"`)
		}
		record.Subject = r.doc.subjectOf("Pod", namespace, name)
	} else if object, what, ok := strings.Cut(s, " "); ok && (what == "evicted" || what == "drained") {
		kind, name, ok := strings.Cut(object, "/")
		kind = kindNamed(kind)
		if !ok || kind == "" {
			return false
		}
		record.Succeeded = Evict
		if what == "evicted" {
			record.Subject = r.doc.subjectOf(kind, "", name)
		} // of a node drained all Pods are gone
	} else {
		return false
	}
	r.start(l, record)
	return true
}
