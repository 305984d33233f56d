package book

import (
	"html"
	"strconv"
	"strings"
)

// Plain returns the text without markup; commands stand on lines of their own.
func (r Rich) Plain(v Values) string {
	p := plainPrinter{blocks: blocks{gap: plainGap}}
	p.out.Grow(len(r))
	r.print(&p, v)
	return p.out.String()
}

// Markdown returns the text as CommonMark. Values cannot bring in markup.
func (r Rich) Markdown(v Values) string {
	p := markdownPrinter{blocks: blocks{gap: markdownGap}, base: v.Base}
	p.out.Grow(len(r))
	r.print(&p, v)
	return p.out.String()
}

// HTML returns the text as an HTML fragment. Values cannot bring in markup.
func (r Rich) HTML(v Values) string {
	p := htmlPrinter{base: html.EscapeString(v.Base)}
	p.out.Grow(len(r) + len(r)/2)
	r.print(&p, v)
	return strings.TrimRight(p.out.String(), "\n")
}

// A printer writes one form.
type printer interface {
	text(s string)
	open(mark byte, argument string)
	close(mark byte, argument string)
	single(mark byte, argument string) // a mark that opens nothing
	blank(name, value string, code bool)
}

// print reads the stream for a printer. It gives the printer a whole tree
// whatever the stream holds: an end for each beginning, and no unknown mark.
func (r Rich) print(p printer, v Values) {
	type opened struct {
		mark     byte
		argument string
	}
	open := make([]opened, 0, 16)
	code := 0
	end := func() {
		last := open[len(open)-1]
		open = open[:len(open)-1]
		if last.mark == CodeMark || last.mark == CodeBlockMark {
			code--
		}
		p.close(last.mark, last.argument)
	}
	for s := string(r); s != ""; {
		n := 0
		for n < len(s) && !isMark(s[n]) {
			n++
		}
		if n > 0 {
			p.text(s[:n])
			s = s[n:]
			continue
		}
		mark, argument := s[0], ""
		s = s[1:]
		if hasArgument(mark) {
			argument, s, _ = strings.Cut(s, string(ArgumentMark))
			argument = withoutMarks(argument)
		}
		switch {
		case mark == EndMark && len(open) > 0:
			end()
		case mark == BlankMark:
			p.blank(blankName(argument), value(v, argument, code > 0), code > 0)
		case opens(mark):
			if mark == CodeMark || mark == CodeBlockMark {
				code++
			}
			open = append(open, opened{mark, argument})
			p.open(mark, argument)
		default:
			p.single(mark, argument)
		}
	}
	for len(open) > 0 {
		end()
	}
}

func withoutMarks(s string) string {
	for i := range len(s) {
		if isMark(s[i]) {
			return strings.Map(func(r rune) rune {
				if r < 0x80 && isMark(byte(r)) {
					return -1
				}
				return r
			}, s)
		}
	}
	return s
}

// firstNumber returns the number of a list's first item, below 0 for bullets.
func firstNumber(argument string) int {
	n, err := strconv.Atoi(argument)
	if err != nil {
		return -1
	}
	return n
}

// blocks arranges blocks for forms in which white space does it: what belongs
// to an item is indented, and a gap stands between two blocks.
type blocks struct {
	out     strings.Builder
	gap     func(above, block byte) string // what stands between two blocks
	pending string                         // the gap before what is written next
	indent  int                            // of every line that is not empty
	fresh   bool                           // at the start of a line that may need it
	stack   []container
	last    byte // the block before, of those that stand in no item; 0 for none
	start   int  // length of out where the block began that holds no others
}

// A container is a list or an item.
type container struct {
	mark   byte
	last   byte // item: the block before
	next   int  // list: the number of the next item, below 0 for bullets
	marker int  // item: the length of its marker
	start  int  // list: length of out where it began
}

func (b *blocks) write(s string) {
	if b.pending != "" && s != "" {
		gap := b.pending
		b.pending = ""
		b.write(gap)
	}
	for s != "" {
		line, rest, more := strings.Cut(s, "\n")
		if line != "" {
			if b.fresh {
				for range b.indent {
					b.out.WriteByte(' ')
				}
				b.fresh = false
			}
			b.out.WriteString(line)
		}
		if more {
			b.out.WriteByte('\n')
			b.fresh = true
		}
		s = rest
	}
}

// above returns where the block before the next one is noted.
func (b *blocks) above() *byte {
	if len(b.stack) == 0 {
		return &b.last
	}
	return &b.stack[len(b.stack)-1].last
}

