package payload_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/payload"
)

// A sent is a payload of a sender, and what is read of it: a line for each case,
// its subject, then why it is ignored, or what is missing and the texts.
type sent struct{ name, body, want string }

func subjectOf(c payload.Case) string {
	s := c.Subject
	return fmt.Sprintf("%s %s/%s(%s): ", s.Kind, s.Namespace, s.Name, s.Container)
}

func checkSent(t *testing.T, tests []sent) {
	t.Helper()
	for _, test := range tests {
		cases, err := payload.Read([]byte(test.body), "application/json")
		got := said(cases, err)
		if err == nil {
			var lines []string
			for _, c := range cases {
				lines = append(lines, subjectOf(c)+said([]payload.Case{c}, nil))
			}
			got = strings.Join(lines, "\n")
		}
		if got != test.want {
			t.Errorf("%s\n%s\ngives\n%s\nwant\n%s", test.name, test.body, got, test.want)
		}
	}
}

func TestAlerts(t *testing.T) {
	const pod = `"alertname":"KubeContainerWaiting","namespace":"shop","pod":"cart-1","container":"app"`
	checkSent(t, []sent{
		{"Alertmanager", `{"version":"4","status":"firing","receiver":"r","groupLabels":{},"commonLabels":{"severity":"warning"},"alerts":[
			{"status":"firing","labels":{` + pod + `,"reason":"ErrImagePull"},"annotations":{"description":"cart waits","summary":"a pod waits","runbook_url":"https://x.example/y","action":"Look for OOMKilled"}},
			{"status":"resolved","labels":{"pod":"cart-2","reason":"OOMKilled"}},
			{"status":"firing","labels":{"pod":"cart-3","exported_pod":"real-3","exported_namespace":"pay","namespace":"monitoring","reason":"OOMKilled"}}]}`,
			"Pod shop/cart-1(app): [not-resolved] alerts[0].labels.reason=ErrImagePull alerts[0].annotations.description=cart waits alerts[0].annotations.summary=a pod waits\n" +
				"Pod /cart-2(): resolved\n" +
				"Pod pay/real-3(): [not-resolved] alerts[2].labels.reason=OOMKilled"},
		{"two alerts about one subject", `{"alerts":[{"status":"firing","labels":{` + pod + `,"reason":"Error"}},{"status":"resolved","labels":{` + pod + `}},{"status":"firing","labels":{` + pod + `,"message":"it ended"}}]}`,
			"Pod shop/cart-1(app): [not-resolved] alerts[0].labels.reason=Error alerts[2].labels.message=it ended"},
		{"resolved first", `{"alerts":[{"status":"resolved","labels":{` + pod + `}},{"status":"firing","labels":{` + pod + `,"reason":"Error"}}]}`,
			"Pod shop/cart-1(app): [not-resolved] alerts[1].labels.reason=Error"},
		{"the state is the group's", `{"status":"resolved","alerts":[{"labels":{` + pod + `}}]}`, "Pod shop/cart-1(app): resolved"},
		{"no reason", `{"alerts":[{"status":"firing","labels":{"alertname":"KubePodNotReady","pod":"cart-1","namespace":"shop"},"annotations":{}}]}`,
			"Pod shop/cart-1(): [not-resolved]"},
		{"the name is a state", `{"alerts":[{"status":"firing","labels":{"alertname":"K8sPodCrash-Looping","statefulset":"db","namespace":"shop"}}]}`,
			"StatefulSet shop/db(): [not-resolved] alerts[0].labels.alertname=K8sPodCrash-Looping"},
		{"a node", `{"alerts":[{"status":"firing","labels":{"node":"n-1","namespace":"monitoring"},"annotations":{"message":"the disk is full"}}]}`,
			"Node /n-1(): [not-resolved] alerts[0].annotations.message=the disk is full"},
		{"Rancher", `{"status":"firing","alerts":[{"status":"firing","labels":{"alert_name":"a","pod_name":"cart-1","namespace":"shop","logs":"dial tcp: refused"},"annotations":{}}]}`,
			"Pod shop/cart-1(): [not-resolved] alerts[0].labels.logs=dial tcp: refused"},
		{"heartbeat", `{"status":"firing","alerts":[{"status":"firing","labels":{"alertname":"Watchdog"},"annotations":{"summary":"always firing"}}]}`, " /(): heartbeat"},
		{"Grafana, a test", `{"version":"1","state":"alerting","alerts":[{"status":"firing","labels":{"alertname":"TestAlert","instance":"Grafana"},"annotations":{"summary":"x"}}]}`, " /(): test"},
		{"Grafana, no data", `{"state":"alerting","alerts":[{"status":"firing","labels":{"alertname":"DatasourceNoData"},"annotations":{"summary":"OOMKilled"}}]}`, " /(): [no-data]"},
		{"Grafana, no value", `{"alerts":[{"status":"firing","labels":{"alertname":"a"},"annotations":{"description":"Pod [no value] waits","__values__":"{}"}}]}`, " /(): [not-resolved]"},
		{"Grafana before version 8", `{"ruleName":"r","state":"alerting","message":"it is OOMKilled","evalMatches":[{"tags":{"pod":"cart-1"}}]}`,
			"Pod /cart-1(): [not-resolved] message=it is OOMKilled"},
		{"the same, over", `{"ruleName":"r","state":"ok","message":"OOMKilled"}`, " /(): resolved"},
		{"API of Alertmanager", `[{"labels":{"pod":"cart-1","reason":"Error"},"annotations":{},"startsAt":"2026-01-02T03:04:05Z","status":{"state":"active"}}]`,
			"Pod /cart-1(): [not-resolved] [0].labels.reason=Error"},
		{"API of Prometheus", `{"status":"success","data":{"alerts":[{"labels":{"pod":"cart-1","reason":"Error"},"state":"firing"},{"labels":{"pod":"cart-2"},"state":"inactive"}]}}`,
			"Pod /cart-1(): [not-resolved] data.alerts[0].labels.reason=Error\nPod /cart-2(): resolved"},
		{"no alerts", `{"status":"firing","alerts":[]}`, "refused: alerts: the list is empty"},
		{"one bad", `{"alerts":[{"status":"firing","labels":{"pod":"a","reason":"Error"}},{"status":"firing"},7]}`,
			"Pod /a(): [not-resolved] alerts[0].labels.reason=Error\n /(): fault at alerts[1]: an alert has labels or annotations\n /(): fault at alerts[2]: the item is a number, but must be an object"},
	})
}

