package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/charset"
	"github.com/reasonbook/reasonbook/internal/payload"
)

// peeked is how much of an input is looked at to tell how it is packed and
// encoded, in bytes.
const peeked = 4 << 10

// gzip of a few kilobytes can hold a terabyte. Logs shrink to a tenth or a
// thirtieth; what unpacks to more than maxRatio times its size is read up to
// freeSize bytes only.
const (
	maxRatio = 100
	freeSize = 64 << 20
)

var (
	// errGzip reports gzip that cannot be unpacked to its end.
	errGzip = errors.New("damaged gzip")
	// errGzipSize reports gzip that unpacks to much more than its own size.
	errGzipSize = errors.New("the gzip unpacks to too much")
)

// decoded returns what r holds, unpacked if it is gzip, and in UTF-8 without a
// byte order mark if it is UTF-8 or UTF-16. Other encodings stay as they are.
func decoded(r io.Reader) (io.Reader, error) {
	packed := &countingReader{Reader: r}
	input := bufio.NewReaderSize(packed, peeked)
	head, err := peek(input)
	if err != nil {
		return nil, err
	}
	if len(head) > 1 && head[0] == 0x1f && head[1] == 0x8b {
		unpacked, err := gzip.NewReader(input)
		if err != nil {
			return nil, errGzip
		}
		input = bufio.NewReaderSize(&gzipReader{Reader: unpacked, packed: packed}, peeked)
		if head, err = peek(input); err != nil {
			return nil, err
		}
	}
	var order unicode.Endianness
	switch charset.UTF16(head) {
	case "UTF-16LE":
		order = unicode.LittleEndian
	case "UTF-16BE":
		order = unicode.BigEndian
	default:
		if bytes.HasPrefix(head, []byte("\ufeff")) {
			_, err = input.Discard(len("\ufeff"))
		}
		return input, err
	}
	return transform.NewReader(input, unicode.UTF16(order, unicode.UseBOM).NewDecoder()), nil
}

// peek returns the beginning of the input, all of it if it is short.
func peek(input *bufio.Reader) ([]byte, error) {
	head, err := input.Peek(peeked)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return head, err
}

// A countingReader counts the bytes that were read.
type countingReader struct {
	io.Reader
	n int64
}

func (r *countingReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	r.n += int64(n)
	return n, err
}

// A gzipReader unpacks within bounds, and says of every fault that the gzip is
// damaged.
type gzipReader struct {
	*gzip.Reader
	packed   *countingReader
	unpacked int64
}

func (r *gzipReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	r.unpacked += int64(n)
	switch {
	case r.unpacked > max(freeSize, maxRatio*r.packed.n):
		err = errGzipSize
	case err != nil && err != io.EOF:
		err = errGzip
	}
	return n, err
}

// inputText is what explain says of its input, in one language. %s stands for
// the name of an encoding or of a type of file.
type inputText struct {
	prompt, empty, encoded, damaged, packed, binary, binaryFile, unknown, gzip, gzipSize, largeJSON string

	// What progress says: what was read, a second, of how much, and the percentage.
	read, readOf string
}

