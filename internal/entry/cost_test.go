package entry_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestCostOfPatterns: a pattern that could cost too much is a fault, with its
// line and what to write instead.
func TestCostOfPatterns(t *testing.T) {
	var same strings.Builder
	for i := range 65 {
		fmt.Fprintf(&same, "\n  - \"exit code {code:%d..%d}\"", i, i)
	}
	for _, test := range []struct{ patterns, want string }{
		{"\n  - PullFailed\n  - \"a {b...} c {d...} e {f...} g {h...} i {j...}\"", `image/pull-failed/entry.yaml:7: pattern: more than 4 holes of the form {name...}: write {name} for those that take one word`},
		{"\n  - \"" + strings.Repeat("word ", 65) + "\"", `image/pull-failed/entry.yaml:6: pattern: more than 64 words in a row`},
		{same.String(), `image/pull-failed/entry.yaml:70: pattern: more than 64 patterns have no rarer words than "exit code": give this one words that the others lack`},
	} {
		files := valid()
		source := files["image/pull-failed/entry.yaml"]
		before, after, _ := strings.Cut(source, "patterns:")
		_, after, _ = strings.Cut(after, "status:")
		files["image/pull-failed/entry.yaml"] = before + "patterns:" + test.patterns + "\nstatus:" + after
		_, err := load(files)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%.60q: faults lack %q:\n%v", test.patterns, test.want, err)
		}
	}
}
