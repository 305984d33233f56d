package deploy_test

import (
	"errors"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/tryfunc"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// TestTerraformOutputs checks what becomes of the addresses that SCF tells in
// the description of the trigger.
func TestTerraformOutputs(t *testing.T) {
	for _, test := range []struct {
		name             string
		attributes       []cty.Value // of the triggers, of which there are none or one
		public, internal string      // "" is null
	}{
		{
			"both",
			[]cty.Value{cty.StringVal(`{"NetConfig": {"ExtranetUrl": "https://1-x.ap-guangzhou.tencentscf.com", "IntranetUrl": "https://1-x.in.ap-guangzhou.tencentscf.com/"}}`)},
			"https://1-x.ap-guangzhou.tencentscf.com/diagnose",
			"https://1-x.in.ap-guangzhou.tencentscf.com/diagnose",
		},
		{
			"not public",
			[]cty.Value{cty.StringVal(`{"NetConfig": {"ExtranetUrl": "", "IntranetUrl": "https://1-x.in.ap-guangzhou.tencentscf.com"}}`)},
			"",
			"https://1-x.in.ap-guangzhou.tencentscf.com/diagnose",
		},
		{"SCF tells no address", []cty.Value{cty.StringVal(`{"AuthType": "NONE"}`)}, "", ""},
		{"SCF tells nothing", []cty.Value{cty.NullVal(cty.String)}, "", ""},
		{"no web function", nil, "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := loadTerraform(t)
			var triggers []cty.Value
			for _, a := range test.attributes {
				triggers = append(triggers, cty.ObjectVal(map[string]cty.Value{"trigger_attribute": a}))
			}
			addresses := evaluate(t, c["locals"].Attributes["addresses"].Expr, "tencentcloud_scf_trigger",
				cty.ObjectVal(map[string]cty.Value{"web": cty.TupleVal(triggers)}))
			local := cty.ObjectVal(map[string]cty.Value{"addresses": addresses})
			for output, want := range map[string]string{
				"diagnose_url":          test.public,
				"diagnose_url_internal": test.internal,
			} {
				got := ""
				if v := evaluate(t, c["output."+output].Attributes["value"].Expr, "local", local); !v.IsNull() {
					got = v.AsString()
				}
				if got != want {
					t.Errorf("%s is %q, want %q", output, got, want)
				}
			}
		})
	}
}

// evaluate evaluates an expression that refers to one variable.
func evaluate(t *testing.T, expr hcl.Expression, name string, variable cty.Value) cty.Value {
	t.Helper()
	v, diagnostics := expr.Value(&hcl.EvalContext{
		Variables: map[string]cty.Value{name: variable},
		Functions: map[string]function.Function{
			"try":        tryfunc.TryFunc,
			"jsondecode": stdlib.JSONDecodeFunc,
			"trimsuffix": stdlib.TrimSuffixFunc,
			"one":        one,
			"coalesce":   coalesce,
		},
	})
	if diagnostics.HasErrors() {
		t.Fatal(diagnostics)
	}
	return v
}

// one and coalesce are Terraform's own, as far as outputs.tf needs them:
// coalesce passes over empty strings, other than the function of that name in
// cty.
var (
	one = function.New(&function.Spec{
		Params: []function.Parameter{{Name: "list", Type: cty.DynamicPseudoType}},
		Type:   function.StaticReturnType(cty.DynamicPseudoType),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			switch list := args[0].AsValueSlice(); len(list) {
			case 0:
				return cty.NullVal(cty.DynamicPseudoType), nil
			case 1:
				return list[0], nil
			}
			return cty.NilVal, errors.New("more than one")
		},
	})
	coalesce = function.New(&function.Spec{
		Params: []function.Parameter{{Name: "value", Type: cty.String, AllowNull: true}},
		Type:   function.StaticReturnType(cty.String),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			if v := args[0]; !v.IsNull() && v.AsString() != "" {
				return v, nil
			}
			return cty.NilVal, errors.New("no value")
		},
	})
)
