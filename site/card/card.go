// Package card draws the images that link previews show for entries.
package card

import (
	"image"
	"image/color"
	"strings"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gomonobold"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// Width and Height are the size of an image in pixels, as OpenGraph wants it.
const (
	Width  = 1200
	Height = 630
)

// A Card is what an image shows. It has no words but the name of the site and
// Text, so one image serves all languages.
type Card struct {
	// Kind is state, cause or log, and shown as a ring, a diamond or lines; all
	// three are shown for "".
	Kind string
	// Text is what a console shows; only its printable ASCII characters are
	// drawn.
	Text string
}

// An image is a stack of bands: the bar at its left side runs through all of
// them, and apart from that the topmost shows the mark of the kind, the lowest
// the name of the site, and those between a line of text each or nothing. Bands
// are compressed one by one, so that a card only costs its lines of text.
const (
	margin       = 80
	bar          = 28
	topHeight    = 150
	bottomHeight = 110
)

// Four colours, two bits a pixel, keep the files small and soon compressed.
// Grey smooths the edges of letters.
const (
	paper = iota
	grey
	ink
	accent
)

var palette = [...]color.RGBA{
	paper:  {0xfb, 0xf9, 0xf4, 0xff},
	grey:   {0x8b, 0x8e, 0x8d, 0xff},
	ink:    {0x1c, 0x23, 0x26, 0xff},
	accent: {0x9a, 0x34, 0x12, 0xff},
}

// perByte is how many pixels a byte holds.
const perByte = 4

// A typeface is the letters of one size, each as the rows of a cell. Cells
// are as wide as each other, a whole number of bytes.
type typeface struct {
	width, height int // of a cell, in pixels
	cells         ['~' - ' ' + 1][]byte
}

// sizes are the heights that text is tried in, in pixels, with the lines that
// fit between the marks and the name.
var sizes = []struct {
	pixels, lines int
}{{100, 2}, {80, 3}, {60, 4}}

const nameSize = 40

var typefaces = sync.OnceValue(func() map[int]*typeface {
	parsed, err := opentype.Parse(gomonobold.TTF)
	if err != nil {
		panic(err) // the font is part of the program
	}
	list := map[int]*typeface{}
	for _, pixels := range []int{sizes[0].pixels, sizes[1].pixels, sizes[2].pixels, nameSize} {
		face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: float64(pixels), DPI: 72, Hinting: font.HintingFull})
		if err != nil {
			panic(err)
		}
		advance, _ := face.GlyphAdvance('m')
		t := &typeface{width: (advance.Ceil() + perByte - 1) / perByte * perByte, height: pixels * 5 / 4}
		for c := range t.cells {
			t.cells[c] = t.cell(face, ' '+rune(c))
		}
		list[pixels] = t
	}
	return list
})

func (t *typeface) cell(face font.Face, r rune) []byte {
	cell := make([]byte, t.width/perByte*t.height)
	bounds, mask, point, _, ok := face.Glyph(fixed.P(0, t.height*4/5), r)
	if !ok {
		return cell
	}
	alpha := mask.(*image.Alpha)
	for y := max(0, bounds.Min.Y); y < min(t.height, bounds.Max.Y); y++ {
		for x := max(0, bounds.Min.X); x < min(t.width, bounds.Max.X); x++ {
			a := int(alpha.AlphaAt(point.X+x-bounds.Min.X, point.Y+y-bounds.Min.Y).A)
			set(cell, t.width, x, y, byte((a*ink+127)/255))
		}
	}
	return cell
}

// set gives a pixel its colour; rows are width pixels long.
func set(pixels []byte, width, x, y int, colour byte) {
	pixels[(y*width+x)/perByte] |= colour << (8 / perByte * (perByte - 1 - x%perByte))
}

// Draw appends the image as PNG. The same card gives the same bytes. It is safe
// for concurrent use.
func Draw(out []byte, c Card) []byte {
	lines, pixels := fit(printable(c.Text))
	t := typefaces()[pixels]
	middle := Height - topHeight - bottomHeight
	above := (middle - len(lines)*t.height) / 2
	p := newPicture(out)
	p.add(top(c.Kind))
	p.add(empty(above))
	space := spaces.Get().(*[]byte)
	for _, line := range lines {
		*space = t.rows(*space, line)
		p.draw(*space)
	}
	spaces.Put(space)
	p.add(empty(middle - above - len(lines)*t.height))
	p.add(bottom())
	return p.png()
}

