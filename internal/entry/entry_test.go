package entry_test

import (
	"errors"
	"io/fs"
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/entry"
)

// valid is a small knowledge base without a fault: a state and a cause.
func valid() map[string]string {
	const page = `# TITLE

## MEANING

The image {image} is **missing**.

## STEPS

1. Look at it.

   - TEM: **A** > **B**
   - kubectl:

     ~~~sh
     kubectl -n {namespace} get pod {instance}
     ~~~

   ![What it shows](shot)

2. Done.

## RELATED

- [other](OTHER): why
`
	files := map[string]string{
		"README.md": "not an entry",
		"pull-failed/entry.yaml": `kind: state
patterns:
  - "PullFailed"
  - "cannot pull {image}"
status: [Failed]
examples:
  - text: PullFailed
  - text: "cannot pull nginx:1"
    parameters: {image: "nginx:1"}
  - text: Failed
not:
  - "pulled nginx:1"
pictures:
  shot: https://example.com/shot.png
references:
  - title: Docs
    url: https://example.com/docs
`,
		"tag-missing/entry.yaml": `kind: cause
under: [pull-failed]
patterns: ["cannot pull {image}: no such tag"]
examples:
  - text: "cannot pull nginx:1: no such tag"
    parameters: {image: "nginx:1"}
not: ["cannot pull nginx:1"]
pictures:
  shot: https://example.com/shot.png
`,
	}
	for id, other := range map[string]string{"pull-failed": "tag-missing", "tag-missing": "pull-failed"} {
		for _, l := range book.Languages {
			h := entry.Headings[l]
			files[id+"/"+l.String()+".md"] = strings.NewReplacer("TITLE", id, "MEANING", h[0], "STEPS", h[1], "RELATED", h[2], "OTHER", other).Replace(page)
		}
	}
	return files
}

func load(files map[string]string) ([]*entry.Entry, error) {
	fsys := fstest.MapFS{}
	for name, content := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(content), Mode: fs.FileMode(0o644)}
	}
	return entry.Load(fsys)
}

func TestLoad(t *testing.T) {
	entries, err := load(valid())
	if err != nil {
		t.Fatal(err)
	}
	b, err := entry.Compile(entries)
	if err != nil {
		t.Fatal(err)
	}
	if len(b.Entries) != 2 || b.Entries[0].ID != "pull-failed" || b.Entries[1].ID != "tag-missing" {
		t.Fatalf("entries: %+v", b.Entries)
	}
	// The cause comes before the state it is under.
	matches := b.Index().Match("PullFailed: cannot pull nginx:1: no such tag")
	if len(matches) != 2 || matches[0].Entry != 1 || matches[1].Entry != 0 {
		t.Errorf("matches %+v", matches)
	}
	text := b.Entries[0].Texts[book.Japanese]
	v := book.Values{Base: "https://example.com/ja/", Lookup: func(name string) string {
		return map[string]string{"image": "nginx:1", "instance": "a b", "namespace": "shop"}[name]
	}}
	for _, test := range []struct{ got, want string }{
		{text.Title, "pull-failed"},
		{text.Meaning.Plain(v), "The image nginx:1 is missing."},
		{text.Meaning.Markdown(v), "The image `nginx:1` is **missing**."},
		{text.Meaning.HTML(v), "<p>The image <code>nginx:1</code> is <strong>missing</strong>.</p>"},
		{text.Steps[0].Plain(v), "Look at it.\n- TEM: A > B\n- kubectl:\n  kubectl -n shop get pod <instance>"},
		{text.Steps[0].Markdown(v), "Look at it.\n\n- TEM: **A** > **B**\n- kubectl:\n\n  ```sh\n  kubectl -n shop get pod <instance>\n  ```\n\n![What it shows](https://example.com/shot.png)"},
	} {
		if test.got != test.want {
			t.Errorf("got  %q\nwant %q", test.got, test.want)
		}
	}
	if html := text.Steps[0].HTML(v); !strings.Contains(html, `<code class="language-sh"><span class="k">kubectl </span><span class="n">-n</span> shop get pod <var>&lt;instance&gt;</var>`) ||
		!strings.Contains(html, "<li class=\"tem\">\n<p><b>TEM</b> <strong>A</strong>") || !strings.Contains(html, "<li class=\"kubectl\">\n<p><b>kubectl</b></p>") ||
		!strings.Contains(html, `<a class="picture" href="https://example.com/shot.png" rel="noreferrer">What it shows</a>`) {
		t.Errorf("HTML of the first step:\n%s", html)
	}
	if html := entries[0].Pages[book.English].Related.Body().HTML(v); !strings.Contains(html, `<a href="https://example.com/ja/tag-missing/">other</a>`) {
		t.Errorf("HTML of related entries:\n%s", html)
	}
}

