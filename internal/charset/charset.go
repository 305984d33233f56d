// Package charset tells what content is that is not text in UTF-8, so that
// whoever sent it can be told what to do. It decodes nothing, and is small
// enough for the function.
package charset

import (
	"bytes"
	"unicode/utf8"
)

// A Kind is what can be done about content.
type Kind int

const (
	Text    Kind = iota // UTF-8: nothing to do
	Encoded             // text in the encoding that Form.Name tells: convert it
	Damaged             // UTF-8 but for some bytes: drop these
	Packed              // compressed or an archive, by Form.Name: unpack it
	Binary              // no text, a file of the type Form.Name if that is known
	Unknown             // perhaps text in some other encoding
)

// A Form is what content seems to be.
type Form struct {
	Kind Kind
	// Name is how iconv calls the encoding (SHIFT_JIS), or how people call the
	// type of the file (gzip); "" if it is not known.
	Name string
}

// An Error reports content that is not text in UTF-8.
type Error struct{ Form Form }

func (e *Error) Error() string { return "not text in UTF-8" }

// magic is how files begin that are no text.
var magic = []struct {
	start string
	form  Form
}{
	{"\x1f\x8b", Form{Packed, "gzip"}},
	{"PK\x03\x04", Form{Packed, "zip"}},
	{"\x28\xb5\x2f\xfd", Form{Packed, "zstd"}},
	{"\xfd7zXZ\x00", Form{Packed, "xz"}},
	{"BZh", Form{Packed, "bzip2"}},
	{"\x89PNG", Form{Binary, "PNG"}},
	{"\xff\xd8\xff", Form{Binary, "JPEG"}},
	{"GIF8", Form{Binary, "GIF"}},
	{"%PDF-", Form{Binary, "PDF"}},
}

// sample is how much of the content is looked at to tell an encoding, in bytes.
const sample = 4 << 10

// Guess tells what content is: all of a text, or a part that ends between two
// characters. What is not UTF-8 is told by the characters that are frequent in
// each encoding, so a short text may be Unknown.
func Guess(content []byte) Form {
	if name := UTF16(content); name != "" {
		return Form{Encoded, name}
	}
	if utf8.Valid(content) {
		return Form{Kind: Text}
	}
	for _, m := range magic {
		if bytes.HasPrefix(content, []byte(m.start)) {
			return m.form
		}
	}
	first := bytes.IndexFunc(content, func(r rune) bool { return r >= utf8.RuneSelf })
	content = content[first:min(len(content), first+sample)]
	switch {
	case isBinary(content):
		return Form{Kind: Binary}
	case mostlyUTF8(content):
		return Form{Kind: Damaged}
	}
	return multiByte(content)
}

// UTF16 returns UTF-16LE or UTF-16BE if content begins like text in one of
// them, with a byte order mark or without, and "" if not. It looks at the first
// kilobytes only.
func UTF16(content []byte) string {
	switch {
	case bytes.HasPrefix(content, []byte("\xff\xfe")):
		return "UTF-16LE"
	case bytes.HasPrefix(content, []byte("\xfe\xff")):
		return "UTF-16BE"
	}
	// Of ASCII, blanks and line ends included, one byte of the two is 0, and
	// always the same.
	content = content[:min(len(content), sample)&^1]
	var zeros [2]int
	for i, b := range content {
		if b == 0 {
			zeros[i&1]++
		}
	}
	switch enough := len(content) / 8; {
	case zeros[0] == 0 && zeros[1] > enough:
		return "UTF-16LE"
	case zeros[1] == 0 && zeros[0] > enough:
		return "UTF-16BE"
	}
	return ""
}

// isBinary reports whether content holds what no text holds, or hardly any:
// control characters but for those of terminals and line printers.
func isBinary(content []byte) bool {
	controls := 0
	for _, b := range content {
		switch {
		case b == 0:
			return true
		case b >= '\b' && b <= '\r' || b == 0x1b:
		case b < ' ' || b == 0x7f:
			controls++
		}
	}
	return controls*20 > len(content)
}

// mostlyUTF8 reports whether most of what is not ASCII is UTF-8.
func mostlyUTF8(content []byte) bool {
	good, bad := 0, 0
	for len(content) > 0 {
		r, size := utf8.DecodeRune(content)
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case r >= utf8.RuneSelf:
			good += size
		}
		content = content[size:]
	}
	return good > 4*bad
}
