package entry

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/reasonbook/reasonbook/internal/evidence"
	"github.com/reasonbook/reasonbook/internal/match"
)

// checkExamples runs all examples against the whole book, and returns what they
// were run with.
func checkExamples(entries []*Entry, compiled []evidence.Entry, faults *Faults) *evidence.Explainer {
	rules, err := evidence.Compile(compiled)
	var bad *match.PatternError
	if errors.As(err, &bad) {
		if _, err := match.Holes(bad.Pattern); err == nil { // else it is reported already
			e := entries[bad.Entry]
			patterns := e.texts()
			i := slices.IndexFunc(patterns, func(ref Ref) bool { return ref.Value == bad.Pattern })
			faults.add(path.Join(e.Folder(), "entry.yaml"), patterns[i].Line, "pattern: %v", bad.Err)
		}
		return nil
	} else if err != nil {
		faults.add(path.Join(entries[0].Folder(), "entry.yaml"), 1, "%v", err)
		return nil
	}
	x := evidence.New(rules)
	found := make([]Faults, len(entries))
	Each(len(entries), func(n int) {
		c := exampleChecker{Entry: entries[n], number: n, entries: entries, explainer: x, faults: &found[n], decided: map[string]bool{}}
		c.examples()
	})
	*faults = slices.Concat(append([]Faults{*faults}, found...)...)
	checkHealthy(entries, x, faults)
	return x
}

//go:embed testdata/healthy/*.txt
var healthyTexts embed.FS

// checkHealthy reports patterns that claim a text in which nothing fails: logs
// and tables of healthy programs, documentation, definitions, source code.
func checkHealthy(entries []*Entry, x *evidence.Explainer, faults *Faults) {
	files, err := fs.Glob(healthyTexts, "testdata/healthy/*.txt")
	if err != nil {
		panic(err) // the pattern is constant
	}
	for _, file := range files {
		text, err := healthyTexts.ReadFile(file)
		if err != nil {
			panic(err) // it is part of the program
		}
		result, _ := x.Text(context.Background(), string(text))
		for _, f := range result.Findings {
			for _, m := range f.Matches {
				e := entries[m.Entry]
				faults.add(path.Join(e.Folder(), "entry.yaml"), e.texts()[m.Pattern].Line,
					"pattern %q is too common: it claims %q of a healthy text, internal/entry/%s", e.texts()[m.Pattern].Value, text[m.Start:m.End], file)
			}
		}
	}
}

// An exampleChecker runs the examples of one entry.
type exampleChecker struct {
	*Entry
	number    int
	entries   []*Entry
	explainer *evidence.Explainer
	faults    *Faults
	decided   map[string]bool // texts of patterns that an example is decided by
}

func (c *exampleChecker) examples() {
	file := path.Join(c.Folder(), "entry.yaml")
	for i := range c.Examples {
		example := &c.Examples[i]
		first := c.first(example)
		if first == nil || first.Entry != c.number {
			got := "no entry"
			if first != nil {
				got = fmt.Sprintf("%s first, by its pattern %q", c.entries[first.Entry].ID, c.entries[first.Entry].texts()[first.Pattern].Value)
			}
			c.faults.add(file, example.Line, "example %q gives %s", example.Text, got)
			continue
		}
		for _, pattern := range first.Patterns {
			c.decided[c.texts()[pattern].Value] = true
		}
		got := map[string]string{}
		for _, p := range first.Parameters {
			got[p.Name] = p.Value
			if !isWholeValue(p.Value) {
				c.faults.add(file, example.Line, "example %q: the parameter %s is %q, which begins with punctuation or has a bracket without its other one; "+
					"put that into the pattern, so that the hole takes what a reader would name", example.Text, p.Name, p.Value)
			}
		}
		if !maps.Equal(got, example.Parameters) {
			c.faults.add(file, example.Line, "example %q gives the parameters %v, not %v", example.Text, got, example.Parameters)
		}
	}
	for _, ref := range c.texts() {
		if !c.decided[ref.Value] {
			c.faults.add(file, ref.Line, "no example holds pattern %q", ref.Value)
		}
	}
	for _, ref := range c.Not {
		result, _ := c.explainer.Text(context.Background(), ref.Value)
		for _, f := range result.Findings {
			first := f.Matches[0]
			c.Alike = append(c.Alike, Likeness{ref.Value, c.entries[first.Entry], first.Start, first.End})
			for _, m := range f.Matches {
				if m.Entry == c.number {
					c.faults.add(file, ref.Line, "must not match, but does: %q", ref.Value)
				}
			}
		}
	}
}

// first returns the first match of an example that is the entry, else the first
// of all, and notes in the example what makes it one of the entry.
func (c *exampleChecker) first(example *Example) *evidence.Match {
	result, _ := c.explainer.Text(context.Background(), example.Text)
	var first *evidence.Match
	for i := range result.Findings {
		matches := result.Findings[i].Matches
		if first == nil || first.Entry != c.number && matches[0].Entry == c.number {
			first = &matches[0]
		}
		own := slices.IndexFunc(matches, func(m evidence.Match) bool { return m.Entry == c.number })
		if own >= 0 && example.End == 0 {
			example.Start, example.End = matches[own].Start, matches[own].End
		}
	}
	return first
}

// isWholeValue reports whether a parameter looks like something with a name: it
// does not begin with a sign that separates or closes, and its brackets are paired.
func isWholeValue(value string) bool {
	if strings.ContainsAny(value[:min(1, len(value))], ",;:!?)]}='\"`") && !strings.HasPrefix(value, "::") { // an address of IPv6
		return false
	}
	for _, pair := range []string{"()", "[]", "{}"} {
		if strings.Count(value, pair[:1]) != strings.Count(value, pair[1:]) {
			return false
		}
	}
	return true
}
