// Package samplelog makes texts and phrases for tests and benchmarks: logs of
// any length in which nothing fails, and books of any number of phrases. The
// same arguments always give the same result.
package samplelog

import (
	_ "embed"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
)

// phrasesText has one phrase a line: fixed parts of messages of Kubernetes,
// container runtimes, the JVM, databases and the like, as they print them.
//
//go:embed phrases.txt
var phrasesText string

// Phrases returns n different phrases as a book has them. The first 1,261 are
// messages of real programs; the others are made of the words of these, every
// second one with a name of its own, such as a reason or a class has.
func Phrases(n int) []string {
	list := strings.Split(strings.TrimSuffix(phrasesText, "\n"), "\n")
	if n <= len(list) {
		return list[:n:n]
	}
	var words []string
	for _, phrase := range list {
		for word := range strings.FieldsSeq(phrase) {
			if word = strings.Trim(word, ":,()"); word != "" && word[0] < 0x80 {
				words = append(words, word)
			}
		}
	}
	seen := map[string]bool{}
	for _, phrase := range list {
		seen[strings.ToLower(phrase)] = true
	}
	random := rand.New(rand.NewPCG(1261, 1))
	word := func() string { return words[random.IntN(len(words))] }
	for i := 0; len(list) < n; i++ {
		parts := make([]string, 3+random.IntN(4))
		for k := range parts {
			parts[k] = word()
		}
		if i%2 == 0 {
			var name strings.Builder
			for range 2 + random.IntN(2) {
				w := strings.Map(letters, word())
				if w != "" {
					name.WriteString(strings.ToUpper(w[:1]) + w[1:])
				}
			}
			parts[random.IntN(len(parts))] = name.String() + strconv.Itoa(random.IntN(100))
		}
		phrase := strings.Join(parts, " ")
		if !slices.ContainsFunc(parts, func(s string) bool { return len(s) > 4 }) {
			continue // as lint would have it
		}
		if key := strings.ToLower(phrase); !seen[key] {
			seen[key] = true
			list = append(list, phrase)
		}
	}
	return list
}

func letters(r rune) rune {
	if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
		return r
	}
	return -1
}

// Log returns size bytes, cut at the last line end, of the logs of healthy
// servers: lines of twenty sorts with times, numbers, ids and names that vary.
func Log(size int, seed uint64) string { return lines(size, seed, ordinary) }

// Chinese and Japanese return logs like those of [Log] as programs of these
// languages write them.
func Chinese(size int, seed uint64) string  { return lines(size, seed, chinese) }
func Japanese(size int, seed uint64) string { return lines(size, seed, japanese) }

// JSON returns a log of objects, many of which quote other objects, so that
// it is full of \" and \n.
func JSON(size int, seed uint64) string { return lines(size, seed, quoted) }

// Coloured returns a log with terminal colours in every line.
func Coloured(size int, seed uint64) string { return lines(size, seed, coloured) }

// lines repeats forms, at random. In a form %T is a time, %D a date and time of
// the older sort, %n a number, %i a small one, %h an id of hexadecimal digits,
// %u a UUID, %a an address, %s a service, %w a word, %p a path.
func lines(size int, seed uint64, forms []string) string {
	g := generator{random: rand.New(rand.NewPCG(seed, 20)), clock: 1_795_000_000_000}
	g.out.Grow(size)
	for {
		before := g.out.Len()
		g.line(forms[g.random.IntN(len(forms))])
		if g.out.Len() > size {
			return g.out.String()[:before]
		}
	}
}

type generator struct {
	out    strings.Builder
	random *rand.Rand
	clock  int64 // milliseconds
}

func (g *generator) line(form string) {
	g.clock += int64(g.random.IntN(40))
	for {
		before, rest, more := strings.Cut(form, "%")
		g.out.WriteString(before)
		if !more {
			break
		}
		g.field(rest[0])
		form = rest[1:]
	}
	g.out.WriteByte('\n')
}

func (g *generator) field(kind byte) {
	switch kind {
	case 'T':
		g.date('-')
		g.out.WriteByte('T')
		g.time()
		g.out.WriteString("." + pad(int(g.clock%1000), 3) + "Z")
	case 'D':
		g.date('/')
		g.out.WriteByte(' ')
		g.time()
	case 'n':
		g.out.WriteString(strconv.Itoa(g.random.IntN(1_000_000)))
	case 'i':
		g.out.WriteString(strconv.Itoa(g.random.IntN(100)))
	case 'h':
		g.hex(12)
	case 'u':
		for i, n := range [...]int{8, 4, 4, 4, 12} {
			if i > 0 {
				g.out.WriteByte('-')
			}
			g.hex(n)
		}
	case 'a':
		g.out.WriteString("10." + strconv.Itoa(g.random.IntN(256)) + "." + strconv.Itoa(g.random.IntN(256)) + "." + strconv.Itoa(g.random.IntN(256)))
	case 's':
		g.pick(services)
	case 'w':
		g.pick(words)
	case 'p':
		g.pick(paths)
	case '%':
		g.out.WriteByte('%')
	}
}

func (g *generator) pick(list []string) { g.out.WriteString(list[g.random.IntN(len(list))]) }

func (g *generator) date(sep byte) {
	day := int(g.clock / 86_400_000)
	g.out.WriteString("2026" + string(sep) + pad(1+day/28%12, 2) + string(sep) + pad(1+day%28, 2))
}

func (g *generator) time() {
	s := int(g.clock / 1000)
	g.out.WriteString(pad(s/3600%24, 2) + ":" + pad(s/60%60, 2) + ":" + pad(s%60, 2))
}

func (g *generator) hex(n int) {
	for range n {
		g.out.WriteByte("0123456789abcdef"[g.random.IntN(16)])
	}
}

func pad(n, width int) string {
	s := strconv.Itoa(n)
	for len(s) < width {
		s = "0" + s
	}
	return s
}
