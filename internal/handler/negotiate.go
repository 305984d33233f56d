package handler

import (
	"errors"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/reasonbook/reasonbook/internal/answer"
	"github.com/reasonbook/reasonbook/internal/book"
)

// languageOf returns the language that a request asks for: ?lang= before
// Accept-Language before English. An unknown ?lang= is an error; an
// Accept-Language that asks for others or cannot be parsed is not.
func languageOf(r *http.Request) (book.Language, error) {
	accepted := preferred(r.Header.Get("Accept-Language"))
	asked := r.URL.Query().Get("lang")
	if asked == "" {
		return accepted, nil
	}
	if l, ok := languageOfTag(asked); ok {
		return l, nil
	}
	return accepted, errors.New("lang is one of en, ja, zh")
}

// acceptedFormat returns the format that an Accept header asks for: of those
// with the highest quality the one that the header names most exactly, and of
// those the first of the header. Without a match it is JSON, because most
// senders of webhooks set no Accept that means anything.
func acceptedFormat(headers []string) answer.Format {
	best, bestQuality, bestExactness := answer.JSON, 0.0, 0
	for part := range strings.SplitSeq(strings.Join(headers, ","), ",") {
		mediaType, parameters, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		quality := 1.0
		if q, ok := parameters["q"]; ok {
			if quality, err = strconv.ParseFloat(q, 64); err != nil || !(quality > 0 && quality <= 1) {
				continue
			}
		}
		format, exactness := formatFor(mediaType)
		if quality > bestQuality && exactness > 0 || quality == bestQuality && exactness > bestExactness {
			best, bestQuality, bestExactness = format, quality, exactness
		}
	}
	return best
}

// formatFor returns the format for a media range, and how exactly it names it.
func formatFor(mediaRange string) (format answer.Format, exactness int) {
	switch mediaRange {
	case "*/*", "application/*", "application/problem+json":
		return answer.JSON, 1
	case "text/*":
		return answer.Text, 2
	}
	for _, format := range answer.Formats {
		if mediaRange == string(format) {
			return format, 3
		}
	}
	return "", 0
}
