// Package config reads the environment variables that configure reasonbook, in
// one place, so that every program takes and refuses the same values.
package config

import (
	"errors"
	"fmt"
	"strings"

	"github.com/reasonbook/reasonbook/internal/address"
)

// A Config is what the environment says.
type Config struct {
	// Token is what callers of POST /diagnose must present, "" if none is set.
	// It is printable ASCII, as a header can carry it.
	Token string
	// Open says that everybody may call.
	Open bool
	// SiteURL is the address of the site with a slash at its end, "" if unknown.
	SiteURL string
	// ReportURL is where messages without an entry are reported, as
	// [address.Report] takes it; "" for nowhere.
	ReportURL string
}

// maxToken is the longest token, in bytes: it has to fit into a header.
const maxToken = 4096

// Read reads the environment with getenv, as os.Getenv does. White space around
// a value does not count: files with secrets end with a line feed. The errors
// say what to do, and hold nothing of a token.
func Read(getenv func(name string) string) (Config, error) {
	var c Config
	var err error
	if c.Token, err = token(getenv("REASONBOOK_TOKEN")); err != nil {
		return Config{}, err
	}
	switch auth := strings.TrimSpace(getenv("REASONBOOK_AUTH")); auth {
	case "":
	case "none":
		c.Open = true
	default:
		return Config{}, fmt.Errorf(`REASONBOOK_AUTH is %q; it can be "none" or unset`, auth)
	}
	if c.SiteURL, err = siteURL(getenv("REASONBOOK_SITE_URL")); err != nil {
		return Config{}, err
	}
	c.ReportURL = strings.TrimSpace(getenv("REASONBOOK_REPORT_URL"))
	if address.Report(c.ReportURL) != nil { // whose error holds the value
		return Config{}, errors.New("REASONBOOK_REPORT_URL must have the form https://host/path?body={text}, with {text} once, for the message, and without a user or a fragment")
	}
	return c, nil
}

// Warning says, in a sentence, that nobody may call, or that a token that is
// set is not asked for. It is "" if neither is so.
func (c Config) Warning() string {
	switch {
	case c.Open && c.Token != "":
		return "REASONBOOK_AUTH=none lets everybody call: REASONBOOK_TOKEN is not asked for"
	case !c.Open && c.Token == "":
		return "POST /diagnose refuses everybody: set REASONBOOK_TOKEN, or REASONBOOK_AUTH=none"
	}
	return ""
}

func token(value string) (string, error) {
	const advice = `; make one with "openssl rand -hex 32"`
	trimmed := strings.TrimSpace(value)
	switch {
	case trimmed == "" && value != "":
		return "", errors.New("REASONBOOK_TOKEN is nothing but white space: set a token, or unset the variable" + advice)
	case strings.ContainsFunc(trimmed, func(r rune) bool { return r < ' ' || r > '~' }):
		return "", errors.New("REASONBOOK_TOKEN holds a character that no header can carry: use letters, digits and punctuation of ASCII" + advice)
	case len(trimmed) > maxToken:
		return "", fmt.Errorf("REASONBOOK_TOKEN is longer than %d bytes, which no header can carry%s", maxToken, advice)
	}
	return trimmed, nil
}

func siteURL(value string) (string, error) {
	site, err := address.Site(strings.TrimSpace(value))
	if err != nil { // which holds the value, and that may hold a password
		return "", errors.New("REASONBOOK_SITE_URL must have the form https://host/path, without a user, a query or a fragment")
	}
	return site, nil
}