func TestIncidents(t *testing.T) {
	checkSent(t, []sent{
		{"Datadog", `{"title":"[Triggered on {kube_namespace:shop,pod_name:cart-1}] OOMKilled","message":"m","alert_transition":"Triggered","alert_id":"1","event_type":"x"}`,
			"Pod shop/cart-1(): [not-resolved] title=[Triggered on {kube_namespace:shop,pod_name:cart-1}] OOMKilled message=m"},
		{"Datadog, recovered", `{"title":"OOMKilled","alert_transition":"Recovered","alert_id":"1"}`, " /(): resolved"},
		{"Datadog, no data", `{"title":"OOMKilled","alert_transition":"No data","alert_id":"1"}`, " /(): [no-data]"},
		{"Datadog, a test", `{"title":"Test","alert_transition":"","alert_id":"","event_type":"x"}`, " /(): test"},
		{"PagerDuty", `{"event":{"event_type":"incident.triggered","data":{"title":"cart OOMKilled","status":"triggered","service":{"summary":"svc"}}}}`,
			" /(): [not-resolved] event.data.title=cart OOMKilled"},
		{"PagerDuty, resolved", `{"event":{"event_type":"incident.resolved","data":{"title":"OOMKilled"}}}`, " /(): resolved"},
		{"PagerDuty, the title says it", `{"event":{"event_type":"incident.triggered","data":{"title":"[RESOLVED] OOMKilled"}}}`, " /(): resolved"},
		{"PagerDuty, a note", `{"event":{"event_type":"incident.annotated","data":{"content":"OOMKilled"}}}`, " /(): update"},
		{"PagerDuty, a ping", `{"event":{"event_type":"pagey.ping","data":{"message":"Hello"}}}`, " /(): test"},
		{"PagerDuty before version 3", `{"messages":[{"event":"incident.trigger","incident":{"title":"OOMKilled"}},{"event":"incident.resolve","incident":{"title":"OOMKilled"}}]}`,
			" /(): [not-resolved] messages[0].incident.title=OOMKilled\n /(): resolved"},
		{"PagerDuty's Events API", `{"event_action":"trigger","dedup_key":"k","payload":{"summary":"OOMKilled","custom_details":{"firing":"Labels: reason = OOMKilled"}}}`,
			" /(): [not-resolved] payload.summary=OOMKilled payload.custom_details.firing=Labels: reason = OOMKilled"},
		{"Opsgenie", `{"action":"Create","alert":{"message":"m","description":"d","details":{"reason":"OOMKilled","pod":"cart-1"}}}`,
			"Pod /cart-1(): [not-resolved] alert.details.reason=OOMKilled alert.message=m alert.description=d"},
		{"Opsgenie, closed", `{"action":"Close","alert":{"message":"OOMKilled"}}`, " /(): resolved"},
		{"Opsgenie, acknowledged", `{"action":"Acknowledge","alert":{"message":"OOMKilled"}}`, " /(): update"},
	})
}

