package coverage_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/entry"
	"github.com/reasonbook/reasonbook/kb"
)

// sentences are how people tell what the log of a container says that ends again
// and again.
var sentences = []string{
	"My pod is in CrashLoopBackOff and the log says: %s",
	"After the update the container keeps restarting with %s",
	"Back-off restarting failed container. The log has: %s",
	"The pod is in a crash loop, and kubectl logs shows %s",
	"Pod 状态为 CrashLoopBackOff，日志：%s",
	"容器一直重启，报错：%s",
	"ポッドが CrashLoopBackOff になり、ログには「%s」と出ています。",
	"コンテナが再起動を繰り返しています。%s",
}

// TestSentences puts the examples of log entries into such sentences: what names
// the cause alone names it there, too.
func TestSentences(t *testing.T) {
	entries, err := entry.Load(kb.Sources())
	if err != nil {
		t.Fatal(err)
	}
	told := 0
	for _, e := range entries {
		if e.Kind != book.Log {
			continue
		}
		for _, example := range e.Examples {
			line := strings.TrimSpace(example.Text)
			// A sentence holds a line, and no other sentence's quotes.
			if strings.Contains(line, "\n") || strings.ContainsAny(line, "`「」。") || len(line) > 250 {
				continue
			}
			for _, sentence := range sentences {
				told++
				text := strings.Replace(sentence, "%s", line, 1)
				found := answer(t, text)
				if !slices.ContainsFunc(found, func(ids []string) bool { return ids[0] == e.ID }) {
					t.Errorf("%s: %v for\n%s", e.ID, found, text)
				}
			}
		}
	}
	if told < 1000 {
		t.Errorf("only %d sentences", told)
	}
}
