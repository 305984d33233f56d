package site

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/entry"
)

// twin is an entry's page for programs. Its fields have the names that they
// have in the answers of POST /diagnose; blanks are written as <name>.
type twin struct {
	SchemaVersion int         `json:"schema_version"` // changes when the form does
	ID            string      `json:"id"`
	Kind          book.Kind   `json:"kind"`
	Language      string      `json:"language"`
	Title         string      `json:"title"`
	Meaning       string      `json:"meaning"`
	Steps         []string    `json:"steps"`
	Under         []string    `json:"under"`
	Causes        []string    `json:"causes"` // what stands under it
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

// twins writes index.json and index.md beside an entry's page.
func (b *builder) twins(e *entry.Entry, l book.Language, changed string) error {
	page := e.Pages[l]
	t := twin{
		SchemaVersion: 1, ID: e.ID, Kind: e.Kind, Language: l.String(), Title: page.Title,
		Meaning: page.Meaning.Body().Plain(book.Values{}), Steps: []string{},
		Under: texts(e.Under), Causes: []string{}, Patterns: texts(e.Patterns), Status: texts(e.Status),
		Examples: []string{}, References: []reference{}, Changed: changed,
	}
	if b.BaseURL != "" {
		t.URL = b.BaseURL + book.PagePath(l, e.ID)
	}
	for _, step := range page.Steps.Items {
		t.Steps = append(t.Steps, step.Body.Plain(book.Values{}))
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
	data, err := json.Marshal(t)
	if err != nil {
		return err
	}
	path := book.PagePath(l, e.ID)
	if err := b.out.WriteFile(path+"index.json", append(data, '\n')); err != nil {
		return err
	}
	return b.out.WriteFile(path+"index.md", markdownTwin(e, l))
}

// markdownTwin returns an entry's page as Markdown.
func markdownTwin(e *entry.Entry, l book.Language) []byte {
	page, h, w := e.Pages[l], entry.Headings[l], words[l]
	values := book.Values{Base: "../"}
	var out bytes.Buffer
	out.Grow(4 << 10)
	write := func(parts ...string) {
		for _, part := range parts {
			out.WriteString(part)
		}
	}
	write("# ", markdownText.Replace(page.Title), "\n\n## ", h[0], "\n\n", page.Meaning.Body().Markdown(values), "\n\n## ", h[1], "\n\n")
	for i, step := range page.Steps.Items {
		marker := strconv.Itoa(i+1) + ". "
		write(marker, book.Indent(step.Body.Markdown(values), len(marker)), "\n\n")
	}
	write("## ", h[2], "\n\n", page.Related.Body().Markdown(values), "\n\n## ", w.Examples, "\n")
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
	return out.Bytes()
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
