package bench

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// pods is how many Pods the list of BenchmarkPods has, and size how large the
// inputs of BenchmarkStream are, in MiB.
func pods() int { return setting("PODS", 10_000) }
func size() int { return setting("SIZE", 1024) }

func setting(name string, otherwise int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil && n > 0 {
		return n
	}
	return otherwise
}

// pod is a Pod as kubectl get -o json prints it, a hundredth of which fails.
func pod(i int) string {
	ready, state, phase := "true", `"running": {"startedAt": "2026-01-02T03:04:05Z"}`, "Running"
	if i%100 == 99 {
		ready, phase = "false", "Pending"
		state = `"waiting": {"message": "Back-off pulling image \"registry.example/mall/till:7\"", "reason": "ImagePullBackOff"}`
	}
	var conditions, env, fields []string
	for _, kind := range []string{"PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled"} {
		status := "True"
		if strings.HasSuffix(kind, "Ready") {
			status = strings.ToUpper(ready[:1]) + ready[1:]
		}
		conditions = append(conditions, lines(5, `{`, `    "lastProbeTime": null,`, `    "lastTransitionTime": "2026-01-02T03:04:06Z",`, `    "status": "`+status+`",`, `    "type": "`+kind+`"`, `}`))
	}
	for k := range 20 {
		env = append(env, lines(7, `{`, fmt.Sprintf(`    "name": "SETTING_%d",`, k), `    "value": "a value of some length"`, `}`))
		fields = append(fields, fmt.Sprintf(`"f:field%d": {}`, k))
	}
	name := fmt.Sprintf("till-%08x", i)
	return lines(2, `{`,
		`    "apiVersion": "v1",`, `    "kind": "Pod",`, `    "metadata": {`,
		`        "creationTimestamp": "2026-01-02T03:04:00Z",`, `        "labels": {"app": "till", "pod-template-hash": "5d9f"},`,
		`        "managedFields": [{"apiVersion": "v1", "fieldsType": "FieldsV1", "fieldsV1": {`+strings.Join(fields, ", ")+`}, "manager": "kubelet"}],`,
		`        "name": "`+name+`",`, `        "namespace": "mall",`,
		`        "ownerReferences": [{"apiVersion": "apps/v1", "controller": true, "kind": "ReplicaSet", "name": "till-5d9f"}],`,
		`        "uid": "`+fmt.Sprintf("%032x", i)+`"`, `    },`,
		`    "spec": {`, `        "containers": [`, `            {`, `                "env": [`+strings.Join(env, ",")+`],`,
		`                "image": "registry.example/mall/till:7",`, `                "livenessProbe": {"httpGet": {"path": "/", "port": 80}},`, `                "name": "web"`, `            }`, `        ],`,
		`        "nodeName": "node-1"`, `    },`,
		`    "status": {`, `        "conditions": [`+strings.Join(conditions, ",")+`],`,
		`        "containerStatuses": [{"image": "registry.example/mall/till:7", "lastState": {}, "name": "web", "ready": `+ready+`, "restartCount": 0, "state": {`+state+`}}],`,
		`        "phase": "`+phase+`"`, `    }`, `}`)
}

// lines joins lines, indented by so many steps.
func lines(steps int, list ...string) string {
	indent := "\n" + strings.Repeat("    ", steps)
	return indent + strings.Join(list, indent)
}

// list writes a List of Pods up to a number of them or of bytes, and returns its
// file and its size in bytes.
func list(b *testing.B, pods, size int) (string, int64) {
	return write(b, "pods.json", func(w *bufio.Writer, written func() int) {
		fmt.Fprint(w, "{\n    \"apiVersion\": \"v1\",\n    \"items\": [")
		for i := 0; i < pods && written() < size; i++ {
			if i > 0 {
				fmt.Fprint(w, ",")
			}
			fmt.Fprint(w, pod(i))
		}
		fmt.Fprint(w, "\n    ],\n    \"kind\": \"List\"\n}\n")
	})
}

// log writes an ordinary log with a failure in the middle.
func log(b *testing.B, size int) (string, int64) {
	return write(b, "app.log", func(w *bufio.Writer, written func() int) {
		for i, failed := 0, false; written() < size; i++ {
			if !failed && written() > size/2 {
				failed = true
				fmt.Fprintln(w, "2026-01-02T03:04:05Z ERROR worker stopped: java.lang.OutOfMemoryError: Java heap space")
			}
			fmt.Fprintf(w, "2026-01-02T03:04:05.%03dZ INFO [worker-%d] request %d served: method=GET path=/till/%d status=200 in %d ms\n", i%1000, i%16, i, i%4096, i%97)
		}
	})
}

func write(b *testing.B, name string, content func(w *bufio.Writer, written func() int)) (string, int64) {
	b.Helper()
	file, err := os.Create(filepath.Join(b.TempDir(), name))
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	n := 0
	w := bufio.NewWriterSize(writer(func(p []byte) (int, error) { n += len(p); return file.Write(p) }), 1<<20)
	content(w, func() int { return n + w.Buffered() })
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	return file.Name(), int64(n)
}

type writer func(p []byte) (int, error)

func (w writer) Write(p []byte) (int, error) { return w(p) }

// beside runs reasonbook explain and others on a file in turns, and reports of
// each the least processor time and the largest memory.
func beside(b *testing.B, file string, size int64, others ...[]string) {
	binary := filepath.Join(b.TempDir(), "reasonbook")
	build := exec.Command("go", "build", "-o", binary, "./cmd/reasonbook")
	build.Dir = ".."
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	for _, command := range append([][]string{{binary, "explain", "-o", "json"}}, others...) {
		path, err := exec.LookPath(command[0])
		if err != nil {
			b.Logf("%s is not installed", command[0])
			continue
		}
		b.Run(filepath.Base(path), func(b *testing.B) {
			least, wall, memory := time.Duration(1<<62), time.Duration(1<<62), int64(0)
			for b.Loop() {
				cmd := exec.Command(path, append(command[1:len(command):len(command)], file)...)
				begin := time.Now()
				if err := cmd.Run(); err != nil {
					b.Fatalf("%s: %v", path, err)
				}
				wall = min(wall, time.Since(begin))
				least = min(least, cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime())
				memory = max(memory, cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss)
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(least.Seconds(), "cpu-s")
			b.ReportMetric(wall.Seconds(), "wall-s")
			b.ReportMetric(float64(size)/1e6/least.Seconds(), "MB/cpu-s")
			b.ReportMetric(float64(memory)/1e3, "peak-MB")
		})
	}
}

// BenchmarkPods is reasonbook explain on a list of PODS Pods (10,000 if it is not
// set), beside jq on the same file.
func BenchmarkPods(b *testing.B) {
	file, n := list(b, pods(), 1<<62)
	beside(b, file, n, []string{"jq", "-c", ".items[].status"})
}

// BenchmarkStream is reasonbook explain on a log and on a list of SIZE MiB (1024),
// beside grep and jq on the same files.
func BenchmarkStream(b *testing.B) {
	b.Run("log", func(b *testing.B) {
		file, n := log(b, size()<<20)
		beside(b, file, n, []string{"grep", "-c", "OutOfMemoryError"})
	})
	b.Run("pods", func(b *testing.B) {
		file, n := list(b, 1<<62, size()<<20)
		beside(b, file, n, []string{"jq", "-c", ".items[].status"}, []string{"grep", "-c", "ImagePullBackOff"})
	})
}
