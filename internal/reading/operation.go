package reading

import (
	"strings"
	"sync"

	"github.com/reasonbook/reasonbook/internal/phrases"
)

// An Operation is a step in the life of an instance, or what is done to it; a
// set of them where a record's form leaves several open.
type Operation uint32

const (
	Admit     Operation = 1 << iota // the API server takes or refuses an object
	Schedule                        // a node is looked for
	NodeAdmit                       // the kubelet takes or refuses a pod
	Claim                           // a resource claim is prepared
	Provision                       // a volume is made
	Attach                          // a volume is attached to the node
	Mount                           // a volume is mounted
	Network                         // the pod's network is set up
	Sandbox                         // the pod's sandbox is made
	Pull                            // an image is pulled
	Create                          // a container is created
	Start                           // a container is started
	Run                             // the application runs: its log
	Probe
	Hook
	Kill
	Exit    // a container has ended
	Retry   // the kubelet waits before it tries again
	Evict   // a pod is removed from its node
	Rollout // a controller replaces or completes instances
	Node    // a node's own state
	Fetch   // kubectl itself fails to read something
	Resize  // the resources of a running instance are changed
	operations
)

var operationNames = []string{
	"admit", "schedule", "node-admit", "claim", "provision", "attach", "mount", "network", "sandbox",
	"pull", "create", "start", "run", "probe", "hook", "kill", "exit", "retry", "evict", "rollout", "node", "fetch", "resize",
}

// OperationOf returns the operation with a name.
func OperationOf(name string) (Operation, bool) {
	for i, n := range operationNames {
		if n == name {
			return 1 << i, true
		}
	}
	return 0, false
}

// Operations returns the names of all operations.
func Operations() []string { return operationNames }

