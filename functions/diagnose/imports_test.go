package main

import (
	"os/exec"
	"strings"
	"testing"
)

// TestWithoutTemplates: the function for Lambda carries no engine for templates, which
// would add two megabytes and a fifth to its start.
func TestWithoutTemplates(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "-tags", lambdaTags, ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"html/template", "text/template"} {
		if strings.Contains("\n"+string(out), "\n"+path+"\n") {
			t.Errorf("the function imports %s", path)
		}
	}
}
