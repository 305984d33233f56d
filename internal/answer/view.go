package answer

import (
	"net/url"
	"slices"
	"strings"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/diagnosis"
	"github.com/reasonbook/reasonbook/internal/evidence"
	"github.com/reasonbook/reasonbook/internal/match"
	"github.com/reasonbook/reasonbook/internal/payload"
)

// A frame is what an answer says besides its diagnoses.
type frame struct {
	language  book.Language
	ignored   string   // why nothing was diagnosed, "" if something was
	note      string   // what is missing for a proof of health, if nothing matched
	next      []string // what to run, if nothing matched
	errors    []Error
	truncated *Truncated
	pasted    string // the text that was diagnosed, for a form
	tooLong   bool   // there was one that is too long for a form
	discarded []Discarded
	summary   []finding
	more      int // findings that it leaves out
}

// A diagnosisView is what all formats show of a diagnosis.
type diagnosisView struct {
	number   int // in the answer
	subject  payload.Subject
	subjects []payload.Subject // all, in a group
	ignored  string            // why there is nothing to diagnose
	note     string            // what people are told where nothing matched
	next     []string          // what they may run then
	causes   []cause           // that are possible then
	matches  []matchView
	nearest  []entryView // there if nothing matched
	related  []entryView // that use its words, where people read and nothing is near
	several  bool        // whether the answer has several findings
}

// line names the subject as kubectl would, and what it belongs to:
// Pod shop/cart-7d9f (app) · Deployment/cart.
func (d *diagnosisView) line() string {
	line := subjectLine(d.subject)
	if line != "" && d.subject.Workload != "" {
		line += " · " + d.subject.Workload
	}
	return line
}

// An entryView is an entry with the address of its page.
type entryView struct {
	*book.Entry
	text *book.Text
	page string
}

// A matchView is what all formats show of a match.
type matchView struct {
	entryView
	subject    *payload.Subject
	parameters []match.Parameter
	evidence   Evidence
	values     book.Values
	first      *first // of an entry that is explained already
	differs    bool   // its steps are filled otherwise than those of the first
	again      bool   // and are shown

	alternatives []entryView // that the input does not tell from it
	why          []string    // if it was asked for
	container    string      // that it is about, "" if that is not known
	shows        []matchView // states that it explains, where people read
	next         []cause     // where nothing says what brought a state about
}

// filled returns the page's address with the values that fill its blanks.
func (m *matchView) filled() string { return m.page + fragment(m.parameters, m.subject, m.container) }

// A first is the first match of an entry in an answer.
type first struct {
	diagnosis, match int    // its place
	subject          string // its line
	values           book.Values
	// blanks are those of its steps, once another match asks what fills them.
	blanks []string
	looked bool
}

// differs reports whether values fill steps, which are those of the entry,
// otherwise than the first match's do.
func (f *first) differs(steps []book.Rich, values book.Values) bool {
	if !f.looked {
		f.blanks, f.looked = blanks(steps), true
	}
	return slices.ContainsFunc(f.blanks, func(name string) bool {
		return values.Lookup(name) != f.values.Lookup(name)
	})
}

// place returns where it stands in an answer as JSON.
func (f *first) place() string {
	return "diagnoses[" + number(f.diagnosis) + "].matches[" + number(f.match) + "]"
}

// A viewer walks over diagnoses and decides what is shown of them, for all
// formats.
type viewer struct {
	*Writer
	language book.Language
	longest  int // bytes of a value
	steps    int // for how many further matches steps may be shown again

	groups map[*diagnosis.Diagnosis][]payload.Subject

	folds        bool // whether a cause and the states it explains stand as one
	several      bool // whether there are several findings
	relatedCases int  // for which related was asked
	summary      []finding
	more         int // findings that the summary leaves out

	firsts              map[int]*first
	shown               int // diagnoses that were given a number
	cutValues           int
	withoutSteps        int // matches that differ
	matches, allMatches int // of these diagnoses: shown, and found
	listed, allListed   int // subjects of groups: shown, and all
}

// view returns what is shown of a diagnosis. It must be asked for one after
// the other: later ones refer to earlier ones.
func (v *viewer) view(d *diagnosis.Diagnosis) *diagnosisView {
	l := v.language
	out := &diagnosisView{number: v.shown, several: v.several, subject: v.subject(d.Case.Subject), subjects: v.subjects(d)}
	v.shown++
	switch {
	case d.Case.Ignored != "":
		out.ignored = labels[l].ignored[d.Case.Ignored]
		out.note = out.ignored
	case len(d.Matches) == 0:
		out.note = missingNote(&d.Case, l)
		out.next = nextOf(&d.Case)
		out.causes = v.causes(d.Suspects)
	}
	for _, n := range d.Nearest {
		out.nearest = append(out.nearest, v.entry(n))
	}
	if v.folds && d.Case.Ignored == "" && len(d.Matches)+len(d.Nearest) == 0 && len(d.Case.Texts) > 0 {
		out.related = v.related(d.Case.Texts[0].Value)
	}
	shown := d.Matches[:min(len(d.Matches), maxMatches)]
	v.matches, v.allMatches = v.matches+len(shown), v.allMatches+len(d.Matches)
	out.matches = make([]matchView, 0, len(shown))
	for i := range shown {
		m := v.plain(out, d, &shown[i])
		if at := v.explainer(out.matches, &m); at >= 0 {
			out.matches[at].shows = append(out.matches[at].shows, m)
			continue
		}
		v.place(out, &m, shown[i].Entry)
		out.matches = append(out.matches, m)
	}
	v.summarize(out)
	return out
}

