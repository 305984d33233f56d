package filter

import (
	"fmt"
	"github.com/reasonbook/reasonbook/internal/match"
	"github.com/reasonbook/reasonbook/internal/samplelog"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

func cpu() time.Duration {
	var r syscall.Rusage
	syscall.Getrusage(1, &r)
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
func TestParts(t *testing.T) {
	runtime.LockOSThread()
	for _, n := range []int{0, 15, 1261} {
		var ph [][]string
		for _, p := range samplelog.Phrases(n) {
			ph = append(ph, strings.Fields(match.Fold(p)))
		}
		tb := Compile(ph)
		for _, x := range []struct{ n, s string }{{"log", samplelog.Log(16<<20, 7)}, {"json", samplelog.JSON(16<<20, 7)}, {"zh", samplelog.Chinese(16<<20, 7)}, {"ja", samplelog.Japanese(16<<20, 7)}} {
			text := x.s
			best := [6]time.Duration{}
			for i := range best {
				best[i] = time.Hour
			}
			var s State
			for range 5 {
				run := func(i int, f func(b, e int)) {
					a := cpu()
					for b := 0; b < len(text); b += 16 << 10 {
						s.spots = s.spots[:0]
						f(b, min(b+16<<10, len(text)))
					}
					best[i] = min(best[i], cpu()-a)
				}
				run(0, func(b, e int) { tb.pieces(text, b, min(b+16<<10, len(text)), &s) })
				s = State{}
				run(1, func(b, e int) { tb.marks(text, b, min(b+16<<10, len(text)), &s) })
				s = State{}
				w := wide{t: tb, text: text, s: &s}
				run(2, func(b, e int) { w.run(min(b+16<<10, len(text))) })
			}
			f := func(d time.Duration) string {
				return fmt.Sprintf("%.0f MB/s (%.2f ns/KB)", float64(len(text))/d.Seconds()/1e6, float64(d)/float64(len(text))*1000)
			}
			fmt.Println(n, x.n, "pieces", f(best[0]), "marks", f(best[1]), "wide", f(best[2]))
		}
	}
}
