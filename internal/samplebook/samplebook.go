// Package samplebook makes knowledge bases of any size for tests and
// benchmarks. Their entries have the form, length and structure of real ones
// and pass every check, but say nothing true.
package samplebook

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing/fstest"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/entry"
)

// Popular is the id of a state that a third of the causes stand under.
const Popular = "node-volume-expired"

// FS returns a knowledge base of n entries, at least 3: states, causes under
// one to three states, and logs, 2 : 3 : 1. Every fiftieth had another id
// before. It is the same for the same n.
func FS(n int) fs.FS {
	files := fstest.MapFS{}
	kinds := [6]book.Kind{book.State, book.Cause, book.Log, book.Cause, book.State, book.Cause}
	var states []name
	for i := range n {
		if kinds[i%len(kinds)] == book.State {
			states = append(states, nameOf(i))
		}
	}
	for i := range n {
		e := sample{number: i, name: nameOf(i), kind: kinds[i%len(kinds)], random: rand.New(rand.NewPCG(1, uint64(i)))}
		if e.kind != book.State {
			e.under = e.some(states, 1+i/len(kinds)%3)
			if i%len(kinds) == 1 {
				e.under = append(e.some(states[1:], i/len(kinds)%3), states[0])
			}
		}
		for _, way := range []int{1, 7, n - 7, n - 1} { // both ways
			if other := nameOf((i + n + way) % n); other != e.name && !slices.Contains(e.related, other) {
				e.related = append(e.related, other)
			}
		}
		e.plan()
		files[e.folder()+"/entry.yaml"] = &fstest.MapFile{Data: []byte(e.yaml())}
		for _, l := range book.Languages {
			files[e.folder()+"/"+l.String()+".md"] = &fstest.MapFile{Data: []byte(e.page(l))}
		}
	}
	return files
}

// A name is three words, which no other entry has in this order.
type name [3]int

func nameOf(i int) name {
	return name{i % len(subjects), i / len(subjects) % len(objects), i / len(subjects) / len(objects) % len(failures)}
}

func (n name) words() [3]word { return [3]word{subjects[n[0]], objects[n[1]], failures[n[2]]} }

func (n name) id() string {
	w := n.words()
	return w[0].id + "-" + w[1].id + "-" + w[2].id
}

// reason returns the name as Kubernetes writes reasons: NodeVolumeExpired.
func (n name) reason() string {
	var out strings.Builder
	for _, w := range n.words() {
		out.WriteString(strings.ToUpper(w.id[:1]) + w.id[1:])
	}
	return out.String()
}

// gist says what has happened.
func (n name) gist(l book.Language) string {
	w := n.words()
	return strings.NewReplacer("{0}", w[0].text[l], "{1}", w[1].text[l], "{2}", w[2].text[l]).Replace(gist[l])
}

type sample struct {
	name
	number         int
	kind           book.Kind
	under, related []name
	random         *rand.Rand
	meaning        []int
	steps          []plannedStep
}

// A plannedStep says which sentences and which command a step has, in all
// languages.
type plannedStep struct {
	step    int
	notes   []int
	command string
}

// folder returns the folder of the entry, in one of the stages that fit its kind.
func (e *sample) folder() string {
	stages := book.Stages[:11]
	if e.kind == book.Log {
		stages = book.Stages[11:]
	}
	return string(stages[e.number%len(stages)]) + "/" + e.id()
}

// some returns up to n of a list, none of them the entry itself.
func (e *sample) some(list []name, n int) []name {
	var out []name
	for _, i := range e.random.Perm(len(list)) {
		if len(out) < n && list[i] != e.name {
			out = append(out, list[i])
		}
	}
	return out
}

func (e *sample) plan() {
	e.meaning = e.random.Perm(len(meanings))[:5]
	for i, step := range e.random.Perm(len(steps))[:6] {
		// Two of five commands recur in other entries, as in kb/.
		object, number := e.words()[1].id, 1+e.random.IntN(999)
		if i%5 < 2 {
			object, number = objects[0].id, 10
		}
		e.steps = append(e.steps, plannedStep{step, e.random.Perm(len(notes))[:2], fmt.Sprintf(steps[step].command, object, number)})
	}
}

// pattern returns what the entry is known by, and a text that holds it with
// the values of its holes.
func (e *sample) pattern() (pattern, example, parameters string) {
	w := e.words()
	switch e.kind {
	case book.State:
		return e.reason(), "STATUS: " + e.reason(), ""
	case book.Cause:
		literal := fmt.Sprintf("failed to reconcile the %s of %s", w[1].id, w[0].id)
		value := fmt.Sprintf("%s-%04x", w[1].id, e.random.IntN(1<<16))
		return literal + " {object}: it has " + w[2].id + " {detail...}",
			fmt.Sprintf("Warning  Failed%s  12s (x4 over 61s)  kubelet  %s %s: it has %s after 30 tries", strings.ToUpper(w[1].id[:1])+w[1].id[1:], literal, value, w[2].id),
			"{object: " + value + `, detail: "after 30 tries"}`
	default:
		literal := fmt.Sprintf("io.example.%s.%s%sException:", w[0].id, strings.ToUpper(w[1].id[:1])+w[1].id[1:], strings.ToUpper(w[2].id[:1])+w[2].id[1:])
		return literal + " {message...}",
			"2026-11-23T02:14:09.120Z ERROR [main] " + literal + " giving up after 3 attempts",
			`{message: "giving up after 3 attempts"}`
	}
}

