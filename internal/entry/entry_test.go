package entry_test

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/entry"
)

// valid is a small knowledge base without a fault: a state, and a cause in the
// folder of another stage.
func valid() map[string]string {
	const page = `# TITLE

The image is not there.

## MEANING

The image {HOLE} is **missing**.

## CONFIRM

~~~sh read
kubectl -n {namespace} get events
~~~

An event names it.

## STEPS

1. Look at it.

   - TEM: **A** > **B**
   - kubectl:

     ~~~sh read
     kubectl -n {namespace} get pod {instance}
     ~~~

   ![What it shows](shot)

2. Done.

## PREVENT

- Keep *every* tag.

## RELATED

- [other](OTHER): why
`
	files := map[string]string{
		"README.md":   "not an entry",
		"planned.txt": "# ids\n\nlater # soon\nlater-still\n",
		"GLOSSARY.md": "# Words\n\n| en | ja | zh | not en | not ja | not zh | note |\n| - | - | - | - | - | - | - |\n| server | サーバー | 服务器 | | サーバ | | |\n| host name | ホスト名 | 主机名 | hostname | | | |\n",
		"image/pull-failed/entry.yaml": `kind: state
frequency: common
heals: after-fix
waiting: safe
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
		"create/tag-missing/entry.yaml": `kind: cause
explains: [pull-failed]
frequency: rare
heals: never
waiting: harmful
in: [pull, create]
patterns:
  - "no such tag"
  - {text: "tag {tag} is gone", in: [create], weak: true}
examples:
  - text: "Failed to pull image nginx:1: no such tag"
  - text: "Failed to create container app: tag 1.9 is gone"
    parameters: {tag: "1.9"}
not:
  - "cannot pull nginx:1"
  - "Liveness probe failed: no such tag"
pictures:
  shot: https://example.com/shot.png
`,
	}
	for folder, other := range map[string][2]string{"image/pull-failed": {"tag-missing", "{image}"}, "create/tag-missing": {"pull-failed", "{tag}"}} {
		for _, l := range book.Languages {
			h := entry.Headings[l]
			files[folder+"/"+l.String()+".md"] = strings.NewReplacer("TITLE", path.Base(folder), "MEANING", h[entry.MeaningSection], "CONFIRM", h[entry.ConfirmSection],
				"STEPS", h[entry.StepsSection], "PREVENT", h[entry.PreventSection], "RELATED", h[entry.RelatedSection], "OTHER", other[0], "{HOLE}", other[1]).Replace(page)
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
	for i := range b.Entries {
		b.Entries[i].Texts = [3]book.Text{} // below
	}
	if diff := cmp.Diff([]book.Entry{{
		ID: "pull-failed", Kind: book.State, Stage: "image", Frequency: book.Common, Heals: book.HealsAfterFix, Waiting: book.Safe,
		Patterns: []book.Pattern{{Text: "PullFailed"}, {Text: "cannot pull {image}"}}, Status: []string{"Failed"},
	}, {
		ID: "tag-missing", Kind: book.Cause, Stage: "create", Explains: []string{"pull-failed"}, Frequency: book.Rare, Heals: book.HealsNever, Waiting: book.Harmful,
		Patterns: []book.Pattern{{Text: "no such tag", In: []string{"pull", "create"}}, {Text: "tag {tag} is gone", In: []string{"create"}, Weak: true}},
	}}, b.Entries); diff != "" {
		t.Errorf("entries: -want +got:\n%s", diff)
	}
}

// TestTexts: what a book holds of a page, in each form.
func TestTexts(t *testing.T) {
	entries, err := load(valid())
	if err != nil {
		t.Fatal(err)
	}
	b, err := entry.Compile(entries)
	if err != nil {
		t.Fatal(err)
	}
	text := b.Entries[0].Texts[book.Japanese]
	v := book.Values{Base: "https://example.com/ja/", Lookup: func(name string) string {
		return map[string]string{"image": "nginx:1", "instance": "a b", "namespace": "shop"}[name]
	}}
	for _, test := range []struct{ got, want string }{
		{text.Title, "pull-failed"},
		{text.Summary, "The image is not there."},
		{text.Meaning.Plain(v), "The image nginx:1 is missing."},
		{text.Meaning.Markdown(v), "The image `nginx:1` is **missing**."},
		{text.Meaning.HTML(v), "<p>The image <code>nginx:1</code> is <strong>missing</strong>.</p>"},
		{text.Confirm.Markdown(v), "```sh read\nkubectl -n shop get events\n```\n\nAn event names it."},
		{text.Steps[0].Plain(v), "Look at it.\n- TEM: A > B\n- kubectl:\n  kubectl -n shop get pod <instance>"},
		{text.Steps[0].Markdown(v), "Look at it.\n\n- TEM: **A** > **B**\n- kubectl:\n\n  ```sh read\n  kubectl -n shop get pod <instance>\n  ```\n\n![What it shows](https://example.com/shot.png)"},
		{text.Steps[1].Plain(v), "Done."},
		{text.Prevent.Markdown(v), "- Keep *every* tag."},
	} {
		if test.got != test.want {
			t.Errorf("got  %q\nwant %q", test.got, test.want)
		}
	}
	if html := text.Steps[0].HTML(v); !strings.Contains(html, `<code class="language-sh read"><span class="k">kubectl </span><span class="n">-n</span> shop get pod <var>&lt;instance&gt;</var>`) ||
		!strings.Contains(html, "<li class=\"tem\">\n<p><b>TEM</b> <strong>A</strong>") || !strings.Contains(html, "<li class=\"kubectl\">\n<p><b>kubectl</b></p>") ||
		!strings.Contains(html, `<a class="picture" href="https://example.com/shot.png" rel="noreferrer">What it shows</a>`) {
		t.Errorf("HTML of the first step:\n%s", html)
	}
	if html := entries[0].Pages[book.English].Related.Body().HTML(v); !strings.Contains(html, `<a href="https://example.com/ja/tag-missing/">other</a>`) {
		t.Errorf("HTML of related entries:\n%s", html)
	}
}

// TestCompiledBookAnswers: what the entries say of each other and of operations
// decides the answer.
func TestCompiledBookAnswers(t *testing.T) {
	entries, err := load(valid())
	if err != nil {
		t.Fatal(err)
	}
	b, err := entry.Compile(entries)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"PullFailed: cannot pull nginx:1: no such tag": "tag-missing pull-failed", // the cause before the state that it explains
		"STATUS: Failed": "pull-failed",
		"Failed to pull image \"a\": no such tag":           "tag-missing",
		"Failed to pull image \"a\": tag 1 is gone":         "", // in: [create]
		"Failed to create container app: tag 1 is gone":     "tag-missing",
		"Readiness probe failed: no such tag":               "",
		"the pod has PullFailed and Failed, as docs say it": "pull-failed",
	} {
		result, err := b.Explainer().Text(t.Context(), text)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range result.Findings {
			for _, m := range f.Matches {
				got = append(got, b.Entries[m.Entry].ID)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
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
	files["image/pull-failed/entry.yaml"] = strings.Replace(files["image/pull-failed/entry.yaml"], "kind: state", "kind: stat\nkinds: state", 1)
	files["create/tag-missing/en.md"] = strings.Replace(files["create/tag-missing/en.md"], "{instance}", "{pod}", 1)
	delete(files, "create/tag-missing/ja.md")
	_, err := load(files)
	for _, want := range []string{`kind "stat"`, `unknown key "kinds"`, "{pod} is neither", "create/tag-missing/ja.md:1: file is missing"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("faults lack %q:\n%v", want, err)
		}
	}
}

// TestScaffold: what “reasonbook new” writes is refused until it is filled in,
// for that reason only.
func TestScaffold(t *testing.T) {
	for kind, stage := range map[book.Kind]string{book.State: "probe", book.Cause: "node", book.Log: "jvm"} {
		files := valid()
		folder := stage + "/my-entry/"
		for name, content := range entry.Scaffold(kind) {
			files[folder+name] = content
		}
		_, err := load(files)
		var faults entry.Faults
		if !errors.As(err, &faults) {
			t.Fatalf("%s: error %v", kind, err)
		}
		for _, file := range []string{"entry.yaml", "en.md", "ja.md", "zh.md"} {
			if !slices.ContainsFunc(faults, func(f entry.Fault) bool {
				return f.File == folder+file && strings.Contains(f.Message, "FILL IN is left")
			}) {
				t.Errorf("%s: nothing in %s is left to fill in:\n%v", kind, file, err)
			}
		}
		// Filled in, and with the related entry of this small knowledge base.
		for name, content := range maps.Clone(files) {
			if !strings.HasPrefix(name, folder) {
				continue
			}
			content = regexp.MustCompile(` # FILL IN.*`).ReplaceAllString(content, "")
			content = strings.Replace(content, "FILL IN the message, with holes such as", "frobnicate", 1)
			content = strings.Replace(content, "FILL IN a real message that must give this entry", "frobnicate nginx:1.99", 1)
			content = strings.ReplaceAll(content, "FILL IN", "words")
			files[name] = strings.ReplaceAll(content, "crash-loop-back-off", "pull-failed")
		}
		for _, l := range book.Languages {
			files["image/pull-failed/"+l.String()+".md"] += "- [mine](my-entry)" + l.Colon() + "new\n"
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
