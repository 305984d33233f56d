// Command bare is what an HTTP server can do at best: it answers every request
// with the bytes of a file. BenchmarkLoad compares the function with it.
package main

import (
	"log"
	"net"
	"net/http"
	"os"
	"strconv"
)

func main() {
	answer, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:"+os.Getenv("PORT"))
	if err != nil {
		log.Fatal(err)
	}
	length := strconv.Itoa(len(answer))
	log.Fatal(http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", length)
		_, _ = w.Write(answer)
	})))
}
