package kb_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"mvdan.cc/sh/v3/syntax"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/entry"
)

// TestCommands: the commands of a page are the same in all languages, they are
// shell, and each is one that its program knows: kubectl as in kubectl.json, the
// others as in the list of tools. So a program that is misspelt fails, and one
// that is new is looked up in its documentation first.
func TestCommands(t *testing.T) {
	commands := 0
	for _, e := range load(t) {
		english := shellBlocks(e.Pages[book.English])
		for _, l := range book.Languages[1:] {
			if got := shellBlocks(e.Pages[l]); !slices.Equal(got, english) {
				t.Errorf("%s: the commands of %v are %q, in English %q", e.Folder(), l, got, english)
			}
		}
		for _, block := range english {
			info, script, _ := strings.Cut(block, "\n")
			n, faults := checkScript(script, info == "sh change")
			commands += n
			for _, fault := range faults {
				t.Errorf("%s: %s", e.Folder(), fault)
			}
		}
	}
	if commands < 1000 {
		t.Errorf("only %d commands were found", commands)
	}
}

// TestWrongCommands: what is wrong with a command is found.
func TestWrongCommands(t *testing.T) {
	for _, test := range []struct {
		script, want string // part of the fault, "" for none
	}{
		{"kubectl -n {namespace} get pods", ""},
		{"kubectl -n {namespace get pods", ""}, // as a word of the shell it is fine; blanks are lint's
		{"kubectl get pods | grep 'x", "without closing quote"},
		{"kubectl -n {namespace} gte pods", "no command"},
		{"kubectl -n {namespace} rollout redo deployment/NAME", "no command"},
		{"kubectl -n {namespace} get pods --all-namespace", "no flag --all-namespace"},
		{"kubectl -n {namespace} get pods -Z", "no flag -Z"},
		{"kubectl -n {namespace} get pods -l", "needs a value"},
		{"kubectl get pdos", "no resource"},
		{"kubectl get po,deploy,pvc,volumeattachments,csinodes", ""},
		{"kubectl get pods.apps", "no resource"},
		{"kubectl get deployments.apps", ""},
		{"kubectl get nodepools", ""},
		{"kubectl get pods -o custom-column=NAME:.metadata.name", "no output"},
		{"kubectl get pods -o custom-columns=NAME:.metadata.nam", "no field nam"},
		{"kubectl get pods -o custom-columns=CODE:.status.containerStatuses[*].state.terminated.exitCode", "quote"},
		{"kubectl get pods --sort-by=.metadata.creationTimestmap", "no field creationTimestmap"},
		{`kubectl get pod {instance} -o jsonpath='{.spec.nodeNam}{"\n"}'`, "no field nodeNam"},
		{`kubectl get pod {instance} -o jsonpath='{.spec.containers.name}{"\n"}'`, "is a list"},
		{`kubectl get pod {instance} -o jsonpath='{range .spec.containers[*]}{.name}{"\n"}'`, "without {end}"},
		{`kubectl get pod {instance} -o jsonpath='{.spec.nodeName}{"\n"'`, "without }"},
		{`kubectl get pod {instance} -o jsonpath='{.metadata.annotations.example\.com/owner}{"\n"}'`, ""},
		{`kubectl get pod {instance} -o jsonpath='{range .spec.containers[*]}{.image}{range .env[?(@.name=="TZ")]}{.value}{end}{end}'`, ""},
		{`kubectl get pod {instance} -o jsonpath='{.status.conditions[?(@.kind=="Ready")].message}'`, "no field kind"},
		{`kubectl get pods -o jsonpath='{.status.phase}'`, "no field status"},
		{`kubectl get pods -o jsonpath='{.items[*].status.phase}'`, ""},
		{`kubectl get secret NAME -o go-template='{{range .data}}{{.}}{{end'`, "unclosed action"},
		{"kubectl get events --field-selector involvedobject.name={instance}", "cannot be selected"},
		{"kubectl get pods --field-selector spec.nodeName=NODE,status.phase!=Failed", ""},
		{"kubectl get deployments --field-selector status.phase=Failed", "cannot be selected"},
		{"kubectl -n {namespace} get KIND/NAME -o jsonpath='{.spec.template.spec.runtimeClassName}'", ""},
		{"kubectl -n {namespace} get KIND/NAME -o jsonpath='{.spec.template.runtimeClassName}'", "no field runtimeClassName"},
		{"kubectl rollout undo job/NAME", "no rollout"},
		{"kubectl scale daemonset/NAME --replicas=2", "cannot be scaled"},
		{"kubectl set env pod/{instance} --list", "changes nothing"},
		{"kubectl set image deployment/NAME app=IMAGE:TAG", ""},
		{"kubectl set image deployment/NAME", "which image"},
		{"kubectl delete componentstatuses NAME", "cannot delete"},
		{"kubectl debug {instance} -it -- sh", "--image or --copy-to"},
		{"kubectl debug {instance} -it --image=busybox:1.36", ""},
		{"kubectl debug {instance} -it --image=busybox:1.36 -- sh -c 'sleep 5; nslokup HOST'", "no tool nslokup"},
		{"kubectl debug {instance} -it --image=busybox:1.36 -- nslookup HOST", "before the terminal is attached"},
		{"kubectl debug node/NODE -it --image=busybox -- chroot /host dmesg -T", "before the terminal is attached"},
		{"kubectl debug node/NODE -it --image=busybox -- chroot /host e2fsck -f -n /dev/vdb", ""},
		{"kubectl exec {instance} -c app -- sh -c 'ls | wc -L'", "no flag -L"},
		{"kubectl exec {instance} ls", "after --"},
		{"kubectl run x --rm -i --restart=Never -- ls", "--image"},
		{"kubectl run x --rm --restart=Never --image=alpine/openssl -- s_client -conect HOST:443", "no flag -conect"},
		{"kubectl taint node NODE KEY=VALUE", "effect"},
		{"kubectl cordon", "names one node"},
		{"kubectl explain deployment.spec.template.spec.container", "no field container"},
		{`kubectl patch pod NAME -p '{"spec":{"nodename":"x"}}'`, "no field nodename"},
		{`kubectl patch pod NAME -p '{"spec":{"nodeName":"x"}'`, "JSON"},
		{`kubectl patch deployment NAME --type=json -p '[{"op":"remove","path":"/spec/template/spec/containers/0/env"}]'`, ""},
		{`kubectl patch deployment NAME --type=json -p '[{"op":"remove","path":"/spec/containers/0/env"}]'`, "no field containers"},
		{"kubectl top pod {instance} --container", "no flag --container"},
		{"kubectl apply -f FILE --serverside", "no flag --serverside"},
		{"dockr pull IMAGE:TAG", "no tool dockr"},
		{"docker pul IMAGE:TAG", "no tool docker"},
		{"docker run --rmi IMAGE:TAG", "no flag --rmi"},
		{"sudo crictl rmi --purge", "no flag --purge"},
		{"journalctl -u kubelet --since '-15 min' | gerp -i x", "no tool gerp"},
		{"for p in /proc/[0-9]*; do ct $p/status; done", "no tool ct"},
		{`x=$(kubectl get pdo); echo "$x"`, "no resource"},
	} {
		_, faults := checkScript(test.script, true)
		switch {
		case test.want == "" && len(faults) > 0 && faults[0] != onlyReads:
			t.Errorf("%s: %s", test.script, faults)
		case test.want == "changes nothing" && !slices.Contains(faults, onlyReads):
			t.Errorf("%s: %q do not say that it changes nothing", test.script, faults)
		case test.want != "" && test.want != "changes nothing" && !strings.Contains(strings.Join(faults, "\n"), test.want):
			t.Errorf("%s: %q do not say %q", test.script, faults, test.want)
		}
	}
	for script, changes := range map[string]bool{
		"kubectl delete pod NAME": true, "kubectl set env pod/NAME --list": false, "kubectl apply --dry-run=server -f FILE": false,
		"kubectl debug NAME -it --image=busybox:1.36": true, "kubectl logs NAME": false, "systemctl restart kubelet": true, "systemctl status kubelet": false,
	} {
		if _, faults := checkScript(script, false); (len(faults) > 0) != changes {
			t.Errorf("as commands that only look: %s: %q", script, faults)
		}
	}
}

