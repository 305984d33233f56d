package payload

import (
	"encoding/json"
	"strings"
)

// incidentReader knows services that keep incidents: Datadog (the webhook's
// standard body and templates with its variables' names), PagerDuty (webhooks v3,
// the older messages, and events of its Events API) and Opsgenie.
//
//	https://docs.datadoghq.com/integrations/webhooks/
//	https://developer.pagerduty.com/docs/webhooks-overview
//	https://support.atlassian.com/opsgenie/docs/opsgenie-edge-connector-alert-action-data/
func incidentReader(m members) reader {
	switch {
	case m.has("alert_transition"), m.has("event_type") && m.any("alert_id", "alert_type"):
		return readDatadog
	case m.object("event").has("event_type"):
		return readPagerDuty
	case m.isList("messages") && isOldPagerDuty(m):
		return func(raw json.RawMessage, at place) ([]Case, *Error) {
			return at.in("messages").each(membersOf(raw)["messages"], readOldPagerDuty)
		}
	case m.has("event_action") && m.any("payload", "dedup_key"):
		return readPagerDutyEvent
	case m.has("action") && m.object("alert") != nil:
		return readOpsgenie
	}
	return nil
}

// isOver reports whether a title says that what it tells of is over.
func isOver(title string) bool {
	title = strings.ToLower(strings.TrimLeft(title, "[(【 ✅"))
	for _, word := range []string{"resolved", "recovered", "ok]", "ok:", "恢复", "已恢复", "復旧", "解決済み"} {
		if strings.HasPrefix(title, word) {
			return true
		}
	}
	return false
}

// readDatadog reads a webhook of Datadog. Its title still has the reason when the
// monitor has recovered.
func readDatadog(raw json.RawMessage, at place) ([]Case, *Error) {
	m := membersOf(raw)
	title, _ := m.first("title", "event_title", "alert_title")
	c := Case{Subject: subjectOfTags(title)}
	if c.Subject.Name == "" {
		tags, _ := m.first("tags", "alert_scope", "scope")
		c.Subject = subjectOfTags(tags)
	}
	transition := strings.ToLower(m.text("alert_transition"))
	switch {
	case strings.Contains(transition, "recovered"), transition == "" && m.text("alert_type") == "success":
		return quiet(c.Subject, Resolved), nil
	case strings.Contains(transition, "no data"):
		c.look(LookedAlert)
		c.lack(NoData)
		return []Case{c}, nil
	case transition == "" && m.text("alert_id") == "" && m.text("alert_type") == "": // the button that tests a webhook fills in nothing
		return quiet(c.Subject, Test), nil
	}
	c.look(LookedAlert)
	for _, name := range []string{"title", "event_title", "alert_title"} {
		c.addTitle(m, at, name)
	}
	for _, name := range []string{"message", "body", "text", "text_only_msg", "event_msg", "alert_status"} {
		c.addMember(m, at, name)
	}
	c.lack(NotResolved)
	return []Case{c}, nil
}

// subjectOfTags returns what the tags in a text are about:
// kube_namespace:shop,pod_name:cart-7d9f.
func subjectOfTags(text string) Subject {
	tags := members{}
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(", {}[]()", r) }) {
		if name, value, ok := strings.Cut(word, ":"); ok && value != "" {
			if raw, err := json.Marshal(value); err == nil {
				tags[name] = raw
			}
		}
	}
	return subjectOfLabels(tags)
}

// readPagerDuty reads a webhook of PagerDuty, version 3. It has nothing of the
// alert but its title.
func readPagerDuty(raw json.RawMessage, at place) ([]Case, *Error) {
	event, in := membersOf(raw).object("event"), at.in("event")
	data := event.object("data")
	switch event.text("event_type") {
	case "pagey.ping":
		return quiet(Subject{}, Test), nil
	case "incident.resolved":
		return quiet(Subject{}, Resolved), nil
	case "incident.triggered", "incident.reopened", "incident.unacknowledged", "incident.escalated", "incident.delegated", "incident.reassigned":
		return readTitle(data, in.in("data"))
	}
	return quiet(Subject{}, Update), nil
}

// readTitle reads an incident of which the title is known.
func readTitle(m members, at place) ([]Case, *Error) {
	title, _ := m.first("title", "summary", "message")
	if isOver(title) || isOneOf(m.text("status"), "resolved") {
		return quiet(Subject{}, Resolved), nil
	}
	var c Case
	c.look(LookedAlert)
	c.addTitle(m, at, "title")
	c.addTitle(m, at, "summary")
	c.addMember(m, at, "description")
	c.addFound(m, at, "body", "custom_details", "details", "trigger_summary_data")
	c.lack(NotResolved)
	return []Case{c}, nil
}

// isOldPagerDuty reports whether a list of messages is of PagerDuty's webhooks
// before version 3.
func isOldPagerDuty(m members) bool {
	list := elementsOf(m["messages"])
	for _, raw := range list {
		if message := membersOf(raw); !message.any("incident", "data") || !message.any("event", "type") {
			return false
		}
	}
	return len(list) > 0
}

func readOldPagerDuty(raw json.RawMessage, at place) ([]Case, *Error) {
	m := membersOf(raw)
	kind, _ := m.first("event", "type")
	incident, in := m.object("incident"), at.in("incident")
	if incident == nil {
		incident, in = m.object("data").object("incident"), at.in("data").in("incident")
	}
	switch strings.TrimPrefix(kind, "incident.") {
	case "resolve":
		return quiet(Subject{}, Resolved), nil
	case "trigger", "unacknowledge", "escalate", "delegate", "assign":
		return readTitle(incident, in)
	}
	return quiet(Subject{}, Update), nil
}

// readPagerDutyEvent reads what is sent to PagerDuty's Events API, version 2.
func readPagerDutyEvent(raw json.RawMessage, at place) ([]Case, *Error) {
	m := membersOf(raw)
	switch m.text("event_action") {
	case "resolve":
		return quiet(Subject{}, Resolved), nil
	case "acknowledge":
		return quiet(Subject{}, Update), nil
	}
	return readTitle(m.object("payload"), at.in("payload"))
}

// readOpsgenie reads a webhook of Opsgenie.
func readOpsgenie(raw json.RawMessage, at place) ([]Case, *Error) {
	m := membersOf(raw)
	alert, in := m.object("alert"), at.in("alert")
	details := alert.object("details")
	c := Case{Subject: subjectOfLabels(details)}
	switch action := m.text("action"); {
	case isOneOf(action, "close", "delete"), isOver(alert.text("message")):
		return quiet(c.Subject, Resolved), nil
	case !isOneOf(action, "create", "escalate", "escalatenext", "updatemessage", "updatedescription", "unacknowledge"):
		return quiet(c.Subject, Update), nil
	}
	c.look(LookedAlert)
	for _, key := range statusLabels {
		c.addStatus(details, in.in("details"), key)
	}
	for _, key := range messageLabels {
		c.addMember(details, in.in("details"), key)
	}
	c.addTitle(alert, in, "message")
	c.addMember(alert, in, "description")
	c.lack(NotResolved)
	return []Case{c}, nil
}
