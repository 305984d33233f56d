package prose_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/prose"
)

const table = `# Words

Some text | with | bars.

| en | ja | zh | not en | not ja | not zh | note |
| - | - | - | - | - | - | - |
| server | サーバー | 服务器 | | サーバ | 伺服器 | |
| volume | ボリューム | 数据卷, 持久卷 | | | 卷 | |
| host name | ホスト名 | 主机名 | hostname | | | one word nowhere |
| ready | 準備完了 | 就绪 | | Ready, レディ | | |
`

func shown(faults []prose.Fault) string {
	var list []string
	for _, f := range faults {
		list = append(list, fmt.Sprintf("%d: %s", f.Line, f.Message))
	}
	return strings.Join(list, "\n")
}

// TestTerms: forms that the glossary rules out are found with their line and
// the term to write; what only looks like one is not.
func TestTerms(t *testing.T) {
	g, faults := prose.ReadGlossary(table)
	if faults != nil {
		t.Fatal(shown(faults))
	}
	for _, test := range []struct {
		l          book.Language
		text, want string // the beginning; "" for none
	}{
		{book.Japanese, "サーバーが止まる", ""},
		{book.Japanese, "一行目\nサーバが止まる", `2: "サーバ": the glossary says "サーバー"`},
		{book.Japanese, "サーバーとサーバ", `1: "サーバ"`},
		{book.Japanese, "インスタンスがReadyになる", `1: "Ready": the glossary says "準備完了"`},
		{book.Japanese, "NotReadyとReadyz、not-Readyは別の語", ""},
		{book.Japanese, "readyは別のつづり", ""},
		{book.Japanese, "伺服器", ""}, // of another language
		{book.Chinese, "数据卷和持久卷", ""},
		{book.Chinese, "数据卷和卷", `1: "卷": the glossary says "数据卷"`},
		{book.English, "the host name of hostnames", ""},
		{book.English, "its hostname.", `1: "hostname": the glossary says "host name"`},
	} {
		if got := shown(g.Terms(test.l, test.text)); test.want == "" && got != "" || !strings.HasPrefix(got, test.want) {
			t.Errorf("%s %q: %q, want %q", test.l, test.text, got, test.want)
		}
	}
}

