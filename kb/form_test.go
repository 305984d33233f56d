package kb_test

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/entry"
	"github.com/reasonbook/reasonbook/kb"
)

// These tests read the files themselves, so that they hold whatever the lint
// lets pass.

// planned returns the ids of planned.txt.
func planned(t *testing.T) map[string]bool {
	t.Helper()
	source, err := fs.ReadFile(kb.Sources(), "planned.txt")
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for line := range strings.Lines(string(source)) {
		id, _, _ := strings.Cut(line, "#")
		if id = strings.TrimSpace(id); id != "" {
			ids[id] = true
		}
	}
	return ids
}

// TestRelations: what the entries explain and refine is there, in the sources
// and in the compiled book, or is planned.
func TestRelations(t *testing.T) {
	b, planned := kb.Book(), planned(t)
	known := func(id string) bool {
		_, ok := b.Find(id)
		return ok || planned[id]
	}
	relations := 0
	check := func(of string, ids []string, key string) {
		for _, id := range ids {
			relations++
			if !known(id) || id == of {
				t.Errorf("%s %s %q, which is no other entry and not in planned.txt", of, key, id)
			}
		}
	}
	for _, e := range load(t) {
		check(e.ID, values(e.Explains), "explains")
		check(e.ID, values(e.Refines), "refines")
		if planned[e.ID] {
			t.Errorf("%s is written and planned", e.ID)
		}
	}
	for _, e := range b.Entries {
		check(e.ID, e.Explains, "explains")
		check(e.ID, e.Refines, "refines")
	}
	if relations == 0 {
		t.Error("no relations at all")
	}
}

func values(refs []entry.Ref) []string {
	var list []string
	for _, ref := range refs {
		list = append(list, ref.Value)
	}
	return list
}

// TestSections: every page has a title, a line that says it in short, and all
// sections in their order; every block of commands says whether it reads or
// changes something.
func TestSections(t *testing.T) {
	headings := [...][]string{
		book.English:  {"Meaning", "How to confirm", "Steps", "How to prevent it", "Related"},
		book.Japanese: {"意味", "確認方法", "対処手順", "再発防止", "関連項目"},
		book.Chinese:  {"含义", "如何确认", "处理步骤", "如何预防", "相关条目"},
	}
	pages := 0
	for _, e := range load(t) {
		for _, l := range book.Languages {
			name := path.Join(e.Folder(), l.String()+".md")
			source, err := fs.ReadFile(kb.Sources(), name)
			if err != nil {
				t.Error(err)
				continue
			}
			pages++
			lines := strings.Split(string(source), "\n")
			if len(lines) < 4 || !strings.HasPrefix(lines[0], "# ") || lines[1] != "" || lines[2] == "" || strings.HasPrefix(lines[2], "#") || lines[3] != "" {
				t.Errorf("%s does not begin with a title and a line that says it in short", name)
			}
			var got []string
			in := false
			for _, line := range lines {
				fence, isFence := strings.CutPrefix(strings.TrimSpace(line), "```")
				switch {
				case isFence && in:
					in = false
				case isFence:
					in = true
					if fence == "sh" || strings.HasPrefix(fence, "sh ") && fence != "sh read" && fence != "sh change" {
						t.Errorf("%s: the block %q does not say whether it reads or changes", name, line)
					}
				case !in && strings.HasPrefix(line, "## "):
					got = append(got, line[len("## "):])
				}
			}
			if !slices.Equal(got, headings[l]) {
				t.Errorf("%s has the sections %q, not %q", name, got, headings[l])
			}
		}
	}
	if want := len(kb.Book().Entries) * len(book.Languages); pages != want {
		t.Errorf("%d pages, not %d", pages, want)
	}
}

// TestWhole: an entry has real texts enough to be known by, a page that it can be
// checked against, and another entry whose page leads to it.
func TestWhole(t *testing.T) {
	entries := load(t)
	reached := map[string]bool{}
	for _, e := range entries {
		for _, l := range book.Languages {
			for _, section := range e.Pages[l].Sections {
				for _, link := range section.Links {
					reached[link.Value+" "+l.String()] = true
				}
			}
		}
	}
	for _, e := range entries {
		if len(e.Examples) < 4 || len(e.Not) < 2 || len(e.References) == 0 {
			t.Errorf("%s has %d examples of at least 4, %d under “not” of 2, %d references of 1", e.ID, len(e.Examples), len(e.Not), len(e.References))
		}
		for _, l := range book.Languages {
			if !reached[e.ID+" "+l.String()] {
				t.Errorf("no %s page of another entry leads to %s", l, e.ID)
			}
		}
	}
}