// TestCausesComeFirst: a cause comes before a state with more evidence, even if
// that state stands under another one as the cause does.
func TestCausesComeFirst(t *testing.T) {
	files := valid()
	for name, content := range valid() {
		if id, rest, ok := strings.Cut(name, "/"); ok && id == "tag-missing" {
			content = strings.Replace(content, "kind: cause", "kind: state", 1)
			content = strings.Replace(content, "cannot pull {image}: no such tag", "a long text that only this state has about {image}", 1)
			files["long-state/"+rest] = strings.ReplaceAll(content, "cannot pull nginx:1: no such tag", "a long text that only this state has about nginx:1")
		}
	}
	entries, err := load(files)
	if err != nil {
		t.Fatal(err)
	}
	b, err := entry.Compile(entries)
	if err != nil {
		t.Fatal(err)
	}
	matches := b.Index().Match("a long text that only this state has about nginx:1\ncannot pull nginx:1: no such tag")
	if len(matches) != 3 || b.Entries[matches[0].Entry].ID != "tag-missing" {
		t.Errorf("matches %+v", matches)
	}
}

// TestFaults breaks one thing of a valid knowledge base at a time.
func TestFaults(t *testing.T) {
	const yaml, en = "pull-failed/entry.yaml", "pull-failed/en.md"
	for _, test := range []struct{ name, file, old, new, want string }{
		{"misspelt key", yaml, "not:", "nots:", `pull-failed/entry.yaml:11: unknown key "nots"`},
		{"key twice", yaml, "status: [Failed]", "status: [Failed]\nkind: log", `entry.yaml:6: key "kind" stands twice`},
		{"misspelt inner key", yaml, "url:", "uri:", `entry.yaml:17: unknown key "uri"; the keys here are title, url`},
		{"no list", yaml, "status: [Failed]", "status: Failed", "entry.yaml:5: expected a list"},
		{"no pairs", yaml, "  - text: Failed", "  - Failed", "entry.yaml:10: expected “key: value” pairs"},
		{"no text", yaml, `"PullFailed"`, "[a]", "entry.yaml:3: expected a text"},
		{"broken YAML", yaml, `"PullFailed"`, `"PullFailed`, "entry.yaml:"},
		{"empty file", yaml, "*", "", "entry.yaml:1: file is empty"},
		{"no kind", yaml, "kind: state\n", "", "entry.yaml:1: kind is missing"},
		{"unknown kind", yaml, "kind: state", "kind: fault", `entry.yaml:1: kind "fault" is none of`},
		{"under nothing", "tag-missing/entry.yaml", "under: [pull-failed]\n", "", "tag-missing/entry.yaml:1: a cause stands under at least one state"},
		{"under a stranger", "tag-missing/entry.yaml", "under: [pull-failed]", "under: [pull-fialed]", `tag-missing/entry.yaml:2: under: there is no entry "pull-fialed"`},
		{"under a cause", yaml, "kind: state", "kind: state\nunder: [tag-missing]", `entry.yaml:2: under: "tag-missing" is a cause`},
		{"under itself", yaml, "kind: state", "kind: state\nunder: [pull-failed]", `entry.yaml:2: under: "pull-failed" is itself under`},
		{"formerly another entry", yaml, "kind: state", "kind: state\nformerly: [tag-missing]", `entry.yaml:2: formerly: there still is an entry "tag-missing"`},
		{"formerly itself", yaml, "kind: state", "kind: state\nformerly: [pull-failed]", `entry.yaml:2: formerly: there still is an entry "pull-failed"`},
		{"formerly the same twice", yaml, "kind: state", "kind: state\nformerly: [old, old]", `entry.yaml:2: formerly: "old" leads to "pull-failed" already`},
		{"formerly no id", yaml, "kind: state", "kind: state\nformerly: [Old]", `entry.yaml:2: formerly: "Old" is no id of an entry`},
		{"formerly a page of the site", yaml, "kind: state", "kind: state\nformerly: [states]", `entry.yaml:2: formerly: "states" is no id of an entry`},
		{"page of the site", "api/entry.yaml", "*", "kind: state", `"api" cannot be an id: the site has a page of its own there`},
		{"bad pattern", yaml, "pull {image}", "pull {Image}", "entry.yaml:4: pattern: {Image} is no hole"},
		{"same pattern twice", yaml, `"PullFailed"`, `"ＰＵＬＬＦＡＩＬＥＤ:"` + "\n  - PullFailed", `entry.yaml:4: pattern "PullFailed" stands in pull-failed already`},
		{"example of another entry", yaml, "text: PullFailed", `text: "cannot pull nginx:1: no such tag"`, "entry.yaml:7: example \"cannot pull nginx:1: no such tag\" gives tag-missing first"},
		{"example of nothing", yaml, "text: PullFailed", "text: hello", `entry.yaml:7: example "hello" gives no entry first`},
		{"wrong parameters", yaml, `parameters: {image: "nginx:1"}`, `parameters: {image: nginx}`, "gives the parameters map[image:nginx:1], not map[image:nginx]"},
		{"untested pattern", yaml, "  - text: PullFailed\n", "", `entry.yaml:3: no example is decided by pattern "PullFailed"`},
		{"near miss that hits", yaml, "pulled nginx:1", "status PullFailed", `must not match, but does: "status PullFailed"`},
		{"no near miss", yaml, "not:\n  - \"pulled nginx:1\"\n", "", "no texts under “not”"},
		{"picture without https", yaml, "https://example.com/shot.png", "http://example.com/shot.png", `entry.yaml:14: address "http://example.com/shot.png" does not begin with https://`},
		{"picture from an odd host", yaml, "https://example.com/shot.png", "https://a;script-src.x/shot.png", `entry.yaml:14: host "a;script-src.x"`},
		{"picture that nobody shows", yaml, "  shot:", "  other: https://example.com/o.png\n  shot:", `pull-failed/en.md:1: picture "other" is in entry.yaml, but no step shows it`},
		{"left to fill in", yaml, "PullFailed", "FILL IN", "FILL IN is left"},

		{"file missing", "pull-failed/zh.md", "", "", "pull-failed/zh.md:1: file is missing"},
		{"file too many", "pull-failed/fr.md", "*", "# Titre", "pull-failed/fr.md:1: unexpected file"},
		{"bad id", "Pull_Failed/entry.yaml", "*", "kind: state", `folder "Pull_Failed" is no id`},
		{"no title", en, "# pull-failed", "", "en.md:1: no title"},
		{"second title", en, "## Meaning", "# Again\n\n## Meaning", "en.md:3: second title"},
		{"section of another language", en, "## Meaning", "## 意味", `en.md:3: section "意味" is none of`},
		{"section missing", en, "## Related\n\n- [other](tag-missing): why\n", "", "en.md:1: section “## Related” is missing"},
		{"sections out of order", en, "## Meaning", "## Related\n\n- [other](tag-missing)\n\n## Meaning", `section "Meaning" stands twice or too late`},
		{"deep heading", en, "The image", "### More\n\nThe image", "en.md:5: only the title (#) and the sections (##)"},
		{"raw HTML", en, "The image", "The <b>image</b>", "en.md:5: raw HTML"},
		{"HTML block", en, "The image", "<div>\n\nThe image", "en.md:5: raw HTML"},
		{"printed asterisks", en, "is **missing**.", "is**「x。」**です", "en.md:5: ** is printed as it stands"},
		{"code without a language", en, "~~~sh", "~~~", "code block without a language"},
		{"code in another language", en, "~~~sh", "~~~ruby", "en.md:15: code block in ruby: an entry has sh, yaml, json or text"},
		{"unknown blank", en, "{instance}", "{pod}", "en.md:15: {pod} is neither a hole"},
		{"unknown picture", en, "(shot)", "(shoot)", "en.md:18: picture shoot is not among the pictures"},
		{"picture without a text", en, "![What it shows]", "![]", "en.md:18: picture shot has no text"},
		{"link to a stranger", en, "(tag-missing)", "(tag-mising)", `en.md:24: there is no entry "tag-mising"`},
		{"link to itself", en, "(tag-missing)", "(pull-failed)", "en.md:24: link to the entry itself"},
		{"plain http", en, "(tag-missing)", "(http://example.com)", "en.md:24: link to http://example.com"},
		{"script", en, "The image", "The [image](javascript:alert(1))", "en.md:5: link to javascript:alert(1)"},
		{"steps that are no list", en, "1. Look at it.", "Look at it.\n\n1. Now.", `"Steps" is one numbered list and nothing else`},
		{"related that is no list", en, "- [other](tag-missing): why", "[other](tag-missing)", `"Related" is one list of links`},
		{"related without a link", en, "- [other](tag-missing): why", "- other", "en.md:24: an item here begins with a link"},
		{"other steps", "pull-failed/ja.md", "2. Done.", "", "pull-failed/ja.md:7: 1 steps, but en.md has 2"},
		{"other commands", "pull-failed/ja.md", "get pod", "delete pod", "pull-failed/ja.md:9: step 1: its code blocks are not those of en.md"},
		{"full-width colon", "pull-failed/ja.md", "- TEM: ", "- TEM：", "write “TEM: ” and “kubectl: ”"},
		{"left to fill in, page", en, "Done.", "FILL IN", "en.md:7: FILL IN is left in this section"},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := valid()
			switch old := files[test.file]; {
			case test.old == "":
				delete(files, test.file)
			case test.old == "*":
				files[test.file] = test.new
			case !strings.Contains(old, test.old):
				t.Fatalf("%s does not hold %q", test.file, test.old)
			default:
				files[test.file] = strings.Replace(old, test.old, test.new, 1)
			}
			_, err := load(files)
			var faults entry.Faults
			if !errors.As(err, &faults) {
				t.Fatalf("error %v", err)
			}
			if !strings.Contains(err.Error(), test.want) {
				t.Errorf("faults:\n%v\nwant one with %q", err, test.want)
			}
		})
	}
}