// TestGlossaryFaults: what is wrong in a glossary is reported with its line.
func TestGlossaryFaults(t *testing.T) {
	for _, test := range []struct{ name, old, new, want string }{
		{"a cell is missing", "| | サーバ | 伺服器 | |", "| サーバ | 伺服器 | |", "7: 6 cells, but the table has the columns en, ja, zh"},
		{"no term", "| ホスト名 |", "| |", "9: no term in ja"},
		{"ruled out twice", "hostname | |", "hostname | サーバ |", `9: "サーバ" is ruled out in line 7 already`},
		{"a term that is ruled out", "hostname | |", "hostname | ボリューム |", `9: "ボリューム" is ruled out here, and a term elsewhere`},
		{"other columns", "not zh | note", "note | not zh", "1: no table with the columns"},
		{"empty", table, "", "1: no table with the columns"},
	} {
		_, faults := prose.ReadGlossary(strings.Replace(table, test.old, test.new, 1))
		if got := shown(faults); !strings.HasPrefix(got, test.want) {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// TestCustoms: punctuation, spacing and politeness of each language.
func TestCustoms(t *testing.T) {
	const code = "\uFFFC"
	for _, test := range []struct {
		l          book.Language
		item       bool
		text, want string // a part; "" for no fault
	}{
		{book.English, false, "At 80% of it, the node is full.", ""},
		{book.English, false, "At 80 % of it", "a space before %"},
		{book.English, false, "Two  spaces", "two spaces"},
		{book.English, false, "full（stop）", "a character of Chinese or Japanese"},

		{book.Japanese, false, "PodのIPアドレスは" + " " + code + " です（3つ）。", ""},
		{book.Japanese, false, "1～2分で80%になります。", ""},
		{book.Japanese, false, "詳しくは、" + code + "、" + code + "（" + code + "）を見ます。", ""},
		{book.Japanese, false, "Pod のアドレスです。", "a space between Japanese and Latin"},
		{book.Japanese, false, "そのIP アドレスです。", "a space between Japanese and Latin"},
		{book.Japanese, false, "値は 3です。", "a space between Japanese and Latin"},
		{book.Japanese, false, "値は" + code + " です。", "no space before code"},
		{book.Japanese, false, "値は " + code + "です。", "no space after code"},
		{book.Japanese, false, "止まります,", "half-width punctuation"},
		{book.Japanese, false, code + ": 値です。", "half-width punctuation"},
		{book.Japanese, false, "TEM: コンソールです。", ""},
		{book.Japanese, false, "kubectl: 実行します。", ""},
		{book.Japanese, false, "値(3つ)です。", "half-width bracket"},
		{book.Japanese, false, "値、 です。", "a space after full-width"},
		{book.Japanese, false, "値 （3つ）です。", "a space before full-width"},
		{book.Japanese, false, "値 が違います。", "a space between two characters"},
		{book.Japanese, false, "値は80 %です。", "a space before %"},
		{book.Japanese, false, "３つです。", "a full-width letter or digit"},
		{book.Japanese, false, "1〜2分です。", "a range has ～"},
		{book.Japanese, false, "“ready”です。", "quotation marks are 「」"},
		{book.Japanese, false, "値，名前です。", "write 、 and 。"},
		{book.Japanese, false, "ｺﾝﾃﾅです。", "half-width kana"},
		{book.Japanese, false, "Only a message, in English: it stays (as it is).", ""},

		{book.Japanese, false, "確認します。動きません。止まりました。正常でした。待ってください。直しましょう。", ""},
		{book.Japanese, false, "インスタンスが止まる。", "a sentence ends in です or ます"},
		{book.Japanese, false, "原因は設定である。確認します。", "a sentence ends in です or ます"},
		{book.Japanese, false, "設定が誤っていた。", "a sentence ends in です or ます"},
		{book.Japanese, false, "値がない。", "a sentence ends in です or ます"},
		{book.Japanese, true, "値がない。名前が違う", ""},
		{book.Japanese, true, "値がありません。", ""},
		{book.Japanese, true, "値がない。名前が違います", "not in both"},
		{book.Japanese, true, "値がない。", "ends without 。"},

		{book.Chinese, false, "Pod 的 IP 地址是 " + code + "，共 3 个（80%）。", ""},
		{book.Chinese, false, "所谓“就绪”，见" + "（" + code + "）：两种？", ""},
		{book.Chinese, false, "Pod的地址", "no space between Latin"},
		{book.Chinese, false, "共3 个", "no space between Chinese and Latin"},
		{book.Chinese, false, "达到 80%后", "no space between Latin"},
		{book.Chinese, false, "值为" + code + " 时", "no space before code"},
		{book.Chinese, false, "值为 " + code + "时", "no space after code"},
		{book.Chinese, false, "节点,实例", "half-width punctuation"},
		{book.Chinese, false, "节点;", "half-width punctuation"},
		{book.Chinese, false, "节点(主)", "half-width bracket"},
		{book.Chinese, false, "「就绪」", "quotation marks are “”"},
		{book.Chinese, false, "请您检查", "the reader is not addressed"},
		{book.Chinese, false, "节点 实例", "a space between two characters"},
	} {
		got := shown(prose.Customs(test.l, test.text, test.item))
		if test.want == "" && got != "" || !strings.Contains(got, test.want) {
			t.Errorf("%s %q: %q, want %q", test.l, test.text, got, test.want)
		}
	}
	if got := shown(prose.Customs(book.Chinese, "第一行，\n节点,实例", false)); !strings.HasPrefix(got, "2: ") {
		t.Errorf("the fault in the second line is %q", got)
	}
}
