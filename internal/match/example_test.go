package match_test

import (
	"fmt"

	"github.com/reasonbook/reasonbook/internal/match"
)

func Example() {
	tables, err := match.Compile([]match.Entry{
		{Patterns: []string{"ImagePullBackOff", `Back-off pulling image "{image}"`}},
		{Rank: 1, Patterns: []string{`pull access denied for {repository}`}},
	})
	if err != nil {
		panic(err)
	}
	index := match.New(tables)
	text := `Failed to pull image "shop/cart:1": pull access denied for shop/cart, repository does not exist. Error: ImagePullBackOff`
	for _, m := range index.Match(text) {
		fmt.Printf("entry %d: %q %v\n", m.Entry, text[m.Start:m.End], m.Parameters)
	}
	// Output:
	// entry 1: "pull access denied for shop/cart" [{repository shop/cart}]
	// entry 0: "ImagePullBackOff" []
}
