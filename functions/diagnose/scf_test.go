package main

import (
	"encoding/json"
	"net/rpc"
	"strings"
	"testing"
	"time"

	"github.com/tencentyun/scf-go-lib/cloudfunction/messages"
)

func TestSCF(t *testing.T) {
	port := freePort(t)
	start(t, "_LAMBDA_SERVER_PORT="+port)
	var client *rpc.Client
	for began := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		var err error
		if client, err = rpc.Dial("tcp", "127.0.0.1:"+port); err == nil {
			break
		}
		if time.Since(began) > 10*time.Second {
			t.Fatal(err)
		}
	}
	defer client.Close()
	if err := client.Call("Function.Ping", &messages.PingRequest{}, &messages.PingResponse{}); err != nil {
		t.Fatal(err)
	}
	invoke := func(event string) string {
		t.Helper()
		deadline := time.Now().Add(10 * time.Second)
		var out messages.InvokeResponse
		err := client.Call("Function.Invoke", &messages.InvokeRequest{
			Payload:  []byte(event),
			Deadline: messages.InvokeRequest_Timestamp{Seconds: deadline.Unix()},
			// SCF hands the function's environment over with each event.
			Environment: `{"REASONBOOK_TOKEN":"s3cret","REASONBOOK_SITE_URL":"https://book.example.com/"}`,
		}, &out)
		if err != nil {
			t.Fatal(err)
		}
		if out.Error != nil {
			t.Fatalf("%+v", out.Error)
		}
		return string(out.Payload)
	}
	// The function URL's event, as Tencent documents it.
	frame := func(query map[string]string, token, body string) string {
		return toJSON(map[string]any{
			"httpMethod": "POST", "path": "/diagnose", "queryString": query, "body": body,
			"headers": map[string]any{"content-type": "text/plain", "authorization": "Bearer " + token, "x-scf-remote-addr": []string{"192.0.2.1"}},
		})
	}
	for _, lang := range []string{"ja", "en", "zh"} {
		r := parse(t, invoke(frame(map[string]string{"lang": lang}, "s3cret", clb)))
		language, id, listener := firstMatch(t, r.Body)
		if r.StatusCode != 200 || language != lang || id != "clb-readiness-check-failed" || listener != "lbl-4f2kq0zd" {
			t.Errorf("%s: %d %s %s %s", lang, r.StatusCode, language, id, listener)
		}
		if want := "https://book.example.com/" + lang + "/"; !strings.Contains(r.Body, want) {
			t.Errorf("answer lacks %s", want)
		}
	}
	if r := parse(t, invoke(frame(nil, "wrong", "Error"))); r.StatusCode != 401 {
		t.Errorf("wrong token: %d", r.StatusCode)
	}
	if _, id, _ := firstMatch(t, invoke(`{"reason":"PostStartHookError"}`)); id != "post-start-hook-error" {
		t.Errorf("bare event: %s", id)
	}
	if r := parse(t, invoke(toJSON(map[string]any{
		"payload": map[string]any{"reason": "Error"}, "isBase64Encoded": "false",
		"headers": map[string]string{"Content-Type": "application/json", "Authorization": "Bearer s3cret"},
	}))); r.StatusCode != 200 {
		t.Errorf("CLB trigger: %d", r.StatusCode)
	}
	// The retired gateway's event; the answer says whether its body is base64.
	r := parse(t, invoke(toJSON(map[string]any{
		"requestContext": map[string]any{"serviceId": "service-1", "path": "/diagnose", "httpMethod": "POST", "stage": "release", "identity": map[string]any{}},
		"httpMethod":     "POST", "path": "/diagnose", "queryString": map[string]string{"lang": "zh"}, "queryStringParameters": map[string]any{}, "pathParameters": map[string]any{},
		"headers": map[string]string{"Content-Type": "text/plain", "Authorization": "Bearer s3cret"}, "headerParameters": map[string]any{}, "body": clb,
	})))
	if language, id, _ := firstMatch(t, r.Body); r.StatusCode != 200 || language != "zh" || id != "clb-readiness-check-failed" || r.IsBase64Encoded == nil || *r.IsBase64Encoded {
		t.Errorf("API gateway: %d %s %s", r.StatusCode, language, id)
	}
	for name, request := range cloudEvents {
		request.headers["authorization"] = "Bearer s3cret"
		r := parse(t, invoke(toJSON(map[string]any{
			"httpMethod": "POST", "path": "/diagnose", "queryString": map[string]string{}, "headers": request.headers, "body": request.body,
		})))
		if _, id, _ := firstMatch(t, r.Body); r.StatusCode != 200 || id != "image-pull-back-off" {
			t.Errorf("%s: %d %s", name, r.StatusCode, id)
		}
	}
	// Messages of SCF's triggers, and a callback that comes without a frame.
	record := func(kind string) any {
		return map[string]any{"Records": []any{map[string]any{kind: map[string]any{"msgBody": pod, "topicOwner": "1200"}}}}
	}
	event := map[string]any{"specversion": "1.0.2", "type": "t", "source": "s", "data": json.RawMessage(pod)}
	for name, event := range map[string]any{
		"CKafka": record("Ckafka"), "CMQ": record("CMQ"), "EventBridge": event, "EventBridge, a batch": map[string]any{"EventList": []any{event}},
		"CLS": map[string]any{"clslogs": map[string]any{"data": packed(t, toJSON(map[string]any{
			"topic_id": "t", "topic_name": "n", "records": []any{map[string]any{"timestamp": "1", "content": pod}},
		}))}},
		"an alarm's callback, raw": map[string]any{"NotifyType": "1", "AlarmName": "a", "QueryLog": []any{[]any{map[string]any{"content": json.RawMessage(pod)}}}},
	} {
		if _, id, _ := firstMatch(t, invoke(toJSON(event))); id != "image-pull-back-off" {
			t.Errorf("%s: first match %s", name, id)
		}
	}
	if answer := invoke(`{"Type":"Timer","TriggerName":"t","Time":"2026-01-01T00:00:00Z","Message":""}`); !strings.Contains(answer, `"ignored"`) {
		t.Errorf("timer: %s", answer)
	}
	// A message that cannot be read is no error of the function: CKafka would
	// send it again ten thousand times.
	for _, body := range []string{"{}", `{"alerts":[]}`, ""} {
		event := toJSON(map[string]any{"Records": []any{map[string]any{"Ckafka": map[string]any{"msgBody": body}}}})
		if answer := invoke(event); !strings.Contains(answer, `"status": 422`) {
			t.Errorf("%s: %s", event, answer)
		}
	}
	if answer := invoke("not JSON"); !strings.Contains(answer, `"status": 400`) {
		t.Errorf("no JSON: %s", answer)
	}
}
