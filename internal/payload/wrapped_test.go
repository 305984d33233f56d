package payload_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/payload"
)

func TestAWS(t *testing.T) {
	task := func(rest string) string {
		return `{"detail-type":"ECS Task State Change","source":"aws.ecs","detail":{"taskArn":"arn:aws:ecs:r:1:task/prod/t-1","clusterArn":"arn:aws:ecs:r:1:cluster/prod",` + rest + `}}`
	}
	checkSent(t, []sent{
		{"a task without memory", task(`"lastStatus":"STOPPED","stopCode":"EssentialContainerExited","stoppedReason":"Essential container in task exited","containers":[{"name":"log","exitCode":0},{"name":"app","reason":"OutOfMemoryError: x","exitCode":137}]`),
			"Task prod/t-1(app): [state-unsaid] detail.containers[1].reason=OutOfMemoryError: x detail.stoppedReason=Essential container in task exited"},
		{"an exit code", task(`"lastStatus":"STOPPED","containers":[{"name":"app","exitCode":1}]`), "Task prod/t-1(app): [state-unsaid] detail.containers[0].exitCode=exit code 1"},
		{"stopped by the service", task(`"lastStatus":"STOPPED","stopCode":"ServiceSchedulerInitiated","stoppedReason":"Task failed ELB health checks","containers":[{"name":"app","exitCode":143}]`),
			"Task prod/t-1(): [state-unsaid] detail.stoppedReason=Task failed ELB health checks"},
		{"stopped by a person", task(`"lastStatus":"STOPPED","stopCode":"UserInitiated","stoppedReason":"x","containers":[{"name":"app","exitCode":137}]`), "Task prod/t-1(): stopped-on-request"},
		{"scaled in", task(`"lastStatus":"STOPPED","stopCode":"ServiceSchedulerInitiated","stoppedReason":"Scaling activity initiated by (deployment ecs-svc/1)"`), "Task prod/t-1(): stopped-on-request"},
		{"ended well", task(`"lastStatus":"STOPPED","stopCode":"EssentialContainerExited","containers":[{"name":"app","exitCode":0}]`), "Task prod/t-1(): [ended-well]"},
		{"not started", task(`"lastStatus":"STOPPED","stopCode":"TaskFailedToStart","stoppedReason":"CannotPullContainerError: x","containers":[{"name":"app"}]`),
			"Task prod/t-1(): [state-unsaid] detail.stoppedReason=CannotPullContainerError: x"},
		{"runs", task(`"lastStatus":"RUNNING","healthStatus":"HEALTHY","containers":[{"name":"app","healthStatus":"HEALTHY"}]`), "Task prod/t-1(): healthy"},
		{"runs, not healthy", task(`"lastStatus":"RUNNING","containers":[{"name":"app","healthStatus":"UNHEALTHY"}]`), "Task prod/t-1(): [not-ready]"},
		{"runs, not said how", task(`"lastStatus":"RUNNING","healthStatus":"UNKNOWN"`), "Task prod/t-1(): [readiness-unsaid]"},
		{"starts", task(`"lastStatus":"PROVISIONING"`), "Task prod/t-1(): [phase-pending]"},
		{"describe-tasks", `{"tasks":[{"taskArn":"a/t-1","lastStatus":"STOPPED","stoppedReason":"x"}],"failures":[]}`, "Task /t-1(): [state-unsaid] tasks[0].stoppedReason=x"},
		{"news of a service", `{"detail-type":"ECS Deployment State Change","source":"aws.ecs","detail":{"eventType":"INFO","reason":"ECS deployment completed."}}`, " /(): update"},
		{"a failed deployment", `{"detail-type":"ECS Deployment State Change","source":"aws.ecs","detail":{"eventType":"ERROR","reason":"tasks failed to start."}}`,
			" /(): [state-unsaid] detail.reason=tasks failed to start."},
		{"an alarm", `{"AlarmName":"a","NewStateValue":"ALARM","NewStateReason":"r","AlarmDescription":"d"}`, " /(): [not-resolved] NewStateReason=r AlarmDescription=d"},
		{"an alarm that is over", `{"AlarmName":"a","NewStateValue":"OK","NewStateReason":"OOMKilled"}`, " /(): resolved"},
		{"an alarm on EventBridge", `{"detail-type":"CloudWatch Alarm State Change","source":"aws.cloudwatch","detail":{"alarmName":"a","state":{"value":"INSUFFICIENT_DATA","reason":"OOMKilled"}}}`, " /(): [no-data]"},
		{"a schedule", `{"detail-type":"Scheduled Event","source":"aws.events","detail":{}}`, " /(): no-instance"},
		{"an event of no known service", `{"detail-type":"x","source":"y","detail":{"a":1}}`, " /(): [state-unsaid]"},
	})
}

