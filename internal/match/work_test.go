package match_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/reasonbook/reasonbook/internal/match"
)

// index returns an index of one entry with the patterns.
func index(t testing.TB, patterns ...string) *match.Index {
	t.Helper()
	tables, err := match.Compile([]match.Entry{{Patterns: patterns}})
	if err != nil {
		t.Fatal(err)
	}
	return match.New(tables)
}

const postStart = "PostStartHookError: command {command...} exited with {code:1..255}"

// crafted are texts made so that comparisons begin everywhere and fail late.
// perByte is what they may take: those over 32 are held by the limit alone.
var crafted = []struct {
	pattern, text string
	perByte       int
}{
	{postStart, "PostStartHookError: command x " + strings.Repeat(")", 400_000) + " y", 1},
	{postStart, strings.Repeat(strings.Repeat(")", 1000)+" PostStartHookError: command ", 100), 2},
	{postStart, strings.Repeat("PostStartHookError: command (x) ", 3000), 2},
	{"alpha {a...} beta {b...} gamma {c...} delta {d...} omega", strings.Repeat("alpha x beta y gamma z delta w ", 3000), 4},
	{"a {x...} b {y...} zzzzzzzzzzzz c", strings.Repeat("a b a b a b a b zzzzzzzzzzzz q ", 3000), 32},
	{"a {x...} b {y...} c {z...} zzzzzzzzzzzz d", strings.Repeat("a b a b c a b a b zzzzzzzzzzzz q ", 3000), 32},
	{"failed to {verb...} volume {volume...} for pod {pod}: {why...}", strings.Repeat("failed to volume ", 6000), 4},
	{"Error: {what...} in {file} at line {n:1..99999} of {module...} failed: {why...}", strings.Repeat("Error: x in y at line q of z in y at ", 3000), 32},
	{"pods", "no " + strings.Repeat("pods ", 20_000), 16},
	{"zzzz {x...} b", strings.Repeat("zzzz ", 20_000), 4},
	{"b {x...} zzzz", strings.Repeat("zzzz ", 20_000), 4},
	{"{n:1..9} insufficient {r}", strings.Repeat("insufficient,", 6000), match.WorkPerByte},
	{"failed: {x...}", strings.Repeat("no failed: ", 6000), match.WorkPerByte},
	{"failed: {x...}", strings.Repeat("no failed: "+strings.Repeat(`\`, 500)+`"`, 300), 8},
	{"failed: {x...}", strings.Repeat("no "+strings.Repeat(" ", 3000)+"failed: ", 50), 8},
}

func TestWorkOnCraftedTexts(t *testing.T) {
	for _, test := range crafted {
		work, reads, tokens, _ := match.Work(index(t, test.pattern), test.text)
		t.Logf("%6.2f a byte: %q on %.40q…", float64(work)/float64(len(test.text)), test.pattern, test.text)
		if limit := test.perByte*len(test.text) + match.WorkAtStart; work > limit {
			t.Errorf("%q on %.40q…: work %d for %d bytes, more than %d", test.pattern, test.text, work, len(test.text), limit)
		}
		if limit := match.ReadsPerByte*len(test.text) + 1000; reads > limit {
			t.Errorf("%q on %.40q…: %d tokens read of %d bytes, more than %d", test.pattern, test.text, reads, len(test.text), limit)
		}
		if tokens > 16<<10 {
			t.Errorf("%q on %.40q…: room for %d tokens", test.pattern, test.text, tokens)
		}
	}
}

// TestHitAfterCraftedText: what a crafted text costs is not taken from the
// ordinary line after it.
func TestHitAfterCraftedText(t *testing.T) {
	const line = `back-off 5m0s restarting failed container=app pod=cart-7d9f_shop(0a1b)`
	const want = `[{delay 5m0s} {container app} {instance cart-7d9f} {namespace shop} {uid 0a1b}]`
	for _, test := range crafted {
		text := test.text + "\n\nWarning BackOff kubelet " + line
		hits := index(t, test.pattern, "back-off {delay} restarting failed container={container} pod={instance}_{namespace}({uid})").Find(text)
		if !slices.ContainsFunc(hits, func(h match.Hit) bool {
			return h.Pattern == 1 && text[h.Start:h.End] == line && fmt.Sprint(h.Parameters) == want
		}) {
			t.Errorf("after %.40q…: %v", test.text, hits)
		}
	}
}

// randomBook returns patterns and a text of their words.
func randomBook(r *rand.Rand, size int) (patterns []string, text string) {
	words := []string{"a", "b", "failed", "pod", "no", "not", "in", "reason"}
	signs := []string{" ", " ", " ", ": ", ". ", " \"", "\" ", " (", ") ", "\n", ".", ")", "\\\"", ", "}
	for range 1 + r.IntN(6) {
		var p strings.Builder
		literal := r.IntN(4) > 0
		for n, parts := 0, 2+r.IntN(6); n < parts; n++ {
			if literal {
				p.WriteString(words[r.IntN(len(words))])
				p.WriteString([]string{" ", " ", ": ", " (", ` "`}[r.IntN(5)])
			} else {
				fmt.Fprintf(&p, []string{"{h%d...}", "{h%d}", "{h%d:1..9}"}[r.IntN(3)], n)
				p.WriteString([]string{" ", " ", ". ", ") ", `" `}[r.IntN(5)])
			}
			literal = !literal || r.IntN(3) == 0
		}
		if _, err := match.Holes(p.String()); err == nil {
			patterns = append(patterns, p.String())
		}
	}
	var b strings.Builder
	for b.Len() < size {
		b.WriteString(words[r.IntN(len(words))])
		b.WriteString(signs[r.IntN(len(signs))])
	}
	unit := b.String()
	if r.IntN(2) == 0 { // the same again and again
		unit = strings.Repeat(unit[:1+r.IntN(min(60, len(unit)))], size/30)
	}
	return patterns, unit
}

func checkWork(t *testing.T, patterns []string, text string) {
	t.Helper()
	work, reads, _, _ := match.Work(index(t, patterns...), text)
	if limit := match.WorkPerByte*len(text) + match.WorkAtStart; work > limit {
		t.Errorf("%q on %q: work %d for %d bytes, more than %d", patterns, text, work, len(text), limit)
	}
	if limit := match.ReadsPerByte*len(text) + 1000; reads > limit {
		t.Errorf("%q on %q: %d tokens read of %d bytes, more than %d", patterns, text, reads, len(text), limit)
	}
}

func TestWorkOnRandomBooks(t *testing.T) {
	for seed := range uint64(200) {
		patterns, text := randomBook(rand.New(rand.NewPCG(seed, 1)), 4000)
		checkWork(t, patterns, text)
	}
}

func FuzzWork(f *testing.F) {
	for seed := range uint64(20) {
		_, text := randomBook(rand.New(rand.NewPCG(seed, 1)), 100)
		f.Add(seed, text, uint16(100))
	}
	f.Fuzz(func(t *testing.T, seed uint64, text string, times uint16) {
		patterns, _ := randomBook(rand.New(rand.NewPCG(seed, 1)), 1)
		checkWork(t, patterns, strings.Repeat(text, min(int(times), 1+20_000/max(1, len(text)))))
	})
}

// TestFarFromTheBeginning: a text is read in parts; where they end makes no
// difference to what is found.
func TestFarFromTheBeginning(t *testing.T) {
	const text = `Failed to pull image "a/b:1": rpc error: code = NotFound desc = manifest for a/b:1 not found` + "\n" +
		"no CrashLoopBackOff, 3 Insufficient cpu, Readiness probe failed: {\"a\": \"b\"}\n" +
		"back-off 5m0s restarting failed container=app pod=cart-7d9f_shop(0a1b)\n"
	x := index(t, `Failed to pull image "{image}": {reason...} not found`)
	y := index(t, "CrashLoopBackOff", "{count:1..5000} Insufficient {resource}", "Readiness probe failed: {detail...}")
	z := index(t, "back-off {delay} restarting failed container={container} pod={instance}_{namespace}({uid})")
	for _, x := range []*match.Index{x, y, z} {
		want := x.Find(text)
		if len(want) == 0 {
			t.Fatal("no hit")
		}
		for words := 0; words < 6000; words += 97 {
			before := strings.Repeat("x, ", words) + "\n\n"
			got := x.Find(before + text + strings.Repeat("y ", 300))
			for i := range got {
				got[i].Start -= len(before)
				got[i].End -= len(before)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("behind %d words: -want +got:\n%s", words, diff)
			}
		}
	}
}

// TestMemory: neither many words nor a long one leave large buffers behind.
func TestMemory(t *testing.T) {
	x := index(t, "a {x...} b", "c")
	for _, text := range []string{strings.Repeat("a ", 1<<20), strings.Repeat("a\n", 1<<19), strings.Repeat("a", 2<<20), strings.Repeat("㍿", 1<<17)} {
		if _, _, tokens, folded := match.Work(x, text); tokens > 16<<10 || folded > 1<<20 {
			t.Errorf("%.10q…: room for %d tokens and %d bytes of a word", text, tokens, folded)
		}
	}
}

// endingContext ends when it has been asked a number of times.
type endingContext struct {
	context.Context
	asked, end int
}

func (c *endingContext) Err() error {
	if c.asked++; c.asked > c.end {
		return context.Canceled
	}
	return nil
}

func TestCancel(t *testing.T) {
	x := index(t, postStart, "{n:1..9} insufficient {r}")
	for name, text := range map[string]string{
		"words":       strings.Repeat("words ", 100_000),
		"comparisons": strings.Repeat("insufficient,", 10_000),
	} {
		for _, end := range []int{0, 1, 2} {
			ctx := &endingContext{t.Context(), 0, end}
			matches, err := x.Hits(ctx, text)
			if !errors.Is(err, context.Canceled) || matches != nil || ctx.asked != end+1 {
				t.Errorf("%s, context that ends after %d looks: %v, %v, %d looks", name, end, matches, err, ctx.asked)
			}
		}
	}
}

func TestRestIsBounded(t *testing.T) {
	x := index(t, "failed {why...} not found")
	for _, test := range []struct {
		between string
		want    bool
	}{
		{"a, b: (c)", true},
		{strings.Repeat("word ", 200), true},
		{strings.Repeat("w", match.MaxRest-20), true},
		{strings.Repeat("w", match.MaxRest+1), false},
		{strings.Repeat("w ", 300), false},
		{"a\nb", false},
		{": ?! ", false},
	} {
		text := "failed " + test.between + " not found"
		matches := x.Find(text)
		if got := len(matches) > 0; got != test.want {
			t.Errorf("%.20q… of %d bytes: match is %v", test.between, len(test.between), got)
		}
		if test.want && (len(matches) != 1 || matches[0].Parameters[0].Value != strings.TrimSpace(test.between)) {
			t.Errorf("%.20q…: %v", test.between, matches)
		}
	}
}

func TestCompileRefusesWhatCostsTooMuch(t *testing.T) {
	same := make([]string, 65)
	for i := range same {
		same[i] = fmt.Sprintf("exit code {code:%d..%d}", i, i)
	}
	for _, test := range []struct {
		patterns []string
		want     string
	}{
		{[]string{"a {b...} c {d...} e {f...} g {h...} i {j...}"}, "write {name} for those that take one word"},
		{[]string{strings.Repeat("word ", 65)}, `more than 64 words in a row, from "word word word" on: keep those`},
		{same, `no rarer words than "exit code": give this one words that the others lack`},
	} {
		_, err := match.Compile([]match.Entry{{}, {Patterns: test.patterns}})
		var bad *match.PatternError
		if !errors.As(err, &bad) || bad.Entry != 1 || bad.Pattern != test.patterns[len(test.patterns)-1] || !strings.Contains(bad.Err.Error(), test.want) {
			t.Errorf("Compile(%.60q): error %v, want one with %q", test.patterns, err, test.want)
		}
	}
	if _, err := match.Compile([]match.Entry{{Patterns: slices.Concat(same[1:], []string{strings.Repeat("word ", 64), "a {b...} c {d...} e {f...} g {h...}"})}}); err != nil {
		t.Error(err)
	}
}
