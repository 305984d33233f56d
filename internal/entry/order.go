package entry

// Entries stand under others, and nothing but a lint keeps them from doing so
// in circles, or on more ways than can be walked one by one. What is here goes
// each step once.

// depthsOf returns how many entries stand above each, on the longest way. In a
// circle, which is a fault, that is some number.
func depthsOf(entries []*Entry) map[*Entry]int {
	ids := map[string]*Entry{}
	for _, e := range entries {
		ids[e.ID] = e
	}
	depths := make(map[*Entry]int, len(entries))
	var depth func(e *Entry) int
	depth = func(e *Entry) int {
		if known, ok := depths[e]; ok {
			return known
		}
		depths[e] = 0 // for the way back in a circle
		deepest := 0
		for _, ref := range e.Under {
			if above := ids[ref.Value]; above != nil {
				deepest = max(deepest, 1+depth(above))
			}
		}
		depths[e] = deepest
		return deepest
	}
	for _, e := range entries {
		depth(e)
	}
	return depths
}

// circlesOf numbers the entries: two have the same number if each stands under
// the other, directly or not. (These are the strongly connected components, by
// Tarjan's algorithm.)
func circlesOf(entries []*Entry, ids map[string]*Entry) map[*Entry]int {
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
		for _, ref := range e.Under {
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
