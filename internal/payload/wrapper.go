package payload

import (
	"encoding/base64"
	"encoding/json"
	"strings"
)

// wrapperReader knows payloads that carry another one and say nothing
// themselves, as they also come by HTTP: CloudEvents 1.0 in structured mode (in
// binary mode the body is the payload itself), Amazon EventBridge, and SNS.
//
//	https://github.com/cloudevents/spec/blob/main/cloudevents/formats/json-format.md
//	https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
//	https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
func wrapperReader(m members) reader {
	switch {
	case m.has("specversion") && m.any("type", "source", "data", "data_base64"):
		if isTencentEvent(m) {
			return readTencentEvent
		}
		return readCloudEvent
	case m.has("detail-type", "detail"):
		return readEventBridge
	case m.has("Type", "TopicArn"):
		return readSNS
	}
	return nil
}

func readCloudEvent(raw json.RawMessage, at place) ([]Case, *Error) {
	m := membersOf(raw)
	if !m.has("data_base64") {
		return readInner(m["data"], at.in("data"))
	}
	data, err := base64.StdEncoding.DecodeString(m.text("data_base64"))
	if err != nil {
		return nil, at.in("data_base64").fault("is not base64")
	}
	return readEmbedded(strings.ToValidUTF8(string(data), "\ufffd"), at.in("data_base64"))
}

// readSNS reads a message that SNS posts to an HTTP endpoint. The address in a
// confirmation is never called: anybody can send one.
func readSNS(raw json.RawMessage, at place) ([]Case, *Error) {
	m := membersOf(raw)
	switch m.text("Type") {
	case "Notification":
		return readInner(m["Message"], at.in("Message"))
	case "UnsubscribeConfirmation":
		return quiet(Subject{}, NoInstance), nil
	}
	return nil, at.fault("a request of SNS to confirm a subscription: open its SubscribeURL yourself if you have made that subscription")
}