// shellBlocks returns the blocks of commands of a page, their info first.
func shellBlocks(page *entry.Page) []string {
	var blocks []string
	for _, section := range page.Sections {
		for _, block := range section.Code {
			if strings.HasPrefix(block, "sh ") {
				blocks = append(blocks, blank.ReplaceAllString(block, "{$1}"))
			}
		}
	}
	return blocks
}

var blank = regexp.MustCompile(string(book.BlankMark) + "([^" + string(book.ArgumentMark) + "]*)" + string(book.ArgumentMark))

const onlyReads = "a block of `sh change` that changes nothing"

// An effect is what a command does to what it is about.
type effect int

const (
	reads effect = iota
	unknown
	changes
)

// checkScript returns how many commands a script holds and what is wrong with
// them. Whoever only looks must be able to rely on `sh read`.
func checkScript(script string, change bool) (commands int, faults []string) {
	file, err := syntax.NewParser(syntax.Variant(syntax.LangBash)).Parse(strings.NewReader(script), "")
	if err != nil {
		return 0, []string{fmt.Sprintf("%s: %v", script, err)}
	}
	most := reads
	syntax.Walk(file, func(node syntax.Node) bool {
		switch node := node.(type) {
		case *syntax.CallExpr:
			if len(node.Args) == 0 {
				break
			}
			commands++
			words := make([]string, len(node.Args))
			glob := false
			for i, word := range node.Args {
				bare := false
				words[i], bare = text(word)
				glob = glob || bare
			}
			does, err := checkCall(words)
			if err == nil && glob && words[0] == "kubectl" {
				err = fmt.Errorf("quote *, ? and [, which are the shell's")
			}
			if err != nil {
				faults = append(faults, fmt.Sprintf("%s: %v", strings.Join(words, " "), err))
			}
			most = max(most, does)
			if does == changes && !change {
				faults = append(faults, fmt.Sprintf("%s: it changes something, in a block of `sh read`", strings.Join(words, " ")))
			}
		case *syntax.Redirect:
			if node.Op == syntax.RdrOut || node.Op == syntax.AppOut {
				most = max(most, unknown) // a file of the reader
			}
		}
		return true
	})
	if change && most == reads {
		faults = append(faults, onlyReads)
	}
	return commands, faults
}

