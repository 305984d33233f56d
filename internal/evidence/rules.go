// Package evidence decides what a text proves: which entries of a book explain
// what happens to an instance, the root cause first.
//
// A phrase proves nothing by itself. "connection refused" is one cause in a
// probe, another in a pull, another in a log's last exception, and nothing at
// all in a retry that succeeded, in a runbook or in a unit test. So five small
// questions are asked, one after the other, and each answer is kept for Why:
//
//  1. Hits (package match): where are the phrases of the book?
//  2. Records (package reading): what was said, about whom, in which
//     operation, when?
//  3. Standing: is it asserted, does it still hold, and did it matter?
//  4. Relations: which of the hits that stand explains which?
//  5. Findings: for each subject the roots, then the states that the text shows.
//
// The package knows an entry by its id, its kind, what it explains and refines,
// and for each pattern the operations that it counts in and whether it is weak.
// It makes no exception for any one of them.
package evidence

import (
	"slices"
	"strings"

	"github.com/reasonbook/reasonbook/internal/match"
	"github.com/reasonbook/reasonbook/internal/reading"
)

// An Entry is what must be known of an entry of a book.
type Entry struct {
	ID    string
	State bool // it is what a status shows, not a cause
	// Explains are the ids of entries that it brings about, Refines those of
	// more general causes. Ids that the book lacks are no fault.
	Explains, Refines []string
	Patterns          []Pattern
	Status            []string // patterns that count only where a status stands
}

// A Pattern is a text that is looked for; package match describes its form.
type Pattern struct {
	Text string
	In   reading.Operation // the operations that it counts in; 0 is all
	Weak bool              // it yields to any other in the same record
}

// Rules are the entries of a book in the form that [New] takes: plain data that
// a program can carry. Their contents are an agreement between [Compile] and the
// rest of this package.
type Rules struct {
	Tables   match.Tables
	Entries  []RuleEntry
	Patterns []RulePattern // one for each pattern of Tables
}

// A RuleEntry is an entry in [Rules].
type RuleEntry struct {
	ID       string
	State    bool
	Explains []uint32 // numbers of entries, those that they explain in turn included; sorted
	Refines  []uint32 // the same for the more general ones
}

// A RulePattern is a pattern in [Rules].
type RulePattern struct {
	In     uint32
	Weak   bool
	Status bool
	Open   bool // it ends with a hole that takes the rest of the line
}

// Compile makes the rules for the entries of a book. The number of an entry in
// findings is its index. The error is of type [*match.PatternError] if a
// pattern is at fault.
func Compile(entries []Entry) (*Rules, error) {
	number := map[string]uint32{}
	for i, e := range entries {
		number[e.ID] = uint32(i)
	}
	rules := &Rules{}
	var texts []match.Entry
	for _, e := range entries {
		var t match.Entry
		for _, p := range e.Patterns {
			t.Patterns = append(t.Patterns, p.Text)
			rules.Patterns = append(rules.Patterns, RulePattern{In: uint32(p.In), Weak: p.Weak, Open: strings.HasSuffix(p.Text, "...}")})
		}
		for _, text := range e.Status {
			t.Patterns = append(t.Patterns, text)
			rules.Patterns = append(rules.Patterns, RulePattern{Status: true})
		}
		texts = append(texts, t)
	}
	explains := func(e *Entry) []string { return e.Explains }
	refines := func(e *Entry) []string { return e.Refines }
	for i := range entries {
		e := &entries[i]
		rules.Entries = append(rules.Entries, RuleEntry{
			ID: e.ID, State: e.State,
			Explains: closure(entries, number, i, explains), Refines: closure(entries, number, i, refines),
		})
	}
	tables, err := match.Compile(texts)
	if err != nil {
		return nil, err
	}
	rules.Tables = *tables
	return rules, nil
}

// closure returns the numbers of all entries that entry i leads to.
func closure(entries []Entry, number map[string]uint32, i int, next func(*Entry) []string) []uint32 {
	var list []uint32
	seen := map[uint32]bool{uint32(i): true}
	queue := slices.Clone(next(&entries[i]))
	for len(queue) > 0 {
		n, ok := number[queue[0]]
		queue = queue[1:]
		if !ok || seen[n] {
			continue
		}
		seen[n] = true
		list = append(list, n)
		queue = append(queue, next(&entries[n])...)
	}
	slices.Sort(list)
	return list
}

func (e *RuleEntry) explains(other uint32) bool {
	_, ok := slices.BinarySearch(e.Explains, other)
	return ok
}

func (e *RuleEntry) refines(other uint32) bool {
	_, ok := slices.BinarySearch(e.Refines, other)
	return ok
}