func (o Operation) String() string {
	var names []string
	for i, name := range operationNames {
		if o&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return strings.Join(names, " or ")
}

// An eventReason is what the reason of an event tells.
type eventReason struct {
	operation Operation
	succeeded Operation
}

// reasons are the reasons of events and conditions: of the kubelet, the
// scheduler, the controllers, and of CSI. Sources: kubernetes
// pkg/kubelet/events/event.go, pkg/scheduler, pkg/controller.
var reasons = map[string]eventReason{
	"FailedCreate": {operation: Admit}, "FailedValidation": {operation: Admit}, "ReplicaFailure": {operation: Admit},

	"FailedScheduling": {operation: Schedule}, "Unschedulable": {operation: Schedule}, "SchedulingGated": {operation: Schedule},
	"NotTriggerScaleUp": {operation: Schedule}, "Scheduled": {operation: Schedule, succeeded: Admit | Schedule},

	"NodeAffinity": {operation: NodeAdmit}, "NodePorts": {operation: NodeAdmit}, "NodeShutdown": {operation: NodeAdmit},
	"UnexpectedAdmissionError": {operation: NodeAdmit}, "SysctlForbidden": {operation: NodeAdmit},
	"TopologyAffinityError": {operation: NodeAdmit}, "PodOSNotSupported": {operation: NodeAdmit},
	"NodeName": {operation: NodeAdmit}, "TaintToleration": {operation: NodeAdmit},

	"ResizeDeferred": {operation: Resize}, "ResizeInfeasible": {operation: Resize}, "ResizeError": {operation: Resize},
	"Deferred": {operation: Resize}, "Infeasible": {operation: Resize},

	"FailedResourceClaimCreation": {operation: Claim}, "FailedPrepareDynamicResources": {operation: Claim},

	"ProvisioningFailed": {operation: Provision}, "FailedBinding": {operation: Provision}, "ExternalProvisioning": {operation: Provision},
	"WaitForFirstConsumer": {operation: Provision}, "WaitForPodScheduled": {operation: Provision}, "VolumeMismatch": {operation: Provision},
	"VolumeResizeFailed": {operation: Provision}, "ProvisioningSucceeded": {operation: Provision, succeeded: Provision},

	"FailedAttachVolume": {operation: Attach}, "SuccessfulAttachVolume": {operation: Attach, succeeded: Provision | Attach},
	"FailedDetachVolume": {operation: Attach},
	"FailedMount":        {operation: Mount}, "FailedMapVolume": {operation: Mount}, "FileSystemResizeFailed": {operation: Mount},
	"SuccessfulMountVolume": {operation: Mount, succeeded: Provision | Attach | Mount},

	"FailedCreatePodSandBox": {operation: Sandbox}, "FailedPodSandBoxStatus": {operation: Sandbox}, "SandboxChanged": {operation: Sandbox},
	"NetworkNotReady": {operation: Network}, "FailedSync": {operation: Retry},
	"AddedInterface": {operation: Network, succeeded: Network},

	"Pulling": {operation: Pull, succeeded: beforePull}, "Pulled": {operation: Pull, succeeded: beforePull | Pull},
	"InspectFailed": {operation: Pull}, "ErrImageNeverPull": {operation: Pull}, "FailedToRetrieveImagePullSecret": {operation: Pull},
	"ErrImagePull": {operation: Pull}, "ImagePullBackOff": {operation: Pull}, "InvalidImageName": {operation: Pull},
	"ImageInspectError": {operation: Pull}, "RegistryUnavailable": {operation: Pull}, "SignatureValidationFailed": {operation: Pull},
	// "Failed" is a pull, a creation or a start; what its message says first tells.
	"Failed":  {operation: Pull | Create | Start},
	"BackOff": {operation: Pull | Retry},

	"Created": {operation: Create, succeeded: beforePull | Pull | Create}, "CreateContainerError": {operation: Create},
	"CreateContainerConfigError": {operation: Create},
	"Started":                    {operation: Start, succeeded: beforePull | Pull | Create | Start}, "RunContainerError": {operation: Start},
	"StartError": {operation: Start}, "ContainerCannotRun": {operation: Start},

	"Unhealthy": {operation: Probe}, "ProbeWarning": {operation: Probe},
	"FailedPostStartHook": {operation: Hook}, "FailedPreStopHook": {operation: Hook}, "PostStartHookError": {operation: Hook},
	"UnfinishedPreStopHook": {operation: Hook},

	"Killing": {operation: Kill}, "Preempted": {operation: Kill}, "FailedKillPod": {operation: Kill}, "ExceededGracePeriod": {operation: Kill},
	"KillContainerError": {operation: Kill}, "KillPodSandboxError": {operation: Kill}, "Preempting": {operation: Kill},

	"CrashLoopBackOff": {operation: Exit | Retry}, "Error": {operation: Exit}, "OOMKilled": {operation: Exit}, "Completed": {operation: Exit},

	"Evicted": {operation: Evict}, "TaintManagerEviction": {operation: Evict}, "DisruptionTarget": {operation: Evict},
	"PreemptionByScheduler": {operation: Evict}, "DeletionByTaintManager": {operation: Evict}, "EvictionByEvictionAPI": {operation: Evict},
	"DeletionByPodGC": {operation: Evict}, "TerminationByKubelet": {operation: Evict},

	"BackoffLimitExceeded": {operation: Rollout}, "DeadlineExceeded": {operation: Rollout | Kill}, "ProgressDeadlineExceeded": {operation: Rollout},
	"MinimumReplicasUnavailable": {operation: Rollout}, "ScalingReplicaSet": {operation: Rollout, succeeded: Rollout},
	"SuccessfulCreate": {operation: Rollout, succeeded: Admit}, "SuccessfulDelete": {operation: Rollout},
	"NewReplicaSetAvailable": {operation: Rollout, succeeded: Rollout}, "MinimumReplicasAvailable": {operation: Rollout, succeeded: Rollout},
	"SuccessfulRescale": {operation: Rollout, succeeded: Rollout}, "UnknownTimeZone": {operation: Rollout},

	"NodeNotReady": {operation: Node}, "EvictionThresholdMet": {operation: Evict, succeeded: Node}, "ContainerGCFailed": {operation: Node},
	"ImageGCFailed": {operation: Node}, "FreeDiskSpaceFailed": {operation: Node}, "SystemOOM": {operation: Node}, "Rebooted": {operation: Node},
	"KubeletSetupFailed": {operation: Node}, "NodeHasDiskPressure": {operation: Node}, "NodeReady": {operation: Node, succeeded: Node},
	// A kubelet that starts says these too: they tell of the pressure alone.
	"NodeHasSufficientMemory": {operation: Node, succeeded: Evict}, "NodeHasNoDiskPressure": {operation: Node, succeeded: Evict},
	"NodeHasSufficientPID": {operation: Node, succeeded: Evict},
}

// reasonOf returns what a reason tells. The kubelet makes one of its reasons of
// the resource that its node lacks: “OutOfcpu”, “OutOfephemeral-storage”.
func reasonOf(reason string) eventReason {
	if lacksResource(reason) {
		return eventReason{operation: NodeAdmit}
	}
	return reasons[reason]
}

// lacksResource reports whether a reason is one of those: “OutOfcpu”,
// “OutOfnvidia.com/gpu”.
func lacksResource(reason string) bool {
	resource, ok := strings.CutPrefix(reason, "OutOf")
	if !ok || resource == "" || resource[0] < 'a' || resource[0] > 'z' {
		return false
	}
	for i := range len(resource) {
		if c := resource[i]; !isLetter(c) && c != '-' && c != '.' && c != '/' && c != '_' {
			return false
		}
	}
	return true
}

// beforePull is the operations that must have succeeded before an image is pulled.
const beforePull = Admit | Schedule | NodeAdmit | Claim | Provision | Attach | Mount | Network | Sandbox

// A head is words of a message that tell which operation failed.
type head struct {
	text      string // in small letters
	operation Operation
}

// heads are looked for to the left of a phrase; the nearest tells.
var heads = []head{
	{"error creating: ", Admit}, {"is forbidden: ", Admit}, {"is invalid: ", Admit}, {"violates podsecurity", Admit},
	{"error when creating ", Admit}, {"admission webhook", Admit}, {"failed calling webhook", Admit}, {"validatingadmissionpolicy", Admit},

	{"nodes are available", Schedule}, {"no nodes available", Schedule}, {"didn't trigger scale-up", Schedule}, {"filter plugin", Schedule},

	{"allocate failed due to ", NodeAdmit}, {"failed to admit pod", NodeAdmit},
	{"predicate node", NodeAdmit}, {"predicate tainttoleration", NodeAdmit}, {"node didn't have enough resource", NodeAdmit}, {"pod was rejected", NodeAdmit},

	{"failed to prepare dynamic resources", Claim},

	{"failed to provision volume", Provision}, {"provisioning failed", Provision},
	{"attachvolume.", Attach}, {"multi-attach", Attach}, {"failed to mark as attached", Attach},
	{"mountvolume.", Mount}, {"unable to attach or mount volumes", Mount | Attach}, {"unable to mount volumes", Mount}, {"mountdevice", Mount},
	{"nodestagevolume", Mount}, {"nodepublishvolume", Mount}, {"mapvolume", Mount},
	// The kubelet's volume manager and the drivers, in their own logs.
	{"couldn't get configmap ", Mount}, {"couldn't get secret ", Mount}, {"kubernetes.io/csi: mounter", Mount}, {"error processing volume", Mount},
	{"could not attach volume", Attach}, {"controllerpublishvolume", Attach},

	{"failed to setup network", Network}, {"error registering network", Network}, {"network not ready", Network}, {"networkplugin", Network},
	{"failed to destroy network", Network}, {"teardown pod", Network}, {"plugin type=", Network},
	{"error adding network", Network}, {"error while adding to cni network", Network}, {"error deleting network", Network},
	{"failed to create pod sandbox", Sandbox}, {"failed create pod sandbox", Sandbox}, {"failed to start sandbox", Sandbox}, {"runpodsandbox", Sandbox},
	{"createpodsandbox", Sandbox}, {"failed to create sandbox", Sandbox}, {"sandbox image", Sandbox | Pull},

	{"failed to pull image", Pull}, {"failed pulling image", Pull}, {"pullimage", Pull}, {"back-off pulling image", Pull}, {"errimagepull", Pull},
	{"imagepullbackoff", Pull}, {"registryunavailable", Pull}, {"signaturevalidationfailed", Pull}, {"image pull failed for", Pull},
	{"failed to pull and unpack image", Pull}, {"failed to extract layer", Pull}, {"failed to register layer", Pull}, {"error pulling image", Pull},
	{"unable to retrieve some image pull secrets", Pull}, {"unable to retrieve pull secret", Pull}, {"failed to resolve reference", Pull},
	{"failed to inspect image", Pull}, {"unable to pull image", Pull}, {"error unpacking image", Pull}, {"failed to resolve image", Pull},
	{"pull image err", Pull}, {"pulling image", Pull}, {"invalidimagename", Pull}, {"failed to apply default image tag", Pull},
	{"couldn't parse image reference", Pull}, {"errimageneverpull", Pull}, {"pull access denied", Pull}, {"imageinspecterror", Pull},
	{"pinging container registry", Pull}, {"unable to ping registry", Pull}, {"httpreadseeker", Pull}, {"trying and failing to pull", Pull},
	{"failed to do request", Pull}, {"failed to authorize", Pull}, {"error response from daemon: get ", Pull}, {"error response from daemon: head ", Pull},
	{"download failed after attempts", Pull}, {"reading manifest ", Pull}, {"copying system image", Pull}, {"initializing source docker", Pull},
	{"cannotpullcontainer", Pull}, {"/v2/\": ", Pull}, {"/v2/: ", Pull},
	{"拉取镜像", Pull}, {"镜像拉取", Pull}, {"イメージのプル", Pull}, {"イメージの取得", Pull},

	{"failed to create containerd container", Create}, {"createcontainererror", Create}, {"createcontainerconfigerror", Create},
	{"failed to prepare subpath", Create}, {"error reserving ctr name", Create}, {"failed to generate container", Create},
	{"failed to create container ", Create}, {"createcontainer in sandbox", Create}, {"failed to reserve container name", Create},
	{"container has runasnonroot", Create}, {"createcontainer ", Create}, {"container create failed", Create | Start},

	{"failed to start container", Start}, {"failed to create containerd task", Start | Sandbox}, {"oci runtime create failed", Start | Sandbox},
	{"runcontainererror", Start}, {"starterror", Start}, {"containercannotrun", Start}, {"exec container process", Start},
	{"nvidia-container-cli", Start}, {"unable to start container process", Start | Sandbox}, {"failed to create shim", Start | Sandbox},
	{"failed to create task for container", Start | Sandbox}, {"starting container process caused", Start}, {"startcontainer ", Start},
	{"oci runtime error", Start}, {"start returned error", Start}, {"containerd: start container", Start}, {"cannot start container", Start},
	{"cannot start service ", Start}, {"could not synchronise with container process", Start}, {"container init caused", Start},
	{"error during container init", Start | Sandbox}, {"runc create failed", Start | Sandbox}, {"failed to start containerd task", Start | Sandbox},

	{"readiness probe", Probe}, {"liveness probe", Probe}, {"startup probe", Probe}, {"readiness check failed", Probe}, {"health check failed", Probe},
	{"probe errored", Probe}, {"probe failed", Probe}, {"就绪检查", Probe}, {"存活检查", Probe},
	{"lifecycle hook", Hook}, {"poststarthook", Hook}, {"failedpoststarthook", Hook}, {"failedprestophook", Hook}, {"prestop", Hook},
	{"poststart", Hook}, {"error killing pod", Kill}, {"killcontainererror", Kill}, {"need to kill pod", Kill}, {"stopping container", Kill},
	{"will be restarted", Kill},

	{"back-off restarting", Endless}, {"crashloopbackoff", Endless}, {"keeps restarting", Endless}, {"keeps crashing", Endless},
	{"crash loop", Endless}, {"crashlooping", Endless}, {"restart loop", Endless}, {"crash-loop", Endless}, {"一直重启", Endless}, {"不断重启", Endless}, {"反复重启", Endless},
	{"无限重启", Endless}, {"循环重启", Endless}, {"再起動を繰り返", Endless}, {"再起動し続け", Endless}, {"再起動ループ", Endless},
	{"cannot evict", Evict}, {"evicting pod", Evict}, {"node was low on resource", Evict}, {"node had condition", Evict},
	{"timed out progressing", Rollout}, {"minimum availability", Rollout},
	{"unable to retrieve container logs", Fetch}, {"is waiting to start", Fetch},
	{"error from server (notfound)", Fetch},
}

// Endless is what ends again and again: it fails as it starts or while it runs.
const Endless = Start | Run | Exit | Retry

// Heads finds the operations of the places of a record. It remembers the heads of
// the stretch that it looked at last.
type Heads struct {
	record     *Record
	start, end int // of the stretch
	found      []foundHead
}

type foundHead struct {
	start, end int
	operation  Operation
}

// headReach is how far to the left of a phrase its head is looked for, in bytes.
const headReach = 4096

// OperationAt returns the operation in which a phrase at text[start:end] of a
// record stands: that of the nearest head to the left of its end, within the
// record, else that of the record's form. outer is those of the other heads
// before it.
func (h *Heads) OperationAt(d *Document, r *Record, start, end int) (inner, outer Operation) {
	low := max(r.Start, start-headReach)
	if h.record != r || low < h.start || end > h.end {
		h.look(d, r, low, max(end, min(r.End, start+headReach)))
	}
	at := -1
	for _, f := range h.found {
		if f.start < low || f.start > start && f.end > end {
			continue
		}
		if f.start > at {
			outer |= inner
			at, inner = f.start, f.operation
		} else {
			outer |= f.operation
		}
	}
	if at < 0 {
		// A phrase about an exit tells its operation itself.
		if text := d.Text[start:end]; r.Operation == 0 && (strings.Contains(text, "xit") || strings.Contains(text, "退出码") || strings.Contains(text, "退出状态码") || strings.Contains(text, "終了コード")) {
			return Exit, 0
		}
		// The kubelet says “Failed to pull image” of a pull; “Error: ” begins what a
		// creation or a start gave.
		if r.Reason == "Failed" && r.Operation&Pull != 0 && strings.Contains(d.Text[r.Start:start], "Error: ") {
			return r.Operation &^ Pull, 0
		}
		return r.Operation, 0
	}
	// A head that is used in several operations means that of what stands around it.
	if around := inner & (r.Operation | outer); around != 0 && inner&(inner-1) != 0 {
		inner = around
	}
	// An event of one kind is about that, whatever its message quotes; and what a
	// probe or hook starts belongs to that.
	switch r.Operation {
	case Probe, Hook, Resize:
		return r.Operation, inner | outer
	}
	if run := (inner | outer) & (Probe | Hook); run != 0 && inner&^(Create|Start|Sandbox|Probe|Hook) == 0 {
		return run, inner | outer
	}
	return inner, outer | r.Operation
}

// look finds the heads in a stretch of a record.
func (h *Heads) look(d *Document, r *Record, start, end int) {
	h.record, h.start, h.end, h.found = r, start, end, h.found[:0]
	headSet().Scan(d.Text[start:end], func(f phrases.Found) bool {
		h.found = append(h.found, foundHead{start + f.Start, start + f.End, heads[f.List].operation})
		return true
	})
}

// headSet has a list for each head.
var headSet = sync.OnceValue(func() *phrases.Set {
	lists := make([][]string, len(heads))
	for i, h := range heads {
		lists[i] = []string{h.text}
	}
	return phrases.New(lists...)
})