func TestWrappers(t *testing.T) {
	const pod = `{"kind":"Pod","apiVersion":"v1","metadata":{"name":"cart-1"},"status":{"phase":"Failed","reason":"Evicted"}}`
	const read = "Pod /cart-1(): [phase-failed] "
	checkSent(t, []sent{
		{"CloudEvent", `{"specversion":"1.0","id":"1","source":"/x","type":"t","data":` + pod + `}`, read + "data.status.reason=Evicted"},
		{"CloudEvent in base64", `{"specversion":"1.0","id":"1","source":"/x","type":"t","data_base64":"eyJyZWFzb24iOiJFcnJvciJ9"}`, " /(): [state-unsaid] data_base64.reason=Error"},
		{"CloudEvent, a string", `{"specversion":"1.0","type":"t","data":"it is OOMKilled"}`, " /(): [state-unsaid] data=it is OOMKilled"},
		{"CloudEvents", `[{"specversion":"1.0","type":"t","data":` + pod + `},{"specversion":"1.0","type":"t","data_base64":"?"},{"specversion":"1.0","type":"t"}]`,
			read + "[0].data.status.reason=Evicted\n /(): fault at [1]: data_base64: is not base64\n /(): fault at [2]: data: is missing"},
		{"a batch in a CloudEvent", `{"specversion":"1.0","type":"t","data":[{"reason":"Error"},{"reason":"Error"}]}`, " /(): [state-unsaid] data[0].reason=Error\n /(): [state-unsaid] data[1].reason=Error"},
		{"EventBridge", `{"detail-type":"x","source":"y","detail":` + pod + `}`, read + "detail.status.reason=Evicted"},
		{"SNS", `{"Type":"Notification","TopicArn":"t","MessageId":"m","Message":"{\"reason\":\"Error\"}"}`, " /(): [state-unsaid] Message.reason=Error"},
		{"SNS, a text", `{"Type":"Notification","TopicArn":"t","MessageId":"m","Message":"cart-1 0/1 Error"}`, " /(): [state-unsaid] Message=cart-1 0/1 Error"},
		{"SNS in SNS", `{"Type":"Notification","TopicArn":"t","Message":"{\"Type\":\"Notification\",\"TopicArn\":\"t\",\"Message\":\"x\"}"}`, " /(): [state-unsaid] Message.Message=x"},
		{"too deep", strings.Repeat(`{"specversion":"1.0","type":"t","data":`, 40) + pod + strings.Repeat("}", 40),
			"refused: " + strings.TrimSuffix(strings.Repeat("data.", 18), ".") + ": is nested too deeply"},
	})
	const confirm = `{"Type":"SubscriptionConfirmation","TopicArn":"t","MessageId":"m","SubscribeURL":"https://x.example/"}`
	for _, contentType := range []string{"text/plain; charset=UTF-8", "application/json"} {
		if _, err := payload.Read([]byte(confirm), contentType); err == nil || err.Code != payload.UnknownForm || !strings.Contains(err.Detail, "SubscribeURL") {
			t.Errorf("a subscription as %s: %v", contentType, err)
		}
	}
	// A pasted object is a text, whatever it is.
	if cases, err := payload.Read([]byte(pod), "text/plain"); err != nil || len(cases) != 1 || cases[0].Texts[0].Value != pod {
		t.Errorf("an object as text: %v %v", cases, err)
	}
}

