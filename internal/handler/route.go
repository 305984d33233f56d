package handler

import (
	"net/http"
	"path"
	"slices"
	"strings"

	"github.com/reasonbook/reasonbook/internal/answer"
)

// A route is what is served at a path.
type route struct {
	path    string // "" for what has no path of its own
	methods []string
	public  bool // whether no token is needed
	serve   func(q *request)
}

var get = []string{http.MethodGet, http.MethodHead}

// routes are all paths but those of the site, /diagnose first.
var routes = []route{
	{"/diagnose", []string{http.MethodPost}, false, (*request).diagnose},
	{"/healthz", get, true, (*request).health},
	{"/openapi.json", get, true, (*request).openAPI},
	{"/kb.json", get, true, (*request).knowledgeBase},
}

var (
	siteRoute = route{"", nil, true, (*request).serveSite}
	elsewhere = route{"", nil, true, (*request).notFound}
)

// routeOf returns the route of a request. There is always one.
func (h *handler) routeOf(r *http.Request) *route {
	address := r.URL.Path
	for i := range routes {
		if routes[i].path == address {
			return &routes[i]
		}
	}
	// A slash too many is a slip of whoever has joined two parts of an
	// address: 308 keeps the method and the body.
	clean := path.Clean(address)
	for i := range routes {
		if to := routes[i].path; to == clean {
			return &route{"", nil, true, func(q *request) { q.redirectTo(to, http.StatusPermanentRedirect) }}
		}
	}
	if r.Method == http.MethodPost && r.Context().Value(anywhere{}) != nil {
		return &routes[0]
	}
	if h.Site != nil {
		return &siteRoute
	}
	return &elsewhere
}

// label returns what a log may say of the path: paths can hold secrets.
func (r *route) label() string {
	if r.path == "" {
		return "other"
	}
	return r.path
}

// takes returns a fault, and sets Allow, if the route lacks a method.
func (q *request) takes(methods []string) *fault {
	if len(methods) == 0 || slices.Contains(methods, q.r.Method) {
		return nil
	}
	list := strings.Join(methods, ", ")
	q.w.Header().Set("Allow", list)
	return &fault{answer.MethodNotAllowed, "use " + list}
}

func (q *request) notFound() {
	var list []string
	for _, r := range routes {
		list = append(list, r.methods[0]+" "+r.path)
	}
	q.problem(fault{answer.NotFound, "the paths are " + strings.Join(list, ", ")})
}

// redirectTo sends the client to another address of this host, with its query.
func (q *request) redirectTo(address string, status int) {
	if query := q.r.URL.RawQuery; query != "" {
		if strings.ContainsFunc(query, func(r rune) bool { return r <= ' ' || r > '~' }) { // as only an event's can
			query = q.r.URL.Query().Encode()
		}
		address += "?" + query
	}
	q.w.Header().Set("Location", address)
	q.write(status, "text/plain; charset=utf-8", nil)
}

// methodName returns what a log may say of a method.
func methodName(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch,
		http.MethodDelete, http.MethodOptions, http.MethodConnect, http.MethodTrace:
		return method
	}
	return "other"
}
