package payload

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/reasonbook/reasonbook/internal/reading"
)

// alertReader knows the alerts of Prometheus: the webhook of Alertmanager
// (version 4, which VictoriaMetrics, Rancher and others send unchanged), that of
// Grafana, which has the same list with more around it, the lists of the APIs of
// Alertmanager, Prometheus and vmalert, and Grafana's webhook of before version 8.
//
//	https://prometheus.io/docs/alerting/latest/configuration/#webhook_config
//	https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/
func alertReader(m members) reader {
	switch data := m.object("data"); {
	case m.isList("alerts"):
		return readAlertGroup
	case m.has("alerts"):
		return func(_ json.RawMessage, at place) ([]Case, *Error) {
			return nil, at.in("alerts").fault("must be a list")
		}
	case data.isList("alerts"):
		return func(raw json.RawMessage, at place) ([]Case, *Error) {
			return readAlertGroup(membersOf(raw)["data"], at.in("data"))
		}
	case isAlert(m):
		return readAlert
	case m.has("state") && m.any("ruleName", "ruleId", "evalMatches"):
		return readOldGrafana
	}
	return nil
}

// isAlert reports whether an object is a single alert, as the APIs list it.
func isAlert(m members) bool {
	return m.object("labels") != nil && (m.any("startsAt", "activeAt", "fingerprint", "generatorURL") || m.has("annotations"))
}

// readAlertGroup reads a group: each firing alert is about a subject of its own,
// and those about the same one are one case.
func readAlertGroup(raw json.RawMessage, at place) ([]Case, *Error) {
	group := membersOf(raw)
	return at.in("alerts").eachInto(&caseList{places: map[Subject]int{}}, group["alerts"], func(raw json.RawMessage, at place) ([]Case, *Error) {
		m := membersOf(raw)
		if m.object("labels") == nil && m.object("annotations") == nil {
			return nil, at.fault("an alert has labels or annotations")
		}
		// A custom template may leave the state to the group.
		if !m.any("status", "state") && alertIsOver(group) {
			return quiet(subjectOfLabels(m.object("labels")), Resolved), nil
		}
		return readAlert(raw, at)
	})
}

// alertIsOver reports whether an alert, or all of a group, is no longer firing.
func alertIsOver(m members) bool {
	state := m.object("status").text("state") // Alertmanager's API
	for _, word := range []string{m.text("status"), m.text("state"), state} {
		switch strings.ToLower(word) {
		case "resolved", "inactive", "ok", "normal", "expired":
			return true
		}
	}
	return false
}

// readAlert reads one alert.
func readAlert(raw json.RawMessage, at place) ([]Case, *Error) {
	m := membersOf(raw)
	labels, annotations := m.object("labels"), m.object("annotations")
	name, nameKey := labels.first("alertname", "alert_name", "rulename")
	c := Case{Subject: subjectOfLabels(labels)}
	switch {
	case alertIsOver(m):
		return quiet(c.Subject, Resolved), nil
	case isHeartbeat(name):
		return quiet(c.Subject, Heartbeat), nil
	case name == "TestAlert" && (labels.text("instance") == "Grafana" || c.Subject.Name == ""):
		return quiet(c.Subject, Test), nil
	}
	c.look(LookedAlert)
	switch name {
	case "DatasourceNoData", "DatasourceError": // Grafana's own: the rule was not evaluated
		c.lack(NoData)
		return []Case{c}, nil
	}
	at = at.in("labels")
	for _, key := range statusLabels {
		c.addStatus(labels, at, key)
	}
	for _, key := range messageLabels {
		c.addMember(labels, at, key)
	}
	if word := alertMeans(name); word != "" && len(c.Texts) == 0 {
		c.add(at.in(nameKey), name, reading.Record{Source: reading.Field, Container: c.Subject.Container})
		c.Texts[0].Means = word
	}
	c.suspect(name)
	at = at[:len(at)-len("labels")] + "annotations"
	for _, key := range sortedKeys(annotations) {
		text := annotations.text(key)
		if !isAddress(text) && !strings.Contains(text, "[no value]") && !strings.HasPrefix(key, "__") && !containsOneOf(letters(key), adviceNames) {
			c.addMember(annotations, at, key)
		}
	}
	c.lack(NotResolved)
	return []Case{c}, nil
}

