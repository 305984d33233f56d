// Package markdown reads the Markdown of the knowledge base: a title and
// sections of prose, each a [book.Rich]. It accepts the part of CommonMark that
// entries need (paragraphs, lists, fenced code, emphasis, code spans, links,
// images) and reports everything else with its line.
package markdown

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"

	"github.com/reasonbook/reasonbook/internal/book"
)

// A Document is one Markdown file.
type Document struct {
	Title     string // the text of the level 1 heading
	TitleLine int
	// Summary is the paragraph below the title, as plain text, "" if there is none.
	Summary     string
	SummaryLine int
	Sections    []Section // the level 2 headings
	Prose       []Block   // all its words, in their order
	Faults      []Fault   // in order of lines
	Unread      bool      // whether only Faults is set: the file is no Markdown of an entry
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

	Code      []string // its code blocks, their info first: "sh read\nkubectl …"
	CodeLines []int    // the line that the code of each begins in
	Blanks    []Ref    // {name} in prose and code
	Links     []Ref    // what links point to
	Pictures  []Picture

	body  book.Rich // "" of a list until Body is asked for it
	start int       // the number of its first item
}

// An Item is an item of a section's list.
type Item struct {
	Line int
	Body book.Rich
	Code []string // its code blocks, their info first: "sh read\nkubectl …"
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

var engine = goldmark.New(goldmark.WithExtensions(extension.CJK))

// blankForm is the form of a blank at the beginning of a text.
var blankForm = regexp.MustCompile(`^\{[a-z][a-z0-9_]*(\.(name|namespace))?\}`)

// markBlanks appends a source with its blanks as marks, which are as long.
func markBlanks(out, source []byte) []byte {
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
		out = append(append(append(out, book.BlankMark), form[1:len(form)-1]...), book.ArgumentMark)
		source = source[len(form):]
	}
}

// Parse reads a file, whose source it does not keep. pictures holds the addresses
// of the entry's screenshots by their keys; links to planned entries, whose pages
// are not there yet, become plain text. Faults are collected, and what can be
// read is returned.
func Parse(source []byte, pictures map[string]string, planned func(id string) bool) *Document {
	// Blanks become marks before anything else, so that no rule of Markdown
	// touches their names. Lines stay as they are.
	if bytes.IndexByte(source, '\r') >= 0 {
		source = bytes.ReplaceAll(source, []byte("\r\n"), []byte("\n"))
	}
	if fault, bad := outOfBounds(source); bad {
		return &Document{Faults: []Fault{fault}, Unread: true}
	}
	space := scratch.Get().(*bytes.Buffer)
	defer scratch.Put(space)
	space.Grow(len(source))
	p := &parser{source: markBlanks(space.AvailableBuffer(), source), pictures: pictures, planned: planned, doc: &Document{}, targets: map[ast.Node]string{}}
	root := engine.Parser().Parse(text.NewReader(p.source))
	p.check(root)
	p.doc.Prose = p.prose(root)
	p.resolve(root)
	p.sections(root)
	return p.doc
}

// Title returns the title of a file whose first line this is, "" if it has none.
func Title(line []byte) string {
	if title, ok := bytes.CutPrefix(line, []byte("# ")); ok && !bytes.ContainsAny(title, "\\`*_[]<>&!#{}\r\t") && utf8.Valid(title) && !suspect(title) {
		return string(bytes.Trim(title, " ")) // which Markdown would not change
	}
	return Parse(line, nil, nil).Title
}

