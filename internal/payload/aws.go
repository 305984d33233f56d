package payload

import (
	"encoding/json"
	"strings"

	"github.com/reasonbook/reasonbook/internal/reading"
)

// awsReader knows what AWS tells of tasks of ECS and of alarms of CloudWatch:
// the detail of their events, the list of aws ecs describe-tasks, and the message
// of an alarm over SNS.
//
//	https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html
//	https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
func awsReader(m members) reader {
	switch {
	case m.has("taskArn", "lastStatus"):
		return readTask
	case m.isList("tasks") && len(elementsOf(m["tasks"])) > 0 && membersOf(elementsOf(m["tasks"])[0]).has("taskArn"):
		return func(raw json.RawMessage, at place) ([]Case, *Error) {
			return at.in("tasks").each(membersOf(raw)["tasks"], readTask)
		}
	case m.has("AlarmName", "NewStateValue"):
		return readAlarm
	case m.has("alarmName") && m.object("state").has("value"):
		return readAlarmChange
	}
	return nil
}

// readEventBridge reads an event of Amazon EventBridge.
func readEventBridge(raw json.RawMessage, at place) ([]Case, *Error) {
	m := membersOf(raw)
	detail, in := m.object("detail"), at.in("detail")
	switch {
	case m.text("detail-type") == "Scheduled Event":
		return quiet(Subject{}, NoInstance), nil
	case detail == nil: // a string or a list
		return readInner(m["detail"], in)
	case m.text("source") == "aws.ecs" && detail.text("eventType") == "INFO":
		return quiet(taskSubject(detail), Update), nil
	}
	if cases, err := readItem(m["detail"], in); err == nil || senderOf(detail) != nil {
		return cases, err
	}
	c := Case{Subject: taskSubject(detail)}
	c.look(LookedEvent)
	c.lack(StateUnsaid)
	return []Case{c}, nil
}

// taskSubject returns the subject of what ECS tells: a task, in its cluster.
func taskSubject(m members) Subject {
	last := func(arn string) string { return arn[strings.LastIndexByte(arn, '/')+1:] }
	name := last(m.text("taskArn"))
	if name == "" {
		return Subject{}
	}
	return Subject{Kind: "Task", Namespace: last(m.text("clusterArn")), Name: name}
}

// readTask reads a task of ECS. Why a container ended is in its own reason and
// exit code; the reason of the task is often only that a container did.
func readTask(raw json.RawMessage, at place) ([]Case, *Error) {
	m := membersOf(raw)
	c := Case{Subject: taskSubject(m)}
	stopped, code := m.text("stoppedReason"), m.text("stopCode")
	if m.text("lastStatus") == "STOPPED" && (code == "UserInitiated" || strings.HasPrefix(stopped, "Scaling activity initiated by")) {
		return quiet(c.Subject, StoppedOnRequest), nil
	}
	c.look(LookedTask)
	containers := elementsOf(m["containers"])
	var own instance
	if len(containers) > 0 {
		own.ended = yes
	}
	// What ECS stops gets SIGTERM and SIGKILL: its exit codes tell nothing more.
	ownEnd := code == "" || code == "EssentialContainerExited"
	for i, raw := range containers {
		container, at := membersOf(raw), at.in("containers").at(i)
		name, reason := container.text("name"), container.text("reason")
		before := len(c.Texts)
		c.add(at.in("reason"), reason, reading.MessageRecord("", name))
		if strings.HasPrefix(reason, "OutOfMemoryError") {
			reason = "OOMKilled"
		} else {
			reason = ""
		}
		var exit *int64
		if json.Unmarshal(container["exitCode"], &exit) != nil || exit == nil || *exit != 0 {
			own.ended = no
		}
		if exit != nil && ownEnd {
			c.addExitCode(at.in("exitCode"), reason, *exit, reading.Record{Source: reading.Field, Container: name})
		}
		if len(c.Texts) > before && c.Subject.Container == "" {
			c.Subject.Container = name
		}
		if container.text("healthStatus") == "UNHEALTHY" {
			own.ready = no
		}
	}
	c.add(at.in("stoppedReason"), stopped, reading.MessageRecord("", ""))
	switch m.text("lastStatus") {
	case "RUNNING":
		own.state, own.ended = "Running", unsaid
		if own.ready == unsaid && m.text("healthStatus") == "HEALTHY" {
			own.ready = yes
		}
	case "STOPPED":
		own.state = "Stopped"
	default:
		own.state, own.ended = "Pending", unsaid
	}
	if len(c.Texts) > 0 && own.state == "Running" {
		own.against = append(own.against, Unexplained)
	}
	c.judge(own.missing())
	c.settle()
	return []Case{c}, nil
}

// readAlarm reads an alarm of CloudWatch as SNS delivers it.
func readAlarm(raw json.RawMessage, at place) ([]Case, *Error) {
	m := membersOf(raw)
	return readCloudWatch(m.text("NewStateValue"), func(c *Case) {
		c.addMember(m, at, "NewStateReason")
		c.addMember(m, at, "AlarmDescription")
	})
}

// readAlarmChange reads the detail of an alarm of CloudWatch on EventBridge.
func readAlarmChange(raw json.RawMessage, at place) ([]Case, *Error) {
	m := membersOf(raw)
	state := m.object("state")
	return readCloudWatch(state.text("value"), func(c *Case) {
		c.addMember(state, at.in("state"), "reason")
		c.addMember(m.object("configuration"), at.in("configuration"), "description")
	})
}

// readCloudWatch reads an alarm of CloudWatch in a state.
func readCloudWatch(state string, addTexts func(*Case)) ([]Case, *Error) {
	var c Case
	switch state {
	case "OK":
		return quiet(c.Subject, Resolved), nil
	case "INSUFFICIENT_DATA":
		c.look(LookedAlert)
		c.lack(NoData)
		return []Case{c}, nil
	}
	c.look(LookedAlert)
	addTexts(&c)
	c.lack(NotResolved)
	return []Case{c}, nil
}
