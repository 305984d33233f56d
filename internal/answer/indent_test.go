package answer

import (
	"bytes"
	"encoding/json"
	"testing"
)

// FuzzIndent: what is printed is what encoding/json prints.
func FuzzIndent(f *testing.F) {
	for _, seed := range []string{`{}`, `[]`, `null`, `"\\"`, `{"a":[],"b":{},"c":[1,{"d":"e,:[]{}"}],"\"":"\\\"\\\\"}`, `[[[]]]`, `[-1.5e9,true,"\u2028 日本語"]`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		var value any
		if json.Unmarshal(source, &value) != nil {
			return
		}
		got, err := encode(value)
		if err != nil {
			t.Fatal(err)
		}
		var want bytes.Buffer
		e := json.NewEncoder(&want)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		if err := e.Encode(value); err != nil {
			t.Fatal(err)
		}
		if string(got) != want.String() {
			t.Errorf("%s\nwant\n%s", got, &want)
		}
	})
}
