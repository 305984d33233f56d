//go:build lambdaonly

package main

import (
	"errors"
	"fmt"
	"net/http"
	"os"
)

// The build for Lambda leaves the other hosts out: what they are made of, such
// as encoding/gob and an HTTP server, would cost time at every start.

func startSCF(func() (http.Handler, error)) {
	fmt.Fprintln(os.Stderr, "diagnose:", errLambdaOnly)
	os.Exit(1)
}

func serveHTTP(func() (http.Handler, error)) error { return errLambdaOnly }

var errLambdaOnly = errors.New("this program was built for AWS Lambda alone, which sets AWS_LAMBDA_RUNTIME_API; build it without the tag lambdaonly for other hosts")
