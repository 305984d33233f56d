package handler_test

import (
	"testing"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/handler"
	"github.com/reasonbook/reasonbook/kb"
)

// TestTypedAddresses: addresses as people write the name of an entry lead to its
// page, in the language of the address or of the browser, with their query.
func TestTypedAddresses(t *testing.T) {
	files := map[string][]byte{"ja/404.html": []byte("nowhere"), "_redirects": []byte("/en/CrashLoopBackOff /en/crash-loop-back-off/ 301\n")}
	for _, l := range book.Languages {
		for _, e := range kb.Book().Entries {
			files[book.PagePath(l, e.ID)+"index.html"] = []byte(e.ID)
		}
	}
	h := handler.New(handler.Config{Book: kb.Book(), Open: true, Site: &handler.Site{Files: files, Policy: func([]byte) string { return "" }}})
	for _, test := range []struct {
		target, language string
		status           int
		location         string
	}{
		{"/en/CrashLoopBackOff", "", 308, "/en/crash-loop-back-off/"},
		{"/en/crashloopbackoff/", "ja", 308, "/en/crash-loop-back-off/"},
		{"/EN/CRASH-loop-backoff", "", 308, "/en/crash-loop-back-off/"},
		{"/zh/Crash%20Loop_Back.Off", "", 308, "/zh/crash-loop-back-off/"},
		{"/CrashLoopBackOff", "ja", 308, "/ja/crash-loop-back-off/"},
		{"/imagepullbackoff?x=1", "", 308, "/en/image-pull-back-off/?x=1"},
		{"/ja/OOMKilled", "", 308, "/ja/oom-killed/"},
		{"/en/Pending", "", 308, "/en/failed-scheduling/"},
		{"/ja/Init:CrashLoopBackOff", "", 308, "/ja/init-container-failed/"},
		{"/ja/DEADLINEEXCEEDED", "", 308, "/ja/deadline-exceeded/"},
		{"/ja/crash-loop-back-off", "", 301, "/ja/crash-loop-back-off/"},
		{"/ja/CrashLoopBackOff/causes", "", 404, ""},
		{"/ja/nothing-like-it", "", 404, ""},
		{"/fr/CrashLoopBackOff", "", 404, ""},
		{"/ja/...", "", 404, ""},
	} {
		w := get(h, test.target, "Accept-Language", test.language)
		if w.Code != test.status || w.Header().Get("Location") != test.location {
			t.Errorf("%s: %d %q, want %d %q", test.target, w.Code, w.Header().Get("Location"), test.status, test.location)
		}
	}
}
