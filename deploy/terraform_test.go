package deploy_test

import (
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclparse"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

const bootstrapFile = "tencent/scf_bootstrap"

// arguments are those that we use of what the providers document: tencentcloud
// 1.83.25 (website/docs/r/scf_function, scf_trigger,
// scf_reserved_concurrency_config) and local 2.5 (file).
// count is Terraform's own.
var arguments = map[string]string{
	"tencentcloud_scf_function":                    "count name namespace description func_type runtime handler zip_file mem_size timeout environment cls_logset_id cls_topic_id enable_public_net",
	"tencentcloud_scf_trigger":                     "count function_name namespace type trigger_desc qualifier enable",
	"tencentcloud_scf_reserved_concurrency_config": "count function_name namespace reserved_concurrency_mem",
	"local_file": "for_each source filename file_permission",
}

// A configuration is all blocks of a Terraform folder, by type and labels:
// "variable.token", "resource.tencentcloud_scf_function.web".
type configuration map[string]*hclsyntax.Body

func loadTerraform(t *testing.T) configuration {
	t.Helper()
	files, err := filepath.Glob("tencent/*.tf")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files of Terraform: %v", err)
	}
	all := configuration{"locals": {Attributes: hclsyntax.Attributes{}}}
	parser := hclparse.NewParser()
	for _, name := range files {
		file, diagnostics := parser.ParseHCLFile(name)
		if len(diagnostics) > 0 {
			t.Fatal(diagnostics)
		}
		for _, block := range file.Body.(*hclsyntax.Body).Blocks {
			if block.Type == "locals" { // there may be several
				maps.Copy(all["locals"].Attributes, block.Body.Attributes)
				continue
			}
			key := strings.Join(append([]string{block.Type}, block.Labels...), ".")
			if _, ok := all[key]; ok {
				t.Errorf("%s: a second %s", name, key)
			}
			all[key] = block.Body
		}
	}
	return all
}

// value evaluates an attribute. Variables have their defaults, or what is given.
func (c configuration) value(t *testing.T, expr hcl.Expression, given map[string]cty.Value) cty.Value {
	t.Helper()
	variables := map[string]cty.Value{}
	for key, body := range c {
		if name, ok := strings.CutPrefix(key, "variable."); ok {
			v, diagnostics := body.Attributes["default"].Expr.Value(nil)
			if diagnostics.HasErrors() {
				t.Fatal(diagnostics)
			}
			variables[name] = v
		}
	}
	maps.Copy(variables, given)
	v, diagnostics := expr.Value(&hcl.EvalContext{
		Variables: map[string]cty.Value{
			"var": cty.ObjectVal(variables),
			// Stand-ins for what only Terraform knows.
			"local": cty.ObjectVal(map[string]cty.Value{"environment": cty.StringVal("the environment")}),
			"local_file": cty.ObjectVal(map[string]cty.Value{"zip": cty.ObjectVal(map[string]cty.Value{
				"event": cty.ObjectVal(map[string]cty.Value{"filename": cty.StringVal("scf-event.zip")}),
				"web":   cty.ObjectVal(map[string]cty.Value{"filename": cty.StringVal("scf-web.zip")}),
			})}),
		},
		Functions: map[string]function.Function{"jsonencode": stdlib.JSONEncodeFunc},
	})
	if diagnostics.HasErrors() {
		t.Fatal(diagnostics)
	}
	return v
}

// text evaluates an argument of a resource that is a string.
func (c configuration) text(t *testing.T, resource, name string) string {
	t.Helper()
	attribute := c["resource."+resource].Attributes[name]
	if attribute == nil {
		t.Fatalf("%s has no %s", resource, name)
	}
	return c.value(t, attribute.Expr, nil).AsString()
}

