// Package handler is the HTTP interface of reasonbook: POST /diagnose and what
// belongs to it. All hosts serve this one handler.
package handler

import (
	"context"
	"crypto/sha256"
	"io"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/reasonbook/reasonbook/internal/address"
	"github.com/reasonbook/reasonbook/internal/answer"
	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/diagnosis"
	"github.com/reasonbook/reasonbook/internal/payload"
)

// MaxBody is the largest request body that is read, in bytes, after
// decompression. It is what Lambda and SCF pass to a function.
const MaxBody = 6 << 20

// MaxHeader is the largest request line and header that are taken, in bytes of
// the method, the address, the names and the values.
const MaxHeader = 32 << 10

// Config says how a handler behaves.
type Config struct {
	Book *book.Book
	// Token is what callers of POST /diagnose must present as a bearer token.
	// Without one, nobody may call unless Open is set.
	Token string
	// Open lets everybody call.
	Open bool
	// Local takes only requests to a loopback host or the host of SiteURL, and
	// refuses those that a browser sends for a page from elsewhere: whoever
	// listens on a loopback address relies on nobody else reaching it.
	Local bool
	// SiteURL is the address of the site that answers link to. Without one,
	// links are relative to the root of the host.
	SiteURL string
	// ReportURL is where messages without an entry are reported, as
	// [address.Report] takes it; "" for nowhere.
	ReportURL string
	// Site is served beside the function; nil if it is not.
	Site *Site
	// Log receives a line for every request. It never holds anything of a body
	// or of a header. nil logs nothing.
	Log *slog.Logger
}

// New returns a handler.
func New(c Config) http.Handler {
	if c.SiteURL == "" {
		c.SiteURL = "/"
	}
	if !strings.HasSuffix(c.SiteURL, "/") {
		c.SiteURL += "/"
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Site != nil {
		c.Site.names = sync.OnceValue(c.Book.Names)
	}
	origins := http.NewCrossOriginProtection()
	site, err := address.Parse(c.SiteURL, "https", "http")
	if err == nil {
		if err := origins.AddTrustedOrigin(site.Origin()); err != nil {
			panic(err) // a scheme and a host are an origin
		}
	}
	return &handler{
		Config: c,
		site:   site,
		policy: sync.OnceValue(func() string {
			var pictures []book.Picture
			for i := range c.Book.Entries {
				pictures = append(pictures, c.Book.Entries[i].Texts[book.English].Pictures...)
			}
			return answerPolicy(site, book.PictureHosts(pictures))
		}),
		token:   sha256.Sum256([]byte(c.Token)),
		origins: origins,
		load:    newLoad(),
		writer:  &answer.Writer{Book: c.Book, SiteURL: c.SiteURL, ReportURL: c.ReportURL},
	}
}

type handler struct {
	Config
	token   [sha256.Size]byte
	site    address.Address             // of SiteURL; zero if that names no host
	origins *http.CrossOriginProtection // pages of which a browser may send requests for
	load    *load
	writer  *answer.Writer
	// policy is the Content-Security-Policy of pages. It takes the whole book
	// to make, so it is not made at start.
	policy func() string
}

// A request is one request on its way.
type request struct {
	h        *handler
	w        http.ResponseWriter
	r        *http.Request
	admitted bool // the caller may ask
	language book.Language
	format   answer.Format
	matches  int
	status   int
	held     int64 // bytes of the load's budget
	reading  bool  // the body was asked for: a client that waits for that sends it
}

// A fault is why a request is refused.
type fault struct {
	code   payload.ErrorCode
	detail string // see [answer.ProblemOf]
}

// ServeHTTP implements [http.Handler].
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	began := time.Now()
	q := &request{h: h, w: w, r: r}
	route := h.routeOf(r)
	defer func() {
		if err := recover(); err != nil {
			if err == http.ErrAbortHandler {
				panic(err)
			}
			// The value may hold input; the stack holds none.
			h.Log.Error("panic", "stack", string(debug.Stack()))
			q.problem(fault{answer.Internal, ""})
		}
		h.Log.LogAttrs(r.Context(), slog.LevelInfo, "request",
			slog.String("method", methodName(r.Method)), slog.String("route", route.label()),
			slog.Int("status", q.status), slog.String("language", q.language.String()), slog.Int("matches", q.matches),
			slog.Int64("microseconds", time.Since(began).Microseconds()))
	}()
	q.serve(route)
}

// serve answers a request. Nothing is done with it before it is known to be
// bounded and its caller to be admitted.
func (q *request) serve(route *route) {
	header := q.w.Header()
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("Vary", "Accept, Accept-Language")
	if headerSize(q.r) > MaxHeader {
		q.problem(fault{answer.HeaderTooLarge, "the limit for the request line and the header together is " + strconv.Itoa(MaxHeader>>10) + " KiB"})
		return
	}
	refused := q.admit(route)
	q.format = acceptedFormat(q.r.Header.Values("Accept"))
	var unknown error
	q.language, unknown = languageOf(q.r)
	switch {
	case refused != nil:
		q.problem(*refused)
	case unknown != nil && !route.public:
		q.problem(fault{answer.UnknownLanguage, unknown.Error()})
	default:
		route.serve(q)
	}
}

// headerSize returns what counts against MaxHeader.
func headerSize(r *http.Request) int {
	size := len(r.Method) + len(r.Host) + len(r.URL.Path) + len(r.URL.RawQuery)
	for name, values := range r.Header {
		for _, value := range values {
			size += len(name) + len(value)
		}
	}
	return size
}