func TestClusterTools(t *testing.T) {
	checkSent(t, []sent{
		{"kubewatch", `{"eventmeta":{"kind":"Pod","name":"shop/cart-1","namespace":"shop","reason":"Updated"},"text":"updated"}`, "Pod shop/cart-1(): [state-unsaid] text=updated"},
		{"kubewatch, a back-off", `{"eventmeta":{"kind":"Backoff","name":"shop/cart-1.17aa","namespace":"shop","reason":"Created"},"text":"CrashLoopBackOff Created"}`,
			"Pod shop/cart-1(): [state-unsaid] text=CrashLoopBackOff Created"},
		{"kubewatch, deleted", `{"eventmeta":{"kind":"Pod","name":"shop/cart-1","namespace":"shop","reason":"Deleted"},"text":"x"}`, "Pod shop/cart-1(): gone"},
		{"kubewatch, a CloudEvent", `{"specversion":"1.0","type":"T","source":"s","data":{"operation":"update","kind":"Pod","apiVersion":"v1","obj":{"metadata":{"name":"cart-1"},"status":{"phase":"Failed","reason":"Evicted"}}}}`,
			"Pod /cart-1(): [phase-failed] data.obj.status.reason=Evicted"},
		{"Robusta", `{"title":"Pod is evicted","description":"d","aggregation_key":"pod_oom_killed","finding_type":"ISSUE","failure":true,"subject":{"kind":"pod","name":"cart-1","namespace":"shop","container":"app"},"enrichments":[{"blocks":[{"text":"last words of it","url":"https://x/y"}]}]}`,
			"Pod shop/cart-1(app): [not-resolved] title=Pod is evicted aggregation_key=pod_oom_killed description=d enrichments[0].blocks[0].text=last words of it"},
		{"Robusta, resolved", `{"title":"[RESOLVED] x","aggregation_key":"OOMKilled","subject":{"name":"a"}}`, " /a(): resolved"},
		{"Argo CD", `{"app":"web","health":{"status":"Degraded"},"phase":"Failed","message":"one object failed","conditions":[{"type":"SyncError","message":"sync failed"}],"resources":[{"kind":"Deployment","name":"web","namespace":"shop","health":{"status":"Degraded","message":"too slow"}},{"kind":"Service","name":"s","health":{"status":"Healthy"}}]}`,
			"Deployment shop/web(): [unexplained] resources[0].health.message=too slow\nApplication /web(): [unexplained] message=one object failed conditions[0].message=sync failed"},
		{"Argo CD, healthy", `{"app":"web","health":{"status":"Healthy"},"phase":"Succeeded","message":"successfully synced"}`, "Application /web(): healthy"},
		{"Argo CD, no reason", `{"app":"web","health":{"status":"Degraded"},"phase":"Succeeded","message":"successfully synced"}`, "Application /web(): [not-healthy]"},
		{"Argo CD, the application", `{"kind":"Application","apiVersion":"argoproj.io/v1alpha1","metadata":{"name":"web"},"status":{"health":{"status":"Degraded","message":"bad"}}}`,
			"Application /web(): [unexplained] status.health.message=bad"},
		{"a layout of event-exporter", `{"cluster":"c","details":{"kind":"Pod","name":"cart-1","namespace":"shop","reason":"Failed","type":"Warning","message":"m","labels":"{\"app\":\"x\"}"}}`,
			"Pod shop/cart-1(): [only-events] details.reason=Failed details.message=m"},
	})
}