// TestFaultsTogether: no fault hides another one.
// TestFaultOnce: what cannot be read of one entry is no fault of those that
// stand under it.
func TestFaultOnce(t *testing.T) {
	for name, source := range map[string]string{"broken": "kind: [", "without a kind": strings.Replace(valid()["pull-failed/entry.yaml"], "kind: state\n", "", 1)} {
		files := valid()
		files["pull-failed/entry.yaml"] = source
		_, err := load(files)
		if err == nil || strings.Contains(err.Error(), "tag-missing/entry.yaml") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFaultsTogether(t *testing.T) {
	files := valid()
	files["pull-failed/entry.yaml"] = strings.Replace(files["pull-failed/entry.yaml"], "kind: state", "kind: stat\nkinds: state", 1)
	files["tag-missing/en.md"] = strings.Replace(files["tag-missing/en.md"], "{instance}", "{pod}", 1)
	delete(files, "tag-missing/ja.md")
	_, err := load(files)
	for _, want := range []string{`kind "stat"`, `unknown key "kinds"`, "{pod} is neither", "tag-missing/ja.md:1: file is missing"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("faults lack %q:\n%v", want, err)
		}
	}
}

// TestScaffold: what “reasonbook new” writes is refused until it is filled in,
// for that reason only.
func TestScaffold(t *testing.T) {
	for _, kind := range []book.Kind{book.State, book.Cause, book.Log} {
		files := valid()
		for name, content := range entry.Scaffold(kind) {
			files["my-entry/"+name] = content
		}
		_, err := load(files)
		var faults entry.Faults
		if !errors.As(err, &faults) {
			t.Fatalf("%s: error %v", kind, err)
		}
		// Filled in, and with the related entry of this small knowledge base.
		for name, content := range maps.Clone(files) {
			if !strings.HasPrefix(name, "my-entry/") {
				continue
			}
			content = strings.Replace(content, "# FILL IN: the states that it explains", "", 1)
			content = strings.Replace(content, "FILL IN the message, with holes such as", "frobnicate", 1)
			content = strings.Replace(content, "FILL IN a real message that must give this entry", "frobnicate nginx:1.99", 1)
			content = strings.ReplaceAll(content, "FILL IN", "words")
			files[name] = strings.ReplaceAll(content, "crash-loop-back-off", "pull-failed")
		}
		if _, err := load(files); err != nil {
			t.Errorf("%s, filled in:\n%v", kind, err)
		}
	}
}

func TestEmpty(t *testing.T) {
	if _, err := load(map[string]string{"README.md": ""}); err == nil || !strings.Contains(err.Error(), "no entries") {
		t.Errorf("error %v", err)
	}
}
