package entry

import (
	"strings"

	"github.com/reasonbook/reasonbook/internal/book"
)

// Scaffold returns the files of a new entry by name, each place that the author
// must fill in marked with [FillIn]. [Load] refuses them until that is done.
func Scaffold(kind book.Kind) map[string]string {
	explains, not := "", ""
	if kind != book.State {
		explains = "explains: [crash-loop-back-off] # " + FillIn + ": the entries that it brings about\n"
		not = "  - \"" + FillIn + " another one\"\n"
	}
	files := map[string]string{
		"entry.yaml": "kind: " + string(kind) + "\n" + explains + `frequency: occasional # ` + FillIn + `: common, occasional or rare
heals: never # ` + FillIn + `: alone, after-fix or never
waiting: harmful # ` + FillIn + `: safe or harmful
patterns:
  - "` + FillIn + ` the message, with holes such as {image}"
examples:
  - text: "` + FillIn + ` a real message that must give this entry"
    parameters: {image: "nginx:1.99"}
not:
  - "` + FillIn + ` a message that looks alike and must not give it"
` + not + `references:
  - title: "` + FillIn + `"
    url: https://kubernetes.io/docs/
`,
	}
	for _, l := range book.Languages {
		h := Headings[l]
		files[l.String()+".md"] = strings.NewReplacer("MEANING", h[MeaningSection], "CONFIRM", h[ConfirmSection], "STEPS", h[StepsSection],
			"PREVENT", h[PreventSection], "RELATED", h[RelatedSection], "COLON", l.Colon()).Replace(`# ` + FillIn + ` the reason as the console shows itCOLON` + FillIn + ` what that means

` + FillIn + `: the same in one line

## MEANING

` + FillIn + `: what is wrong, in words for someone who was just woken up.

## CONFIRM

` + "```sh read" + `
kubectl -n {namespace} describe pod {instance}
` + "```" + `

` + FillIn + `: what this shows when it is the cause.

## STEPS

1. ` + FillIn + `: the first thing to do.

   - TEM: **` + FillIn + `** > **` + FillIn + `**
   - kubectl:

     ` + "```sh read" + `
     kubectl -n {namespace} describe pod {instance}
     ` + "```" + `

2. ` + FillIn + `: how to tell that it is fixed.

## PREVENT

` + FillIn + `: what keeps it from coming back.

## RELATED

- [CrashLoopBackOff](crash-loop-back-off)COLON` + FillIn + `
`)
	}
	return files
}
