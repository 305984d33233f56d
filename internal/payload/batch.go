package payload

import "github.com/reasonbook/reasonbook/internal/charset"

// A Message is one of those that an event of a function host carries, such as
// one of a queue.
type Message struct {
	Place string // of its text in the event: Records[0].body
	Text  string // JSON of any form, or text
	Fault string // why there is no text, in English; "" as a rule
}

// A Batch is the messages of one event. One without messages is of something
// that happened to no instance, such as a timer.
type Batch struct {
	Messages []Message
	// Failed are the numbers of the messages that could not be read, once Read
	// has been called.
	Failed []int
}

// Size returns how long the messages are together, in bytes.
func (b *Batch) Size() (size int) {
	for _, m := range b.Messages {
		size += len(m.Text)
	}
	return size
}

// Read finds the cases of all messages. What several say of one subject is one
// case. What is wrong with one message costs the others nothing.
func (b *Batch) Read() ([]Case, *Error) {
	b.Failed = nil
	if len(b.Messages) == 0 {
		return quiet(Subject{}, NoInstance), nil
	}
	all := caseList{places: map[Subject]int{}}
	for i, m := range b.Messages {
		var cases []Case
		var err *Error
		if m.Fault != "" {
			err = place(m.Place).fault(m.Fault)
		} else if form := charset.Guess([]byte(m.Text)); form.Kind != charset.Text {
			err = &Error{InvalidUTF8, "the message is not text in UTF-8: " + adviceFor(form)}
		} else {
			cases, err = readEmbedded(m.Text, place(m.Place))
		}
		if err != nil {
			b.Failed = append(b.Failed, i)
			all.fault(place(m.Place), err, 1)
			continue
		}
		all.add(place(m.Place), cases...)
	}
	return all.result("")
}
