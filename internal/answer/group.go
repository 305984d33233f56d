package answer

import (
	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/diagnosis"
	"github.com/reasonbook/reasonbook/internal/payload"
)

// maxSubjects is how many instances of one cause are listed.
const maxSubjects = 2000

// grouped returns one of the diagnoses for each cause, in the order of the first
// of each, and the subjects that have it. The cause is the same if its entry is,
// and if the same values fill the entry's texts: another missing Secret is another
// cause. The names of the instance itself make no difference. What nothing
// matches stays by itself.
func (w *Writer) grouped(list []*diagnosis.Diagnosis, l book.Language) ([]*diagnosis.Diagnosis, map[*diagnosis.Diagnosis][]payload.Subject) {
	var groups []*diagnosis.Diagnosis
	subjects := map[*diagnosis.Diagnosis][]payload.Subject{}
	blanksOf := map[int][]string{}
	known := map[string]*diagnosis.Diagnosis{}
	for _, d := range list {
		if len(d.Matches) == 0 {
			groups = append(groups, d)
			continue
		}
		m := &d.Matches[0]
		names, ok := blanksOf[m.Entry]
		if !ok {
			text := &w.Book.Entries[m.Entry].Texts[l]
			names = blanks(append([]book.Rich{text.Meaning, text.Confirm}, text.Steps...))
			blanksOf[m.Entry] = names
		}
		key := number(m.Entry)
		for _, name := range names {
			if name != "namespace" && name != "instance" && name != "container" {
				key += "\x00" + d.Value(m, name)
			}
		}
		first := known[key]
		if first == nil {
			first = d
			known[key] = d
			groups = append(groups, d)
		}
		if d.Case.Subject.Name != "" {
			subjects[first] = append(subjects[first], d.Case.Subject)
		}
	}
	return groups, subjects
}

// subjects returns what is shown of the subjects of a group.
func (v *viewer) subjects(d *diagnosis.Diagnosis) []payload.Subject {
	all := v.groups[d]
	shown := all[:min(len(all), maxSubjects)]
	v.listed, v.allListed = v.listed+len(shown), v.allListed+len(all)
	list := make([]payload.Subject, 0, len(shown))
	for _, s := range shown {
		list = append(list, v.subject(s))
	}
	return list
}

// lines names the subjects as kubectl would, if there are several.
func (d *diagnosisView) lines() (lines []string) {
	if len(d.subjects) < 2 {
		return nil
	}
	for _, s := range d.subjects {
		lines = append(lines, subjectLine(s))
	}
	return lines
}
