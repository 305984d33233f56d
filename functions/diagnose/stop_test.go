package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// TestStopUnderLoad: SIGTERM under 100 busy keep-alive connections costs no
// request. Every client is told to leave with a last answer; no connection
// ends, or is reset, under a request.
func TestStopUnderLoad(t *testing.T) {
	port := freePort(t)
	cmd, stderr := start(t, "PORT="+port, "REASONBOOK_TOKEN=s3cret")
	waitFor(t, "http://127.0.0.1:"+port+"/healthz")

	const clients = 100
	request := fmt.Sprintf("POST /diagnose HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer s3cret\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s", len(clb), clb)
	var answered atomic.Int64
	var all, warm sync.WaitGroup
	warm.Add(clients)
	const rounds = 20 // of every client before the signal
	client := func(n int) (err error) {
		warmed := sync.OnceFunc(warm.Done)
		defer warmed()
		conn, err := net.Dial("tcp", "127.0.0.1:"+port)
		if err != nil {
			return err
		}
		defer conn.Close()
		answers := bufio.NewReader(conn)
		for round := 1; ; round++ {
			if _, err := io.WriteString(conn, request); err != nil {
				return fmt.Errorf("sending: %w", err)
			}
			res, err := http.ReadResponse(answers, nil)
			if err != nil {
				return fmt.Errorf("no answer: %w", err)
			}
			if _, err := io.Copy(io.Discard, res.Body); err != nil || res.StatusCode != 200 {
				return fmt.Errorf("status %d: %w", res.StatusCode, err)
			}
			answered.Add(1)
			if round == rounds {
				warmed()
			}
			if res.Close {
				return nil
			}
			time.Sleep(time.Duration(n%10) * time.Millisecond) // some connections are idle
		}
	}
	for n := range clients {
		all.Go(func() {
			if err := client(n); err != nil {
				t.Errorf("client %d: %v", n, err)
			}
		})
	}
	warm.Wait()
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	all.Wait()
	if err := cmd.Wait(); err != nil {
		t.Errorf("exit: %v", err)
	}
	logged := int64(strings.Count(stderr.String(), `"route":"/diagnose"`))
	if logged != answered.Load() {
		t.Errorf("%d requests came to the handler, %d were answered", logged, answered.Load())
	}
	t.Logf("%d requests over %d connections", logged, clients)
}

// TestStopWhileStarting: from the first connection on, SIGTERM costs no request.
func TestStopWhileStarting(t *testing.T) {
	for range 5 {
		port := freePort(t)
		cmd, _ := start(t, "PORT="+port, "REASONBOOK_AUTH=none")
		var conn net.Conn
		for began := time.Now(); conn == nil; {
			var err error
			if conn, err = net.Dial("tcp", "127.0.0.1:"+port); err != nil && time.Since(began) > 10*time.Second {
				t.Fatal(err)
			}
		}
		defer conn.Close()
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		io.WriteString(conn, "POST /diagnose HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nError")
		if res, err := http.ReadResponse(bufio.NewReader(conn), nil); err != nil || res.StatusCode != 200 {
			t.Errorf("%+v %v", res, err)
		}
		if err := cmd.Wait(); err != nil {
			t.Errorf("exit: %v", err)
		}
	}
}
