package bench
import ("testing";"fmt";"runtime";"time"
"github.com/reasonbook/reasonbook/internal/filter"
"github.com/reasonbook/reasonbook/internal/samplelog")
func TestTune(t *testing.T){
 runtime.LockOSThread()
 const size=8<<20
 texts:=[]struct{n,t string}{{"status","CrashLoopBackOff"},{"event",`Warning  BackOff  12s (x5 over 58s)  kubelet  back-off 5m0s restarting failed container=app pod=cart-7d9f_shop(0a1b-2c3d) and some more of it here`},
 {"log",samplelog.Log(size,7)},{"json",samplelog.JSON(size,7)},{"zh",samplelog.Chinese(size,7)},{"ja",samplelog.Japanese(size,7)},{"colour",samplelog.Coloured(size,7)}}
 for _,n:=range []int{15,1261,10000,100000}{
  tb:=compile(samplelog.Phrases(n))
  h,_:=NewHyperscan(samplelog.Phrases(min(n,10000)))
  fmt.Printf("%d: table %d KiB pieces %d keys %d foreign %v tiny %v\n",n,len(tb.Places)>>9,len(tb.Refs),len(tb.Keys),tb.Foreign,tb.Tiny)
  for _,x:=range texts{
   rep:=1; if len(x.t)<1000{rep=100000}
   bf,bh:=time.Hour,time.Hour; sp:=0; var w,looked int
   var s filter.State
   for range 5 {
    a:=cpuTime()
    for range rep {sp=0; looked=0; s.Reset(); tb.Scan(x.t,0,len(x.t),&s,func(q filter.Spot)bool{sp++; if q.Key<0{looked+=q.End-q.Start}; return true})}
    bf=min(bf,cpuTime()-a); w=s.Work
    a=cpuTime()
    for range rep {h.Count(x.t)}
    bh=min(bh,cpuTime()-a)
   }
   f:=func(d time.Duration)string{ if rep>1 {return fmt.Sprintf("%dns",int(d)/rep)}; return fmt.Sprintf("%.0fMB/s",float64(len(x.t))/d.Seconds()/1e6)}
   fmt.Printf("  %-7s %10s hs %10s ratio %.2f spots %d looked %d work/KB %.1f\n",x.n,f(bf),f(bh),float64(bh)/float64(bf),sp,looked,float64(w)*1000/float64(len(x.t)))
  }
 }
}
