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

func compile(phrases []string) *filter.Tables {
	folded := make([][]string, len(phrases))
	for i, phrase := range phrases {
		folded[i] = strings.Fields(match.Fold(phrase))
	}
	return filter.Compile(folded)
}

// BenchmarkLog reads 64 MiB of ordinary log, in turns with the filter, with
// Hyperscan and with the filter on two processors, and reports the best round
// of each. The rates depend on the machine, the ratios hardly.
func BenchmarkLog(b *testing.B) {
	text := samplelog.Log(64<<20, 7)
	for _, n := range []int{15, 1261, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			phrases := samplelog.Phrases(n)
			hyperscan, err := NewHyperscan(phrases)
			if errors.Is(err, ErrNoHyperscan) {
				b.Skip(err)
			} else if err != nil {
				b.Fatal(err)
			}
			tables := compile(phrases)
			programs := []func(){
				func() { scan(tables, text, 0, len(text)) },
				func() {
					if _, err := hyperscan.Count(text); err != nil {
						b.Error(err)
					}
				},
				func() { parallel(tables, text, 2) },
			}
			best := []time.Duration{time.Hour, time.Hour, time.Hour}
			for b.Loop() {
				for range 5 {
					for i, program := range programs {
						start := time.Now()
						program()
						best[i] = min(best[i], time.Since(start))
					}
				}
			}
			rate := func(i int) float64 { return float64(len(text)) / best[i].Seconds() / 1e6 }
			b.ReportMetric(rate(0), "filter-MB/s")
			b.ReportMetric(rate(1), "hyperscan-MB/s")
			b.ReportMetric(rate(2), "two-MB/s")
			b.ReportMetric(rate(0)/rate(1), "ratio")
			b.ReportMetric(rate(2)/rate(1), "ratio-two")
			b.ReportMetric(float64(scan(tables, text, 0, len(text)))*1e6/float64(len(text)), "spots/MB")
			b.ReportMetric(0, "ns/op")
		})
	}
}

func scan(t *filter.Tables, text string, from, to int) (spots int) {
	var s filter.State
	t.Scan(text, from, to, &s, func(filter.Spot) bool { spots++; return true })
	return spots
}

func parallel(t *filter.Tables, text string, n int) {
	runtime.GOMAXPROCS(max(n, runtime.GOMAXPROCS(0)))
	var wait sync.WaitGroup
	last := 0
	for _, to := range filter.Cut(text, n) {
		from := last
		wait.Go(func() { scan(t, text, from, to) })
		last = to
	}
	wait.Wait()
}
