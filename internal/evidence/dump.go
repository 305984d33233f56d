package evidence

import (
	"context"
	"fmt"

	"github.com/reasonbook/reasonbook/internal/reading"
)

func (x *Explainer) Dump(text string) {
	hits, _ := x.index.Hits(context.Background(), text)
	doc := reading.Read(text)
	fmt.Println("KIND", doc.Kind)
	for i, s := range doc.Subjects {
		fmt.Printf("SUBJECT %d %+v\n", i, s)
	}
	for _, r := range doc.Records {
		if r.Source == reading.Silent {
			continue
		}
		t := text[r.Start:r.End]
		if len(t) > 110 {
			t = t[:110]
		}
		fmt.Printf("REC %d-%d %v op=%v subj=%d c=%s st=%v age=%v ok=%v %q\n", r.Start, r.End, r.Source, r.Operation, r.Subject, r.Container, r.Status, r.Age, r.Succeeded, t)
	}
	c := &inquiry{rules: x.rules, doc: doc}
	for _, h := range hits {
		c.consider(h)
	}
	c.judge()
	c.findings()
	for _, h := range c.hits {
		e := x.rules.Entries[h.entry].ID
		fmt.Printf("HIT %s %q in=%v out=%v weak=%v against=%q why=%v\n", e, text[h.Start:min(h.End, h.Start+80)], h.inner, h.outer, h.weak, h.against, h.why)
	}
}

func (c *inquiry) debug(list []*hit) {
	for _, h := range list {
		e := c.rules.Entries[h.entry]
		fmt.Println("LIST", e.ID, e.State, e.Explains, "by", h.by, "rank", c.ranksAsState(h), "weak", h.weak, "cur", currency(h), "stage", stage(h.inner), "why", h.why)
	}
}
