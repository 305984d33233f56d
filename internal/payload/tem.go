package payload

import (
	"encoding/json"

	"github.com/reasonbook/reasonbook/internal/statusword"
)

// temPod is RunVersionPod of TEM's API, tem/v20210701, as far as it is read.
// Unhealthy is null as a rule, and its documentation contradicts itself: true
// with another field that denies it is no proof of anything.
type temPod struct {
	PodID               string `json:"PodId"`
	Status              string `json:"Status"`
	ContainerState      string `json:"ContainerState"`
	Ready               *bool  `json:"Ready"`
	Unhealthy           *bool  `json:"Unhealthy"`
	UnhealthyWarningMsg string `json:"UnhealthyWarningMsg"`
}

type temResult struct {
	PodList json.RawMessage `json:"PodList"`
}

// readTEM reads what DescribeApplicationPods returns, from the whole response
// down to its list, or a single pod.
func readTEM(item json.RawMessage, at place) ([]Case, *Error) {
	var answer struct {
		Response *struct {
			Result *temResult `json:"Result"`
		} `json:"Response"`
		Result  *temResult      `json:"Result"`
		PodList json.RawMessage `json:"PodList"`
		PodID   json.RawMessage `json:"PodId"`
	}
	if err := at.decode(item, &answer); err != nil {
		return nil, err
	}
	switch r := answer.Response; {
	case r != nil && r.Result != nil && !isNull(r.Result.PodList):
		return at.in("Response.Result.PodList").each(r.Result.PodList, readTEMPod)
	case answer.Result != nil && !isNull(answer.Result.PodList):
		return at.in("Result.PodList").each(answer.Result.PodList, readTEMPod)
	case !isNull(answer.PodList):
		return at.in("PodList").each(answer.PodList, readTEMPod)
	case answer.PodID != nil:
		return readTEMPod(item, at)
	}
	return nil, at.fault("a Tencent Cloud response without Result.PodList")
}

func readTEMPod(item json.RawMessage, at place) ([]Case, *Error) {
	var p temPod
	if err := at.decode(item, &p); err != nil {
		return nil, err
	}
	c := Case{Subject: Subject{Kind: "Pod", Name: p.PodID}}
	c.look(LookedTEM)
	if statusword.Of(p.Status) == statusword.Other {
		c.add(at.in("Status"), p.Status, false)
	}
	c.add(at.in("UnhealthyWarningMsg"), p.UnhealthyWarningMsg, false)
	pod := instance{state: p.Status, ready: yes}
	if p.Ready != nil && !*p.Ready {
		pod.ready = no
	}
	if p.Unhealthy != nil && *p.Unhealthy || p.UnhealthyWarningMsg != "" {
		pod.against = append(pod.against, Unhealthy)
	}
	if statusword.Of(p.Status) == statusword.Running && p.ContainerState != "" && p.ContainerState != "running" {
		pod.against = append(pod.against, ContainerNotRunning)
	}
	c.judge(pod.missing())
	c.settle()
	return []Case{c}, nil
}
