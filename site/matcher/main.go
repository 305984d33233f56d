//go:build js && wasm

// Command matcher is the explainer of the function for a browser. It is compiled
// to WebAssembly and takes the entries of a book from the page, so that one
// binary serves every book. It defines in JavaScript
//
//	reasonbook.compile([[id, state, explains, refines, patterns, status], ...])
//	reasonbook.diagnose(text) -> {ignored, running, diagnoses: [{subject, matches: [{entry, container, evidence, parameters, alternatives}]}], nearest: [entry, ...]}
//
// where explains, refines and status are lists, a pattern is [text, operations,
// weak], entry is an index into the compiled list, subject is {kind, namespace,
// name, container, workload}, and parameters are pairs of name and value; running says
// that the text is the word Running, which shows no more than itself.
package main

import (
	"syscall/js"

	"github.com/reasonbook/reasonbook/internal/evidence"
	"github.com/reasonbook/reasonbook/internal/reading"
	"github.com/reasonbook/reasonbook/internal/statusword"
)

var explainer *evidence.Explainer

func main() {
	js.Global().Set("reasonbook", map[string]any{
		"compile":  js.FuncOf(func(_ js.Value, args []js.Value) any { return compile(args[0]) }),
		"diagnose": js.FuncOf(func(_ js.Value, args []js.Value) any { return diagnose(args[0].String()) }),
	})
	select {} // the page calls from now on
}

// compile makes the explainer, and returns what is wrong with the patterns, null
// if nothing is.
func compile(list js.Value) any {
	entries := make([]evidence.Entry, list.Length())
	for i := range entries {
		e := list.Index(i)
		entries[i] = evidence.Entry{
			ID: e.Index(0).String(), State: e.Index(1).Bool(),
			Explains: strings(e.Index(2)), Refines: strings(e.Index(3)), Status: strings(e.Index(5)),
		}
		patterns := e.Index(4)
		for n := range patterns.Length() {
			p := patterns.Index(n)
			pattern := evidence.Pattern{Text: p.Index(0).String(), Weak: p.Index(2).Bool()}
			for _, name := range strings(p.Index(1)) {
				operation, _ := reading.OperationOf(name)
				pattern.In |= operation
			}
			entries[i].Patterns = append(entries[i].Patterns, pattern)
		}
	}
	rules, err := evidence.Compile(entries)
	if err != nil {
		return err.Error()
	}
	explainer = evidence.New(rules)
	return nil
}

func strings(v js.Value) []string {
	list := make([]string, v.Length())
	for i := range list {
		list[i] = v.Index(i).String()
	}
	return list
}

// unbounded is the context of work that nobody ends: a page waits for its answer.
type unbounded struct{}

func (unbounded) Err() error { return nil }

// diagnose says of a pasted text what POST /diagnose says of text/plain.
func diagnose(text string) any {
	word := statusword.Of(text)
	diagnoses, nearest := []any{}, []any{}
	healthy := word > statusword.Running
	if word == statusword.Other {
		result, _ := explainer.Text(unbounded{}, text)
		for _, f := range result.Findings {
			diagnoses = append(diagnoses, finding(text, &result, &f))
		}
		healthy = len(diagnoses) == 0 && result.Document.Healthy()
		if len(diagnoses) == 0 && !healthy {
			for _, entry := range explainer.Nearest(text) {
				nearest = append(nearest, entry)
			}
		}
	}
	return map[string]any{"ignored": healthy, "running": word == statusword.Running, "diagnoses": diagnoses, "nearest": nearest}
}

func finding(text string, result *evidence.Result, f *evidence.Finding) any {
	subject := map[string]any{"kind": "", "namespace": "", "name": "", "container": f.Matches[0].Container, "workload": ""}
	if f.Subject >= 0 {
		s := &result.Document.Subjects[f.Subject]
		subject["kind"], subject["namespace"], subject["name"], subject["workload"] = s.Kind, s.Namespace, s.Name, s.Workload
	}
	matches := []any{}
	for _, m := range f.Matches {
		parameters, alternatives := []any{}, []any{}
		for _, p := range m.Parameters {
			parameters = append(parameters, []any{p.Name, p.Value})
		}
		for _, n := range m.Alternatives {
			alternatives = append(alternatives, n)
		}
		matches = append(matches, map[string]any{
			"entry": m.Entry, "container": m.Container, "evidence": text[m.Start:m.End], "parameters": parameters, "alternatives": alternatives,
		})
	}
	return map[string]any{"subject": subject, "matches": matches}
}
