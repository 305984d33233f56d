package deploy_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"
)

const (
	templateFile = "../template.yaml"

	// ourSchema is strict and holds only what the template uses.
	ourSchema = "testdata/sam.schema.json"
	// samSchema is the one that SAM publishes (schema_source/sam.schema.json of
	// aws/serverless-application-model). It is too large to keep here.
	samSchema = "../../shared/sam.schema.json"
)

// faults are changes to the template that have to be refused.
var faults = []struct {
	name, old, new string
	onlyOurs       bool // SAM's own schema lets it pass
}{
	{name: "misspelt key", old: "MemorySize:", new: "MemorySise:"},
	{name: "misspelt section", old: "Resources:", new: "Resource:"},
	{name: "wrong resource type", old: "Type: AWS::Serverless::Function", new: "Type: AWS::Serverless::Funktion"},
	{name: "missing type", old: "    Type: AWS::Serverless::Function\n", new: ""},
	{name: "misspelt key of the URL", old: "InvokeMode:", new: "InvocationMode:"},
	{name: "misspelt key of a plain resource", old: "RetentionInDays:", new: "RetentionDays:", onlyOurs: true},
	{name: "misspelt key of a policy", old: "Action: sts:", new: "Actions: sts:", onlyOurs: true},
	{name: "unknown value", old: "AuthType: NONE", new: "AuthType: TOKEN", onlyOurs: true},
	{name: "wrong type of value", old: "Timeout: 30", new: "Timeout: [30]", onlyOurs: true},
	{name: "unknown intrinsic", old: "!Ref Token", new: "!Reff Token", onlyOurs: true},
}

func TestTemplateSchema(t *testing.T) {
	source := read(t, templateFile)
	for _, schemaFile := range []string{ourSchema, samSchema} {
		t.Run(schemaFile, func(t *testing.T) {
			if _, err := os.Stat(schemaFile); os.IsNotExist(err) && schemaFile == samSchema {
				t.Skip("the schema that SAM publishes is not here; our own has been used")
			}
			schema := compile(t, schemaFile)
			if err := schema.Validate(parse(t, source)); err != nil {
				t.Errorf("%s: %v", templateFile, err)
			}
			for _, fault := range faults {
				if fault.onlyOurs && schemaFile != ourSchema {
					continue
				}
				t.Run(fault.name, func(t *testing.T) {
					if !strings.Contains(source, fault.old) {
						t.Fatalf("%s does not hold %q", templateFile, fault.old)
					}
					template := parse(t, strings.Replace(source, fault.old, fault.new, 1))
					if schema.Validate(template) == nil {
						t.Errorf("%q instead of %q is not refused", fault.new, fault.old)
					}
				})
			}
		})
	}
}

