package handler

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"net"
	"net/netip"
	"strings"

	"github.com/reasonbook/reasonbook/internal/answer"
	"github.com/reasonbook/reasonbook/internal/payload"
)

type (
	trusted  struct{}
	damaged  struct{}
	batched  struct{}
	anywhere struct{}
)

// Trusted returns a context for requests whose caller the host has already
// authenticated, such as a direct invocation of the function.
func Trusted(ctx context.Context) context.Context { return context.WithValue(ctx, trusted{}, true) }

// Damaged returns a context for requests that cannot be read, which are refused
// whoever sends them. The detail says why, in English, with nothing of the input.
func Damaged(ctx context.Context, detail string) context.Context {
	return context.WithValue(ctx, damaged{}, detail)
}

// Batched returns a context for requests that have no body but the messages of
// an event. When the request is answered, the batch says which have failed.
func Batched(ctx context.Context, b *payload.Batch) context.Context {
	return context.WithValue(ctx, batched{}, b)
}

// Anywhere returns a context for requests whose path was chosen by the rules of a
// gateway or a load balancer: a POST to a path that is none of the handler's is
// one to /diagnose.
func Anywhere(ctx context.Context) context.Context {
	return context.WithValue(ctx, anywhere{}, true)
}

// admit returns why a request is refused, nil if it is not. It looks at nothing
// but the caller, the route and the method, so that being refused costs little.
func (q *request) admit(route *route) *fault {
	if detail, ok := q.r.Context().Value(damaged{}).(string); ok {
		return &fault{answer.Damaged, detail}
	}
	if q.h.Local {
		if refused := q.foreign(); refused != nil {
			return refused
		}
	}
	if refused := q.takes(route.methods); refused != nil {
		return refused
	}
	if !route.public {
		if refused := q.unauthorized(); refused != nil {
			return refused
		}
	}
	q.admitted = true
	return nil
}

// unauthorized returns why the caller may not ask, nil if it may.
func (q *request) unauthorized() *fault {
	if q.h.Open || q.r.Context().Value(trusted{}) != nil {
		return nil
	}
	refused := &fault{answer.Unauthorized, "send the header “Authorization: Bearer ” followed by the token"}
	if q.h.Token == "" {
		refused.detail = "this function has no token yet: set REASONBOOK_TOKEN, or REASONBOOK_AUTH=none to let everybody call it"
	} else if given := q.r.Header.Values("Authorization"); len(given) == 1 { // of two, each host would take another
		scheme, token, _ := strings.Cut(given[0], " ")
		sum := sha256.Sum256([]byte(strings.TrimSpace(token)))
		if strings.EqualFold(scheme, "Bearer") && subtle.ConstantTimeCompare(sum[:], q.h.token[:]) == 1 {
			return nil
		}
	}
	q.w.Header().Set("WWW-Authenticate", `Bearer realm="reasonbook"`)
	return refused
}

// foreign returns why a request is not for this host or not from its pages, nil
// if it is. A page whose name has been made to resolve to this machine (DNS
// rebinding) shows in Host, any other page in Origin and Sec-Fetch-Site.
func (q *request) foreign() *fault {
	switch host := q.r.Host; {
	case host == "" && !q.r.ProtoAtLeast(1, 1): // no browser
	case isLoopback(host):
	case q.h.site.URL != nil && strings.EqualFold(host, q.h.site.Host):
	default:
		return &fault{answer.Foreign, "this address takes requests to localhost, to a loopback address and to the host of REASONBOOK_SITE_URL"}
	}
	if q.h.origins.Check(q.r) != nil {
		return &fault{answer.Foreign, "pages of another origin may not post to a loopback address"}
	}
	return nil
}

// isLoopback reports whether the value of a Host header, with or without a
// port, names this machine to itself.
func isLoopback(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	} else {
		host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	}
	if address, err := netip.ParseAddr(host); err == nil {
		return address.Unmap().IsLoopback()
	}
	name := strings.TrimSuffix(strings.ToLower(host), ".")
	return name == "localhost" || strings.HasSuffix(name, ".localhost")
}
