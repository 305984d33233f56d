package main

import (
	"net/http"
	"sync"

	"github.com/tencentyun/scf-go-lib/cloudfunction"
)

// startSCF serves the RPC of an SCF event function. It does not return.
//
// The library listens on every address, where Lambda's, which it is made after,
// listens on localhost: SCF may call from outside of the instance, and documents
// nothing to the contrary. Callers of the port count as SCF itself, so nothing
// else may set _LAMBDA_SERVER_PORT; deploy/tencent/README.md says so.
//
// SCF hands the environment over with the first event, so the handler is made
// only then.
func startSCF(newHandler func() (http.Handler, error)) {
	cloudfunction.StartHandler(eventHandler(sync.OnceValues(newHandler)))
}
