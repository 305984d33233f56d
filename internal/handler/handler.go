// Package handler is the HTTP interface of reasonbook: POST /diagnose and what
// belongs to it. All hosts serve this one handler.
package handler

import (
	"compress/gzip"
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"os"
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

// maxHeader is the largest header that is taken, in bytes of names and values.
const maxHeader = 32 << 10

// Config says how a handler behaves.
type Config struct {
	Book *book.Book
	// Token is what callers of POST /diagnose must present as a bearer token.
	// Without one, nobody may call unless Open is set.
	Token string
	// Open lets everybody call.
	Open bool
	// SiteURL is the address of the site that answers link to. Without one,
	// links are relative to the root of the host.
	SiteURL string
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
	return &handler{
		Config: c,
		policy: sync.OnceValue(func() string {
			var pictures []book.Picture
			for i := range c.Book.Entries {
				pictures = append(pictures, c.Book.Entries[i].Texts[book.English].Pictures...)
			}
			return answerPolicy(c.SiteURL, book.PictureHosts(pictures))
		}),
		token:  sha256.Sum256([]byte(c.Token)),
		writer: &answer.Writer{Book: c.Book, SiteURL: c.SiteURL},
	}
}

type handler struct {
	Config
	token  [sha256.Size]byte
	writer *answer.Writer
	// policy is the Content-Security-Policy of pages. It takes the whole book
	// to make, so it is not made at start.
	policy func() string
}

type trusted struct{}

// Trusted returns a context for requests whose caller the host has already
// authenticated, such as a direct invocation of the function.
func Trusted(ctx context.Context) context.Context { return context.WithValue(ctx, trusted{}, true) }

// A request is one request on its way.
type request struct {
	*handler
	http.ResponseWriter
	*http.Request
	language book.Language
	format   answer.Format
	matches  int
	status   int
}

// ServeHTTP implements [http.Handler].
func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	began := time.Now()
	q := &request{handler: h, ResponseWriter: w, Request: r}
	defer func() {
		if err := recover(); err != nil {
			if err == http.ErrAbortHandler {
				panic(err)
			}
			// The value may hold input; the stack holds none.
			h.Log.Error("panic", "stack", string(debug.Stack()))
			q.problem(answer.Internal, "")
		}
		h.Log.Info("request", "method", methodName(r.Method), "route", route(r.URL.Path),
			"status", q.status, "language", q.language.String(), "matches", q.matches,
			"microseconds", time.Since(began).Microseconds())
	}()
	q.serve()
}

// serve answers a request.
func (q *request) serve() {
	header := q.Header()
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("Vary", "Accept, Accept-Language")
	if headerSize(q.Request.Header) > maxHeader {
		q.problem(answer.HeaderTooLarge, "the limit is "+strconv.Itoa(maxHeader>>10)+" KiB")
		return
	}
	q.format = acceptedFormat(q.Request.Header.Values("Accept"))
	language, err := languageOf(q.Request)
	q.language = language
	switch {
	case err != nil && q.URL.Path == "/diagnose":
		q.problem(answer.UnknownLanguage, err.Error())
	case q.URL.Path == "/diagnose":
		if q.allow(http.MethodPost) {
			q.diagnose()
		}
	case q.URL.Path == "/healthz":
		if q.allow(http.MethodGet, http.MethodHead) {
			q.write(http.StatusOK, "text/plain; charset=utf-8", []byte("ok\n"))
		}
	case q.URL.Path == "/openapi.json":
		if q.allow(http.MethodGet, http.MethodHead) {
			q.cache()
			q.write(http.StatusOK, "application/json", answer.OpenAPI)
		}
	case q.URL.Path == "/kb.json":
		if q.allow(http.MethodGet, http.MethodHead) {
			q.cache()
			body, err := answer.KnowledgeBase(q.Book)
			if err != nil {
				panic(err)
			}
			q.write(http.StatusOK, "application/json", body)
		}
	case q.Site != nil:
		if q.allow(http.MethodGet, http.MethodHead) {
			q.page()
		}
	default:
		q.problem(answer.NotFound, "the paths are POST /diagnose, GET /healthz, GET /openapi.json and GET /kb.json")
	}
}

func headerSize(header http.Header) int {
	size := 0
	for name, values := range header {
		for _, value := range values {
			size += len(name) + len(value)
		}
	}
	return size
}

// allow reports whether the request has one of the methods, and answers if not.
func (q *request) allow(methods ...string) bool {
	for _, m := range methods {
		if q.Method == m {
			return true
		}
	}
	list := strings.Join(methods, ", ")
	q.Header().Set("Allow", list)
	q.problem(answer.MethodNotAllowed, "use "+list)
	return false
}

