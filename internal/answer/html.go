package answer

import (
	"bytes"
	_ "embed"
	"html/template"
	"strings"
	"sync"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/diagnosis"
	"github.com/reasonbook/reasonbook/internal/evidence"
)

//go:embed page.html
var pageSource string

// page is parsed when HTML is asked for the first time, not at start.
var page = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("page").Parse(pageSource))
})

// htmlPage is what page.html shows.
type htmlPage struct {
	Language, Folder            string // its tag in HTML, and in addresses
	SiteURL, Title              string
	Copy, Copied, More, Skip    string
	Menu, States, LanguageLabel string
	Colon                       string
	Languages                   []languageLink
	Paste, Ask                  string
	Steps, Evidence, Nearest    string
	Pasted                      string
	Hint, Detail                string // of a problem
	Diagnoses                   []htmlDiagnosis
}

// A languageLink leads to the site in another language.
type languageLink struct{ Folder, Name string }

type htmlDiagnosis struct {
	Subject, Note string
	Matches       []htmlMatch
	Nearest       []htmlMatch
}

type htmlMatch struct {
	ID, Kind, KindName string
	book.Heading
	URL, Evidence string
	PictureNote   string
	Meaning       template.HTML
	Steps         []template.HTML
}

func (w *Writer) newPage(l book.Language) *htmlPage {
	words := &labels[l]
	var languages []languageLink
	for _, other := range book.Languages {
		languages = append(languages, languageLink{other.String(), other.Name()})
	}
	return &htmlPage{
		Menu: words.menu, States: words.states, LanguageLabel: words.languages, Languages: languages, Colon: l.Colon(),
		Language: l.HTML(), Folder: l.String(), SiteURL: w.SiteURL, Title: words.result,
		Copy: words.copy, Copied: words.copied, More: words.more, Skip: words.skip,
		Paste: words.paste, Ask: words.ask,
		Steps: words.steps, Evidence: words.evidence, Nearest: words.nearest,
	}
}

func (w *Writer) html(list []diagnosis.Diagnosis, l book.Language) ([]byte, error) {
	p := w.newPage(l)
	for i := range list {
		d := &list[i]
		out := htmlDiagnosis{Subject: subjectLine(d.Case.Subject), Note: noteOf(d, l)}
		for _, n := range d.Nearest {
			e := &w.Book.Entries[n]
			out.Nearest = append(out.Nearest, htmlMatch{ID: e.ID, Kind: string(e.Kind), Heading: book.HeadingOf(e.Texts[l].Title, l), URL: w.PageURL(l, e.ID)})
		}
		for _, m := range d.Matches {
			out.Matches = append(out.Matches, w.htmlMatch(d, m, l))
		}
		p.Diagnoses = append(p.Diagnoses, out)
	}
	if len(list) == 1 && len(list[0].Case.Texts) == 1 && list[0].Case.Texts[0].Field == "" {
		p.Pasted = list[0].Case.Texts[0].Value
	}
	return p.render()
}

func (w *Writer) htmlMatch(d *diagnosis.Diagnosis, m evidence.Match, l book.Language) htmlMatch {
	e := &w.Book.Entries[m.Entry]
	t := &e.Texts[l]
	v := w.values(d, m, l)
	_, evidence := d.Evidence(m)
	out := htmlMatch{
		ID: e.ID, Kind: string(e.Kind), KindName: labels[l].kinds[e.Kind],
		Heading: book.HeadingOf(t.Title, l), URL: w.filledURL(d, m, l), Evidence: evidence,
		// The book's HTML is made by us; its blanks are escaped as they are filled.
		Meaning: template.HTML(t.Meaning.HTML(v)),
	}
	if hosts := book.PictureHosts(t.Pictures); len(hosts) > 0 {
		out.PictureNote = strings.ReplaceAll(labels[l].screenshots, "{host}", strings.Join(hosts, ", "))
	}
	for _, step := range t.Steps {
		out.Steps = append(out.Steps, template.HTML(step.HTML(v)))
	}
	return out
}

func (w *Writer) problemPage(problem *Problem, l book.Language) ([]byte, error) {
	p := w.newPage(l)
	p.Title, p.Hint = problem.Title, problem.hint
	if l == book.English { // which details are in
		p.Detail = problem.Detail
	}
	return p.render()
}

func (p *htmlPage) render() ([]byte, error) {
	var out bytes.Buffer
	err := page().Execute(&out, p)
	return out.Bytes(), err
}
