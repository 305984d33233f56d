package payload

import "github.com/reasonbook/reasonbook/internal/reading"

// readConditions reads an object that is not a Pod: what its conditions and
// its status say is wrong, and whether they show that it is healthy.
func (c *Case) readConditions(o *object) *Error {
	at := o.place.in("status")
	c.look(LookedObject)
	var s objectStatus
	if err := at.decode(o.status(), &s); err != nil {
		if !judged[o.Kind] { // its status may be of any type
			c.judge([]Missing{KindUnjudged})
			return nil
		}
		return err
	}
	c.add(at.in("reason"), s.Reason, reading.StatusRecord(s.Reason, ""))
	c.add(at.in("message"), s.Message, reading.MessageRecord(s.Reason, ""))
	var missing []Missing
	if len(c.Texts) > 0 {
		missing = append(missing, Unexplained)
	}
	if s.Phase != "Succeeded" && c.addConditions(o.Kind, s.Conditions, at.in("conditions")) {
		missing = append(missing, ConditionFailing)
	}
	switch o.Kind {
	case "Job":
		if !isTrue(s.Conditions, "Complete") && !isTrue(s.Conditions, "SuccessCriteriaMet") {
			missing = append(missing, JobUnfinished)
		}
	case "Node":
		var spec nodeSpec
		if err := o.place.in("spec").decode(o.spec(), &spec); err != nil {
			return err
		}
		if !isTrue(s.Conditions, "Ready") {
			missing = append(missing, NodeNotReady)
		}
		if spec.Unschedulable {
			missing = append(missing, Cordoned)
		}
	case "PersistentVolumeClaim":
		if s.Phase != "Bound" {
			missing = append(missing, ClaimNotBound)
		}
	case "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet":
		more, err := replicasMissing(o)
		if err != nil {
			return err
		}
		missing = append(missing, more...)
	default:
		missing = append(missing, KindUnjudged)
	}
	if o.deleting() {
		missing = append(missing, Deleting)
	}
	c.judge(missing)
	return nil
}

// judged are the kinds beside Pod whose status can show that they are healthy.
var judged = map[string]bool{
	"Job": true, "Node": true, "PersistentVolumeClaim": true,
	"Deployment": true, "ReplicaSet": true, "StatefulSet": true, "DaemonSet": true,
}

type nodeSpec struct {
	Unschedulable bool `json:"unschedulable"`
}

type workloadSpec struct {
	Replicas *int64 `json:"replicas"`
}

// objectStatus is what the statuses of many kinds have in common.
type objectStatus struct {
	Phase      string         `json:"phase"`
	Reason     string         `json:"reason"`
	Message    string         `json:"message"`
	Conditions few[condition] `json:"conditions"`
}

// replicasMissing returns what the status of a workload lacks: it is healthy
// if all replicas that are wanted, and no others, are ready, available and of
// the newest revision, and the status is not older than the spec. A workload
// that wants none is healthy, too, but for a DaemonSet, which has no nodes then.
func replicasMissing(o *object) ([]Missing, *Error) {
	var spec workloadSpec
	var s struct {
		ObservedGeneration int64  `json:"observedGeneration"`
		Replicas           int64  `json:"replicas"`
		Ready              int64  `json:"readyReplicas"`
		Available          *int64 `json:"availableReplicas"` // not in a StatefulSet before Kubernetes 1.22
		Updated            int64  `json:"updatedReplicas"`
		CurrentRevision    string `json:"currentRevision"`
		UpdateRevision     string `json:"updateRevision"`

		Desired         int64 `json:"desiredNumberScheduled"`
		NumberReady     int64 `json:"numberReady"`
		NumberAvailable int64 `json:"numberAvailable"`
		NumberUpdated   int64 `json:"updatedNumberScheduled"`
	}
	if err := o.place.in("spec").decode(o.spec(), &spec); err != nil {
		return nil, err
	}
	if err := o.place.in("status").decode(o.status(), &s); err != nil {
		return nil, err
	}
	available := s.Ready
	if s.Available != nil || o.Kind == "Deployment" || o.Kind == "ReplicaSet" { // which leave a 0 out
		available = 0
		if s.Available != nil {
			available = *s.Available
		}
	}
	wanted := spec.Replicas
	counts := []int64{s.Replicas, s.Ready, available}
	switch o.Kind {
	case "Deployment":
		counts = append(counts, s.Updated)
	case "DaemonSet":
		wanted = nil
		if s.Desired > 0 {
			wanted = &s.Desired
		}
		counts = []int64{s.NumberReady, s.NumberAvailable, s.NumberUpdated}
	}
	var missing []Missing
	if wanted == nil {
		missing = append(missing, ReplicasUnsaid)
	}
	for _, n := range counts {
		if wanted != nil && n != *wanted || s.CurrentRevision != s.UpdateRevision {
			missing = append(missing, ReplicasMissing)
			break
		}
	}
	if o.Metadata.Generation > s.ObservedGeneration {
		missing = append(missing, StatusOutdated)
	}
	return missing, nil
}
