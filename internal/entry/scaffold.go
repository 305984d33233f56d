package entry

import (
	"strings"

	"github.com/reasonbook/reasonbook/internal/book"
)

// Scaffold returns the files of a new entry by name, each place that the author
// must fill in marked with [FillIn]. [Load] refuses them until that is done.
func Scaffold(kind book.Kind) map[string]string {
	under := ""
	if kind != book.State {
		under = "under: [crash-loop-back-off] # " + FillIn + ": the states that it explains\n"
	}
	files := map[string]string{
		"entry.yaml": "kind: " + string(kind) + "\n" + under + `patterns:
  - "` + FillIn + ` the message, with holes such as {image}"
examples:
  - text: "` + FillIn + ` a real message that must give this entry"
    parameters: {image: "nginx:1.99"}
not:
  - "` + FillIn + ` a message that looks alike and must not give it"
references:
  - title: "` + FillIn + `"
    url: https://kubernetes.io/docs/
`,
	}
	for _, l := range book.Languages {
		h := Headings[l]
		files[l.String()+".md"] = strings.NewReplacer("MEANING", h[0], "STEPS", h[1], "RELATED", h[2], "COLON", colon(l)).Replace(`# ` + FillIn + ` the reason as the console shows itCOLON` + FillIn + ` what that means

## MEANING

` + FillIn + `: what is wrong, in words for someone who was just woken up.

## STEPS

1. ` + FillIn + `: the first thing to do.

   - TEM: **` + FillIn + `** > **` + FillIn + `**
   - kubectl:

     ` + "```sh" + `
     kubectl -n {namespace} describe pod {instance}
     ` + "```" + `

2. ` + FillIn + `: how to tell that it is fixed.

## RELATED

- [CrashLoopBackOff](crash-loop-back-off)COLON` + FillIn + `
`)
	}
	return files
}

func colon(l book.Language) string {
	if l == book.English {
		return ": "
	}
	return "："
}
