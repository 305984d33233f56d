package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestAlertmanager runs the real Alertmanager, configured as docs/senders.md
// says, before the real function: what it posts is answered with the cause, with
// what to run, or with why there is nothing to do, and it posts nothing twice.
func TestAlertmanager(t *testing.T) {
	port := freePort(t)
	start(t, "PORT="+port, "REASONBOOK_TOKEN=s3cret")
	waitFor(t, "http://127.0.0.1:"+port+"/healthz")
	calls := listen(t, "http://127.0.0.1:"+port)

	dir, address := t.TempDir(), "127.0.0.1:"+freePort(t)
	token, config := filepath.Join(dir, "token"), filepath.Join(dir, "alertmanager.yml")
	write(t, token, "s3cret\n")
	write(t, config, documented(t, map[string]string{
		"https://HOST/": calls.url + "/",
		"/etc/alertmanager/reasonbook-token\n": token + `
  - name: unauthorized
    webhook_configs:
      - url: ` + calls.url + "/diagnose\n",
		"send_resolved: false": "send_resolved: true",
		"  receiver: reasonbook\n": `  receiver: reasonbook
  group_by: [alertname]
  group_wait: 0s
  group_interval: 1s
  routes:
    - receiver: unauthorized
      matchers: [alertname = NoToken]
`,
	}))
	var log bytes.Buffer
	cmd := alertmanager(t, "--config.file="+config, "--storage.path="+dir, "--web.listen-address="+address, "--cluster.listen-address=")
	cmd.Stdout, cmd.Stderr = &log, &log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
		if t.Failed() {
			t.Logf("Alertmanager's log:\n%s", &log)
		}
	})
	waitFor(t, "http://"+address+"/-/ready")
	fire := func(alerts ...map[string]any) {
		t.Helper()
		res, err := http.Post("http://"+address+"/api/v2/alerts", "application/json", strings.NewReader(toJSON(alerts)))
		if err != nil || res.StatusCode != 200 {
			t.Fatal(res, err)
		}
		res.Body.Close()
	}
	// alert returns one that has begun long ago.
	alert := func(name, pod, description string) map[string]any {
		return map[string]any{
			"startsAt":    "2026-01-02T03:04:05Z",
			"labels":      map[string]string{"alertname": name, "namespace": "shop", "pod": pod, "severity": "warning"},
			"annotations": map[string]string{"description": description},
		}
	}
	over := alert("ContainerWaits", "cart-3", `cart-3 waits (reason: "CrashLoopBackOff").`)
	fire(
		alert("KubeContainerWaiting", "cart-1", `Container app of cart-1 waits for more than an hour (reason: "ImagePullBackOff").`),
		alert("KubePodNotReady", "cart-2", "Pod shop/cart-2 has been in a non-ready state for longer than 15 minutes."),
		over,
	)
	cause := calls.wait(t, "KubeContainerWaiting firing", 1)
	if _, id, _ := firstMatch(t, cause.answer); cause.status != 200 || id != "image-pull-back-off" || !strings.Contains(cause.answer, `"name": "cart-1"`) {
		t.Errorf("a reason in an annotation: %d %s", cause.status, cause.answer)
	}
	silent := calls.wait(t, "KubePodNotReady firing", 1)
	if silent.status != 200 || !strings.Contains(silent.answer, `"next"`) || !strings.Contains(silent.answer, "cart-2") || !strings.Contains(silent.answer, `"matches": []`) {
		t.Errorf("no reason: %d %s", silent.status, silent.answer)
	}
	calls.wait(t, "ContainerWaits firing", 1)
	over["endsAt"] = "2026-01-02T03:05:05Z"
	fire(over)
	resolved := calls.wait(t, "ContainerWaits resolved", 1)
	if resolved.status != 200 || !strings.Contains(resolved.answer, `"ignored"`) || strings.Contains(resolved.answer, `"id"`) {
		t.Errorf("resolved: %d %s", resolved.status, resolved.answer)
	}
	if sent, failed := notifications(t, address, "total"), notifications(t, address, "failed_total"); sent != 4 || failed != 0 {
		t.Errorf("%v notifications, of which %v failed", sent, failed)
	}

	// What is answered with an error comes again and again; when one has come
	// three times, the others have had their turns too, and did not come again.
	fire(alert("NoToken", "cart-4", `reason: "OOMKilled"`))
	if refused := calls.wait(t, "NoToken firing", 3); refused.status != 401 {
		t.Errorf("without the token: %d %s", refused.status, refused.answer)
	}
	if failed := notifications(t, address, "failed_total"); failed == 0 {
		t.Error("Alertmanager does not count an answer of 401 as a failure")
	}
	for _, group := range []string{"KubeContainerWaiting firing", "KubePodNotReady firing", "ContainerWaits firing", "ContainerWaits resolved"} {
		if n := len(calls.of(group)); n != 1 {
			t.Errorf("%s was sent %d times", group, n)
		}
	}
}