// diagnose answers POST /diagnose.
func (q *request) diagnose() {
	q.w.Header().Set("Cache-Control", "no-store")
	if !q.h.load.requests.TryAcquire(1) {
		q.problem(busy)
		return
	}
	defer q.h.load.requests.Release(1)
	defer q.hold(0)
	read, size, refused := q.input()
	if refused != nil {
		q.problem(*refused)
		return
	}
	out, refused := q.answer(read, size)
	if refused != nil {
		q.problem(*refused)
		return
	}
	contentType := string(q.format)
	if q.format != answer.JSON {
		contentType += "; charset=utf-8"
	}
	q.write(http.StatusOK, contentType, out)
}

// isOn reports whether a parameter asks for something: ?why=1.
func isOn(value string) bool { return value != "" && value != "0" && value != "false" }

// input returns what reads the cases of the request, and how many bytes it reads.
func (q *request) input() (read func() ([]payload.Case, *payload.Error), size int, refused *fault) {
	if b, ok := q.r.Context().Value(batched{}).(*payload.Batch); ok {
		return b.Read, b.Size(), nil
	}
	body, refused := q.readBody()
	return func() ([]payload.Case, *payload.Error) { return payload.Read(body, q.r.Header.Get("Content-Type")) }, len(body), refused
}

// answer returns what the book says of the cases that are read of so many bytes.
// It is the part of a request that costs: the load decides when it may begin.
func (q *request) answer(read func() ([]payload.Case, *payload.Error), size int) ([]byte, *fault) {
	done, ok := q.h.load.begin(q.r.Context(), size)
	if !ok {
		return nil, &busy
	}
	defer done()
	cases, refused := read()
	if refused != nil {
		return nil, &fault{refused.Code, refused.Detail}
	}
	list, err := diagnosis.Of(q.r.Context(), q.h.Book, cases)
	if err != nil {
		return nil, q.cancelled()
	}
	for _, d := range list {
		q.matches += len(d.Matches)
	}
	writer := *q.h.writer
	if q.r.URL.RawQuery != "" {
		query := q.r.URL.Query()
		writer.Why, writer.Group = isOn(query.Get("why")), query.Get("group") == "cause"
	}
	out, err := writer.Write(list, q.format, q.language)
	if err != nil {
		panic(err)
	}
	if !q.hold(len(out)) {
		return nil, &busy
	}
	return out, nil
}

// cancelled returns why a request was given up.
func (q *request) cancelled() *fault {
	switch context.Cause(q.r.Context()) {
	case context.Canceled, context.DeadlineExceeded:
		return &fault{answer.Cancelled, "the client was gone, or the time was up, before the answer was there"}
	}
	return &busy // the server stops, and gave its own cause: another one may be there
}

func (q *request) health() {
	q.write(http.StatusOK, "text/plain; charset=utf-8", []byte("ok\n"))
}

func (q *request) openAPI() {
	q.allowCaching()
	q.write(http.StatusOK, "application/json", answer.OpenAPI)
}

func (q *request) knowledgeBase() {
	q.allowCaching()
	body, err := answer.KnowledgeBase(q.h.Book)
	if err != nil {
		panic(err)
	}
	q.write(http.StatusOK, "application/json", body)
}

func (q *request) allowCaching() { q.w.Header().Set("Cache-Control", "public, max-age=300") }

// maxDrain is how much is still read of a body that is refused, in bytes.
const maxDrain = 32 << 20

// problem answers with a problem document.
func (q *request) problem(f fault) {
	// A client that is still sending when the connection closes sees a reset
	// instead of the answer. One that waits to be asked for its body sends
	// nothing before, and an event has no connection.
	if q.r.Context().Value(http.ServerContextKey) != nil && (q.reading || q.r.Header.Get("Expect") == "") {
		limit := int64(maxDrain)
		if !q.admitted {
			limit = MaxBody
		}
		_, _ = io.CopyN(io.Discard, q.r.Body, limit)
	}
	if f.code == answer.Overloaded {
		q.w.Header().Set("Retry-After", retryAfter)
	}
	p := answer.ProblemOf(f.code, f.detail, q.language)
	body, contentType := q.h.writer.WriteProblem(p, q.format, q.language)
	q.write(p.Status, contentType, body)
}

// write sends a whole answer.
func (q *request) write(status int, contentType string, body []byte) {
	if q.status != 0 { // a panic after the answer
		return
	}
	q.status = status
	header := q.w.Header()
	header.Set("Content-Type", contentType)
	header.Set("Content-Language", q.language.String())
	header.Set("Content-Length", strconv.Itoa(len(body)))
	if strings.HasPrefix(contentType, "text/html") && header.Get("Content-Security-Policy") == "" {
		header.Set("Content-Security-Policy", q.h.policy())
	}
	q.w.WriteHeader(status)
	if q.r.Method != http.MethodHead {
		// A client that has gone away is no fault of ours.
		_, _ = q.w.Write(body)
	}
}

// answerPolicy allows an answer nothing but the site's own style and scripts,
// screenshots from their hosts, and forms.
func answerPolicy(site address.Address, pictureHosts []string) string {
	source := "'self'"
	if site.URL != nil {
		source += " " + site.Origin()
	}
	images := source
	for _, host := range pictureHosts {
		images += " https://" + host
	}
	return "default-src 'none'; style-src " + source + "; script-src " + source + "; img-src " + images + "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}
