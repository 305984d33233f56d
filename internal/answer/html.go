package answer

import (
	"strings"

	"github.com/reasonbook/reasonbook/internal/book"
)

// htmlPage is what a page shows around the diagnoses.
type htmlPage struct {
	Language, Folder            string // its tag in HTML, and in addresses
	SiteURL, Title              string
	Copy, Copied, Skip          string
	Menu, States, LanguageLabel string
	Languages                   []languageLink
	Paste, Ask                  string
	Pasted, TooLong             string
	Hint, Detail                string   // of a problem
	Truncated                   []string // what the answer lacks
	Summary, More               string   // how many findings there are, and how many are not in the list
	Findings                    []finding
	Problem                     string // heading of
	Errors                      []string
	ReportURL, Report, Warning  string // where a message is reported, and what is said of it; "" for nowhere
	DiscardedLabel              string // heading of
	Discarded                   []Discarded
}

// A languageLink leads to the site in another language.
type languageLink struct{ Folder, Name string }

// htmlDiagnosis is what a page shows of a diagnosis.
type htmlDiagnosis struct {
	Subject, Note                            string
	SameCause, NextLabel                     string
	Subjects, Next                           []string
	Matches                                  []htmlMatch
	Nearest                                  []htmlLink
	Related                                  []htmlLink
	RelatedLabel                             string
	Causes                                   []htmlLink
	NearestLabel, Evidence, Steps, StepsHere string
	More, Open, Colon, Confirm, Alternative  string
	Shows, Decides                           string
	Several                                  bool
}

type htmlMatch struct {
	ID, Kind, KindName string
	book.Heading
	URL, Evidence       string
	Heals, Waiting      htmlFact
	Anchor              string
	PictureNote         string
	Meaning, Confirm    markup
	Alternatives        []htmlLink // that the input does not tell from it
	Why                 []string
	Explained, FirstURL string // of a further one
	Steps               []htmlStep
	Shows               []htmlLink // the states that it explains
	Next                []htmlLink // what may have brought a state about
}

// An htmlFact is a word of an entry's data, and what it means.
type htmlFact struct{ Word, Meaning string }

// An htmlLink leads to the page of another entry.
type htmlLink struct {
	ID, Kind string
	book.Heading
	URL  string
	Sign string // what a message says of it
}

type htmlStep struct {
	Number int // where the one before is not shown
	Text   markup
}

func (w *Writer) newPage(l book.Language) *htmlPage {
	words := &labels[l]
	var languages []languageLink
	for _, other := range book.Languages {
		languages = append(languages, languageLink{other.String(), other.Name()})
	}
	return &htmlPage{
		Menu: words.menu, States: words.states, LanguageLabel: words.languages, Languages: languages,
		Language: l.HTML(), Folder: l.String(), SiteURL: w.SiteURL, Title: words.result,
		Copy: words.copy, Copied: words.copied, Skip: words.skip,
		Paste: words.paste, Ask: words.ask, Problem: words.problem,
	}
}

// htmlPrinter writes a page.
type htmlPrinter struct {
	*Writer
	language book.Language
}

func (p *htmlPrinter) head(out *output, f *frame) error {
	data := p.newPage(p.language)
	data.Truncated = f.truncatedLines()
	if data.Summary = f.summaryLine(); data.Summary != "" {
		data.Findings, data.More = f.summary, f.moreLine()
	}
	data.writeHead(out)
	return nil
}

func (p *htmlPrinter) tail(out *output, f *frame) error {
	data := p.newPage(p.language)
	data.Pasted = f.pasted
	if f.note != "" {
		data.ReportURL, data.Report, data.Warning = p.ReportURL, labels[p.language].report, labels[p.language].reportHint
	}
	data.DiscardedLabel, data.Discarded = labels[p.language].discarded, f.discarded
	if f.tooLong {
		data.TooLong = labels[p.language].tooLong
	}
	for i := range f.errors {
		data.Errors = append(data.Errors, f.errors[i].line(p.language))
	}
	data.writeTail(out)
	return nil
}

