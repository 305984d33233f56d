package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"

	"github.com/reasonbook/reasonbook/internal/book"
)

// Object stands in a [Block] for what is no prose: a code span, a blank, an
// address, or bold words, which are labels of a console.
const Object = '\uFFFC'

// A Block is the words of a title, a heading, a paragraph or a picture's text:
// no code, links by their text, and a line break where the source has one.
type Block struct {
	Text string
	Line int  // of its first line, from 1
	Item bool // whether it is an item of a list without empty lines
}

// prose returns the words of a document.
func (p *parser) prose(root ast.Node) []Block {
	blocks := make([]Block, 0, 64) // enough for most pages
	text := scratch.Get().(*bytes.Buffer)
	ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n.Kind() {
		case ast.KindHeading, ast.KindParagraph, ast.KindTextBlock, ast.KindImage:
			p.words(text, n)
			if len(bytes.TrimSpace(text.Bytes())) > 0 {
				blocks = append(blocks, Block{text.String(), p.line(n), n.Kind() == ast.KindTextBlock})
			}
			text.Reset()
		}
		return ast.WalkContinue, nil
	})
	scratch.Put(text)
	return blocks
}

// words writes the words of what stands in a node. A picture in it is a block
// of its own.
func (p *parser) words(out *bytes.Buffer, n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			rest := c.Segment.Value(p.source)
			for {
				before, blank, found := bytes.Cut(rest, []byte{book.BlankMark})
				out.Write(before)
				if !found {
					break
				}
				out.WriteRune(Object)
				_, rest, _ = bytes.Cut(blank, []byte{book.ArgumentMark})
			}
			if c.SoftLineBreak() || c.HardLineBreak() {
				out.WriteByte('\n')
			}
		case *ast.String:
			out.Write(c.Value)
		case *ast.CodeSpan, *ast.AutoLink, *ast.RawHTML:
			out.WriteRune(Object)
		case *ast.Emphasis:
			if c.Level > 1 {
				out.WriteRune(Object)
			} else {
				p.words(out, c)
			}
		case *ast.Image:
		default:
			p.words(out, c)
		}
	}
}
