package envelope_test

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/envelope"
	"github.com/reasonbook/reasonbook/internal/handler"
	"github.com/reasonbook/reasonbook/kb"
)

const (
	podEvent = `{"kind":"Event","apiVersion":"v1","involvedObject":{"kind":"Pod","namespace":"shop","name":"cart-1"},"type":"Normal","reason":"BackOff","message":"Back-off pulling image \"shop/cart:9\""}`
	alert    = `{"version":"4","alerts":[{"status":"firing","labels":{"pod":"pay-1","namespace":"shop","reason":"CrashLoopBackOff"},"annotations":{}}]}`
)

func quoted(s string) string {
	out, _ := json.Marshal(s)
	return string(out)
}

func gzipped(s string) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write([]byte(s))
	w.Close()
	return b.Bytes()
}

// zipped returns the beginning of a ZIP archive, as far as it is read.
func zipped(s string) []byte {
	header := append([]byte("PK\x03\x04\x14\x00\x00\x00\x08\x00"), make([]byte, 16)...)
	header = append(header, 1, 0, 0, 0, 'x')
	var b bytes.Buffer
	w, _ := flate.NewWriter(&b, flate.BestSpeed)
	w.Write([]byte(s))
	w.Close()
	return append(header, b.Bytes()...)
}

// logs returns an event of SCF's CLS trigger.
func logs(pack func(string) []byte, contents ...string) string {
	var records []map[string]string
	for _, c := range contents {
		records = append(records, map[string]string{"timestamp": "1", "content": c})
	}
	out, _ := json.Marshal(map[string]any{"topic_id": "t", "topic_name": "n", "records": records})
	return `{"clslogs":{"data":"` + base64.StdEncoding.EncodeToString(pack(string(out))) + `"}}`
}

// An answered is an answer to an event that carries messages.
type answered struct {
	BatchItemFailures *[]struct{ ItemIdentifier string }
	Diagnoses         []struct {
		Subject struct{ Namespace, Name string }
		Ignored string
		Matches []struct {
			ID       string
			Evidence struct{ Field string }
		}
	}
	Errors []struct{ Place string }
	Status int
}

// in short: "cart-1 image-pull-back-off at Records[0].body.message", "ignored",
// "fault at Records[1].body" and "422", separated by semicolons.
func (a *answered) String() string {
	var list []string
	for _, d := range a.Diagnoses {
		switch {
		case d.Ignored != "":
			list = append(list, d.Subject.Name+" ignored")
		case len(d.Matches) == 0:
			list = append(list, d.Subject.Name+" nothing")
		default:
			list = append(list, d.Subject.Name+" "+d.Matches[0].ID+" at "+d.Matches[0].Evidence.Field)
		}
	}
	for _, e := range a.Errors {
		list = append(list, "fault at "+e.Place)
	}
	if a.Status != 0 {
		list = append(list, http.StatusText(a.Status))
	}
	if a.BatchItemFailures != nil {
		var ids []string
		for _, f := range *a.BatchItemFailures {
			ids = append(ids, f.ItemIdentifier)
		}
		list = append(list, "again: "+strings.Join(ids, " "))
	}
	return strings.Join(list, "; ")
}

// TestMessages: what an event of a host carries is read as if it were posted,
// and evidence says where in the event it stands.
func TestMessages(t *testing.T) {
	sqs := func(bodies ...string) string {
		var records []string
		for i, body := range bodies {
			records = append(records, `{"messageId":"m-`+string(rune('0'+i))+`","eventSource":"aws:sqs","attributes":{"a":"b"},"body":`+quoted(body)+`}`)
		}
		return `{"Records":[` + strings.Join(records, ",") + `]}`
	}
	const cart, pay = "cart-1 image-pull-back-off at ", "pay-1 crash-loop-back-off at "
	for _, test := range []struct{ name, event, want string }{
		{"SNS", `{"Records":[{"EventSource":"aws:sns","Sns":{"Type":"Notification","Subject":null,"Message":` + quoted(podEvent) + `}}]}`, cart + "Records[0].Sns.Message.message"},
		{"SNS, a text", `{"Records":[{"EventSource":"aws:sns","Sns":{"Message":"cart-1   0/1   CrashLoopBackOff   5   3m"}}]}`, "cart-1 crash-loop-back-off at Records[0].Sns.Message"},
		{"SQS", sqs(podEvent, alert), cart + "Records[0].body.message; " + pay + "Records[1].body.alerts[0].labels.reason; again: "},
		{"SQS, SNS in it", sqs(`{"Type":"Notification","TopicArn":"t","Message":` + quoted(alert) + `}`), pay + "Records[0].body.Message.alerts[0].labels.reason; again: "},
		{"SQS, one is bad", sqs(podEvent, `{"hello":"world"}`, alert), cart + "Records[0].body.message; " + pay + "Records[2].body.alerts[0].labels.reason; fault at Records[1].body; again: m-1"},
		{"SQS, all are bad", sqs(`{"hello":"world"}`, ""), "Unprocessable Entity; again: m-0 m-1"},
		{"SQS, many are bad in the same way", sqs(podEvent, "{}", "{}", "{}", "{}", "{}", "{}", "{}", "{}"),
			cart + "Records[0].body.message; fault at Records[1].body; fault at Records[2].body; fault at Records[3].body; fault at Records[4].body; fault at Records[5].body; again: m-1 m-2 m-3 m-4 m-5 m-6 m-7 m-8"},
		{"SQS, nothing is found", sqs("the weather"), " nothing; again: "},
		{"CKafka", `{"Records":[{"Ckafka":{"topic":"t","partition":1,"offset":3,"msgKey":"None","msgBody":` + quoted(podEvent) + `}},{"Ckafka":{"msgBody":` + quoted(alert) + `}}]}`,
			cart + "Records[0].Ckafka.msgBody.message; " + pay + "Records[1].Ckafka.msgBody.alerts[0].labels.reason"},
		{"CMQ", `{"Records":[{"CMQ":{"type":"topic","topicOwner":"12000","msgBody":` + quoted(podEvent) + `,"msgTag":"a,b"}}]}`, cart + "Records[0].CMQ.msgBody.message"},
		{"two messages about one Pod", `{"Records":[{"CMQ":{"msgBody":` + quoted(podEvent) + `}},{"CMQ":{"msgBody":` + quoted(podEvent) + `}}]}`, cart + "Records[0].CMQ.msgBody.message"},
		{"CLS", logs(gzipped, `{"event":`+podEvent+`}`), cart + "clslogs.data.records[0].content.event.message"},
		{"CLS, zipped", logs(zipped, `{"event":`+podEvent+`}`), cart + "clslogs.data.records[0].content.event.message"},
		{"CLS, as it is", logs(func(s string) []byte { return []byte(s) }, `{"event":`+podEvent+`}`), cart + "clslogs.data.records[0].content.event.message"},
		{"CLS, lines of a log", logs(gzipped, "starting", "Back-off restarting failed container app in pod cart-1_shop(1)"), " crash-loop-back-off at clslogs.data.records"},
		{"CLS, damaged", `{"clslogs":{"data":"?"}}`, "Unprocessable Entity"},
		{"CLS, far too long", logs(gzipped, strings.Repeat("a", handler.MaxBody)), "Unprocessable Entity"},
		{"EventBridge of Tencent", `{"EventList":[{"specversion":"1.0.2","type":"t","subjuect":"s","time":"161","data":` + podEvent + `},{"specversion":"1.0.2","type":"t","data":` + alert + `}]}`,
			cart + "EventList[0].data.message; " + pay + "EventList[1].data.alerts[0].labels.reason"},
		{"one of its events", `{"specversion":"1.0.2","type":"t","time":161,"data":` + podEvent + `}`, cart + "data.message"},
		{"EventBridge of AWS", `{"version":"0","detail-type":"x","source":"y","detail":` + podEvent + `}`, cart + "detail.message"},
		{"timer", `{"Type":"Timer","TriggerName":"t","Time":"2026-01-01T00:00:00Z","Message":"OOMKilled"}`, " ignored"},
		{"a file in COS", `{"Records":[{"cos":{"cosObject":{"url":"OOMKilled"}},"event":{"eventName":"cos:ObjectCreated:Put"}}]}`, " ignored"},
		{"a file in S3", `{"Records":[{"eventSource":"aws:s3","s3":{"object":{"key":"OOMKilled"}}}]}`, " ignored"},
		{"records that are not known", `{"Records":[{"eventSource":"aws:kinesis","kinesis":{"data":"T09NS2lsbGVk"}}]}`, "Unprocessable Entity"},
		{"no records", `{"Records":[]}`, "Unprocessable Entity"},
		{"a callback without a frame", `{"alarmStatus":"0","alarmObjInfo":{"dimensions":{"pod_name":"cart-1"}}}`, "cart-1 ignored"},
	} {
		out := envelope.Serve(context.Background(), withToken(), []byte(test.event))
		var a answered
		if err := json.Unmarshal(out, &a); err != nil || a.String() != test.want {
			t.Errorf("%s: %v\n%s\nwant\n%s\n%.600s", test.name, err, a.String(), test.want, out)
		}
	}
}

