package payload

import (
	"encoding/json"
	"strconv"

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
	PodList *[]temPod
}

// readTEM reads the pods of Tencent's TEM.
func readTEM(item []byte) ([]Case, *Error) {
	var answer temAnswer
	if json.Unmarshal(item, &answer) != nil {
		return nil, &Error{UnknownForm, "PodList, PodId, Status, Ready or UnhealthyWarningMsg is not of the type that TEM's API gives it"}
	}
	pods, path := answer.PodList, "PodList"
	if answer.Result != nil && answer.Result.PodList != nil {
		pods, path = answer.Result.PodList, "Result.PodList"
	}
	if r := answer.Response; r != nil && r.Result != nil && r.Result.PodList != nil {
		pods, path = r.Result.PodList, "Response.Result.PodList"
	}
	switch {
	case pods == nil && answer.PodID != "":
		return []Case{answer.temPod.asCase("")}, nil
	case pods == nil:
		return nil, &Error{UnknownForm, "a Tencent Cloud response without Result.PodList"}
	case len(*pods) == 0:
		return nil, &Error{UnknownForm, path + " is empty"}
	}
	var cases []Case
	for i, pod := range *pods {
		cases = append(cases, pod.asCase(path+"["+strconv.Itoa(i)+"]."))
	}
	return cases, nil
}

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
