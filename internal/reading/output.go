package reading

import "strings"

// An output is a record that holds what a program left as it ended: its
// termination message, or the end of its log.
type output struct {
	record int
	start  int // byte of the text at which it begins
}

// isOutput reports whether the message of a container is one: it stands beside a
// reason that says no more than that the program ended.
func (r *reader) isOutput(it *item) bool {
	m := &r.doc.Records[it.message]
	for _, n := range it.records {
		if n >= len(r.doc.Records) || n == it.message {
			continue
		}
		if o := &r.doc.Records[n]; o.Status && o.Source == m.Source && max(o.Start-m.End, m.Start-o.End) <= maxBeside {
			switch o.Reason {
			case "Error", "OOMKilled", "Completed":
				return true
			}
		}
	}
	return false
}

// splitOutputs reads outputs as the logs that they are, line by line.
func (r *reader) splitOutputs() {
	if len(r.outputs) == 0 {
		return
	}
	d := r.doc
	at := map[int]int{}
	for _, o := range r.outputs {
		at[o.record] = o.start
	}
	var records []Record
	moved := make([]int, len(d.Records))
	for i, record := range d.Records {
		moved[i] = len(records)
		start, ok := at[i]
		if !ok {
			records = append(records, record)
			continue
		}
		r.block++
		log := &reader{doc: &Document{Text: d.Text}, subject: record.Subject, command: command{verb: "logs", container: record.Container}, form: inLog, block: r.block}
		for _, l := range pieces(d.Text, start, record.End) {
			if !l.blank() && !log.logLine(l) {
				log.logMessage(l, false)
			}
		}
		log.close()
		records = append(records, log.doc.Records...)
	}
	d.Records = records
	for i := range d.Derived {
		d.Derived[i].Record = moved[d.Derived[i].Record]
	}
}

// pieces cuts an output into lines, which stand below each other or, in JSON and
// in quotes, one behind the other with \n between them.
func pieces(text string, start, end int) (lines []textLine) {
	least := -1 // the indent of the block
	for pos := start; pos < end; {
		to, next := end, end
		if i := strings.IndexByte(text[pos:end], '\n'); i >= 0 {
			to, next = pos+i, pos+i+1
		}
		if i := strings.Index(text[pos:to], `\n`); i >= 0 {
			to, next = pos+i, pos+i+2
		}
		l := lineOf(text, pos, to)
		if first := text[l.start:l.end]; pos == start && len(first) < len("|+2") && strings.Trim(first, "|>-+") == "" { // the sign of a block
			l.end = l.start
		}
		if pos > start && text[pos-1] == '\n' && !l.blank() && (least < 0 || l.indent < least) {
			least = l.indent
		}
		lines = append(lines, l)
		pos = next
	}
	for i := range lines {
		lines[i].indent = max(0, lines[i].indent-max(0, least))
	}
	return lines
}