// TestDamagedLogs: the answer says what is wrong, and where.
func TestDamagedLogs(t *testing.T) {
	out := envelope.Serve(context.Background(), withToken(), []byte(`{"clslogs":{"data":"?"}}`))
	if !strings.Contains(string(out), "clslogs.data: is not base64 of packed JSON") {
		t.Errorf("%s", out)
	}
}

// TestFailuresThatPass: what could not be worked on is delivered again.
func TestFailuresThatPass(t *testing.T) {
	busy := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusServiceUnavailable)
		w.Write([]byte(`{"status":503}`))
	})
	out := envelope.Serve(context.Background(), busy, []byte(`{"Records":[{"messageId":"m-1","eventSource":"aws:sqs","body":"a"},{"messageId":"m-2","eventSource":"aws:sqs","body":"b"}]}`))
	var a answered
	if err := json.Unmarshal(out, &a); err != nil || a.String() != "Service Unavailable; again: m-1 m-2" {
		t.Errorf("%v %s", err, out)
	}
}

// TestForgedFrames: a frame in a body is what anybody may write: neither over
// plain HTTP nor in the event of an HTTP request is it unwrapped, and its
// headers count for nothing.
func TestForgedFrames(t *testing.T) {
	frame := `{"version":"2.0","rawPath":"/diagnose","headers":{"authorization":"Bearer s3cret"},"requestContext":{"http":{"method":"POST","path":"/diagnose"}},"body":"CrashLoopBackOff"}`
	records := `{"Records":[{"messageId":"m-1","eventSource":"aws:sqs","body":"` + "cart-1 is in CrashLoopBackOff" + `"}]}`
	for _, body := range []string{frame, records} {
		event := `{"httpMethod":"POST","path":"/diagnose","headers":{"content-type":"application/json"},"body":` + quoted(body) + `}`
		if a, out := serve(t, withToken(), event); a.StatusCode != 401 {
			t.Errorf("without a token: %d %s", a.StatusCode, out)
		}
		open := handler.New(handler.Config{Book: kb.Book(), Open: true})
		a, out := serve(t, open, event)
		if a.StatusCode != 200 || strings.Contains(out, "batchItemFailures") || !strings.Contains(a.Body, `"field": "body"`) && !strings.Contains(a.Body, `"field": "Records[0].body"`) {
			t.Errorf("read as an object: %d %s", a.StatusCode, out)
		}
	}
}

// TestPaths: behind a gateway the path is that of its route. The token is needed
// on every path.
func TestPaths(t *testing.T) {
	event := func(method, path, token string) string {
		return `{"httpMethod":"` + method + `","path":"` + path + `","headers":{"content-type":"text/plain","authorization":"Bearer ` + token + `"},"body":"CrashLoopBackOff"}`
	}
	for _, test := range []struct {
		method, path, token string
		status              int
	}{
		{"POST", "/v1/alerts", "s3cret", 200}, {"POST", "/", "s3cret", 200}, {"POST", "/v1/alerts", "no", 401}, {"GET", "/v1/alerts", "s3cret", 404},
		{"POST", "/healthz", "s3cret", 405}, {"PUT", "/v1/alerts", "s3cret", 404},
	} {
		if a, out := serve(t, withToken(), event(test.method, test.path, test.token)); a.StatusCode != test.status {
			t.Errorf("%+v: %d %s", test, a.StatusCode, out)
		}
	}
}
