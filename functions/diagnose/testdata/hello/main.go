// Command hello is the least that a Lambda function can be: what the start of
// the real function is compared with.
package main

import (
	"context"

	"github.com/aws/aws-lambda-go/lambda"
)

type handler struct{}

func (handler) Invoke(context.Context, []byte) ([]byte, error) { return []byte(`"hello"`), nil }

func main() { lambda.Start(handler{}) }
