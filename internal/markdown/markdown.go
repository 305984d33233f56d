// Package markdown reads the Markdown of the knowledge base: a title and
// sections of prose, of which it makes the three forms of [book.Rich]. It
// accepts the part of CommonMark that entries need (paragraphs, lists, fenced
// code, emphasis, code spans, links, images) and reports everything else with
// its line.
package markdown

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/reasonbook/reasonbook/internal/address"
	"github.com/reasonbook/reasonbook/internal/book"
)

// A Document is one Markdown file.
type Document struct {
	Title     string // the text of the level 1 heading
	TitleLine int
	Sections  []Section // the level 2 headings
	Faults    []Fault   // in order of lines
	Unread    bool      // whether only Faults is set: the file is no Markdown of an entry
}

// A Section is what stands under a level 2 heading.
type Section struct {
	Heading string
	Line    int
	// Paragraphs counts the paragraphs at the top level.
	Paragraphs int
	// If the section is one list and nothing else, these are its items.
	Items   []Item
	Ordered bool

	Blanks   []Ref // {name} in prose and code
	Links    []Ref // what links point to
	Pictures []Picture

	body  book.Rich // if it is not a list
	start int       // the number of its first item
}

// An Item is an item of a section's list.
type Item struct {
	Line int
	Body book.Rich
	Code []string // its code blocks, language first: "sh\nkubectl …"
	Lead string   // what the item's first link points to, if it begins with one
}

// A Ref is a name or address and the line it stands in.
type Ref struct {
	Value string
	Line  int
}

// A Picture is an image: the key it is known by, and what it shows.
type Picture struct {
	Key, Alt string
	Line     int
}

// A Fault is something that an entry may not contain.
type Fault struct {
	Line    int
	Message string
}

var engine = goldmark.New(
	goldmark.WithExtensions(extension.CJK),
	goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(formRenderer{}, 100))),
)

// blankForm is the form of a blank at the beginning of a text.
var blankForm = regexp.MustCompile(`^\{[a-z][a-z0-9_]*(\.(name|namespace))?\}`)

// markBlanks makes the blanks of a source marks.
func markBlanks(source []byte) []byte {
	out := make([]byte, 0, len(source)+len(source)/16)
	for {
		i := bytes.IndexByte(source, '{')
		if i < 0 {
			return append(out, source...)
		}
		out, source = append(out, source[:i]...), source[i:]
		form := blankForm.Find(source)
		if form == nil || string(form) == "{end}" { // that belongs to kubectl's jsonpath
			out, source = append(out, '{'), source[1:]
			continue
		}
		out = append(append(append(out, book.ProseMark...), form[1:len(form)-1]...), book.EndMark...)
		source = source[len(form):]
	}
}

// Parse reads a file. pictures holds the addresses of the entry's screenshots
// by their keys. Faults are collected, and what can be read is returned.
func Parse(source []byte, pictures map[string]string) *Document {
	// Blanks become marks before anything else, so that no rule of Markdown
	// touches their names. Lines stay as they are.
	source = bytes.ReplaceAll(source, []byte("\r\n"), []byte("\n"))
	if fault, bad := outOfBounds(source); bad {
		return &Document{Faults: []Fault{fault}, Unread: true}
	}
	source = markBlanks(source)
	p := &parser{source: source, pictures: pictures, doc: &Document{}, targets: map[ast.Node]string{}}
	root := engine.Parser().Parse(text.NewReader(source))
	p.check(root)
	p.resolve(root)
	p.sections(root)
	return p.doc
}

type parser struct {
	source   []byte
	pictures map[string]string
	doc      *Document
	targets  map[ast.Node]string // the ids of links and the keys of images
}

func (p *parser) fault(line int, message string) {
	p.doc.Faults = append(p.doc.Faults, Fault{line, message})
}

// line returns the line, from 1, that a node begins in.
func (p *parser) line(n ast.Node) int {
	offset := -1
	ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := n.(*ast.Text); ok {
			offset = t.Segment.Start
		} else if n.Type() != ast.TypeInline && n.Lines() != nil && n.Lines().Len() > 0 {
			offset = n.Lines().At(0).Start
		}
		if offset >= 0 {
			return ast.WalkStop, nil
		}
		return ast.WalkContinue, nil
	})
	if offset < 0 && n.Parent() != nil {
		return p.line(n.Parent())
	}
	return 1 + bytes.Count(p.source[:max(0, offset)], []byte("\n"))
}

