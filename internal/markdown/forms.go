package markdown

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"

	"github.com/reasonbook/reasonbook/internal/book"
)

// plain returns the text of inline nodes without markup.
func plain(n ast.Node, source []byte) string {
	w := plainWriter{source: source}
	return w.inlines(n)
}

// plainWriter writes nodes as text for a terminal or a chat: no markup,
// commands on lines of their own, screenshots left out.
type plainWriter struct {
	source []byte
}

func (w plainWriter) blocks(nodes []ast.Node) string {
	var out strings.Builder
	last := ast.KindDocument
	for _, n := range nodes {
		s := w.block(n)
		if s == "" {
			continue
		}
		switch {
		case out.Len() == 0:
		case last == n.Kind():
			out.WriteString("\n\n")
		default:
			out.WriteString("\n")
		}
		last = n.Kind()
		out.WriteString(s)
	}
	return out.String()
}

func (w plainWriter) block(n ast.Node) string {
	switch n := n.(type) {
	case *ast.FencedCodeBlock:
		return strings.TrimRight(codeText(string(n.Lines().Value(w.source))), "\n")
	case *ast.List:
		return strings.Join(listItems(n, w.blocks), "\n")
	}
	return strings.TrimSpace(w.inlines(n))
}

func (w plainWriter) inlines(parent ast.Node) string {
	var out strings.Builder
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			s := string(n.Segment.Value(w.source))
			if parent.Kind() != ast.KindCodeSpan {
				s = unescape(s)
			}
			out.WriteString(s)
			out.WriteString(lineBreak(n, w.source))
		case *ast.CodeSpan:
			out.WriteString(codeText(w.inlines(n)))
		case *ast.Link:
			out.WriteString(w.inlines(n))
			if address := string(n.Destination); strings.HasPrefix(address, "https://") {
				out.WriteString(" (" + address + ")")
			}
		case *ast.AutoLink:
			out.Write(n.URL(w.source))
		case *ast.Image:
			if parent.ChildCount() > 1 {
				out.WriteString(w.inlines(n))
			}
		default:
			out.WriteString(w.inlines(n))
		}
	}
	return out.String()
}

// markdownWriter writes nodes as CommonMark again, with addresses resolved.
type markdownWriter struct {
	source []byte
}

func (w markdownWriter) blocks(nodes []ast.Node) string {
	var parts []string
	for _, n := range nodes {
		parts = append(parts, w.block(n))
	}
	return strings.Join(parts, "\n\n")
}

func (w markdownWriter) block(n ast.Node) string {
	switch n := n.(type) {
	case *ast.FencedCodeBlock:
		code := strings.TrimRight(codeText(string(n.Lines().Value(w.source))), "\n")
		return "```" + string(n.Language(w.source)) + "\n" + code + "\n```"
	case *ast.List:
		return strings.Join(listItems(n, w.blocks), "\n")
	}
	return strings.TrimSpace(w.inlines(n))
}

func (w markdownWriter) inlines(parent ast.Node) string {
	var out strings.Builder
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			out.Write(n.Segment.Value(w.source)) // with its backslashes
			if s := lineBreak(n, w.source); s == "\n" && n.HardLineBreak() {
				out.WriteString("\\\n")
			} else {
				out.WriteString(s)
			}
		case *ast.CodeSpan:
			out.WriteString(book.CodeSpan(codeText(plain(n, w.source))))
		case *ast.Emphasis:
			mark := strings.Repeat("*", n.Level)
			out.WriteString(mark + w.inlines(n) + mark)
		case *ast.Link:
			out.WriteString("[" + w.inlines(n) + "](" + string(n.Destination) + ")")
		case *ast.AutoLink:
			out.WriteString("<" + string(n.URL(w.source)) + ">")
		case *ast.Image:
			out.WriteString("![" + w.inlines(n) + "](" + string(n.Destination) + ")")
		default:
			out.WriteString(w.inlines(n))
		}
	}
	return out.String()
}

// listItems returns the items of a list with their markers, what belongs to an
// item indented.
func listItems(list *ast.List, blocks func([]ast.Node) string) []string {
	var items []string
	for n := list.FirstChild(); n != nil; n = n.NextSibling() {
		marker := "- "
		if list.IsOrdered() {
			marker = strconv.Itoa(list.Start+len(items)) + ". "
		}
		var children []ast.Node
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			children = append(children, c)
		}
		items = append(items, marker+book.Indent(blocks(children), len(marker)))
	}
	return items
}

// lineBreak returns what stands for the end of a line of source: nothing
// between Chinese or Japanese characters, where a break is no space.
func lineBreak(n *ast.Text, source []byte) string {
	switch {
	case n.HardLineBreak():
		return "\n"
	case !n.SoftLineBreak():
		return ""
	}
	before := []rune(string(n.Segment.Value(source)))
	var after []rune
	if next, ok := n.NextSibling().(*ast.Text); ok {
		after = []rune(string(next.Segment.Value(source)))
	}
	if len(before) > 0 && len(after) > 0 && before[len(before)-1] >= 0x2e80 && after[0] >= 0x2e80 {
		return ""
	}
	return " "
}

// unescape takes away the backslashes that escape punctuation.
func unescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && strings.IndexByte("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", s[i+1]) >= 0 {
			i++
		}
		out.WriteByte(s[i])
	}
	return out.String()
}
