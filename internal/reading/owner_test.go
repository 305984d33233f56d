package reading_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/reading"
)

// TestOwners: a Pod belongs to what would have named it, a ReplicaSet and its
// Deployment, and to nothing beyond that, however its name goes on.
func TestOwners(t *testing.T) {
	for _, test := range []struct {
		subject reading.Subject
		want    string
	}{
		{reading.Subject{Kind: "Pod", Name: "desk-84c7f6b9d8-x2x4z"}, "desk-84c7f6b9d8 desk"},
		{reading.Subject{Kind: "Pod", Name: "shelf-0"}, "shelf"},
		{reading.Subject{Kind: "Pod", Name: "a-bcdfgh-bcdfgh-bcdfgh-bcdfgh"}, "a-bcdfgh-bcdfgh-bcdfgh a-bcdfgh-bcdfgh"},
		{reading.Subject{Kind: "Pod", Name: "desk-1", Owner: "Job/till", Workload: "Job/till"}, "till till"},
		{reading.Subject{Kind: "ReplicaSet", Name: "desk-84c7f6b9d8"}, "desk"},
		{reading.Subject{Kind: "Node", Name: "n-7"}, ""},
	} {
		named := slices.DeleteFunc(test.subject.Owners(), func(name string) bool { return name == "" })
		if got := strings.Join(named, " "); got != test.want {
			t.Errorf("%s: %s, want %s", test.subject.Name, got, test.want)
		}
	}
}
