package book

import (
	"strings"
	"unicode"
)

// FoldName returns what counts of a name that people type: its letters and
// digits, in small letters. CrashLoopBackOff and crash-loop-back-off are one.
func FoldName(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// ReasonsOf returns the reasons that a title names, as a console shows them:
// "A, B: what it means" names two.
func ReasonsOf(title string, l Language) []string {
	if reason := HeadingOf(title, l).Reason; reason != "" {
		return strings.FieldsFunc(strings.ReplaceAll(reason, ", ", "、"), func(r rune) bool { return r == '、' || r == '，' })
	}
	return nil
}

// Names returns the ids of entries by the folded names that people know them by:
// ids, the reasons of titles, words of a status column. A name of several
// entries is that of a state before a cause, and of a cause before a log.
func (b *Book) Names() map[string]string {
	names := map[string]string{}
	add := func(name, id string) {
		if name = FoldName(name); name != "" && names[name] == "" {
			names[name] = id
		}
	}
	for i := range b.Entries {
		add(b.Entries[i].ID, b.Entries[i].ID)
	}
	for _, kind := range []Kind{State, Cause, Log} {
		for i := range b.Entries {
			e := &b.Entries[i]
			if e.Kind != kind {
				continue
			}
			for _, l := range Languages {
				add(HeadingOf(e.Texts[l].Title, l).Reason, e.ID)
				for _, reason := range ReasonsOf(e.Texts[l].Title, l) {
					add(reason, e.ID)
					before, _, _ := strings.Cut(reason, ": ") // OutOfMemoryError: Java heap space
					add(before, e.ID)
				}
			}
			for _, status := range e.Status {
				add(status, e.ID)
			}
		}
	}
	return names
}
