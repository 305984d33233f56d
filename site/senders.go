package site

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/reasonbook/reasonbook/docs"
	"github.com/reasonbook/reasonbook/internal/book"
)

// A guide is docs/senders in one language, cut at its headings. It is one page
// on GitHub, and too much for one here: every section but the first is a page.
type guide struct {
	title, lead string
	sections    []guideSection
}

// A guideSection is what stands under a level 2 heading.
type guideSection struct {
	id, title string
	body      string  // Markdown in which the level 3 headings have ids, one level up
	senders   []crumb // those headings, with their addresses within the section
}

// repository is where the links lead that the guide has to files beside it.
const repository = "https://github.com/reasonbook/reasonbook/blob/HEAD/"

// readGuide cuts the guide of a language. The ids of its headings are made of
// the English ones, so that an address holds in all languages.
func readGuide(l book.Language) (*guide, error) {
	blocks := cutAtHeadings(docs.Senders(l))
	english := blocks
	if l != book.English {
		english = cutAtHeadings(docs.Senders(book.English))
	}
	if len(blocks) != len(english) {
		return nil, fmt.Errorf("docs/senders: %d headings in %s, %d in English", len(blocks), l, len(english))
	}
	g := &guide{title: blocks[0].heading}
	_, g.lead, _ = strings.Cut(strings.TrimSpace(blocks[0].text), "\n\n") // what is above are links to the other languages
	for i, block := range blocks[1:] {
		id := slug(english[i+1].heading)
		if block.level == 2 {
			g.sections = append(g.sections, guideSection{id: id, title: block.heading, body: block.text})
			continue
		}
		section := &g.sections[len(g.sections)-1]
		section.senders = append(section.senders, crumb{block.heading, "#" + id})
		section.body += "## " + block.heading + " {#" + id + "}\n" + block.text
	}
	first := g.sections[0]
	links := strings.NewReplacer("](../", "]("+repository, "](#"+slug(first.title)+")", "](../#"+first.id+")")
	for i := range g.sections {
		g.sections[i].body = links.Replace(g.sections[i].body)
	}
	return g, nil
}

// A headedBlock is a heading of Markdown with what stands below it.
type headedBlock struct {
	level         int
	heading, text string
}

// cutAtHeadings cuts Markdown, which begins with a heading, at all of them.
func cutAtHeadings(source string) (blocks []headedBlock) {
	fenced := false
	for line := range strings.Lines(source) {
		fenced = fenced != strings.HasPrefix(line, "```")
		if marks, heading, ok := strings.Cut(line, "# "); ok && !fenced && strings.Trim(marks, "#") == "" {
			blocks = append(blocks, headedBlock{level: len(marks) + 1, heading: strings.TrimSpace(heading)})
			continue
		}
		blocks[len(blocks)-1].text += line
	}
	return blocks
}

// slug returns a heading as GitHub writes it in addresses, with less that is no
// letter or digit.
func slug(heading string) string {
	words := strings.FieldsFunc(strings.ToLower(heading), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return strings.Join(words, "-")
}

// senderPages renders the guide to connecting senders: a page with what holds
// for all of them, and one for each family.
func (b *builder) senderPages(l book.Language) error {
	g, err := readGuide(l)
	if err != nil {
		return err
	}
	w, first := words[l], g.sections[0]
	var list strings.Builder
	for _, section := range g.sections[1:] {
		list.WriteString("- [" + section.title + "](" + section.id + "/)\n")
		for _, sender := range section.senders {
			list.WriteString("  - [" + sender.Name + "](" + section.id + "/" + sender.Href + ")\n")
		}
	}
	source := "# " + g.title + "\n\n" + g.lead + "\n\n" + list.String() + "\n## " + first.title + " {#" + first.id + "}\n" + first.body
	if err := b.article(l, book.Senders, book.Senders+"/", source, "", crumb{Name: w.SendersTitle}); err != nil {
		return err
	}
	for _, section := range g.sections[1:] {
		names := []string{section.title}
		if len(section.senders) > 0 {
			names = nil
		}
		for _, sender := range section.senders {
			names = append(names, sender.Name)
		}
		about := strings.ReplaceAll(w.SendersAbout, "{n}", strings.Join(names, w.Comma))
		source := "# " + section.title + "\n\n" + g.lead + "\n\n[" + first.title + "](../#" + first.id + ")\n\n" + section.body
		trail := []crumb{{w.SendersTitle, "../"}, {Name: section.title}}
		if err := b.article(l, book.Senders, book.Senders+"/"+section.id+"/", source, about, trail...); err != nil {
			return err
		}
	}
	return nil
}
