package site

import (
	"bytes"
	"html"
	"html/template"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/entry"
	"github.com/reasonbook/reasonbook/internal/match"
	"github.com/reasonbook/reasonbook/site/card"
)

// A renderedEntry is what is left of an entry when its pages are written.
type renderedEntry struct {
	*entry.Entry
	summaries [len(book.Languages)]summary
	pages     [len(book.Languages)]renderedPage
	patterns  row
}

type renderedPage struct {
	location location
	packed   packed // for the archive
	answer   row    // for the data of the scripts
	search   row
	words    []string
}

// entryPage is what entry.html shows.
type entryPage struct {
	Page               *page
	Heading            book.Heading
	Short              string // of the heading
	Kind, KindName     string
	State              bool          // what a console shows: its causes come first
	Group              string        // the name of the entries of its kind
	Overview           string        // the address of the overview of its kind
	Above              template.HTML // links to what it explains
	Below              template.HTML // a list of what explains it, with signs
	AllCauses          *crumb        // to a list of them, if Below holds only some
	Alike              template.HTML // a list of what looks alike, of a cause
	Facts              template.HTML // whether it heals, and whether waiting is safe
	Title              title
	Meaning, Confirm   template.HTML
	MoreMeaning        template.HTML // after the first paragraph
	Prevent, Related   template.HTML
	Steps              template.HTML
	HasViews           bool
	Blanks             bool // whether there is anything to fill in
	PictureNote        string
	Examples, More     []example
	References         template.HTML
	ChangedOn, EditURL string
	ID, Around         string        // of the list of what stands at the same milestone
	Neighbours         template.HTML // links to what stands before and after it
}

// An example is a text with the evidence marked that the matcher finds in it.
type example struct {
	Marked    template.HTML
	Row       template.HTML // of a list
	Table     bool          // it has several lines, which keep their columns
	folded    string        // the same for all spellings
	kana, han bool          // the scripts it has, besides Latin
}

// A title is a heading that may break within its words.
type title struct{ Reason, Gist template.HTML }

// breakable returns a text for a title, where lines may break within a long
// word before its capital letters: CreateContainer|ConfigError.
func breakable(s string) template.HTML {
	return template.HTML(wordParts.ReplaceAllString(html.EscapeString(s), "$1<wbr>$2"))
}

var wordParts = regexp.MustCompile(`([a-z]{3})([A-Z][a-z]{2})`)

// How many examples a page shows at once, and how many more behind a button; the
// twin as JSON has them all.
const (
	shownExamples = 3
	moreExamples  = 5
)

// entry renders entry number i in all languages.
func (b *builder) entry(i int) (*renderedEntry, error) {
	e := b.base.Entries[i]
	faults := b.base.ReadPages(e)
	// The pages are large: they go as soon as they are written.
	defer func() { e.Pages = nil }()
	if len(faults) > 0 {
		return nil, faults
	}
	out := &renderedEntry{Entry: e, patterns: newRow(e.ID, e.Kind, texts(e.Explains), texts(e.Refines), patternRows(e.Compiled()), texts(e.Status))}
	examples, err := examplesOf(e)
	if err != nil {
		return nil, err
	}
	if e.Kind == book.Log {
		wholeFirst(examples)
	}
	references, err := rendered(book.English, "references", e.References)
	if err != nil {
		return nil, err
	}
	same := sameParts{examples, references, keywordsOf(e)}
	for _, l := range book.Languages {
		if err := b.entryPage(out, l, same); err != nil {
			return nil, err
		}
	}
	if b.BaseURL == "" {
		return out, nil
	}
	space := cards.Get().(*[]byte)
	defer cards.Put(space)
	*space = card.Draw((*space)[:0], card.Card{Kind: string(e.Kind), Text: cardText(e)})
	return out, b.out.WriteFile(cardPath(e.ID), *space)
}

var cards = sync.Pool{New: func() any { return new([]byte) }}

// newEntryPage returns what all entries of a kind show on a page.
func newEntryPage(p *page, kind book.Kind) *entryPage {
	w := p.words
	return &entryPage{
		Page: p, Kind: string(kind), KindName: w.KindNames[kind], State: kind == book.State,
		Group: w.Groups[kind], Overview: "../" + book.Overviews[kind] + "/",
	}
}

// sameParts are what an entry shows in all languages alike.
type sameParts struct {
	examples   []example
	references template.HTML
	keywords   string // for the search
}