func (e *sample) yaml() string {
	var out strings.Builder
	pattern, example, parameters := e.pattern()
	fmt.Fprintf(&out, "kind: %s\n", e.kind)
	if e.number%50 == 0 {
		fmt.Fprintf(&out, "formerly: [old-%s]\n", e.id())
	}
	if len(e.under) > 0 {
		var ids []string
		for _, state := range e.under {
			ids = append(ids, state.id())
		}
		fmt.Fprintf(&out, "explains: [%s]\n", strings.Join(ids, ", "))
	}
	fmt.Fprintf(&out, "frequency: %s\nheals: %s\nwaiting: %s\n",
		[]book.Frequency{book.Common, book.Occasional, book.Rare}[e.number%3],
		[]book.Heals{book.HealsAlone, book.HealsAfterFix, book.HealsNever}[e.number/3%3],
		[]book.Waiting{book.Safe, book.Harmful}[e.number/2%2])
	fmt.Fprintf(&out, "patterns:\n  - %q\nexamples:\n  - text: %q\n", pattern, example)
	if parameters != "" {
		fmt.Fprintf(&out, "    parameters: %s\n", parameters)
	}
	fmt.Fprintf(&out, "not:\n  - \"no %[1]s\"\n  - \"%[1]s: 0\"\nreferences:\n  - title: \"Kubernetes: Pod lifecycle\"\n    url: https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/\n", e.reason())
	return out.String()
}

func (e *sample) page(l book.Language) string {
	w := e.words()
	fill := strings.NewReplacer("{0}", w[0].text[l], "{1}", w[1].text[l], "{2}", w[2].text[l], "{reason}", e.reason())
	h := entry.Headings[l]
	var out strings.Builder
	sentence := e.gist(l) + [...]string{".", "状態です。", "。"}[l]
	fmt.Fprintf(&out, "# %s%s%s\n\n%s\n\n## %s\n\n%s\n\n", e.reason(), l.Colon(), e.gist(l), sentence, h[entry.MeaningSection], sentence)
	gap := [...]string{" ", "", ""}[l]
	for i, m := range e.meaning {
		out.WriteString(fill.Replace(meanings[m][l]))
		if i%2 == 1 {
			out.WriteString("\n\n")
		} else {
			out.WriteString(gap)
		}
	}
	fmt.Fprintf(&out, "\n\n## %s\n\n```sh read\n%s\n```\n\n%s\n\n## %s\n\n", h[entry.ConfirmSection],
		fmt.Sprintf("kubectl get %s", w[1].id), fill.Replace(notes[e.number%len(notes)][l]), h[entry.StepsSection])
	for i, planned := range e.steps {
		s := steps[planned.step]
		fmt.Fprintf(&out, "%d. %s\n\n", i+1, fill.Replace(s.text[l]))
		command := planned.command
		language := "sh"
		if strings.Contains(command, "\n") {
			language = "yaml"
		} else {
			fmt.Fprintf(&out, "   - TEM: %s\n", s.console[l])
		}
		if language == "sh" {
			fmt.Fprintf(&out, "   - kubectl:\n\n     ```sh read\n     %s\n     ```\n\n", command)
		} else {
			fmt.Fprintf(&out, "   ```yaml\n   %s\n   ```\n\n", strings.ReplaceAll(command, "\n", "\n   "))
		}
		out.WriteString("   ")
		for i, n := range planned.notes {
			if i > 0 {
				out.WriteString(gap)
			}
			out.WriteString(fill.Replace(notes[n][l]))
		}
		out.WriteString("\n\n")
	}
	fmt.Fprintf(&out, "## %s\n\n- %s\n\n## %s\n\n", h[entry.PreventSection], fill.Replace(notes[(e.number+1)%len(notes)][l]), h[entry.RelatedSection])
	for _, other := range e.related {
		fmt.Fprintf(&out, "- [%s](%s)%s%s\n", other.reason(), other.id(), l.Colon(), other.gist(l))
	}
	return spaced(l, out.String())
}

// Where spaces stand beside code, and in Chinese beside Latin letters and digits.
var (
	besideCode  = regexp.MustCompile("([\\p{Han}\\p{Hiragana}\\p{Katakana}ー])([`{])|([`}])([\\p{Han}\\p{Hiragana}\\p{Katakana}])")
	besideLatin = regexp.MustCompile("(\\p{Han})([A-Za-z0-9`{])|([A-Za-z0-9`}])(\\p{Han})")
)

// spaced returns a page with the spaces of its language.
func spaced(l book.Language, page string) string {
	switch l {
	case book.Japanese:
		return besideCode.ReplaceAllString(page, "$1$3 $2$4")
	case book.Chinese:
		page = besideLatin.ReplaceAllString(page, "$1$3 $2$4") // what one match ends with may begin another
		return besideLatin.ReplaceAllString(page, "$1$3 $2$4")
	}
	return page
}
