package handler

import (
	"compress/gzip"
	"errors"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/reasonbook/reasonbook/internal/answer"
	"github.com/reasonbook/reasonbook/internal/payload"
)

// maxContentType is the longest media type that is looked at, in bytes. Those
// that are known have less than 80 with their parameters.
const maxContentType = 256

// readBody reads the request's body, unpacked.
func (q *request) readBody() ([]byte, *fault) {
	if len(q.r.Header.Get("Content-Type")) > maxContentType {
		return nil, &fault{payload.UnsupportedType, "the Content-Type is too long; use one of " + payload.MediaTypes}
	}
	var source io.Reader = io.LimitReader(q.r.Body, MaxBody+1)
	size := int64(512)
	encoding := strings.ToLower(q.r.Header.Get("Content-Encoding"))
	switch encoding {
	case "", "identity", "gzip":
	default:
		return nil, &fault{payload.UnsupportedType, "the Content-Encoding must be gzip or identity"}
	}
	q.reading = true
	if encoding == "gzip" {
		unzipped, err := gzip.NewReader(source)
		if err != nil {
			return nil, &fault{answer.Damaged, "the body is not gzip, as Content-Encoding says"}
		}
		source = unzipped
	} else {
		size = max(size, q.r.ContentLength+1) // one more, to see the end without growing
	}
	// What a client announces is not believed beyond what it may hold anyway.
	body := make([]byte, 0, min(size, smallSize))
	for {
		n, err := source.Read(body[len(body):cap(body)])
		body = body[:len(body)+n]
		switch {
		case len(body) > MaxBody:
			return nil, &fault{answer.TooLarge, "the limit is " + strconv.Itoa(MaxBody>>20) + " MiB"}
		case err == io.EOF:
			return body, nil
		case errors.Is(err, os.ErrDeadlineExceeded):
			return nil, &fault{answer.Timeout, ""}
		case err != nil:
			return nil, &fault{answer.Damaged, "the body broke off, or is not what its encoding says"}
		}
		if len(body) == cap(body) {
			grown := min(2*cap(body), MaxBody+1)
			if !q.hold(grown) {
				return nil, &busy
			}
			body = append(make([]byte, 0, grown), body...)
		}
	}
}
