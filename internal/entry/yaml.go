package entry

import (
	"errors"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/reasonbook/reasonbook/internal/book"
)

// readYAML decodes entry.yaml from the nodes themselves, so that every fault
// has its line and none hides another.
func (e *Entry) readYAML(source []byte, faults *Faults) {
	d := &decoder{file: path.Join(e.Folder(), "entry.yaml"), faults: faults}
	e.lines = map[string]int{}
	word := func(key string, n *yaml.Node) string {
		e.lines[key] = n.Line
		return d.text(n).Value
	}
	var root yaml.Node
	if err := yaml.Unmarshal(source, &root); err != nil {
		d.syntax(err)
		return
	}
	if len(root.Content) == 0 {
		d.faults.add(d.file, 1, "file is empty")
		return
	}
	d.mapping(root.Content[0], []field{
		{"kind", func(n *yaml.Node) { e.Kind = book.Kind(word("kind", n)) }},
		{"formerly", func(n *yaml.Node) { e.Formerly = d.texts(n) }},
		{"explains", func(n *yaml.Node) { e.Explains = d.texts(n) }},
		{"refines", func(n *yaml.Node) { e.Refines = d.texts(n) }},
		{"frequency", func(n *yaml.Node) { e.Frequency = book.Frequency(word("frequency", n)) }},
		{"heals", func(n *yaml.Node) { e.Heals = book.Heals(word("heals", n)) }},
		{"waiting", func(n *yaml.Node) { e.Waiting = book.Waiting(word("waiting", n)) }},
		{"in", func(n *yaml.Node) { e.In = d.texts(n) }},
		{"patterns", func(n *yaml.Node) {
			for _, n := range d.sequence(n) {
				e.Patterns = append(e.Patterns, d.pattern(n))
			}
		}},
		{"status", func(n *yaml.Node) { e.Status = d.texts(n) }},
		{"examples", func(n *yaml.Node) {
			for _, n := range d.sequence(n) {
				e.Examples = append(e.Examples, d.example(n))
			}
		}},
		{"not", func(n *yaml.Node) { e.Not = d.texts(n) }},
		{"pictures", func(n *yaml.Node) {
			for key, value := range d.pairs(n) {
				e.Pictures = append(e.Pictures, Picture{Key: key.Value, URL: d.text(value).Value, Line: key.Line})
			}
		}},
		{"references", func(n *yaml.Node) {
			for _, n := range d.sequence(n) {
				r := Reference{Line: n.Line}
				d.mapping(n, []field{
					{"title", func(n *yaml.Node) { r.Title = d.text(n).Value }},
					{"url", func(n *yaml.Node) { r.URL = d.text(n).Value }},
				})
				e.References = append(e.References, r)
			}
		}},
	})
}

type decoder struct {
	file   string
	faults *Faults
}

type field struct {
	name string
	read func(*yaml.Node)
}

// syntax reports an error of the YAML parser, whose text begins with a line.
func (d *decoder) syntax(err error) {
	line, message := 1, strings.TrimPrefix(err.Error(), "yaml: ")
	if m := yamlLine.FindStringSubmatch(message); m != nil {
		line, _ = strconv.Atoi(m[1])
		message = m[2]
	}
	d.faults.add(d.file, line, "%s", message)
}

var yamlLine = regexp.MustCompile(`^line (\d+): (.*)`)

// mapping reads a mapping with these fields and no others, each at most once.
func (d *decoder) mapping(n *yaml.Node, fields []field) {
	for key, value := range d.pairs(n) {
		i := slices.IndexFunc(fields, func(f field) bool { return f.name == key.Value })
		if i < 0 {
			var names []string
			for _, f := range fields {
				names = append(names, f.name)
			}
			d.faults.add(d.file, key.Line, "unknown key %q; the keys here are %s", key.Value, strings.Join(names, ", "))
			continue
		}
		fields[i].read(value)
	}
}

// pairs yields the keys and values of a mapping.
func (d *decoder) pairs(n *yaml.Node) func(yield func(key, value *yaml.Node) bool) {
	return func(yield func(key, value *yaml.Node) bool) {
		if n.Kind != yaml.MappingNode {
			d.faults.add(d.file, n.Line, "expected “key: value” pairs")
			return
		}
		seen := map[string]bool{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := n.Content[i]
			if seen[key.Value] {
				d.faults.add(d.file, key.Line, "key %q stands twice", key.Value)
				continue
			}
			seen[key.Value] = true
			if !yield(key, n.Content[i+1]) {
				return
			}
		}
	}
}

func (d *decoder) sequence(n *yaml.Node) []*yaml.Node {
	if n.Kind != yaml.SequenceNode {
		d.faults.add(d.file, n.Line, "expected a list")
		return nil
	}
	return n.Content
}

func (d *decoder) texts(n *yaml.Node) []Ref {
	var list []Ref
	for _, n := range d.sequence(n) {
		list = append(list, d.text(n))
	}
	return list
}

func (d *decoder) text(n *yaml.Node) Ref {
	if err := isText(n); err != nil {
		d.faults.add(d.file, n.Line, "%v", err)
	}
	return Ref{n.Value, n.Line}
}

func isText(n *yaml.Node) error {
	switch {
	case n.Kind != yaml.ScalarNode:
		return errors.New("expected a text; put it in quotes if it holds “: ” or begins with a sign")
	case strings.TrimSpace(n.Value) == "":
		return errors.New("empty text")
	}
	return nil
}

// pattern reads a pattern: a text, or a mapping.
func (d *decoder) pattern(n *yaml.Node) Pattern {
	if n.Kind != yaml.MappingNode {
		return Pattern{Ref: d.text(n)}
	}
	p := Pattern{Ref: Ref{Line: n.Line}}
	d.mapping(n, []field{
		{"text", func(n *yaml.Node) { p.Value = d.text(n).Value }},
		{"in", func(n *yaml.Node) { p.In = d.texts(n) }},
		{"weak", func(n *yaml.Node) {
			if p.Weak = n.Value == "true"; !p.Weak {
				d.faults.add(d.file, n.Line, "weak is true, or left out")
			}
		}},
	})
	if p.Value == "" {
		d.faults.add(d.file, n.Line, "pattern without a text")
	}
	return p
}

func (d *decoder) example(n *yaml.Node) Example {
	e := Example{Line: n.Line}
	d.mapping(n, []field{
		{"text", func(n *yaml.Node) { e.Text = d.text(n).Value }},
		{"parameters", func(n *yaml.Node) {
			e.Parameters = map[string]string{}
			for key, value := range d.pairs(n) {
				e.Parameters[key.Value] = d.text(value).Value
			}
		}},
	})
	return e
}
