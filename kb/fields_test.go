package kb_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// A place is what a path has come to: the name of a type, "" for a text or
// number and "*" for anything, after "[]" for each list and "{}" for each map
// around it.

// follow returns what a path of fields leads to. lists tells whether an element
// of a list needs no index, as in kubectl explain.
func follow(place string, fields []string, lists bool) (string, error) {
	for _, field := range fields {
		if lists {
			place = strings.TrimLeft(place, "[]")
		}
		switch {
		case place == "*":
			return place, nil
		case strings.HasPrefix(place, "[]"):
			return "", fmt.Errorf("before %s stands what is a list", field)
		case strings.HasPrefix(place, "{}"):
			place = place[2:]
			continue
		}
		next, ok := knows().Types[place][field]
		if !ok {
			return "", fmt.Errorf("there is no field %s in %s", field, place)
		}
		place = next
	}
	return place, nil
}

var (
	field     = regexp.MustCompile(`^\.((?:[\w/-]|\\.)+)`)
	index     = regexp.MustCompile(`^\[(?:\*|-?\d+)\]`)
	condition = regexp.MustCompile(`^\[\?\(@((?:\.\w+)+)(?:==("[^"]*"|\d+))?\)\]`)
)

// walk returns what a path of jsonpath, such as .spec.containers[*].name, leads
// to from a place.
func walk(place, source string) (string, error) {
	for rest := source; rest != ""; {
		if m := field.FindStringSubmatch(rest); m != nil {
			var err error
			if place, err = follow(place, []string{m[1]}, false); err != nil {
				return "", err
			}
			rest = rest[len(m[0]):]
			continue
		}
		m := condition.FindStringSubmatch(rest)
		if m == nil {
			m = index.FindStringSubmatch(rest)
		}
		if m == nil {
			return "", fmt.Errorf("%s is no path", source)
		}
		switch {
		case place == "*":
		case !strings.HasPrefix(place, "[]"):
			return "", fmt.Errorf("%s: %s follows what is no list", source, m[0])
		default:
			place = place[2:]
		}
		if len(m) > 1 {
			if _, err := follow(place, strings.Split(m[1][1:], "."), false); err != nil {
				return "", err
			}
		}
		rest = rest[len(m[0]):]
	}
	return place, nil
}

// checkPaths checks a path of custom-columns or --sort-by in each type.
func checkPaths(types []string, source string) error {
	source = strings.TrimSuffix(strings.TrimPrefix(source, "{"), "}")
	for _, place := range types {
		if _, err := walk(place, source); err != nil {
			return err
		}
	}
	return nil
}

// checkTemplate checks a template of jsonpath for each type; in a list, the
// objects are its items.
func checkTemplate(types []string, list bool, source string) error {
	if types == nil { // of a controller
		types = []string{"*"}
	}
	for _, place := range types {
		at := []string{place} // where each range that is open has come to
		top := list
		for rest := source; ; {
			open := strings.IndexByte(rest, '{')
			if open < 0 {
				break
			}
			action, err := actionOf(rest[open+1:])
			if err != nil {
				return err
			}
			rest = rest[open+1+len(action)+1:]
			for _, word := range words.FindAllString(action, -1) {
				switch {
				case word == "end" && len(at) == 1:
					return fmt.Errorf("{end} without {range}")
				case word == "end":
					at = at[:len(at)-1]
				case word == "range", word[0] == '"':
				default:
					from, to := at[len(at)-1], word
					if top && len(at) == 1 {
						var items bool
						if to, items = strings.CutPrefix(word, ".items[*]"); !items {
							return fmt.Errorf("%s: there is no field %s in a list, only .items[*]", word, strings.TrimLeft(word, "."))
						}
					}
					found, err := walk(from, to)
					if err != nil {
						return err
					}
					if strings.HasPrefix(action, "range ") {
						at = append(at, found)
					}
				}
			}
		}
		if len(at) > 1 {
			return fmt.Errorf("{range} without {end}")
		}
	}
	return nil
}

var words = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|\[\?\([^)]*\)\]|(?:\[[^\]]*\]|[^\s"\[])+`)

// actionOf returns the source up to the } that ends an action.
func actionOf(source string) (string, error) {
	quoted := false
	for i := 0; i < len(source); i++ {
		switch c := source[i]; {
		case c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case c == '}' && !quoted:
			return source[:i], nil
		}
	}
	return "", fmt.Errorf("{%s without }", source)
}

// checkPatch checks that the fields of a patch exist in the first of the types.
func checkPatch(types []string, kind, patch string) error {
	var value any
	if err := json.Unmarshal([]byte(patch), &value); err != nil {
		return fmt.Errorf("the patch is no JSON: %v", err)
	}
	if len(types) == 0 {
		return nil
	}
	if kind != "json" {
		return checkFields(types[0], value)
	}
	list, _ := value.([]any)
	for _, op := range list {
		op, _ := op.(map[string]any)
		pointer, _ := op["path"].(string)
		place := types[0]
		for part := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
			if _, err := strconv.Atoi(part); (err == nil || part == "-") && strings.HasPrefix(place, "[]") {
				place = place[2:]
				continue
			}
			var err error
			if place, err = follow(place, []string{part}, false); err != nil {
				return err
			}
		}
	}
	return nil
}

func checkFields(place string, value any) error {
	switch value := value.(type) {
	case map[string]any:
		for name, inner := range value {
			next, err := follow(place, []string{name}, false)
			if err == nil {
				err = checkFields(next, inner)
			}
			if err != nil {
				return err
			}
		}
	case []any:
		for _, inner := range value {
			if err := checkFields(strings.TrimPrefix(place, "[]"), inner); err != nil {
				return err
			}
		}
	}
	return nil
}