// TestTemplate checks what no schema says.
func TestTemplate(t *testing.T) {
	template := parse(t, read(t, templateFile))
	for path, want := range map[string]any{
		"Resources.Diagnose.Properties.Runtime":                      "provided.al2023",
		"Resources.Diagnose.Properties.Architectures":                []any{"arm64"},
		"Resources.Diagnose.Properties.Handler":                      "bootstrap",
		"Resources.Diagnose.Properties.CodeUri":                      "dist/lambda-arm64.zip",
		"Resources.Diagnose.Properties.MemorySize":                   256,
		"Resources.Diagnose.Properties.Timeout":                      30,
		"Resources.Diagnose.Properties.FunctionUrlConfig.AuthType":   "NONE",
		"Resources.Diagnose.Properties.FunctionUrlConfig.InvokeMode": "BUFFERED",
		"Resources.Diagnose.Properties.LoggingConfig.LogGroup":       ref("Log"),
		"Resources.Diagnose.Properties.Role":                         attribute("Role", "Arn"),
		// SAM would add a wide managed policy to a role that it makes for these.
		"Resources.Diagnose.Properties.Policies": nil,
		"Resources.Diagnose.Properties.ReservedConcurrentExecutions": map[string]any{
			"Fn::If": []any{"Bounded", ref("ReservedConcurrency"), ref("AWS::NoValue")},
		},
		"Resources.Diagnose.Properties.Environment.Variables": map[string]any{
			"REASONBOOK_TOKEN":      ref("Token"),
			"REASONBOOK_AUTH":       ref("Auth"),
			"REASONBOOK_SITE_URL":   ref("SiteUrl"),
			"REASONBOOK_REPORT_URL": ref("ReportUrl"),
		},
		"Conditions.Bounded": map[string]any{"Fn::Not": []any{
			map[string]any{"Fn::Equals": []any{ref("ReservedConcurrency"), "-1"}},
		}},
		"Resources.Role.Properties.AssumeRolePolicyDocument.Statement": []any{map[string]any{
			"Effect":    "Allow",
			"Principal": map[string]any{"Service": "lambda.amazonaws.com"},
			"Action":    "sts:AssumeRole",
		}},
		"Resources.Role.Properties.Policies": []any{map[string]any{
			"PolicyName": "write-log",
			"PolicyDocument": map[string]any{"Version": "2012-10-17", "Statement": []any{map[string]any{
				"Effect":   "Allow",
				"Action":   []any{"logs:CreateLogStream", "logs:PutLogEvents"},
				"Resource": attribute("Log", "Arn"),
			}}},
		}},
		"Resources.Log.Properties.RetentionInDays": ref("LogRetentionDays"),
		"Parameters.Token.NoEcho":                  true,
		"Parameters.Token.Default":                 "",
		"Parameters.Auth.Default":                  "", // closed unless somebody opens it
		"Parameters.Auth.AllowedValues":            []any{"", "none"},
		"Outputs.Endpoint.Value":                   map[string]any{"Fn::Sub": "${DiagnoseUrl.FunctionUrl}diagnose"},
		"Outputs.LogGroup.Value":                   ref("Log"),
	} {
		if diff := cmp.Diff(want, at(template, path)); diff != "" {
			t.Errorf("%s: -want +got:\n%s", path, diff)
		}
	}
}

func TestTemplatePolicies(t *testing.T) {
	statements := 0
	for path, value := range leaves(parse(t, read(t, templateFile))) {
		if strings.HasSuffix(path, ".Effect") {
			statements++
		}
		if s, ok := value.(string); ok && strings.Contains(s, "*") && strings.Contains(path, ".Statement.") {
			t.Errorf("%s is %q: name what is meant", path, s)
		}
		if s, ok := value.(string); ok && strings.HasPrefix(s, "arn:aws:iam::aws:policy/") {
			t.Errorf("%s is %q, a managed policy", path, s)
		}
	}
	if statements != 2 {
		t.Errorf("%d statements, want 2: who may take the role, and what the role may do", statements)
	}
}

// TestTemplateReferences checks that everything referred to is there, and that
// every parameter and condition is used.
func TestTemplateReferences(t *testing.T) {
	template := parse(t, read(t, templateFile))
	known := map[string]bool{"DiagnoseUrl": true, "AWS::NoValue": true} // the first is SAM's
	for _, section := range []string{"Parameters", "Conditions", "Resources"} {
		for name := range at(template, section).(map[string]any) {
			known[name] = true
		}
	}
	substitution := regexp.MustCompile(`\$\{([^}.]+)[^}]*\}`)
	used := map[string]bool{}
	for path, value := range leaves(template) {
		name, ok := value.(string)
		if !ok {
			continue
		}
		var names []string
		switch {
		case strings.HasSuffix(path, ".Ref"), strings.HasSuffix(path, ".Fn::GetAtt.0"), strings.HasSuffix(path, ".Fn::If.0"):
			names = []string{name}
		case strings.HasSuffix(path, ".Fn::Sub"):
			for _, m := range substitution.FindAllStringSubmatch(name, -1) {
				names = append(names, m[1])
			}
		}
		for _, name := range names {
			used[name] = true
			if !known[name] {
				t.Errorf("%s: there is no %s", path, name)
			}
		}
	}
	for _, section := range []string{"Parameters", "Conditions"} {
		for name := range at(template, section).(map[string]any) {
			if !used[name] {
				t.Errorf("%s.%s is not used", section, name)
			}
		}
	}
}

