package diagnosis

import (
	"bytes"
	"context"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/reasonbook/reasonbook/internal/charset"
	"github.com/reasonbook/reasonbook/internal/payload"
)

// What nobody has to read: prose, and a log.
const (
	prose = "起動 of nothing in particular, and more of it.\n\n"
	info  = "2026-01-02T03:04:05Z INFO request served path=/cart user=1234 in 15ms\n"
)

type report struct{ name, filler, text string }

// reports are texts with something the matter, and what stands around them.
var reports = []report{
	{"an event", prose, "Warning  Unhealthy  2m  kubelet  Readiness probe failed: HTTP probe failed with statuscode: 503\n\n"},
	{"a table", prose, "NAME       READY   STATUS             RESTARTS   AGE\ncart-7d9f  0/1     ImagePullBackOff   0          2m\nshop-1     1/1     Running            0          2d\n\n"},
	{"two subjects", prose, "NAME       READY   STATUS             RESTARTS   AGE\ncart-7d9f  0/1     ImagePullBackOff   0          2m\nshop-1     0/1     CrashLoopBackOff   9          2d\n\n"},
	{"a cause and its states", prose, "Warning  Failed  2m  kubelet  Failed to pull image \"nginx:1.27\": manifest unknown\nNormal  BackOff  1m  kubelet  Back-off pulling image \"nginx:1.27\"\n\n"},
	{"a sentence", prose, "インスタンスの状態：イメージのプルに失敗しました\n\n"},
	{"the end of a program", info, "2026-01-02T03:04:06Z ERROR worker stopped\njava.lang.OutOfMemoryError: Java heap space\n\tat a.b.C.d(C.java:1)\n"},
	{"nothing", info, "2026-01-02T03:04:06Z INFO all is well\n"},
}

var small = sizes{window: 4096, shared: 1024, around: 512, end: 1024, kept: 64}

// TestStream: a long text says what its report says by itself, wherever that
// stands and however the reads are cut, with its offsets in the stream.
func TestStream(t *testing.T) {
	b := testBook()
	for _, report := range reports {
		list, err := Of(t.Context(), b, []payload.Case{{Texts: []payload.Text{{Value: report.text}}}})
		if err != nil {
			t.Fatal(err)
		}
		want := toldBy(b, list)
		for before := range 48 {
			filler := strings.Repeat(report.filler, 20_000/len(report.filler))
			pad := strings.Repeat("x", before*89) + "\n\n"
			text := filler + pad + report.text + filler
			at := len(filler) + len(pad)
			shifted := toldBy(b, list)
			for i := range shifted {
				for j := range shifted[i].Matches {
					shifted[i].Matches[j].Start += at
				}
			}
			streamed, err := stream(t.Context(), b, iotest.HalfReader(strings.NewReader(text)), small)
			if err != nil {
				t.Fatal(err)
			}
			got := toldBy(b, streamed)
			if diff := cmp.Diff(shifted, got); diff != "" {
				t.Fatalf("%s, %d bytes before it: -alone +streamed\n%s", report.name, at, diff)
			}
			for _, d := range got {
				for _, m := range d.Matches {
					if !strings.HasPrefix(text[m.Start:], m.Evidence) {
						t.Errorf("%s: at byte %d stands %q, not %q", report.name, m.Start, text[m.Start:m.Start+20], m.Evidence)
					}
				}
			}
		}
		if report.name != "nothing" && (len(want) == 0 || len(want[0].Matches) == 0) {
			t.Errorf("%s: no match by itself", report.name)
		}
	}
}

// TestLongText: a text of many megabytes, pasted or streamed, says what its
// report says by itself.
func TestLongText(t *testing.T) {
	b := testBook()
	for _, report := range []report{reports[0], reports[2], reports[5]} {
		filler := strings.Repeat(report.filler, (long/2+1<<20)/len(report.filler))
		text := filler + report.text + filler
		alone, err := Of(t.Context(), b, []payload.Case{{Texts: []payload.Text{{Value: report.text}}}})
		if err != nil {
			t.Fatal(err)
		}
		want := toldBy(b, alone)
		for i := range want {
			for j := range want[i].Matches {
				want[i].Matches[j].Start += len(filler)
			}
		}
		pasted, err := Of(t.Context(), b, []payload.Case{{Texts: []payload.Text{{Value: text}}}})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, toldBy(b, pasted)); diff != "" {
			t.Errorf("%s, pasted: -alone +long\n%s", report.name, diff)
		}
		streamed, err := Stream(t.Context(), b, strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, toldBy(b, streamed)); diff != "" {
			t.Errorf("%s, streamed: -alone +long\n%s", report.name, diff)
		}
	}
}