func (p *htmlPrinter) diagnosis(out *output, d *diagnosisView) error {
	l, words := p.language, &labels[p.language]
	data := htmlDiagnosis{
		Subject: d.line(), Note: d.note, NearestLabel: words.nearest, Evidence: words.evidence,
		Steps: words.steps, StepsHere: words.stepsHere, More: words.more, Open: words.open, Colon: l.Colon(),
		Confirm: words.confirm, Alternative: words.alternative, Shows: words.shows, Decides: words.decides, Several: d.several,
	}
	if lines := d.lines(); lines != nil {
		data.Subject, data.Subjects, data.SameCause = "", lines, fill(words.sameCause, "{n}", number(len(lines)))
	}
	data.Next, data.NextLabel, data.Causes = d.next, words.next, p.causes(d.causes)
	link := func(e entryView) htmlLink {
		return htmlLink{Kind: string(e.Kind), Heading: book.HeadingOf(e.text.Title, l), URL: e.page}
	}
	for _, e := range d.nearest {
		data.Nearest = append(data.Nearest, link(e))
	}
	data.RelatedLabel = words.related
	for _, e := range d.related {
		data.Related = append(data.Related, link(e))
	}
	for i := range d.matches {
		data.Matches = append(data.Matches, p.match(d.number, i, &d.matches[i]))
	}
	data.write(out)
	return nil
}

func (p *htmlPrinter) causes(list []cause) (links []htmlLink) {
	for i := range list {
		c := &list[i]
		links = append(links, htmlLink{ID: c.ID, Heading: book.HeadingOf(c.text.Title, p.language), URL: c.page, Sign: c.sign})
	}
	return links
}

func (p *htmlPrinter) match(diagnosis, n int, m *matchView) htmlMatch {
	l := p.language
	out := htmlMatch{
		ID: m.ID, Kind: string(m.Kind), KindName: labels[l].kinds[m.Kind],
		Heading: book.HeadingOf(m.text.Title, l), URL: m.filled(), Evidence: m.evidence.Text,
	}
	out.Heals = htmlFact{string(m.Heals), Heals[l][m.Heals]}
	out.Waiting = htmlFact{string(m.Waiting), Waiting[l][m.Waiting]}
	for _, e := range m.alternatives {
		out.Alternatives = append(out.Alternatives, htmlLink{Heading: book.HeadingOf(e.text.Title, l), URL: e.page})
	}
	out.Why = m.why
	for i := range m.shows {
		state := &m.shows[i]
		out.Shows = append(out.Shows, htmlLink{ID: state.ID, Kind: string(state.Kind), Heading: book.HeadingOf(state.text.Title, l), URL: state.filled()})
		out.Why = append(out.Why[:len(out.Why):len(out.Why)], state.why...)
	}
	out.Next = p.causes(m.next)
	out.Anchor = anchor(diagnosis, n)
	// The book's HTML is made by us; its blanks are escaped as they are filled.
	for _, s := range m.stepsOf(book.Rich.HTML) {
		step := htmlStep{Text: markup(s.text)}
		if s.number != len(out.Steps)+1 {
			step.Number = s.number
		}
		out.Steps = append(out.Steps, step)
	}
	if m.first != nil {
		out.Explained = m.explained(l, func(s string) string { return s })
		out.FirstURL = "#" + anchor(m.first.diagnosis, m.first.match)
		return out
	}
	out.Meaning = markup(m.text.Meaning.HTML(m.values))
	out.Confirm = markup(m.text.Confirm.HTML(m.values))
	if hosts := book.PictureHosts(m.text.Pictures); len(hosts) > 0 {
		out.PictureNote = fill(labels[l].screenshots, "{host}", strings.Join(hosts, ", "))
	}
	return out
}

// anchor is the name of a match on its page.
func anchor(diagnosis, match int) string { return "match-" + number(diagnosis) + "-" + number(match) }

func (w *Writer) problemPage(problem *Problem, l book.Language) []byte {
	p := w.newPage(l)
	p.Title, p.Hint = problem.Title, problem.hint
	if l == book.English { // which details are in
		p.Detail = problem.Detail
	}
	var out output
	p.writeHead(&out)
	p.writeTail(&out)
	return out.buf
}
