package answer

import (
	"slices"

	"github.com/reasonbook/reasonbook/internal/book"
)

// KnowledgeBase returns the list of a book's entries as JSON: what a program
// needs to know which reasons are covered.
func KnowledgeBase(b *book.Book) ([]byte, error) {
	type entry struct {
		ID       string            `json:"id"`
		Kind     book.Kind         `json:"kind"`
		Stage    book.Stage        `json:"stage"`
		Explains []string          `json:"explains"`
		Refines  []string          `json:"refines"`
		Titles   map[string]string `json:"titles"`
		Patterns []string          `json:"patterns"`
		Status   []string          `json:"status"` // those of the patterns that count only where a status stands
	}
	out := struct {
		Entries []entry `json:"entries"`
	}{[]entry{}}
	for _, e := range b.Entries {
		titles := map[string]string{}
		for _, l := range book.Languages {
			titles[l.String()] = e.Texts[l].Title
		}
		out.Entries = append(out.Entries, entry{
			ID: e.ID, Kind: e.Kind, Stage: e.Stage, Titles: titles,
			Explains: append([]string{}, e.Explains...), Refines: append([]string{}, e.Refines...),
			Patterns: slices.Concat([]string{}, book.Texts(e.Patterns), e.Status), Status: append([]string{}, e.Status...),
		})
	}
	return encode(out)
}