// TestLongTextOfHits: a text that is full of phrases is cut down to what is
// looked at as a whole, its first and last ones among it.
func TestLongTextOfHits(t *testing.T) {
	b := testBook()
	line := "Warning  Unhealthy  2m  kubelet  Readiness probe failed: timeout " + strings.Repeat("x", 300) + "\n"
	text := strings.Repeat(line, 3*long/len(line)) + "\nWarning  Failed  2m  kubelet  Failed to pull image \"a\": manifest unknown\n"
	e, err := excerptOf(t.Context(), b.Explainer(), strings.NewReader(text), longText)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(e.text()); n >= long || n < 1<<20 {
		t.Errorf("%d bytes are looked at", n)
	}
	for i, p := range e.parts {
		if p.text != text[p.offset:p.offset+len(p.text)] {
			t.Fatalf("part %d is not what stands at byte %d", i, p.offset)
		}
		if i > 0 && p.offset < e.parts[i-1].offset+len(e.parts[i-1].text) {
			t.Fatalf("part %d overlaps the one before", i)
		}
	}
	list, err := Of(t.Context(), b, []payload.Case{{Texts: []payload.Text{{Value: text}}}})
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]int{}
	for _, d := range toldBy(b, list) {
		for _, m := range d.Matches {
			found[m.ID] = m.Start
		}
	}
	want := map[string]int{"readiness-probe-failed": strings.Index(text, "Readiness"), "image-not-found": strings.Index(text, "manifest"), "err-image-pull": strings.Index(text, "Failed to")}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestStreamWithoutLines: a text without an end of a line is cut between
// characters.
func TestStreamWithoutLines(t *testing.T) {
	b := testBook()
	for pad := range 8 {
		text := strings.Repeat("x", pad) + strings.Repeat("起動 ", 2000) + "Readiness probe failed: timeout " + strings.Repeat("起動 ", 2000)
		list, err := stream(t.Context(), b, strings.NewReader(text), small)
		if err != nil {
			t.Fatal(err)
		}
		got := toldBy(b, list)
		if len(got) != 1 || len(got[0].Matches) != 1 || got[0].Matches[0].ID != "readiness-probe-failed" || got[0].Matches[0].Start != strings.Index(text, "Readiness") {
			t.Errorf("%d: %+v", pad, got)
		}
	}
}

// TestStreamFaults: what is read is text, or an error says what it is.
func TestStreamFaults(t *testing.T) {
	b := testBook()
	log := strings.Repeat("nothing in particular\n", 1000)
	_, err := stream(t.Context(), b, strings.NewReader(log+"\x8bN\x93\xae\x82\xc9\x8e\xb8\x94s\x82\xb5\x82\xdc\x82\xb5\x82\xbd\n"+log), small)
	var fault *charset.Error
	if !errors.As(err, &fault) || fault.Form != (charset.Form{Kind: charset.Encoded, Name: "SHIFT_JIS"}) {
		t.Errorf("Shift_JIS in a log: %v", err)
	}
	broken := errors.New("broken")
	if _, err := stream(t.Context(), b, io.MultiReader(strings.NewReader(log), iotest.ErrReader(broken)), small); !errors.Is(err, broken) {
		t.Errorf("a broken reader: %v", err)
	}
}

// TestCanceled: who no longer waits for an answer ends the work on it.
func TestCanceled(t *testing.T) {
	b := testBook()
	ctx, cancel := context.WithCancel(t.Context())
	read := 0
	endless := readerFunc(func(p []byte) (int, error) {
		if read += len(p); read > 4<<20 {
			cancel()
		}
		for i := 0; i < len(p); i += copy(p[i:], info) {
		}
		return len(p), nil
	})
	if _, err := Stream(ctx, b, endless); !errors.Is(err, context.Canceled) {
		t.Errorf("a stream: %v", err)
	}
	for name, c := range map[string]payload.Case{
		"a text":      {Texts: []payload.Text{{Value: strings.Repeat(info, 1<<20/len(info))}}},
		"a long text": {Texts: []payload.Text{{Value: strings.Repeat(info, 2*long/len(info))}}},
		"a log":       {Texts: []payload.Text{{Field: "logs", Log: true, Value: strings.Repeat(info, 1<<20/len(info))}}},
	} {
		if _, err := Of(ctx, b, []payload.Case{c}); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestStreamMemory: memory does not grow with the text.
func TestStreamMemory(t *testing.T) {
	b := testBook()
	part := bytes.Repeat([]byte(info), (4<<20)/len(info))
	peak := func(parts int) uint64 {
		var readers []io.Reader
		for range parts {
			readers = append(readers, strings.NewReader("Readiness probe failed: timeout\n"), bytes.NewReader(part))
		}
		highest, r := uint64(0), io.MultiReader(readers...)
		watched := readerFunc(func(p []byte) (int, error) {
			var m runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&m)
			highest = max(highest, m.HeapInuse)
			return r.Read(p)
		})
		if _, err := Stream(t.Context(), b, watched); err != nil {
			t.Fatal(err)
		}
		return highest
	}
	few, many := peak(2), peak(10)
	if many > few+few/4 {
		t.Errorf("8 MiB need %d kB, 40 MiB %d kB", few>>10, many>>10)
	}
}

type readerFunc func(p []byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }
