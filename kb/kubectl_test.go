package kb_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"text/template"
)

// A kubectl is what the kubectl of a release knows; internal/kubectl/makekubectl
// writes it and describes the fields.
type kubectl struct {
	Release   string
	Commands  map[string]map[string]string
	Resources map[string]resource
	Types     map[string]map[string]string
}

type resource struct {
	Kind, Group, Type string
	Names, Verbs      []string
}

var knows = sync.OnceValue(func() kubectl {
	var k kubectl
	source, err := os.ReadFile("../internal/kubectl/kubectl.json")
	if err == nil {
		err = json.Unmarshal(source, &k)
	}
	if err != nil {
		panic(err)
	}
	return k
})

// foreign are resources that controllers bring along.
var foreign = map[string]string{
	"constraints":                       "Gatekeeper (a category)",
	"clusterpolicies":                   "Kyverno",
	"policies":                          "Kyverno",
	"localqueues":                       "Kueue",
	"clusterqueues":                     "Kueue",
	"workloads":                         "Kueue",
	"workload":                          "Kueue",
	"podgroups":                         "Volcano, scheduler-plugins",
	"podgroups.scheduling.volcano.sh":   "Volcano",
	"queues.scheduling.volcano.sh":      "Volcano",
	"nodepool":                          "Karpenter",
	"nodepools":                         "Karpenter",
	"externalsecrets":                   "External Secrets Operator",
	"sealedsecrets":                     "Sealed Secrets",
	"certificates":                      "cert-manager",
	"volumesnapshots":                   "external-snapshotter",
	"ippools.crd.projectcalico.org":     "Calico",
	"ipamblocks.crd.projectcalico.org":  "Calico",
	"imagepolicies.config.openshift.io": "OpenShift",
	"clusterimagepolicies.config.openshift.io": "OpenShift",
}

// owners stands for KIND: what owns the pods of a page.
var owners = []string{"deployments", "statefulsets", "daemonsets", "jobs"}

// selectors are the fields that the API server selects by, besides metadata.name
// and metadata.namespace (pkg/registry and pkg/apis/*/v1/conversion.go).
var selectors = map[string][]string{
	"pods": {"spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "spec.hostNetwork",
		"status.phase", "status.podIP", "status.podIPs", "status.nominatedNodeName"},
	"events": {"involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid", "involvedObject.apiVersion",
		"involvedObject.resourceVersion", "involvedObject.fieldPath", "reason", "reportingComponent", "source", "type"},
	"secrets":    {"type"},
	"namespaces": {"status.phase"},
	"nodes":      {"spec.unschedulable"},
	"jobs":       {"status.successful"},
}

// find returns a resource by any of its names, or nil if it is of a controller.
func find(name string) (plural string, r *resource, err error) {
	if foreign[name] != "" {
		return name, nil, nil
	}
	bare, group, _ := strings.Cut(name, ".")
	for plural, r := range knows().Resources {
		if slices.Contains(r.Names, bare) && (group == "" && !strings.Contains(plural, ".") || group != "" && group == r.Group) {
			return plural, &r, nil
		}
	}
	return "", nil, fmt.Errorf("there is no resource %s", name)
}

// objects is what the arguments of a command name.
type objects struct {
	resources []string // plural names; of controllers, the name that is written
	types     []string // of those that the API has
	names     int
}

// object reads TYPE/NAME..., or TYPE[,TYPE...] [NAME...].
func object(words []string) (objects, error) {
	var o objects
	if len(words) == 0 {
		return o, fmt.Errorf("it names no resource")
	}
	list := strings.Split(words[0], ",")
	o.names = len(words) - 1
	if strings.Contains(words[0], "/") {
		list, o.names = nil, len(words)
		for _, word := range words {
			kind, name, _ := strings.Cut(word, "/")
			if name == "" {
				return o, fmt.Errorf("%s is no TYPE/NAME", word)
			}
			list = append(list, kind)
		}
	}
	for _, name := range list {
		if name == "KIND" {
			for _, plural := range owners {
				o.resources = append(o.resources, plural)
				o.types = append(o.types, knows().Resources[plural].Type)
			}
			continue
		}
		if placeholder.MatchString(name) {
			continue
		}
		plural, r, err := find(name)
		if err != nil {
			return o, err
		}
		o.resources = append(o.resources, plural)
		if r != nil {
			o.types = append(o.types, r.Type)
		}
	}
	return o, nil
}

