package match_test

import (
	"context"
	"fmt"

	"github.com/reasonbook/reasonbook/internal/match"
)

func Example() {
	tables, err := match.Compile([]match.Entry{
		{Patterns: []string{"ImagePullBackOff", `Back-off pulling image "{image}"`}},
		{Patterns: []string{`pull access denied for {repository}`}},
	})
	if err != nil {
		panic(err)
	}
	index := match.New(tables)
	text := `Failed to pull image "shop/cart:1": pull access denied for shop/cart, repository does not exist. Error: ImagePullBackOff`
	hits, err := index.Hits(context.Background(), text)
	if err != nil {
		panic(err)
	}
	for _, h := range hits {
		fmt.Printf("entry %d: %q %v\n", tables.Patterns[h.Pattern].Entry, text[h.Start:h.End], h.Parameters)
	}
	// Output:
	// entry 1: "pull access denied for shop/cart" [{repository shop/cart}]
	// entry 0: "ImagePullBackOff" []
}
