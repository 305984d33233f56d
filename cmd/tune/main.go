package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/reasonbook/reasonbook/internal/evidence"
	"github.com/reasonbook/reasonbook/internal/reading"
)

type pat struct {
	Text string
	In   []string
	Weak bool
}

func (p *pat) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode {
		p.Text = n.Value
		return nil
	}
	type raw pat
	return n.Decode((*raw)(p))
}

type ent struct {
	Kind                  string
	Explains, Refines, In []string
	Patterns              []pat
	Status                []string
}

func main() {
	stateKinds := map[string]string{}
	tax, _ := os.ReadFile("../../shared/taxonomy.tsv")
	for _, line := range strings.Split(string(tax), "\n") {
		f := strings.Split(line, "\t")
		if len(f) > 3 {
			stateKinds[f[0]] = f[1]
		}
	}
	book := map[string]*ent{}
	load := func(path string, single string) {
		data, err := os.ReadFile(path)
		if err != nil {
			panic(err)
		}
		if single != "" {
			var e ent
			if err := yaml.Unmarshal(data, &e); err != nil {
				panic(path + err.Error())
			}
			book[single] = &e
			return
		}
		if err := yaml.Unmarshal(data, &book); err != nil {
			panic(err)
		}
	}
	files, _ := filepath.Glob("kb/*/*/entry.yaml")
	for _, f := range files {
		load(f, filepath.Base(filepath.Dir(f)))
	}
	if os.Getenv("DRAFT") == "1" {
		load("/work/notes/patterns.yaml", "")
	}
	var entries []evidence.Entry
	var ids []string
	for id := range book {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	ops := func(names []string) (o reading.Operation) {
		for _, n := range names {
			op, ok := reading.OperationOf(n)
			if !ok {
				panic(n)
			}
			o |= op
		}
		return o
	}
	for _, id := range ids {
		e := book[id]
		x := evidence.Entry{ID: id, State: stateKinds[id] == "state", Explains: e.Explains, Refines: e.Refines, Status: e.Status}
		for _, p := range e.Patterns {
			in := p.In
			if in == nil {
				in = e.In
			}
			x.Patterns = append(x.Patterns, evidence.Pattern{Text: p.Text, In: ops(in), Weak: p.Weak})
		}
		entries = append(entries, x)
	}
	rules, err := evidence.Compile(entries)
	if err != nil {
		panic(err)
	}
	x := evidence.New(rules)
	ask := func(text string) [][]string {
		result, err := x.Text(context.Background(), text)
		if err != nil {
			panic(err)
		}
		var lists [][]string
		for _, f := range result.Findings {
			var l []string
			for _, m := range f.Matches {
				l = append(l, ids[m.Entry])
			}
			lists = append(lists, l)
		}
		return lists
	}
	if len(os.Args) > 2 && os.Args[1] == "-t" {
		text, _ := os.ReadFile(os.Args[2])
		x.Dump(string(text))
		fmt.Println(ask(string(text)))
		return
	}
	only := ""
	if len(os.Args) > 1 {
		only = os.Args[1]
	}
	if only == "" || only == "captures" {
		captures(ask, func(id string) bool { return book[id] != nil }, func(id string) bool { return stateKinds[id] == "state" }, "")
	}
	type tcase struct {
		Text, Expect string
		Accept, Also []string
	}
	paths, _ := filepath.Glob("../../shared/corpus/dev-*.jsonl")
	for _, path := range paths {
		name := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(path), "dev-"), ".jsonl")
		if only != "" && !strings.Contains(name, strings.Split(only, ":")[0]) {
			continue
		}
		f, _ := os.Open(path)
		sc := bufio.NewScanner(f)
		sc.Buffer(nil, 1<<24)
		counts := map[string]int{}
		n := 0
		for sc.Scan() {
			n++
			var c tcase
			json.Unmarshal(sc.Bytes(), &c)
			if strings.Contains(only, ":") {
				if only != fmt.Sprintf("%s:%d", name, n) {
					continue
				}
				fmt.Println(c.Text)
				x.Dump(c.Text)
				fmt.Println("want", c.Expect, c.Accept, c.Also, "got", ask(c.Text))
				continue
			}
			lists := ask(c.Text)
			var every, firsts []string
			for _, l := range lists {
				firsts = append(firsts, l[0])
				every = append(every, l...)
			}
			good := append([]string{c.Expect}, c.Accept...)
			exists := false
			right := false
			for _, g := range good {
				exists = exists || book[g] != nil
				right = right || slices.Contains(firsts, g)
			}
			subset := true
			for _, e := range every {
				subset = subset && slices.Contains(c.Accept, e)
			}
			allStates := true
			for _, e := range firsts {
				allStates = allStates && stateKinds[e] == "state"
			}
			verdict := "wrong"
			switch {
			case c.Expect == "none":
				verdict = "alarm"
				if subset {
					verdict = "quiet"
				}
			case right:
				verdict = "right"
				ok := true
				for _, s := range c.Also {
					if book[s] != nil && !slices.Contains(every, s) {
						ok = false
					}
				}
				if ok {
					counts["states"]++
				} else {
					fmt.Printf("  nostate %s:%d also %v got %v\n", name, n, c.Also, lists)
				}
			case len(every) == 0 && exists:
				verdict = "silent"
			case len(every) == 0:
				verdict = "missing"
			case !exists && allStates:
				verdict = "missing"
			case stateKinds[firsts[0]] == "state" && slices.Contains(c.Also, firsts[0]):
				verdict = "state"
			}
			counts[verdict]++
			if verdict != "right" && verdict != "quiet" && verdict != "missing" {
				fmt.Printf("  %s %s:%d want %v got %v\n", verdict, name, n, good, lists)
			}
		}
		fmt.Println(name, counts)
	}
}