// begin begins a block, a list or an item, if that is what mark opens.
func (b *blocks) begin(mark byte, argument string) {
	switch mark {
	case ParagraphMark, LineMark, CodeBlockMark:
		b.pending = b.gap(*b.above(), mark)
		b.start = b.out.Len()
	case ListMark:
		b.pending = b.gap(*b.above(), mark)
		b.stack = append(b.stack, container{mark: ListMark, next: firstNumber(argument), start: b.out.Len()})
	case ItemMark:
		marker := "- "
		if n := len(b.stack); n > 0 && b.stack[n-1].mark == ListMark {
			list := &b.stack[n-1]
			if list.next >= 0 {
				marker = strconv.Itoa(list.next) + ". "
				list.next++
			}
			if list.last != 0 {
				b.write("\n")
			}
			list.last = ItemMark
		}
		b.write(marker)
		b.stack = append(b.stack, container{mark: ItemMark, marker: len(marker)})
		b.indent += len(marker)
	}
}

// end ends what begin has begun. A block in which nothing was written leaves
// no trace.
func (b *blocks) end(mark byte) {
	start := b.start
	switch mark {
	case ListMark, ItemMark:
		ended := b.stack[len(b.stack)-1]
		b.stack = b.stack[:len(b.stack)-1]
		b.indent -= ended.marker
		if mark == ItemMark {
			b.pending = ""
			return
		}
		start = ended.start
	case ParagraphMark, LineMark, CodeBlockMark:
	default:
		return
	}
	if b.out.Len() > start {
		*b.above() = mark
	}
	b.pending = ""
}

// plainPrinter writes text for a terminal or a chat: no markup, commands on
// lines of their own, screenshots of a block of their own left out.
type plainPrinter struct {
	blocks
	hidden int
}

func plainGap(above, block byte) string {
	switch above {
	case 0:
		return ""
	case block:
		return "\n\n"
	}
	return "\n"
}

func (p *plainPrinter) text(s string) {
	if p.hidden == 0 {
		p.write(s)
	}
}

func (p *plainPrinter) open(mark byte, argument string) {
	if mark == ShotMark {
		p.hidden++
	}
	p.begin(mark, argument)
}

func (p *plainPrinter) close(mark byte, argument string) {
	switch mark {
	case ShotMark:
		p.hidden--
	case LabelMark:
		p.text(":")
	case LinkMark:
		p.text(" (" + argument + ")")
	}
	p.end(mark)
}

func (p *plainPrinter) single(mark byte, argument string) {
	switch mark {
	case BreakMark:
		p.text("\n")
	case AddressMark:
		p.text(argument)
	}
}

func (p *plainPrinter) blank(name, value string, code bool) {
	if value == "" {
		value = "<" + name + ">"
	}
	p.text(value)
}

// markdownPrinter writes CommonMark.
type markdownPrinter struct {
	blocks
	base string
	// Code is written when it has been read: its fence depends on all of it.
	code   []byte
	inCode int
}

func markdownGap(above, _ byte) string {
	if above == 0 {
		return ""
	}
	return "\n\n"
}

func (p *markdownPrinter) text(s string) {
	if p.inCode > 0 {
		p.code = append(p.code, s...)
		return
	}
	p.write(s)
}

func (p *markdownPrinter) open(mark byte, argument string) {
	p.begin(mark, argument)
	switch mark {
	case CodeMark, CodeBlockMark:
		p.inCode++
	case EmphasisMark:
		p.text("*")
	case StrongMark:
		p.text("**")
	case EntryMark, LinkMark:
		p.text("[")
	case PictureMark, ShotMark:
		p.text("![")
	}
}

func (p *markdownPrinter) close(mark byte, argument string) {
	switch mark {
	case CodeMark, CodeBlockMark:
		if p.inCode--; p.inCode > 0 {
			break
		}
		code := string(p.code)
		p.code = p.code[:0]
		if mark == CodeMark {
			p.text(CodeSpan(code))
			break
		}
		fence := "```"
		for strings.Contains(code, fence) {
			fence += "`"
		}
		p.text(fence + argument + "\n" + code + "\n" + fence)
	case EmphasisMark:
		p.text("*")
	case StrongMark:
		p.text("**")
	case LabelMark:
		p.text(":")
	case EntryMark:
		p.text("](" + p.base + argument + "/)")
	case LinkMark, PictureMark, ShotMark:
		p.text("](" + argument + ")")
	}
	p.end(mark)
}

