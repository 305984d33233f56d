package bench
import ("testing";"github.com/reasonbook/reasonbook/internal/samplelog";"fmt";"time")
func TestHS(t *testing.T){
 text:=samplelog.Log(64<<20,7)
 for _,n:=range []int{15,1261,10000}{
  h,err:=NewHyperscan(samplelog.Phrases(n)); if err!=nil{t.Fatal(err)}
  best:=time.Hour; m:=0
  for range 5 { s:=time.Now(); m,_=h.Count(text); best=min(best,time.Since(s)) }
  fmt.Println(n,m,float64(len(text))/best.Seconds()/1e9,"GB/s")
  s:=time.Now(); for range 10000 {h.Count("CrashLoopBackOff")}; fmt.Println(time.Since(s)/10000)
 }
}