// can reports the first resource that the API does not let a verb do.
func (o objects) can(verb string) error {
	for _, name := range o.resources {
		if r, ok := knows().Resources[name]; ok && !slices.Contains(r.Verbs, verb) {
			return fmt.Errorf("one cannot %s %s", verb, name)
		}
	}
	return nil
}

// among reports the first resource that is none of those allowed.
func (o objects) among(problem string, allowed ...string) error {
	if slices.Equal(o.resources, owners) { // the page says which kinds
		return nil
	}
	for _, name := range o.resources {
		if !slices.Contains(allowed, name) {
			return fmt.Errorf("%s %s", name, problem)
		}
	}
	return nil
}

// checkKubectl checks the words after kubectl and tells what the command does.
func checkKubectl(words []string) (effect, error) {
	command, rest := "", words
	for len(rest) > 1 && strings.HasPrefix(rest[0], "-") { // before the command stand flags of all commands
		needs, ok := flagOf("")(rest[0])
		if !ok {
			return reads, fmt.Errorf("there is no flag %s before the command", rest[0])
		}
		rest = rest[1:]
		if needs {
			rest = rest[1:]
		}
	}
	namespaced := slices.Contains(words, "-n")
	for len(rest) > 0 && knows().Commands[strings.TrimSpace(command+" "+rest[0])] != nil {
		command, rest = strings.TrimSpace(command+" "+rest[0]), rest[1:]
	}
	verb, below, _ := strings.Cut(command, " ")
	if verb == "" || below == "" && slices.Contains([]string{"rollout", "set", "auth", "top"}, verb) {
		return reads, fmt.Errorf("there is no command kubectl %s", strings.Join(append([]string{command}, rest...), " "))
	}
	args, flags, err := arguments(rest, flagOf(command))
	if err != nil {
		return reads, err
	}
	var inner []string
	if i := slices.Index(args, "--"); i >= 0 {
		args, inner = args[:i], args[i+1:]
	}
	c := call{verb, below, args, inner, flags, namespaced}
	does, err := c.check()
	if err == nil {
		err = c.checkOutput()
	}
	if dry := flags["--dry-run"]; dry == "server" || dry == "client" {
		does = reads
	}
	return does, err
}

// flagOf looks flags of a command up.
func flagOf(command string) func(flag string) (value, ok bool) {
	return func(flag string) (value, ok bool) {
		for _, set := range []string{command, ""} {
			for name, short := range knows().Commands[set] {
				letter := strings.TrimSuffix(short, "=")
				if flag == "--"+name || letter != "" && flag == "-"+letter {
					return letter != short, true
				}
			}
		}
		return false, false
	}
}

// A call is a command of kubectl.
type call struct {
	verb, below string // "rollout", "undo"
	args, inner []string
	flags       map[string]string
	namespaced  bool // whether it names a namespace
}

func (c call) has(flag string) bool { _, ok := c.flags[flag]; return ok }

