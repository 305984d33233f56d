package site_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/kb"
)

// TestTypedNames: static hosts lead from the names of states, as consoles show
// them and in small letters, to their pages; the script of the page for what does not
// exist knows every entry by its id and its reasons.
func TestTypedNames(t *testing.T) {
	files := build(t, "https://book.example.com/base/")
	for _, line := range []string{
		"/base/en/CrashLoopBackOff /base/en/crash-loop-back-off/ 301",
		"/base/ja/crashloopbackoff /base/ja/crash-loop-back-off/ 301",
		"/base/OOMKilled /base/en/oom-killed/ 301",
	} {
		if !strings.Contains("\n"+string(files["_redirects"]), "\n"+line+"\n") {
			t.Errorf("_redirects lacks %q", line)
		}
	}
	from := map[string]bool{}
	for line := range strings.Lines(string(files["_redirects"])) {
		fields := strings.Fields(line)
		target := strings.TrimPrefix(fields[1], "/base/") + "index.html"
		if fields[2] == "301" && (from[fields[0]] || files[target] == nil || files[strings.TrimPrefix(fields[0], "/base/")+"/index.html"] != nil) {
			t.Errorf("bad line %q", line)
		}
		from[fields[0]] = true
	}
	if len(from) > 2000 {
		t.Errorf("%d lines, more than hosts take", len(from))
	}
	_, list, _ := strings.Cut(string(files["assets/names.js"]), "]=")
	var names []map[string]string
	if err := json.Unmarshal([]byte(list), &names); err != nil {
		t.Fatal(err)
	}
	fold := func(s string) string {
		return strings.ToLower(regexp.MustCompile(`[^\pL\p{Nd}]+`).ReplaceAllString(s, ""))
	}
	for _, e := range kb.Book().Entries {
		if got := names[0][fold(e.ID)]; got != e.ID {
			t.Errorf("%s leads to %q", e.ID, got)
		}
		reason, _, _ := strings.Cut(e.Texts[book.English].Title, ": ")
		for _, name := range append(strings.Split(reason, ", "), e.Status...) {
			if id := names[0][fold(name)]; files["en/"+id+"/index.html"] == nil {
				t.Errorf("%s: %q leads to %q", e.ID, name, id)
			}
		}
	}
}

// TestMissingPages: without scripts the page for what does not exist suggests the
// search and leads to every list, in each language.
func TestMissingPages(t *testing.T) {
	files := build(t, "https://book.example.com/base/")
	for _, l := range book.Languages {
		for _, name := range []string{l.String() + "/404.html", "404.html"} {
			_, text, _ := strings.Cut(string(files[name]), `class="not-found"`) // the head of the page has the lists too
			for _, list := range []string{"", "states/", "causes/", "logs/"} {
				if want := `href="/base/` + l.String() + "/" + list + `"`; !strings.Contains(text, want) {
					t.Errorf("%s lacks %s", name, want)
				}
			}
		}
	}
}
