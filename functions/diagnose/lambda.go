package main

import (
	"context"
	"net/http"

	"github.com/aws/aws-lambda-go/lambda"

	"github.com/reasonbook/reasonbook/internal/envelope"
)

// eventHandler answers the events of a function host: the interface that
// aws-lambda-go and scf-go-lib both define.
type eventHandler func() (http.Handler, error)

func (f eventHandler) Invoke(ctx context.Context, event []byte) ([]byte, error) {
	h, err := f()
	if err != nil {
		return nil, err
	}
	return envelope.Serve(ctx, h, event), nil
}

// startLambda serves the Lambda runtime API. It does not return.
func startLambda(h http.Handler) {
	lambda.Start(eventHandler(func() (http.Handler, error) { return h, nil }))
}
