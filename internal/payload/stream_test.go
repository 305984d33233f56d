package payload_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/reasonbook/reasonbook/internal/payload"
)

// Objects as an API server writes them.
const (
	failing = `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"till-1","namespace":"mall"},"status":{"phase":"Pending","containerStatuses":[{"name":"web","ready":false,"state":{"waiting":{"reason":"ErrImagePull","message":"say \"no\" } ] {"}}}]}}`
	well    = `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"till-2","namespace":"mall"},"spec":{"containers":[{"name":"web"}]},"status":{"phase":"Running","conditions":[{"type":"Ready","status":"True","lastTransitionTime":"2026-03-04T05:06:07Z"}],"containerStatuses":[{"name":"web","ready":true,"state":{"running":{}}}]}}`
	past    = `{"apiVersion":"v1","kind":"Event","type":"Warning","involvedObject":{"kind":"Pod","name":"till-2","namespace":"mall"},"reason":"Unhealthy","message":"Readiness probe failed","lastTimestamp":"2026-03-04T05:06:00Z"}`
	present = `{"apiVersion":"v1","kind":"Event","type":"Warning","involvedObject":{"kind":"Pod","name":"till-1","namespace":"mall"},"reason":"Failed","message":"manifest unknown","lastTimestamp":"2026-03-04T06:06:00Z"}`
	node    = `{"apiVersion":"v1","kind":"Node","metadata":{"name":"n1"},"spec":{"unschedulable":true},"status":{"conditions":[{"type":"Ready","status":"False","reason":"KubeletNotReady","message":"no runtime"}]}}`
)

func listOf(items ...string) string {
	return `{"apiVersion":"v1","items":[` + strings.Join(items, ",") + `],"kind":"List","metadata":{"resourceVersion":""}}`
}

