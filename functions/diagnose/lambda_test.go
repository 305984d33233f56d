package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// runtimeAPI is AWS's Lambda runtime API, as far as a function uses it: it hands
// out one event after the other and takes the answers.
type runtimeAPI struct {
	events  chan string
	answers chan string
}

func startRuntimeAPI(t testing.TB) (*runtimeAPI, string) {
	api := &runtimeAPI{make(chan string), make(chan string, 1)}
	done := make(chan struct{})
	mux := http.NewServeMux()
	mux.HandleFunc("GET /2018-06-01/runtime/invocation/next", func(w http.ResponseWriter, r *http.Request) {
		select {
		case event := <-api.events:
			w.Header().Set("Lambda-Runtime-Aws-Request-Id", "8476a536-e9f4-11e8-9739-2dfe598c3fcd")
			w.Header().Set("Lambda-Runtime-Deadline-Ms", fmt.Sprint(time.Now().Add(invocation).UnixMilli()))
			w.Header().Set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:123456789012:function:reasonbook")
			io.WriteString(w, event)
		case <-done:
		case <-r.Context().Done():
		}
	})
	take := func(kind string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			api.answers <- kind + string(body)
			w.WriteHeader(http.StatusAccepted)
		}
	}
	mux.HandleFunc("POST /2018-06-01/runtime/invocation/{id}/response", take(""))
	mux.HandleFunc("POST /2018-06-01/runtime/invocation/{id}/error", take("error: "))
	mux.HandleFunc("POST /2018-06-01/runtime/init/error", take("init error: "))
	server := httptest.NewServer(mux)
	t.Cleanup(func() { close(done); server.Close() })
	return api, strings.TrimPrefix(server.URL, "http://")
}

func (api *runtimeAPI) invoke(t testing.TB, event string) string {
	t.Helper()
	select {
	case api.events <- event:
	case <-time.After(10 * time.Second):
		t.Fatal("the function does not ask for events")
	}
	select {
	case answer := <-api.answers:
		return answer
	case <-time.After(invocation):
		t.Fatal("the function does not answer")
		return ""
	}
}

// functionURL returns the event of a Lambda function URL.
func functionURL(method, path, query, body string, encoded bool, headers map[string]string) string {
	return toJSON(map[string]any{
		"version": "2.0", "routeKey": "$default", "rawPath": path, "rawQueryString": query, "headers": headers,
		"requestContext": map[string]any{
			"domainName": "abc.lambda-url.us-east-1.on.aws", "stage": "$default",
			"http": map[string]any{"method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1"},
		},
		"body": body, "isBase64Encoded": encoded,
	})
}

