package filter_test

import (
	"fmt"
	"testing"

	"github.com/reasonbook/reasonbook/internal/filter"
	"github.com/reasonbook/reasonbook/internal/samplelog"
)

func BenchmarkScan(b *testing.B) {
	for _, n := range []int{15, 1261, 10000, 100000} {
		tables := filter.New(filter.Compile(fold(samplelog.Phrases(n)...)))
		for _, tt := range []struct{ name, text string }{
			{"status", "CrashLoopBackOff"},
			{"event", `Warning  BackOff  12s (x5 over 58s)  kubelet  back-off 5m0s restarting failed container=app pod=cart-7d9f_shop(0a1b-2c3d) and some more of it here`},
			{"log", samplelog.Log(4<<20, 7)},
			{"json", samplelog.JSON(4<<20, 7)},
			{"chinese", samplelog.Chinese(4<<20, 7)},
			{"japanese", samplelog.Japanese(4<<20, 7)},
			{"coloured", samplelog.Coloured(4<<20, 7)},
		} {
			b.Run(fmt.Sprintf("%d/%s", n, tt.name), func(b *testing.B) {
				var s filter.State
				spots := 0
				looked := 0
				b.SetBytes(int64(len(tt.text)))
				b.ReportAllocs()
				for b.Loop() {
					spots, looked = 0, 0
					s.Reset()
					tables.Scan(tt.text, 0, len(tt.text), &s, func(spot filter.Spot) bool {
						spots++
						if spot.Key == filter.NoKey {
							looked += spot.End - spot.Start
						}
						return true
					})
				}
				b.ReportMetric(float64(spots), "spots")
				b.ReportMetric(float64(looked), "looked-B")
			})
		}
	}
}