// readOldGrafana reads the webhook of Grafana's alerting before version 8.
func readOldGrafana(raw json.RawMessage, at place) ([]Case, *Error) {
	m := membersOf(raw)
	var c Case
	switch strings.ToLower(m.text("state")) {
	case "ok":
		return quiet(c.Subject, Resolved), nil
	case "no_data", "paused", "pending":
		c.look(LookedAlert)
		c.lack(NoData)
		return []Case{c}, nil
	}
	if name := m.text("ruleName"); name == "Test notification" {
		return quiet(c.Subject, Test), nil
	}
	c.look(LookedAlert)
	if matches := elementsOf(m["evalMatches"]); len(matches) > 0 {
		c.Subject = subjectOfLabels(membersOf(matches[0]).object("tags"))
	}
	c.addMember(m, at, "message")
	c.addTitle(m, at, "title")
	if alertMeans(m.text("ruleName")) != "" {
		c.addTitle(m, at, "ruleName")
	}
	c.suspect(m.text("ruleName"))
	c.lack(NotResolved)
	return []Case{c}, nil
}

// statusLabels are labels whose value is a status word: those of
// kube-state-metrics, and what rules make of them. messageLabels hold sentences.
var (
	statusLabels  = []string{"reason", "status_reason", "waiting_reason", "terminated_reason", "last_terminated_reason", "event_reason", "phase"}
	messageLabels = []string{"message", "error", "event_message", "logs", "log"}
)

// adviceNames are parts of names of annotations that say what to do, or what may
// be the case: of this alert they tell nothing.
var adviceNames = []string{"runbook", "playbook", "action", "solution", "remediation", "mitigation", "impact", "doc", "help", "hint", "nextstep", "dashboard", "link", "url"}

// alertNames are parts of names of alerts that say which state they are about, in
// small letters: KubePodCrashLooping, KubernetesContainerOomKiller. The rules of
// these alerts look at the state of that name.
var alertNames = []struct{ part, word string }{
	{"crashloop", "CrashLoopBackOff"}, {"oomkill", "OOMKilled"},
	{"errimagepull", "ErrImagePull"}, {"errimageneverpull", "ErrImageNeverPull"}, {"imagepull", "ImagePullBackOff"},
	{"invalidimagename", "InvalidImageName"}, {"createcontainerconfigerror", "CreateContainerConfigError"},
	{"createcontainererror", "CreateContainerError"}, {"runcontainererror", "RunContainerError"}, {"containercannotrun", "ContainerCannotRun"},
}

// alertMeans returns the status word that the name of an alert stands for.
func alertMeans(name string) string {
	folded := letters(name)
	for _, n := range alertNames {
		if strings.Contains(folded, n.part) {
			return n.word
		}
	}
	return ""
}

// A VagueAlert is a part of the names of alerts, in small letters, and the status
// words of the states that these may be about.
type VagueAlert struct {
	Part   string
	States []string
}

// VagueAlerts are the alerts that tell of one of several states.
var VagueAlerts = []VagueAlert{
	{"podnotready", []string{"Pending", "ContainerCreating", "Readiness probe failed"}},
	{"podnothealthy", []string{"Pending", "ContainerCreating", "Readiness probe failed"}},
	{"podpending", []string{"Pending", "ContainerCreating"}},
	{"containerwaiting", []string{"ImagePullBackOff", "CreateContainerConfigError", "ContainerCreating", "CrashLoopBackOff"}},
	{"podrestart", []string{"CrashLoopBackOff"}}, {"containerrestart", []string{"CrashLoopBackOff"}},
	{"jobfail", []string{"BackoffLimitExceeded"}}, {"rolloutstuck", []string{"ProgressDeadlineExceeded"}},
	{"replicasmismatch", []string{"ProgressDeadlineExceeded"}},
}

