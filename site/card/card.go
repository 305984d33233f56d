// Package card draws the images that link previews show for entries.
package card

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
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

const margin = 80

// Few colours keep the files small; those between ink and paper smooth letters.
var palette = func() color.Palette {
	paper, ink, accent := color.RGBA{0xfb, 0xf9, 0xf4, 0xff}, color.RGBA{0x1c, 0x23, 0x26, 0xff}, color.RGBA{0x9a, 0x34, 0x12, 0xff}
	p := color.Palette{paper, accent}
	for i := 1; i <= 14; i++ {
		mix := func(a, b uint8) uint8 { return uint8((int(a)*(14-i) + int(b)*i) / 14) }
		p = append(p, color.RGBA{mix(paper.R, ink.R), mix(paper.G, ink.G), mix(paper.B, ink.B), 0xff})
	}
	return p
}()

const (
	paperIndex  = 0
	accentIndex = 1
)

// sizes are the heights that text is tried in, in pixels, with what fits.
var sizes = []struct {
	pixels float64
	lines  int
}{{104, 2}, {80, 3}, {60, 4}}

var faces = sync.OnceValue(func() map[float64]font.Face {
	parsed, err := opentype.Parse(gomonobold.TTF)
	if err != nil {
		panic(err) // the font is part of the program
	}
	list := map[float64]font.Face{}
	for _, pixels := range []float64{104, 80, 60, 36} {
		face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: pixels, DPI: 72, Hinting: font.HintingFull})
		if err != nil {
			panic(err)
		}
		list[pixels] = face
	}
	return list
})

var drawing sync.Mutex // faces are not safe for concurrent use

// Draw returns the image as PNG. The same card gives the same bytes. It is safe
// for concurrent use.
func Draw(c Card) []byte {
	drawing.Lock()
	img := image.NewPaletted(image.Rect(0, 0, Width, Height), palette)
	fill(img, image.Rect(0, 0, 28, Height), accentIndex)
	marks(img, c.Kind)
	lines, pixels := fit(printable(c.Text))
	y := (Height-int(pixels*1.25)*len(lines))/2 + int(pixels)
	for _, line := range lines {
		text(img, faces()[pixels], margin, y, line)
		y += int(pixels * 1.25)
	}
	text(img, faces()[36], margin, Height-56, "reasonbook")
	drawing.Unlock()

	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&out, img); err != nil {
		panic(err) // writing to a buffer does not fail
	}
	return out.Bytes()
}

func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x20 || r > 0x7e {
			return -1
		}
		return r
	}, s)
}

// fit returns the text as lines in the largest size that it fits.
func fit(s string) (lines []string, pixels float64) {
	for _, size := range sizes {
		pixels = size.pixels
		advance, _ := faces()[pixels].GlyphAdvance('m')
		columns := (Width - 2*margin) / advance.Ceil()
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

func text(img *image.Paletted, face font.Face, x, y int, s string) {
	dot := fixed.P(x, y)
	for _, r := range s {
		bounds, mask, point, advance, ok := face.Glyph(dot, r)
		if !ok {
			continue
		}
		alpha := mask.(*image.Alpha)
		for dy := range bounds.Dy() {
			for dx := range bounds.Dx() {
				a := int(alpha.AlphaAt(point.X+dx, point.Y+dy).A)
				if shade := (a*14 + 127) / 255; shade > 0 {
					img.SetColorIndex(bounds.Min.X+dx, bounds.Min.Y+dy, uint8(accentIndex+shade))
				}
			}
		}
		dot.X += advance
	}
}

func fill(img *image.Paletted, r image.Rectangle, index uint8) {
	draw.Draw(img, r, image.NewUniform(palette[index]), image.Point{}, draw.Src)
}

// marks draws the shape of a kind, or all three beside each other.
func marks(img *image.Paletted, kind string) {
	const size, top, gap = 72, 64, 110
	x := margin
	for _, k := range []string{"state", "cause", "log"} {
		if kind != "" && kind != k {
			continue
		}
		for dy := range size {
			for dx := range size {
				if within(k, dx-size/2, dy-size/2) {
					img.SetColorIndex(x+dx, top+dy, accentIndex)
				}
			}
		}
		x += gap
	}
}

// within reports whether a point, seen from the middle of its mark, belongs to it.
func within(kind string, x, y int) bool {
	switch kind {
	case "state":
		d := x*x + y*y
		return d <= 35*35 && d >= 22*22
	case "cause":
		return max(x, -x)+max(y, -y) <= 36
	}
	switch {
	case y >= -30 && y < -18, y >= 18 && y < 30:
		return true
	}
	return y >= -6 && y < 6 && x < 12
}
