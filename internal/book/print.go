package book

import (
	"strconv"
	"strings"
)

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
	if argument == "" || argument[0] < '0' || argument[0] > '9' { // as of most lists
		return -1
	}
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
