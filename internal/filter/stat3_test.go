package filter
import ("testing";"fmt";"strings"
"github.com/reasonbook/reasonbook/internal/samplelog"
"github.com/reasonbook/reasonbook/internal/match")
func TestSplit(t *testing.T){
 for _,n:=range []int{1261,10000}{
 var ph [][]string
 for _,p:=range samplelog.Phrases(n){ph=append(ph,strings.Fields(match.Fold(p)))}
 tb:=Compile(ph)
 wild,lo,hi:=0,0,0
 for _,p:=range tb.Places{ if p&128!=0{wild++}; if p&127!=0{lo++}; if p>>8&127!=0{hi++}}
 N:=float64(len(tb.Places))
 fmt.Printf("n %d wild %.4f lo %.4f hi %.4f\n",n,float64(wild)/N,float64(lo)/N,float64(hi)/N)
 ex:=map[uint32]bool{}; for _,p:=range tb.Pieces{ex[p]=true}
 text:=samplelog.Log(2<<20,7)
 fr:=grams()
 var wf,wt,pf,pt,unk,total, wfu float64
 for p:=0;p+8<len(text);p+=2{ total++; v:=load(text[p:]); cl,_:=digitless(v); known:=fr[v]+fr[cl]>0
  if !known{unk++}
  a:=tb.Places[v*tb.Multiplier>>tb.Shift]; b:=tb.Places[load(text[p+2:])*tb.Multiplier>>tb.Shift]
  if a&128!=0 { if ex[v]{wt++}else{wf++; if !known{wfu++}} } else if a&(b>>8)&127!=0 { if ex[v]{pt++}else{pf++}} }
 fmt.Printf("wild false %.4f (unknown %.4f) wild true %.4f paired false %.4f true %.4f unknown grams %.4f\n",wf/total,wfu/total,wt/total,pf/total,pt/total,unk/total)
 }}
