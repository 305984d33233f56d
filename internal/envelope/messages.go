package envelope

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/reasonbook/reasonbook/internal/handler"
	"github.com/reasonbook/reasonbook/internal/payload"
)

// messages are what an event carries that is not of HTTP.
type messages struct {
	batch payload.Batch
	ids   []string // of SQS, one for each message; nil for other hosts
}

// messagesOf returns what an event carries, nil if it carries nothing and is
// itself the payload. Its fields are none of [signs].
func messagesOf(fields []field) *messages {
	if records := listOf(fields, "Records"); len(records) > 0 {
		return recordsOf(records)
	}
	if value, _ := find(fields, "clslogs"); value != nil {
		return logsOf(value)
	}
	if events := listOf(fields, "EventList"); len(events) > 0 {
		m := &messages{}
		for i, event := range events {
			m.add("EventList["+strconv.Itoa(i)+"]", event)
		}
		return m
	}
	kind, _ := find(fields, "Type")
	if trigger, _ := find(fields, "TriggerName"); trigger != nil && textOf(kind) == "Timer" {
		return &messages{}
	}
	return nil
}

// recordsOf returns the messages in the records of an event, of SNS, SQS, CKafka
// or CMQ. A file in S3 or COS is none. With a record of another kind the event is
// not one that is known.
func recordsOf(records []json.RawMessage) *messages {
	m := &messages{}
	for i, record := range records {
		at := "Records[" + strconv.Itoa(i) + "]."
		fields, err := objectOf(record)
		if err != nil {
			return nil
		}
		inner := func(name, text string) bool {
			value, _ := find(fields, name)
			if value == nil {
				return false
			}
			members, _ := objectOf(value)
			value, _ = find(members, text)
			m.add(at+name+"."+text, value)
			return true
		}
		source, _ := find(fields, "eventSource")
		file, _ := find(fields, "cos")
		body, _ := find(fields, "body")
		switch {
		case inner("Sns", "Message"), inner("Ckafka", "msgBody"), inner("CMQ", "msgBody"), file != nil, textOf(source) == "aws:s3":
		case textOf(source) == "aws:sqs":
			id, _ := find(fields, "messageId")
			m.ids = append(m.ids, textOf(id))
			m.add(at+"body", body)
		default:
			return nil
		}
	}
	if m.ids != nil && len(m.ids) != len(m.batch.Messages) {
		return nil // no event of SQS has other records
	}
	return m
}

// add adds a message: the text of a string, or the JSON of what is no string.
func (m *messages) add(place string, value json.RawMessage) {
	text := textOf(value)
	if len(value) > 0 && value[0] != '"' && string(value) != "null" {
		text = string(value)
	}
	m.batch.Messages = append(m.batch.Messages, payload.Message{Place: place, Text: text})
}

// logsOf returns the log records of an event of CLS. Those that are text are the
// lines of one log.
func logsOf(value json.RawMessage) *messages {
	m := &messages{}
	members, _ := objectOf(value)
	data, _ := find(members, "data")
	packed, err := base64.StdEncoding.DecodeString(textOf(data))
	var unpacked []byte
	if err == nil {
		unpacked, err = unpack(packed)
	}
	var topic struct {
		Records []struct {
			Content json.RawMessage `json:"content"`
		} `json:"records"`
	}
	if err != nil || json.Unmarshal(unpacked, &topic) != nil {
		m.batch.Messages = []payload.Message{{Place: "clslogs.data", Fault: "is not base64 of packed JSON with records, of at most " + strconv.Itoa(handler.MaxBody>>20) + " MiB"}}
		return m
	}
	const at = "clslogs.data.records"
	var lines []string
	for i, record := range topic.Records {
		text := textOf(record.Content)
		if first := strings.TrimLeft(text, " \t"); text != "" && !strings.HasPrefix(first, "{") {
			lines = append(lines, text)
			continue
		}
		m.add(at+"["+strconv.Itoa(i)+"].content", record.Content)
	}
	if len(lines) > 0 {
		m.batch.Messages = append(m.batch.Messages, payload.Message{Place: at, Text: strings.Join(lines, "\n")})
	}
	return m
}

// unpack returns what gzip or ZIP has packed; Tencent's pages name both. It is
// not larger than a request's body.
func unpack(packed []byte) ([]byte, error) {
	var source io.Reader = bytes.NewReader(packed)
	switch {
	case bytes.HasPrefix(packed, []byte{0x1f, 0x8b}):
		unzipped, err := gzip.NewReader(source)
		if err != nil {
			return nil, err
		}
		source = unzipped
	case bytes.HasPrefix(packed, []byte("PK\x03\x04")) && len(packed) > zipHeader:
		begin := zipHeader + int(binary.LittleEndian.Uint16(packed[26:])) + int(binary.LittleEndian.Uint16(packed[28:]))
		if begin > len(packed) {
			return nil, io.ErrUnexpectedEOF
		}
		source = bytes.NewReader(packed[begin:])
		if packed[8] != 0 { // the method: stored or deflated
			source = flate.NewReader(source)
		}
	}
	out, err := io.ReadAll(io.LimitReader(source, handler.MaxBody+1))
	if len(out) > handler.MaxBody {
		return nil, errors.New("too large")
	}
	return out, err
}

// zipHeader is how long the header of a file in a ZIP archive is without its
// name, in bytes.
const zipHeader = 30

// withFailures returns an answer with the list of the messages that SQS is to
// deliver again, or to move to its dead-letter queue: those that cannot be read,
// or all if the answer is a fault that will pass.
func (m *messages) withFailures(status int, answer []byte) []byte {
	type failure struct {
		ID string `json:"itemIdentifier"`
	}
	list := []failure{}
	if status == http.StatusOK || status == http.StatusUnprocessableEntity || status == http.StatusBadRequest {
		for _, i := range m.batch.Failed {
			list = append(list, failure{m.ids[i]})
		}
	} else {
		for _, id := range m.ids {
			list = append(list, failure{id})
		}
	}
	failures, err := json.Marshal(list)
	if err != nil {
		panic(err) // strings always encode
	}
	// The answer is an object, with members.
	head := append([]byte(`{"batchItemFailures":`), failures...)
	return append(append(head, ','), bytes.TrimLeft(answer, "{ \n")...)
}

// listOf returns the elements of a member that is a list.
func listOf(fields []field, name string) []json.RawMessage {
	value, twice := find(fields, name)
	var list []json.RawMessage
	if twice || value == nil || json.Unmarshal(value, &list) != nil {
		return nil
	}
	return list
}

// textOf returns a string, "" for any other value.
func textOf(value json.RawMessage) (s string) {
	if len(value) > 0 && json.Unmarshal(value, &s) != nil {
		return ""
	}
	return s
}
