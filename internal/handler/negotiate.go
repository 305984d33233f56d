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

const (
	// maxAccept is how much of a header with preferences is looked at, in
	// bytes. Browsers send up to 200.
	maxAccept = 1024
	// maxTag is the longest tag of a language: 35 characters hold all that are
	// in use (RFC 5646, 4.4.1).
	maxTag = 35
)

// preferences returns the beginning of a header's comma-separated list, as far
// as it is looked at, without the item that the limit cuts.
func preferences(values []string) string {
	list := strings.Join(values, ",")
	if len(list) <= maxAccept {
		return list
	}
	return list[:max(0, strings.LastIndexByte(list[:maxAccept+1], ','))]
}

// languageOf returns the language that a request asks for: ?lang= before
// Accept-Language before English. An unknown ?lang= is an error; an
// Accept-Language that asks for others or cannot be parsed is not.
func languageOf(r *http.Request) (book.Language, error) {
	accepted := preferred(preferences(r.Header.Values("Accept-Language")))
	if r.URL.RawQuery == "" {
		return accepted, nil
	}
	asked := r.URL.Query().Get("lang")
	if asked == "" {
		return accepted, nil
	}
	if len(asked) <= maxTag {
		if l, ok := languageOfTag(asked); ok {
			return l, nil
		}
	}
	return accepted, errors.New("lang is one of en, ja, zh")
}

// acceptedFormat returns the format that an Accept header asks for: of those
// with the highest quality the one that the header names most exactly, and of
// those the first of the header. Without a match it is JSON, because most
// senders of webhooks set no Accept that means anything.
func acceptedFormat(headers []string) answer.Format {
	best, bestQuality, bestExactness := answer.JSON, 0.0, 0
	if len(headers) == 0 {
		return best
	}
	for part := range strings.SplitSeq(preferences(headers), ",") {
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