type parser struct {
	source   []byte
	pictures map[string]string
	planned  func(id string) bool
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

// codeInfos are what may stand behind the fence of a code block.
var codeInfos = []string{"sh read", "sh change", "yaml", "json", "text"}

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
			switch info := codeInfo(n, p.source); {
			case info == "":
				p.fault(p.line(n), "code block without a language: ```sh read, ```sh change, ```yaml, ```json or ```text")
			case slices.Contains(codeInfos, info):
			case string(n.Language(p.source)) == "sh":
				p.fault(p.line(n), "commands say whether they change anything: ```sh read or ```sh change")
			default:
				p.fault(p.line(n), "code block in "+info+": an entry has sh, yaml, json or text")
			}
			if n.Lines().Len() == 0 {
				p.fault(p.line(n), "empty code block")
			}
		case *ast.Blockquote, *ast.ThematicBreak:
			p.fault(p.line(n), "an entry has paragraphs, lists and code blocks only")
		case *ast.Paragraph:
			if first := n.Lines().At(0); bytes.HasPrefix(first.Value(p.source), []byte("|")) {
				p.fault(p.line(n), "a table: an entry has paragraphs, lists and code blocks only; write a list")
			}
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
	var unwritten []*ast.Link
	defer func() {
		for _, link := range unwritten {
			p.unlink(link)
		}
	}()
	ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.ListItem:
			if first, word := firstWord(n, p.source); first != nil && (strings.HasPrefix(word, "TEM：") || strings.HasPrefix(word, "kubectl：")) {
				p.fault(p.line(first), "write “TEM: ” and “kubectl: ” with an ASCII colon and a space")
			}
		case *ast.AutoLink:
			p.outside(n, string(n.URL(p.source)))
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
			case book.IsID(target) && p.planned != nil && p.planned(target):
				p.targets[n] = target
				unwritten = append(unwritten, n)
			case book.IsID(target):
				p.targets[n] = target
			case strings.HasPrefix(target, "https:"):
				p.outside(n, target)
			default:
				p.fault(p.line(n), "link to "+target+": write the id of an entry or an https address")
			}
		}
		return ast.WalkContinue, nil
	})
}

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
		case section == nil && p.doc.Summary == "" && n.Kind() == ast.KindParagraph:
			p.doc.Summary, p.doc.SummaryLine = strings.TrimSpace(plain(n, p.source)), p.line(n)
			if bytes.IndexByte(n.Lines().Value(p.source), book.BlankMark) >= 0 {
				p.fault(p.line(n), "the line below the title is shown where nothing fills a blank")
			}
		case section == nil:
			p.fault(p.line(n), "only one paragraph may stand before the first section")
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

// Contains reports whether the section holds a text of letters and spaces.
func (s *Section) Contains(text string) bool {
	return strings.Contains(string(s.body), text) ||
		slices.ContainsFunc(s.Items, func(item Item) bool { return strings.Contains(string(item.Body), text) })
}

// Body returns everything in the section. It is not safe for concurrent use.
func (s *Section) Body() book.Rich {
	if s.Items == nil || s.body != "" {
		return s.body
	}
	w := newRichWriter(nil)
	argument := ""
	if s.Ordered {
		argument = strconv.Itoa(s.start)
	}
	w.begin(book.ListMark, argument)
	for _, item := range s.Items {
		w.begin(book.ItemMark, "")
		w.WriteString(string(item.Body))
		w.end()
	}
	w.end()
	s.body = w.rich()
	return s.body
}

// collect notes what a node of a section refers to.
func (p *parser) collect(section *Section, n ast.Node) {
	line := 0
	note := func(s []byte) {
		for {
			_, blank, found := bytes.Cut(s, []byte{book.BlankMark})
			if !found {
				return
			}
			if line == 0 {
				line = p.line(n)
			}
			name, rest, _ := bytes.Cut(blank, []byte{book.ArgumentMark})
			section.Blanks = append(section.Blanks, Ref{string(name), line})
			s = rest
		}
	}
	switch n := n.(type) {
	case *ast.Text:
		note(n.Segment.Value(p.source))
	case *ast.FencedCodeBlock:
		section.Code = append(section.Code, p.codeOf(n))
		section.CodeLines = append(section.CodeLines, p.line(n))
		note(n.Lines().Value(p.source))
	case *ast.Link, *unwrittenLink:
		if id, ok := p.targets[n]; ok {
			section.Links = append(section.Links, Ref{id, p.line(n)})
		}
	case *ast.Image:
		section.Pictures = append(section.Pictures, Picture{p.targets[n], plain(n, p.source), p.line(n)})
	}
}

// codeOf returns a code block with its info in the first line.
func (p *parser) codeOf(n *ast.FencedCodeBlock) string {
	return codeInfo(n, p.source) + "\n" + string(n.Lines().Value(p.source))
}

func (p *parser) item(n ast.Node) Item {
	var children []ast.Node
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		children = append(children, c)
	}
	item := Item{Line: p.line(n), Body: p.rich(children)}
	if first := n.FirstChild(); first != nil {
		switch link := first.FirstChild().(type) {
		case *ast.Link, *unwrittenLink:
			item.Lead = p.targets[link]
		}
	}
	ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if code, ok := n.(*ast.FencedCodeBlock); ok && entering {
			item.Code = append(item.Code, p.codeOf(code))
		}
		return ast.WalkContinue, nil
	})
	return item
}

// rich writes a run of blocks.
func (p *parser) rich(nodes []ast.Node) book.Rich {
	w := newRichWriter(p.source)
	for _, n := range nodes {
		w.block(n)
	}
	return w.rich()
}