// check reports nodes that entries may not contain.
func (p *parser) check(root ast.Node) {
	ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.RawHTML, *ast.HTMLBlock:
			p.fault(p.line(n), "raw HTML: write Markdown, or a code span if the text shall show it")
		case *ast.Heading:
			if n.Level > 2 || n.Parent() != root {
				p.fault(p.line(n), "only the title (#) and the sections (##) are headings")
			}
		case *ast.CodeBlock:
			p.fault(p.line(n), "indented code block: fence it, with a language")
		case *ast.FencedCodeBlock:
			switch language := string(n.Language(p.source)); language {
			case "sh", "yaml", "json", "text":
			case "":
				p.fault(p.line(n), "code block without a language: ```sh, ```yaml, ```json or ```text")
			default:
				p.fault(p.line(n), "code block in "+language+": an entry has sh, yaml, json or text")
			}
			if n.Lines().Len() == 0 {
				p.fault(p.line(n), "empty code block")
			}
		case *ast.Blockquote, *ast.ThematicBreak:
			p.fault(p.line(n), "an entry has paragraphs, lists and code blocks only")
		case *ast.Text:
			if _, inCode := n.Parent().(*ast.CodeSpan); !inCode && bytes.Contains(n.Segment.Value(p.source), []byte("**")) {
				p.fault(p.line(n), "** is printed as it stands: emphasis must not begin or end with punctuation; put that outside")
			}
		}
		return ast.WalkContinue, nil
	})
}

// resolve gives images and links to entries their addresses.
func (p *parser) resolve(root ast.Node) {
	ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.ListItem:
			markView(n, p.source)
		case *ast.Image:
			key := string(n.Destination)
			address, ok := p.pictures[key]
			if !ok {
				p.fault(p.line(n), "picture "+key+" is not among the pictures of entry.yaml")
			}
			if strings.TrimSpace(plain(n, p.source)) == "" {
				p.fault(p.line(n), "picture "+key+" has no text that says what it shows")
			}
			p.targets[n] = key
			n.Destination = []byte(address)
		case *ast.Link:
			target := string(n.Destination)
			switch {
			case isID(target):
				p.targets[n] = target
				n.Destination = []byte(book.BaseMark + target + "/")
			case strings.HasPrefix(target, "https:"):
				p.outside(n, target)
			default:
				p.fault(p.line(n), "link to "+target+": write the id of an entry or an https address")
			}
		case *ast.AutoLink:
			p.outside(n, string(n.URL(p.source)))
		}
		return ast.WalkContinue, nil
	})
}

// outside checks a link that leads out of the book.
func (p *parser) outside(n ast.Node, target string) {
	if _, err := address.Parse(target, "https"); err != nil {
		p.fault(p.line(n), "link: "+err.Error())
	}
}

// The two views of a step: the words that its list items begin with, and the
// classes of the items in HTML.
var views = map[string]string{"TEM:": "tem", "kubectl:": "kubectl"}

// markView gives a list item that begins with the word of a view its class,
// and makes the word a label.
func markView(item *ast.ListItem, source []byte) {
	block := item.FirstChild()
	if block == nil {
		return
	}
	first, ok := block.FirstChild().(*ast.Text)
	if !ok {
		return
	}
	word, _, _ := bytes.Cut(first.Segment.Value(source), []byte(" "))
	class, ok := views[string(word)]
	if !ok {
		return
	}
	item.SetAttributeString("class", []byte(class))
	item.Parent().SetAttributeString("class", []byte("views"))
	end := first.Segment.Start + len(word)
	label := &viewLabel{}
	label.AppendChild(label, ast.NewTextSegment(text.NewSegment(first.Segment.Start, end)))
	block.InsertBefore(block, first, label)
	first.Segment = first.Segment.WithStart(end)
}

// A viewLabel is the word that a view begins with.
type viewLabel struct{ ast.BaseInline }

var kindViewLabel = ast.NewNodeKind("ViewLabel")

// Kind implements [ast.Node].
func (*viewLabel) Kind() ast.NodeKind { return kindViewLabel }

// Dump implements [ast.Node].
func (n *viewLabel) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// isID reports whether s has the form of an entry's id.
func isID(s string) bool { return idForm.MatchString(s) }

var idForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func (p *parser) sections(root ast.Node) {
	var section *Section
	var nodes []ast.Node
	finish := func() {
		if section != nil {
			p.fill(section, nodes)
			p.doc.Sections = append(p.doc.Sections, *section)
		}
		nodes = nil
	}
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		heading, isHeading := n.(*ast.Heading)
		switch {
		case isHeading && heading.Level == 1:
			if p.doc.Title != "" || section != nil {
				p.fault(p.line(n), "second title")
			}
			p.doc.Title, p.doc.TitleLine = strings.TrimSpace(plain(n, p.source)), p.line(n)
		case isHeading && heading.Level == 2:
			finish()
			section = &Section{Heading: strings.TrimSpace(plain(n, p.source)), Line: p.line(n)}
		case section == nil:
			p.fault(p.line(n), "text before the first section")
		default:
			nodes = append(nodes, n)
		}
	}
	finish()
	if p.doc.Title == "" {
		p.fault(1, "no title: the first line is “# ” and the title")
	}
}

func (p *parser) fill(section *Section, nodes []ast.Node) {
	for _, n := range nodes {
		if n.Kind() == ast.KindParagraph {
			section.Paragraphs++
		}
		ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			if entering {
				p.collect(section, n)
			}
			return ast.WalkContinue, nil
		})
	}
	list, ok := onlyList(nodes)
	if !ok {
		section.body = p.rich(nodes)
		return
	}
	section.Ordered = list.IsOrdered()
	for n := list.FirstChild(); n != nil; n = n.NextSibling() {
		section.Items = append(section.Items, p.item(n))
	}
	section.start = list.Start
}

// onlyList returns the list that the nodes are, if they are nothing else.
func onlyList(nodes []ast.Node) (*ast.List, bool) {
	if len(nodes) != 1 {
		return nil, false
	}
	list, ok := nodes[0].(*ast.List)
	return list, ok
}

// Contains reports whether the section's Markdown holds s.
func (s *Section) Contains(text string) bool {
	return strings.Contains(s.body.MarkdownForm, text) ||
		slices.ContainsFunc(s.Items, func(i Item) bool { return strings.Contains(i.Body.MarkdownForm, text) })
}

// Body returns everything in the section.
func (s *Section) Body() book.Rich {
	if s.Items == nil {
		return s.body
	}
	open, closing := "<ul>\n", "</ul>"
	if s.Ordered {
		open, closing = "<ol>\n", "</ol>"
		if s.start != 1 {
			open = `<ol start="` + strconv.Itoa(s.start) + "\">\n"
		}
	}
	var plain, source, html strings.Builder
	html.WriteString(open)
	for i, item := range s.Items {
		marker := "- "
		if s.Ordered {
			marker = strconv.Itoa(s.start+i) + ". "
		}
		if i > 0 {
			plain.WriteString("\n")
			source.WriteString("\n")
		}
		plain.WriteString(marker + book.Indent(item.Body.PlainForm, len(marker)))
		source.WriteString(marker + book.Indent(item.Body.MarkdownForm, len(marker)))
		html.WriteString("<li>" + item.Body.HTMLForm + "</li>\n")
	}
	html.WriteString(closing)
	return book.Rich{PlainForm: plain.String(), MarkdownForm: source.String(), HTMLForm: html.String()}
}

// collect notes what a node of a section refers to.
func (p *parser) collect(section *Section, n ast.Node) {
	line := 0
	note := func(s []byte) {
		if !bytes.Contains(s, []byte(book.ProseMark)) { // soon said, unlike what follows
			return
		}
		for _, m := range markedBlank.FindAllSubmatch(s, -1) {
			if line == 0 {
				line = p.line(n)
			}
			section.Blanks = append(section.Blanks, Ref{string(m[1]), line})
		}
	}
	switch n := n.(type) {
	case *ast.Text:
		note(n.Segment.Value(p.source))
	case *ast.FencedCodeBlock:
		note(n.Lines().Value(p.source))
	case *ast.Link:
		if id, ok := p.targets[n]; ok {
			section.Links = append(section.Links, Ref{id, p.line(n)})
		}
	case *ast.Image:
		section.Pictures = append(section.Pictures, Picture{p.targets[n], plain(n, p.source), p.line(n)})
	}
}

var markedBlank = regexp.MustCompile(book.ProseMark + "([^" + book.EndMark + "]*)" + book.EndMark)

func (p *parser) item(n ast.Node) Item {
	var children []ast.Node
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		children = append(children, c)
	}
	item := Item{Line: p.line(n), Body: p.rich(children)}
	if first := n.FirstChild(); first != nil {
		if link, ok := first.FirstChild().(*ast.Link); ok {
			item.Lead = p.targets[link]
		}
	}
	ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if code, ok := n.(*ast.FencedCodeBlock); ok && entering {
			item.Code = append(item.Code, string(code.Language(p.source))+"\n"+string(code.Lines().Value(p.source)))
		}
		return ast.WalkContinue, nil
	})
	return item
}