func TestTerraform(t *testing.T) {
	c := loadTerraform(t)
	for _, test := range []struct{ resource, argument, want string }{
		{"tencentcloud_scf_function.event", "func_type", "Event"},
		{"tencentcloud_scf_function.event", "runtime", "Go1"},
		{"tencentcloud_scf_function.event", "handler", "main"},
		{"tencentcloud_scf_function.web", "func_type", "HTTP"},
		{"tencentcloud_scf_function.web", "runtime", "Go1"},
		{"tencentcloud_scf_function.web", "handler", filepath.Base(bootstrapFile)},
		{"tencentcloud_scf_trigger.web", "type", "http"},
		{"tencentcloud_scf_trigger.web", "qualifier", "$LATEST"},
		{"tencentcloud_scf_trigger.web", "enable", "OPEN"},
	} {
		if got := c.text(t, test.resource, test.argument); got != test.want {
			t.Errorf("%s: %s is %q, want %q", test.resource, test.argument, got, test.want)
		}
	}

	var description any
	if err := json.Unmarshal([]byte(c.text(t, "tencentcloud_scf_trigger.web", "trigger_desc")), &description); err != nil {
		t.Fatalf("trigger_desc: %v", err)
	}
	want := map[string]any{"AuthType": "NONE", "NetConfig": map[string]any{"EnableIntranet": true, "EnableExtranet": true}}
	if diff := cmp.Diff(any(want), description); diff != "" {
		t.Errorf("trigger_desc: -want +got:\n%s", diff)
	}

	if sensitive := c["variable.token"].Attributes["sensitive"]; sensitive == nil || c.value(t, sensitive.Expr, nil).False() {
		t.Error("the token is not sensitive")
	}
}

// TestTerraformSettings checks that what a user sets gets to the functions, and
// that each has its own zip.
func TestTerraformSettings(t *testing.T) {
	c := loadTerraform(t)
	given := map[string]cty.Value{
		"name":          cty.StringVal("book"),
		"namespace":     cty.StringVal("ops"),
		"memory":        cty.NumberIntVal(512),
		"timeout":       cty.NumberIntVal(20),
		"cls_logset_id": cty.StringVal("a log set"),
		"cls_topic_id":  cty.StringVal("a topic"),
	}
	for _, form := range []string{"event", "web"} {
		for argument, want := range map[string]cty.Value{
			"name":          cty.StringVal("book-" + form),
			"namespace":     given["namespace"],
			"mem_size":      given["memory"],
			"timeout":       given["timeout"],
			"cls_logset_id": given["cls_logset_id"],
			"cls_topic_id":  given["cls_topic_id"],
			"environment":   cty.StringVal("the environment"),
			"zip_file":      cty.StringVal("scf-" + form + ".zip"),
		} {
			attribute := c["resource.tencentcloud_scf_function."+form].Attributes[argument]
			if attribute == nil {
				t.Errorf("%s has no %s", form, argument)
			} else if got := c.value(t, attribute.Expr, given); !got.RawEquals(want) {
				t.Errorf("%s: %s is %#v, want %#v", form, argument, got, want)
			}
		}
	}

	for _, block := range c["terraform"].Blocks {
		provider := c.value(t, block.Body.Attributes["tencentcloud"].Expr, nil)
		// An older one has no tencentcloud_scf_trigger.
		if got, want := provider.GetAttr("version").AsString(), "~> 1.83, >= 1.83.16"; got != want {
			t.Errorf("the provider's version is %q, want %q", got, want)
		}
	}
}

// TestTerraformLocals checks what the functions are made of.
func TestTerraformLocals(t *testing.T) {
	c := loadTerraform(t)
	local := func(name string, given map[string]cty.Value) map[string]string {
		t.Helper()
		all := map[string]string{}
		for key, v := range c.value(t, c["locals"].Attributes[name].Expr, given).AsValueMap() {
			all[key] = v.AsString()
		}
		return all
	}
	for _, test := range []struct {
		name  string
		given map[string]cty.Value
		want  map[string]string
	}{
		{"zips", map[string]cty.Value{"forms": cty.SetVal([]cty.Value{cty.StringVal("event"), cty.StringVal("web")})}, map[string]string{
			"event": "../../dist/scf-event.zip",
			"web":   "../../dist/scf-web.zip",
		}},
		{"zips", nil, map[string]string{"web": "../../dist/scf-web.zip"}},
		// SCF refuses variables without a value.
		{"environment", nil, map[string]string{}},
		{"environment", map[string]cty.Value{
			"token": cty.StringVal("t"), "auth": cty.StringVal("none"), "site_url": cty.StringVal("https://book.example.com"),
			"report_url": cty.StringVal("https://book.example.com/?body={text}"),
		}, map[string]string{
			"REASONBOOK_TOKEN": "t", "REASONBOOK_AUTH": "none", "REASONBOOK_SITE_URL": "https://book.example.com",
			"REASONBOOK_REPORT_URL": "https://book.example.com/?body={text}",
		}},
	} {
		if diff := cmp.Diff(test.want, local(test.name, test.given)); diff != "" {
			t.Errorf("local.%s, given %v: -want +got:\n%s", test.name, test.given, diff)
		}
	}
}