func indented(t *testing.T, doc string) string {
	t.Helper()
	var out bytes.Buffer
	if err := json.Indent(&out, []byte(doc), "", "    "); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// readers cut a text in every way that a pipe may.
var readers = map[string]func(io.Reader) io.Reader{
	"whole": func(r io.Reader) io.Reader { return r }, "in halves": iotest.HalfReader, "byte by byte": iotest.OneByteReader, "with its end": iotest.DataErrReader,
}

// streamed returns what is said of a text that is read as a stream.
func streamed(t *testing.T, text string) string {
	t.Helper()
	first := ""
	for name, cut := range readers {
		cases, refused, err := payload.ReadStream(cut(strings.NewReader(text)))
		if err != nil {
			t.Fatal(err)
		}
		got := said(cases, refused)
		if first == "" {
			first = got
		}
		if got != first {
			t.Errorf("%s gives\n%s\nand otherwise\n%s", name, got, first)
		}
	}
	return first
}

// TestStreamAsWhole: a list gives the same cases as a stream and as a whole.
func TestStreamAsWhole(t *testing.T) {
	mixed := listOf(well, failing, past, node, `7`, `{"metadata":5}`, present, "null", `"text"`, `[]`, listOf(well))
	for _, test := range []struct{ name, text string }{
		{"a List", mixed},
		{"indented", indented(t, mixed)},
		{"a PodList with its kind first", `{"kind":"PodList","apiVersion":"v1","items":[` + strings.ReplaceAll(failing+","+well, `"kind":"Pod",`, "") + `]}`},
		{"a PodList without kinds", `{"apiVersion":"v1","items":[` + strings.ReplaceAll(failing, `"apiVersion":"v1","kind":"Pod",`, "") + `],"kind":"PodList"}`},
		{"a NodeList with its kind first", `{"kind":"NodeList","apiVersion":"v1","items":[` + strings.ReplaceAll(node, `"kind":"Node",`, "") + `]}`},
		{"an EventList", `{"apiVersion":"v1","kind":"EventList","items":[` + strings.ReplaceAll(past+","+present, `"kind":"Event",`, "") + `]}`},
		{"JSON lines", well + "\n" + failing + "\n" + present + "\n" + past + "\n"},
		{"objects over many lines", indented(t, well) + "\n" + indented(t, failing) + indented(t, present)},
		{"Lists one after the other", listOf(well, failing) + "\n" + indented(t, listOf(past, present))},
		{"an object and a List", failing + "\n" + listOf(present, well)},
		{"an array", "[" + failing + "," + well + `,7,{"reason":"CrashLoopBackOff"},` + listOf(well, present) + "]"},
		{"an empty List", listOf() + listOf(well)},
		{"a List of nothing that can be read", listOf("7", "8")},
	} {
		want := said(payload.Read([]byte(test.text), "application/json"))
		if got := streamed(t, test.text); got != want {
			t.Errorf("%s: as a stream\n%s\nas a whole\n%s", test.name, got, want)
		}
		if !payload.IsStream([]byte(test.text)) {
			t.Errorf("%s is no stream", test.name)
		}
	}
	if want := "cordoned"; !strings.Contains(streamed(t, mixed), want) {
		t.Errorf("what a node asks for is not read:\n%s", streamed(t, mixed))
	}
}

// TestIsStream: text and payloads of another form are none.
func TestIsStream(t *testing.T) {
	for _, text := range []string{
		"", "CrashLoopBackOff", "[2026-01-02T03:04:05Z] INFO served", `{"level":"info"}` + "\n" + `{"level":"info"}`, "[7,8]", failing,
		`{"items":7}`, `{"reason":"Error","logs":"x"}`, `{"alerts":[{"status":"firing"}]}`, failing + "\n2026-01-02 INFO a log behind it", failing[:60],
		well + "\n" + `{"level":"info","msg":"served"}` + "\n" + well, `[{"x" no JSON}]`,
	} {
		if payload.IsStream([]byte(text)) {
			t.Errorf("%.80s is taken for a list", text)
		}
	}
	for _, text := range []string{listOf(well, failing)[:300], well + "\n" + failing[:70], "[" + well + "," + failing[:40]} {
		if !payload.IsStream([]byte(text)) {
			t.Errorf("%.80s is not taken for the beginning of a list", text)
		}
	}
}

// TestStreamDamage: what is damaged, too large or cut off is told with its place,
// and the others are read.
func TestStreamDamage(t *testing.T) {
	broken := func(old, new string) string { return strings.Replace(failing, old, new, 1) }
	large := broken(`"till-1"`, `"till-1","annotations":{"a":"`+strings.Repeat(`{\"x\":[`, 1<<20)+`"}`)
	other := strings.ReplaceAll(well, "till-2", "till-3")
	const damaged, cut = "the item is not valid JSON in UTF-8", "the item is cut off: the input ends within it"
	for _, test := range []struct {
		name  string
		items []string
		want  string // of the faults
	}{
		{"a word", []string{well, broken(`"Pending"`, "Pending"), other}, "items[1] " + damaged},
		{"a bracket too few", []string{well, broken("}}}]}}", "}}]}}"), other}, "items[1] " + damaged},
		{"a brace too few", []string{well, broken("]}}", "]}"), other}, "items[1] " + damaged},
		{"a brace too many", []string{well, broken("]}}", "]}}}"), other}, "items[2] " + damaged},
		{"a quote too few", []string{well, broken(`"web"`, `"web`), other}, "items[1] " + damaged},
		{"a quote too many", []string{well, broken(`"web"`, `""web"`), other}, "items[1] " + damaged},
		{"an end in the middle", []string{well, failing[:150], other}, "items[1] " + damaged},
		{"bytes that are no text", []string{well, broken("Pending", "\x83\x84\x85"), other}, "items[1] " + damaged},
		{"many, one within the other", []string{well, strings.Repeat(failing[:150], 100), other}, "items[1] " + damaged + "; items[2] " + damaged + "; items[3] " + damaged + "; items[4] " + damaged + "; items[5] " + damaged},
		{"words between", []string{well, "oops", other}, "items[1] " + damaged},
		{"a large one", []string{well, large, other}, "items[1] the item is larger than 6 MiB"},
	} {
		cases, refused, err := payload.ReadStream(strings.NewReader(listOf(test.items...)))
		if refused != nil || err != nil {
			t.Errorf("%s: %v, %v", test.name, refused, err)
			continue
		}
		var names, faults []string
		for _, c := range cases {
			if c.Err != nil {
				faults = append(faults, c.Place+" "+c.Err.Detail)
			} else {
				names = append(names, c.Subject.Name)
			}
		}
		got := strings.Join(faults, "; ")
		if all := strings.Join(names, " "); got != test.want || !strings.Contains(all, "till-2") || !strings.Contains(all, "till-3") {
			t.Errorf("%s: read %s; %q, want %q", test.name, all, got, test.want)
		}
	}
	for _, test := range []struct{ name, text, want string }{
		{"in an item", listOf(well, failing)[:len(listOf(well))], "healthy\nfault at items[1]: " + cut},
		{"between items", `{"apiVersion":"v1","items":[` + well + ",", "healthy\nfault at items: " + cut},
		{"in an array", "[" + well + "," + failing[:99], "healthy\nfault at [1]: " + cut},
		{"in a line", well + "\n" + failing[:99], "healthy\nfault at items[1]: " + cut},
		{"a line", well + "\n" + broken(`"Pending"`, "Pending") + "\n" + other, "healthy\nfault at items[1]: " + damaged + "\nhealthy"},
		{"behind the items", `{"apiVersion":"v1","items":[` + well + `],"kind":"Li`, "healthy\nfault at items: " + cut},
		{"a kind too late", `{"apiVersion":"v1","items":[{"metadata":{"name":"a"},"status":{"x":[` + strings.Repeat("1,", 4<<20) + `1]}},{"metadata":{"name":"b"}}],"kind":"NodeList"}`, "refused: the kind of the List stands behind its items, which have none: put it first"},
	} {
		cases, refused, err := payload.ReadStream(strings.NewReader(test.text))
		if got := said(cases, refused); err != nil || got != test.want {
			t.Errorf("cut off or damaged: %s\n%s\nwant\n%s", test.name, got, test.want)
		}
	}
	broke := errors.New("broke")
	if _, _, err := payload.ReadStream(io.MultiReader(strings.NewReader(listOf(well)[:200]), iotest.ErrReader(broke))); !errors.Is(err, broke) {
		t.Errorf("a reader that fails: %v", err)
	}
}

// manyPods writes a List of n healthy pods, and then some items.
func manyPods(n int, items ...string) io.Reader {
	i := -1
	return readerOf(func() string {
		i++
		switch {
		case i == 0:
			return `{"kind":"List","apiVersion":"v1","items":[` + failing
		case i <= n:
			return "," + strings.ReplaceAll(well, "till-2", fmt.Sprintf("desk-%d", i))
		case i-n-1 < len(items):
			return "," + items[i-n-1]
		case i == n+len(items)+1:
			return "]}"
		}
		return ""
	})
}

// readerOf reads the parts that a function gives, up to the first empty one.
func readerOf(next func() string) io.Reader {
	var part strings.Reader
	return readerFunc(func(p []byte) (int, error) {
		if part.Len() == 0 {
			part.Reset(next())
		}
		return part.Read(p)
	})
}

type readerFunc func(p []byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// TestStreamForgets: of more healthy objects than are kept the first are counted
// only; their Events tell of the past as they do of others, and those of what
// fails are joined to it.
func TestStreamForgets(t *testing.T) {
	const n = payload.MaxCases + 500
	before := strings.ReplaceAll(past, "till-2", "desk-1")
	after := strings.ReplaceAll(strings.ReplaceAll(past, "till-2", "desk-2"), "05:06:00Z", "07:00:00Z")
	cases, refused, err := payload.ReadStream(manyPods(n, before, after, present))
	if refused != nil || err != nil {
		t.Fatal(refused, err)
	}
	healthy := 0
	var others []string
	for _, c := range cases {
		if c.Ignored == payload.Healthy {
			healthy += 1 + c.More
			continue
		}
		others = append(others, fmt.Sprintf("%s %d", c.Subject.Name, len(c.Texts)))
	}
	if got := strings.Join(others, ", "); healthy != n || got != "till-1 4, desk-2 2" {
		t.Errorf("%d healthy; %s", healthy, got)
	}
	if len(cases) > payload.MaxCases+2 {
		t.Errorf("%d cases are kept", len(cases))
	}
}

// TestStreamTooMany: of more failing objects than are kept the others are
// counted, and so is what is said of one beyond what is kept.
func TestStreamTooMany(t *testing.T) {
	i := 0
	cases, refused, err := payload.ReadStream(io.MultiReader(strings.NewReader("["+well), readerOf(func() string {
		if i++; i > payload.MaxCases+9 {
			return ""
		}
		return "," + strings.ReplaceAll(failing, "till-1", fmt.Sprintf("desk-%d", i))
	}), strings.NewReader("]")))
	if refused != nil || err != nil {
		t.Fatal(refused, err)
	}
	last := cases[len(cases)-1]
	if len(cases) != payload.MaxCases+2 || last.Err == nil || last.Err.Code != payload.TooManyItems || last.Place != fmt.Sprintf("[%d]", payload.MaxCases+1) || last.More != 8 {
		t.Errorf("%d cases, the last %+v", len(cases), last)
	}
	i = 0
	long := strings.ReplaceAll(present, "manifest unknown", strings.Repeat("manifest unknown ", 1<<16))
	cases, refused, err = payload.ReadStream(io.MultiReader(strings.NewReader(`{"kind":"List","items":[`+failing), readerOf(func() string {
		if i++; i > 100 {
			return ""
		}
		return "," + long
	}), strings.NewReader("]}")))
	if refused != nil || err != nil || len(cases) != 2 || cases[1].Err == nil || cases[1].Err.Code != payload.TooManyItems {
		t.Fatalf("%d cases, %v, %v", len(cases), refused, err)
	}
	if kept := (len(cases[0].Texts) - 2) / 2; kept+1+cases[1].More != 100 || kept < 50 {
		t.Errorf("%d Events are kept, %d are not", kept, 1+cases[1].More)
	}
}

// TestStreamAgain: an object that is told of again and again, as kubectl get -w
// does, takes no more of what is kept.
func TestStreamAgain(t *testing.T) {
	const again = `{"kind":"Pod","metadata":{"name":"desk"},"status":{"phase":"Succeeded"}},`
	text := `{"kind":"List","items":[` + strings.Repeat(again, 64<<20/512+1) + failing + "]}"
	cases, refused, err := payload.ReadStream(strings.NewReader(text))
	if refused != nil || err != nil || len(cases) != 2 || cases[1].Subject.Name != "till-1" {
		t.Errorf("%d cases, %v, %v", len(cases), refused, err)
	}
}

// TestStreamMemory: memory does not grow with a list once as much is kept as may be.
func TestStreamMemory(t *testing.T) {
	peak := func(n int) uint64 {
		highest, read := uint64(0), 0
		r := manyPods(n)
		_, refused, err := payload.ReadStream(readerFunc(func(p []byte) (int, error) {
			if read%(1<<14) == 0 {
				var m runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&m)
				highest = max(highest, m.HeapAlloc)
			}
			read++
			return r.Read(p)
		}))
		if refused != nil || err != nil {
			t.Fatal(refused, err)
		}
		return highest
	}
	few, many := peak(2*payload.MaxCases), peak(6*payload.MaxCases)
	if many > few+few/4 {
		t.Errorf("%d kB, and %d kB for a list of three times the length", few>>10, many>>10)
	}
}
