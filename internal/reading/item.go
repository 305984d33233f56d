package reading

import (
	"strings"
	"time"
)

// An item is a container's status or a condition.
type item struct {
	subject   int
	name      string // of the container
	init      bool
	kind      string // of the condition
	status    string // of the condition
	reason    string // of the condition
	ready     State
	state     string
	restarts  int
	since     time.Time
	ended     time.Time
	records   []int // numbers of the records that belong to it
	message   int   // the last of them that is a message, and the byte that it begins at
	text      int
	liveness  bool
	container bool
	spec      bool // it is what was asked for, no status
}

// elsewhere reports whether what is described has a node, or is no pod.
func (r *reader) elsewhere() bool {
	if r.subject < 0 {
		return false
	}
	s := &r.doc.Subjects[r.subject]
	return s.Placed || s.Kind != "" && s.Kind != "Pod"
}

// described are the first keys of describe outputs, folded, that tell the kind of
// what is described.
var described = map[string]string{
	"roles": "Node", "storageclass": "PersistentVolumeClaim", "parallelism": "Job", "strategytype": "Deployment", "newreplicaset": "Deployment",
	"updatestrategy": "StatefulSet", "nodeselector": "DaemonSet", "numberofnodesmisscheduled": "DaemonSet", "podsstatus": "ReplicaSet",
	"concurrencypolicy": "CronJob",
}

// identity takes what tells whom the object is about.
func (r *reader) identity(k, value string, it *item) bool {
	depth := len(r.object.frames)
	switch {
	case r.under("ownerreferences"):
		switch {
		case k == "kind":
			r.object.owner = value
		case k == "name" && r.subject >= 0:
			r.doc.Subjects[r.subject].own(r.object.owner, value)
		}
		return true
	case k == "controlledby" && depth == 0 && r.subject >= 0:
		kind, name, _ := strings.Cut(value, "/")
		r.doc.Subjects[r.subject].own(kind, name)
		return true
	case k == "kind" && (depth == 0 || r.parent(0) == ""):
		r.object.kind = value
		return true
	case k == "name" && it != nil && it.spec:
		if r.parent(0) == "" && it.name == "" {
			it.name = value
		}
		return true
	case k == "name" && r.parent(0) == "metadata":
		r.name(value)
		return true
	case k == "name" && it != nil && it.container && (r.parent(0) == "" || r.object.json):
		if it.name == "" {
			it.name = value
		}
		return true
	case k == "name" && depth == 0:
		r.name(value)
		return true
	case k == "namespace" && (depth == 0 || r.parent(0) == "metadata"):
		if r.subject >= 0 && r.doc.Subjects[r.subject].Namespace == "" {
			r.doc.Subjects[r.subject].Namespace = value
		}
		return true
	case k == "node" || k == "qosclass" || k == "starttime":
		if r.subject >= 0 && depth == 0 && r.doc.Subjects[r.subject].Kind == "" {
			r.doc.Subjects[r.subject].Kind = "Pod"
		}
		if r.subject >= 0 && depth == 0 && k == "node" && value != "" && value != "<none>" {
			r.doc.Subjects[r.subject].Placed = true
			r.doc.Subjects[r.subject].Node, _, _ = strings.Cut(value, "/")
		}
	case k == "nodename" && r.subject >= 0 && r.parent(0) == "spec":
		r.doc.Subjects[r.subject].Node = value
	case k == "claimname" && r.subject >= 0:
		s := &r.doc.Subjects[r.subject]
		s.Claims = append(s.Claims, value)
	case described[k] != "" && depth == 0:
		if r.subject >= 0 && r.doc.Subjects[r.subject].Kind == "" {
			r.doc.Subjects[r.subject].Kind = described[k]
		}
	}
	return false
}

// name begins what is said of the object with a name.
func (r *reader) name(name string) {
	kind := r.object.kind
	if kind == "Event" { // which is about another
		return
	}
	if kind == "" {
		kind = r.command.kind
	}
	r.subject = r.doc.subjectOf(kind, "", name)
	r.object.named = true
	for i := range r.deletions { // kubectl writes a deletion before the name
		if d := &r.deletions[i]; d.subject < 0 {
			d.subject = r.subject
		}
	}
}

// fact takes what a key tells of a container or a condition.
func (r *reader) fact(k, value string, it *item) {
	if k == "phase" || k == "status" && len(r.object.frames) == 0 {
		if r.subject >= 0 && value == "Running" {
			r.doc.Subjects[r.subject].Running = true
		}
		if r.subject >= 0 && value == "Succeeded" {
			r.doc.Subjects[r.subject].Finished = true
		}
		if r.subject >= 0 && strings.HasPrefix(value, "Terminating") {
			r.doc.Subjects[r.subject].Deleting = true
		}
	}
	if it == nil {
		return
	}
	switch k {
	case "type":
		it.kind = value
	case "status":
		it.status = value
	case "reason":
		it.reason = value
	case "ready":
		it.ready = stateOf(value)
	case "liveness":
		it.liveness = it.container
	case "restartcount":
		it.restarts, _ = number(value)
	case "state":
		it.state = strings.ToLower(value)
	case "started", "startedat":
		if r.under("state") && it.state == "running" || r.under("running") {
			it.since = timeOf(value)
			it.state = "running"
		}
	case "finished", "finishedat":
		it.ended = timeOf(value)
	}
	if r.under("waiting") && r.under("state") {
		it.state = "waiting"
	}
	if r.under("terminated") && r.under("state") && !r.under("laststate") {
		it.state = "terminated"
	}
}