func (c call) check() (effect, error) {
	switch c.verb {
	case "version", "api-resources":
		return reads, nil
	case "get", "describe", "edit", "delete", "label", "annotate", "patch":
		return c.checkObjects()
	case "apply", "create", "replace":
		if c.below == "" && !c.has("-f") && !c.has("--filename") {
			return reads, fmt.Errorf("-f is missing")
		}
		return changes, nil
	case "scale":
		o, err := object(c.args)
		if err == nil {
			err = o.among("cannot be scaled", "deployments", "statefulsets", "replicasets")
		}
		if !c.has("--replicas") {
			return reads, fmt.Errorf("--replicas is missing")
		}
		return changes, err
	case "rollout":
		o, err := object(c.args)
		if err == nil {
			err = o.among("have no rollout", "deployments", "statefulsets", "daemonsets")
		}
		return map[string]effect{"status": reads, "history": reads, "undo": changes, "restart": changes}[c.below], err
	case "set":
		return c.checkSet()
	case "logs":
		if len(c.args) != 1 && !c.has("-l") {
			return reads, fmt.Errorf("it names no pod")
		}
		return reads, c.podOrOwner()
	case "port-forward":
		return reads, c.podOrOwner()
	case "exec":
		if len(c.args) != 1 || len(c.inner) == 0 {
			return reads, fmt.Errorf("it takes one pod, and a command after --")
		}
		if err := c.podOrOwner(); err != nil {
			return reads, err
		}
		does, err := checkCall(c.inner)
		return max(does, unknown), err
	case "debug", "run":
		return changes, c.checkStart()
	case "top":
		return reads, nil
	case "cordon", "uncordon", "drain":
		if len(c.args) != 1 {
			return reads, fmt.Errorf("it names one node")
		}
		return changes, nil
	case "taint":
		if len(c.args) < 3 || c.args[0] != "node" && c.args[0] != "nodes" || !strings.Contains(c.args[2], ":") {
			return reads, fmt.Errorf("it takes node, its name, and a taint with its effect")
		}
		return changes, nil
	case "explain":
		kind, path, _ := strings.Cut(c.args[0], ".")
		_, r, err := find(kind)
		if err == nil && r != nil {
			_, err = follow(r.Type, strings.Split(path, "."), true)
		}
		return reads, err
	case "auth":
		if c.below != "can-i" || len(c.args) < 2 {
			return reads, fmt.Errorf("it takes can-i, a verb and a resource")
		}
		_, err := object(c.args[1:2])
		return reads, err
	}
	return reads, fmt.Errorf("kubectl %s is not known to this test", c.verb)
}

func (c call) checkObjects() (effect, error) {
	if c.verb == "get" && c.has("--raw") {
		return reads, nil
	}
	if len(c.args) > 0 && (c.verb == "label" || c.verb == "annotate") {
		c.args = slices.DeleteFunc(slices.Clone(c.args), func(s string) bool { return strings.Contains(s, "=") || strings.HasSuffix(s, "-") })
	}
	o, err := object(c.args)
	if err != nil {
		return reads, err
	}
	if !c.namespaced && slices.Equal(o.resources, owners) {
		o = objects{names: o.names} // KIND is no owner, but another one that the page names
	}
	for _, term := range strings.FieldsFunc(c.flags["--field-selector"], func(r rune) bool { return r == ',' }) {
		field, _, _ := strings.Cut(strings.ReplaceAll(term, "!=", "="), "=")
		for _, name := range o.resources {
			if field != "metadata.name" && field != "metadata.namespace" && !slices.Contains(selectors[name], field) {
				return reads, fmt.Errorf("%s cannot be selected by %s", name, field)
			}
		}
	}
	if c.verb == "get" || c.verb == "describe" {
		return reads, o.can("get")
	}
	if o.names == 0 && !c.has("-l") && !c.has("--field-selector") {
		return reads, fmt.Errorf("it names no object")
	}
	verb := "patch"
	if c.verb == "delete" {
		verb = "delete"
	}
	if err := o.can(verb); err != nil || c.verb != "patch" {
		return changes, err
	}
	return changes, checkPatch(o.types, c.flags["--type"], c.flags["-p"])
}