// subject returns a subject with names that are not too long.
func (v *viewer) subject(s payload.Subject) payload.Subject {
	return payload.Subject{
		Kind: v.cut(s.Kind, maxName), Namespace: v.cut(s.Namespace, maxName),
		Name: v.cut(s.Name, maxName), Container: v.cut(s.Container, maxName), Workload: v.cut(s.Workload, maxName),
	}
}

func (v *viewer) entry(n int) entryView {
	e := &v.Book.Entries[n]
	return entryView{e, &e.Texts[v.language], v.PageURL(v.language, e.ID)}
}

// plain returns a match with what it says itself.
func (v *viewer) plain(in *diagnosisView, d *diagnosis.Diagnosis, m *evidence.Match) matchView {
	out := matchView{entryView: v.entry(m.Entry), subject: &in.subject}
	out.container = m.Container
	if out.container == "" && d.Matches[0].Container == "" {
		out.container = in.subject.Container // else that is the first match's
	}
	field, start, stretch := d.Evidence(m)
	out.evidence = Evidence{Field: field, Text: v.cut(stretch, v.longest), Start: start, End: start + len(stretch)}
	for _, n := range m.Alternatives {
		out.alternatives = append(out.alternatives, v.entry(n))
	}
	if v.Why {
		out.why = d.Why(m)
	}
	out.parameters = make([]match.Parameter, 0, len(m.Parameters))
	for _, p := range m.Parameters {
		out.parameters = append(out.parameters, match.Parameter{Name: p.Name, Value: v.cut(p.Value, v.longest)})
	}
	lookup := func(name string) string {
		for _, p := range out.parameters {
			if p.Name == name {
				return p.Value
			}
		}
		switch name {
		case "namespace":
			return in.subject.Namespace
		case "instance":
			return in.subject.Name
		case "container":
			return out.container
		}
		return ""
	}
	out.values = book.Values{Changes: Changes[v.language], Lookup: lookup, Base: v.SiteURL + v.language.String() + "/"}
	return out
}

// place gives a match, which is the next of a diagnosis and of the entry with a
// number, its part of the answer: the texts of the entry, if it is the first.
func (v *viewer) place(in *diagnosisView, out *matchView, entry int) {
	f, known := v.firsts[entry]
	if !known {
		v.firsts[entry] = &first{diagnosis: in.number, match: len(in.matches), subject: subjectLine(in.subject), values: out.values}
		explained := func(by matchView) bool { return v.Book.Explains(by.ID, out.ID) }
		if out.Kind == book.State && (v.folds || !slices.ContainsFunc(in.matches, explained)) {
			out.next = v.causes([]int{entry})
		}
		return
	}
	out.first, out.differs = f, f.differs(out.text.Steps, out.values)
	switch {
	case out.differs && v.steps > 0:
		out.again = true
		v.steps--
	case out.differs:
		v.withoutSteps++
	}
}

// cut returns s in at most n bytes, and counts what was cut.
func (v *viewer) cut(s string, n int) string {
	if len(s) > n {
		v.cutValues++
	}
	return cut(s, n)
}

// blanks returns the names of the values that fill steps.
func blanks(steps []book.Rich) (names []string) {
	seen := map[string]bool{}
	for _, step := range steps {
		step.Plain(book.Values{Lookup: func(name string) string {
			if !seen[name] {
				seen[name] = true
				names = append(names, name)
			}
			return ""
		}})
	}
	return names
}

// maxFilled is the longest value that goes into an address, in bytes.
const maxFilled = 200

// fragment returns the values that fill the blanks of a page, behind the “#”,
// which browsers keep to themselves.
func fragment(parameters []match.Parameter, s *payload.Subject, container string) string {
	values := url.Values{}
	add := func(name, value string) {
		if value != "" && len(value) <= maxFilled && !values.Has(name) {
			values.Set(name, value)
		}
	}
	for _, p := range parameters {
		add(p.Name, p.Value)
	}
	add("namespace", s.Namespace)
	add("instance", s.Name)
	add("container", container)
	if len(values) == 0 {
		return ""
	}
	return "#" + values.Encode()
}

