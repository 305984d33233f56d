package site

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/entry"
	"github.com/reasonbook/reasonbook/internal/markdown"
)

// twin is an entry's page for programs. Its fields have the names that they
// have in the answers of POST /diagnose; blanks are written as <name>.
type twin struct {
	SchemaVersion int         `json:"schema_version"` // changes when the form does
	ID            string      `json:"id"`
	Kind          book.Kind   `json:"kind"`
	Language      string      `json:"language"`
	Title         string      `json:"title"`
	Summary       string      `json:"summary"`
	Meaning       string      `json:"meaning"`
	Confirm       string      `json:"confirm"`
	Steps         []string    `json:"steps"`
	Prevent       string      `json:"prevent"`
	Explains      []string    `json:"explains"`
	Causes        []string    `json:"causes"` // what explains it
	Patterns      []string    `json:"patterns"`
	Status        []string    `json:"status"`
	Examples      []string    `json:"examples"`
	References    []reference `json:"references"`
	URL           string      `json:"url,omitempty"`
	Changed       string      `json:"changed,omitempty"` // a date, 2026-11-23
}

type reference struct {
	Title string `json:"title"`
	URL   string `json:"url"`
}

// A plainText is what a page says, without markup.
type plainText struct {
	meaning, confirm string
	steps            []string
}

func plainOf(text book.Rich) string { return text.Plain(book.Values{}) }

// twins writes index.json and index.md beside an entry's page.
func (b *builder) twins(e *entry.Entry, l book.Language, plain plainText, changed string) error {
	page := e.Pages[l]
	t := twin{
		SchemaVersion: 1, ID: e.ID, Kind: e.Kind, Language: l.String(), Title: page.Title,
		Summary: page.Summary, Meaning: plain.meaning, Confirm: plain.confirm,
		Steps: plain.steps, Prevent: plainOf(page.Prevent.Body()),
		Explains: texts(e.Explains), Causes: []string{}, Patterns: []string{}, Status: texts(e.Status),
		Examples: []string{}, References: []reference{}, Changed: changed,
	}
	if b.BaseURL != "" {
		t.URL = b.BaseURL + book.PagePath(l, e.ID)
	}
	for _, pattern := range e.Patterns {
		t.Patterns = append(t.Patterns, pattern.Value)
	}
	for _, below := range b.base.Below(e) {
		t.Causes = append(t.Causes, below.ID)
	}
	for _, example := range e.Examples {
		t.Examples = append(t.Examples, example.Text)
	}
	for _, r := range e.References {
		t.References = append(t.References, reference{r.Title, r.URL})
	}
	out := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(out)
	out.Reset()
	if err := json.NewEncoder(out).Encode(t); err != nil {
		return err
	}
	path := book.PagePath(l, e.ID)
	if err := b.out.WriteFile(path+"index.json", out.Bytes()); err != nil {
		return err
	}
	out.Reset()
	markdownTwin(out, e, l)
	return b.out.WriteFile(path+"index.md", out.Bytes())
}

// markdownTwin writes an entry's page as Markdown.
func markdownTwin(out *bytes.Buffer, e *entry.Entry, l book.Language) {
	page, h, w := e.Pages[l], entry.Headings[l], words[l]
	write := func(parts ...string) {
		for _, part := range parts {
			out.WriteString(part)
		}
	}
	section := func(heading int, s *markdown.Section) {
		write("## ", h[heading], "\n\n", s.Body().Markdown(values), "\n\n")
	}
	write("# ", markdownText.Replace(page.Title), "\n\n", markdownText.Replace(page.Summary), "\n\n")
	section(entry.MeaningSection, page.Meaning)
	section(entry.ConfirmSection, page.Confirm)
	write("## ", h[entry.StepsSection], "\n\n")
	for i, step := range page.Steps.Items {
		marker := strconv.Itoa(i+1) + ". "
		write(marker, book.Indent(step.Body.Markdown(values), len(marker)), "\n\n")
	}
	section(entry.PreventSection, page.Prevent)
	section(entry.RelatedSection, page.Related)
	write("## ", w.Examples, "\n")
	for _, example := range e.Examples {
		fence := "```"
		for strings.Contains(example.Text, fence) {
			fence += "`"
		}
		write("\n", fence, "text\n", strings.TrimRight(example.Text, "\n"), "\n", fence, "\n")
	}
	if len(e.References) > 0 {
		write("\n## ", w.References, "\n\n")
		for _, r := range e.References {
			write("- [", markdownText.Replace(r.Title), "](", r.URL, ")\n")
		}
	}
}

// markdownText makes plain text Markdown that shows it.
var markdownText = strings.NewReplacer(`\`, `\\`, `[`, `\[`, `]`, `\]`, `*`, `\*`, "`", "\\`", `<`, `\<`, "\n", " ")

// texts returns the values of a list, never nil.
func texts(refs []entry.Ref) []string {
	list := make([]string, len(refs))
	for i, ref := range refs {
		list[i] = ref.Value
	}
	return list
}
