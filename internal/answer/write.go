package answer

import (
	"math"
	"slices"
	"strconv"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/diagnosis"
	"github.com/reasonbook/reasonbook/internal/payload"
)

// A printer prints the parts of an answer in one format.
type printer interface {
	head(out *output, f *frame) error // what stands before the diagnoses
	diagnosis(out *output, d *diagnosisView) error
	tail(out *output, f *frame) error
}

// printer returns the printer for a format. A dense one spends no space on
// looks.
func (w *Writer) printer(format Format, l book.Language, dense bool) printer {
	switch format {
	case Text:
		return &textPrinter{w, l}
	case Markdown:
		return &markdownPrinter{w, l}
	case HTML:
		return &htmlPrinter{w, l}
	}
	return &jsonPrinter{dense: dense}
}

// Write returns the answer in a format and language. It is never larger than
// [MaxAnswer]: where all would be, values are cut shorter, further subjects of
// an entry get no steps of their own, and what still does not fit is left out
// and counted.
func (w *Writer) Write(list []diagnosis.Diagnosis, format Format, l book.Language) ([]byte, error) {
	f, readable := frameOf(list, l)
	if w.Why {
		f.discarded = w.discardedOf(list)
	}
	var groups map[*diagnosis.Diagnosis][]payload.Subject
	if w.Group {
		readable, groups = w.grouped(readable, l)
	}
	out := &output{buf: make([]byte, 0, usualAnswer)}
	p, v := w.printer(format, l, false), w.viewer(format, l, longValue, groups)
	several := w.several(readable)
	v.several = several
	fits, err := v.printAll(out, p, readable)
	if err == nil && !fits {
		p, v = w.printer(format, l, true), w.viewer(format, l, shortValue, groups)
		v.several = several
		err = v.printChosen(out, p, readable, w.viewer(format, l, shortValue, groups))
	}
	if err != nil {
		return nil, err
	}
	f.count(v, len(readable)+notTold(list))
	if err := p.tail(out, f); err != nil {
		return nil, err
	}
	// What stands first may say what was left out, so it is known last.
	var head output
	if err := p.head(&head, f); err != nil {
		return nil, err
	}
	return slices.Insert(out.buf, 0, head.buf...), nil
}

func (w *Writer) viewer(format Format, l book.Language, longest int, groups map[*diagnosis.Diagnosis][]payload.Subject) *viewer {
	v := &viewer{Writer: w, language: l, longest: longest, groups: groups, steps: maxAgain, firsts: map[int]*first{}}
	v.folds = format != JSON
	if format == JSON {
		v.steps = math.MaxInt
	}
	return v
}

// maxDiagnoses is what all diagnoses of an answer may cost.
const maxDiagnoses = MaxAnswer - maxFrame

// printAll prints every diagnosis, or reports that they do not fit.
func (v *viewer) printAll(out *output, p printer, list []*diagnosis.Diagnosis) (fits bool, err error) {
	for _, d := range list {
		if err := p.diagnosis(out, v.view(d)); err != nil {
			return false, err
		}
		// No byte costs more than an escape does: what is short needs no look.
		if len(out.buf)*maxEscape <= maxDiagnoses {
			continue
		}
		out.settle(out.pending())
		if out.cost > maxDiagnoses {
			return false, nil
		}
	}
	return true, nil
}

// printChosen prints the diagnoses that fit, steps that are told again only
// where they leave room for all of these. The sizes are taken with a viewer
// of its own.
func (v *viewer) printChosen(out *output, p printer, list []*diagnosis.Diagnosis, measure *viewer) error {
	*out = output{buf: out.buf[:0]}
	sizes, ranks, err := measure.sizes(out, p, list)
	if err != nil {
		return err
	}
	chosen, left := choose(sizes, ranks)
	for i, d := range list {
		if !chosen[i] {
			continue
		}
		view := v.view(d)
		if err := p.diagnosis(out, view); err != nil {
			return err
		}
		cost := out.pending()
		if cost-sizes[i] > left {
			v.dropSteps(view)
			out.undo()
			if err := p.diagnosis(out, view); err != nil {
				return err
			}
			cost = out.pending()
		}
		left -= cost - sizes[i]
		out.settle(cost)
	}
	return nil
}

// sizes returns what each diagnosis costs without steps that are told again,
// and its rank.
func (v *viewer) sizes(out *output, p printer, list []*diagnosis.Diagnosis) (sizes []int, ranks []rank, err error) {
	v.steps = 0
	for _, d := range list {
		view := v.view(d)
		if err := p.diagnosis(out, view); err != nil {
			return nil, nil, err
		}
		sizes, ranks = append(sizes, out.pending()), append(ranks, rankOf(view))
		out.undo()
	}
	return sizes, ranks, nil
}

// A rank says what is shown before what, if not all can be.
type rank uint8

const (
	explains rank = iota // holds the texts of an entry that others refer to
	fails
	quiet // nothing is wrong with it
	ranks
)

func rankOf(d *diagnosisView) rank {
	for i := range d.matches {
		if d.matches[i].first == nil {
			return explains
		}
	}
	if d.ignored != "" {
		return quiet
	}
	return fails
}

// choose returns which diagnoses are shown, and what they leave of the limit.
// The first that does not fit ends the choice, so that none is shown whose
// texts would stand in one that is not.
func choose(sizes []int, of []rank) (chosen []bool, left int) {
	chosen, left = make([]bool, len(sizes)), maxDiagnoses
	for r := range ranks {
		for i, size := range sizes {
			if of[i] != r {
				continue
			}
			if size > left {
				return chosen, left
			}
			chosen[i] = true
			left -= size
		}
	}
	return chosen, left
}

// dropSteps takes back the steps that a diagnosis tells again, and lets no
// later one have them.
func (v *viewer) dropSteps(d *diagnosisView) {
	v.steps = 0
	for i := range d.matches {
		if m := &d.matches[i]; m.again {
			m.again = false
			v.withoutSteps++
		}
	}
}

func number(n int) string { return strconv.Itoa(n) }