// diagnose answers POST /diagnose.
func (q *request) diagnose() {
	q.Header().Set("Cache-Control", "no-store")
	if !q.authorized() {
		return
	}
	body, ok := q.body()
	if !ok {
		return
	}
	cases, refused := payload.Read(body, q.Request.Header.Get("Content-Type"))
	if refused != nil {
		q.problem(refused.Code, refused.Detail)
		return
	}
	list, err := diagnosis.Of(q.Context(), q.Book, cases)
	if err != nil {
		q.problem(answer.Cancelled, "the client was gone, or the time was up, before the answer was there")
		return
	}
	for _, d := range list {
		q.matches += len(d.Matches)
	}
	out, err := q.writer.Write(list, q.format, q.language)
	if err != nil {
		panic(err)
	}
	contentType := string(q.format)
	if q.format != answer.JSON {
		contentType += "; charset=utf-8"
	}
	q.write(http.StatusOK, contentType, out)
}

// authorized reports whether the caller may ask, and answers if not.
func (q *request) authorized() bool {
	if q.Open || q.Context().Value(trusted{}) != nil {
		return true
	}
	q.Header().Set("WWW-Authenticate", `Bearer realm="reasonbook"`)
	if q.Token == "" {
		q.problem(answer.Unauthorized, "this function has no token yet: set REASONBOOK_TOKEN, or REASONBOOK_AUTH=none to let everybody call it")
		return false
	}
	scheme, given, _ := strings.Cut(q.Request.Header.Get("Authorization"), " ")
	sum := sha256.Sum256([]byte(strings.TrimSpace(given)))
	if !strings.EqualFold(scheme, "Bearer") || subtle.ConstantTimeCompare(sum[:], q.token[:]) != 1 {
		q.problem(answer.Unauthorized, "send the header “Authorization: Bearer ” followed by the token")
		return false
	}
	q.Header().Del("WWW-Authenticate")
	return true
}

// body reads the request's body, and answers if that fails.
func (q *request) body() (body []byte, ok bool) {
	limited := io.LimitReader(q.Body, MaxBody+1)
	source := limited
	switch encoding := strings.ToLower(q.Request.Header.Get("Content-Encoding")); encoding {
	case "", "identity":
	case "gzip":
		unzipped, err := gzip.NewReader(limited)
		if err != nil {
			q.problem(answer.Damaged, "the body is not gzip, as Content-Encoding says")
			return nil, false
		}
		source = io.LimitReader(unzipped, MaxBody+1)
	default:
		q.problem(payload.UnsupportedType, "the Content-Encoding must be gzip or identity")
		return nil, false
	}
	body, err := io.ReadAll(source)
	switch {
	case len(body) > MaxBody:
		q.problem(answer.TooLarge, "the limit is "+strconv.Itoa(MaxBody>>20)+" MiB")
	case errors.Is(err, os.ErrDeadlineExceeded):
		q.problem(answer.Timeout, "")
	case err != nil:
		q.problem(answer.Damaged, "the body broke off, or is not what its encoding says")
	default:
		return body, true
	}
	return nil, false
}

// maxDrain is how much of a body that is refused is still read, in bytes.
const maxDrain = 32 << 20

// problem answers with a problem document.
func (q *request) problem(code payload.ErrorCode, detail string) {
	// A client that is still sending when the connection closes sees a reset
	// instead of the answer.
	_, _ = io.CopyN(io.Discard, q.Body, maxDrain)
	p := answer.ProblemOf(code, detail, q.language)
	body, contentType := q.writer.WriteProblem(p, q.format, q.language)
	q.write(p.Status, contentType, body)
}

// write sends a whole answer.
func (q *request) write(status int, contentType string, body []byte) {
	if q.status != 0 { // a panic after the answer
		return
	}
	q.status = status
	header := q.Header()
	header.Set("Content-Type", contentType)
	header.Set("Content-Language", q.language.String())
	header.Set("Content-Length", strconv.Itoa(len(body)))
	if strings.HasPrefix(contentType, "text/html") && header.Get("Content-Security-Policy") == "" {
		header.Set("Content-Security-Policy", q.policy())
	}
	q.WriteHeader(status)
	if q.Method != http.MethodHead {
		// A client that has gone away is no fault of ours.
		_, _ = q.ResponseWriter.Write(body)
	}
}

// answerPolicy allows an answer nothing but the site's own style and scripts,
// screenshots from their hosts, and forms.
func answerPolicy(siteURL string, pictureHosts []string) string {
	source := "'self'"
	if site, err := address.Parse(siteURL, "https", "http"); err == nil {
		source += " " + site.Origin()
	}
	images := source
	for _, host := range pictureHosts {
		images += " https://" + host
	}
	return "default-src 'none'; style-src " + source + "; script-src " + source + "; img-src " + images + "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}

func (q *request) cache() { q.Header().Set("Cache-Control", "public, max-age=300") }

// Header returns the header of the answer; the request's own is q.Request.Header.
func (q *request) Header() http.Header { return q.ResponseWriter.Header() }

// route returns what a log may say of a path: paths can hold secrets.
func route(path string) string {
	switch path {
	case "/diagnose", "/healthz", "/openapi.json", "/kb.json":
		return path
	}
	return "other"
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
