package evidence

import (
	"cmp"
	"slices"
	"strings"

	"github.com/reasonbook/reasonbook/internal/match"
	"github.com/reasonbook/reasonbook/internal/reading"
)

// An Explainer answers for one book. It is safe for concurrent use.
type Explainer struct {
	rules *Rules
	index *match.Index
}

// New returns an explainer over rules, which it keeps and which must not be
// changed afterwards.
func New(rules *Rules) *Explainer {
	return &Explainer{rules: rules, index: match.New(&rules.Tables)}
}

// A Finding is what a text proves about one subject.
type Finding struct {
	// Subject is an index into the subjects of the document, -1 if the text
	// names none.
	Subject int
	Matches []Match // the root causes, best first, then the states that the text shows
}

// A Match is an entry that explains a subject.
type Match struct {
	Entry int
	// Pattern is the one that decided, Patterns all that were found: indices
	// into the entry's patterns, then its status.
	Pattern    int
	Patterns   []int
	Start, End int // bytes of the text: the evidence
	Parameters []match.Parameter
	// Alternatives are the other entries that the text cannot tell from this one.
	Alternatives []int
	// Container is the one that the evidence speaks of, "" if it is not known.
	Container string

	hit *hit
}

// A Result is what a document proves.
type Result struct {
	Document *reading.Document
	// Findings are those of each subject that something is the matter with, in
	// the order of their places.
	Findings []Finding
	inquiry  *inquiry
}

// Text finds what a text proves. The error is that of ctx.
func (x *Explainer) Text(ctx match.Context, text string) (Result, error) {
	hits, err := x.index.Hits(ctx, text)
	if err != nil || len(hits) == 0 && !reading.TellsWithoutWords(text) {
		return Result{Document: &reading.Document{Text: text}}, err
	}
	return x.weigh(ctx, reading.Read(text), hits)
}

// Document finds what a document proves that has been read already.
func (x *Explainer) Document(ctx match.Context, doc *reading.Document) (Result, error) {
	hits, err := x.index.Hits(ctx, doc.Text)
	if err != nil || len(hits)+len(doc.Derived) == 0 {
		return Result{Document: doc}, err
	}
	return x.weigh(ctx, doc, hits)
}

// Places returns where in a text the phrases of the book stand, in order.
func (x *Explainer) Places(ctx match.Context, text string) ([]int, error) {
	hits, err := x.index.Hits(ctx, text)
	places := make([]int, len(hits))
	for i, h := range hits {
		places[i] = h.Start
	}
	return places, err
}

func (x *Explainer) weigh(ctx match.Context, doc *reading.Document, hits []match.Hit) (Result, error) {
	for _, d := range doc.Derived {
		words, err := x.index.Hits(ctx, d.Word)
		if err != nil {
			return Result{}, err
		}
		for _, h := range words {
			if h.Start == 0 && h.End == len(d.Word) {
				h.Start, h.End = doc.Records[d.Record].Start, doc.Records[d.Record].End
				hits = append(hits, h)
			}
		}
	}
	slices.SortStableFunc(hits, func(a, b match.Hit) int { return cmp.Compare(a.Start, b.Start) })
	c := &inquiry{rules: x.rules, doc: doc}
	c.survey()
	for _, h := range thin(hits) {
		c.consider(h)
	}
	c.yield()
	c.judge()
	return Result{Document: doc, Findings: c.findings(), inquiry: c}, nil
}

// Of each pattern the first and the last places are looked at, and of all
// patterns so many: the rest of a long text says the same again.
const (
	maxFirst = 8
	maxLast  = 24
	maxHits  = 2000
)

// thin returns the hits that are looked at, in order.
func thin(hits []match.Hit) []match.Hit {
	if len(hits) <= maxFirst+maxLast {
		return hits
	}
	count, seen := map[int]int{}, map[int]int{}
	for i := range hits {
		count[hits[i].Pattern]++
	}
	var kept []match.Hit
	for _, h := range hits {
		seen[h.Pattern]++
		if n := seen[h.Pattern]; n <= maxFirst || n > count[h.Pattern]-maxLast {
			kept = append(kept, h)
		}
	}
	if len(kept) > maxHits {
		kept = append(kept[:maxHits/2:maxHits/2], kept[len(kept)-maxHits/2:]...)
	}
	return kept
}

// An inquiry is the work on one text.
type inquiry struct {
	rules *Rules
	doc   *reading.Document
	hits  []hit

	successes []*reading.Record // records that say that something succeeded
	ends      []*reading.Record // events that end an instance from outside
	heads     reading.Heads     // of the record looked at last
}

// survey notes what of the document every hit is held against.
func (c *inquiry) survey() {
	for i := range c.doc.Records {
		r := &c.doc.Records[i]
		if r.Succeeded != 0 {
			c.successes = append(c.successes, r)
		}
		if r.Source == reading.Event && (r.Reason == "Evicted" || r.Reason == "Killing" && strings.Contains(c.doc.Text[r.Start:r.End], "Stopping container")) {
			c.ends = append(c.ends, r)
		}
	}
}

// A hit is a place where a pattern matches, and what is known about it.
type hit struct {
	match.Hit
	entry  uint32
	state  bool
	weak   bool
	loose  bool // it counts in no operation of the sentence that it stands in
	score  uint32
	record *reading.Record
	number int // of the record
	// literal is where the pattern's own words end; a hole may go on behind them.
	literal int
	inner   reading.Operation
	outer   reading.Operation
	// against says why it does not stand, "" if it does.
	against string
	place   int // among the inquiry's hits
	// by is the place of the hit that explains it, -1 if none does.
	by       int
	why      []string
	patterns []int
	or       []uint32 // entries that the record does not tell from this one
	second   bool     // one of them has the better pattern
}

