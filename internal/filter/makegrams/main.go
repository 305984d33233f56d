// Command makegrams counts what ordinary logs consist of, for grams_common.txt
// and grams_rare.txt:
//
//	go run ./internal/filter/makegrams LOG... > internal/filter/grams.txt
//	cd internal/filter && awk '{ print > ($1 <= 24 ? "grams_common.txt" : "grams_rare.txt") }' grams.txt && rm grams.txt
//
// Every file counts the same, however long it is.
package main

import (
	"bufio"
	"cmp"
	"fmt"
	"math"
	"os"
	"slices"

	"github.com/reasonbook/reasonbook/internal/filter"
)

// most is how many are written.
const most = 10_000

// fixed is the share from which on digits stand for themselves: those of a year.
const fixed = 5e-5

func main() {
	share := map[string]float64{}
	for _, name := range os.Args[1:] {
		data, err := os.ReadFile(name)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		data = slices.DeleteFunc(data, func(c byte) bool { return c >= 0x80 || c == '\r' })
		n := len(data) - 3
		for i := range max(0, n) {
			share[filter.Gram(string(data[i:i+4]))] += 1 / float64(n*(len(os.Args)-1))
		}
	}
	for gram, n := range share { // digits that are not there always count together
		if class := filter.AnyDigit(gram); class != gram && n < fixed {
			delete(share, gram)
			share[class] += n
		}
	}
	var grams []string
	for gram := range share {
		grams = append(grams, gram)
	}
	slices.SortFunc(grams, func(a, b string) int { return cmp.Or(cmp.Compare(share[b], share[a]), cmp.Compare(a, b)) })
	grams = grams[:min(most, len(grams))]
	level := func(gram string) int { return int(math.Round(-2 * math.Log2(share[gram]))) }
	slices.SortFunc(grams, func(a, b string) int { return cmp.Or(cmp.Compare(level(a), level(b)), cmp.Compare(a, b)) })

	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	last := -1
	for _, gram := range grams {
		if l := level(gram); l != last {
			if last >= 0 {
				fmt.Fprintln(out)
			}
			fmt.Fprintf(out, "%d ", l)
			last = l
		}
		fmt.Fprint(out, gram)
	}
	fmt.Fprintln(out)
}
