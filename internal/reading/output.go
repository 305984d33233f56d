package reading

import "strings"

// isOutput reports whether the message of a container is what its program left as it
// ended, its termination message or the end of its log: it stands beside a reason
// that says no more than that.
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
	d := r.doc
	old := d.Records
	d.Records = nil
	moved := make([]int, len(old))
	for i := range old {
		record := &old[i]
		moved[i] = len(d.Records)
		if record.output == 0 {
			d.Records = append(d.Records, *record)
			continue
		}
		r.leave()
		r.form, r.subject = inLog, record.Subject
		r.command.verb, r.command.container = "logs", record.Container
		for _, l := range pieces(d.Text, record.output, record.End) {
			if !l.blank() && !r.logLine(l) {
				r.logMessage(l, false)
			}
		}
		r.close()
	}
	for i := range d.Derived {
		d.Derived[i].Record = moved[d.Derived[i].Record]
	}
}

// pieces cuts an output into lines, which stand below each other or, in JSON and
// in quotes, one behind the other with \n between them.
func pieces(text string, start, end int) (lines []textLine) {
	least := -1    // the indent of the block
	below := start // where the line ends that pos stands in
	for pos := start; pos < end; {
		if below <= pos {
			below = end
			if i := strings.IndexByte(text[pos:end], '\n'); i >= 0 {
				below = pos + i
			}
		}
		to, next := below, min(end, below+1)
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
