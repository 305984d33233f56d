package diagnosis

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/charset"
	"github.com/reasonbook/reasonbook/internal/payload"
	"github.com/reasonbook/reasonbook/kb"
)

// evidence are lines that entries of the book explain.
var evidence = []string{
	"Warning  Unhealthy  2m  kubelet  Readiness probe failed: HTTP probe failed with statuscode: 503\n",
	"Running Unhealthy:Readiness check failed according to l4 listener: lbl-4f2kq0zd of CLB lb-9x3kq2ma. Service: shop/cart-svc\n",
	"Back-off restarting failed container app in pod cart-1_shop(uid)\n",
	"cart-7d9f   0/1   ImagePullBackOff   0   2m\n",
	"Failed to pull image \"nginx:1.27\": rpc error\n",
	"Exec lifecycle hook ([/bin/sh -c x]) failed - PostStartHookError\n",
	"インスタンスの状態：イメージのプルに失敗しました\n",
}

// A match as a reader sees it.
type seen struct {
	ID, Evidence string
	Start, End   int
	Parameters   map[string]string
}

func matchesOf(b *book.Book, d *Diagnosis) []seen {
	var list []seen
	for _, m := range d.Matches {
		text, evidence := d.Evidence(m)
		s := seen{b.Entries[m.Entry].ID, evidence, text.Offset + m.Start, text.Offset + m.End, map[string]string{}}
		for _, p := range m.Parameters {
			s.Parameters[p.Name] = p.Value
		}
		list = append(list, s)
	}
	return list
}

// TestStream: a stream says what its text says as a whole, wherever the ends of
// the windows fall and however the reads are cut.
func TestStream(t *testing.T) {
	b := kb.Book()
	random := rand.New(rand.NewPCG(19, 6))
	several := 0
	for i := range 300 {
		var log strings.Builder
		for range random.IntN(400) {
			if random.IntN(40) == 0 {
				log.WriteString(evidence[random.IntN(len(evidence))])
			} else {
				log.WriteString(strings.Repeat("起動 of nothing in particular ", random.IntN(4)) + "\n")
			}
		}
		text := log.String()
		list, err := Of(t.Context(), b, []payload.Case{{Texts: []payload.Text{{Value: text}}}})
		if err != nil {
			t.Fatal(err)
		}
		whole := list[0]
		windows := 1024 + random.IntN(1024)
		streamed, err := stream(t.Context(), b, iotest.HalfReader(strings.NewReader(text)), windows, windows/4)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(matchesOf(b, &whole), matchesOf(b, &streamed)); diff != "" {
			t.Fatalf("text %d of %d bytes in windows of %d: -whole +streamed\n%s", i, len(text), windows, diff)
		}
		if len(whole.Matches) > 1 && len(text) > 4*windows {
			several++
		}
	}
	if several < 50 {
		t.Errorf("only %d texts are long and have several matches", several)
	}
}

// TestStreamWithoutLines: a text without an end of a line is cut between
// characters.
func TestStreamWithoutLines(t *testing.T) {
	b := kb.Book()
	for pad := range 8 {
		text := strings.Repeat("x", pad) + strings.Repeat("起動 ", 2000) + "Readiness probe failed: timeout " + strings.Repeat("起動 ", 2000)
		d, err := stream(t.Context(), b, strings.NewReader(text), 1024, 256)
		if err != nil {
			t.Fatal(err)
		}
		list := matchesOf(b, &d)
		if len(list) == 0 || list[0].ID != "readiness-probe-failed" || list[0].Start != strings.Index(text, "Readiness") {
			t.Errorf("%+v", list)
		}
	}
}

// TestStreamFaults: what is read is text, or an error says what it is.
func TestStreamFaults(t *testing.T) {
	b := kb.Book()
	log := strings.Repeat("nothing in particular\n", 1000)
	_, err := stream(t.Context(), b, strings.NewReader(log+"\x8bN\x93\xae\x82\xc9\x8e\xb8\x94s\x82\xb5\x82\xdc\x82\xb5\x82\xbd\n"+log), 1024, 256)
	var fault *charset.Error
	if !errors.As(err, &fault) || fault.Form != (charset.Form{Kind: charset.Encoded, Name: "SHIFT_JIS"}) {
		t.Errorf("Shift_JIS in a log: %v", err)
	}
	broken := errors.New("broken")
	if _, err := stream(t.Context(), b, io.MultiReader(strings.NewReader(log), iotest.ErrReader(broken)), 1024, 256); !errors.Is(err, broken) {
		t.Errorf("a broken reader: %v", err)
	}
}

// TestStreamMemory: memory does not grow with the text.
func TestStreamMemory(t *testing.T) {
	b := kb.Book()
	line := []byte("2026-01-02T03:04:05Z INFO request served path=/cart user=1234 in 15ms\n")
	part := bytes.Repeat(line, (4<<20)/len(line))
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
		if d, err := Stream(t.Context(), b, watched); err != nil || len(d.Matches) == 0 {
			t.Fatal(err, fmt.Sprint(len(d.Matches)))
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
