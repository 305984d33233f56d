package site_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/kb"
)

// TestTrack: the home page draws the life of an instance as a list in its order,
// the rollout before and the node beside it; each stop names its own states, the
// most frequent first, and leads to the others and to its causes.
func TestTrack(t *testing.T) {
	files := build(t, "")
	for _, l := range book.Languages {
		page := files[l.String()+"/index.html"]
		stop := func(n *html.Node) bool { return n.Parent.Data == "ol" && hasClass("track")(n.Parent.Parent) }
		var ids []string
		for _, n := range elements(t, page, func(n *html.Node) bool { return n.Data == "li" && stop(n) }) {
			ids = append(ids, attribute(n, "id"))
		}
		order := []string{"admission", "scheduling", "volume", "image", "create", "start", "probe", "exit"}
		if !slices.IsSortedFunc(ids, func(a, b string) int { return slices.Index(order, a) - slices.Index(order, b) }) || len(ids) < 7 {
			t.Errorf("%s: the stops are %v", l, ids)
		}
		var texts []string
		for _, n := range elements(t, page, hasClass("track")) {
			for c := range n.ChildNodes() {
				if c.Data == "section" || c.Data == "ol" {
					texts = append(texts, c.Data+attribute(c, "id"))
				}
			}
		}
		if !slices.Equal(texts, []string{"sectionrollout", "ol", "sectionnode"}) {
			t.Errorf("%s: the track is %v", l, texts)
		}
		listed := 0
		for _, id := range append([]string{"rollout", "node"}, ids...) {
			stages := map[string][]book.Stage{"volume": {"volume", "network"}}[id]
			if stages == nil {
				stages = []book.Stage{book.Stage(id)}
			}
			last, causes := 0, false
			for _, href := range linksIn(t, page, func(n *html.Node) bool { return attribute(n, "id") == id && n.Data != "h2" }) {
				causes = causes || strings.HasPrefix(href, "causes/") && strings.HasSuffix(href, "#"+id)
				i, ok := kb.Book().Find(strings.TrimSuffix(href, "/"))
				if !ok {
					continue
				}
				listed++
				e := kb.Book().Entries[i]
				rank := slices.Index([]book.Frequency{book.Common, book.Occasional, book.Rare}, e.Frequency)
				if e.Kind != book.State || !slices.Contains(stages, e.Stage) || rank < last {
					t.Errorf("%s: %s stands at %s, rank %d after %d", l, e.ID, id, rank, last)
				}
				last = rank
			}
			if !causes {
				t.Errorf("%s: %s does not lead to its causes", l, id)
			}
		}
		if listed < 30 {
			t.Errorf("%s: %d states", l, listed)
		}
	}
}

// TestOverviewGroups: an overview has each entry once, under its stage, and the
// index of the groups leads to each.
func TestOverviewGroups(t *testing.T) { eachBook(t, testOverviewGroups) }

func testOverviewGroups(t *testing.T, files map[string][]byte) {
	for _, path := range []string{"en/states/", "ja/causes/"} {
		seen := map[string]bool{}
		for n := 1; ; n++ {
			name := path + "index.html"
			if n > 1 {
				name = path + string(rune('0'+n)) + "/index.html"
			}
			if files[name] == nil {
				break
			}
			headings := elements(t, files[name], func(n *html.Node) bool { return n.Data == "h2" && hasClass("group")(n.Parent) })
			index := elements(t, files[name], hasClass("toc"))
			if len(headings) == 0 || len(index) != 1 || !strings.Contains(text(index[0]), text(headings[0])) {
				t.Errorf("%s: %d groups, %d indexes", name, len(headings), len(index))
			}
			for _, href := range linksIn(t, files[name], hasClass("names")) {
				if seen[href] && n == 1 {
					t.Errorf("%s lists %s twice", name, href)
				}
				seen[href] = true
			}
		}
		if len(seen) < 40 {
			t.Errorf("%s lists %d entries", path, len(seen))
		}
	}
}

// TestSigns: under the meaning of a state stands what messages say, the decisive
// words marked, and to which cause that leads; a cause tells what looks like it.
func TestSigns(t *testing.T) {
	files := build(t, "")
	for _, test := range []struct{ page, section, href, marked string }{
		{"image-pull-back-off", "causes", "../image-not-found/", "manifest"},
		{"crash-loop-back-off", "causes", "../oom-killed/", "OOMKilled"},
		{"image-not-found", "alike", "../configmap-not-found/", "web-settings"},
	} {
		for _, l := range book.Languages {
			page := files[book.PagePath(l, test.page)+"index.html"]
			found := false
			for _, row := range elements(t, page, func(n *html.Node) bool {
				return n.Data == "div" && hasClass("signs")(n.Parent) && slices.ContainsFunc(slices.Collect(n.Ancestors()), hasClass(test.section))
			}) {
				for d := range row.Descendants() {
					if d.Data == "a" && attribute(d, "href") == test.href {
						for m := range row.Descendants() {
							found = found || m.Data == "mark" && strings.Contains(text(m), test.marked)
						}
					}
				}
			}
			if !found {
				t.Errorf("%s, %s: nothing leads from %q to %s", l, test.page, test.marked, test.href)
			}
		}
	}
	state := string(files["en/image-pull-back-off/index.html"])
	order := []string{`id="meaning"`, `id="causes"`, `id="confirm"`, `id="steps"`}
	for i := 1; i < len(order); i++ {
		if strings.Index(state, order[i-1]) > strings.Index(state, order[i]) {
			t.Errorf("%s stands after %s", order[i-1], order[i])
		}
	}
}

// TestStepLinks: where a page names one of its steps, that is a link to it.
func TestStepLinks(t *testing.T) {
	files := build(t, "")
	for _, l := range book.Languages {
		links := 0
		for _, e := range kb.Book().Entries {
			page := string(files[book.PagePath(l, e.ID)+"index.html"])
			links += strings.Count(page, `<a href="#step-`)
		}
		if links < 20 {
			t.Errorf("%s: %d links to steps", l, links)
		}
	}
	if page := string(files["en/crash-loop-back-off/index.html"]); !strings.Contains(page, `<a href="#step-2">step 2</a>`) || !strings.Contains(page, `id="step-2"`) {
		t.Error("“see step 2” is no link")
	}
}
