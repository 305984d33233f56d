package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"

	"github.com/reasonbook/reasonbook/internal/book"
)

// rich makes the three forms of a run of blocks.
func (p *parser) rich(nodes []ast.Node) book.Rich {
	var htmlForm htmlWriter
	htmlForm.Grow(1 << 10)
	for _, n := range nodes {
		if err := engine.Renderer().Render(&htmlForm, p.source, n); err != nil {
			p.fault(p.line(n), err.Error())
		}
	}
	plainForm, markdownForm := plainWriter{source: p.source}, markdownWriter{source: p.source}
	return book.Rich{
		PlainForm:    plainForm.blocks(nodes),
		MarkdownForm: markdownForm.blocks(nodes),
		HTMLForm:     strings.TrimSpace(htmlForm.String()),
	}
}

// An htmlWriter takes what goldmark renders without a buffer in between.
type htmlWriter struct{ strings.Builder }

func (*htmlWriter) Available() int { return 0 }
func (*htmlWriter) Buffered() int  { return 0 }
func (*htmlWriter) Flush() error   { return nil }

var _ util.BufWriter = (*htmlWriter)(nil)

// formRenderer renders the nodes that differ from goldmark's HTML: labels of
// views; blanks in code; links, which may begin with book.BaseMark; and
// screenshots, which are links because loading one tells a third party that
// somebody reads the page.
type formRenderer struct{}

func (formRenderer) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(kindViewLabel, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			w.WriteString("<b>" + strings.TrimSuffix(plain(n, source), ":") + "</b>")
		}
		return ast.WalkSkipChildren, nil
	})
	r.Register(ast.KindCodeSpan, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			w.WriteString("<code>" + escape(codeText(plain(n, source))) + "</code>")
		}
		return ast.WalkSkipChildren, nil
	})
	r.Register(ast.KindFencedCodeBlock, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			code := n.(*ast.FencedCodeBlock)
			w.WriteString(`<pre><code class="language-` + escape(string(code.Language(source))) + `">` +
				highlight(string(code.Language(source)), codeText(string(code.Lines().Value(source)))) + "</code></pre>\n")
		}
		return ast.WalkSkipChildren, nil
	})
	r.Register(ast.KindLink, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			w.WriteString("</a>")
			return ast.WalkContinue, nil
		}
		address := string(n.(*ast.Link).Destination)
		w.WriteString(`<a href="` + escape(address) + `"`)
		if strings.HasPrefix(address, "https://") {
			w.WriteString(` rel="noreferrer"`)
		}
		w.WriteString(">")
		return ast.WalkContinue, nil
	})
	r.Register(ast.KindImage, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			w.WriteString(`<a class="picture" href="` + escape(string(n.(*ast.Image).Destination)) + `" rel="noreferrer">` + escape(plain(n, source)) + `</a>`)
		}
		return ast.WalkSkipChildren, nil
	})
}

func escape(s string) string { return string(util.EscapeHTML([]byte(s))) }

// codeText makes the blanks of s blanks of code.
func codeText(s string) string { return strings.ReplaceAll(s, book.ProseMark, book.CodeMark) }