func (p *markdownPrinter) single(mark byte, argument string) {
	switch mark {
	case EscapeMark:
		p.text(`\`)
	case BreakMark:
		p.text("\\\n")
	case AddressMark:
		p.text("<" + argument + ">")
	}
}

func (p *markdownPrinter) blank(name, value string, code bool) {
	if value == "" {
		value = "<" + name + ">"
	}
	if !code {
		value = CodeSpan(value)
	}
	p.text(value)
}

// htmlPrinter writes HTML.
type htmlPrinter struct {
	out  strings.Builder
	base string // escaped
	item bool   // an item has begun, and none of its blocks
	line bool   // a line has ended, and a block that follows it stands on its own
}

func (p *htmlPrinter) text(s string) {
	from := 0
	for i := range len(s) {
		escape := ""
		switch s[i] {
		case '&':
			escape = "&amp;"
		case '<':
			escape = "&lt;"
		case '>':
			escape = "&gt;"
		case '"':
			escape = "&quot;"
		default:
			continue
		}
		p.write(s[from:i], escape)
		from = i + 1
	}
	p.write(s[from:])
}

func (p *htmlPrinter) write(parts ...string) {
	for _, s := range parts {
		p.out.WriteString(s)
	}
}

func (p *htmlPrinter) open(mark byte, argument string) {
	switch mark {
	case ParagraphMark, LineMark, ListMark, CodeBlockMark:
		if p.line || p.item && mark != LineMark {
			p.write("\n")
		}
		p.line, p.item = false, false
	}
	argument = html.EscapeString(argument)
	switch mark {
	case ParagraphMark:
		p.write("<p>")
	case ListMark:
		switch n := firstNumber(argument); {
		case n < 0:
			p.write("<ul", class(argument), ">\n")
		case n == 1:
			p.write("<ol>\n")
		default:
			p.write(`<ol start="`, strconv.Itoa(n), "\">\n")
		}
	case ItemMark:
		p.write("<li", class(argument), ">")
		p.item = true
	case CodeBlockMark:
		p.write(`<pre><code class="language-`, argument, `">`)
	case CodeMark:
		p.write("<code>")
	case TokenMark:
		p.write("<span", class(argument), ">")
	case EmphasisMark:
		p.write("<em>")
	case StrongMark:
		p.write("<strong>")
	case LabelMark:
		p.write("<b>")
	case EntryMark:
		p.write(`<a href="`, p.base, argument, `/">`)
	case LinkMark:
		p.write(`<a href="`, argument, `" rel="noreferrer">`)
	case PictureMark, ShotMark:
		// A link, because loading a screenshot tells a third party that
		// somebody reads the page.
		p.write(`<a class="picture" href="`, argument, `" rel="noreferrer">`)
	}
}

// class returns an attribute, if there is something to put into it.
func class(name string) string {
	if name == "" {
		return ""
	}
	return ` class="` + name + `"`
}

func (p *htmlPrinter) close(mark byte, argument string) {
	switch mark {
	case ParagraphMark:
		p.write("</p>\n")
	case LineMark:
		p.line = true
	case ListMark:
		if firstNumber(argument) < 0 {
			p.write("</ul>\n")
		} else {
			p.write("</ol>\n")
		}
	case ItemMark:
		p.write("</li>\n")
		p.line, p.item = false, false
	case CodeBlockMark:
		p.write("\n</code></pre>\n")
	case CodeMark:
		p.write("</code>")
	case TokenMark:
		p.write("</span>")
	case EmphasisMark:
		p.write("</em>")
	case StrongMark:
		p.write("</strong>")
	case LabelMark:
		p.write("</b>")
	case EntryMark, LinkMark, PictureMark, ShotMark:
		p.write("</a>")
	}
}

func (p *htmlPrinter) single(mark byte, argument string) {
	switch mark {
	case BreakMark:
		p.write("<br>\n")
	case AddressMark:
		argument = html.EscapeString(argument)
		p.write(`<a href="`, argument, `" rel="noreferrer">`, argument, "</a>")
	}
}

func (p *htmlPrinter) blank(name, value string, code bool) {
	switch {
	case value == "":
		p.write("<var>&lt;", html.EscapeString(name), "&gt;</var>")
	case code:
		p.write(html.EscapeString(value))
	default:
		p.write("<code>", html.EscapeString(value), "</code>")
	}
}
