package markdown

import (
	"bytes"
	"html"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"github.com/reasonbook/reasonbook/internal/book"
)

// plain returns the text of inline nodes without markup.
func plain(n ast.Node, source []byte) string {
	w := newRichWriter(source)
	w.inlines(n)
	return w.rich().Plain(book.Values{})
}

// A richWriter writes nodes as a [book.Rich].
type richWriter struct {
	*bytes.Buffer // from scratch, up to rich
	source        []byte
}

// scratch holds buffers that texts are put together in; they are empty.
var scratch = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func newRichWriter(source []byte) richWriter {
	return richWriter{scratch.Get().(*bytes.Buffer), source}
}

// rich returns what was written, and ends the writing.
func (w *richWriter) rich() book.Rich {
	text := book.Rich(w.String())
	w.Reset()
	scratch.Put(w.Buffer)
	w.Buffer = nil
	return text
}

// begin writes a mark, and its argument if it takes one.
func (w *richWriter) begin(mark byte, argument ...string) {
	w.WriteByte(mark)
	for _, s := range argument {
		w.WriteString(s)
		w.WriteByte(book.ArgumentMark)
	}
}

func (w *richWriter) end() { w.WriteByte(book.EndMark) }

func (w *richWriter) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.FencedCodeBlock:
		w.codeBlock(codeInfo(n, w.source), string(n.Lines().Value(w.source)))
	case *ast.List:
		w.begin(book.ListMark, listArgument(n, w.source))
		for item := n.FirstChild(); item != nil; item = item.NextSibling() {
			_, word := view(item, w.source)
			w.begin(book.ItemMark, views[word])
			for c := item.FirstChild(); c != nil; c = c.NextSibling() {
				w.block(c)
			}
			w.end()
		}
		w.end()
	case *ast.TextBlock:
		w.begin(book.LineMark)
		w.inlines(n)
		w.end()
	default:
		w.begin(book.ParagraphMark)
		w.inlines(n)
		w.end()
	}
}

// codeInfo returns what stands behind the fence of a code block: its language,
// and of commands whether they change anything.
func codeInfo(n *ast.FencedCodeBlock, source []byte) string {
	if n.Info == nil {
		return ""
	}
	return strings.TrimSpace(string(n.Info.Segment.Value(source)))
}

func (w *richWriter) codeBlock(info, code string) {
	language, _, _ := strings.Cut(info, " ")
	w.begin(book.CodeBlockMark, info)
	w.WriteString(highlight(language, strings.TrimRight(code, "\n")))
	w.end()
}

// listArgument returns the argument of a list's mark.
func listArgument(list *ast.List, source []byte) string {
	if list.IsOrdered() {
		return strconv.Itoa(list.Start)
	}
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		if _, word := view(item, source); word != "" {
			return "views"
		}
	}
	return ""
}

func (w *richWriter) inlines(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		w.inline(n)
	}
}

func (w *richWriter) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		value := n.Segment.Value(w.source)
		if first, word := view(n.Parent().Parent(), w.source); first == n {
			w.begin(book.LabelMark)
			w.WriteString(strings.TrimSuffix(word, ":"))
			w.end()
			value = value[len(word):]
		}
		w.text(value)
		w.lineBreak(n)
		return
	case *ast.CodeSpan:
		w.begin(book.CodeMark)
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			w.Write(bytes.ReplaceAll(c.(*ast.Text).Segment.Value(w.source), []byte("\n"), []byte(" ")))
		}
		w.end()
		return
	case *ast.AutoLink:
		w.begin(book.AddressMark, string(n.URL(w.source)))
		return
	case *ast.Emphasis:
		if n.Level == 1 {
			w.begin(book.EmphasisMark)
		} else {
			w.begin(book.StrongMark)
		}
	case *ast.Link:
		if target := string(n.Destination); book.IsID(target) {
			w.begin(book.EntryMark, target)
		} else {
			w.begin(book.LinkMark, target)
		}
	case *ast.Image:
		if n.Parent().ChildCount() > 1 {
			w.begin(book.PictureMark, string(n.Destination))
		} else {
			w.begin(book.ShotMark, string(n.Destination))
		}
	default:
		w.inlines(n)
		return
	}
	w.inlines(n)
	w.end()
}

// reference is the form of a character reference at the beginning of a text.
var reference = regexp.MustCompile(`^&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);`)

// text writes what stands between two pieces of markup.
func (w *richWriter) text(s []byte) {
	for len(s) > 0 {
		i := bytes.IndexAny(s, `\&`)
		if i < 0 {
			w.Write(s)
			return
		}
		w.Write(s[:i])
		s = s[i:]
		switch {
		case s[0] == '&' && reference.Match(s):
			name := reference.Find(s)
			w.escaped(referred(string(name)))
			s = s[len(name):]
		case s[0] == '\\' && len(s) > 1 && isPunctuation(s[1]):
			w.escaped(string(s[1:2]))
			s = s[2:]
		case s[0] == '\\' && len(s) > 1 && s[1] == ' ': // sets emphasis in Chinese and Japanese off
			s = s[2:]
		default:
			w.WriteByte(s[0])
			s = s[1:]
		}
	}
}

// referred returns what a character reference stands for, itself if that is
// nothing.
func referred(reference string) string {
	if reference[1] == '#' {
		return html.UnescapeString(reference)
	}
	if entity, ok := util.LookUpHTML5EntityByName(reference[1 : len(reference)-1]); ok {
		return string(entity.Characters)
	}
	return reference
}

// escaped writes what the author has kept from being markup.
func (w *richWriter) escaped(s string) {
	for _, r := range s {
		switch {
		case control(r) || private(r):
			continue
		case r < 0x80 && isPunctuation(byte(r)):
			w.WriteByte(book.EscapeMark)
		}
		w.WriteRune(r)
	}
}

func isPunctuation(c byte) bool {
	return strings.IndexByte("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", c) >= 0
}

// lineBreak writes what stands for the end of a line of source: nothing
// between Chinese or Japanese characters, where a break is no space.
func (w *richWriter) lineBreak(n *ast.Text) {
	switch {
	case n.HardLineBreak():
		w.WriteByte(book.BreakMark)
		return
	case !n.SoftLineBreak():
		return
	}
	before := []rune(string(n.Segment.Value(w.source)))
	var after []rune
	if next, ok := n.NextSibling().(*ast.Text); ok {
		after = []rune(string(next.Segment.Value(w.source)))
	}
	if len(before) == 0 || len(after) == 0 || before[len(before)-1] < 0x2e80 || after[0] < 0x2e80 {
		w.WriteByte(' ')
	}
}

// The two views of a step: the words that its list items begin with, and the
// classes of the items in HTML.
var views = map[string]string{"TEM:": "tem", "kubectl:": "kubectl"}

// view returns the text that a list item of a view begins with, and its word;
// nil if n is no list item or shows no view.
func view(n ast.Node, source []byte) (first *ast.Text, word string) {
	first, word = firstWord(n, source)
	if views[word] == "" {
		return nil, ""
	}
	return first, word
}

// firstWord returns the text that a list item begins with, and the first word
// of that; nil if n is no list item, or begins with something else.
func firstWord(n ast.Node, source []byte) (*ast.Text, string) {
	if n == nil || n.Kind() != ast.KindListItem || n.FirstChild() == nil {
		return nil, ""
	}
	first, ok := n.FirstChild().FirstChild().(*ast.Text)
	if !ok {
		return nil, ""
	}
	word, _, _ := bytes.Cut(first.Segment.Value(source), []byte(" "))
	return first, string(word)
}
