package deploy_test

import (
	"os"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclparse"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// TestTerraformConcurrency: as many requests as a user sets are served by each
// function that is deployed, the same number as on Lambda if none is set, and
// nothing is bounded where that is asked for.
func TestTerraformConcurrency(t *testing.T) {
	c := loadTerraform(t)
	lambda := at(parse(t, read(t, templateFile)), "Parameters.ReservedConcurrency.Default").(int)
	forms := func(list ...string) cty.Value {
		var values []cty.Value
		for _, form := range list {
			values = append(values, cty.StringVal(form))
		}
		return cty.SetVal(values)
	}
	for _, test := range []struct {
		name       string
		given      map[string]cty.Value
		event, web int64 // -1: no bound
	}{
		{"defaults", nil, -1, int64(lambda) * 128},
		{"both forms", map[string]cty.Value{"forms": forms("event", "web"), "memory": cty.NumberIntVal(256), "reserved_concurrency": cty.NumberIntVal(3)}, 768, 768},
		{"event alone", map[string]cty.Value{"forms": forms("event")}, int64(lambda) * 128, -1},
		{"off", map[string]cty.Value{"reserved_concurrency": cty.NumberIntVal(0)}, -1, 0},
		{"no bound", map[string]cty.Value{"forms": forms("event", "web"), "reserved_concurrency": cty.NumberIntVal(-1)}, -1, -1},
	} {
		given := map[string]cty.Value{"memory": cty.NumberIntVal(128)}
		for name, value := range test.given {
			given[name] = value
		}
		for form, want := range map[string]int64{"event": test.event, "web": test.web} {
			body := c["resource.tencentcloud_scf_reserved_concurrency_config."+form]
			if body == nil {
				t.Fatalf("%s: nothing bounds the function", form)
			}
			got := int64(-1)
			if count := c.number(t, body, "count", given); count == 1 {
				got = c.number(t, body, "reserved_concurrency_mem", given)
			} else if count != 0 {
				t.Errorf("%s, %s: %d bounds", test.name, form, count)
			}
			if got != want {
				t.Errorf("%s, %s: %d MB, want %d", test.name, form, got, want)
			}
			for _, argument := range []string{"function_name", "namespace"} {
				source := hclsyntax.Variables(body.Attributes[argument].Expr)
				if len(source) != 1 || source[0].RootName() != "tencentcloud_scf_function" || source[0][1].(hcl.TraverseAttr).Name != form {
					t.Errorf("%s: %s is that of another function", form, argument)
				}
			}
		}
	}
}

// number evaluates an argument that is a number of nothing but variables.
func (c configuration) number(t *testing.T, body *hclsyntax.Body, argument string, given map[string]cty.Value) int64 {
	t.Helper()
	variables := map[string]cty.Value{}
	for _, name := range []string{"forms", "memory", "reserved_concurrency"} {
		variables[name] = given[name]
		if variables[name] == cty.NilVal {
			variables[name] = c.value(t, c["variable."+name].Attributes["default"].Expr, nil)
		}
	}
	v, diagnostics := body.Attributes[argument].Expr.Value(&hcl.EvalContext{
		Variables: map[string]cty.Value{"var": cty.ObjectVal(variables)},
		Functions: map[string]function.Function{"contains": stdlib.ContainsFunc},
	})
	if diagnostics.HasErrors() {
		t.Fatal(diagnostics)
	}
	n, _ := v.AsBigFloat().Int64()
	return n
}

// TestTerraformLock: the checksums of both providers are pinned, or the README
// says how whoever deploys pins them before they trust a download.
func TestTerraformLock(t *testing.T) {
	const lock = "tencent/.terraform.lock.hcl"
	if ignored := read(t, "tencent/.gitignore"); strings.Contains(ignored, ".terraform.lock.hcl") {
		t.Error("Git would not keep the lock")
	}
	if _, err := os.Stat(lock); err != nil {
		for _, want := range []string{"terraform providers lock", "-platform=linux_amd64", ".terraform.lock.hcl", "-lockfile=readonly"} {
			if !strings.Contains(read(t, "tencent/README.md"), want) {
				t.Errorf("there is no %s, and the README does not say %q", lock, want)
			}
		}
		t.Logf("there is no %s: whoever deploys makes it", lock)
		return
	}
	file, diagnostics := hclparse.NewParser().ParseHCLFile(lock)
	if diagnostics.HasErrors() {
		t.Fatal(diagnostics)
	}
	locked := map[string]string{}
	for _, block := range file.Body.(*hclsyntax.Body).Blocks {
		hashes, diagnostics := block.Body.Attributes["hashes"].Expr.Value(nil)
		if diagnostics.HasErrors() {
			t.Fatal(diagnostics)
		}
		for _, hash := range hashes.AsValueSlice() {
			locked[block.Labels[0]] += hash.AsString() + " "
		}
	}
	for _, provider := range []string{"registry.terraform.io/tencentcloudstack/tencentcloud", "registry.terraform.io/hashicorp/local"} {
		if !strings.Contains(locked[provider], "zh:") {
			t.Errorf("%s: no checksums of %s", lock, provider)
		}
	}
}