// entryPage renders an entry in one language, with its twins.
func (b *builder) entryPage(out *renderedEntry, l book.Language, same sameParts) error {
	e := out.Entry
	text := e.Pages[l]
	path := book.PagePath(l, e.ID)
	w := words[l]
	forms := b.forms[l]
	page := b.newPageOf(l, e.ID)
	p := newEntryPage(page, e.Kind)
	p.Heading, p.References = book.HeadingOf(text.Title, l), same.references
	p.ID, p.Short, p.Around = e.ID, p.Heading.Short(), b.aroundOf(e, l)
	lead := text.Summary
	changed := b.Changed(e.Folder() + "/" + l.String() + ".md")
	if other := b.Changed(e.Folder() + "/entry.yaml"); other.After(changed) {
		changed = other
	}
	out.summaries[l] = summary{lead, changed}

	page.Title, page.Description = text.Title+" · reasonbook", shorten(lead, 160)
	if hosts := pictureHosts(e); len(hosts) > 0 {
		p.PictureNote = w.pictureNote(hosts)
		page.Policy = policy(b.formTarget(), hosts, false)
	}

	plain := plainText{plainOf(text.Meaning.Body()), plainOf(text.Confirm.Body()), make([]string, 0, len(text.Steps.Items))}
	for _, step := range text.Steps.Items {
		plain.steps = append(plain.steps, plainOf(step.Body))
	}
	answered := answerHTML{steps: make([]string, 0, len(text.Steps.Items))}
	// The book's HTML is made by goldmark from our own Markdown, without raw HTML.
	withLinks := func(html string) template.HTML { return template.HTML(linkSteps(html, l, len(text.Steps.Items))) }
	meaning, inAnswer := htmlOf(text.Meaning.Body())
	p.Meaning, p.MoreMeaning = firstBlock(withLinks(meaning))
	answered.meaning = inAnswer
	confirm, inAnswer := htmlOf(text.Confirm.Body())
	p.Confirm = withLinks(confirm)
	answered.confirm = inAnswer
	p.Prevent = template.HTML(text.Prevent.Body().HTML(values))
	p.Related = template.HTML(text.Related.Body().HTML(values))
	p.Blanks = len(text.Meaning.Blanks)+len(text.Confirm.Blanks)+len(text.Steps.Blanks)+len(text.Prevent.Blanks) > 0
	p.Steps = written(func(out *bytes.Buffer) {
		for i, step := range text.Steps.Items {
			html, inAnswer := htmlOf(step.Body)
			answered.steps = append(answered.steps, inAnswer)
			forms.step.fill(out, strconv.Itoa(i+1), string(withLinks(shapeViews(html, l))))
			p.HasViews = p.HasViews || strings.Contains(html, `<li class="tem">`) && strings.Contains(html, `<li class="kubectl">`)
		}
	})
	p.Above = written(func(out *bytes.Buffer) {
		for _, ref := range e.Explains {
			if above := b.base.Find(ref.Value); above != nil {
				forms.above.link(out, above, l)
			}
		}
	})
	below := b.byFrequency(b.base.Below(e), l)
	if most := entryCauses(e.Kind); len(below) > most {
		p.AllCauses = &crumb{strings.ReplaceAll(w.All, "{n}", strconv.Itoa(len(below))), causesFolder}
		below = below[:most]
	}
	p.Below = b.signList(b.signed(below), l, "../")
	if e.Kind != book.State {
		p.Alike = b.signList(b.alike(e, l), l, "../")
	}
	var err error
	if p.Facts, err = b.facts(e, l); err != nil {
		return err
	}
	p.Title = title{breakable(p.Heading.Reason), breakable(p.Heading.Gist)}
	p.Examples, p.More = examplesFor(l, same.examples)
	p.More = p.More[:min(len(p.More), moreExamples)]
	if !changed.IsZero() {
		p.ChangedOn = changed.UTC().Format(time.DateOnly)
	}
	if b.EditURL != "" {
		p.EditURL = b.EditURL + e.Folder() + "/" + l.String() + ".md"
	}
	p.Neighbours = written(func(out *bytes.Buffer) {
		for at, neighbour := range b.neighbours(e, l) {
			if neighbour != nil {
				[...]form{forms.previous, forms.next}[at].link(out, neighbour, l)
			}
		}
	})
	page.Linked = b.entryLinked(p, text.Title)

	space := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(space)
	space.Reset()
	if err := forms.write(space, p); err != nil {
		return err
	}
	content := space.Bytes()
	if err := b.out.WriteFile(path+"index.html", content); err != nil {
		return err
	}
	if err := b.twins(out.Entry, l, plain, p.ChangedOn); err != nil {
		return err
	}
	out.pages[l] = renderedPage{
		location: location{path, changed},
		packed:   pack(path+"index.html", content),
		answer:   b.answerData(e, l, p.Facts, answered),
		search:   searchData(e, l, lead, same.keywords),
		words:    pageWords(l, plain),
	}
	return nil
}

