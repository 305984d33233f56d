package evidence

import (
	"strings"

	"github.com/reasonbook/reasonbook/internal/reading"
)

// enumerated marks the states of messages that stand in a list of states, as
// rules and program code, agendas and indexes name them: three beside one
// another, or two as a pattern or as strings. An instance has one state at a
// time; that several fail is told otherwise.
func (c *inquiry) enumerated() {
	run := []int{}
	strict := false // two suffice
	end := func() {
		if len(run) > 2 || len(run) == 2 && strict {
			for _, i := range run {
				c.hits[i].against = "it stands in a list of states"
			}
		}
		run, strict = run[:0], false
	}
	for i := range c.hits {
		h := &c.hits[i]
		if h.against != "" || !h.state || h.record.Source != reading.Message {
			continue
		}
		if len(run) > 0 {
			last := &c.hits[run[len(run)-1]]
			if h.entry == last.entry && h.Start < last.End {
				continue
			}
			listed, quoted := false, false
			if h.record == last.record && h.Start >= last.literal {
				listed, quoted = isListed(c.doc.Text[last.literal:h.Start])
			}
			if !listed || h.entry == last.entry {
				end()
			}
			strict = strict || quoted
		}
		run = append(run, i)
	}
	end()
}

// listWords join the members of a list.
var listWords = words("and", "or", "as", "well", "both", "和", "或", "以及", "与", "や", "と", "または", "および", "red", "")

// isListed reports whether what stands between two states joins members of a
// list, and whether they are a pattern or strings of a program.
func isListed(gap string) (listed, quoted bool) {
	if len(gap) > 24 || strings.Contains(gap, "\n") && !strings.Contains(gap, "\n-") && !strings.Contains(strings.ReplaceAll(gap, " ", ""), "\n-") {
		return false, false
	}
	if strings.TrimSpace(gap) == "" {
		return false, false
	}
	word := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" ,|'\"`/、，\n-*()+&", r) {
			return ' '
		}
		return r
	}, gap)
	for _, w := range strings.Fields(word) {
		if !listWords[strings.ToLower(w)] {
			return false, false
		}
	}
	return true, strings.Contains(gap, "|") || strings.Contains(gap, `", "`) || strings.Contains(gap, `','`) || strings.Contains(gap, `', '`)
}

// code stands before the quotes of a phrase that a program or a pattern compares with.
var code = []string{"==", "!=", "=~", "|=", "|~", " case", "=>", "default"}

// isCode reports whether the words of a hit stand in program code or are a
// pattern themselves.
func isCode(text string, h *hit) bool {
	line := text[strings.LastIndexByte(text[:h.Start], '\n')+1 : h.Start]
	if strings.Contains(line, "grep ") {
		return true
	}
	before := strings.TrimRight(line[max(0, len(line)-40):], `"'`+"`/")
	if quoted := len(before) < min(len(line), 40); quoted {
		before = strings.TrimRight(before, " ")
		for _, sign := range code {
			if strings.HasSuffix(before, sign) {
				return true
			}
		}
		call, number := before, ""
		arguments, further := strings.CutSuffix(before, ",") // f(x, "…")
		if i := strings.LastIndexByte(before, '('); i >= 0 {
			call, number = before[:i], before[i+1:]
		}
		behind := text[h.literal:min(len(text), h.literal+2)]
		closed := behind == `")` || behind == `')`
		switch {
		case printed(call, arguments[min(len(call)+1, len(arguments)):]):
		case number == "" && len(call) < len(before) && call != "" && isWordByte(call[len(call)-1]), further && closed:
			return true
		}
	}
	around, _, _ := strings.Cut(text[h.Start:min(len(text), h.literal+patternReach)], "\n")
	for _, sign := range []string{`\d+`, `\S+`, `\w+`, "(.+)", "(.*)", ".*"} {
		if strings.Contains(around, sign) {
			return true
		}
	}
	around = line[max(0, len(line)-formatReach):] + around[:min(len(around), h.literal-h.Start+formatReach)]
	for _, sign := range []string{"%s", "%q", "%v", "%d"} {
		if strings.Contains(around, sign) {
			return true
		}
	}
	return isTemplate(around) || isMember(text, h)
}

// isTemplate reports whether a text has a field of a template. {{MY_NAMESPACE}} is
// none: people hide a name so.
func isTemplate(text string) bool {
	_, rest, ok := strings.Cut(text, "{{")
	name, _, closed := strings.Cut(rest, "}}")
	return ok && !(closed && name != "" && strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == "")
}

// printed reports whether an exception as a program prints it stands before a
// phrase, not a call in a program's source: “Error: (1049, "…”,
// “PermissionError(13, '…”, “[ConnectionError("…”.
func printed(call, number string) bool {
	name := strings.TrimRight(call, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.")
	exception := strings.HasSuffix(call, "Error") || strings.HasSuffix(call, "Exception")
	switch {
	case strings.Trim(number, "0123456789") != "":
		return false
	case name == call: // a bare tuple
		return number != ""
	}
	return exception && !strings.HasSuffix(name, "raise ") && !strings.HasSuffix(name, "new ") && !strings.HasSuffix(name, "return ")
}

// How far from a hit the signs of a pattern and of a format are looked for, in bytes.
const (
	patternReach = 48
	formatReach  = 12
)

// isMember reports whether a hit is all of an item of a list below a key, which
// stands in settings: no program reports a state so.
func isMember(text string, h *hit) bool {
	start := strings.LastIndexByte(text[:h.Start], '\n')
	if start < 0 || strings.Trim(text[start:h.Start], " \n\"'") != "-" {
		return false
	}
	if rest, _, _ := strings.Cut(text[h.End:], "\n"); strings.Trim(rest, " \"'\r") != "" {
		return false
	}
	key := text[strings.LastIndexByte(text[:start], '\n')+1 : start]
	name, ok := strings.CutSuffix(strings.TrimSpace(key), ":")
	return ok && name != "" && 'a' <= name[0] && name[0] <= 'z' && !strings.Contains(name, " ")
}
