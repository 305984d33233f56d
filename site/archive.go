package site

import (
	"archive/zip"
	"bytes"
	"errors"
	"hash/crc32"
	"io"
	"sync"
	"time"

	"github.com/klauspost/compress/flate"
)

// An archive is the site as a zip file, for reading without a network. Its
// files are compressed where they are made, and put together one after another.
type archive struct {
	out  Output // of the site
	file io.WriteCloser
	zip  *zip.Writer
}

// archiveName is the archive's path in the site, and archiveFolder the folder
// that it unpacks to.
const (
	archiveName   = "reasonbook.zip"
	archiveFolder = "reasonbook/"
)

// The archive must be the same for the same content, so its files have one time.
var archiveTime = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// packed is a compressed file.
type packed struct {
	name     string
	deflated []byte
	buffer   *bytes.Buffer // of buffers, which holds deflated; nil if it is kept
	size     int
	sum      uint32
}

// kept returns the file for more than one archive.
func (p packed) kept() packed {
	p.buffer = nil
	return p
}

func newArchive(out Output) (*archive, error) {
	file, err := out.Create(archiveName)
	if err != nil {
		return nil, err
	}
	return &archive{out, file, zip.NewWriter(file)}, nil
}

var deflaters = sync.Pool{New: func() any {
	w, err := flate.NewWriter(nil, 1)
	if err != nil {
		panic(err) // the level is a constant
	}
	return w
}}

func pack(name string, content []byte) packed {
	w := deflaters.Get().(*flate.Writer)
	defer deflaters.Put(w)
	out := buffers.Get().(*bytes.Buffer)
	out.Reset()
	w.Reset(out)
	// Writing to a buffer does not fail.
	_, _ = w.Write(content)
	_ = w.Close()
	return packed{name, out.Bytes(), out, len(content), crc32.ChecksumIEEE(content)}
}

// write writes a file of the site, and adds it.
func (a *archive) write(path string, content []byte) error {
	return errors.Join(a.out.WriteFile(path, content), a.add(pack(path, content)))
}

// add adds a file, which is not used any more unless it is kept.
func (a *archive) add(p packed) error {
	if p.buffer != nil {
		defer buffers.Put(p.buffer)
	}
	w, err := a.zip.CreateRaw(&zip.FileHeader{
		Name: archiveFolder + p.name, Method: zip.Deflate, Modified: archiveTime,
		CRC32: p.sum, CompressedSize64: uint64(len(p.deflated)), UncompressedSize64: uint64(p.size),
	})
	if err != nil {
		return err
	}
	_, err = w.Write(p.deflated)
	return err
}

// create begins a file of the site, which is added when it is closed.
func (a *archive) create(path string) (io.WriteCloser, error) {
	file, err := a.out.Create(path)
	if err != nil {
		return nil, err
	}
	t := &teeFile{archive: a, file: file, packed: packed{name: path}}
	t.deflater, _ = flate.NewWriter(&t.out, 1)
	return t, nil
}

type teeFile struct {
	archive  *archive
	file     io.WriteCloser
	packed   packed
	out      bytes.Buffer
	deflater *flate.Writer
}

func (t *teeFile) Write(content []byte) (int, error) {
	t.packed.size += len(content)
	t.packed.sum = crc32.Update(t.packed.sum, crc32.IEEETable, content)
	if _, err := t.deflater.Write(content); err != nil {
		return 0, err
	}
	return t.file.Write(content)
}

func (t *teeFile) Close() error {
	if err := t.deflater.Close(); err != nil {
		return err
	}
	if err := t.file.Close(); err != nil {
		return err
	}
	t.packed.deflated = t.out.Bytes()
	return t.archive.add(t.packed)
}

func (a *archive) close() error {
	if err := a.zip.Close(); err != nil {
		return err
	}
	return a.file.Close()
}
