package coverage_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/kb"
)

// TestCoverage puts every reason and message constant that the lists beside this file hold, in
// the forms in which it is seen, to the whole book: the entry that the list names
// must come first, and where it names none nothing may come.
func TestCoverage(t *testing.T) {
	lists, err := filepath.Glob("*.tsv")
	if err != nil || len(lists) == 0 {
		t.Fatalf("no lists: %v", err)
	}
	for _, list := range lists {
		file, err := os.Open(list)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		lines := bufio.NewScanner(file)
		for number := 1; lines.Scan(); number++ {
			if strings.HasPrefix(lines.Text(), "#") {
				continue
			}
			at := fmt.Sprintf("%s:%d", list, number)
			column := strings.Split(lines.Text(), "\t")
			if len(column) != 7 {
				t.Fatalf("%s: %d columns, want 7", at, len(column))
			}
			seen, reason, message, source, constant, entry, why := column[0], column[1], column[2], column[3], column[4], column[5], column[6]
			if source == "" || constant == "" || (entry == "-") != (why != "") {
				t.Errorf("%s: needs a source, a constant, and either an entry or why there is none", at)
			}
			if _, ok := kb.Book().Find(entry); !ok && entry != "-" {
				t.Errorf("%s: no entry %s", at, entry)
			}
			texts := forms(seen, reason, message)
			if len(texts) == 0 {
				t.Errorf("%s: %q is seen nowhere", at, seen)
			}
			for form, text := range texts {
				found := answer(t, text)
				if entry == "-" && slices.ContainsFunc(found, fails) || entry != "-" && !slices.ContainsFunc(found, func(f []string) bool { return f[0] == entry }) {
					t.Errorf("%s: %s gives %v, want %s first:\n%s", at, form, found, entry, text)
				}
			}
		}
		if err := lines.Err(); err != nil {
			t.Fatal(err)
		}
	}
}

// fails reports whether a finding tells of a failure: these pages say why
// nothing is wrong.
func fails(found []string) bool { return found[0] != "rollout-termination" && found[0] != "completed" }

// answer returns the ids of the entries of each finding of a text.
func answer(t *testing.T, text string) (found [][]string) {
	result, err := kb.Book().Explainer().Text(t.Context(), text)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range result.Findings {
		var of []string
		for _, m := range f.Matches {
			of = append(of, kb.Book().Entries[m.Entry].ID)
		}
		found = append(found, of)
	}
	return found
}

// forms returns the texts in which a reason with its message is seen, by name.
func forms(seen, reason, message string) map[string]string {
	const instance, short = "cart-7d9f8c6b5-x2x8p", "cart-7d9f8c6b5-x2x8p   0/1   %s   0   2m"
	state := func(name, value string) map[string]string {
		texts := map[string]string{"object": object(name, value, reason, message)}
		if message == "" {
			texts["table"] = "NAME                   READY   STATUS   RESTARTS   AGE\n" + fmt.Sprintf(short, reason)
		}
		return texts
	}
	switch kind, value, _ := strings.Cut(seen, " "); kind {
	case "event", "note":
		grade := map[string]string{"event": "Warning", "note": "Normal"}[kind]
		return map[string]string{
			"describe": "Events:\n  Type     Reason     Age   From     Message\n  ----     ------     ----  ----     -------\n  " +
				strings.Join([]string{grade, reason, "2m", "kubelet", message}, "  "),
			"get events": "LAST SEEN   TYPE      REASON      OBJECT      MESSAGE\n" +
				strings.Join([]string{"2m", grade, reason, "pod/" + instance, message}, "   "),
		}
	case "schedule":
		return forms("event", "FailedScheduling", "0/3 nodes are available: 3 "+message+
			". no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.")
	case "prefilter":
		return forms("event", "FailedScheduling", "0/3 nodes are available: "+message+
			". preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.")
	case "waiting", "terminated":
		return state(kind, value)
	case "pod":
		texts := map[string]string{"describe": "Name:             " + instance + "\nNamespace:        shop\nStatus:           Failed\nReason:           " + reason}
		if message == "" {
			texts["table"] = fmt.Sprintf(short, reason)
		} else {
			texts["describe"] += "\nMessage:          " + message
			texts["event"] = forms("event", reason, strings.TrimPrefix(message, "Pod was rejected: "))["describe"]
		}
		return texts
	case "condition":
		name, value, _ := strings.Cut(value, "=")
		return map[string]string{"object": fmt.Sprintf(`{"conditions": [{"type": %q, "status": %q, "reason": %q, "message": %s}]}`, name, value, reason, quoted(message))}
	case "refusal":
		if reason != "" {
			message = reason + ": " + message
		}
		return map[string]string{
			"event":   forms("event", "FailedCreate", "Error creating: "+message)["describe"],
			"kubectl": `Error from server: error when creating "cart.yaml": ` + message,
		}
	case "line": // what a runtime or "docker run" prints itself
		return map[string]string{"log": message}
	case "eviction":
		return map[string]string{"kubectl": `error when evicting pods/"` + instance + `" -n "shop" (will retry after 5s): ` + message}
	}
	return nil
}

// object returns a container's state as "kubectl get pod -o json" shows it.
func object(state, exitCode, reason, message string) string {
	text := `{"containerStatuses": [{"name": "app", "ready": false, "restartCount": 0, "state": {"` + state + `": {"reason": "` + reason + `"`
	if message != "" {
		text += `, "message": ` + quoted(message)
	}
	if exitCode != "" {
		text += `, "exitCode": ` + exitCode
	}
	return text + `}}}]}`
}

func quoted(s string) string {
	text, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return string(text)
}
