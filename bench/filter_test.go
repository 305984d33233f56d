package bench

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/reasonbook/reasonbook/internal/filter"
	"github.com/reasonbook/reasonbook/internal/match"
	"github.com/reasonbook/reasonbook/internal/samplelog"
)

// programs returns the filter and Hyperscan for n phrases.
func programs(b *testing.B, n int) (*filter.Filter, *Hyperscan) {
	b.Helper()
	phrases := samplelog.Phrases(n)
	hyperscan, err := NewHyperscan(phrases)
	if errors.Is(err, ErrNoHyperscan) {
		b.Skip(err)
	} else if err != nil {
		b.Fatal(err)
	}
	folded := make([][]string, n)
	for i, phrase := range phrases {
		folded[i] = strings.Fields(match.Fold(phrase))
	}
	return filter.New(filter.Compile(folded)), hyperscan
}

// compare runs f and g in turns and returns the best time of each.
func compare(b *testing.B, f, g func()) (best [2]time.Duration) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	best = [2]time.Duration{time.Hour, time.Hour}
	for b.Loop() {
		for range 7 {
			for i, run := range [2]func(){f, g} {
				start := cpuTime()
				run()
				best[i] = min(best[i], cpuTime()-start)
			}
		}
	}
	b.ReportMetric(0, "ns/op")
	return best
}

func scan(t *filter.Filter, text string, from, to int) {
	var s filter.State
	t.Scan(text, from, to, &s, func(filter.Spot) bool { return true })
}

func (h *Hyperscan) scan(b *testing.B, text string) {
	if _, err := h.Count(text); err != nil {
		b.Error(err)
	}
}

// BenchmarkLog is for logs in which nothing fails, of 64 MiB.
func BenchmarkLog(b *testing.B) {
	for _, kind := range []struct {
		name    string
		make    func(int, uint64) string
		phrases []int
	}{
		{"ordinary", samplelog.Log, []int{15, 1261, 10_000}},
		{"JSON", samplelog.JSON, []int{1261}},
		{"Chinese", samplelog.Chinese, []int{1261}},
		{"Japanese", samplelog.Japanese, []int{1261}},
		{"coloured", samplelog.Coloured, []int{1261}},
	} {
		text := kind.make(64<<20, 7)
		for _, n := range kind.phrases {
			b.Run(fmt.Sprintf("%s/%d", kind.name, n), func(b *testing.B) {
				tables, hyperscan := programs(b, n)
				best := compare(b,
					func() { scan(tables, text, 0, len(text)) },
					func() { hyperscan.scan(b, text) })
				b.ReportMetric(float64(len(text))/best[0].Seconds()/1e6, "filter-MB/s")
				b.ReportMetric(float64(len(text))/best[1].Seconds()/1e6, "hyperscan-MB/s")
				b.ReportMetric(best[1].Seconds()/best[0].Seconds(), "ratio")
			})
		}
	}
}

// BenchmarkTwo is the filter on one processor and on two, by the clock, since
// it is about waiting: a machine that others use as well shows little.
func BenchmarkTwo(b *testing.B) {
	text := samplelog.Log(64<<20, 7)
	tables, _ := programs(b, 1261)
	best := [2]time.Duration{time.Hour, time.Hour}
	for b.Loop() {
		for range 7 {
			for i := range best {
				start := time.Now()
				var wait sync.WaitGroup
				last := 0
				for _, to := range filter.Cut(text, i+1) {
					from := last
					wait.Go(func() { scan(tables, text, from, to) })
					last = to
				}
				wait.Wait()
				best[i] = min(best[i], time.Since(start))
			}
		}
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(best[0].Seconds()/best[1].Seconds(), "speedup")
}

// BenchmarkShort is for what users paste: a status word, and an event.
func BenchmarkShort(b *testing.B) {
	for name, text := range map[string]string{
		"status": "CrashLoopBackOff",
		"event":  `Warning  BackOff  12s (x5 over 58s)  kubelet  back-off 5m0s restarting failed container=app pod=cart-7d9f_shop(0a1b-2c3d) in namespace shop on node-3`,
	} {
		for _, n := range []int{100, 1261, 10_000, 100_000} {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				const times = 100_000
				tables, hyperscan := programs(b, n)
				var s filter.State
				best := compare(b, func() {
					for range times {
						s.Reset()
						tables.Scan(text, 0, len(text), &s, func(filter.Spot) bool { return true })
					}
				}, func() {
					for range times {
						hyperscan.scan(b, text)
					}
				})
				b.ReportMetric(float64(best[0])/times, "filter-ns")
				b.ReportMetric(float64(best[1])/times, "hyperscan-ns")
			})
		}
	}
}
