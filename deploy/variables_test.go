package deploy_test

import (
	"go/parser"
	"go/token"
	"maps"
	"regexp"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/zclconf/go-cty/cty"
)

// TestVariables checks that both deployments set the variables that the function
// documents: all of them, and no others.
func TestVariables(t *testing.T) {
	const source = "../functions/diagnose/main.go"
	file, err := parser.ParseFile(token.NewFileSet(), source, nil, parser.ParseComments|parser.PackageClauseOnly)
	if err != nil {
		t.Fatal(err)
	}
	documented := regexp.MustCompile(`REASONBOOK_[A-Z_]+`).FindAllString(file.Doc.Text(), -1)
	if len(documented) == 0 {
		t.Fatalf("%s: the package comment documents no variables", source)
	}
	slices.Sort(documented)
	documented = slices.Compact(documented)

	sam := at(parse(t, read(t, templateFile)), "Resources.Diagnose.Properties.Environment.Variables").(map[string]any)
	if diff := cmp.Diff(documented, slices.Sorted(maps.Keys(sam))); diff != "" {
		t.Errorf("%s: -documented +set:\n%s", templateFile, diff)
	}

	c := loadTerraform(t)
	set := c.value(t, c["locals"].Attributes["environment"].Expr, map[string]cty.Value{
		"token": cty.StringVal("t"), "auth": cty.StringVal("none"), "site_url": cty.StringVal("https://book.example.com"),
		"report_url": cty.StringVal("https://book.example.com/?body={text}"),
	}).AsValueMap()
	if diff := cmp.Diff(documented, slices.Sorted(maps.Keys(set))); diff != "" {
		t.Errorf("tencent: -documented +set:\n%s", diff)
	}
}