var spaces = sync.Pool{New: func() any { return new([]byte) }}

func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return -1
		}
		return r
	}, s)
}

// fit returns the text as lines in the largest size that it fits.
func fit(s string) (lines []string, pixels int) {
	for _, size := range sizes {
		pixels = size.pixels
		columns := (Width - 2*margin) / typefaces()[pixels].width
		if lines = wrap(s, columns); len(lines) <= size.lines {
			return lines, pixels
		}
	}
	last := sizes[len(sizes)-1].lines
	lines = lines[:last]
	end := lines[last-1]
	lines[last-1] = end[:max(0, len(end)-3)] + "..."
	return lines, pixels
}

// wrap breaks a text into lines of at most columns characters: at spaces,
// after punctuation, before capital letters, or where it must.
func wrap(s string, columns int) []string {
	var lines []string
	for s = strings.TrimSpace(s); len(s) > columns; s = strings.TrimSpace(s) {
		at := columns
		for i := columns; i > columns/3; i-- {
			c, before := s[i], s[i-1]
			if c == ' ' || strings.IndexByte("-/._:", before) >= 0 || c >= 'A' && c <= 'Z' && before >= 'a' && before <= 'z' {
				at = i
				break
			}
		}
		lines = append(lines, strings.TrimSpace(s[:at]))
		s = s[at:]
	}
	return append(lines, s)
}

// rows returns the rows of a band with a line of text, in space if that is
// large enough.
func (t *typeface) rows(space []byte, line string) []byte {
	rows := blank(space, t.height)
	for y := range t.height {
		row := rows[y*stride+1+margin/perByte:]
		for i := range len(line) {
			cell := t.cells[line[i]-' ']
			copy(row[i*t.width/perByte:], cell[y*t.width/perByte:(y+1)*t.width/perByte])
		}
	}
	return rows
}

// blank returns rows with nothing but the bar, in space if that is large enough.
func blank(space []byte, height int) []byte {
	rows := append(space[:0], make([]byte, height*stride)...)
	for y := range height {
		for x := range bar / perByte {
			rows[y*stride+1+x] = accent * 0b01010101
		}
	}
	return rows
}

// The bands that many cards share.
var (
	bands   = map[any]band{}
	bandsMu sync.Mutex
)

// shared returns the band with a key, which is made when it is first needed.
func shared(key any, rows func() []byte) band {
	bandsMu.Lock()
	defer bandsMu.Unlock()
	b, ok := bands[key]
	if !ok {
		b = compress(rows())
		bands[key] = b
	}
	return b
}

func empty(height int) band {
	return shared(height, func() []byte { return blank(nil, height) })
}

func bottom() band {
	return shared("name", func() []byte {
		t := typefaces()[nameSize]
		return append(t.rows(nil, "reasonbook"), blank(nil, bottomHeight-t.height)...)
	})
}

// top returns the band with the mark of a kind, or all three beside each other.
func top(kind string) band {
	return shared("mark "+kind, func() []byte {
		const size, above, gap = 72, 64, 110
		rows := blank(nil, topHeight)
		x := margin
		for _, k := range []string{"state", "cause", "log"} {
			if kind != "" && kind != k {
				continue
			}
			for dy := range size {
				for dx := range size {
					if covers(k, dx, dy, size/2) {
						set(rows[(above+dy)*stride+1:], Width, x+dx, 0, accent)
					}
				}
			}
			x += gap
		}
		return rows
	})
}

// covers reports whether a mark covers half of a pixel or more. The middle of
// the mark is at (middle, middle).
func covers(kind string, x, y int, middle float64) bool {
	const n = 4 // samples a side
	count := 0
	for i := range n * n {
		dx := float64(x) + (float64(i%n)+.5)/n - middle
		dy := float64(y) + (float64(i/n)+.5)/n - middle
		if within(kind, dx, dy) {
			count++
		}
	}
	return count >= n*n/2
}

// within reports whether a point, seen from the middle of its mark, belongs to it.
func within(kind string, x, y float64) bool {
	switch kind {
	case "state":
		d := x*x + y*y
		return d <= 35*35 && d >= 22*22
	case "cause":
		return max(x, -x)+max(y, -y) <= 36
	}
	switch {
	case y >= -30 && y < -18, y >= 18 && y < 30:
		return x >= -34 && x < 34
	}
	return y >= -6 && y < 6 && x >= -34 && x < 12
}
