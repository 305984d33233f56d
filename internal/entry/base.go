package entry

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"strings"
	"sync"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/markdown"
	"github.com/reasonbook/reasonbook/internal/match"
)

// A Base is an open knowledge base: everything of its entries but their pages,
// which are read one entry at a time, so that a large one need not be in
// memory as a whole.
type Base struct {
	Entries []*Entry     // by id
	Index   *match.Index // over the entries; nil if their patterns are at fault
	Faults  Faults       // what is wrong in the folders and in the files entry.yaml

	fsys  fs.FS
	ids   map[string]*Entry
	below map[string][]*Entry
}

// Open opens the knowledge base in fsys, whose folders are its entries; files
// beside them are not read.
func Open(fsys fs.FS) (*Base, error) {
	folders, more, err := readDir(fsys, ".", maxEntries)
	if err != nil {
		return nil, err
	}
	if more {
		return nil, fmt.Errorf("more than %d names in the folder: a knowledge base has a folder for each entry", maxEntries)
	}
	b := &Base{fsys: fsys, ids: map[string]*Entry{}, below: map[string][]*Entry{}}
	for _, folder := range folders {
		if folder.IsDir() && !strings.HasPrefix(folder.Name(), ".") {
			e := &Entry{ID: folder.Name()}
			b.Entries = append(b.Entries, e)
			b.ids[e.ID] = e
		}
	}
	if len(b.Entries) == 0 {
		return nil, errors.New("no entries: a knowledge base is a folder with a folder for each entry")
	}
	faults := make([]Faults, len(b.Entries))
	errs := make([]error, len(b.Entries))
	Each(len(b.Entries), func(i int) { errs[i] = b.Entries[i].open(fsys, &faults[i]) })
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	for _, found := range faults {
		b.Faults = append(b.Faults, found...)
	}
	for _, e := range b.Entries {
		for _, ref := range e.Under {
			b.below[ref.Value] = append(b.below[ref.Value], e)
		}
	}
	b.check()
	return b, nil
}

// Each calls work for the numbers from 0 to n-1, on all processors.
func Each(n int, work func(i int)) {
	numbers := make(chan int)
	var group sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		group.Go(func() {
			for i := range numbers {
				work(i)
			}
		})
	}
	for i := range n {
		numbers <- i
	}
	close(numbers)
	group.Wait()
}

// open reads what does not stand in the pages, and their titles.
func (e *Entry) open(fsys fs.FS, faults *Faults) error {
	files, more, err := readDir(fsys, e.ID, maxInFolder)
	if err != nil {
		return err
	}
	want := map[string]bool{"entry.yaml": true}
	for _, l := range book.Languages {
		want[l.String()+".md"] = true
	}
	for _, file := range files {
		if !want[file.Name()] {
			faults.add(path.Join(e.ID, file.Name()), 1, "unexpected file: an entry has entry.yaml, en.md, ja.md and zh.md")
		}
	}
	if more {
		faults.add(path.Join(e.ID, "entry.yaml"), 1, "the folder holds many more files: an entry has entry.yaml, en.md, ja.md and zh.md")
	}
	if source, ok := readFile(fsys, path.Join(e.ID, "entry.yaml"), faults); ok {
		e.readYAML(source, faults)
	}
	for _, l := range book.Languages {
		var again Faults // ReadPages reports them
		if source, ok := readFile(fsys, path.Join(e.ID, l.String()+".md"), &again); ok {
			first, _, _ := bytes.Cut(source, []byte("\n"))
			e.Titles[l] = markdown.Parse(first, nil).Title
		}
	}
	return nil
}

// ReadPages reads the pages of one of the base's entries and checks them. It
// is safe to call for several entries at once. Pages that are missing stay nil.
func (b *Base) ReadPages(e *Entry) Faults {
	var faults Faults
	e.Pages = map[book.Language]*Page{}
	addresses := map[string]string{}
	for _, picture := range e.Pictures {
		addresses[picture.Key] = picture.URL
	}
	for _, l := range book.Languages {
		file := path.Join(e.ID, l.String()+".md")
		if source, ok := readFile(b.fsys, file, &faults); ok {
			e.Pages[l] = readPage(source, file, l, addresses, &faults)
		}
	}
	c := checker{Entry: e, file: path.Join(e.ID, "entry.yaml"), ids: b.ids, faults: &faults}
	c.pages()
	c.sameSteps()
	return faults
}

// Find returns the entry with an id, nil if there is none.
func (b *Base) Find(id string) *Entry { return b.ids[id] }

// Below returns the entries that stand under e, by id.
func (b *Base) Below(e *Entry) []*Entry { return b.below[e.ID] }
