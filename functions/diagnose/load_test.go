package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// BenchmarkLoad asks the function over 200 connections at a time, and in turns
// with it a bare net/http handler that returns the same bytes. 30 seconds of
// each:
//
//	go test ./functions/diagnose -run '^$' -bench Load -benchtime 60s
func BenchmarkLoad(b *testing.B) {
	dir := b.TempDir()
	bare := filepath.Join(dir, "bare")
	if out, err := exec.Command("go", "build", "-o", bare, "./testdata/bare").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	serve := func(arguments ...string) (address string, stop func() *os.ProcessState) {
		port := freePort(b)
		cmd := exec.Command(arguments[0], arguments[1:]...)
		cmd.Env = []string{"PORT=" + port, "REASONBOOK_TOKEN=s3cret"}
		if err := cmd.Start(); err != nil {
			b.Fatal(err)
		}
		stop = sync.OnceValue(func() *os.ProcessState {
			cmd.Process.Kill()
			cmd.Wait()
			return cmd.ProcessState
		})
		b.Cleanup(func() { stop() })
		waitFor(b, "http://127.0.0.1:"+port+"/healthz")
		return "127.0.0.1:" + port, stop
	}
	address, stopFunction := serve(binary)
	function := connect(b, address)
	answer := filepath.Join(dir, "answer")
	if err := os.WriteFile(answer, function.answer, 0o600); err != nil {
		b.Fatal(err)
	}
	address, stopBaseline := serve(bare, answer)
	baseline := connect(b, address)
	if !bytes.Equal(function.answer, baseline.answer) {
		b.Fatal("the answers differ")
	}
	for b.Loop() {
		function.round(b)
		baseline.round(b)
	}
	b.ReportMetric(function.rate(), "requests/s")
	b.ReportMetric(baseline.rate(), "bare-requests/s")
	b.ReportMetric(function.rate()/baseline.rate(), "ratio")
	b.ReportMetric(function.processor(stopFunction()), "cpu-µs/request")
	b.ReportMetric(baseline.processor(stopBaseline()), "bare-cpu-µs/request")
	b.ReportMetric(0, "ns/op") // of a round of both: says nothing
}

const (
	loadConnections = 200
	loadRequests    = 50 // on each connection in a round
)

var loadRequest = fmt.Appendf(nil, "POST /diagnose HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer s3cret\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s", len(clb), clb)

// A load is a server under load.
type load struct {
	connections []*bufio.ReadWriter
	answer      []byte
	requests    int
	elapsed     time.Duration
}

func connect(b *testing.B, address string) *load {
	l := &load{}
	for range loadConnections {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { conn.Close() })
		l.connections = append(l.connections, bufio.NewReadWriter(bufio.NewReader(conn), bufio.NewWriter(conn)))
	}
	var first bytes.Buffer
	if err := exchange(l.connections[0], &first); err != nil {
		b.Fatal(err)
	}
	l.answer = first.Bytes()
	return l
}

// round sends the requests of a round, all connections at the same time.
func (l *load) round(b *testing.B) {
	began := time.Now()
	var all sync.WaitGroup
	for _, conn := range l.connections {
		all.Go(func() {
			for range loadRequests {
				if err := exchange(conn, io.Discard); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	l.elapsed += time.Since(began)
	l.requests += loadConnections * loadRequests
}

func (l *load) rate() float64 { return float64(l.requests) / l.elapsed.Seconds() }

// processor returns what a request took of the server's processor time, in µs,
// which another program's load changes little.
func (l *load) processor(server *os.ProcessState) float64 {
	return float64((server.UserTime() + server.SystemTime()).Microseconds()) / float64(l.requests)
}

// exchange sends the request and reads the answer. It does less than an HTTP
// client, so that the load is the server's.
func exchange(conn *bufio.ReadWriter, body io.Writer) error {
	if _, err := conn.Write(loadRequest); err != nil {
		return err
	}
	if err := conn.Flush(); err != nil {
		return err
	}
	length := -1
	for first := true; ; first = false {
		line, err := conn.ReadSlice('\n')
		switch {
		case err != nil:
			return err
		case first && !bytes.HasPrefix(line, []byte("HTTP/1.1 200 ")):
			return fmt.Errorf("answer %q", line)
		case len(line) == 2: // the end of the header
			_, err := io.CopyN(body, conn, int64(length))
			return err
		}
		if name, value, _ := strings.Cut(string(line), ":"); strings.EqualFold(name, "Content-Length") {
			if length, err = strconv.Atoi(strings.TrimSpace(value)); err != nil {
				return err
			}
		}
	}
}
