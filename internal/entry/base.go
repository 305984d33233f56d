package entry

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/evidence"
	"github.com/reasonbook/reasonbook/internal/markdown"
	"github.com/reasonbook/reasonbook/internal/prose"
)

// A Base is an open knowledge base: everything of its entries but their pages,
// which are read one entry at a time, so that a large one need not be in
// memory as a whole.
type Base struct {
	Entries   []*Entry            // by id
	Explainer *evidence.Explainer // over the entries; nil if their patterns are at fault
	Faults    Faults              // what is wrong in the folders and in the files entry.yaml

	fsys    fs.FS
	ids     map[string]*Entry
	planned map[string]bool
	terms   *prose.Glossary
	below   map[string][]*Entry
}

// Open opens the knowledge base in fsys: a folder for each stage, in it one for
// each entry. Of the files beside them only planned.txt and GLOSSARY.md are
// read, if they are there.
func Open(fsys fs.FS) (*Base, error) {
	stages, more, err := readDir(fsys, ".", maxEntries)
	if err != nil {
		return nil, err
	}
	if more {
		return nil, fmt.Errorf("more than %d names in the folder: a knowledge base has a folder for each stage", maxEntries)
	}
	b := &Base{fsys: fsys, ids: map[string]*Entry{}, planned: map[string]bool{}, below: map[string][]*Entry{}}
	for _, stage := range stages {
		if !stage.IsDir() || strings.HasPrefix(stage.Name(), ".") {
			continue
		}
		if err := b.openStage(book.Stage(stage.Name())); err != nil {
			return nil, err
		}
	}
	if len(b.Entries) == 0 {
		return nil, errors.New("no entries: a knowledge base has a folder for each stage, and in it one for each entry")
	}
	slices.SortFunc(b.Entries, func(e, other *Entry) int { return strings.Compare(e.ID, other.ID) })
	b.readPlanned()
	b.readGlossary()
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
		for _, ref := range e.Explains {
			b.below[ref.Value] = append(b.below[ref.Value], e)
		}
	}
	var titles sync.WaitGroup
	titles.Go(func() { Each(len(b.Entries), func(i int) { b.Entries[i].readTitles(fsys) }) })
	b.check() // which for the most part runs on one processor
	titles.Wait()
	return b, nil
}

// openStage notes the entries in the folder of a stage.
func (b *Base) openStage(stage book.Stage) error {
	if !slices.Contains(book.Stages, stage) {
		b.Faults.add(string(stage), 1, "folder %q is none of the stages %q", stage, book.Stages)
		return nil
	}
	folders, more, err := readDir(b.fsys, string(stage), maxEntries)
	if err != nil {
		return err
	}
	if more {
		return fmt.Errorf("more than %d names in the folder %s", maxEntries, stage)
	}
	for _, folder := range folders {
		e := &Entry{ID: folder.Name(), Stage: stage}
		other := b.ids[e.ID]
		switch {
		case strings.HasPrefix(folder.Name(), "."):
		case !folder.IsDir():
			b.Faults.add(e.Folder(), 1, "unexpected file: a stage has folders of entries")
		case other != nil:
			b.Faults.add(path.Join(e.Folder(), "entry.yaml"), 1, "the entry stands in the stage %q already", other.Stage)
		default:
			b.Entries = append(b.Entries, e)
			b.ids[e.ID] = e
		}
	}
	return nil
}

// plannedFile lists ids that may be named before their entries are written.
const plannedFile = "planned.txt"

func (b *Base) readPlanned() {
	if _, err := fs.Stat(b.fsys, plannedFile); errors.Is(err, fs.ErrNotExist) {
		return
	}
	source, _ := readFile(nil, b.fsys, plannedFile, &b.Faults)
	line := 0
	for text := range strings.Lines(string(source)) {
		line++
		id, _, _ := strings.Cut(text, "#")
		switch id = strings.TrimSpace(id); {
		case id == "":
		case !book.IsID(id):
			b.Faults.add(plannedFile, line, "%q is no id", id)
		case b.ids[id] != nil:
			b.Faults.add(plannedFile, line, "%q is written: take it off this list", id)
		case b.planned[id]:
			b.Faults.add(plannedFile, line, "%q stands twice", id)
		default:
			b.planned[id] = true
		}
	}
}

// glossaryFile holds the terms of each language.
const glossaryFile = "GLOSSARY.md"

func (b *Base) readGlossary() {
	b.terms = &prose.Glossary{}
	if _, err := fs.Stat(b.fsys, glossaryFile); errors.Is(err, fs.ErrNotExist) {
		return
	}
	source, ok := readFile(nil, b.fsys, glossaryFile, &b.Faults)
	if !ok {
		return
	}
	glossary, faults := prose.ReadGlossary(string(source))
	for _, f := range faults {
		b.Faults.add(glossaryFile, f.Line, "%s", f.Message)
	}
	b.terms = glossary
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

// open reads what does not stand in the pages.
func (e *Entry) open(fsys fs.FS, faults *Faults) error {
	files, more, err := readDir(fsys, e.Folder(), maxInFolder)
	if err != nil {
		return err
	}
	want := map[string]bool{"entry.yaml": true}
	for _, l := range book.Languages {
		want[l.String()+".md"] = true
	}
	for _, file := range files {
		if !want[file.Name()] {
			faults.add(path.Join(e.Folder(), file.Name()), 1, "unexpected file: an entry has entry.yaml, en.md, ja.md and zh.md")
		}
	}
	if more {
		faults.add(path.Join(e.Folder(), "entry.yaml"), 1, "the folder holds many more files: an entry has entry.yaml, en.md, ja.md and zh.md")
	}
	if source, ok := readFile(nil, fsys, path.Join(e.Folder(), "entry.yaml"), faults); ok {
		e.readYAML(source, faults)
	}
	return nil
}

// usualTitle is many times the bytes of a title.
const usualTitle = 1 << 10

// readTitles reads the titles of the pages. ReadPages reports pages that cannot
// be read.
func (e *Entry) readTitles(fsys fs.FS) {
	space := sources.Get().(*[]byte)
	defer sources.Put(space)
	for _, l := range book.Languages {
		file := path.Join(e.Folder(), l.String()+".md")
		*space = readStart((*space)[:0], fsys, file, usualTitle)
		first, _, whole := bytes.Cut(*space, []byte("\n"))
		if !whole && len(*space) >= usualTitle {
			*space, _ = readRegular((*space)[:0], fsys, file)
			first, _, _ = bytes.Cut(*space, []byte("\n"))
		}
		if len(first) > 0 {
			e.Titles[l] = markdown.Title(first)
		}
	}
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
	space := sources.Get().(*[]byte)
	defer sources.Put(space)
	for _, l := range book.Languages {
		file := path.Join(e.Folder(), l.String()+".md")
		var ok bool
		if *space, ok = readFile((*space)[:0], b.fsys, file, &faults); ok {
			e.Pages[l] = readPage(*space, file, l, addresses, b.isPlanned, &faults)
		}
	}
	c := checker{Entry: e, file: path.Join(e.Folder(), "entry.yaml"), base: b, faults: &faults}
	c.pages()
	c.samePages()
	return faults
}

// Find returns the entry with an id, nil if there is none.
func (b *Base) Find(id string) *Entry { return b.ids[id] }

func (b *Base) isPlanned(id string) bool { return b.planned[id] }

// Below returns the entries that explain e, by id.
func (b *Base) Below(e *Entry) []*Entry { return b.below[e.ID] }