// text returns a word as its program gets it, an expansion as its source, and
// whether the shell sees a pattern of files in it.
func text(word *syntax.Word) (s string, glob bool) {
	var b strings.Builder
	var add func(parts []syntax.WordPart, quoted bool)
	add = func(parts []syntax.WordPart, quoted bool) {
		for _, part := range parts {
			switch part := part.(type) {
			case *syntax.Lit:
				bare := escaped.ReplaceAllString(part.Value, "$1")
				glob = glob || !quoted && strings.ContainsAny(escaped.ReplaceAllString(part.Value, ""), "*?[")
				b.WriteString(bare)
			case *syntax.SglQuoted:
				b.WriteString(part.Value)
			case *syntax.DblQuoted:
				add(part.Parts, true)
			default:
				b.WriteString("$EXPANSION")
			}
		}
	}
	add(word.Parts, false)
	return b.String(), glob
}

var (
	escaped     = regexp.MustCompile(`\\(.)`)
	placeholder = regexp.MustCompile(`^(\{[a-z_.]+\}|\$EXPANSION|[A-Z][A-Z_]+)$`)
)

// checkCall checks a command and tells what it does.
func checkCall(words []string) (effect, error) {
	switch words[0] {
	case "sudo", "exec":
		return checkCall(words[1:])
	case "xargs":
		if len(words) < 3 || words[1] != "-r" {
			return reads, fmt.Errorf("xargs begins with -r and a command")
		}
		return checkCall(words[2:])
	case "chroot":
		if len(words) < 3 {
			return reads, fmt.Errorf("chroot needs a folder and a command")
		}
		return checkCall(words[2:])
	case "sh":
		if len(words) == 1 {
			return unknown, nil
		}
		if len(words) != 3 || words[1] != "-c" {
			return reads, fmt.Errorf("sh takes -c and a script")
		}
		_, faults := checkScript(words[2], true)
		does := unknown
		if i := slices.Index(faults, onlyReads); i >= 0 {
			does, faults = reads, slices.Delete(faults, i, i+1)
		}
		if len(faults) > 0 {
			return reads, fmt.Errorf("%s", strings.Join(faults, "; "))
		}
		return does, nil
	case "kubectl":
		return checkKubectl(words[1:])
	}
	if placeholder.MatchString(words[0]) { // COMMAND
		return unknown, nil
	}
	for n := min(5, len(words)); n > 0; n-- {
		name := strings.Join(words[:n], " ")
		tool, ok := tools[name]
		if !ok {
			continue
		}
		if name == "docker run" {
			return tool.effect, checkRun(words[n:], tool)
		}
		_, _, err := arguments(words[n:], tool.flag)
		return tool.effect, err
	}
	return reads, fmt.Errorf("no tool %s in the list of tools", words[0])
}

// checkRun checks what stands after docker run: its own flags, an image, and the
// flags of what the image starts.
func checkRun(words []string, tool tool) error {
	image := slices.Index(words, "IMAGE:TAG")
	if image < 0 {
		return fmt.Errorf("write the image as IMAGE:TAG")
	}
	_, flags, err := arguments(words[:image], tool.flag)
	if program := flags["--entrypoint"]; err == nil && program != "" {
		_, err = checkCall(append([]string{program}, words[image+1:]...))
	}
	return err
}

// arguments tells the flags of a command, by their name with hyphens, from what
// else stands there. lookup says whether there is a flag, and whether a value
// follows it. Nothing after -- is a flag; it is left alone, with the --.
func arguments(words []string, lookup func(flag string) (value, ok bool)) (positional []string, flags map[string]string, err error) {
	flags = map[string]string{}
	for i := 0; i < len(words); i++ {
		word := words[i]
		switch {
		case word == "--":
			return append(positional, words[i:]...), flags, nil
		case len(word) < 2 || word[0] != '-':
			positional = append(positional, word)
			continue
		}
		name, value, has := strings.Cut(word, "=")
		needs, ok := lookup(name)
		if !ok && word[1] != '-' { // -it, -k3
			for at := 1; at < len(word); at++ {
				name = "-" + word[at:at+1]
				if needs, ok = lookup(name); !ok {
					return nil, nil, fmt.Errorf("there is no flag %s", word)
				}
				flags[name] = ""
				if needs {
					value = word[at+1:]
					has = value != ""
					break
				}
			}
		}
		switch {
		case !ok:
			return nil, nil, fmt.Errorf("there is no flag %s", name)
		case needs && !has && i+1 == len(words):
			return nil, nil, fmt.Errorf("%s needs a value", name)
		case needs && !has:
			i++
			value = words[i]
		}
		flags[name] = value
	}
	return positional, flags, nil
}