func (h *hit) addAlternative(entry uint32) {
	if !slices.Contains(h.or, entry) {
		h.or = append(h.or, entry)
	}
}

// consider notes a hit with its place in the document.
func (c *inquiry) consider(m match.Hit) {
	p := &c.rules.Tables.Patterns[m.Pattern]
	rule := &c.rules.Patterns[m.Pattern]
	h := hit{Hit: m, entry: p.Entry, state: c.rules.Entries[p.Entry].State, weak: rule.Weak, score: p.Score, by: -1, place: len(c.hits)}
	h.record = c.doc.RecordAt(m.Start)
	h.literal = m.End
	if n := len(m.Parameters); rule.Open && n > 0 {
		h.literal = max(m.Start, m.End-len(m.Parameters[n-1].Value))
	}
	if h.record == nil {
		h.against = "it stands in no record: a command, a heading or a ruler"
	} else {
		h.number = c.doc.NumberOf(h.record)
		h.inner, h.outer = c.heads.OperationAt(c.doc, h.record, m.Start, m.End)
		// What ends again and again is said of what does not even start, too.
		in := reading.Operation(rule.In)
		h.loose = h.record.Source == reading.Message && h.inner == reading.Endless && in != 0 && in&h.inner == 0
		h.against = c.misplaced(&h, rule)
		h.weak = h.weak || h.loose
		// “Error”, and below it “Exit Code: 1”: an exit code by itself.
		h.weak = h.weak || rule.Status && h.End > h.record.End
	}
	c.hits = append(c.hits, h)
}

// misplaced says why a pattern does not count where it stands.
func (c *inquiry) misplaced(h *hit, rule *RulePattern) string {
	in := reading.Operation(rule.In)
	switch {
	case h.record.Source == reading.Silent:
		return "it stands in a name, a label or a definition"
	case rule.Status && c.isReason(h):
	case rule.Status && c.isTold(h):
	case rule.Status && !h.record.Status:
		return "it is a status word, and this is no place of a status"
	case rule.Status && !c.fills(h):
		return "it is only a part of the status"
	case in == 0:
	case in&^(reading.Run|reading.Exit) == 0 && byNodeProgram(c.doc.Text, h.record):
		return "a program of the node says it, not the application"
	case h.inner == 0 && h.outer == 0:
		if h.weak {
			return "nothing around it says in which operation it happened"
		}
	case in&h.inner == 0 && (h.weak || !h.loose):
		return "it counts in " + in.String() + ", and this is " + h.inner.String()
	}
	return ""
}

// yield takes loose hits away where another stands that counts in the sentence.
func (c *inquiry) yield() {
	const near = 16 // hits, in order of their places
	for i := range c.hits {
		h := &c.hits[i]
		if !h.loose || h.against != "" {
			continue
		}
		for j := max(0, i-near); j < min(len(c.hits), i+near); j++ {
			if other := &c.hits[j]; other.against == "" && !other.loose && !other.state && other.Start < h.End && h.Start < other.End {
				h.against = "another counts where it stands"
				break
			}
		}
	}
}

// isTold reports whether a hit of several words stands in a sentence about what
// ends again and again: “… is in CrashLoopBackOff, it exited with code 137”.
func (c *inquiry) isTold(h *hit) bool {
	return h.record.Source == reading.Message && h.inner&reading.Retry != 0 && strings.Count(c.doc.Text[h.Start:h.End], " ") > 1
}

// isReason reports whether a hit is the reason of a warning, which some states
// are told by: Evicted.
func (c *inquiry) isReason(h *hit) bool {
	r := h.record
	return r.Source == reading.Event && r.Warning && h.Start == r.Start && h.End == r.Start+len(r.Reason)
}

// fills reports whether a hit is all of a status, but for the signs around it,
// or one of those that a node has at once: “NotReady,SchedulingDisabled”.
func (c *inquiry) fills(h *hit) bool {
	if h.record.Source == reading.Row {
		text := c.doc.Text
		if (h.Start == h.record.Start || text[h.Start-1] == ',') && (h.End >= h.record.End || text[h.End] == ',') {
			return true
		}
	}
	after := c.doc.Text[min(h.End, h.record.End):h.record.End]
	if i := strings.Index(after, " ("); i >= 0 { // “Terminating (lasts 3h)”
		after = after[:i]
	}
	before := strings.TrimPrefix(c.doc.Text[h.record.Start:h.Start], reading.Fatal)
	return !hasWord(before) && !hasWord(after)
}

// nodePrograms are the names under which what runs containers writes to a journal.
var nodePrograms = []string{" containerd[", " dockerd[", " docker-containerd[", " kubelet[", " crio[", " k3s["}

// byNodeProgram reports whether a record is a line of a journal that a program of
// the node wrote.
func byNodeProgram(text string, r *reading.Record) bool {
	if r.Source != reading.Log {
		return false
	}
	line := text[strings.LastIndexByte(text[:r.Start], '\n')+1 : r.End]
	return slices.ContainsFunc(nodePrograms, func(name string) bool { return strings.Contains(line[:min(len(line), 120)], name) })
}

func hasWord(s string) bool {
	for i := range len(s) {
		c := s[i]
		if c >= 0x80 || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' {
			return true
		}
	}
	return false
}
