package server

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"
)

// run serves h, and returns its address, a function that tells it to stop, and
// what Serve returns.
func run(t *testing.T, h http.HandlerFunc, p patience) (address string, stop func(), ended chan error) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	ended = make(chan error, 1)
	go func() { ended <- serve(ctx, l, h, p) }()
	return l.Addr().String(), cancel, ended
}

func dial(t *testing.T, address string) (net.Conn, *bufio.Reader) {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn, bufio.NewReader(conn)
}

// TestFarewell: a client whose connection is open when the server is told to
// stop may send once more, and is told that it was the last time.
func TestFarewell(t *testing.T) {
	address, stop, ended := run(t, func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) }, patience{time.Minute, time.Minute, time.Minute})
	conn, answers := dial(t, address)
	for round, want := range []bool{false, true} {
		if round == 1 {
			stop()
			time.Sleep(50 * time.Millisecond) // for the server to know it
		}
		io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
		res, err := http.ReadResponse(answers, nil)
		if err != nil || res.StatusCode != 204 || res.Close != want {
			t.Fatalf("round %d: %+v %v", round, res, err)
		}
	}
	// Nobody is left, so nothing is waited for.
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// TestWaiting: a connection that the system has taken, and that the server has
// not when it is told to stop, is answered.
func TestWaiting(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	conn, answers := dial(t, l.Addr().String())
	io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := serve(ctx, l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) }), patience{time.Minute, time.Minute, time.Minute}); err != nil {
		t.Error(err)
	}
	if res, err := http.ReadResponse(answers, nil); err != nil || res.StatusCode != 204 {
		t.Errorf("%+v %v", res, err)
	}
}

// TestIdle: connections that nobody uses do not hold the server up.
func TestIdle(t *testing.T) {
	address, stop, ended := run(t, func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) }, patience{time.Millisecond, time.Minute, time.Minute})
	conn, answers := dial(t, address)
	io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	if _, err := http.ReadResponse(answers, nil); err != nil {
		t.Fatal(err)
	}
	dial(t, address) // and one that never sent anything
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if _, err := answers.ReadByte(); err != io.EOF {
		t.Errorf("the idle connection is left open: %v", err)
	}
}

// TestCancelled: a request that takes too long after the server was told to
// stop is cancelled through its context, and answered.
func TestCancelled(t *testing.T) {
	begun := make(chan struct{})
	address, stop, ended := run(t, func(w http.ResponseWriter, r *http.Request) {
		close(begun)
		<-r.Context().Done()
		w.WriteHeader(503)
	}, patience{time.Millisecond, time.Millisecond, time.Minute})
	conn, answers := dial(t, address)
	io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	<-begun
	stop()
	if res, err := http.ReadResponse(answers, nil); err != nil || res.StatusCode != 503 || !res.Close {
		t.Errorf("%+v %v", res, err)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// TestSlowBody: a body that does not come to its end does not hold the server
// up, and its client is answered.
func TestSlowBody(t *testing.T) {
	begun := make(chan struct{})
	address, stop, ended := run(t, func(w http.ResponseWriter, r *http.Request) {
		close(begun)
		_, err := io.ReadAll(r.Body)
		if !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("reading the body: %v", err)
		}
		w.WriteHeader(408)
	}, patience{time.Millisecond, time.Millisecond, time.Minute})
	conn, answers := dial(t, address)
	fmt.Fprintf(conn, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n%s", strings.Repeat("x", 10))
	<-begun
	stop()
	if res, err := http.ReadResponse(answers, nil); err != nil || res.StatusCode != 408 {
		t.Errorf("%+v %v", res, err)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// TestUnfinished: a request that does not end in spite of all is reported.
func TestUnfinished(t *testing.T) {
	begun, end := make(chan struct{}), make(chan struct{})
	address, stop, ended := run(t, func(w http.ResponseWriter, r *http.Request) {
		close(begun)
		<-end
	}, patience{time.Millisecond, time.Millisecond, time.Millisecond})
	defer close(end)
	conn, _ := dial(t, address)
	io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	<-begun
	stop()
	if err := <-ended; err == nil || !strings.Contains(err.Error(), "unfinished") {
		t.Errorf("%v", err)
	}
}
