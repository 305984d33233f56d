package filter

import (
	"fmt"
	"github.com/reasonbook/reasonbook/internal/match"
	"github.com/reasonbook/reasonbook/internal/samplelog"
	"sort"
	"strings"
	"testing"
)

func TestKinds(t *testing.T) {
	ps := samplelog.Phrases(1261)
	var ph [][]string
	for _, p := range ps {
		ph = append(ph, strings.Fields(match.Fold(p)))
	}
	tb := Compile(ph)
	n := map[string]int{}
	ex := map[string][]string{}
	for k := range tb.Keys {
		w := tb.Word(k)
		kind := "long"
		if !isASCII(w) {
			kind = "cjk"
		} else if len(w) < 5 {
			kind = fmt.Sprint(len(w))
		} else if len(w) < 7 {
			kind = "5-6"
		}
		n[kind]++
		ex[kind] = append(ex[kind], fmt.Sprintf("%s(%d: %s)", w, len(tb.PhrasesOf(k)), ps[tb.PhrasesOf(k)[0]]))
	}
	for k, v := range ex {
		sort.Slice(v, func(i, j int) bool { return len(v[i]) < len(v[j]) })
		fmt.Println(k, n[k], strings.Join(v[:min(25, len(v))], "; "))
	}
}