func TestTencent(t *testing.T) {
	checkSent(t, []sent{
		{"metric", `{"alarmStatus":1,"alarmType":"metric","alarmObjInfo":{"dimensions":{"pod_name":"cart-1","namespace":"shop","container_name":"app"}},"alarmPolicyInfo":{"conditions":{"metricShowName":"OOMKilled"}}}`,
			"Pod shop/cart-1(app): [not-resolved]"},
		{"event", `{"alarmStatus":"1","alarmType":"event","alarmObjInfo":{"dimensions":{"unInstanceId":"ins-1"}},"alarmPolicyInfo":{"conditions":{"eventName":"oom","eventShowName":"out of memory"}},"additionalMsg":[{"key":"a","value":"a process was killed"}]}`,
			"Instance /ins-1(): [not-resolved] alarmPolicyInfo.conditions.eventShowName=out of memory alarmPolicyInfo.conditions.eventName=oom additionalMsg[0].value=a process was killed"},
		{"recovered", `{"alarmStatus":0,"alarmObjInfo":{"dimensions":{"workload_name":"web","workload_kind":"Deployment","namespace":"shop"}}}`, "Deployment shop/web(): resolved"},
		{"EventBridge", `{"specversion":"1.0","type":"cvm:ErrorEvent:oom","source":"cvm.cloud.tencent","status":"1","time":1615430559146,"data":{"instanceId":"ins-1","additionalMsg":{"a":"short"}}}`,
			"Instance /ins-1(): [not-resolved] type=cvm:ErrorEvent:oom"},
		{"EventBridge, over", `{"specversion":"1.0","type":"cvm:ErrorEvent:oom","source":"cvm.cloud.tencent","status":"0","data":{"instanceId":"ins-1"}}`, "Instance /ins-1(): resolved"},
		{"CLS", `{"AlarmName":"a","NotifyType":"1","QueryLog":"[[{\"content\":{\"event\":{\"reason\":\"BackOff\",\"message\":\"m\",\"involvedObject\":{\"kind\":\"Pod\",\"name\":\"cart-1\",\"namespace\":\"shop\"}}}},{\"content\":\"{\\\"event.reason\\\":\\\"Failed\\\",\\\"event.message\\\":\\\"n\\\",\\\"event.involvedObject.name\\\":\\\"cart-2\\\"}\"}]]"}`,
			"Pod shop/cart-1(): [only-events] QueryLog[0][0].content.event.reason=BackOff QueryLog[0][0].content.event.message=m\n /cart-2(): [only-events] QueryLog[0][1].content.event.reason=Failed QueryLog[0][1].content.event.message=n"},
		{"CLS, a list of logs", `{"NotifyType":1,"AlarmName":"a","QueryLog":[{"pod_name":"cart-1","log":"panic: x"}]}`, "Pod /cart-1(): [state-unsaid] QueryLog[0].log=panic: x"},
		{"CLS, recovered", `{"AlarmName":"a","NotifyType":"2","QueryLog":"OOMKilled"}`, " /(): resolved"},
		{"events of EKS", `{"Response":{"EksCiId":"eksci-1","RequestId":"r","Events":[{"PodName":"cart-1","Reason":"Failed","Type":"Warning","Message":"m","LastTimestamp":"2026-01-02 03:04:05 +0000 UTC"},{"PodName":"cart-1","Reason":"Pulling","Type":"Normal","Message":"n"}]}}`,
			"Pod /cart-1(): [only-events] Response.Events[0].Reason=Failed Response.Events[0].Message=m Response.Events[1].Reason=Pulling Response.Events[1].Message=n"},
		{"instances of EKS", `{"Response":{"EksCis":[{"EksCiName":"cart","Status":"Pending","Containers":[{"Name":"app","CurrentState":{"State":"waiting","Reason":"ErrImagePull","Message":"m"}}]}]}}`,
			"Pod /cart(app): [phase-pending container-not-running] Response.EksCis[0].Containers[0].CurrentState.Reason=ErrImagePull Response.EksCis[0].Containers[0].CurrentState.Message=m"},
		{"alarm histories", `{"Response":{"Histories":[{"Content":"too hot","AlarmObject":"ins-1","AlarmStatus":"ALARM"},{"AlarmStatus":"OK","Dimensions":"{\"pod_name\":\"cart-1\"}"}]}}`,
			" /ins-1(): [not-resolved] Response.Histories[0].Content=too hot\nPod /cart-1(): resolved"},
		{"an answer passed on", `{"Response":{"ResponseBody":"{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"cart-1\"},\"status\":{\"phase\":\"Failed\",\"reason\":\"Evicted\"}}"}}`,
			"Pod /cart-1(): [phase-failed] Response.ResponseBody.status.reason=Evicted"},
		{"a failed call", `{"Response":{"Error":{"Code":"PRIVATE","Message":"OOMKilled"}}}`, "refused: Response: the answer to a call of the API that failed tells of no instance"},
	})
}
