package filter

import (
	"fmt"
	"github.com/reasonbook/reasonbook/internal/match"
	"github.com/reasonbook/reasonbook/internal/samplelog"
	"sort"
	"strings"
	"testing"
)

func TestStat(t *testing.T) {
	for _, n := range []int{1261, 10000} {
		var ph [][]string
		for _, p := range samplelog.Phrases(n) {
			ph = append(ph, strings.Fields(match.Fold(p)))
		}
		tb := Compile(ph)
		text := samplelog.Log(2<<20, 7)
		look := func(v uint32) uint32 {
			m := uint32(len(tb.Slots) - 1)
			for i := slotHash(v) & m; ; i = (i + 1) & m {
				if tb.Slots[i] == 0 {
					return 0
				}
				if uint32(tb.Slots[i]) == v {
					return uint32(tb.Slots[i] >> 32)
				}
			}
		}
		var reads, rounds, rh, wf, wt, pf, pt float64
		ck := map[string]int{}
		cp := map[string]int{}
		for p := 0; p+32 < len(text); p += 16 {
			rounds++
			any := false
			for k := 0; k < 16; k += 2 {
				reads++
				v := load(text[p+k:])
				a := tb.Places[v*tb.Multiplier>>tb.Shift]
				b := a & (tb.Places[load(text[p+k+2:])*tb.Multiplier>>tb.Shift] >> 8) & 255
				if b == 0 {
					continue
				}
				any = true
				r := look(v)
				switch {
				case a&128 != 0 && r == 0:
					wf++
				case a&128 != 0:
					wt++
				case r == 0:
					pf++
				default:
					pt++
				}
				if r != 0 {
					cp[text[p+k:p+k+6]]++
					for r--; ; r++ {
						key := tb.Refs[r] >> 8
						ck[tb.Word(int(key))]++
						if tb.Refs[r]&refLast != 0 {
							break
						}
					}
				} else {
					cp["FALSE "+text[p+k:p+k+6]]++
				}
			}
			if any {
				rh++
			}
		}
		pr := func(m map[string]int, k int) {
			var ks []string
			for s := range m {
				ks = append(ks, s)
			}
			sort.Slice(ks, func(i, j int) bool { return m[ks[i]] > m[ks[j]] })
			for _, s := range ks[:min(k, len(ks))] {
				fmt.Printf("  %q:%d", s, m[s])
			}
			fmt.Println()
		}
		fmt.Printf("%d rounds hit %.3f; per read wild false %.4f true %.4f paired false %.4f true %.4f\n", n, rh/rounds, wf/reads, wt/reads, pf/reads, pt/reads)
		pr(cp, 60)
		pr(ck, 60)
	}
}
