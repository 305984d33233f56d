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
		for _, x := range []struct{ n, s string }{{"log", samplelog.Log(2<<20, 7)}, {"json", samplelog.JSON(2<<20, 7)}} {
			text := x.s
			rounds, rh, reads, hit, follow, exact := 0, 0, 0, 0, 0, 0
			cnt := map[string]int{}
			ck := map[string]int{}
			for p := 0; p+32 < len(text); p += 16 {
				rounds++
				any := false
				for k := 0; k < 16; k += 2 {
					reads++
					v := load(text[p+k:])
					b := tb.Places[v*tb.Multiplier>>tb.Shift] & (tb.Places[load(text[p+k+2:])*tb.Multiplier>>tb.Shift] >> 8) & 255
					if b != 0 {
						any = true
						hit++
						{
							follow++
							idx := sort.Search(len(tb.Pieces), func(i int) bool { return tb.Pieces[i] >= v })
							ok := idx < len(tb.Pieces) && tb.Pieces[idx] == v
							if ok {
								exact++
								for _, r := range tb.Refs[tb.PieceRefs[idx]:tb.PieceRefs[idx+1]] {
									k := r >> 8
									ck[tb.Words[tb.WordEnds[k]:tb.WordEnds[k+1]]]++
								}
							}
							cnt[fmt.Sprintf("%q %v", text[p+k:p+k+4], ok)]++
						}
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
					fmt.Printf("   %s:%d", s, m[s])
				}
				fmt.Println()
			}
			used := 0
			for _, b := range tb.Places {
				b &= 255
				if b != 0 {
					used++
				}
			}
			fmt.Printf("%d %s keys %d used %.3f rounds hit %.3f reads hit %.4f follow %.4f exact %.4f\n", n, x.n, len(tb.Flags), float64(used)/float64(len(tb.Places)), float64(rh)/float64(rounds), float64(hit)/float64(reads), float64(follow)/float64(reads), float64(exact)/float64(reads))
			pr(cnt, 40)
			pr(ck, 40)
		}
	}
}