// compile compiles a JSON schema.
func compile(t *testing.T, file string) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(read(t, file)))
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	c := jsonschema.NewCompiler()
	c.UseRegexpEngine(func(pattern string) (jsonschema.Regexp, error) {
		if pattern == plainPattern {
			return plainResource{}, nil
		}
		return regexp.Compile(pattern)
	})
	if err := c.AddResource("schema.json", document); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	schema, err := c.Compile("schema.json")
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return schema
}

// plainPattern is the one pattern of SAM's schema that Go's regular expressions
// cannot express, for it looks ahead; plainResource does what it says.
const plainPattern = "^(?!AWS::Serverless::).+$"

type plainResource struct{}

func (plainResource) String() string { return plainPattern }

func (plainResource) MatchString(s string) bool {
	return s != "" && !strings.HasPrefix(s, "AWS::Serverless::")
}

// parse returns a template as JSON has it: CloudFormation's short forms (!Ref x)
// become the long ones ({"Ref": "x"}).
func parse(t *testing.T, source string) any {
	t.Helper()
	var root yaml.Node
	if err := yaml.Unmarshal([]byte(source), &root); err != nil {
		t.Fatal(err)
	}
	value, err := plain(root.Content[0])
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func plain(n *yaml.Node) (any, error) {
	name, short := strings.CutPrefix(n.Tag, "!")
	if !short || strings.HasPrefix(name, "!") { // !!str and the like are YAML's own
		return untagged(n)
	}
	untyped := *n
	untyped.Tag = ""
	value, err := untagged(&untyped)
	if err != nil {
		return nil, err
	}
	if s, ok := value.(string); ok && name == "GetAtt" {
		resource, attribute, _ := strings.Cut(s, ".")
		value = []any{resource, attribute}
	}
	if name != "Ref" {
		name = "Fn::" + name
	}
	return map[string]any{name: value}, nil
}

func untagged(n *yaml.Node) (any, error) {
	switch n.Kind {
	case yaml.MappingNode:
		m := map[string]any{}
		for pair := range slices.Chunk(n.Content, 2) {
			key := pair[0].Value
			if _, ok := m[key]; ok {
				return nil, fmt.Errorf("line %d: a second %s", pair[0].Line, key)
			}
			value, err := plain(pair[1])
			if err != nil {
				return nil, err
			}
			m[key] = value
		}
		return m, nil
	case yaml.SequenceNode:
		list := []any{}
		for _, item := range n.Content {
			value, err := plain(item)
			if err != nil {
				return nil, err
			}
			list = append(list, value)
		}
		return list, nil
	case yaml.ScalarNode:
		var value any
		if err := n.Decode(&value); err != nil {
			return nil, fmt.Errorf("line %d: %w", n.Line, err)
		}
		return value, nil
	}
	return nil, fmt.Errorf("line %d: CloudFormation knows no aliases", n.Line)
}

func ref(name string) map[string]any { return map[string]any{"Ref": name} }

func attribute(resource, name string) map[string]any {
	return map[string]any{"Fn::GetAtt": []any{resource, name}}
}

// at returns the value at a path of keys, nil if there is none.
func at(value any, path string) any {
	for key := range strings.SplitSeq(path, ".") {
		m, _ := value.(map[string]any)
		value = m[key]
	}
	return value
}

// leaves returns every value that holds no others, by its path.
func leaves(value any) map[string]any {
	all := map[string]any{}
	var visit func(path string, value any)
	visit = func(path string, value any) {
		switch value := value.(type) {
		case map[string]any:
			for key, v := range value {
				visit(path+"."+key, v)
			}
		case []any:
			for i, v := range value {
				visit(fmt.Sprintf("%s.%d", path, i), v)
			}
		default:
			all[path] = value
		}
	}
	visit("", value)
	return all
}

func read(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