// facts returns what the marks of an entry say.
func (b *builder) facts(e *entry.Entry, l book.Language) (template.HTML, error) {
	return remembered(&b.made, factsKey{e.Heals, e.Waiting, l}, func() (template.HTML, error) { return rendered(l, "facts", e) })
}

type factsKey struct {
	heals    book.Heals
	waiting  book.Waiting
	language book.Language
}

// values are those of a page, beside the folders of the others.
var values = book.Values{Base: "../"}

// An answerHTML is what the answers to a paste show of an entry, as HTML that
// links to other entries by their ids alone.
type answerHTML struct {
	meaning, confirm string
	steps            []string
}

// htmlOf returns a text as HTML for a page, and for an answer.
func htmlOf(text book.Rich) (inPage, inAnswer string) {
	inPage = text.HTML(values)
	if text.Linked() {
		return inPage, text.HTML(book.Values{})
	}
	return inPage, inPage
}

// pictureHosts returns the hosts of the screenshots of entries.
func pictureHosts(entries ...*entry.Entry) []string {
	var pictures []book.Picture
	for _, e := range entries {
		for _, picture := range e.Pictures {
			pictures = append(pictures, book.Picture{URL: picture.URL})
		}
	}
	return book.PictureHosts(pictures)
}

// pictureNote says where screenshots come from, "" if there are none.
func (w *Words) pictureNote(hosts []string) string {
	if len(hosts) == 0 {
		return ""
	}
	return strings.ReplaceAll(w.Screenshots, "{host}", strings.Join(hosts, ", "))
}

// entryLinked returns the JSON-LD of an entry's page, "" if its address is not
// known.
func (b *builder) entryLinked(p *entryPage, title string) template.JS {
	if p.Page.Canonical == "" {
		return ""
	}
	home := b.BaseURL + p.Page.Folder + "/"
	return linked(
		article{
			Type: "TechArticle", Headline: title, Description: p.Page.Description, Language: p.Page.Language,
			URL: p.Page.Canonical, Image: p.Page.Image, Modified: p.ChangedOn,
			Site: &website{Type: "WebSite", Name: "reasonbook", URL: b.BaseURL},
		},
		breadcrumbs("reasonbook", home, p.Group, home+book.Overviews[book.Kind(p.Kind)]+"/", title, p.Page.Canonical),
	)
}

// examplesOf returns the examples of an entry.
func examplesOf(e *entry.Entry) ([]example, error) {
	var list []example
	for _, e := range e.Examples {
		text := strings.TrimRight(e.Text, " \n")
		marked := html.EscapeString(text)
		if end := min(e.End, len(text)); e.Start < end {
			marked = html.EscapeString(text[:e.Start]) + "<mark>" + html.EscapeString(text[e.Start:end]) + "</mark>" + html.EscapeString(text[end:])
		}
		shown := example{
			Marked: template.HTML(marked), Table: strings.Contains(text, "\n"), folded: match.Fold(text),
			kana: strings.ContainsFunc(text, func(r rune) bool { return unicode.In(r, unicode.Hiragana, unicode.Katakana) }),
			han:  strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }),
		}
		var err error
		if shown.Row, err = rendered(book.English, "example", shown); err != nil { // the same in all languages
			return nil, err
		}
		list = append(list, shown)
	}
	return list, nil
}

// examplesFor returns the examples that a page shows at once, and the others:
// those in another language, and other spellings of one that is shown.
func examplesFor(l book.Language, examples []example) (shown, more []example) {
	seen := map[string]bool{}
	for _, e := range examples {
		foreign := e.kana && l != book.Japanese || e.han && !e.kana && l != book.Chinese
		if foreign || seen[e.folded] || len(shown) == shownExamples {
			more = append(more, e)
		} else {
			seen[e.folded] = true
			shown = append(shown, e)
		}
	}
	if len(shown) == 0 {
		n := min(len(more), shownExamples)
		return more[:n], more[n:]
	}
	return shown, more
}

// wholeFirst puts the first example that is more of a log than one line to the
// front: it shows what stands around the line that decides.
func wholeFirst(examples []example) {
	i := slices.IndexFunc(examples, func(e example) bool { return e.Table && !e.kana && !e.han })
	if i > 0 {
		whole := examples[i]
		copy(examples[1:], examples[:i])
		examples[0] = whole
	}
}

// cardText returns what the image of an entry says: what a console shows.
func cardText(e *entry.Entry) string {
	texts := e.Status
	for _, pattern := range e.Patterns {
		texts = append(texts[:len(texts):len(texts)], pattern.Ref)
	}
	for _, ref := range texts {
		text, _, _ := strings.Cut(ref.Value, "{")
		if text = strings.Trim(text, " \"'(:=,;"); len(text) > 3 && isASCII(text) {
			return text
		}
	}
	return e.ID
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= 0x7f || r < 0x20 })
}
