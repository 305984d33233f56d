package match

import (
	"errors"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A piece is one part of a parsed pattern: literal words or a hole.
type piece struct {
	words  []string // literal: folded words
	cjk    bool     // literal: the first word is a CJK character
	dotted bool     // literal: nothing but dots and hyphens joins its words

	name   string // hole
	kind   itemKind
	lo, hi uint32 // itemNumber: what it may be
	open   string // signs the pattern has before the hole, apart from white space
	delim  string // the sign that ends the hole, if the pattern has one directly after it
	soft   string // the sign that ends the hole if the next literal follows it
}

// Holes returns the names of the holes of a pattern, in order. It returns the
// error that [Compile] would give for it.
func Holes(pattern string) ([]string, error) {
	pieces, err := parsePattern(pattern)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, p := range pieces {
		if p.kind != itemWords {
			names = append(names, p.name)
		}
	}
	return names, nil
}

// parsePattern cuts a pattern into pieces. Its form is described at [Entry].
func parsePattern(pattern string) ([]piece, error) {
	var pieces []piece
	literal := false // whether there is a literal word at all
	rest := pattern
	for rest != "" {
		at, hole, length, err := findHole(rest)
		if err != nil {
			return nil, err
		}
		text := rest
		if at >= 0 {
			text = rest[:at]
			rest = rest[at+length:]
		} else {
			rest = ""
		}

		words, first, last := literalWords(text)
		if len(words) > 0 {
			literal = true
		}
		if n := len(pieces); n > 0 {
			if err := endHole(&pieces[n-1], text, first, len(words) > 0, at >= 0); err != nil {
				return nil, err
			}
		}
		if len(words) > 0 {
			r, _ := utf8.DecodeRuneInString(words[0])
			pieces = append(pieces, piece{words: words, cjk: isCJK(r), dotted: len(words) > 1 && isDotted(text[first:last])})
		}
		if at < 0 {
			break
		}
		before := text[last:]
		if last == len(text) && len(words) > 0 {
			if r, _ := utf8.DecodeLastRuneInString(words[len(words)-1]); !isCJK(r) {
				return nil, errors.New("hole {" + hole.name + "} touches the word before it")
			}
		}
		if len(words) == 0 && len(pieces) > 0 {
			before = strings.TrimPrefix(before, pieces[len(pieces)-1].delim)
		}
		hole.open = signs(before)
		pieces = append(pieces, hole)
	}
	if !literal {
		return nil, errors.New("pattern has no literal word")
	}
	if pieces[0].kind == itemRest {
		return nil, errors.New("pattern begins with {" + pieces[0].name + "...}: leave it out, it takes nothing that the pattern needs")
	}
	if err := bounded(pieces); err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, p := range pieces {
		if p.kind != itemWords && seen[p.name] {
			return nil, errors.New("hole {" + p.name + "} stands twice")
		}
		seen[p.name] = true
	}
	return pieces, nil
}

// What a pattern may have, so that comparing it costs little wherever a text
// makes the comparison begin.
const (
	maxItems   = 32 // literals and holes
	maxRests   = 4  // {name...}
	maxLiteral = 64 // words in a row
	maxSame    = 64 // patterns with the same anchor
)

// bounded returns an error if comparing the pattern could cost too much.
func bounded(pieces []piece) error {
	if len(pieces) > maxItems {
		return errors.New("pattern has more than " + strconv.Itoa(maxItems) + " literals and holes: keep those that tell it from others")
	}
	rests := 0
	for _, p := range pieces {
		if p.kind == itemRest {
			rests++
		}
		if len(p.words) > maxLiteral {
			return errors.New("more than " + strconv.Itoa(maxLiteral) + " words in a row, from " + quote(strings.Join(p.words[:3], " ")) + " on: keep those that tell the message from others")
		}
	}
	if rests > maxRests {
		return errors.New("more than " + strconv.Itoa(maxRests) + " holes of the form {name...}: write {name} for those that take one word, or end the pattern earlier")
	}
	return nil
}

// endHole sets how the hole ends, from the text that follows it in the pattern.
func endHole(hole *piece, text string, first int, words, more bool) error {
	if hole.kind == itemWords {
		return nil
	}
	sep := text
	if words {
		sep = text[:first]
		if sep == "" {
			if r, _ := utf8.DecodeRuneInString(text); !isCJK(r) {
				return errors.New("hole {" + hole.name + "} touches the word after it")
			}
			return nil
		}
	}
	if hole.kind == itemRest {
		if !words && more {
			return errors.New("hole {" + hole.name + "...} needs a literal word after it, or the end of the pattern")
		}
		return nil
	}
	if !words && more && sep == "" {
		return errors.New("nothing stands between hole {" + hole.name + "} and the next one")
	}
	r, n := utf8.DecodeRuneInString(sep)
	if sep == "" || unicode.IsSpace(r) {
		return nil
	}
	if strings.ContainsFunc(sep, unicode.IsSpace) {
		// “{clb}. Service”: the space may be missing in the text.
		hole.soft = sep[:n]
		return nil
	}
	if strings.ContainsRune(`"'`+"`", r) {
		return nil // quotes are known to the hole itself
	}
	if !words && !more && strings.ContainsRune(".,:;!?。，：；！？…", r) {
		return nil // the end of a sentence
	}
	hole.delim = sep[:n]
	return nil
}

// literalWords returns the folded words of a literal and the bytes where the
// first begins and the last ends.
func literalWords(text string) (words []string, first, last int) {
	t := newTokenizer(text)
	for t.next() {
		word := string(t.folded)
		if len(words) == 0 {
			first = t.start
		}
		last = t.end
		words = append(words, word)
	}
	return words, first, last
}

// signs returns s without white space.
func signs(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// findHole finds the first hole of s. at is -1 if there is none.
func findHole(s string) (at int, hole piece, length int, err error) {
	for from := 0; ; {
		open := strings.IndexByte(s[from:], '{')
		if open < 0 {
			return -1, piece{}, 0, nil
		}
		open += from
		inside, _, ok := strings.Cut(s[open+1:], "}")
		if !ok || !looksLikeHole(inside) {
			from = open + 1 // a brace of the message itself
			continue
		}
		hole, err := parseHole(inside)
		return open, hole, len(inside) + 2, err
	}
}

func looksLikeHole(s string) bool {
	for i := range len(s) {
		c := s[i]
		if byteClass[c] != classWord && c != '.' && c != ':' && c != '-' {
			return false
		}
	}
	return s != ""
}

func parseHole(inside string) (piece, error) {
	bad := errors.New("{" + inside + "} is no hole: write {name}, {name...} or {name:1..255}, the name in small letters")
	hole := piece{kind: itemWord}
	name, limits, number := strings.Cut(inside, ":")
	if number {
		low, high, ok := strings.Cut(limits, "..")
		lo, lowOK := parseLimit(low)
		hi, highOK := parseLimit(high)
		if !ok || !lowOK || !highOK || lo > hi {
			return piece{}, bad
		}
		hole.kind, hole.lo, hole.hi = itemNumber, lo, hi
	} else if before, ok := strings.CutSuffix(name, "..."); ok {
		name, hole.kind = before, itemRest
	}
	for i := range len(name) {
		c := name[i]
		if !('a' <= c && c <= 'z' || i > 0 && (c == '_' || '0' <= c && c <= '9')) {
			return piece{}, bad
		}
	}
	if name == "" || name == "end" { // {end} belongs to kubectl's jsonpath
		return piece{}, bad
	}
	hole.name = name
	return hole, nil
}

// parseLimit reads a number of less than 31 bits. strconv, with its errors,
// weighs much in a browser.
func parseLimit(s string) (limit uint32, ok bool) {
	n := 0
	for i := range len(s) {
		if n = n*10 + int(s[i]-'0'); s[i] < '0' || s[i] > '9' || n >= 1<<31 {
			return 0, false
		}
	}
	return uint32(n), s != ""
}
