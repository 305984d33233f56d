package handler_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/answer"
	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/handler"
	"github.com/reasonbook/reasonbook/kb"
)

// asked posts a text to a function with a place for reports, or without.
func asked(report, l, accept, text string) string {
	h := handler.New(handler.Config{Book: kb.Book(), Open: true, SiteURL: "https://book.example.com/", ReportURL: report})
	r := httptest.NewRequest("POST", "/diagnose?lang="+l, strings.NewReader(text))
	r.Header.Set("Content-Type", "text/plain")
	r.Header.Set("Accept", accept)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Body.String()
}

var forPeople = []string{"text/html", "text/markdown", "text/plain"}

// TestNothingFound: where no entry matches, people are led to the pages that use
// its words, and to the place for reports if there is one; no link holds the text.
func TestNothingFound(t *testing.T) {
	const report = "https://tracker.example.com/new?kind=message&body={text}"
	const text = "the registry rejected our certificate: chain of signatures incomplete, secret-4711"
	for _, l := range book.Languages {
		said, _, related := answer.MissingLabels(l)
		for _, accept := range forPeople {
			got := asked(report, l.String(), accept, text)
			if !strings.Contains(got, said) || !strings.Contains(strings.ReplaceAll(got, "&amp;", "&"), "https://tracker.example.com/new?kind=message&body=") {
				t.Errorf("%s, %s: no link for a report:\n%s", l, accept, got)
			}
			for part := range strings.FieldsSeq(strings.NewReplacer(`"`, " ", "(", " ", ")", " ").Replace(got)) {
				if strings.HasPrefix(part, "https://tracker") && strings.Contains(part, "4711") {
					t.Errorf("%s, %s: the text stands in %s", l, accept, part)
				}
			}
			if without := asked("", l.String(), accept, text); strings.Contains(without, said) {
				t.Errorf("%s, %s: a report without a place for it", l, accept)
			}
			if known := asked(report, l.String(), accept, "CrashLoopBackOff"); strings.Contains(known, said) {
				t.Errorf("%s, %s: a report of what an entry explains", l, accept)
			}
			if healthy := asked(report, l.String(), accept, "Running Healthy"); strings.Contains(healthy, said) {
				t.Errorf("%s, %s: a report of health", l, accept)
			}
			if l == book.English && (!strings.Contains(got, related) || !strings.Contains(strings.ToLower(got), "image cannot be pulled")) {
				t.Errorf("%s: no page about it:\n%s", accept, got)
			}
			if far := asked(report, l.String(), accept, "qwxz vvkjq zzyx"); strings.Contains(far, related) {
				t.Errorf("%s, %s: pages that have nothing to do with the text", l, accept)
			}
		}
	}
}

// TestMarks: under the title an answer says whether the failure passes by itself and
// whether waiting does harm; commands that change something are marked.
func TestMarks(t *testing.T) {
	n, _ := kb.Book().Find("crash-loop-back-off")
	e := &kb.Book().Entries[n]
	for _, l := range book.Languages {
		for _, accept := range forPeople {
			got := asked("", l.String(), accept, "CrashLoopBackOff")
			_, gist, _ := strings.Cut(e.Texts[l].Title, l.Colon())
			_, after, ok := strings.Cut(got, gist)
			evidence := strings.Index(after, "CrashLoopBackOff")
			for _, fact := range []string{answer.Heals[l][e.Heals], answer.Waiting[l][e.Waiting]} {
				if at := strings.Index(after, fact); !ok || at < 0 || at > evidence {
					t.Errorf("%s, %s: %q does not stand under the title:\n%s", l, accept, fact, got)
				}
			}
			changing := strings.Contains(got, "**"+answer.Changes[l]+"**\n\n") || strings.Contains(got, "["+answer.Changes[l]+"]\n") || strings.Contains(got, `<code class="language-sh change">`)
			if !changing {
				t.Errorf("%s, %s: commands that change something are not marked:\n%s", l, accept, got)
			}
		}
		if got := asked("", l.String(), "application/json", "CrashLoopBackOff"); strings.Contains(got, answer.Changes[l]) {
			t.Errorf("%s: the texts for programs hold a mark", l)
		}
	}
}
