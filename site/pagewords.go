package site

import (
	"maps"
	"math"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/reasonbook/reasonbook/internal/book"
)

// functionWords are English words that stand on any page, whatever it is about.
var functionWords = strings.Fields(`
	about above after again alone already also always another anew away because been before behind below beside between both
	come comes could does done down each else elsewhere enough every exactly from gets give gives goes gone have here
	instead into itself just know later least like longer made make makes many more most mostly much must need needed never
	newer next nobody none nothing often older once ones only other others otherwise over same say says several should since
	some something such take takes taken tell tells than that their them then there these they this those under until
	usually very well were what when where whether which while whoever whole whose will with within without would your
`)

// pageWords returns the words of an entry's page, outside its commands, that
// the search knows.
func pageWords(l book.Language, text plainText) []string {
	seen := wordSets.Get().(map[string]bool)
	defer wordSets.Put(seen)
	clear(seen)
	note := func(text string, isStep bool) {
		for line := range strings.Lines(lowerLatin(text)) {
			// A step may begin with the word, but not with a command.
			if isStep || !strings.HasPrefix(strings.TrimSpace(line), "kubectl ") {
				lineWords(line, l, seen)
			}
			isStep = false
		}
	}
	note(text.meaning, false)
	note(text.confirm, false)
	for _, step := range text.steps {
		note(step, true)
	}
	for _, word := range functionWords {
		delete(seen, word)
	}
	return slices.AppendSeq(make([]string, 0, len(seen)), maps.Keys(seen))
}

// lowerLatin returns a text with its ASCII letters in lower case: no others make
// words that have a case.
func lowerLatin(text string) string {
	var lower strings.Builder
	lower.Grow(len(text))
	for i := range len(text) {
		c := text[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		lower.WriteByte(c)
	}
	return lower.String()
}

var wordSets = sync.Pool{New: func() any { return map[string]bool{} }}

// lineWords puts the words of a line in lower case into seen: Latin words of
// four characters or more and numbers of three digits, as exit codes are; of
// Japanese and Chinese short runs of one script, since text without spaces has
// no words to see.
func lineWords(line string, l book.Language, seen map[string]bool) {
	for i := 0; i < len(line); {
		script, size := scriptOf(line[i:], l)
		start, n := i, 1
		i += size
		switch script {
		case noWord:
			continue
		case latinWord:
			for i < len(line) && line[i] < utf8.RuneSelf && asciiScripts[line[i]] != noWord {
				i++
			}
			n = i - start
		default:
			for n < mostLength[script] && i < len(line) {
				next, size := scriptOf(line[i:], l)
				if next != script {
					break
				}
				i += size
				n++
			}
		}
		// 137 is a code, but 1370 or 137m is none.
		if n >= leastLength[script] && (script != number || n == 3 && !(start > 0 && ofLatinWord(line[start-1]) || i < len(line) && ofLatinWord(line[i]))) {
			seen[line[start:i]] = true
		}
	}
}

func ofLatinWord(c byte) bool { return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' }

// A script is what the characters of a word have in common.
type script int

const (
	noWord script = iota
	latinWord
	number
	katakana
	kanji // or hanzi
)

// How many characters a word of a script has.
var (
	leastLength = [...]int{latinWord: 4, number: 3, katakana: 3, kanji: 2}
	mostLength  = [...]int{number: math.MaxInt, katakana: 12, kanji: 4}
)

var asciiScripts = func() (scripts [utf8.RuneSelf]script) {
	for c := range scripts {
		switch {
		case 'a' <= c && c <= 'z':
			scripts[c] = latinWord
		case '0' <= c && c <= '9':
			scripts[c] = number
		}
	}
	return scripts
}()

// chineseParticles stand between words, and are part of few.
const chineseParticles = "的了在和是与或为则时请将把被由从到对中上下里可以即用有没不会要能也都这那该其个各而但并等及如果"

var isParticle = func() (is ['龠' - '一' + 1]bool) {
	for _, r := range chineseParticles {
		is[r-'一'] = true
	}
	return is
}()

// scriptOf returns the script of the first character of a text, and how many
// bytes that has.
func scriptOf(text string, l book.Language) (s script, size int) {
	if c := text[0]; c < utf8.RuneSelf {
		return asciiScripts[c], 1
	}
	r, size := utf8.DecodeRuneInString(text)
	switch {
	case 'ァ' <= r && r <= 'ヴ' || r == 'ー':
		s = katakana
	case '一' <= r && r <= '龠' && !(l == book.Chinese && isParticle[r-'一']):
		s = kanji
	}
	return s, size
}
