package handler_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/handler"
	"github.com/reasonbook/reasonbook/kb"
)

// mutations of a body, as transport, editors and attackers make them.
var mutations = []func(r *rand.Rand, body []byte) []byte{
	func(r *rand.Rand, body []byte) []byte { return body[:r.IntN(len(body)+1)] },
	func(r *rand.Rand, body []byte) []byte { return body[r.IntN(len(body)+1):] },
	func(r *rand.Rand, body []byte) []byte { // another byte
		out := bytes.Clone(body)
		if len(out) > 0 {
			out[r.IntN(len(out))] = byte(r.Uint32())
		}
		return out
	},
	func(r *rand.Rand, body []byte) []byte { // a stretch elsewhere again
		from := r.IntN(len(body) + 1)
		to := from + r.IntN(len(body)-from+1)
		at := r.IntN(len(body) + 1)
		return bytes.Join([][]byte{body[:at], body[from:to], body[at:]}, nil)
	},
	func(r *rand.Rand, body []byte) []byte { // a stretch less
		from := r.IntN(len(body) + 1)
		to := from + r.IntN(len(body)-from+1)
		return bytes.Join([][]byte{body[:from], body[to:]}, nil)
	},
	func(r *rand.Rand, body []byte) []byte { // what parsers stumble over
		odd := []string{`"`, `\`, `{`, `}`, `[`, `]`, `,`, `:`, "\x00", "\xff", "\u2028", "\ufeff", "null", "-1e999", `"\ud800"`, "🙂", "<script>", "\r\n", "$(x)", strings.Repeat("[", 200), strings.Repeat("(", 200)}
		at := r.IntN(len(body) + 1)
		return bytes.Join([][]byte{body[:at], []byte(odd[r.IntN(len(odd))]), body[at:]}, nil)
	},
	func(r *rand.Rand, body []byte) []byte { // another type in a place of JSON
		values := []string{"null", "true", "7", `"x"`, "[]", "{}", "[{}]"}
		parts := strings.SplitAfter(string(body), ":")
		if len(parts) < 2 {
			return body
		}
		i := r.IntN(len(parts)-1) + 1
		if end := strings.IndexAny(parts[i], ",}]"); end >= 0 {
			parts[i] = values[r.IntN(len(values))] + parts[i][end:]
		}
		return []byte(strings.Join(parts, ""))
	},
}

// TestMutatedBodies sends ten thousand bodies that were good once: each gets an
// answer or a problem that is the sender's, and none of them a panic.
func TestMutatedBodies(t *testing.T) {
	seeds := []struct{ contentType, body string }{
		{"text/plain", clb},
		{"text/plain", "NAME     READY   STATUS             RESTARTS   AGE\ncart-1   0/1     CrashLoopBackOff   5          3m\n"},
		{"text/plain", "State:          Waiting\n  Reason:       CrashLoopBackOff\nLast State:     Terminated\n  Reason:       Error\n  Exit Code:    137\n"},
		{"application/json", `{"namespace":"shop","instance":"cart-7d9f","container":"app","reason":"Running Unhealthy","message":"Readiness probe failed: x","logs":"a\nb","exitCode":137}`},
		{"application/json", `[{"reason":"CrashLoopBackOff"},{"message":"Back-off pulling image \"nginx:1.99\""}]`},
		{"application/json", `{"kind":"List","apiVersion":"v1","items":[{"kind":"Pod","apiVersion":"v1","metadata":{"namespace":"shop","name":"cart-1"},"status":{"phase":"Pending","containerStatuses":[{"name":"app","state":{"waiting":{"reason":"ContainerCreating"}},"lastState":{"terminated":{"exitCode":1,"reason":"Error"}}}],"conditions":[{"type":"Ready","status":"False"}]}},{"kind":"Event","apiVersion":"v1","involvedObject":{"kind":"Pod","namespace":"shop","name":"cart-1"},"type":"Warning","reason":"BackOff","message":"Back-off pulling image \"nginx:1.99\""}]}`},
		{"application/json", `{"Response":{"Result":{"TotalCount":1,"PodList":[{"PodId":"cart-2","Status":"Running","Ready":false,"Unhealthy":true,"UnhealthyWarningMsg":"Readiness check failed according to l4 listener: lbl-1 of CLB lb-1. Service: shop/cart"}]}}}`},
		{"application/json", `{"version":"4","status":"firing","alerts":[{"status":"firing","labels":{"alertname":"KubePodCrashLooping","namespace":"shop","pod":"cart-1","reason":"CrashLoopBackOff"},"annotations":{"description":"Pod shop/cart-1 is in waiting state"}},{"status":"resolved","labels":{"pod":"cart-2"}}]}`},
		{"application/json", `[{"specversion":"1.0","type":"t","source":"s","data":{"operation":"update","kind":"Pod","obj":{"metadata":{"name":"a"},"status":{"phase":"Failed"}}}},{"specversion":"1.0","type":"t","data_base64":"eyJyZWFzb24iOiJFcnJvciJ9"}]`},
		{"application/json", `{"detail-type":"ECS Task State Change","source":"aws.ecs","detail":{"taskArn":"a/b","lastStatus":"STOPPED","stoppedReason":"x","containers":[{"name":"app","exitCode":137,"reason":"OutOfMemoryError: x"}]}}`},
		{"application/json", `{"AlarmName":"a","NotifyType":"1","QueryLog":"[[{\"content\":{\"event\":{\"reason\":\"BackOff\",\"message\":\"m\"}}}]]"}`},
		{"application/json", `{"app":"web","health":{"status":"Degraded"},"phase":"Failed","message":"m","conditions":[{"type":"SyncError","message":"x"}],"resources":[{"kind":"Pod","health":{"status":"Degraded","message":"OOMKilled"}}]}`},
		{"application/json", `{"found":[{"pod":"a","error":"x"},{"pod":"b","exit_code":137,"state":"OOMKilled","log":"{\"a\":1}"}],"text":"it is OOMKilled"}`},
		{"application/x-www-form-urlencoded", "reason=Readiness+probe+failed%3A+x&lang=en"},
		{"", `{"reason":"PostStartHookError","object":{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a"},"status":{"phase":"Failed"}}}`},
	}
	accepts := []string{"application/json", "text/plain", "text/markdown", "text/html"}
	var log bytes.Buffer
	h := handler.New(handler.Config{Book: kb.Book(), Open: true, Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelError}))})
	r := rand.New(rand.NewPCG(19, 4))
	statuses := map[int]int{}
	for n := range 10_000 {
		seed := seeds[r.IntN(len(seeds))]
		body := []byte(seed.body)
		for range 1 + r.IntN(3) {
			body = mutations[r.IntN(len(mutations))](r, body)
		}
		accept := accepts[r.IntN(len(accepts))]
		w := post(h, "/diagnose?lang="+[]string{"en", "ja", "zh"}[n%3], string(body), "Content-Type", seed.contentType, "Accept", accept)
		statuses[w.Code]++
		switch w.Code {
		case 200, 400, 413, 415, 422:
		default:
			t.Fatalf("%d: status %d to %q", n, w.Code, body)
		}
		if strings.HasSuffix(w.Header().Get("Content-Type"), "json") && !json.Valid(w.Body.Bytes()) {
			t.Fatalf("%d: the answer to %q is no JSON: %s", n, body, w.Body)
		}
	}
	t.Log("answers by status:", statuses)
	if log.Len() > 0 {
		t.Errorf("log:\n%s", &log)
	}
}