// frameOf returns what an answer says besides its diagnoses, and the
// diagnoses.
func frameOf(list []diagnosis.Diagnosis, l book.Language) (*frame, []*diagnosis.Diagnosis) {
	f := &frame{language: l}
	var readable []*diagnosis.Diagnosis
	hidden := 0
	for i := range list {
		d := &list[i]
		if d.Case.Err == nil {
			readable = append(readable, d)
			continue
		}
		problem := ProblemOf(d.Case.Err.Code, d.Case.Err.Detail, l)
		f.errors = append(f.errors, Error{d.Case.Place, *problem, d.Case.More})
		hidden += d.Case.More
	}
	if hidden > 0 {
		f.truncated = &Truncated{Errors: &Count{len(f.errors) + hidden, len(f.errors)}}
	}
	if len(list) > 0 {
		f.ignored = labels[l].ignored[list[0].Case.Ignored]
	}
	for i := range list {
		if list[i].Case.Ignored == "" {
			f.ignored = ""
		}
	}
	f.note, f.next = noteOf(readable, l)
	// The diagnoses of one text, which may name several subjects, have it all.
	if len(list) > 0 && len(list[0].Case.Texts) == 1 && list[0].Case.Texts[0].Field == "" {
		f.pasted = list[0].Case.Texts[0].Value
		if f.tooLong = len(f.pasted) > maxPasted; f.tooLong {
			f.pasted = ""
		}
	}
	return f, readable
}

// notTold returns how many cases have no diagnosis of their own, since nothing is
// said of them.
func notTold(list []diagnosis.Diagnosis) (n int) {
	for i := range list {
		if list[i].Case.Err == nil {
			n += list[i].Case.More
		}
	}
	return n
}

// maxDiscarded is how many of the places that do not count are told.
const maxDiscarded = 50

// discardedOf returns what was found and does not count.
func (w *Writer) discardedOf(list []diagnosis.Diagnosis) []Discarded {
	out := []Discarded{}
	for i := range list {
		for _, d := range list[i].Discarded() {
			id := w.Book.Entries[d.Entry].ID
			known := slices.ContainsFunc(out, func(o Discarded) bool { return o.ID == id && o.Why == d.Why })
			if !known && len(out) < maxDiscarded {
				out = append(out, Discarded{id, cut(d.Text, shortValue), d.Why})
			}
		}
	}
	return out
}

// noteOf returns the first note of the diagnoses if nothing matched, and what to
// run then.
func noteOf(list []*diagnosis.Diagnosis, l book.Language) (note string, next []string) {
	for _, d := range list {
		switch {
		case len(d.Matches) > 0:
			return "", nil
		case d.Case.Ignored == "" && note == "":
			note, next = missingNote(&d.Case, l), nextOf(&d.Case)
		}
	}
	return note, next
}

// count adds to a frame the summary of its diagnoses, and what they lack.
func (f *frame) count(v *viewer, total int) {
	f.summary, f.more = v.summary, v.more
	t := Truncated{Steps: v.withoutSteps, Values: v.cutValues}
	if f.truncated != nil {
		t.Errors = f.truncated.Errors
	}
	if v.shown < total {
		t.Diagnoses = &Count{total, v.shown}
	}
	if v.matches < v.allMatches {
		t.Matches = &Count{v.allMatches, v.matches}
	}
	if v.listed < v.allListed {
		t.Subjects = &Count{v.allListed, v.listed}
	}
	if t != (Truncated{}) {
		f.truncated = &t
	}
}

// truncatedLines says what an answer lacks.
func (f *frame) truncatedLines() (lines []string) {
	t := f.truncated
	if t == nil {
		return nil
	}
	words := &labels[f.language]
	for _, part := range []struct {
		count *Count
		words string
	}{{t.Diagnoses, words.cutDiagnoses}, {t.Matches, words.cutMatches}, {t.Subjects, words.cutSubjects}, {t.Errors, words.cutErrors}} {
		if part.count != nil {
			lines = append(lines, fill(part.words, "{total}", number(part.count.Total), "{shown}", number(part.count.Shown)))
		}
	}
	if t.Values > 0 {
		lines = append(lines, fill(words.cutValues, "{n}", number(t.Values)))
	}
	return lines
}

// explained says that a further match is explained above, and what to mind.
func (m *matchView) explained(l book.Language, subject func(string) string) string {
	words := &labels[l]
	said := words.above
	if m.first.subject != "" {
		said = fill(words.aboveUnder, "{subject}", subject(m.first.subject))
	}
	if m.differs && !m.again {
		said += words.sentenceGap + words.otherNames
	}
	return said
}

// A step is a step of a match, printed, with its number.
type step struct {
	number int
	text   string
}

// stepsOf returns the steps that people are shown of a match, printed by form:
// all of a first one, and of a further one those that hold a value of its own.
func (m *matchView) stepsOf(form func(book.Rich, book.Values) string) (list []step) {
	if m.first != nil && !m.again {
		return nil
	}
	for i, s := range m.text.Steps {
		text := form(s, m.values)
		if m.first != nil && text == form(s, m.first.values) {
			continue
		}
		list = append(list, step{i + 1, text})
	}
	return list
}

// fill puts values into a text of labels: a list of blanks and values.
func fill(text string, pairs ...string) string { return strings.NewReplacer(pairs...).Replace(text) }
