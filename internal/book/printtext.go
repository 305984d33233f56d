package book

import "strings"

// Plain returns the text without markup; commands stand on lines of their own.
func (r Rich) Plain(v Values) string {
	p := plainPrinter{blocks: blocks{gap: plainGap}, changes: v.Changes}
	p.out.Grow(len(r))
	r.print(&p, v)
	return p.out.String()
}

// Markdown returns the text as CommonMark. Values cannot bring in markup.
func (r Rich) Markdown(v Values) string {
	p := markdownPrinter{blocks: blocks{gap: markdownGap}, base: v.Base, changes: v.Changes}
	p.out.Grow(len(r))
	r.print(&p, v)
	return p.out.String()
}

// plainPrinter writes text for a terminal or a chat: no markup, commands on
// lines of their own, screenshots of a block of their own left out.
type plainPrinter struct {
	blocks
	hidden  int
	changes string
}

// changing reports whether the commands of a code block change something.
func changing(argument string) bool { return strings.HasSuffix(argument, " change") }

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
	if mark == CodeBlockMark && p.changes != "" && changing(argument) {
		p.text("[" + p.changes + "]\n")
	}
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
	base    string
	changes string
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
		if p.changes != "" && changing(argument) {
			p.text("**" + p.changes + "**\n\n")
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
