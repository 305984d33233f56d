// Package address reads the addresses of the web that authors of entries and
// operators give. Everybody who checks one, links to one or names its host in
// a Content-Security-Policy reads it here, so that what was checked is what is
// used.
package address

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// An Address is an address of the web that has been checked.
type Address struct {
	*url.URL
}

// Parse reads an address of one of the schemes, such as "https", in small
// letters. Its host is a name in ASCII or an IP address, with or without a
// port; it has no user and no password, and nothing that could end a string,
// an attribute, a directive or a link in Markdown where it is used.
func Parse(s string, schemes ...string) (Address, error) {
	i := slices.IndexFunc(schemes, func(scheme string) bool { return strings.HasPrefix(s, scheme+"://") })
	if i < 0 {
		return Address{}, fmt.Errorf("address %q does not begin with %s://", s, strings.Join(schemes, ":// or "))
	}
	if strings.ContainsFunc(s, unsafe) {
		return Address{}, fmt.Errorf("address %q: write white space, quotes, brackets and signs such as < and \\ as %%20, %%22 and so on", s)
	}
	u, err := url.Parse(s)
	if err != nil {
		return Address{}, fmt.Errorf("address %q cannot be read", s)
	}
	if u.User != nil {
		return Address{}, fmt.Errorf("address %q names a user; leave out what stands before @", s)
	}
	if !validHost(u.Host) {
		return Address{}, fmt.Errorf("host %q: small letters, digits, dots and hyphens, or an IP address; then the port, if any", u.Host)
	}
	return Address{u}, nil
}

// Base reads an http or https address that paths and parameters are added to, so
// it has neither parameters nor a fragment. Its path may be written as people
// read it, with blanks; the result has it as browsers write it.
func Base(s string) (Address, error) {
	u, err := url.Parse(s)
	if err != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" {
		return Address{}, fmt.Errorf("%q must have the form https://host/path", s)
	}
	u.Host = strings.ToLower(u.Host)
	a, err := Parse(u.String(), "https", "http")
	if err != nil {
		return Address{}, fmt.Errorf("%q must have the form https://host/path: %w", s, err)
	}
	return a, nil
}

// Site reads the address of a site as [Base] does, and returns it with a slash at
// its end; "" for none.
func Site(s string) (string, error) {
	if s == "" {
		return "", nil
	}
	a, err := Base(s)
	if err != nil {
		return "", err
	}
	if !strings.HasSuffix(a.Path, "/") {
		a.Path, a.RawPath = a.Path+"/", ""
	}
	return a.String(), nil
}

// Origin returns the scheme and the host, as sources stand in a
// Content-Security-Policy: https://example.com:8443.
func (a Address) Origin() string { return a.Scheme + "://" + a.Host }

// unsafe reports whether a character may not stand in an address as it is.
func unsafe(r rune) bool {
	return r <= ' ' || r == 0x7f || strings.ContainsRune("\"'()<>\\^`{|}", r) ||
		0x80 <= r && r < 0xa1 || 0x2000 <= r && r < 0x2070 || 0xe000 <= r && r < 0xf900 || r == 0xfffd
}

// validHost reports whether a host can stand in a Content-Security-Policy.
func validHost(host string) bool {
	name, port := host, ""
	if i := strings.LastIndexByte(host, ':'); i > strings.LastIndexByte(host, ']') {
		name, port = host[:i], host[i+1:]
		if n, err := strconv.Atoi(port); err != nil || n < 1 || n > 65535 || port[0] == '+' {
			return false
		}
	}
	if inner, ok := strings.CutPrefix(name, "["); ok {
		inner, ok = strings.CutSuffix(inner, "]")
		return ok && inner != "" && strings.Trim(inner, "0123456789abcdef:.") == ""
	}
	for label := range strings.SplitSeq(name, ".") {
		if label == "" || strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			return false
		}
	}
	return true
}
