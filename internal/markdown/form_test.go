package markdown_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/markdown"
)

// TestSummary: the paragraph below the title is the summary, as plain text; what
// else stands before the first section is reported.
func TestSummary(t *testing.T) {
	for _, test := range []struct {
		source, want string
		line         int
		fault        string // "" for none
	}{
		{"# T\n\nThe registry has *no* such `image`.\n\n## S\n\na\n", "The registry has no such image.", 3, ""},
		{"# T\nOne line\nand its end.\n\n## S\n\na\n", "One line and its end.", 2, ""},
		{"# T\n\n一行\n二行\n\n## S\n\na\n", "一行二行", 3, ""},
		{"# T\n\n## S\n\na\n", "", 0, ""}, // that it is missing, package entry says
		{"# T\n\nOne.\n\nTwo.\n\n## S\n\na\n", "One.", 3, "5: only one paragraph"},
		{"# T\n\n- a list\n\n## S\n\na\n", "", 0, "3: only one paragraph"},
		{"# T\n\n```text\na\n```\n\n## S\n\na\n", "", 0, "4: only one paragraph"},
		{"# T\n\nNo {image} there.\n\n## S\n\na\n", "No <image> there.", 3, "3: the line below the title is shown where nothing fills a blank"},
		{"# T\n\nNo `{service.name}` there.\n\n## S\n\na\n", "No <service-name> there.", 3, "3: the line below the title is shown"},
		{"# T\n\nA `{.items}{end}` there.\n\n## S\n\na\n", "A {.items}{end} there.", 3, ""},
	} {
		doc := markdown.Parse([]byte(test.source), nil, nil)
		if doc.Summary != test.want || doc.SummaryLine != test.line {
			t.Errorf("%q: summary %q in line %d, want %q in line %d", test.source, doc.Summary, doc.SummaryLine, test.want, test.line)
		}
		if got := lines(doc.Faults); test.fault == "" && got != "" || !strings.HasPrefix(got, test.fault) {
			t.Errorf("%q: faults %q, want %q", test.source, got, test.fault)
		}
	}
}

// lines returns faults, one in a line.
func lines(faults []markdown.Fault) string {
	var out []string
	for _, f := range faults {
		out = append(out, string(rune('0'+f.Line))+": "+f.Message)
	}
	return strings.Join(out, "\n")
}

// TestCommandsSayWhetherTheyChange: every block of commands says whether it only
// looks; no other language does.
func TestCommandsSayWhetherTheyChange(t *testing.T) {
	for _, test := range []struct {
		info string
		want string // of the fault, "" for none
	}{
		{"sh read", ""}, {"sh change", ""}, {"yaml", ""}, {"json", ""}, {"text", ""},
		{"sh", "```sh read or ```sh change"},
		{"sh look", "```sh read or ```sh change"},
		{"sh read change", "```sh read or ```sh change"},
		{"sh  read", "```sh read or ```sh change"},
		{"yaml read", "yaml"},
		{"", "code block without a language"},
		{"bash read", "code block in bash"},
	} {
		doc := markdown.Parse([]byte("# T\n\n## S\n\n```"+test.info+"\nls\n```\n"), nil, nil)
		switch got := lines(doc.Faults); {
		case test.want == "" && got != "", test.want != "" && !strings.Contains(got, test.want):
			t.Errorf("%q: faults %q, want %q", test.info, got, test.want)
		case test.want == "" && doc.Sections[0].Code[0] != test.info+"\nls\n":
			t.Errorf("%q: code %q", test.info, doc.Sections[0].Code)
		}
	}
}

// TestChanging: HTML and Markdown keep whether commands change something, each
// where programs look for the language first.
func TestChanging(t *testing.T) {
	body := func(info string) book.Rich {
		return markdown.Parse([]byte("# T\n\n## S\n\n```"+info+"\nls\n```\n"), nil, nil).Sections[0].Body()
	}
	for _, info := range []string{"sh read", "sh change"} {
		if got, want := body(info).Markdown(book.Values{}), "```"+info+"\nls\n```"; got != want {
			t.Errorf("%s: Markdown %q, want %q", info, got, want)
		}
		if got, want := body(info).HTML(book.Values{}), `<code class="language-`+info+`">`; !strings.Contains(got, want) {
			t.Errorf("%s: HTML %s lacks %s", info, got, want)
		}
		if got := body(info).Plain(book.Values{}); strings.TrimSpace(got) != "ls" {
			t.Errorf("%s: plain text %q", info, got)
		}
	}
}

// TestPlanned: a link to an entry that nobody has written yet is its text,
// markup and all; the link itself is kept for the lint.
func TestPlanned(t *testing.T) {
	planned := func(id string) bool { return strings.HasPrefix(id, "planned") }
	doc := markdown.Parse([]byte("# T\n\nSee [that](planned-a).\n\n## S\n\nSee [*that* `one`](planned-a) and [this](written).\n\n## R\n\n- [one](planned-b): why\n- [two](written): why\n"), nil, planned)
	if len(doc.Faults) > 0 {
		t.Fatal(doc.Faults)
	}
	if doc.Summary != "See that." {
		t.Errorf("summary %q", doc.Summary)
	}
	v := book.Values{Base: "/en/"}
	for _, test := range []struct{ name, got, want string }{
		{"plain", doc.Sections[0].Body().Plain(v), "See that one and this."},
		{"Markdown", doc.Sections[0].Body().Markdown(v), "See *that* `one` and [this](/en/written/)."},
		{"HTML", doc.Sections[0].Body().HTML(v), `<p>See <em>that</em> <code>one</code> and <a href="/en/written/">this</a>.</p>`},
		{"list", doc.Sections[1].Body().Markdown(v), "- one: why\n- [two](/en/written/): why"},
	} {
		if test.got != test.want {
			t.Errorf("%s:\ngot  %q\nwant %q", test.name, test.got, test.want)
		}
	}
	var leads []string
	for _, item := range doc.Sections[1].Items {
		leads = append(leads, item.Lead)
	}
	if diff := cmp.Diff([]string{"planned-b", "written"}, leads); diff != "" {
		t.Errorf("first links of the items: -want +got:\n%s", diff)
	}
	refs := []markdown.Ref{{Value: "planned-a", Line: 7}, {Value: "written", Line: 7}}
	if got := doc.Sections[0].Links; !slices.Equal(got, refs) {
		t.Errorf("links %v, want %v", got, refs)
	}
	// An https address and a picture are no entries, whatever is planned.
	all := func(string) bool { return true }
	doc = markdown.Parse([]byte("# T\n\n## S\n\n[a](https://example.com/)\n"), nil, all)
	if got, want := doc.Sections[0].Body().HTML(v), `<p><a href="https://example.com/" rel="noreferrer">a</a></p>`; got != want || len(doc.Faults) > 0 {
		t.Errorf("%q, want %q (%v)", got, want, doc.Faults)
	}
}
