package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/reasonbook/reasonbook/internal/handler"
)

func encode(t *testing.T, e encoding.Encoding, s string) string {
	t.Helper()
	out, err := e.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func zip(s string) string {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	io.WriteString(w, s)
	w.Close()
	return out.String()
}

var (
	utf16LE     = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	utf16BE     = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	utf16LEMark = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	utf16BEMark = unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
)

// TestExplainDecodes: what PowerShell, Notepad and log rotation write is read as
// if it were UTF-8.
func TestExplainDecodes(t *testing.T) {
	const pod = "NAME    READY  STATUS            RESTARTS  AGE\r\ncart-1  0/1    ImagePullBackOff  0         2m\r\n"
	const payload = `{"instance":"cart-1","message":"イメージのプルに失敗しました: ImagePullBackOff"}`
	for _, text := range []string{pod, payload} {
		_, want, _ := reasonbook(text, "explain", "-o", "json", "-lang", "ja")
		if !strings.Contains(want, `"image-pull-back-off"`) {
			t.Fatalf("UTF-8:\n%s", want)
		}
		for name, input := range map[string]string{
			"UTF-8 with a byte order mark":    "\ufeff" + text,
			"UTF-16LE with a byte order mark": encode(t, utf16LEMark, text),
			"UTF-16BE with a byte order mark": encode(t, utf16BEMark, text),
			"UTF-16LE":                        encode(t, utf16LE, text),
			"UTF-16BE":                        encode(t, utf16BE, text),
			"gzip":                            zip(text),
			"gzip in two parts":               zip(text[:20]) + zip(text[20:]),
			"gzip of UTF-16":                  zip(encode(t, utf16LEMark, text)),
		} {
			if code, stdout, stderr := reasonbook(input, "explain", "-o", "json", "-lang", "ja"); code != 0 || stdout != want {
				t.Errorf("%s: exit %d\n%.300s%s", name, code, stdout, stderr)
			}
		}
	}
}

// TestExplainUnreadable: input that cannot be read is exit status 2, says in
// every language what to do in words of the command line, and shows nothing of
// the input.
func TestExplainUnreadable(t *testing.T) {
	large := `{"reason":"XYZZY","logs":"` + strings.Repeat("x", handler.MaxBody) + `"}`
	for _, test := range []struct {
		name, input, want string
	}{
		{"nothing", "", "kubectl describe pod NAME | reasonbook explain"},
		{"blanks", " \n\t\r\n", "kubectl describe pod NAME | reasonbook explain"},
		{"gzip of nothing", zip(""), "kubectl describe pod NAME | reasonbook explain"},
		{"Shift_JIS", encode(t, japanese.ShiftJIS, "XYZZY 起動に失敗しました"), "iconv -f SHIFT_JIS -t UTF-8 FILE | reasonbook explain"},
		{"EUC-JP", encode(t, japanese.EUCJP, "XYZZY 起動に失敗しました"), "iconv -f EUC-JP -t UTF-8 FILE | reasonbook explain"},
		{"GBK", encode(t, simplifiedchinese.GBK, "XYZZY 镜像拉取失败，请检查镜像地址"), "iconv -f GB18030 -t UTF-8 FILE | reasonbook explain"},
		{"GBK in gzip", zip(encode(t, simplifiedchinese.GBK, "XYZZY 镜像拉取失败，请检查镜像地址")), "iconv -f GB18030 -t UTF-8 FILE | reasonbook explain"},
		{"Latin-1", encode(t, charmap.ISO8859_1, "XYZZY: l'image n'a pas été trouvée"), " -t UTF-8 FILE | reasonbook explain"},
		{"damaged UTF-8", "XYZZY 起動に失敗しました\xe8\n", "iconv -c -f UTF-8 -t UTF-8 FILE | reasonbook explain"},
		{"zip", "PK\x03\x04\xffXYZZY", "zip"},
		{"gzip in gzip", zip(zip("XYZZY")), "gzip"},
		{"PNG", "\x89PNG\r\n\x1a\n\x00\x00\x00\rXYZZY", "PNG"},
		{"binary", "XYZZY\x00\xff\x01\x02", ""},
		{"gzip that breaks off", zip("XYZZY")[:20], "gzip"},
		{"gzip with another sum", zip("XYZZY")[:24] + "xxxxxxxx", "gzip"},
		{"gzip of zeros", zip(strings.Repeat("0", 65<<20)), "gunzip -c FILE | reasonbook explain"},
		{"gzip of empty lines", zip("CrashLoopBackOff\n" + strings.Repeat("\n", 65<<20)), "gunzip -c FILE | reasonbook explain"},
		{"large JSON", large, "kubectl get pod NAME -o json | reasonbook explain"},
		{"large JSON in gzip", zip(large), "kubectl get pod NAME -o json | reasonbook explain"},
	} {
		t.Run(test.name, func(t *testing.T) {
			messages := map[string]bool{}
			for _, lang := range []string{"en", "ja", "zh"} {
				code, stdout, stderr := reasonbook(test.input, "explain", "-lang", lang)
				if code != 2 || stdout != "" || !strings.HasPrefix(stderr, "reasonbook explain: ") || strings.Count(stderr, "\n") != 1 {
					t.Fatalf("%s: exit %d\n%s%s", lang, code, stdout, stderr)
				}
				if !strings.Contains(stderr, test.want) || strings.Contains(stderr, "XYZZY") || strings.Contains(stderr, "body") || strings.Contains(stderr, "%!") || strings.Contains(stderr, "Ctrl-D") {
					t.Errorf("%s: %s", lang, stderr)
				}
				messages[stderr] = true
			}
			if len(messages) != 3 {
				t.Errorf("the languages share a message: %v", messages)
			}
		})
	}
}

// TestExplainLarge: text of any size is read, also in lines of JSON, in
// brackets, in UTF-16 and packed, and the evidence tells where it stands.
func TestExplainLarge(t *testing.T) {
	const line = "2026-01-02T03:04:05Z INFO request served path=/cart user=1234 in 15ms\n"
	const jsonLine = `{"level":"info","msg":"request served"}` + "\n"
	half := strings.Repeat(line, (handler.MaxBody)/len(line))
	const said, evidence = "Readiness probe failed: ", "HTTP probe failed with statuscode: 503"
	text := half + said + evidence + "\n" + half
	for _, test := range []struct {
		name, input string
		start       int
	}{
		{"text", text, len(half)},
		{"with a byte order mark", "\ufeff" + text, len(half)},
		{"gzip", zip(text), len(half)},
		{"UTF-16", encode(t, utf16LEMark, text), len(half)},
		{"in brackets", "[" + text, len(half) + 1},
		{"lines of JSON", strings.Repeat(jsonLine, handler.MaxBody/len(jsonLine)+1) + said + evidence, (handler.MaxBody/len(jsonLine) + 1) * len(jsonLine)},
	} {
		code, stdout, stderr := reasonbook(test.input, "explain", "-o", "json")
		var answer struct {
			Diagnoses []struct {
				Matches []struct {
					ID       string
					Evidence struct {
						Text       string
						Start, End int
					}
				}
			}
		}
		if err := json.Unmarshal([]byte(stdout), &answer); code != 0 || err != nil || len(answer.Diagnoses) != 1 || len(answer.Diagnoses[0].Matches) == 0 {
			t.Errorf("%s: exit %d, %v\n%s%s", test.name, code, err, stdout, stderr)
			continue
		}
		m := answer.Diagnoses[0].Matches[0]
		if m.ID != "probe-http-status" || m.Evidence.Text != evidence || m.Evidence.Start != test.start+len(said) || m.Evidence.End != m.Evidence.Start+len(evidence) {
			t.Errorf("%s: %+v, want the evidence at %d", test.name, m, test.start)
		}
	}
	code, stdout, _ := reasonbook(half+half, "explain", "-lang", "en")
	if code != 1 || !strings.Contains(stdout, "No entry matches") {
		t.Errorf("without a match: exit %d\n%s", code, stdout)
	}
	code, stdout, stderr := reasonbook(half+half+encode(t, japanese.ShiftJIS, "起動に失敗しました\n"), "explain", "-lang", "en")
	if code != 2 || stdout != "" || !strings.Contains(stderr, "iconv -f SHIFT_JIS") {
		t.Errorf("Shift_JIS at the end: exit %d\n%s%s", code, stdout, stderr)
	}
}

// TestExplainLargeLists: a list above the size that is read at once gives the
// same verdicts as one below it.
func TestExplainLargeLists(t *testing.T) {
	const head, tail = `{"apiVersion":"v1","items":[`, `],"kind":"List"}`
	pod := func(name, state string) string {
		return `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"` + name + `","namespace":"mall"},"status":{"phase":"Pending","containerStatuses":[{"name":"web","ready":false,"state":` + state + `}]}}`
	}
	event := `{"apiVersion":"v1","kind":"Event","type":"Warning","involvedObject":{"kind":"Pod","name":"till-1","namespace":"mall"},"reason":"Failed","message":"Failed to pull image \"a.example/b:1\": manifest unknown"}`
	items := []string{
		pod("till-1", `{"waiting":{"reason":"ImagePullBackOff","message":"Back-off pulling image \"a.example/b:1\""}}`),
		pod("till-2", `{"terminated":{"reason":"OOMKilled","exitCode":137}}`),
		event,
		pod("till-3", `{"waiting":{"reason":"CrashLoopBackOff"}},"lastState":{"terminated":{"reason":"Error","exitCode":1,"message":"java.lang.OutOfMemoryError: Java heap space"}}`),
	}
	const healthy = `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"desk","namespace":"mall","annotations":{"a":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}},"status":{"phase":"Succeeded"}}`
	filler := func(separator string) string {
		return strings.Repeat(separator+healthy, handler.MaxBody/len(healthy)+1)
	}
	verdicts := func(name, input string, args ...string) string {
		code, stdout, stderr := reasonbook(input, append([]string{"explain", "-o", "json"}, args...)...)
		var answer struct {
			Diagnoses []struct {
				Subject struct{ Name, Container string }
				Matches []struct {
					ID         string
					Evidence   struct{ Text string }
					Parameters map[string]string
				}
			}
			Errors []struct{ Place string }
		}
		if err := json.Unmarshal([]byte(stdout), &answer); err != nil {
			t.Fatalf("%s: exit %d, %v\n%.300s%s", name, code, err, stdout, stderr)
		}
		said := fmt.Sprintln("exit", code, answer.Errors)
		for _, d := range answer.Diagnoses {
			if len(d.Matches) > 0 {
				said += fmt.Sprintln(d)
			}
		}
		return said
	}
	for name, form := range map[string]struct{ head, separator, tail string }{
		"a List": {head, ",", tail}, "a List over many lines": {head + "\n    ", ",\n    ", "\n" + tail}, "JSON lines": {"", "\n", "\n"}, "an array": {"[", ",", "]"},
	} {
		list := strings.Join(items, form.separator)
		small := verdicts(name, form.head+list+form.tail)
		for _, test := range []struct{ name, input string }{
			{"behind it", form.head + list + filler(form.separator) + form.tail},
			{"around it", form.head + healthy + filler(form.separator) + form.separator + list + filler(form.separator) + form.tail},
		} {
			if name == "a List" {
				test.input = zip(encode(t, utf16LEMark, test.input))
			}
			if got := verdicts(name, test.input); got != small {
				t.Errorf("%s, %s:\n%s\nand small\n%s", name, test.name, got, small)
			}
		}
		if form.tail != "\n" && strings.Count(small, "till-") < 3 || !strings.Contains(small, "exit 0 []") {
			t.Errorf("%s:\n%s", name, small)
		}
		quiet := verdicts(name, form.head+healthy+filler(form.separator)+form.tail)
		if quiet != "exit 1 []\n" {
			t.Errorf("%s with nothing the matter: %s", name, quiet)
		}
	}
	broken := strings.Replace(items[1], `"phase":`, `"phase`, 1)
	long := strings.Count(filler(","), "desk") + 1
	for _, test := range []struct {
		name, input string
		place       int
	}{
		{"small", head + items[0] + "," + broken + "," + items[3] + tail, 1},
		{"large", head + items[0] + "," + broken + "," + items[3] + filler(",") + tail, 1},
		{"cut off", head + items[0] + "," + items[1][:120], 1},
		{"large and cut off", head + items[0] + filler(",") + "," + items[1][:120], long},
	} {
		if got := verdicts(test.name, test.input); !strings.HasPrefix(got, fmt.Sprintf("exit 0 [{items[%d]}]", test.place)) || !strings.Contains(got, "till-1") {
			t.Errorf("%s, with a damaged item:\n%s", test.name, got)
		}
	}
	if code, _, stderr := reasonbook(head+strings.Repeat("7,", handler.MaxBody/2)+"7"+tail, "explain"); code != 2 || !strings.Contains(stderr, "must be an object") {
		t.Errorf("nothing that can be read: exit %d %s", code, stderr)
	}
}

// TestExplainInputs: nobody is asked to press keys but on a terminal, and what
// cannot be opened is exit status 2.
func TestExplainInputs(t *testing.T) {
	t.Setenv("LC_ALL", "C")
	null, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	var stdout, stderr bytes.Buffer
	c := &invocation{null, &stdout, &stderr}
	if code := c.run([]string{"explain"}); code != 2 || !strings.Contains(stderr.String(), "the input is empty") || strings.Contains(stderr.String(), "Ctrl-D") {
		t.Errorf("%s: exit %d\n%s%s", os.DevNull, code, &stdout, &stderr)
	}
	dir := t.TempDir()
	empty := filepath.Join(dir, "empty")
	if err := os.WriteFile(empty, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{empty: "the input is empty", dir: "is a directory", filepath.Join(dir, "none"): "no such file"} {
		if code, _, stderr := reasonbook("Error", "explain", name); code != 2 || !strings.Contains(stderr, want) {
			t.Errorf("%s: exit %d\n%s", name, code, stderr)
		}
	}
}

func TestExplainLocale(t *testing.T) {
	for _, test := range []struct {
		name string
		env  map[string]string
		want string
	}{
		{"nothing", nil, "en"},
		{"Japanese", map[string]string{"LANG": "ja_JP.UTF-8"}, "ja"},
		{"without a country", map[string]string{"LANG": "ja.UTF-8"}, "ja"},
		{"nothing but the language", map[string]string{"LANG": "ja"}, "ja"},
		{"a tag", map[string]string{"LC_ALL": "zh-CN"}, "zh"},
		{"a tag with a script", map[string]string{"LC_ALL": "zh-Hans-CN"}, "zh"},
		{"another codeset", map[string]string{"LANG": "zh_CN.GB18030"}, "zh"},
		{"a modifier", map[string]string{"LANG": "ja_JP@cjknarrow"}, "ja"},
		{"capitals", map[string]string{"LANG": "JA_JP.eucJP"}, "ja"},
		{"C", map[string]string{"LANG": "C"}, "en"},
		{"C.UTF-8", map[string]string{"LC_ALL": "C.UTF-8", "LANG": "ja_JP.UTF-8"}, "en"},
		{"POSIX", map[string]string{"LC_ALL": "POSIX"}, "en"},
		{"another language", map[string]string{"LANG": "de_DE.UTF-8"}, "en"},
		{"a name that only begins like one", map[string]string{"LANG": "jam"}, "en"},
		{"LC_ALL first", map[string]string{"LC_ALL": "zh_CN.UTF-8", "LC_MESSAGES": "ja_JP.UTF-8", "LANG": "en_US.UTF-8"}, "zh"},
		{"then LC_MESSAGES", map[string]string{"LC_MESSAGES": "ja_JP.UTF-8", "LANG": "zh_CN.UTF-8"}, "ja"},
		{"LANGUAGE before all", map[string]string{"LANGUAGE": "ja:en", "LC_ALL": "zh_CN.UTF-8"}, "ja"},
		{"the first of LANGUAGE that there is", map[string]string{"LANGUAGE": "de:zh_CN:ja", "LANG": "de_DE.UTF-8"}, "zh"},
		{"none of LANGUAGE", map[string]string{"LANGUAGE": "de:fr", "LANG": "ja_JP.UTF-8"}, "ja"},
		{"LANGUAGE alone", map[string]string{"LANGUAGE": "ja:en"}, "ja"},
		{"LANGUAGE with C", map[string]string{"LANGUAGE": "ja", "LC_ALL": "C"}, "en"},
		{"nonsense", map[string]string{"LANGUAGE": ":::", "LANG": "._@-"}, "en"},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, name := range []string{"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"} {
				t.Setenv(name, test.env[name])
			}
			if _, stdout, _ := reasonbook("Error", "explain", "-o", "json"); !strings.Contains(stdout, fmt.Sprintf(`"language": %q`, test.want)) {
				t.Errorf("not %s:\n%.200s", test.want, stdout)
			}
			if _, stdout, _ := reasonbook("Error", "explain", "-lang", "zh", "-o", "json"); !strings.Contains(stdout, `"language": "zh"`) {
				t.Errorf("-lang is not before the locale:\n%.200s", stdout)
			}
		})
	}
}

// TestExplainSiteURL: links lead to the site that is set, if it can be one.
func TestExplainSiteURL(t *testing.T) {
	t.Setenv("LC_ALL", "C")
	for address, want := range map[string]string{
		"https://book.example.com":    "Page: https://book.example.com/en/error/",
		"http://127.0.0.1:8080/book/": "Page: http://127.0.0.1:8080/book/en/error/",
	} {
		t.Setenv("REASONBOOK_SITE_URL", address)
		if code, stdout, stderr := reasonbook("Error", "explain"); code != 0 || !strings.Contains(stdout, want) {
			t.Errorf("%s: exit %d\n%s%s", address, code, stdout, stderr)
		}
	}
	for _, address := range []string{"javascript:alert(1)", "book.example.com", "https://", "https://a:b@example.com", "https://example.com/?a"} {
		t.Setenv("REASONBOOK_SITE_URL", address)
		if code, stdout, stderr := reasonbook("Error", "explain"); code != 2 || stdout != "" || !strings.Contains(stderr, "REASONBOOK_SITE_URL") || !strings.Contains(stderr, "must have the form https://host/path") {
			t.Errorf("%s: exit %d\n%s%s", address, code, stdout, stderr)
		}
	}
}
