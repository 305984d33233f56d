// Package reading cuts a text into records: what was said once by one source
// about one subject. It knows the forms in which people paste what goes wrong
// with a container instance (tables and events of kubectl, its describe output,
// objects as YAML or JSON, logs, sentences), and knows no entry of a book.
//
// A record keeps its place in the text as it was pasted. What it is part of
// decides what a phrase in it means: which operation failed, whether it is said
// of now or of an earlier run, or whether it says nothing at all because it is
// a name, a label or a definition.
//
// The package imports neither regexp nor fmt nor encoding/json, because it also
// runs in a browser. Its work is proportional to the length of the text.
package reading

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// A Document is a text that has been read.
type Document struct {
	Text     string
	Subjects []Subject
	// Records are in the order of their places; none overlap. What lies in no
	// record (commands, headings, rulers) says nothing.
	Records []Record
	// Kind says what the text is as a whole.
	Kind Kind

	// Writers are the names of the programs that a log has lines of, each line behind
	// the name, by the number of their block: “web” of “web-1  | ”.
	Writers map[int]string

	// Derived are status words that kubectl would print for what records say.
	Derived []Derived

	places []place          // of the fields, if the document was built
	named  map[string][]int // numbers of the subjects with a name
}

// A Derived is a status word that does not stand in the text: Init:Error, of an
// init container that ended with an error.
type Derived struct {
	Word   string
	Record int // number of the record that it was made of
}

// A Kind says what a text is as a whole.
type Kind uint8

const (
	Report         Kind = iota // it tells of instances, or nothing speaks against that
	Documentation              // instructions, definitions, source code: no instance is meant
	ClosedIncident             // a failure that is over, by its own words
	ResolvedAlert              // an alert that has ended
)

// A Subject is what records are about.
type Subject struct {
	Kind, Namespace, Name string   // in Kubernetes' terms; "" if not known
	Workload              string   // that it belongs to, as KIND/NAME; "" if not known
	Owner                 string   // the object that made it, as KIND/NAME; "" if not known
	Node                  string   // that a Pod is on; "" if not known
	Claims                []string // names of the PersistentVolumeClaims that a Pod mounts
	Containers            []Container
	Ready                 State // of the condition Ready, or the column READY
	ContainersReady       State // the same without the readiness gates
	Deleting              bool
	Rolling               bool // a Deployment that makes or replaces its instances, within its time
	Placed                bool // it has a node
	Finished              bool // it ended with success, as a Job's pod does
	Running               bool // its phase, or a row that tells of no restart just now
}

// A Container is what a text says of a container of a subject.
type Container struct {
	Name         string
	Init         bool
	State        string // running, waiting or terminated; "" if not known
	Ready        State
	Restarts     int
	RunningSince time.Time // zero if not known
	EndedAt      time.Time // of the last run
	Liveness     bool      // it has a liveness probe, which may end it
}

// A State is yes, no, or not known.
type State uint8

const (
	Unknown State = iota
	Yes
	No
)

// A Source says in what form a record stands.
type Source uint8

const (
	Message   Source = iota // a bare message, or a sentence
	Event                   // an event of the cluster
	Row                     // the status column of a table
	Field                   // a field of an object that says what is now
	LastState               // a field about the run before
	Condition               // a condition of an object that is not as it should be
	Log                     // the output of a program
	Silent                  // a name, label, definition: says nothing
)

var sourceNames = [...]string{"message", "event", "table", "field", "last state", "condition", "log", "name or definition"}

func (s Source) String() string { return sourceNames[s] }

// A Record is one thing said once by one source.
type Record struct {
	Start, End int // bytes of the text
	Source     Source
	// Operation is what the record's own form tells: the reason of an event,
	// the field, the kind of log. 0 is not known.
	Operation Operation
	Subject   int    // index into Subjects; -1 if it names none
	Container string // "" if not known
	Reason    string // of an event or a condition
	// Status says that the record is a status word and nothing else.
	Status bool
	// Warning says that it is an event of that type.
	Warning bool
	// Succeeded is the operations that the record says have succeeded.
	Succeeded Operation
	// Age is how long ago it was seen last, First when first; -1 if not known.
	Age, First time.Duration
	// Normal says that what it says is part of an ordinary life so far: an init
	// container that has completed, a container that is being created for less
	// than a minute.
	Normal bool
	Block  int // number of the log, table or object that it belongs to
	output int // byte at which what a program left as it ended begins, 0 if it holds none
}

// RecordAt returns the record that byte pos stands in, nil if there is none.
func (d *Document) RecordAt(pos int) *Record {
	i, ok := slices.BinarySearchFunc(d.Records, pos, func(r Record, pos int) int { return cmp.Compare(r.Start, pos) })
	if !ok {
		i--
	}
	if i < 0 || d.Records[i].End <= pos {
		return nil
	}
	return &d.Records[i]
}

// NumberOf returns the number of one of the document's records.
func (d *Document) NumberOf(r *Record) int {
	i, _ := slices.BinarySearchFunc(d.Records, r.Start, func(r Record, pos int) int { return cmp.Compare(r.Start, pos) })
	return i
}

// Read reads a text.
func Read(text string) *Document {
	text = strings.ReplaceAll(text, "\u00a0", "  ") // as long; web pages put them between columns
	r := &reader{doc: &Document{Text: text}, subject: -1}
	r.split()
	for r.at < len(r.lines) {
		r.line()
	}
	r.finish()
	return r.doc
}

// subjectOf returns the number of a subject, which it adds if it is new. One
// without a namespace is the same as one with.
func (d *Document) subjectOf(kind, namespace, name string) int {
	if i := d.Find(kind, namespace, name); i >= 0 {
		s := &d.Subjects[i]
		s.Kind, s.Namespace = cmp.Or(s.Kind, kind), cmp.Or(s.Namespace, namespace)
		return i
	}
	n := len(d.Subjects)
	d.Subjects = append(d.Subjects, Subject{Kind: kind, Namespace: namespace, Name: name})
	if d.named == nil {
		d.named = map[string][]int{}
	}
	d.named[name] = append(d.named[name], n)
	return n
}

// Find returns the number of a subject, -1 if there is none. "" is any kind or
// namespace; a Node has none.
func (d *Document) Find(kind, namespace, name string) int {
	// A name may stand in any number of namespaces: of those the latest are looked at.
	known := d.named[name]
	for _, i := range known[max(0, len(known)-64):] {
		s := &d.Subjects[i]
		if (s.Kind == kind || s.Kind == "" || kind == "") && (s.Namespace == namespace || s.Namespace == "" || namespace == "") {
			return i
		}
	}
	return -1
}

// container returns what is known of a container of the subject.
func (s *Subject) container(name string) *Container {
	for i := range s.Containers {
		if s.Containers[i].Name == name {
			return &s.Containers[i]
		}
	}
	s.Containers = append(s.Containers, Container{Name: name})
	return &s.Containers[len(s.Containers)-1]
}
