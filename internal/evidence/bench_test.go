package evidence_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

// BenchmarkText weighs a status word, an event, a table of events and a log
// with one cause.
func BenchmarkText(b *testing.B) {
	_, x := testBook(b)
	const event = "Warning  Failed  9s (x4 over 90s)  kubelet  Failed to pull image \"a:1\": rpc error: code = NotFound desc = a:1: manifest unknown\n"
	var log strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&log, "2026-11-25 10:00:%02d INFO [http-%d] order %d saved in %d ms\n", i%60, i%8, i, i%90)
	}
	log.WriteString("2026-11-25 10:01:00 FATAL exiting: Communications link failure\n")
	for _, text := range []struct{ name, text string }{
		{"status", "CrashLoopBackOff"},
		{"event", event},
		{"events", strings.Repeat("Normal   Pulling  9s (x4 over 90s)  kubelet  Pulling image \"a:1\"\n", 29) + event},
		{"log", log.String()},
	} {
		b.Run(text.name, func(b *testing.B) {
			b.SetBytes(int64(len(text.text)))
			b.ReportAllocs()
			for b.Loop() {
				if result, err := x.Text(context.Background(), text.text); err != nil || len(result.Findings) == 0 {
					b.Fatal(err, result)
				}
			}
		})
	}
}