func init() {
	captures = func(ask func(string) [][]string, book func(string) bool, state func(string) bool, verbose string) {
		data, _ := os.ReadFile("../../shared/captures/index.tsv")
		lines := strings.Split(strings.TrimSpace(string(data)), "\n")
		head := strings.Split(lines[0], "\t")
		counts := map[string]int{}
		for _, line := range lines[1:] {
			f := strings.Split(line, "\t")
			row := map[string]string{}
			for i, h := range head {
				if i < len(f) {
					row[h] = f[i]
				}
			}
			root := strings.Fields(strings.ReplaceAll(row["root"], "new:", ""))
			also := strings.Fields(strings.ReplaceAll(row["also"], "new:", ""))
			never := strings.Fields(strings.ReplaceAll(row["must_not"], "new:", ""))
			healthy := slices.Contains(root, "none")
			exists := healthy
			for _, r := range root {
				exists = exists || book(r)
			}
			at := "../../shared/captures/" + row["scenario"] + "/"
			_, e1 := os.Stat(at + "log.txt")
			_, e2 := os.Stat(at + "previous.txt")
			hasLog := e1 == nil || e2 == nil
			hides := strings.Fields(row["hides"])
			for _, form := range [][2]string{{"describe", "describe"}, {"get", "table"}, {"wide", "table"}, {"events", "events"}} {
				text, err := os.ReadFile(at + form[0] + ".txt")
				if err != nil || healthy && slices.Contains(hides, form[1]) {
					continue
				}
				lists := ask(string(text))
				var every, firsts []string
				for _, l := range lists {
					firsts = append(firsts, l[0])
					every = append(every, l...)
				}
				in := func(a, b []string) bool {
					for _, x := range a {
						if slices.Contains(b, x) {
							return true
						}
					}
					return false
				}
				all := func(a []string, ok func(string) bool) bool {
					for _, x := range a {
						if !ok(x) {
							return false
						}
					}
					return true
				}
				verdict := "wrong"
				switch {
				case healthy && len(root) == 1:
					verdict = "FALSE"
					if all(every, func(s string) bool { return slices.Contains(also, s) }) {
						verdict = "quiet"
					}
				case in(never, every):
					verdict = "never"
				case in(root, firsts):
					verdict = "root"
				case len(every) == 0:
					verdict = "silent"
					if healthy {
						verdict = "quiet"
					}
				case all(firsts, func(s string) bool { return slices.Contains(root, s) || slices.Contains(also, s) }),
					(form[1] == "table" || form[1] == "events") && all(firsts, state):
					verdict = "state"
				}
				decides := form[1] == "describe" && !slices.Contains(hides, form[1]) && !hasLog
				if !exists && (verdict == "silent" || verdict == "state") {
					verdict = "missing"
				}
				if verdict == "wrong" || verdict == "never" || verdict == "FALSE" || decides && (verdict == "silent" || verdict == "state") {
					fmt.Printf("  %s %s/%s want %v also %v got %v\n", verdict, row["scenario"], form[0], root, also, lists)
				}
				counts[form[1]+" "+verdict]++
			}
		}
		fmt.Println("captures", counts)
	}
}

var captures func(ask func(string) [][]string, book, state func(string) bool, verbose string)
