package answer_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/answer"
	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/payload"
)

// TestErrors: items that cannot be read are told with their places; many of
// one kind are counted.
func TestErrors(t *testing.T) {
	body := `[{"reason":"CrashLoopBackOff"},0,{"what":"is this"}` + strings.Repeat(",0", 1000) + `,{"kind":"List","apiVersion":"v1","items":[{"metadata":5},` + pod("a", "Error", "") + `]}]`
	doc := document(t, body)
	if len(doc.Diagnoses) != 2 || doc.Diagnoses[1].Matches[0].ID != "error" {
		t.Errorf("the good items: %+v", doc.Diagnoses)
	}
	places := map[string]int{}
	more := 0
	for _, e := range doc.Errors {
		places[e.Place] = e.Status
		more += e.More
	}
	for _, place := range []string{"[1]", "[2]", "[3]", "[1003].items[0]"} {
		if places[place] != http.StatusUnprocessableEntity {
			t.Errorf("no error at %s: %v", place, places)
		}
	}
	if len(doc.Errors) > 20 || len(doc.Errors)+more != 1003 {
		t.Errorf("%d errors and %d more of 1003", len(doc.Errors), more)
	}
	if c := doc.Truncated.Errors; c == nil || c.Total != 1003 || c.Shown != len(doc.Errors) {
		t.Errorf("truncated: %+v", doc.Truncated)
	}
	for l, said := range map[book.Language][]string{
		book.English:  {"Cannot be read", "[1]: the item is a number, but must be an object", "more: the item is a number, but must be an object", "Of 1003 items that cannot be read"},
		book.Japanese: {"読み取れません", "[1]：リクエストの形式を判別できません", "ほか996件：", "読み取れない項目1003件"},
		book.Chinese:  {"无法读取", "[1]：无法识别请求的格式", "及另外 996 项：", "共有 1003 项无法读取"},
	} {
		for _, format := range []answer.Format{answer.Text, answer.Markdown, answer.HTML} {
			out := strings.ReplaceAll(write(t, body, format, l), `\[`, "[")
			out = strings.ReplaceAll(out, `\]`, "]")
			for _, want := range said {
				if !strings.Contains(out, want) {
					t.Errorf("%s, %s lacks %q", format, l, want)
				}
			}
		}
	}
}

// TestTooManyItems: instances beyond the limit are counted, not forgotten.
func TestTooManyItems(t *testing.T) {
	const n = payload.MaxCases + 500
	doc := document(t, "["+strings.Repeat(`{"reason":"Running"},`, n-1)+`{"reason":"Running"}]`)
	if len(doc.Errors) != 1 || doc.Errors[0].Status != http.StatusRequestEntityTooLarge || doc.Errors[0].Place != fmt.Sprintf("[%d]", payload.MaxCases) || doc.Errors[0].More != 499 {
		t.Errorf("errors: %+v", doc.Errors)
	}
	if doc.Ignored != "" {
		t.Error("nothing is failing, it says, of items that were not read")
	}
}
