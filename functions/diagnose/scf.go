//go:build !lambdaonly

package main

import (
	"net/http"
	"sync"

	"github.com/tencentyun/scf-go-lib/cloudfunction"
)

// startSCF serves the RPC of an SCF event function. It does not return.
//
// SCF hands the environment over with the first event, so the handler is made
// only then.
func startSCF(newHandler func() (http.Handler, error)) {
	cloudfunction.StartHandler(eventHandler(sync.OnceValues(newHandler)))
}
