package site

import (
	"encoding/json"
	"errors"
	"io"
	"strings"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/entry"
)

// What the scripts of the site read, as scripts themselves so that pages can
// load them from a folder, where browsers fetch nothing else:
//
//	assets/search.ja.js    [[id, kind, title, lead, keywords], ...]
//	assets/answers.ja.js   [[id, kind, rank, patterns, status, title, meaning, [step, ...]], ...]
//
// keywords, patterns and status are joined by line feeds; meaning and the
// steps are HTML as on the entry's page, with links from the home page.

// data writes these files entry by entry.
type data struct {
	files   [2 * len(book.Languages)]io.WriteCloser
	offline *archive
	began   bool
}

func newData(out Output, offline *archive) (*data, error) {
	d := &data{offline: offline}
	for i := range d.files {
		l, name := book.Languages[i/2], []string{"answers", "search"}[i%2]
		path := "assets/" + name + "." + l.String() + ".js"
		file, err := out.Create(path)
		if err != nil {
			return nil, errors.Join(err, d.close())
		}
		d.files[i] = offline.tee(path, file)
		if _, err := io.WriteString(d.files[i], `(globalThis.reasonbookData??={}).`+name+`=[`); err != nil {
			return nil, errors.Join(err, d.close())
		}
	}
	return d, nil
}

func (d *data) add(e *renderedEntry) error {
	for i, file := range d.files {
		page := &e.pages[i/2]
		row := [][]byte{page.answer, page.search}[i%2]
		if d.began {
			row = append([]byte(",\n"), row...)
		}
		if _, err := file.Write(row); err != nil {
			return err
		}
	}
	d.began = true
	return nil
}

func (d *data) close() error {
	var errs []error
	for _, file := range d.files {
		if file != nil {
			_, err := io.WriteString(file, "]\n")
			errs = append(errs, err, file.Close())
		}
	}
	return errors.Join(errs...)
}

func answerData(e *entry.Entry, l book.Language) []byte {
	page := e.Pages[l]
	steps := make([]string, len(page.Steps.Items))
	for i, step := range page.Steps.Items {
		steps[i] = step.Body.HTML(book.Values{})
	}
	return row(e.ID, e.Kind, e.Rank, lines(e.Patterns), lines(e.Status), page.Title, page.Meaning.Body().HTML(book.Values{}), steps)
}

func searchData(e *entry.Entry, l book.Language, lead string) []byte {
	return row(e.ID, e.Kind, e.Titles[l], shorten(lead, 100), strings.Trim(lines(e.Patterns)+"\n"+lines(e.Status), "\n"))
}

// row returns a list as JSON, which inside of a script needs no more escapes
// than encoding/json makes.
func row(values ...any) []byte {
	data, err := json.Marshal(values)
	if err != nil {
		panic(err) // strings and numbers always encode
	}
	return data
}

func lines(refs []entry.Ref) string {
	values := make([]string, len(refs))
	for i, ref := range refs {
		values[i] = ref.Value
	}
	return strings.Join(values, "\n")
}