func TestLambda(t *testing.T) {
	api, address := startRuntimeAPI(t)
	start(t, "AWS_LAMBDA_RUNTIME_API="+address, "REASONBOOK_TOKEN=s3cret", "REASONBOOK_SITE_URL=https://book.example.com")
	auth := map[string]string{"content-type": "text/plain", "authorization": "Bearer s3cret"}

	for _, lang := range []string{"ja", "en", "zh"} {
		r := parse(t, api.invoke(t, functionURL("POST", "/diagnose", "lang="+lang, clb, false, auth)))
		language, id, listener := firstMatch(t, r.Body)
		if r.StatusCode != 200 || language != lang || id != "clb-readiness-check-failed" || listener != "lbl-4f2kq0zd" {
			t.Errorf("function URL, %s: %d %s %s %s", lang, r.StatusCode, language, id, listener)
		}
		if r.Headers["Content-Type"] != "application/json" || r.Headers["Content-Language"] != lang || r.IsBase64Encoded == nil || *r.IsBase64Encoded {
			t.Errorf("function URL, %s: headers %v", lang, r.Headers)
		}
		if want := "https://book.example.com/" + lang + "/clb-readiness-check-failed/"; !strings.Contains(r.Body, want) {
			t.Errorf("answer lacks %s", want)
		}
	}

	t.Run("base64", func(t *testing.T) {
		body := base64.StdEncoding.EncodeToString([]byte(`{"reason":"CrashLoopBackOff"}`))
		r := parse(t, api.invoke(t, functionURL("POST", "/diagnose", "", body, true, map[string]string{"content-type": "application/json", "authorization": "Bearer s3cret"})))
		if _, id, _ := firstMatch(t, r.Body); id != "crash-loop-back-off" {
			t.Errorf("first match %s", id)
		}
	})
	t.Run("HTTP API with a stage", func(t *testing.T) {
		event := strings.NewReplacer(`"stage":"$default"`, `"stage":"prod"`, `"rawPath":"/diagnose"`, `"rawPath":"/prod/diagnose"`).
			Replace(functionURL("POST", "/diagnose", "", "Error", false, auth))
		r := parse(t, api.invoke(t, event))
		if _, id, _ := firstMatch(t, r.Body); id != "error" {
			t.Errorf("first match %s", id)
		}
	})
	t.Run("REST API", func(t *testing.T) {
		r := parse(t, api.invoke(t, toJSON(map[string]any{
			"resource": "/{proxy+}", "path": "/diagnose", "httpMethod": "POST",
			"headers":                         map[string]string{"Content-Type": "text/plain", "Authorization": "Bearer s3cret", "Accept-Language": "zh-CN"},
			"multiValueHeaders":               map[string][]string{"Content-Type": {"text/plain"}},
			"queryStringParameters":           nil,
			"multiValueQueryStringParameters": nil,
			"requestContext":                  map[string]any{"stage": "prod", "httpMethod": "POST", "path": "/prod/diagnose"},
			"body":                            clb, "isBase64Encoded": false,
		})))
		language, id, _ := firstMatch(t, r.Body)
		if r.StatusCode != 200 || language != "zh" || id != "clb-readiness-check-failed" {
			t.Errorf("%d %s %s", r.StatusCode, language, id)
		}
	})
	t.Run("load balancer", func(t *testing.T) {
		r := parse(t, api.invoke(t, toJSON(map[string]any{
			"requestContext": map[string]any{"elb": map[string]any{"targetGroupArn": "arn"}},
			"httpMethod":     "POST", "path": "/diagnose",
			"multiValueQueryStringParameters": map[string][]string{"lang": {"ja"}},
			"multiValueHeaders":               map[string][]string{"content-type": {"text/plain"}, "authorization": {"Bearer s3cret"}},
			"body":                            clb, "isBase64Encoded": false,
		})))
		language, _, _ := firstMatch(t, r.Body)
		if r.StatusDescription != "200 OK" || r.MultiValueHeaders["Content-Type"] == nil || language != "ja" {
			t.Errorf("%+v", r)
		}
	})
	t.Run("load balancer with single values", func(t *testing.T) {
		r := parse(t, api.invoke(t, toJSON(map[string]any{
			"requestContext": map[string]any{"elb": map[string]any{"targetGroupArn": "arn"}},
			"httpMethod":     "POST", "path": "/diagnose", "queryStringParameters": map[string]string{"lang": "zh"},
			"headers": map[string]string{"content-type": "text/plain", "authorization": "Bearer s3cret"},
			"body":    base64.StdEncoding.EncodeToString([]byte(clb)), "isBase64Encoded": true,
		})))
		language, _, _ := firstMatch(t, r.Body)
		if r.StatusDescription != "200 OK" || r.Headers["Content-Type"] == "" || r.MultiValueHeaders != nil || language != "zh" {
			t.Errorf("%+v", r)
		}
	})
	t.Run("CloudEvents over HTTP", func(t *testing.T) {
		for name, request := range cloudEvents {
			request.headers["authorization"] = "Bearer s3cret"
			r := parse(t, api.invoke(t, functionURL("POST", "/diagnose", "", request.body, false, request.headers)))
			if _, id, _ := firstMatch(t, r.Body); r.StatusCode != 200 || id != "image-pull-back-off" {
				t.Errorf("%s: %d %s", name, r.StatusCode, id)
			}
		}
	})
	t.Run("direct invocation needs no token", func(t *testing.T) {
		if _, id, _ := firstMatch(t, api.invoke(t, `{"reason":"ImagePullBackOff"}`)); id != "image-pull-back-off" {
			t.Errorf("first match %s", id)
		}
	})
	t.Run("events that carry messages", func(t *testing.T) {
		for name, event := range map[string]any{
			"SNS":         map[string]any{"Records": []any{map[string]any{"EventSource": "aws:sns", "Sns": map[string]any{"Type": "Notification", "Message": pod}}}},
			"SQS":         map[string]any{"Records": []any{map[string]any{"messageId": "m-1", "eventSource": "aws:sqs", "body": pod}, map[string]any{"messageId": "m-2", "eventSource": "aws:sqs", "body": "{}"}}},
			"EventBridge": map[string]any{"version": "0", "detail-type": "x", "source": "y", "detail": json.RawMessage(pod)},
			"CloudEvent":  map[string]any{"specversion": "1.0", "type": "t", "source": "s", "data": json.RawMessage(pod)},
		} {
			answer := api.invoke(t, toJSON(event))
			if _, id, _ := firstMatch(t, answer); id != "image-pull-back-off" {
				t.Errorf("%s: first match %s", name, id)
			}
			if failed := strings.Contains(answer, `"batchItemFailures":[{"itemIdentifier":"m-2"}]`); failed != (name == "SQS") {
				t.Errorf("%s: %.300s", name, answer)
			}
		}
	})
	t.Run("faults", func(t *testing.T) {
		for _, test := range []struct {
			name, event string
			status      int
		}{
			{"no token", functionURL("POST", "/diagnose", "", "Error", false, map[string]string{"content-type": "text/plain"}), 401},
			{"wrong method", functionURL("GET", "/diagnose", "", "", false, nil), 405},
			{"unknown path", functionURL("GET", "/nothing", "", "", false, nil), 404},
			{"odd method", functionURL("A B", "/diagnose", "", "", false, nil), 405},
			{"empty body", functionURL("POST", "/diagnose", "", "", false, auth), 400},
			{"bad base64", functionURL("POST", "/diagnose", "", "!!", true, auth), 400},
			{"HTTP of no known frame", `{"headers":{"x":"y"},"body":"Error"}`, 404},
			{"health", functionURL("GET", "/healthz", "", "", false, nil), 200},
		} {
			if r := parse(t, api.invoke(t, test.event)); r.StatusCode != test.status {
				t.Errorf("%s: %d, want %d: %s", test.name, r.StatusCode, test.status, r.Body)
			}
		}
		for _, event := range []string{`{}`, `null`, `[]`, `"x"`, `{"reason":7}`} {
			if answer := api.invoke(t, event); !strings.Contains(answer, `"status": 422`) {
				t.Errorf("%s: %s", event, answer)
			}
		}
	})
}
