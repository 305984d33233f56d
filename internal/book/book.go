// Package book says what a compiled knowledge base is: entries with texts in
// three languages, ready to be filled with the parameters of an answer and
// printed, and the tables of the matcher. It holds plain data only, so that a
// program can carry a book without parsing anything at start; package kb holds
// the book of this project, package internal/entry makes one from its sources.
package book

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"github.com/reasonbook/reasonbook/internal/address"
	"github.com/reasonbook/reasonbook/internal/evidence"
)

// Kind says what an entry describes.
type Kind string

const (
	State Kind = "state" // what the status column shows
	Cause Kind = "cause" // a root cause readable in the message
	Log   Kind = "log"   // a signature in the application's log
)

// Language is a language of the book.
type Language uint8

const (
	English Language = iota
	Japanese
	Chinese // in simplified characters
	languages
)

// Languages are all languages, the default first.
var Languages = [languages]Language{English, Japanese, Chinese}

// String returns the tag of the language as it stands in file names, URLs and
// requests: en, ja or zh.
func (l Language) String() string { return [languages]string{"en", "ja", "zh"}[l] }

// HTML returns the tag of the language in HTML, where Chinese names its script:
// browsers choose fonts by it.
func (l Language) HTML() string { return [languages]string{"en", "ja", "zh-Hans"}[l] }

// Name returns what the language calls itself.
func (l Language) Name() string { return [languages]string{"English", "日本語", "简体中文"}[l] }

// Colon returns what stands between a label and what it names, and in titles
// between the reason and what it means.
func (l Language) Colon() string { return [languages]string{": ", "：", "："}[l] }

// A Heading is a title in its two parts: the reason as a console shows it, ""
// for a title without one, and what it means.
type Heading struct{ Reason, Gist string }

// HeadingOf splits a title at the last colon of its language: a reason may hold
// one, as in "bind: permission denied".
func HeadingOf(title string, l Language) Heading {
	at := strings.LastIndex(title, l.Colon())
	if at < 0 {
		return Heading{Gist: title}
	}
	return Heading{title[:at], title[at+len(l.Colon()):]}
}

// Short returns what is enough of a title in a list of links.
func (h Heading) Short() string { return cmp.Or(h.Reason, h.Gist) }

// LanguageOf returns the language with a tag.
func LanguageOf(tag string) (Language, bool) {
	for _, l := range Languages {
		if l.String() == tag {
			return l, true
		}
	}
	return 0, false
}

// A Book is a compiled knowledge base.
type Book struct {
	Entries []Entry // by id
	Rules   *evidence.Rules

	once      sync.Once
	explainer *evidence.Explainer
}

// An Entry is one page of the knowledge base.
type Entry struct {
	ID       string
	Kind     Kind
	Stage    Stage
	Explains []string // ids of the entries that it brings about
	Refines  []string // ids of the more general causes that it is a case of
	// How often it is met, whether it ends by itself, what waiting costs.
	Frequency Frequency
	Heals     Heals
	Waiting   Waiting
	Patterns  []Pattern
	Status    []string
	Texts     [languages]Text
}

// A Pattern is a text that is looked for, with holes; package match describes
// its form.
type Pattern struct {
	Text string
	// In is the operations that it counts in, as package reading names them;
	// none stands for all.
	In []string
	// Weak says that the text fits many failures, and yields to any other.
	Weak bool
}

// Texts returns the texts of patterns.
func Texts(patterns []Pattern) []string {
	list := make([]string, len(patterns))
	for i, p := range patterns {
		list[i] = p.Text
	}
	return list
}

// A Text is an entry in one language.
type Text struct {
	Title    string // plain text
	Summary  string // plain text, one line
	Meaning  Rich
	Confirm  Rich
	Steps    []Rich
	Prevent  Rich
	Pictures []Picture
}

// A Picture is a screenshot that a step refers to.
type Picture struct {
	URL, Alt string
}

// PictureHosts returns the hosts that pictures come from, each once, as they may
// stand in a Content-Security-Policy. Pictures whose addresses a lint would
// refuse have none.
func PictureHosts(pictures []Picture) (hosts []string) {
	for _, picture := range pictures {
		a, err := address.Parse(picture.URL, "https")
		if err == nil && !slices.Contains(hosts, a.Host) {
			hosts = append(hosts, a.Host)
		}
	}
	return hosts
}

// Explainer tells which entries a text is evidence of; the numbers of entries in
// its answers are indices into b.Entries.
func (b *Book) Explainer() *evidence.Explainer {
	b.once.Do(func() { b.explainer = evidence.New(b.Rules) })
	return b.explainer
}

// Find returns the index of the entry with an id.
func (b *Book) Find(id string) (int, bool) {
	return slices.BinarySearchFunc(b.Entries, id, func(e Entry, id string) int {
		return strings.Compare(e.ID, id)
	})
}

// Explains reports whether the entry with an id brings about another one,
// directly or through others.
func (b *Book) Explains(id, other string) bool {
	seen := map[string]bool{}
	var reaches func(id string) bool
	reaches = func(id string) bool {
		n, ok := b.Find(id)
		if !ok || seen[id] {
			return false
		}
		seen[id] = true
		return slices.Contains(b.Entries[n].Explains, other) || slices.ContainsFunc(b.Entries[n].Explains, reaches)
	}
	return id != other && reaches(id)
}

// Overviews are the folders of a language that list the entries of a kind.
var Overviews = map[Kind]string{State: "states", Cause: "causes", Log: "logs"}

// API, Senders and Search are the folders of a language with the page about the
// API, those about connecting what calls it, and the one of a search's results.
const (
	API     = "api"
	Senders = "senders"
	Search  = "search"
)

// IsID reports whether s has the form of an entry's id: small letters, digits and
// single hyphens between them.
func IsID(s string) bool {
	hyphen := true
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			hyphen = false
		case c == '-' && !hyphen:
			hyphen = true
		default:
			return false
		}
	}
	return !hyphen
}

// Reserved reports whether an id is taken by a page that is no entry's.
func Reserved(id string) bool {
	return id == API || id == Senders || id == Search || id == Overviews[State] || id == Overviews[Cause] || id == Overviews[Log]
}

// PagePath returns the address of an entry's page below the root of a site:
// "ja/readiness-probe-failed/". All addresses of pages come from here.
func PagePath(l Language, id string) string { return l.String() + "/" + id + "/" }
