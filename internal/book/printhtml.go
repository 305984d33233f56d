package book

import (
	"html"
	"strconv"
	"strings"
)

// HTML returns the text as an HTML fragment. Values cannot bring in markup.
func (r Rich) HTML(v Values) string {
	p := htmlPrinter{base: html.EscapeString(v.Base)}
	p.out.Grow(2 * len(r))
	r.print(&p, v)
	return strings.TrimRight(p.out.String(), "\n")
}

// htmlPrinter writes HTML.
type htmlPrinter struct {
	out  strings.Builder
	base string // escaped
	item bool   // an item has begun, and none of its blocks
	line bool   // a line has ended, and a block that follows it stands on its own
	code bool   // code in a line has begun, and is not written yet
	held string // its text
}

func (p *htmlPrinter) text(s string) {
	if p.code && p.held == "" {
		p.held = s // all of it tells how it is written
		return
	}
	p.beginCode()
	p.escaped(s)
}

// beginCode writes the code that has begun, as far as it goes.
func (p *htmlPrinter) beginCode() {
	if !p.code {
		return
	}
	held := p.held
	p.code, p.held = false, ""
	p.write("<code>")
	for held != "" {
		word, rest, more := strings.Cut(held, " ")
		if len(word) > 1 && word[0] == '-' { // an option, which lines break before, and not behind its hyphens
			p.write(`<span class="option">`)
			p.escaped(word)
			p.write("</span>")
		} else {
			p.escaped(word)
		}
		if more {
			p.write(" ")
		}
		held = rest
	}
}

func (p *htmlPrinter) escaped(s string) {
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
	p.beginCode()
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
		p.code = true
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
	p.beginCode()
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
	p.beginCode()
	switch mark {
	case BreakMark:
		p.write("<br>\n")
	case AddressMark:
		argument = html.EscapeString(argument)
		p.write(`<a href="`, argument, `" rel="noreferrer">`, argument, "</a>")
	}
}

func (p *htmlPrinter) blank(name, value string, code bool) {
	p.beginCode()
	switch {
	case value == "":
		p.write("<var>&lt;", html.EscapeString(name), "&gt;</var>")
	case code:
		p.write(html.EscapeString(value))
	default:
		p.write("<code>", html.EscapeString(value), "</code>")
	}
}