func (c call) checkSet() (effect, error) {
	n := slices.IndexFunc(c.args, func(s string) bool { return strings.Contains(s, "/") }) + 1
	if n != 1 {
		return reads, fmt.Errorf("it names no TYPE/NAME first")
	}
	o, err := object(c.args[:1])
	if err == nil {
		err = o.among("have no template", "pods", "deployments", "statefulsets", "daemonsets", "replicasets", "cronjobs")
	}
	switch {
	case err != nil:
	case c.below == "image" && (len(c.args) != 2 || !strings.Contains(c.args[1], "=")):
		err = fmt.Errorf("it does not say which image")
	case c.below == "serviceaccount" && len(c.args) != 2:
		err = fmt.Errorf("it does not say which account")
	case c.below == "resources" && !c.has("--limits") && !c.has("--requests"):
		err = fmt.Errorf("it sets neither limits nor requests")
	case c.below == "env" && c.has("--list"):
		return reads, nil
	case c.below == "env" && len(c.args) < 2 && !c.has("--from"):
		err = fmt.Errorf("it sets no variable")
	}
	return changes, err
}

// podOrOwner checks a first argument that is a pod, or TYPE/NAME.
func (c call) podOrOwner() error {
	if len(c.args) == 0 || !strings.Contains(c.args[0], "/") {
		return nil
	}
	_, err := object(c.args[:1])
	return err
}

// programs are what images start that have a program of their own.
var programs = map[string]string{"alpine/openssl": "openssl"}

// slow are programs that are not done before a terminal is attached to them: they
// ask for something, or work for long.
var slow = []string{"psql", "mysql", "xfs_repair", "e2fsck", "/usr/bin/loki"}

// waits reports whether what a command prints reaches the terminal: in two of
// three tries with Kubernetes 1.37 what a container printed at once was lost.
func waits(inner []string) bool {
	if len(inner) > 2 && inner[0] == "chroot" {
		inner = inner[2:]
	}
	return len(inner) < 2 || slices.Contains(slow, inner[0]) || strings.HasPrefix(strings.Join(inner, " "), "sh -c sleep ")
}

// checkStart checks commands that start a container.
func (c call) checkStart() error {
	switch node := len(c.args) == 1 && strings.HasPrefix(c.args[0], "node/"); {
	case len(c.args) != 1:
		return fmt.Errorf("it takes one name")
	case c.verb == "run" && !c.has("--image") || node && !c.has("--image"):
		return fmt.Errorf("--image is missing")
	case c.verb == "debug" && !c.has("--image") && !c.has("--copy-to"):
		return fmt.Errorf("it needs --image or --copy-to")
	case c.has("--copy-to") && !c.has("--image") && (!c.has("--container") || len(c.inner) == 0):
		return fmt.Errorf("a copy with the same image needs --container and a command")
	case c.has("-i") && !waits(c.inner):
		return fmt.Errorf("it may print before the terminal is attached: write sh -c 'sleep 5; ...'")
	}
	inner := c.inner
	if program := programs[c.flags["--image"]]; program != "" && !c.has("--command") {
		inner = append([]string{program}, inner...)
	}
	if len(inner) == 0 {
		return nil
	}
	_, err := checkCall(inner)
	return err
}

// checkOutput checks what -o and --sort-by ask for.
func (c call) checkOutput() error {
	var o objects
	if c.verb == "get" && !c.has("--raw") {
		o, _ = object(c.args)
	}
	if by := c.flags["--sort-by"]; by != "" && c.verb == "get" {
		if err := checkPaths(o.types, by); err != nil {
			return err
		}
	}
	form, value, _ := strings.Cut(c.flags["-o"]+c.flags["--output"], "=")
	switch form {
	case "", "wide", "yaml", "json", "name":
		return nil
	case "go-template":
		_, err := template.New("").Funcs(template.FuncMap{"base64decode": func(string) string { return "" }}).Parse(value)
		return err
	case "jsonpath":
		return checkTemplate(o.types, o.names != 1, value)
	case "custom-columns":
		for column := range strings.SplitSeq(value, ",") {
			_, path, _ := strings.Cut(column, ":")
			if err := checkPaths(o.types, path); err != nil {
				return err
			}
		}
		return nil
	}
	return fmt.Errorf("there is no output %s", form)
}
