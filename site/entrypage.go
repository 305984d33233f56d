package site

import (
	"html"
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/entry"
	"github.com/reasonbook/reasonbook/site/card"
)

// A renderedEntry is what is left of an entry when its pages are written.
type renderedEntry struct {
	*entry.Entry
	summaries [len(book.Languages)]summary
	pages     [len(book.Languages)]renderedPage
}

type renderedPage struct {
	location location
	packed   packed // for the archive
	answer   []byte // for the data of the scripts
	search   []byte
}

// entryPage is what entry.html shows.
type entryPage struct {
	*page
	heading
	Kind, KindName     string
	Group              string // the name of the entries of its kind
	Overview           string // the address of the overview of its kind
	Headings           [3]string
	Above, Below       []item
	Meaning, Related   template.HTML
	Steps              []template.HTML
	HasViews           bool
	Blanks             bool // whether there is anything to fill in
	PictureNote        string
	Examples, More     []template.HTML
	References         []entry.Reference
	ChangedOn, EditURL string
	PreviousItem       *item
	NextItem           *item
}

// shownExamples is how many examples a page shows at once.
const shownExamples = 5

// entry renders entry number i in all languages.
func (b *builder) entry(i int) (*renderedEntry, error) {
	e := b.base.Entries[i]
	faults, err := b.base.ReadPages(e)
	// The pages are large: they go as soon as they are written.
	defer func() { e.Pages = nil }()
	if err != nil {
		return nil, err
	} else if len(faults) > 0 {
		return nil, faults
	}
	out := &renderedEntry{Entry: e}
	examples := b.examples(i)
	for _, l := range book.Languages {
		if err := b.entryPage(out, i, l, examples); err != nil {
			return nil, err
		}
	}
	if b.BaseURL == "" {
		return out, nil
	}
	return out, b.out.WriteFile("assets/cards/"+e.ID+".png", card.Draw(card.Card{Kind: string(e.Kind), Text: cardText(e)}))
}

// entryPage renders an entry in one language, with its twins.
func (b *builder) entryPage(out *renderedEntry, i int, l book.Language, examples []template.HTML) error {
	e := out.Entry
	text := e.Pages[l]
	path := book.PagePath(l, e.ID)
	p := &entryPage{page: b.newPage(l, e.ID+"/"), Kind: string(e.Kind), Headings: entry.Headings[l], References: e.References}
	lead := firstParagraph(text.Meaning.Body.Plain(book.Values{}))
	changed := b.Changed(e.ID + "/" + l.String() + ".md")
	if other := b.Changed(e.ID + "/entry.yaml"); other.After(changed) {
		changed = other
	}
	out.summaries[l] = summary{lead, changed}

	title := text.Title
	p.Title, p.Description, p.heading = title+" · reasonbook", shorten(lead, 160), p.headingOf(title)
	p.Article, p.Twins = true, true
	p.KindName, p.Group, p.Overview = p.KindNames[e.Kind], p.Groups[e.Kind], "../"+book.Overviews[e.Kind]+"/"
	if p.Canonical != "" {
		p.Image = b.BaseURL + "assets/cards/" + e.ID + ".png"
	}
	var hosts []string
	for _, picture := range e.Pictures {
		if u, err := url.Parse(picture.URL); err == nil && !slices.Contains(hosts, "https://"+u.Host) {
			hosts = append(hosts, "https://"+u.Host)
		}
	}
	if len(hosts) > 0 {
		p.PictureNote = strings.ReplaceAll(p.Screenshots, "{host}", strings.TrimPrefix(strings.Join(hosts, ", "), "https://"))
		p.Policy = policy(b.formTarget(), hosts, false)
	}

	values := book.Values{Base: "../"}
	// The book's HTML is made by goldmark from our own Markdown, without raw HTML.
	p.Meaning = template.HTML(text.Meaning.Body.HTML(values))
	p.Related = template.HTML(text.Related.Body.HTML(values))
	p.Blanks = len(text.Meaning.Blanks)+len(text.Steps.Blanks) > 0
	for _, step := range text.Steps.Items {
		html := step.Body.HTML(values)
		p.Steps = append(p.Steps, template.HTML(html))
		p.HasViews = p.HasViews || strings.Contains(html, `<li class="tem">`) && strings.Contains(html, `<li class="kubectl">`)
	}
	for _, ref := range e.Under {
		p.Above = append(p.Above, p.item(b.base.Find(ref.Value), l, "../"))
	}
	for _, below := range b.base.Below(e) {
		p.Below = append(p.Below, p.item(below, l, "../"))
	}
	p.Examples = examples[:min(len(examples), shownExamples)]
	p.More = examples[len(p.Examples):]
	if !changed.IsZero() {
		p.ChangedOn = changed.UTC().Format(time.DateOnly)
	}
	if b.EditURL != "" {
		p.EditURL = b.EditURL + e.ID + "/" + l.String() + ".md"
	}
	if other := b.places[e].previous; other != nil {
		i := p.item(other, l, "../")
		p.PreviousItem = &i
	}
	if other := b.places[e].next; other != nil {
		i := p.item(other, l, "../")
		p.NextItem = &i
	}
	p.Linked = b.entryLinked(p, title, l)

	content, done, err := execute("entry.html", p)
	if err != nil {
		return err
	}
	defer done()
	if err := b.out.WriteFile(path+"index.html", content); err != nil {
		return err
	}
	if err := b.twins(out.Entry, l, p.ChangedOn); err != nil {
		return err
	}
	out.pages[l] = renderedPage{
		location: location{path, changed},
		packed:   pack(path+"index.html", content),
		answer:   answerData(e, l),
		search:   searchData(e, l, lead),
	}
	return nil
}