func stateOf(value string) State {
	switch value {
	case "True", "true":
		return Yes
	case "False", "false":
		return No
	}
	return Unknown
}

// endItem settles what is known of a container or a condition.
func (r *reader) endItem(it *item) {
	if it == nil {
		return
	}
	r.close()
	if it.spec {
		if it.liveness && it.subject >= 0 {
			r.doc.Subjects[it.subject].container(it.name).Liveness = true
		}
		return
	}
	if !it.container {
		r.condition(it.kind, it.status, it.reason, it.subject)
		for _, n := range it.records { // the message may stand before its reason
			if n < len(r.doc.Records) && r.doc.Records[n].Reason == "" {
				r.doc.Records[n].Reason, r.doc.Records[n].Operation = it.reason, statusOperation(it.reason)
			}
		}
		if !fails(it.kind, it.status) {
			for _, n := range it.records {
				if n < len(r.doc.Records) {
					r.doc.Records[n].Source = Silent
				}
			}
		}
		return
	}
	if it.name == "" && it.state == "" && it.ready == Unknown {
		return
	}
	if it.subject < 0 {
		it.subject = r.subject
	}
	if it.subject < 0 {
		it.subject = r.doc.subjectOf("Pod", "", "")
	}
	c := r.doc.Subjects[it.subject].container(it.name)
	c.Init, c.State, c.Ready, c.Restarts, c.RunningSince, c.EndedAt = it.init, it.state, it.ready, it.restarts, it.since, it.ended
	c.Liveness = c.Liveness || it.liveness
	for _, n := range it.records {
		if n < len(r.doc.Records) {
			record := &r.doc.Records[n]
			record.Container = it.name
			if n == it.message && r.isOutput(it) {
				r.outputs, record.output = true, it.text
			}
			record.Normal = record.Normal || it.init && record.Reason == "Completed"
			r.doc.derive(n, it.init)
			if record.Subject < 0 {
				record.Subject = it.subject
			}
		}
	}
}

// derive notes the status word that kubectl prints for a failing init container.
func (d *Document) derive(n int, init bool) {
	r := &d.Records[n]
	if !init || !r.Status || r.Source != Field || r.Normal {
		return
	}
	switch r.Reason {
	case "Waiting", "Terminated", "Running", "PodInitializing", "Completed", "":
		return
	}
	d.Derived = append(d.Derived, Derived{"Init:" + r.Reason, n})
}

// condition takes the state of a condition.
func (r *reader) condition(kind, status, reason string, subject int) {
	if subject < 0 {
		return
	}
	s := &r.doc.Subjects[subject]
	switch kind {
	case "Ready":
		s.Ready = stateOf(status)
	case "ContainersReady":
		s.ContainersReady = stateOf(status)
	}
	s.Rolling = s.Rolling || IsRolling(kind, status, reason)
}

// IsRolling reports whether a condition of a Deployment says that it makes or
// replaces its instances, and is within the time it has for that.
func IsRolling(kind, status, reason string) bool {
	return kind == "Progressing" && status == "True" && (reason == "ReplicaSetUpdated" || reason == "NewReplicaSetCreated" || reason == "FoundNewReplicaSet")
}

// fails reports whether a condition with a status says that something is wrong.
func fails(kind, status string) bool {
	switch kind {
	case "MemoryPressure", "DiskPressure", "PIDPressure", "NetworkUnavailable", "ReplicaFailure", "Failed", "FailureTarget",
		"DisruptionTarget", "Stalled", "PodResizePending":
		return status != "False"
	case "":
		return true
	}
	return status != "True"
}

// conditionRow reads a row of the conditions of a describe output:
// “Ready  False”, “DiskPressure  True  <time>  <time>  KubeletHasDiskPressure  kubelet has …”.
func (r *reader) conditionRow(l textLine) bool {
	switch r.parent(0) {
	case "readinessgates": // all of it is one record
		if r.open {
			r.pending.End = l.end
		}
		return r.open
	case "conditions":
	default:
		return false
	}
	words := wordsOf(r.doc.Text, l.start, l.end, 24)
	text := func(i int) string { return r.doc.Text[words[i].start:words[i].end] }
	if len(words) < 2 || stateOf(text(1)) == Unknown && text(1) != "Unknown" {
		r.add(Record{Start: l.start, End: l.end, Source: Silent, Subject: r.subject})
		return true
	}
	reason := ""
	if len(words) > 2 {
		reason = text(2)
	}
	r.condition(text(0), text(1), reason, r.subject)
	source := Silent
	if fails(text(0), text(1)) && len(words) > 2 {
		source = Condition
	}
	record := Record{Start: l.start, End: l.end, Source: source, Subject: r.subject, Age: -1, First: -1}
	for i := 2; i < len(words); i++ {
		if known := reasonOf(text(i)).operation; known != 0 {
			record.Operation, record.Reason = known, text(i)
			break
		}
	}
	r.add(record)
	return true
}
