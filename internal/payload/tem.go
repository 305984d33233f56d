package payload

import (
	"encoding/json"

	"github.com/reasonbook/reasonbook/internal/statusword"
)

// temPod is RunVersionPod of TEM's API, tem/v20210701, as far as it is read.
// Unhealthy may be null and its own documentation contradicts itself, so only
// UnhealthyWarningMsg is trusted.
type temPod struct {
	PodID               string `json:"PodId"`
	Status              string
	Ready               *bool
	UnhealthyWarningMsg string
}

// temAnswer is what DescribeApplicationPods returns, from the whole response
// down to its list, or a single pod.
type temAnswer struct {
	Response *struct {
		Result *temResult
	}
	Result *temResult
	temResult
	temPod
}

type temResult struct {
	PodList json.RawMessage // an array of temPod
}

// readTEM reads the pods of Tencent's TEM.
func readTEM(item []byte) ([]Case, *Error) {
	var answer temAnswer
	if json.Unmarshal(item, &answer) != nil {
		return nil, notTEM
	}
	pods, path := answer.PodList, "PodList"
	if answer.Result != nil && !isNull(answer.Result.PodList) {
		pods, path = answer.Result.PodList, "Result.PodList"
	}
	if r := answer.Response; r != nil && r.Result != nil && !isNull(r.Result.PodList) {
		pods, path = r.Result.PodList, "Response.Result.PodList"
	}
	switch {
	case isNull(pods) && answer.PodID != "":
		return []Case{answer.temPod.asCase("")}, nil
	case isNull(pods):
		return nil, &Error{UnknownForm, "a Tencent Cloud response without Result.PodList"}
	case !isArray(pods):
		return nil, notTEM
	}
	var all caseList
	for i, item := range elements(pods) {
		at := index(path, i)
		var pod temPod
		if json.Unmarshal(item, &pod) != nil {
			all.fault(at, notTEM, 1)
			continue
		}
		all.add(at, pod.asCase(at+"."))
	}
	return all.result(path + " is empty")
}

var notTEM = &Error{UnknownForm, "PodList, PodId, Status, Ready or UnhealthyWarningMsg is not of the type that TEM's API gives it"}

func (p temPod) asCase(prefix string) Case {
	c := Case{Subject: Subject{Kind: "Pod", Name: p.PodID}}
	if !statusword.Healthy(p.Status) {
		c.add(prefix+"Status", p.Status, false)
	}
	c.add(prefix+"UnhealthyWarningMsg", p.UnhealthyWarningMsg, false)
	if len(c.Texts) == 0 {
		c.Ignored = Healthy
	}
	return c
}
