package match_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestImports: the matcher also runs in a browser, where these would cost more
// than all the rest.
func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	deps := strings.Fields(string(out))
	for _, path := range []string{"regexp", "fmt", "encoding/json", "net/http", "os", "context"} {
		if slices.Contains(deps, path) {
			t.Errorf("the import graph holds %s", path)
		}
	}
}