func TestUnknown(t *testing.T) {
	checkSent(t, []sent{
		{"names of messages", `{"alert":{"text":"cart is down","level":"x","url":"https://x/y z a b"},"id":"a-1"}`, " /(): [state-unsaid] alert.text=cart is down"},
		{"a status word", `{"check":{"state":"OOMKilled","name":"n"}}`, " /(): [state-unsaid] check.state=OOMKilled"},
		{"a sentence", `{"a":{"b":["the image was not found"]}}`, " /(): [state-unsaid] a.b[0]=the image was not found"},
		{"a sentence without spaces", `{"a":"イメージのプルに失敗しました"}`, " /(): [state-unsaid] a=イメージのプルに失敗しました"},
		{"JSON in a string", `{"a":"{\"b\":{\"error\":\"refused\"}}"}`, " /(): [state-unsaid] a.b.error=refused"},
		{"a record of Fluent Bit", `{"log":"panic: x\n","kubernetes":{"pod_name":"cart-1","namespace_name":"shop","container_name":"app"}}`, "Pod shop/cart-1(app): [state-unsaid] log=panic: x"},
		{"several instances", `{"found":[{"pod":"a","namespace":"n","error":"x"},{"pod":"b","namespace":"n","error":"y"}]}`,
			"Pod n/b(): [state-unsaid] found[1].error=y\nPod n/a(): [state-unsaid] found[0].error=x"},
		{"an object that is known", `{"payload":{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a"},"status":{"phase":"Failed","reason":"Evicted"}}}`,
			"Pod /a(): [phase-failed] payload.status.reason=Evicted"},
		{"an exit code", `{"task":{"exit_code":1,"pod":"a"}}`, "Pod /a(): [state-unsaid] task.exitCode=exit code 1"},
		{"the own form with more", `{"message":"x","title":"it is OOMKilled"}`, " /(): [state-unsaid] message=x title=it is OOMKilled"},
		{"the own form, and another's", `{"reason":{"text":"it is OOMKilled"},"more":1}`, " /(): [state-unsaid] reason.text=it is OOMKilled"},
	})
	for _, body := range []string{`{"hello":"world","payload":{"a":1}}`, `{}`, `{"token":"the quick brown fox jumps","url":"x"}`} {
		if _, err := payload.Read([]byte(body), "application/json"); err == nil || !strings.Contains(err.Detail, "known are reason, message") {
			t.Errorf("%s: %v", body, err)
		}
	}
}

// TestBatch: the messages of a queue are read one by one; what several say of
// one subject is one case, and those that cannot be read are told by number.
func TestBatch(t *testing.T) {
	event := func(name, message string) string {
		return `{"kind":"Event","apiVersion":"v1","involvedObject":{"kind":"Pod","name":"` + name + `"},"type":"Warning","reason":"Failed","message":"` + message + `"}`
	}
	b := payload.Batch{Messages: []payload.Message{
		{Place: "q[0].body", Text: event("a", "x")}, {Place: "q[1].body", Text: `{"hello":"world"}`}, {Place: "q[2].body", Text: "NAME READY\ncart-1 0/1"}, {Place: "q[3].body", Text: event("a", "y")}, {Place: "q[4].body", Text: " "}, {Place: "q[5].body", Text: "\xff\xfe"}, {Place: "q[6]", Fault: "is damaged"},
	}}
	got := said(b.Read())
	for _, want := range []string{
		"q[0].body.reason=Failed q[0].body.message=x q[3].body.reason=Failed q[3].body.message=y\n", "fault at q[1].body: ", " q[2].body=NAME READY\ncart-1 0/1\n", "fault at q[4].body: is empty", "fault at q[5].body: the message is not text in UTF-8", "fault at q[6]: is damaged",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("lacks %q:\n%s", want, got)
		}
	}
	if !slices.Equal(b.Failed, []int{1, 4, 5, 6}) {
		t.Errorf("failed: %v", b.Failed)
	}
	if got := said((&payload.Batch{}).Read()); got != "no-instance" {
		t.Errorf("no messages: %s", got)
	}
}
