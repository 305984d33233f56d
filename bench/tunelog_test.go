package bench
import ("testing";"fmt";"runtime";"time"
"github.com/reasonbook/reasonbook/internal/filter"
"github.com/reasonbook/reasonbook/internal/samplelog")
func TestQuick(t *testing.T){
 runtime.LockOSThread()
 text:=samplelog.Log(4<<20,7)
 for _,n:=range []int{1261,10000}{
  tb:=compile(samplelog.Phrases(n))
  h,_:=NewHyperscan(samplelog.Phrases(n))
  bf,bh:=time.Hour,time.Hour
  var s filter.State
  for range 40 {
   a:=cpuTime(); s.Reset(); tb.Scan(text,0,len(text),&s,func(q filter.Spot)bool{return true}); bf=min(bf,cpuTime()-a)
   a=cpuTime(); h.Count(text); bh=min(bh,cpuTime()-a)
  }
  r:=func(d time.Duration)float64{return float64(len(text))/d.Seconds()/1e6}
  fmt.Printf("%d filter %.0f hs %.0f ratio %.2f\n",n,r(bf),r(bh),r(bf)/r(bh))
 }
}
