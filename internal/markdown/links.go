package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"

	"github.com/reasonbook/reasonbook/internal/address"
	"github.com/reasonbook/reasonbook/internal/book"
)

// outside checks a link that leads out of the book.
func (p *parser) outside(n ast.Node, target string) {
	target = unmarked.Replace(target) // as its author wrote it
	if _, err := address.Parse(target, "https"); err != nil {
		p.fault(p.line(n), "link: "+err.Error())
	}
}

// unmarked makes the marks of blanks what the source has there.
var unmarked = strings.NewReplacer(string(book.BlankMark), "{", string(book.ArgumentMark), "}")

// unlink makes a link to an entry that is only planned its text.
func (p *parser) unlink(link *ast.Link) {
	text := &unwrittenLink{}
	for child := link.FirstChild(); child != nil; child = link.FirstChild() {
		text.AppendChild(text, child)
	}
	link.Parent().ReplaceChild(link.Parent(), link, text)
	p.targets[text] = p.targets[link]
}

// An unwrittenLink is what a link to an entry that is only planned becomes.
type unwrittenLink struct{ ast.BaseInline }

var kindUnwrittenLink = ast.NewNodeKind("UnwrittenLink")

// Kind implements [ast.Node].
func (*unwrittenLink) Kind() ast.NodeKind { return kindUnwrittenLink }

// Dump implements [ast.Node].
func (n *unwrittenLink) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }
