package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// BenchmarkStart measures what a cold start adds to the host's own work: from
// the start of the process to its first answer, against a Lambda runtime API on
// loopback. hello is the least that a function can be; x-hello is by how much
// diagnose takes longer, of starts in turns, whatever else the machine does.
func BenchmarkStart(b *testing.B) {
	dir := b.TempDir()
	build := func(name, folder string) (path string, size int64) {
		path = filepath.Join(dir, name)
		build := exec.Command("go", "build", "-tags", lambdaTags, "-trimpath", "-ldflags", "-s -w -buildid=", "-o", path, folder)
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := build.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		info, err := os.Stat(path)
		if err != nil {
			b.Fatal(err)
		}
		return path, info.Size()
	}
	hello, helloSize := build("hello", "./testdata/hello")
	diagnose, diagnoseSize := build("diagnose", ".")

	b.Run("hello", func(b *testing.B) {
		var total time.Duration
		for b.Loop() {
			total += coldStart(b, hello)
		}
		b.ReportMetric(float64(total.Nanoseconds())/float64(b.N), "ns/op")
		b.ReportMetric(float64(helloSize), "binary-bytes")
	})
	b.Run("diagnose", func(b *testing.B) {
		var total time.Duration
		var ratios []float64
		for b.Loop() {
			took := coldStart(b, diagnose)
			total += took
			ratios = append(ratios, float64(took)/float64(coldStart(b, hello)))
		}
		slices.Sort(ratios)
		b.ReportMetric(float64(total.Nanoseconds())/float64(b.N), "ns/op")
		b.ReportMetric(ratios[len(ratios)/2], "x-hello")
		b.ReportMetric(float64(diagnoseSize), "binary-bytes")
	})
}

// coldStart returns the time from the start of a function to its first answer.
// Each start has a runtime API of its own: one that is shared may hand an event
// to the function that was killed before.
func coldStart(b *testing.B, path string) time.Duration {
	api, address := startRuntimeAPI(b)
	cmd := exec.Command(path)
	cmd.Env = []string{"AWS_LAMBDA_RUNTIME_API=" + address}
	began := time.Now()
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	api.invoke(b, `{"reason":"CrashLoopBackOff"}`)
	took := time.Since(began)
	cmd.Process.Kill()
	cmd.Wait()
	return took
}
