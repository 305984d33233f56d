package answer

// jsonPrinter prints a [Document] part by part: indented, or, if it is dense,
// with a line for each diagnosis.
type jsonPrinter struct{ dense bool }

func (p *jsonPrinter) head(out *output, f *frame) error {
	if p.dense {
		out.add(`{"language":"`, f.language.String(), `","diagnoses":[`)
		return nil
	}
	out.add("{\n  \"language\": \"", f.language.String(), "\",\n  \"diagnoses\": [")
	return nil
}

func (p *jsonPrinter) diagnosis(out *output, d *diagnosisView) error {
	if d.number > 0 {
		out.add(",")
	}
	out.add("\n")
	doc := Diagnosis{Subject: d.subject, Subjects: d.subjects, Matches: make([]Match, 0, len(d.matches)), Ignored: d.ignored}
	if d.ignored == "" && len(d.matches) == 0 {
		doc.Note, doc.Next, doc.Causes = d.note, d.next, causesOf(d.causes)
		doc.Nearest = []string{}
		for _, e := range d.nearest {
			doc.Nearest = append(doc.Nearest, e.ID)
		}
	}
	for i := range d.matches {
		doc.Matches = append(doc.Matches, d.matches[i].document())
	}
	if !p.dense {
		out.add("    ")
	}
	return p.encode(out, "    ", doc)
}

func (p *jsonPrinter) tail(out *output, f *frame) error {
	if len(out.buf) > 0 {
		out.add("\n")
		if !p.dense {
			out.add("  ")
		}
	}
	out.add("]")
	if f.ignored != "" {
		if err := p.field(out, "ignored", f.ignored); err != nil {
			return err
		}
	}
	if f.note != "" {
		if err := p.field(out, "note", f.note); err != nil {
			return err
		}
	}
	if len(f.next) > 0 {
		if err := p.field(out, "next", f.next); err != nil {
			return err
		}
	}
	if len(f.errors) > 0 {
		if err := p.field(out, "errors", f.errors); err != nil {
			return err
		}
	}
	if f.discarded != nil {
		if err := p.field(out, "discarded", f.discarded); err != nil {
			return err
		}
	}
	if f.truncated != nil {
		if err := p.field(out, "truncated", f.truncated); err != nil {
			return err
		}
	}
	if !p.dense {
		out.add("\n")
	}
	out.add("}\n")
	return nil
}

// field adds a field of the document.
func (p *jsonPrinter) field(out *output, name string, value any) error {
	out.add(",\n")
	if !p.dense {
		out.add("  ")
	}
	out.add(`"`, name, `": `)
	return p.encode(out, "  ", value)
}

// encode adds a value; indent stands before its further lines.
func (p *jsonPrinter) encode(out *output, indent string, value any) error {
	buf, err := out.buf, error(nil)
	if p.dense {
		buf, err = appendCompact(buf, value)
	} else {
		buf, err = appendIndented(buf, value, indent)
	}
	if err != nil {
		return err
	}
	out.buf = buf[:len(buf)-1] // without its line feed
	return nil
}

// causesOf returns causes as JSON has them.
func causesOf(list []cause) (out []Cause) {
	for i := range list {
		out = append(out, Cause{list[i].ID, list[i].text.Title, list[i].page})
	}
	return out
}

// document returns a match as JSON has it.
func (m *matchView) document() Match {
	out := Match{
		ID: m.ID, Kind: m.Kind, Title: m.text.Title,
		Parameters: map[string]string{}, Evidence: m.evidence, URL: m.page,
	}
	for _, p := range m.parameters {
		out.Parameters[p.Name] = p.Value
	}
	for _, e := range m.alternatives {
		out.Alternatives = append(out.Alternatives, e.ID)
	}
	out.Causes, out.Why = causesOf(m.next), m.why
	values := m.values
	values.Changes = "" // programs ask for the texts alone
	if m.first != nil {
		out.Same = m.first.place()
	}
	if m.first == nil || m.again {
		out.Steps = make([]string, 0, len(m.text.Steps))
		for _, step := range m.text.Steps {
			out.Steps = append(out.Steps, step.Plain(values))
		}
	}
	if m.first == nil {
		out.Summary, out.Meaning = m.text.Summary, m.text.Meaning.Plain(values)
		out.Confirm = m.text.Confirm.Plain(values)
		for _, p := range m.text.Pictures {
			out.Pictures = append(out.Pictures, Picture(p))
		}
	}
	return out
}
