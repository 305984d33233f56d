package match

import (
	"fmt"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/reasonbook/reasonbook/internal/samplelog"
)

// bookPhrases is how many phrases the benchmarks' book has unless they say so:
// about as many as a book of 222 entries.
const bookPhrases = 1261

const (
	reasonText = "CrashLoopBackOff"
	eventLine  = "Warning  BackOff  12s (x5 over 58s)  kubelet  back-off 5m0s restarting failed container=app pod=cart-7d9f_shop(0a1b-2c3d)\n"
	normalLine = "Normal   Pulled   12s (x5 over 58s)  kubelet  Container image \"registry.example.com/shop/cart:1.2.3\" already present on machine\n"
)

// eventsText is a table of 30 events, as "kubectl get events" prints it.
func eventsText() string {
	return strings.Repeat(strings.Repeat(normalLine, 2)+eventLine, 10)
}

// bookOf returns the patterns of the tests' book and of n phrases of messages.
func bookOf(n int) []Entry {
	var entries []Entry
	for _, e := range testBook {
		entries = append(entries, e.Entry)
	}
	for _, phrase := range samplelog.Phrases(n) {
		entries = append(entries, Entry{[]string{phrase}})
	}
	return entries
}

var indexes sync.Map // by number of phrases

func indexOf(tb testing.TB, n int) *Index {
	if x, ok := indexes.Load(n); ok {
		return x.(*Index)
	}
	tables, err := Compile(bookOf(n))
	if err != nil {
		tb.Fatal(err)
	}
	x := New(tables)
	indexes.Store(n, x)
	return x
}

// logText returns a log of ordinary lines with a line in it for each MiB that
// says that something failed.
func logText(size int) string {
	var out strings.Builder
	for out.Len() < size {
		out.WriteString(samplelog.Log(1<<20, uint64(out.Len())))
		out.WriteString(eventLine)
	}
	return out.String()
}

// measure runs f for a second and reports the least processor time of its rounds, because
// others may use the machine: ns, and MB/s for a text of so many bytes.
func measure(b *testing.B, size int, f func()) {
	b.Helper()
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	times := max(1, 200_000/max(1, size)) // per round, for the clock costs time too
	f()
	best := time.Hour
	for range b.N {
		start := time.Now()
		for rounds := 0; rounds < 5 || rounds < 1000 && time.Since(start) < time.Second; rounds++ {
			from := processorTime()
			for range times {
				f()
			}
			best = min(best, processorTime()-from)
		}
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(best)/float64(times), "cpu-ns")
	b.ReportMetric(float64(size*times)/best.Seconds()/1e6, "MB/s")
}

func benchmark(b *testing.B, x *Index, text string) {
	b.Helper()
	measure(b, len(text), func() {
		hits, err := x.Hits(endless{}, text)
		if err != nil || len(hits) == 0 {
			b.Fatal(len(hits), err)
		}
	})
}

// BenchmarkReason is for a status word.
func BenchmarkReason(b *testing.B) { benchmark(b, indexOf(b, bookPhrases), reasonText) }

// BenchmarkEvents is for a table of 30 events, ten of which say the same failure.
func BenchmarkEvents(b *testing.B) { benchmark(b, indexOf(b, bookPhrases), eventsText()) }

// BenchmarkLog is for a log of 64 MiB with a failure in each.
func BenchmarkLog(b *testing.B) { benchmark(b, indexOf(b, bookPhrases), logText(64<<20)) }

// BenchmarkBookSize is the same for books of other sizes.
func BenchmarkBookSize(b *testing.B) {
	log := logText(16 << 20)
	for _, n := range []int{100, 1000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			x := indexOf(b, n)
			b.Run("reason", func(b *testing.B) { benchmark(b, x, reasonText) })
			b.Run("events", func(b *testing.B) { benchmark(b, x, eventsText()) })
			b.Run("log", func(b *testing.B) { benchmark(b, x, log) })
		})
	}
}

// BenchmarkBaseline is what the index replaces: a list of regular expressions,
// as one would write them by hand, tried one by one. Its log is short, because
// its time for a byte is always the same.
func BenchmarkBaseline(b *testing.B) {
	var list []*regexp.Regexp
	for _, e := range bookOf(bookPhrases) {
		for _, pattern := range e.Patterns {
			list = append(list, asRegexp(pattern))
		}
	}
	for _, text := range []struct{ name, text string }{
		{"Reason", reasonText}, {"Events", eventsText()}, {"Log", samplelog.Log(64<<10, 0) + eventLine},
	} {
		b.Run(text.name, func(b *testing.B) {
			measure(b, 1<<20, func() { // one round is long enough
				found := 0
				for _, r := range list {
					found += len(r.FindAllStringSubmatchIndex(text.text, -1))
				}
				if found == 0 {
					b.Fatal("no match")
				}
			})
			b.ReportMetric(0, "MB/s")
		})
	}
}

// asRegexp returns a regular expression for a pattern.
func asRegexp(pattern string) *regexp.Regexp {
	parts := regexp.MustCompile(`\{[^}]*\}`).Split(pattern, -1)
	for i, part := range parts {
		parts[i] = strings.ReplaceAll(regexp.QuoteMeta(part), " ", `\s+`)
	}
	return regexp.MustCompile("(?i)" + strings.Join(parts, `(\S+?)`))
}

func BenchmarkCompile(b *testing.B) {
	for _, n := range []int{bookPhrases, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			entries := bookOf(n)
			for b.Loop() {
				if _, err := Compile(entries); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkNearest(b *testing.B) {
	x := testIndex(b)
	for b.Loop() {
		x.Nearest("CrashLopBackOf", 3)
	}
}

// TestNothingAllocated: a text without a hit costs no memory.
func TestNothingAllocated(t *testing.T) {
	x := indexOf(t, bookPhrases)
	for _, text := range []string{"", "Running", normalLine, samplelog.Log(1<<16, 1), samplelog.Chinese(1<<16, 1), samplelog.JSON(1<<16, 1)} {
		run := func() {
			if hits := x.Find(text); len(hits) > 0 {
				t.Fatalf("%.40q: %v", text, hits)
			}
		}
		run()
		if n := testing.AllocsPerRun(20, run); n > 0 {
			t.Errorf("%.40q: %v allocations", text, n)
		}
	}
}