var inputWords = [3]inputText{
	book.English: {
		prompt:     "paste the text, then press Ctrl-D",
		empty:      "the input is empty; name a file, or pipe something in: kubectl describe pod NAME | reasonbook explain",
		encoded:    "the input is not UTF-8, it looks like %[1]s; convert it: iconv -f %[1]s -t UTF-8 FILE | reasonbook explain",
		damaged:    "the input is UTF-8 with damaged bytes in it; drop them: iconv -c -f UTF-8 -t UTF-8 FILE | reasonbook explain",
		packed:     "the input is no text but a file of type %s; unpack it first",
		binaryFile: "the input is no text but a file of type %s; copy the text out of it",
		binary:     "the input is binary, not text",
		unknown:    "the input is not UTF-8, and it is not clear what else; convert it: iconv -f ENCODING -t UTF-8 FILE | reasonbook explain",
		gzip:       "the input is gzip, but damaged or cut off; copy the file again",
		gzipSize:   "the input is gzip that unpacks to more than 100 times its size, as hardly a log does; if you trust it, unpack it yourself: gunzip -c FILE | reasonbook explain",
		largeJSON:  "the input is one JSON value of more than 6 MiB, and only text, and lists and sequences of objects may be larger; take one object: kubectl get pod NAME -o json | reasonbook explain",
		read:       "%[1]d MiB read, %[2]d MiB/s",
		readOf:     "%[1]d of %[3]d MiB read (%[4]d %%), %[2]d MiB/s",
	},
	book.Japanese: {
		prompt:     "テキストを貼り付けて、Ctrl-Dを押してください",
		empty:      "入力が空です。ファイルを指定するか、パイプで渡してください: kubectl describe pod NAME | reasonbook explain",
		encoded:    "入力がUTF-8ではありません（%[1]sと思われます）。変換してください: iconv -f %[1]s -t UTF-8 FILE | reasonbook explain",
		damaged:    "入力はUTF-8ですが、壊れたバイトが含まれています。取り除いてください: iconv -c -f UTF-8 -t UTF-8 FILE | reasonbook explain",
		packed:     "入力がテキストではなく、%s形式のファイルです。先に展開してください",
		binaryFile: "入力がテキストではなく、%s形式のファイルです。テキストとして取り出してください",
		binary:     "入力がテキストではなく、バイナリです",
		unknown:    "入力がUTF-8ではなく、文字コードを判別できません。変換してください: iconv -f 文字コード -t UTF-8 FILE | reasonbook explain",
		gzip:       "入力のgzipデータが壊れているか、途中で切れています。ファイルをコピーし直してください",
		gzipSize:   "入力のgzipデータが、展開すると元の100倍を超えます（通常のログではまず起こりません）。信頼できるデータであれば、先に展開してください: gunzip -c FILE | reasonbook explain",
		largeJSON:  "入力が6 MiBを超える単独のJSONです（これより大きな入力は、テキスト、リスト、連続したオブジェクトのみ対応）。オブジェクトを1つに絞ってください: kubectl get pod NAME -o json | reasonbook explain",
		read:       "%[1]d MiBを読み取り済み、%[2]d MiB/秒",
		readOf:     "%[3]d MiB中%[1]d MiBを読み取り済み（%[4]d%%）、%[2]d MiB/秒",
	},
	book.Chinese: {
		prompt:     "请粘贴文本，然后按 Ctrl-D",
		empty:      "输入为空。请指定文件，或通过管道传入：kubectl describe pod NAME | reasonbook explain",
		encoded:    "输入不是 UTF-8，可能是 %[1]s。请先转换：iconv -f %[1]s -t UTF-8 FILE | reasonbook explain",
		damaged:    "输入是 UTF-8，但含有损坏的字节。请先去除：iconv -c -f UTF-8 -t UTF-8 FILE | reasonbook explain",
		packed:     "输入不是文本，而是 %s 文件。请先解压",
		binaryFile: "输入不是文本，而是 %s 文件。请从中复制文本",
		binary:     "输入是二进制数据，不是文本",
		unknown:    "输入不是 UTF-8，且无法识别其编码。请先转换：iconv -f 编码 -t UTF-8 FILE | reasonbook explain",
		gzip:       "输入的 gzip 数据已损坏或不完整。请重新复制该文件",
		gzipSize:   "输入的 gzip 数据解压后超过其大小的 100 倍，正常日志很少如此。如果确认可信，请自行解压：gunzip -c FILE | reasonbook explain",
		largeJSON:  "输入是超过 6 MiB 的单个 JSON 值，只有文本、列表和连续的多个对象可以更大。请只取一个对象：kubectl get pod NAME -o json | reasonbook explain",
		read:       "已读取 %[1]d MiB，%[2]d MiB/s",
		readOf:     "已读取 %[1]d MiB，共 %[3]d MiB（%[4]d%%），%[2]d MiB/s",
	},
}

// of returns what is said of input that cannot be read. It holds nothing of the
// input.
func (w *inputText) of(err error) string {
	var form *charset.Error
	var refused *payload.Error
	switch {
	case errors.Is(err, errGzip):
		return w.gzip
	case errors.Is(err, errGzipSize):
		return w.gzipSize
	case errors.Is(err, errLargeJSON):
		return w.largeJSON
	case errors.As(err, &form):
		return w.ofForm(form.Form)
	case errors.As(err, &refused) && refused.Code == payload.EmptyBody:
		return w.empty
	case refused != nil:
		return refused.Detail
	}
	return err.Error()
}

func (w *inputText) ofForm(form charset.Form) string {
	switch {
	case form.Kind == charset.Encoded:
		return fmt.Sprintf(w.encoded, form.Name)
	case form.Kind == charset.Damaged:
		return w.damaged
	case form.Kind == charset.Packed:
		return fmt.Sprintf(w.packed, form.Name)
	case form.Kind == charset.Binary && form.Name != "":
		return fmt.Sprintf(w.binaryFile, form.Name)
	case form.Kind == charset.Binary:
		return w.binary
	}
	return w.unknown
}
