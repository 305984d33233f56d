package handler_test

import "testing"

// TestSenders: what senders post is diagnosed, each instance once, with the
// field that decided; what is over or a test is not.
func TestSenders(t *testing.T) {
	for _, test := range []struct{ name, body, subject, id, field string }{
		{"Alertmanager", `{"version":"4","alerts":[{"status":"firing","labels":{"pod":"cart-1","reason":"ImagePullBackOff"},"annotations":{}}]}`, "cart-1", "image-pull-back-off", "alerts[0].labels.reason"},
		{"a description", `{"version":"4","alerts":[{"status":"firing","labels":{"pod":"cart-1"},"annotations":{"description":"Pod cart-1 waits (reason: \"ImagePullBackOff\")."}}]}`, "cart-1", "image-pull-back-off", "alerts[0].annotations.description"},
		{"the name of an alert", `{"version":"4","alerts":[{"status":"firing","labels":{"alertname":"KubePodCrashLooping","pod":"cart-1"},"annotations":{"description":"9 restarts"}}]}`, "cart-1", "crash-loop-back-off", "alerts[0].labels.alertname"},
		{"Datadog", `{"title":"[Triggered on {pod_name:cart-1}] it is CrashLoopBackOff","alert_transition":"Triggered","alert_id":"1"}`, "cart-1", "crash-loop-back-off", "title"},
		{"PagerDuty", `{"event":{"event_type":"incident.triggered","data":{"title":"[FIRING:1] KubePodCrashLooping (cart-1 CrashLoopBackOff)"}}}`, "", "crash-loop-back-off", "event.data.title"},
		{"Opsgenie", `{"action":"Create","alert":{"message":"m","details":{"reason":"OOMKilled","pod":"cart-1"}}}`, "cart-1", "oom-killed", "alert.details.reason"},
		{"a title with the name of an alert", `{"action":"Create","alert":{"message":"KubePodCrashLooping lib/shelf-0 (app)","alertId":"7"}}`, "", "crash-loop-back-off", "alert.message"},
		{"the same, PagerDuty", `{"event":{"event_type":"incident.triggered","data":{"title":"[FIRING:2] KubernetesContainerOomKiller (lib critical)"}}}`, "", "oom-killed", "event.data.title"},
		{"Robusta", `{"aggregation_key":"x","title":"CrashLoopBackOff","subject":{"kind":"pod","name":"cart-1"}}`, "cart-1", "crash-loop-back-off", "title"},
		{"CLS", `{"NotifyType":"1","AlarmName":"a","QueryLog":"[[{\"content\":{\"event\":{\"reason\":\"BackOff\",\"message\":\"Back-off restarting failed container\",\"involvedObject\":{\"kind\":\"Pod\",\"name\":\"cart-1\"}}}}]]"}`, "cart-1", "crash-loop-back-off", "QueryLog[0][0].content.event.message"},
		{"ECS", `{"detail-type":"ECS Task State Change","source":"aws.ecs","detail":{"taskArn":"a/t-1","lastStatus":"STOPPED","containers":[{"name":"app","exitCode":137,"reason":"OutOfMemoryError: Container killed due to memory usage"}]}}`, "t-1", "oom-killed", "detail.containers[0].reason"},
		{"an unknown object", `{"check":{"pod":"cart-1","output":"it is in CrashLoopBackOff again"}}`, "cart-1", "crash-loop-back-off", "check.output"},
		{"a chat message", `{"msgtype":"markdown","markdown":{"content":"**Pod** cart-1\nSTATUS: CrashLoopBackOff\n"}}`, "", "crash-loop-back-off", "markdown.content"},
	} {
		doc := decode(t, post(open(t), "/diagnose", test.body, "Content-Type", "application/json"))
		if len(doc.Diagnoses) != 1 || len(doc.Diagnoses[0].Matches) == 0 {
			t.Errorf("%s: %+v", test.name, doc)
			continue
		}
		d := doc.Diagnoses[0]
		if m := d.Matches[0]; d.Subject.Name != test.subject || m.ID != test.id || m.Evidence.Field != test.field {
			t.Errorf("%s: %+v, %s at %s", test.name, d.Subject, m.ID, m.Evidence.Field)
		}
	}
	for name, body := range map[string]string{
		"resolved":  `{"status":"resolved","alerts":[{"status":"resolved","labels":{"pod":"cart-1","reason":"CrashLoopBackOff"},"annotations":{}}]}`,
		"a test":    `{"alerts":[{"status":"firing","labels":{"alertname":"TestAlert","instance":"Grafana"},"annotations":{"summary":"CrashLoopBackOff"}}]}`,
		"heartbeat": `{"alerts":[{"status":"firing","labels":{"alertname":"Watchdog"},"annotations":{"summary":"CrashLoopBackOff"}}]}`,
		"closed":    `{"action":"Close","alert":{"message":"CrashLoopBackOff"}}`,
	} {
		doc := decode(t, post(open(t), "/diagnose", body, "Content-Type", "application/json"))
		if doc.Ignored == "" || len(doc.Diagnoses) != 1 || len(doc.Diagnoses[0].Matches) > 0 || doc.Diagnoses[0].Ignored != doc.Ignored {
			t.Errorf("%s: %+v", name, doc)
		}
	}
	// What an alert advises is no evidence, nor what it says of others.
	for name, annotations := range map[string]string{
		"a runbook": `"runbook":"OOMKilled: raise the limit"`, "advice": `"action":"Look for OOMKilled"`, "a condition": `"description":"This alert fires when a pod is OOMKilled."`,
	} {
		body := `{"alerts":[{"status":"firing","labels":{"alertname":"a","pod":"cart-1"},"annotations":{` + annotations + `}}]}`
		doc := decode(t, post(open(t), "/diagnose", body, "Content-Type", "application/json"))
		if len(doc.Diagnoses) != 1 || len(doc.Diagnoses[0].Matches) > 0 || doc.Note == "" || doc.Ignored != "" {
			t.Errorf("%s: %+v", name, doc)
		}
	}
}
