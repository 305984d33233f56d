package entry

import (
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"mvdan.cc/sh/v3/syntax"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/markdown"
	"github.com/reasonbook/reasonbook/internal/match"
)

func (c *checker) pages() {
	blanks := slices.Clone(SubjectBlanks)
	for _, ref := range c.texts() {
		holes, _ := match.Holes(ref.Value) // patterns reports the error
		blanks = append(blanks, holes...)
	}
	shell, understood := syntax.NewParser(syntax.Variant(syntax.LangPOSIX)), map[string]bool{}
	for _, l := range book.Languages {
		page := c.Pages[l]
		if page == nil {
			continue
		}
		file := path.Join(c.Folder(), l.String()+".md")
		c.page(page, file, blanks)
		c.words(page, file, l)
		c.commands(page, file, shell, understood)
		for _, picture := range c.Pictures {
			shown := func(s *markdown.Section) bool {
				return s != nil && slices.ContainsFunc(s.Pictures, func(p markdown.Picture) bool { return p.Key == picture.Key })
			}
			if !shown(page.Steps) {
				c.faults.add(file, 1, "picture %q is in entry.yaml, but no step shows it", picture.Key)
			}
		}
	}
}

func (c *checker) page(page *Page, file string, blanks []string) {
	c.summary(page, file)
	if strings.Contains(page.Title, FillIn) {
		c.faults.add(file, page.TitleLine, "%s is left", FillIn)
	}
	for _, section := range page.Sections {
		if section.Contains(FillIn) {
			c.faults.add(file, section.Line, "%s is left in this section", FillIn)
		}
		for _, blank := range section.Blanks {
			name, _, _ := strings.Cut(blank.Value, ".")
			if !slices.Contains(blanks, name) {
				c.faults.add(file, blank.Line, "{%s} is neither a hole of a pattern nor one of %s", blank.Value, strings.Join(SubjectBlanks, ", "))
			}
		}
		for _, link := range section.Links {
			if link.Value == c.ID {
				c.faults.add(file, link.Line, "link to the entry itself")
			} else if c.base.ids[link.Value] == nil && !c.base.planned[link.Value] {
				c.faults.add(file, link.Line, "there is no entry %q, nor is it in %s", link.Value, plannedFile)
			}
		}
	}
	if s := page.Meaning; s != nil && (s.Paragraphs == 0 || s.Items != nil) {
		c.faults.add(file, s.Line, "%q begins with a paragraph", s.Heading)
	}
	for _, s := range []*markdown.Section{page.Confirm, page.Prevent} {
		if s != nil && s.Paragraphs == 0 && len(s.Items) == 0 && len(s.Code) == 0 {
			c.faults.add(file, s.Line, "%q is empty", s.Heading)
		}
	}
	if s := page.Steps; s != nil && (!s.Ordered || len(s.Items) == 0) {
		c.faults.add(file, s.Line, "%q is one numbered list and nothing else", s.Heading)
	}
	if s := page.Related; s != nil {
		if len(s.Items) == 0 || s.Ordered {
			c.faults.add(file, s.Line, "%q is one list of links and nothing else", s.Heading)
		}
		seen := map[string]bool{}
		for _, item := range s.Items {
			if item.Lead == "" {
				c.faults.add(file, item.Line, "an item here begins with a link to an entry: [title](id)")
			} else if seen[item.Lead] {
				c.faults.add(file, item.Line, "%q stands twice in %q", item.Lead, s.Heading)
			}
			seen[item.Lead] = true
		}
	}
}

// The longest line below a title, in letters; Chinese and Japanese say as much
// with half of them.
const (
	maxSummary    = 160
	maxSummaryCJK = 80
)

func (c *checker) summary(page *Page, file string) {
	limit := maxSummary
	if !strings.HasSuffix(file, "en.md") {
		limit = maxSummaryCJK
	}
	switch n := utf8.RuneCountInString(page.Summary); {
	case n == 0:
		c.faults.add(file, page.TitleLine, "below the title a line is missing that says it in short")
	case n > limit:
		c.faults.add(file, page.SummaryLine, "the line below the title has %d letters, of at most %d", n, limit)
	case strings.Contains(page.Summary, FillIn):
		c.faults.add(file, page.SummaryLine, "%s is left", FillIn)
	}
}

// samePages compares the pages of the languages with the English one: as many
// steps, with the same commands, and the same related entries.
func (c *checker) samePages() {
	english := c.Pages[book.English]
	if english == nil {
		return
	}
	for _, l := range book.Languages[1:] {
		page := c.Pages[l]
		if page == nil {
			continue
		}
		file := path.Join(c.Folder(), l.String()+".md")
		if s := page.Confirm; s != nil && english.Confirm != nil && !slices.Equal(s.Code, english.Confirm.Code) {
			c.faults.add(file, s.Line, "%q: its code blocks are not those of en.md", s.Heading)
		}
		if s := page.Related; s != nil && english.Related != nil && !slices.Equal(leads(s), leads(english.Related)) {
			c.faults.add(file, s.Line, "%q: its entries are not those of en.md, in their order", s.Heading)
		}
		if page.Steps == nil || english.Steps == nil {
			continue
		}
		got, want := page.Steps.Items, english.Steps.Items
		if len(got) != len(want) {
			c.faults.add(file, page.Steps.Line, "%d steps, but en.md has %d", len(got), len(want))
			continue
		}
		for i := range got {
			if !slices.Equal(got[i].Code, want[i].Code) {
				c.faults.add(file, got[i].Line, "step %d: its code blocks are not those of en.md", i+1)
			}
		}
	}
}

// leads returns what the items of a section begin with a link to.
func leads(s *markdown.Section) []string {
	var ids []string
	for _, item := range s.Items {
		ids = append(ids, item.Lead)
	}
	return ids
}
