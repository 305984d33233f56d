package address

import (
	"fmt"
	"net/url"
	"strings"
)

// reported stands in the address of a report for the message.
const reported = "{text}"

// Report checks the address that messages without an entry are reported at: an http
// or https address with {text} as a value in its query, for the message. "" is none.
func Report(s string) error {
	if s == "" {
		return nil
	}
	a, err := Parse(strings.ReplaceAll(s, reported, "text"), "https", "http")
	if err != nil {
		return fmt.Errorf("%w; it has the form https://host/path?body={text}", err)
	}
	_, query, _ := strings.Cut(s, "?")
	if strings.Count(s, reported) != 1 || !strings.Contains(query, "="+reported) || a.Fragment != "" {
		return fmt.Errorf("%q must have the form https://host/path?body={text}, with {text} once, for the message", s)
	}
	return nil
}

// Reporting returns the address of a report with a message in it.
func Reporting(report, message string) string {
	return strings.ReplaceAll(report, reported, url.QueryEscape(message))
}
