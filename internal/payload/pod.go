package payload

import (
	"github.com/reasonbook/reasonbook/internal/reading"
)

type podStatus struct {
	Phase      string               `json:"phase"`
	Reason     string               `json:"reason"`
	Message    string               `json:"message"`
	Conditions few[condition]       `json:"conditions"`
	Init       few[containerStatus] `json:"initContainerStatuses"`
	Containers few[containerStatus] `json:"containerStatuses"`
	Ephemeral  few[containerStatus] `json:"ephemeralContainerStatuses"`
}

type podSpec struct {
	Containers few[podContainer] `json:"containers"`
	Node       string            `json:"nodeName"`
	Volumes    few[podVolume]    `json:"volumes"`
}

// podContainer is a container as the spec asks for it.
type podContainer struct {
	Name     string    `json:"name"`
	Liveness *struct{} `json:"livenessProbe"`
}

// podVolume is a volume of the spec, as far as it is a claim.
type podVolume struct {
	Claim struct {
		Name string `json:"claimName"`
	} `json:"persistentVolumeClaim"`
}

type containerStatus struct {
	Name      string         `json:"name"`
	Ready     bool           `json:"ready"`
	Restarts  int64          `json:"restartCount"`
	State     containerState `json:"state"`
	LastState containerState `json:"lastState"`
}

type containerState struct {
	Waiting *struct {
		Reason  string `json:"reason"`
		Message string `json:"message"`
	} `json:"waiting"`
	Running *struct {
		StartedAt string `json:"startedAt"`
	} `json:"running"`
	Terminated *terminated `json:"terminated"`
}

type terminated struct {
	Reason   string `json:"reason"`
	Message  string `json:"message"`
	ExitCode int64  `json:"exitCode"`
	Finished string `json:"finishedAt"`
}

// well reports whether a container ended as one that has done its work.
func (t *terminated) well() bool {
	return t.ExitCode == 0 && (t.Reason == "" || t.Reason == "Completed")
}

// readPod reads a Pod: what its status says is wrong, the most telling first,
// and whether it shows that the Pod is healthy.
func (c *Case) readPod(o *object) *Error {
	at := o.place.in("status")
	var s podStatus
	if err := at.decode(o.status(), &s); err != nil {
		return err
	}
	var spec podSpec
	if err := o.place.in("spec").decode(o.spec(), &spec); err != nil {
		return err
	}
	ended := s.Phase == "Succeeded"
	if !ended { // sidecars may end as they like
		for i := range s.Init {
			c.addContainer(&s.Init[i], false, true, at.in("initContainerStatuses").at(i))
		}
	}
	for i := range s.Containers {
		c.evidence.restarted = c.evidence.restarted || s.Containers[i].LastState.Terminated != nil
		c.addContainer(&s.Containers[i], !ended, false, at.in("containerStatuses").at(i))
	}
	for i := range s.Ephemeral {
		c.addContainer(&s.Ephemeral[i], false, false, at.in("ephemeralContainerStatuses").at(i))
	}
	for _, container := range spec.Containers {
		for i := range c.Known.Containers {
			if known := &c.Known.Containers[i]; known.Name == container.Name && !known.Init {
				known.Liveness = container.Liveness != nil
			}
		}
	}
	if o.deleting() {
		if c.add(o.place.in("metadata").in("deletionTimestamp"), *o.Metadata.DeletionTimestamp, reading.StatusRecord(terminating, "")) {
			c.Texts[len(c.Texts)-1].Means = terminating
		}
	}
	c.add(at.in("reason"), s.Reason, reading.StatusRecord(s.Reason, ""))
	c.add(at.in("message"), s.Message, reading.MessageRecord(s.Reason, ""))
	c.Known.Deleting, c.Known.Finished, c.Known.Node = o.deleting(), ended, spec.Node
	for _, v := range spec.Volumes {
		if v.Claim.Name != "" {
			c.Known.Claims = append(c.Known.Claims, v.Claim.Name)
		}
	}
	pod := s.instance(len(spec.Containers))
	pod.deleting = o.deleting()
	if len(c.Texts) > 0 {
		pod.against = append(pod.against, Unexplained)
	}
	if !ended && c.addConditions("Pod", s.Conditions, at.in("conditions")) {
		pod.against = append(pod.against, ConditionFailing)
	}
	c.look(LookedPod)
	c.judge(pod.missing())
	return nil
}

