package reading

import "strings"

// A Builder makes a document of fields that have been read elsewhere, such as
// those of an object that came as JSON.
type Builder struct {
	text   strings.Builder
	doc    Document
	places []place
}

// A place is where a field's value stands in the text of a built document.
type place struct {
	start, end int
	name       string
}

// Subject returns the number of a subject, which it adds if it is new.
func (b *Builder) Subject(kind, namespace, name string) int {
	return b.doc.subjectOf(kind, namespace, name)
}

// SubjectAt returns a subject by its number, to note what is known of it. It is
// valid until the next call of Subject.
func (b *Builder) SubjectAt(n int) *Subject { return &b.doc.Subjects[n] }

// Add adds the value of a field as a record. Of the record its place is set.
func (b *Builder) Add(field, value string, r Record) {
	if strings.TrimSpace(value) == "" {
		return
	}
	r.Start, r.End = b.append(field, value)
	b.doc.Records = append(b.doc.Records, r)
	b.doc.derive(len(b.doc.Records)-1, b.isInit(r))
}

// Means says that the record added last stands for a status word as a whole, such
// as the name of an alert about it.
func (b *Builder) Means(word string) {
	if n := len(b.doc.Records); n > 0 {
		b.doc.Derived = append(b.doc.Derived, Derived{word, n - 1})
	}
}

// isInit reports whether a record is about an init container.
func (b *Builder) isInit(r Record) bool {
	if r.Subject < 0 || r.Subject >= len(b.doc.Subjects) {
		return false
	}
	for _, c := range b.doc.Subjects[r.Subject].Containers {
		if c.Name == r.Container && c.Init {
			return true
		}
	}
	return false
}

// Log adds a field that holds the output of a program: of a container of a
// subject, if that is known.
func (b *Builder) Log(field, value string, subject int, container string) {
	if strings.TrimSpace(value) == "" {
		return
	}
	start, _ := b.append(field, value)
	log := readLog(value)
	for _, r := range log.Records {
		r.Start, r.End = r.Start+start, r.End+start
		r.Subject, r.Container = subject, container
		r.Block = len(b.places)
		b.doc.Records = append(b.doc.Records, r)
	}
}

// append adds a value to the text, an empty line before it.
func (b *Builder) append(field, value string) (start, end int) {
	if b.text.Len() > 0 {
		b.text.WriteString("\n\n")
	}
	start = b.text.Len()
	b.text.WriteString(value)
	b.places = append(b.places, place{start, b.text.Len(), field})
	return start, b.text.Len()
}

// Document returns what was built. The builder must not be used afterwards.
func (b *Builder) Document() *Document {
	b.doc.Text = b.text.String()
	b.doc.places = b.places
	return &b.doc
}

// Field returns the name of the field that byte pos of a built document stands
// in, and where that field's value begins in the text. For a text that was read
// it returns "" and 0.
func (d *Document) Field(pos int) (name string, start int) {
	for _, p := range d.places {
		if p.start <= pos && pos < p.end {
			return p.name, p.start
		}
	}
	return "", 0
}

// readLog reads a text that is known to be the output of a program.
func readLog(text string) *Document {
	r := &reader{doc: &Document{Text: text}, subject: -1}
	r.command.verb = "logs"
	r.form = inLog
	r.split()
	for r.at < len(r.lines) {
		l := r.lines[r.at]
		r.at++
		if !l.blank() && !r.logLine(l) {
			r.logMessage(l, false)
		}
	}
	r.close()
	return r.doc
}

// StatusRecord returns the record of a status word of a container, such as the
// reason that it waits for.
func StatusRecord(reason, container string) Record {
	return Record{Source: Field, Status: true, Reason: reason, Container: container, Operation: statusOperation(reason), Age: -1, First: -1}
}

// MessageRecord returns the record of the message beside a status word.
func MessageRecord(reason, container string) Record {
	return Record{Source: Field, Reason: reason, Container: container, Operation: statusOperation(reason), Age: -1, First: -1}
}

// ConditionRecord returns the record of a condition that is not as it should be.
func ConditionRecord(reason string) Record {
	return Record{Source: Condition, Reason: reason, Operation: reasonOf(reason).operation, Age: -1, First: -1}
}

// EventRecord returns the record of an event.
func EventRecord(reason, container string) Record {
	known := reasonOf(reason)
	if reason == "BackOff" {
		known.operation = Retry
	}
	return Record{Source: Event, Reason: reason, Container: container, Operation: known.operation, Succeeded: known.succeeded, Age: -1, First: -1}
}

// StateOf returns the state of a condition.
func StateOf(status string) State { return stateOf(status) }
