package entry

// Entries explain and refine others, and nothing but a lint keeps them from doing
// so in circles, or on more ways than can be walked one by one. What is here goes
// each step once.

// circlesOf numbers the entries: two have the same number if each leads to the
// other, directly or not, by what next names. One has a number of its own, and
// yet is in a circle if it names itself. (These are the strongly connected
// components, by Tarjan's algorithm.)
func circlesOf(entries []*Entry, ids map[string]*Entry, next func(*Entry) []Ref) map[*Entry]int {
	type visit struct {
		order, lowest int
		open          bool // on the stack
	}
	visits := make(map[*Entry]*visit, len(entries))
	circles := make(map[*Entry]int, len(entries))
	var stack []*Entry
	var walk func(e *Entry) *visit
	walk = func(e *Entry) *visit {
		v := &visit{order: len(visits), lowest: len(visits), open: true}
		visits[e] = v
		stack = append(stack, e)
		for _, ref := range next(e) {
			above := ids[ref.Value]
			if above == nil {
				continue
			}
			if seen := visits[above]; seen == nil {
				v.lowest = min(v.lowest, walk(above).lowest)
			} else if seen.open {
				v.lowest = min(v.lowest, seen.order)
			}
		}
		for done := v.lowest != v.order; !done; {
			last := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			visits[last].open = false
			circles[last] = v.order
			done = last == e
		}
		return v
	}
	for _, e := range entries {
		if visits[e] == nil {
			walk(e)
		}
	}
	return circles
}