// instance returns what the status of a Pod of so many containers says of its
// health.
func (s *podStatus) instance(containers int) instance {
	var pod instance
	switch s.Phase { // other words are no phases
	case "Pending", "Running", "Succeeded", "Failed", "Unknown":
		pod.state = s.Phase
	}
	if len(s.Containers) > 0 {
		pod.ready, pod.ended = yes, yes
	}
	for _, container := range s.Containers {
		t := container.State.Terminated
		if !container.Ready {
			pod.ready = no
		}
		if t == nil || !t.well() {
			pod.ended = no
		}
		if s.Phase == "Running" && (t != nil || container.State.Waiting != nil) {
			pod.against = append(pod.against, ContainerNotRunning)
		}
	}
	if s.Phase != "Running" {
		return pod
	}
	if len(s.Containers) > 0 && len(s.Containers) < containers {
		pod.against = append(pod.against, ContainerUnsaid)
	}
	for _, container := range s.Init { // those that ended, and sidecars that go on
		t := container.State.Terminated
		if t != nil && t.ExitCode != 0 || t == nil && !container.Ready || container.State.Waiting != nil {
			pod.against = append(pod.against, InitUnfinished)
		}
	}
	return pod
}

// addContainer adds what the status of a container says is wrong. What it says
// of the last run counts only while the container does not run again. That one
// ended well is told of those that should not end.
func (c *Case) addContainer(s *containerStatus, endless, init bool, at place) {
	before := len(c.Texts)
	known := reading.Container{Name: s.Name, Init: init, Ready: reading.No, Restarts: int(s.Restarts)}
	if s.Ready {
		known.Ready = reading.Yes
	}
	if w := s.State.Waiting; w != nil {
		known.State = "waiting"
		c.add(at.in("state").in("waiting").in("reason"), w.Reason, reading.StatusRecord(w.Reason, s.Name))
		c.add(at.in("state").in("waiting").in("message"), w.Message, reading.MessageRecord(w.Reason, s.Name))
	}
	if s.State.Terminated != nil {
		known.State = "terminated"
	}
	if s.State.Running != nil {
		since := utc(s.State.Running.StartedAt)
		known.State, known.RunningSince = "running", timeOf(since)
		c.evidence.newest = max(c.evidence.newest, since)
	}
	c.addTerminated(s.State.Terminated, endless, reading.Field, s.Name, at.in("state").in("terminated"))
	if t := s.LastState.Terminated; t != nil {
		known.EndedAt = timeOf(utc(t.Finished))
		if s.State.Running == nil || !s.Ready && !init {
			c.addTerminated(t, endless, reading.LastState, s.Name, at.in("lastState").in("terminated"))
		}
	}
	c.Known.Containers = append(c.Known.Containers, known)
	if len(c.Texts) > before && c.Subject.Container == "" {
		c.Subject.Container = s.Name
	}
}

func (c *Case) addTerminated(t *terminated, endless bool, source reading.Source, container string, at place) {
	if t == nil {
		return
	}
	c.evidence.newest = max(c.evidence.newest, utc(t.Finished))
	if t.well() && !endless {
		return
	}
	status, message := reading.StatusRecord(t.Reason, container), reading.MessageRecord(t.Reason, container)
	status.Source, message.Source = source, source
	c.add(at.in("reason"), t.Reason, status)
	switch t.Reason {
	case "Error", "OOMKilled", "Completed":
		// What the program left as its termination message, or the end of its log.
		if c.addLog(at.in("message"), t.Message) {
			c.Texts[len(c.Texts)-1].Record.Container = container
		}
	default:
		c.add(at.in("message"), t.Message, message)
	}
	c.addExitCode(at.in("exitCode"), t.Reason, t.ExitCode, reading.Record{Source: source, Container: container})
}
