package payload_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/payload"
)

// TestLists: what cannot be read in a list costs the others nothing and is told
// with its place; a list of nothing else is refused.
func TestLists(t *testing.T) {
	const pod = `{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a"},"status":{"reason":"Evicted"}}`
	for _, test := range []struct {
		name, body string
		cases      int
		places     string // of those that cannot be read
		refused    payload.ErrorCode
	}{
		{"array", `[{"reason":"x"},7,{"reason":5}]`, 1, "[1] [2]", ""},
		{"List", `{"kind":"List","apiVersion":"v1","items":[` + pod + `,7,{"status":7},{"status":{"conditions":7}}]}`, 1, "items[1] items[2] items[3]", ""},
		{"List in an array", ` [ {"kind":"List","apiVersion":"v1","items":[7,` + pod + `]} , 7 ] `, 1, "[0].items[0] [1]", ""},
		{"List in a field", `{"reason":"x","object":{"kind":"List","apiVersion":"v1","items":[7,` + pod + `]}}`, 1, "object.items[0]", ""},
		{"TEM", `{"Response":{"Result":{"PodList":[{"PodId":"a","Status":"Error"},7,{"PodId":5}]}}}`, 1, "Response.Result.PodList[1] Response.Result.PodList[2]", ""},
		{"equal ones are counted", `[{"reason":"x"}` + strings.Repeat(",7", 1000) + `]`, 1, "[1] [2] [3] [4] [5]+995", ""},
		{"array of nothing", `[7,7]`, 0, "", payload.UnknownForm},
		{"List of nothing", `{"kind":"List","apiVersion":"v1","items":[7]}`, 0, "", payload.UnknownForm},
		{"List in an array of nothing", `[{"kind":"List","apiVersion":"v1","items":[7]}]`, 0, "", payload.UnknownForm},
		{"List that is none", `{"kind":"List","apiVersion":"v1","items":7}`, 0, "", payload.UnknownForm},
		{"TEM of nothing", `{"Result":{"PodList":[7]}}`, 0, "", payload.UnknownForm},
		{"TEM without a list", `{"Result":{"PodList":7}}`, 0, "", payload.UnknownForm},
		{"more containers than any pod has", `{"kind":"Pod","apiVersion":"v1","status":{"containerStatuses":[{}` + strings.Repeat(",{}", 2000) + `]}}`, 0, "", payload.UnknownForm},
		{"more conditions than any object has", `{"kind":"Pod","apiVersion":"v1","status":{"conditions":[{}` + strings.Repeat(",{}", 2000) + `]}}`, 0, "", payload.UnknownForm},
		{"nulls", `{"kind":"Pod","apiVersion":"v1","items":null,"status":{"reason":"Evicted","conditions":null,"containerStatuses":null}}`, 1, "", ""},
		{"too many", "[" + strings.Repeat(`{"exitCode":1},`, payload.MaxCases+9) + `{"exitCode":1}]`, payload.MaxCases, fmt.Sprintf("[%d]+9", payload.MaxCases), ""},
		{"too many in a List", `{"kind":"List","apiVersion":"v1","items":[{}` + strings.Repeat(`,{}`, payload.MaxCases+9) + `]}`, payload.MaxCases, fmt.Sprintf("items[%d]+9", payload.MaxCases), ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			cases, err := payload.Read([]byte(test.body), "application/json")
			if test.refused != "" {
				if err == nil || err.Code != test.refused || err.Detail == "" {
					t.Errorf("%v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			good := 0
			var places []string
			for _, c := range cases {
				if c.Err == nil {
					good++
					continue
				}
				place := c.Place
				if c.More > 0 {
					place += fmt.Sprintf("+%d", c.More)
				}
				places = append(places, place)
				if strings.Contains(c.Err.Detail, c.Place) {
					t.Errorf("the detail repeats the place: %v", c.Err)
				}
			}
			if good != test.cases || strings.Join(places, " ") != test.places {
				t.Errorf("%d cases, errors at %v", good, places)
			}
		})
	}
}

// TestEventOfFullList: an event of a pod that was read still belongs to it when
// the list is full.
func TestEventOfFullList(t *testing.T) {
	body := `{"kind":"List","apiVersion":"v1","items":[{"kind":"Pod","metadata":{"name":"a"},"status":{"phase":"Pending"}}` +
		strings.Repeat(`,{"kind":"Pod"}`, payload.MaxCases) + `,{"kind":"Event","involvedObject":{"kind":"Pod","name":"a"},"reason":"Failed","message":"Error: ImagePullBackOff"}]}`
	cases, err := payload.Read([]byte(body), "")
	if err != nil {
		t.Fatal(err)
	}
	if c := cases[0]; c.Subject.Name != "a" || len(c.Texts) != 2 {
		t.Errorf("%+v", c)
	}
}
