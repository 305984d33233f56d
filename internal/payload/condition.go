package payload

import (
	"slices"
	"strings"

	"github.com/reasonbook/reasonbook/internal/reading"
)

// condition is an item of status.conditions.
type condition struct {
	Type    string `json:"type"`
	Status  string `json:"status"`
	Reason  string `json:"reason"`
	Message string `json:"message"`
	Since   string `json:"lastTransitionTime"`
}

// failing reports whether a condition of an object of a kind reports a problem.
// Most are true of what is well (Ready, Available, Complete); some, and by
// convention all of a Node but Ready, are true of what is not.
func (c condition) failing(kind string) bool {
	switch c.Status {
	case "True":
		return c.negative(kind)
	case "False":
		return !c.negative(kind)
	}
	return c.Status == "Unknown"
}

// negative reports whether a condition is true of what is not well.
func (c condition) negative(kind string) bool {
	if kind == "Node" {
		return c.Type != "Ready"
	}
	for _, end := range []string{"Failure", "Failed", "Error", "Pressure", "Unavailable", "Pending", "Remaining"} {
		if strings.HasSuffix(c.Type, end) {
			return true
		}
	}
	switch c.Type {
	case "DisruptionTarget", "FailureTarget", "Suspended", "Stalled", "Degraded", "Conflicted",
		"ScalingLimited", "Terminating", "NonStructuralSchema":
		return true
	}
	return false
}

// isTrue reports whether one of the conditions is of a type and True.
func isTrue(conditions []condition, name string) bool {
	return slices.ContainsFunc(conditions, func(c condition) bool { return c.Type == name && c.Status == "True" })
}

// addConditions adds what failing conditions say, and reports whether there is
// one. It notes since when the object is as it should be.
func (c *Case) addConditions(kind string, conditions []condition, at place) (failing bool) {
	for i, condition := range conditions {
		c.evidence.newest = max(c.evidence.newest, utc(condition.Since))
		switch condition.Type {
		case "Ready", "Available", "Complete":
			if condition.Type == "Ready" {
				c.Known.Ready = reading.StateOf(condition.Status)
			}
			c.evidence.since = utc(condition.Since)
		case "ContainersReady":
			c.Known.ContainersReady = reading.StateOf(condition.Status)
		}
		c.Known.Rolling = c.Known.Rolling || reading.IsRolling(condition.Type, condition.Status, condition.Reason)
		if condition.failing(kind) {
			failing = true
			c.add(at.at(i).in("reason"), condition.Reason, reading.ConditionRecord(condition.Reason))
			c.add(at.at(i).in("message"), condition.Message, reading.ConditionRecord(condition.Reason))
		}
	}
	return failing
}