// StepNumber returns the name of the box that ticks off step number i, from 0.
func (p *entryPage) StepNumber(i int) string {
	return strings.ReplaceAll(p.StepDone, "{n}", strconv.Itoa(i+1))
}

// entryLinked returns the JSON-LD of an entry's page, "" if its address is not
// known.
func (b *builder) entryLinked(p *entryPage, title string, l book.Language) template.JS {
	if p.Canonical == "" {
		return ""
	}
	home := b.BaseURL + l.String() + "/"
	article := map[string]any{
		"@type": "TechArticle", "headline": title, "description": p.Description, "inLanguage": p.Language,
		"url": p.Canonical, "image": p.Image, "isPartOf": map[string]any{"@type": "WebSite", "name": "reasonbook", "url": b.BaseURL},
	}
	if p.ChangedOn != "" {
		article["dateModified"] = p.ChangedOn
	}
	return linked(map[string]any{"@context": "https://schema.org", "@graph": []any{
		article,
		breadcrumbs("reasonbook", home, p.Groups[book.Kind(p.Kind)], home+book.Overviews[book.Kind(p.Kind)]+"/", title, p.Canonical),
	}})
}

// examples returns an entry's examples with the evidence marked that the
// matcher finds in them.
func (b *builder) examples(number int) []template.HTML {
	var list []template.HTML
	for _, example := range b.base.Entries[number].Examples {
		text := strings.TrimRight(example.Text, " \n")
		marked := html.EscapeString(text)
		for _, m := range b.base.Index.Match(text) {
			if m.Entry == number {
				marked = html.EscapeString(text[:m.Start]) + "<mark>" + html.EscapeString(text[m.Start:m.End]) + "</mark>" + html.EscapeString(text[m.End:])
			}
		}
		list = append(list, template.HTML(marked))
	}
	return list
}

// cardText returns what the image of an entry says: what a console shows.
func cardText(e *entry.Entry) string {
	for _, list := range [][]entry.Ref{e.Status, e.Patterns} {
		for _, ref := range list {
			text, _, _ := strings.Cut(ref.Value, "{")
			if text = strings.Trim(text, " \"'(:=,;"); len(text) > 3 && isASCII(text) {
				return text
			}
		}
	}
	return e.ID
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= 0x7f || r < 0x20 })
}

// firstParagraph returns the first paragraph of a plain text.
func firstParagraph(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return s
}