// alertmanager returns the command that starts the program: one that is
// installed, or that of Debian's package, which is unpacked into the user's cache
// and seen under /usr/share by nobody else. Its Go module costs four minutes of
// compiling.
func alertmanager(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	for _, name := range []string{"alertmanager", "prometheus-alertmanager"} {
		if path, err := exec.LookPath(name); err == nil {
			return exec.Command(path, args...)
		}
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	dir := filepath.Join(cache, "reasonbook-alertmanager")
	command := func(args ...string) *exec.Cmd {
		script := `mount --bind "$0/usr/share" /usr/share && exec "$0/usr/bin/prometheus-alertmanager" "$@"`
		return exec.Command("unshare", append([]string{"--map-root-user", "--mount", "sh", "-c", script, dir}, args...)...)
	}
	err = unpackDebian("prometheus-alertmanager", dir)
	if err == nil {
		var out []byte
		if out, err = command("--version").CombinedOutput(); err != nil {
			err = fmt.Errorf("%w\n%s", err, out)
		}
	}
	if err != nil { // no Debian, no network, or namespaces are not allowed
		t.Skipf("Alertmanager is not installed, and Debian's cannot be had: %v", err)
	}
	return command(args...)
}

// unpackDebian unpacks a package of Debian into a folder that does not exist;
// nothing is installed.
func unpackDebian(name, dir string) error {
	if _, err := os.Stat(dir); err == nil {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return err
	}
	half, err := os.MkdirTemp(filepath.Dir(dir), "half-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(half)
	run := func(script string) error {
		cmd := exec.Command("sh", "-c", script, name)
		cmd.Dir = half
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w\n%s", script, err, out)
		}
		return nil
	}
	const download = `apt-get download -q "$0"`
	if run(download) != nil { // the lists may be missing or old
		if err := run("apt-get update -q && " + download); err != nil {
			return err
		}
	}
	if err := run("dpkg-deb -x *.deb unpacked"); err != nil {
		return err
	}
	return os.Rename(filepath.Join(half, "unpacked"), dir)
}

var yamlBlock = regexp.MustCompile("(?s)### Alertmanager\n.*?```yaml\n(.*?)```")

// documented returns the configuration that docs/senders.md has for
// Alertmanager, with what is changed for the test.
func documented(t *testing.T, changes map[string]string) string {
	t.Helper()
	page, err := os.ReadFile("../../docs/senders.md")
	if err != nil {
		t.Fatal(err)
	}
	block := yamlBlock.FindSubmatch(page)
	if block == nil {
		t.Fatal("docs/senders.md has no configuration of Alertmanager")
	}
	text := string(block[1])
	for from, to := range changes {
		if strings.Count(text, from) != 1 {
			t.Fatalf("the configuration does not have %q once:\n%s", from, text)
		}
		text = strings.Replace(text, from, to, 1)
	}
	return text
}

// notifications returns a counter of the webhooks that Alertmanager has sent.
func notifications(t *testing.T, address, counter string) (n float64) {
	t.Helper()
	res, err := http.Get("http://" + address + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, _ := io.ReadAll(res.Body)
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "alertmanager_notifications_"+counter+"{") && strings.Contains(line, `integration="webhook"`) {
			var value float64
			fmt.Sscan(line[strings.LastIndexByte(line, ' '):], &value)
			n += value
		}
	}
	return n
}

// A call is a webhook and its answer.
type call struct {
	group  string // the name of its alerts and their state
	status int
	answer string
}

// A listener passes calls on to the function, and keeps them with their answers.
type listener struct {
	url   string
	calls chan []call // of one element
}

// listen starts one for the test.
func listen(t *testing.T, function string) *listener {
	target, err := url.Parse(function)
	if err != nil {
		t.Fatal(err)
	}
	l := &listener{calls: make(chan []call, 1)}
	l.calls <- nil
	proxy := httputil.NewSingleHostReverseProxy(target)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		var group struct {
			Status      string            `json:"status"`
			GroupLabels map[string]string `json:"groupLabels"`
		}
		json.Unmarshal(body, &group)
		r.Body = io.NopCloser(bytes.NewReader(body))
		answer := httptest.NewRecorder()
		proxy.ServeHTTP(answer, r)
		l.calls <- append(<-l.calls, call{group.GroupLabels["alertname"] + " " + group.Status, answer.Code, answer.Body.String()})
		w.WriteHeader(answer.Code)
		w.Write(answer.Body.Bytes())
	}))
	t.Cleanup(server.Close)
	l.url = server.URL
	return l
}

// of returns the calls for a group.
func (l *listener) of(group string) []call {
	all := <-l.calls
	defer func() { l.calls <- all }()
	return slices.DeleteFunc(slices.Clone(all), func(c call) bool { return c.group != group })
}

// wait waits for the nth call for a group, and returns it.
func (l *listener) wait(t *testing.T, group string, n int) call {
	t.Helper()
	for began := time.Now(); time.Since(began) < invocation; time.Sleep(20 * time.Millisecond) {
		if calls := l.of(group); len(calls) >= n {
			return calls[n-1]
		}
	}
	t.Fatalf("Alertmanager has not sent %s %d times", group, n)
	return call{}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
