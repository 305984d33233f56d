package markdown

import (
	"bytes"
	"errors"
	"html"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	options "github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/reasonbook/reasonbook/internal/book"
)

// An Article is a page of prose that is no entry.
type Article struct {
	Title    string
	Lead     string // the first paragraph, as plain text
	HTML     string // everything below the title
	Sections []ArticleSection
}

// An ArticleSection is a level 2 heading of an article.
type ArticleSection struct{ ID, Title string }

var articleEngine = goldmark.New(
	goldmark.WithExtensions(extension.CJK, extension.Table),
	goldmark.WithParserOptions(options.WithAttribute()),
	goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(articleRenderer{}, 100))),
)

// ParseArticle reads CommonMark with tables. It begins with a title, and every
// level 2 heading names its id, as in “## Answer {#answer}”.
func ParseArticle(source []byte) (*Article, error) {
	root := articleEngine.Parser().Parse(text.NewReader(source))
	a := &Article{}
	title, ok := root.FirstChild().(*ast.Heading)
	if !ok || title.Level != 1 {
		return nil, errors.New("the article does not begin with a title")
	}
	a.Title = plain(title, source)
	root.RemoveChild(root, title)
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Paragraph:
			if a.Lead == "" {
				a.Lead = strings.TrimSpace(plain(n, source))
			}
		case *ast.Heading:
			id, _ := n.AttributeString("id")
			value, ok := id.([]byte)
			if !ok {
				return nil, errors.New("the heading “" + plain(n, source) + "” has no id")
			}
			if n.Level == 2 {
				a.Sections = append(a.Sections, ArticleSection{string(value), plain(n, source)})
			}
		}
	}
	keepBreaks(root)
	var out bytes.Buffer
	err := articleEngine.Renderer().Render(&out, source, root)
	a.HTML = out.String()
	return a, err
}

// keepBreaks keeps the ends of lines before code, links and emphasis: goldmark's
// rule for Chinese and Japanese, between whose characters a break is no space,
// looks at text alone and drops the others.
func keepBreaks(root ast.Node) {
	var before []*ast.Text
	ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		text, ok := n.(*ast.Text)
		if ok && entering && text.SoftLineBreak() && n.NextSibling() != nil && n.NextSibling().Kind() != ast.KindText {
			before = append(before, text)
		}
		return ast.WalkContinue, nil
	})
	for _, text := range before {
		text.SetSoftLineBreak(false)
		text.Parent().InsertAfter(text.Parent(), text, ast.NewString([]byte("\n")))
	}
}

// articleRenderer renders what articles have in common with entries: code with
// its tokens, and links that do not say where the reader comes from.
type articleRenderer struct{}

func (articleRenderer) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindFencedCodeBlock, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			block := newRichWriter(source)
			block.block(n)
			w.WriteString(block.rich().HTML(book.Values{}) + "\n")
		}
		return ast.WalkSkipChildren, nil
	})
	r.Register(ast.KindLink, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			w.WriteString("</a>")
			return ast.WalkContinue, nil
		}
		address := string(n.(*ast.Link).Destination)
		w.WriteString(`<a href="` + html.EscapeString(address) + `"`)
		if strings.HasPrefix(address, "https://") {
			w.WriteString(` rel="noreferrer"`)
		}
		w.WriteString(">")
		return ast.WalkContinue, nil
	})
}
