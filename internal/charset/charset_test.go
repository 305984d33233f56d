package charset

import (
	"bytes"
	"compress/gzip"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

func TestGuess(t *testing.T) {
	const (
		ja    = "イメージのプルに失敗しました。イメージ名を確認してください。"
		zh    = "镜像拉取失败，请检查镜像地址和凭证。"
		table = "NAME     READY   STATUS             RESTARTS\ncart-1   0/1     CrashLoopBackOff   3\n"
	)
	in := func(e encoding.Encoding, s string) string {
		t.Helper()
		out, err := e.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	le, be := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	w.Write([]byte(table))
	w.Close()

	for _, test := range []struct {
		name, content string
		want          Form
	}{
		{"nothing", "", Form{Kind: Text}},
		{"English", table, Form{Kind: Text}},
		{"Japanese", ja, Form{Kind: Text}},
		{"byte order mark", "\ufeff" + ja, Form{Kind: Text}},
		{"zeros in a log", "started\n\x00\x00\x00\x00\x00\x00\x00\x00stopped\n" + table, Form{Kind: Text}},

		{"UTF-16LE with a mark", "\xff\xfe" + in(le, ja), Form{Encoded, "UTF-16LE"}},
		{"UTF-16BE with a mark", "\xfe\xff" + in(be, zh), Form{Encoded, "UTF-16BE"}},
		{"UTF-16LE", in(le, table), Form{Encoded, "UTF-16LE"}},
		{"UTF-16BE", in(be, table), Form{Encoded, "UTF-16BE"}},
		{"UTF-16LE of one word", in(le, "Error"), Form{Encoded, "UTF-16LE"}},
		{"UTF-16LE with Japanese", in(le, table+ja), Form{Encoded, "UTF-16LE"}},

		{"Shift_JIS", in(japanese.ShiftJIS, ja), Form{Encoded, "SHIFT_JIS"}},
		{"Shift_JIS, one word", in(japanese.ShiftJIS, "エラー"), Form{Encoded, "SHIFT_JIS"}},
		{"Shift_JIS in a log", table + in(japanese.ShiftJIS, "起動に失敗しました") + "\n" + table, Form{Encoded, "SHIFT_JIS"}},
		{"EUC-JP", in(japanese.EUCJP, ja), Form{Encoded, "EUC-JP"}},
		{"GBK", in(simplifiedchinese.GBK, zh), Form{Encoded, "GB18030"}},
		{"GB18030", in(simplifiedchinese.GB18030, "実行时异常：实例镜像拉取失败"), Form{Encoded, "GB18030"}},
		{"GBK, one word", in(simplifiedchinese.GBK, "失败"), Form{Encoded, "GB18030"}},
		{"long GBK, cut in a character", table + "x" + strings.Repeat(in(simplifiedchinese.GBK, zh), 500), Form{Encoded, "GB18030"}},
		{"long Shift_JIS", "x" + strings.Repeat(in(japanese.ShiftJIS, ja), 500), Form{Encoded, "SHIFT_JIS"}},

		{"Latin-1", in(charmap.Windows1252, "l’image n’a pas été trouvée: échec du démarrage"), Form{Kind: Unknown}},
		{"damaged Japanese", ja + "\xff" + ja, Form{Kind: Damaged}},
		{"damaged Chinese", zh + zh[:len(zh)-1], Form{Kind: Damaged}},
		{"damaged Chinese, far in", strings.Repeat(zh, 500) + "\xe9\n" + table, Form{Kind: Damaged}},

		{"gzip", zipped.String(), Form{Packed, "gzip"}},
		{"zip", "PK\x03\x04\x14\x00\x00\x00\x08\x00\xe1\x9d", Form{Packed, "zip"}},
		{"PNG", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", Form{Binary, "PNG"}},
		{"some file", "\x01\x02\x00\xc0\xde\x00\x00\x05", Form{Kind: Binary}},
		{"controls", "\xfe\x01\x02\x03\x04\x05\x06", Form{Kind: Binary}},
		{"one byte", "\xff", Form{Kind: Unknown}},
	} {
		if got := Guess([]byte(test.content)); got != test.want {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}

// FuzzGuess: nothing panics, and what is no UTF-8 is never taken for text.
func FuzzGuess(f *testing.F) {
	f.Add([]byte("\x82\xa0\x82"))
	f.Add([]byte("\x81\x30\x81"))
	f.Fuzz(func(t *testing.T, content []byte) {
		if Guess(content).Kind == Text && strings.ToValidUTF8(string(content), "") != string(content) {
			t.Error("not UTF-8, but taken for text")
		}
	})
}
