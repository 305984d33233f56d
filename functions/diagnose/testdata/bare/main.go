// Command bare is the function's server with a handler that does nothing but
// answer every request with the bytes of a file. BenchmarkLoad compares the
// function with it.
package main

import (
	"log"
	"net/http"
	"os"
	"strconv"

	"github.com/reasonbook/reasonbook/internal/server"
)

func main() {
	answer, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	s, err := server.Listen("127.0.0.1:" + os.Getenv("PORT"))
	if err != nil {
		log.Fatal(err)
	}
	length := strconv.Itoa(len(answer))
	log.Fatal(s.Serve(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", length)
		w.WriteHeader(http.StatusOK)
		_, _ = w.Write(answer)
	})))
}