// suspect notes the states that an alert of a name may be about.
func (c *Case) suspect(name string) {
	if len(c.Suspects) == 0 {
		c.Suspects = StatesOfAlert(name)
	}
}

// StatesOfAlert returns the status words of the states that an alert may be about
// whose name stands in the first 4 KiB of a text; nil if there is none.
func StatesOfAlert(text string) []string {
	folded := letters(text[:min(len(text), 4<<10)])
	for _, n := range VagueAlerts {
		if strings.Contains(folded, n.Part) {
			return n.States
		}
	}
	return nil
}

// letters returns the letters and digits of s, small.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			return r
		}
		return -1
	}, s)
}

// isHeartbeat reports whether an alert fires always, so that its absence shows
// that alerts no longer get through, or is there for others' sake.
func isHeartbeat(name string) bool {
	folded := letters(name)
	return folded == "watchdog" || folded == "infoinhibitor" || strings.Contains(folded, "deadman") || strings.Contains(folded, "alwaysfiring")
}

// Names of labels in order of trust: with kube-state-metrics scraped without
// honor_labels, those that begin with exported_ are of what it tells of, and the
// others are its own.
var (
	podLabels       = []string{"exported_pod", "pod", "pod_name", "podName", "kubernetes_pod_name", "k8s_pod_name", "PodName"}
	namespaceLabels = []string{"exported_namespace", "namespace", "kube_namespace", "kubernetes_namespace", "k8s_namespace_name", "pod_namespace", "podNamespace", "namespace_name", "Namespace"}
	containerLabels = []string{"exported_container", "container", "container_name", "kube_container_name", "k8s_container_name", "containerName"}
	// workloadLabels name what is no Pod, the most particular first.
	workloadLabels = []struct{ label, kind string }{
		{"job_name", "Job"}, {"kube_job", "Job"}, {"cronjob", "CronJob"}, {"deployment", "Deployment"}, {"statefulset", "StatefulSet"}, {"daemonset", "DaemonSet"},
		{"kube_deployment", "Deployment"}, {"kube_stateful_set", "StatefulSet"}, {"kube_daemon_set", "DaemonSet"},
		{"replicaset", "ReplicaSet"}, {"persistentvolumeclaim", "PersistentVolumeClaim"}, {"persistentvolume", "PersistentVolume"},
		{"horizontalpodautoscaler", "HorizontalPodAutoscaler"}, {"exported_node", "Node"}, {"node", "Node"},
	}
)

// subjectOfLabels returns what the labels of an alert or a metric are about.
func subjectOfLabels(labels members) Subject {
	pod, _ := labels.first(podLabels...)
	namespace, _ := labels.first(namespaceLabels...)
	container, _ := labels.first(containerLabels...)
	if pod != "" {
		return Subject{Kind: "Pod", Namespace: namespace, Name: pod, Container: container}
	}
	for _, w := range workloadLabels {
		if name := labels.text(w.label); name != "" {
			if w.kind == "Node" || w.kind == "PersistentVolume" { // which are in no namespace
				namespace = ""
			}
			return Subject{Kind: w.kind, Namespace: namespace, Name: name}
		}
	}
	return Subject{Namespace: namespace, Container: container}
}

// sortedKeys returns the names of the members, in order.
func sortedKeys(m members) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// isAddress reports whether a text is a web address and nothing else.
func isAddress(s string) bool {
	return strings.Contains(s, "://") && !strings.ContainsAny(s, " \n\t")
}

// elementsOf returns the elements of a short list, nil if the value is none.
func elementsOf(raw json.RawMessage) []json.RawMessage {
	var list few[json.RawMessage]
	if json.Unmarshal(raw, &list) != nil {
		return nil
	}
	return list
}
