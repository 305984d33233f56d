package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// BenchmarkStart measures what a cold start adds to the host's own work: from
// the start of the process to its first answer, against a Lambda runtime API on
// loopback. hello is the least that a function can be.
func BenchmarkStart(b *testing.B) {
	dir := b.TempDir()
	for _, function := range []struct{ name, path string }{{"hello", "./testdata/hello"}, {"diagnose", "."}} {
		path := filepath.Join(dir, function.name)
		build := exec.Command("go", "build", "-tags", lambdaTags, "-trimpath", "-ldflags", "-s -w -buildid=", "-o", path, function.path)
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := build.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
		info, err := os.Stat(path)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(function.name, func(b *testing.B) {
			api, address := startRuntimeAPI(b)
			for b.Loop() {
				cmd := exec.Command(path)
				cmd.Env = []string{"AWS_LAMBDA_RUNTIME_API=" + address}
				if err := cmd.Start(); err != nil {
					b.Fatal(err)
				}
				api.invoke(b, `{"reason":"CrashLoopBackOff"}`)
				b.StopTimer()
				cmd.Process.Kill()
				cmd.Wait()
				b.StartTimer()
			}
			b.ReportMetric(float64(info.Size()), "binary-bytes")
		})
	}
}
