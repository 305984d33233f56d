package card

import (
	"bytes"
	"encoding/binary"
	"hash/adler32"
	"hash/crc32"
	"io"
	"sync"

	"github.com/klauspost/compress/flate"
)

// stride is the length of a row: its filter, which is none, and the pixels.
const stride = 1 + Width/perByte

// A band is some rows of an image, compressed: blocks of DEFLATE (RFC 1951)
// that refer to nothing before them and end at a byte.
type band struct {
	blocks []byte
	size   int    // of the rows
	sum    uint32 // Adler-32 of the rows
}

var compressors = sync.Pool{New: func() any {
	w, err := flate.NewWriter(nil, flate.BestSpeed)
	if err != nil {
		panic(err) // the level is a constant
	}
	return w
}}

func compress(rows []byte) band {
	var out bytes.Buffer
	deflate(&out, rows)
	return band{out.Bytes(), len(rows), adler32.Checksum(rows)}
}

// deflate writes rows to a buffer as the blocks of a band.
func deflate(out io.Writer, rows []byte) {
	w := compressors.Get().(*flate.Writer)
	defer compressors.Put(w)
	w.Reset(out)
	_, _ = w.Write(rows) // writing to a buffer does not fail
	_ = w.Flush()
}

// A picture is a PNG file under way (https://www.w3.org/TR/png/), up to its
// pixels, which are a zlib stream (RFC 1950).
type picture struct {
	data   []byte
	pixels int // where they begin
	sum    uint32
}

// newPicture begins a file behind what out holds.
func newPicture(out []byte) *picture {
	header := binary.BigEndian.AppendUint32(nil, Width)
	header = binary.BigEndian.AppendUint32(header, Height)
	header = append(header, 8/perByte, 3, 0, 0, 0) // bits a pixel, with a palette
	var colours []byte
	for _, c := range palette {
		colours = append(colours, c.R, c.G, c.B)
	}
	out = append(out, "\x89PNG\r\n\x1a\n"...)
	out = chunk(out, "IHDR", header)
	out = chunk(out, "PLTE", colours)
	return &picture{append(out, "sizeIDAT\x78\x01"...), len(out) + 8, 1}
}

// Write implements [io.Writer] for pixels.
func (p *picture) Write(data []byte) (int, error) {
	p.data = append(p.data, data...)
	return len(data), nil
}

// add adds a band.
func (p *picture) add(b band) {
	p.data = append(p.data, b.blocks...)
	p.sum = joinSums(p.sum, b.sum, b.size)
}

// draw adds the band of rows.
func (p *picture) draw(rows []byte) {
	deflate(p, rows)
	p.sum = joinSums(p.sum, adler32.Checksum(rows), len(rows))
}

// joinSums returns the Adler-32 of two texts, the second of which is size
// bytes long, from theirs.
func joinSums(first, second uint32, size int) uint32 {
	const mod = 65521
	n := uint32(size % mod)
	a1, b1, a2, b2 := first&0xffff, first>>16, second&0xffff, second>>16
	a := (a1 + a2 + mod - 1) % mod
	b := (b1 + b2 + uint32(uint64(n)*uint64(a1+mod-1)%mod)) % mod
	return b<<16 | a
}

// png ends the file, and returns it with what stood before it.
func (p *picture) png() []byte {
	out := append(p.data, 0x01, 0x00, 0x00, 0xff, 0xff) // the last block, an empty one
	out = binary.BigEndian.AppendUint32(out, p.sum)
	binary.BigEndian.PutUint32(out[p.pixels-8:], uint32(len(out)-p.pixels))
	out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[p.pixels-4:]))
	return chunk(out, "IEND", nil)
}

func chunk(out []byte, kind string, data []byte) []byte {
	out = binary.BigEndian.AppendUint32(out, uint32(len(data)))
	start := len(out)
	out = append(append(out, kind...), data...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[start:]))
}