// TestTerraformNames checks that every argument, variable, local value and
// resource that is named exists, and that everything declared is used.
func TestTerraformNames(t *testing.T) {
	c := loadTerraform(t)
	declared := map[string]bool{}
	for name := range c["locals"].Attributes {
		declared["local."+name] = true
	}
	for key, body := range c {
		kind, rest, _ := strings.Cut(key, ".")
		switch kind {
		case "variable":
			declared["var."+rest] = true
		case "resource":
			declared[rest] = true
			resource, _, _ := strings.Cut(rest, ".")
			for name := range body.Attributes {
				if !slices.Contains(strings.Fields(arguments[resource]), name) {
					t.Errorf("%s: %s has no argument %s", key, resource, name)
				}
			}
			for _, block := range body.Blocks {
				t.Errorf("%s: %s is not expected to have a block %s", key, resource, block.Type)
			}
		}
	}

	used := map[string]bool{}
	for key, body := range c {
		hclsyntax.VisitAll(body, func(node hclsyntax.Node) hcl.Diagnostics {
			traversal, ok := node.(*hclsyntax.ScopeTraversalExpr)
			if !ok || len(traversal.Traversal) < 2 {
				return nil // the variable of a "for"
			}
			attribute, ok := traversal.Traversal[1].(hcl.TraverseAttr)
			if !ok {
				return nil
			}
			switch root := traversal.Traversal.RootName(); {
			case root == "var", root == "local", arguments[root] != "":
				name := root + "." + attribute.Name
				if !declared[name] {
					t.Errorf("%s, %s: there is no %s", key, traversal.SrcRange, name)
				}
				if key != "variable."+attribute.Name { // its own validation does not count
					used[name] = true
				}
			}
			return nil
		})
	}
	for name := range declared {
		if !used[name] && !strings.HasPrefix(name, "tencentcloud_scf_trigger.") && !strings.HasPrefix(name, "tencentcloud_scf_reserved_concurrency_config.") {
			t.Errorf("%s is not used", name)
		}
	}
}

// TestTerraformFormat does what terraform fmt -check does.
func TestTerraformFormat(t *testing.T) {
	files, err := filepath.Glob("tencent/*.tf")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files of Terraform: %v", err)
	}
	for _, name := range files {
		source := read(t, name)
		if diff := cmp.Diff(source, string(hclwrite.Format([]byte(source)))); diff != "" {
			t.Errorf("%s: run terraform fmt: -is +formatted:\n%s", name, diff)
		}
	}
}

// TestBootstrap starts scf_bootstrap as SCF does: from another folder, and with
// the variables of the event runtime set, which must not reach the program.
func TestBootstrap(t *testing.T) {
	source := read(t, bootstrapFile)
	if !strings.HasPrefix(source, "#!/bin/bash\n") || !strings.HasSuffix(source, "\n") || strings.Contains(source, "\r") {
		t.Errorf("%s: SCF wants #!/bin/bash in the first line, and LF at the end of all", bootstrapFile)
	}
	info, err := os.Stat(bootstrapFile)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode()&0o100 == 0 {
		t.Errorf("%s is not executable", bootstrapFile)
	}

	if _, err := os.Stat("/bin/bash"); err != nil {
		t.Skip("there is no /bin/bash here")
	}
	dir := t.TempDir()
	for name, content := range map[string]string{
		"scf_bootstrap": source,
		"diagnose":      "#!/bin/sh\nenv\npwd -P\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(filepath.Join(dir, "scf_bootstrap"))
	cmd.Dir = "/"
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "_LAMBDA_SERVER_PORT=28902", "REASONBOOK_TOKEN=t"}
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	folder, err := filepath.EvalSymlinks(dir)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	for _, want := range []string{"PORT=9000", "REASONBOOK_TOKEN=t", folder} {
		if !slices.Contains(lines, want) {
			t.Errorf("no %q in what the program sees:\n%s", want, out)
		}
	}
	if strings.Contains(string(out), "_LAMBDA_SERVER_PORT") {
		t.Errorf("the program would take itself for an event function:\n%s", out)
	}
}
