// Makekubectl writes what the kubectl of a release knows: its commands with
// their flags, the resources of the API, and the fields of their types. The
// commands of the knowledge base are held to it. Run it in its own folder, which
// is a module of its own because kubectl has many dependencies:
//
//	go run . > ../kubectl.json
//
// For another release: go get k8s.io/kubectl@v0.N.P, and run it again.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"k8s.io/kubectl/pkg/cmd"
)

// facts is the form of the file.
type facts struct {
	Release   string                       `json:"release"`
	Commands  map[string]map[string]string `json:"commands"`  // flag → its short form, then "=" if it needs a value; those of all commands stand under ""
	Resources map[string]resource          `json:"resources"` // by plural name; with its group if that is no built-in one's first
	Types     map[string]map[string]string `json:"types"`     // field → type: one of Types, "" a text or number, "*" anything; after "[]" for a list, "{}" for a map
}

type resource struct {
	Kind  string   `json:"kind"`
	Group string   `json:"group,omitempty"`
	Names []string `json:"names"` // plural, singular, short
	Type  string   `json:"type"`
	Verbs []string `json:"verbs"`
}

func main() {
	log.SetFlags(0)
	version := kubectlVersion()
	f := facts{Release: version, Commands: map[string]map[string]string{}, Resources: map[string]resource{}, Types: map[string]map[string]string{}}
	root := cmd.NewDefaultKubectlCommand()
	f.Commands[""] = flags(root.PersistentFlags())
	addCommands(f.Commands, root)
	folder := download("k8s.io/kubernetes@v" + version)
	definitions := f.addResources(folder)
	for name, r := range f.Resources {
		r.Type = f.addType(definitions, r.Type)
		f.Resources[name] = r
	}
	write(f)
}

// kubectlVersion returns the release that go.mod names: module v0.37.0 is
// kubectl 1.37.0.
func kubectlVersion() string {
	info, _ := debug.ReadBuildInfo()
	for _, m := range info.Deps {
		if m.Path == "k8s.io/kubectl" {
			return "1." + strings.TrimPrefix(m.Version, "v0.")
		}
	}
	log.Fatal("this program was built without k8s.io/kubectl")
	return ""
}

func addCommands(to map[string]map[string]string, c *cobra.Command) {
	for _, sub := range c.Commands() {
		own := flags(sub.NonInheritedFlags())
		names := append([]string{sub.Name()}, sub.Aliases...)
		_, above, _ := strings.Cut(c.CommandPath(), " ")
		for _, name := range names {
			to[strings.TrimSpace(above+" "+name)] = own
		}
		addCommands(to, sub)
	}
}

func flags(set *pflag.FlagSet) map[string]string {
	list := map[string]string{}
	set.VisitAll(func(f *pflag.Flag) {
		list[f.Name] = f.Shorthand
		if f.NoOptDefVal == "" {
			list[f.Name] += "="
		}
	})
	return list
}

// download returns the folder of a module.
func download(module string) string {
	c := exec.Command("go", "mod", "download", "-json", module)
	c.Stderr = os.Stderr
	out, err := c.Output()
	check(err)
	var m struct{ Dir string }
	check(json.Unmarshal(out, &m))
	return m.Dir
}

type definition struct {
	Type       string
	Properties map[string]property
	Kinds      []struct{ Group, Version, Kind string } `json:"x-kubernetes-group-version-kind"`
}

type property struct {
	Type                 string
	Ref                  string `json:"$ref"`
	Items                *property
	AdditionalProperties *property
}

// addResources reads the resources from the API's discovery, and returns the
// definitions of its OpenAPI description.
func (f facts) addResources(folder string) map[string]definition {
	var discovery struct {
		Items []struct {
			Metadata struct{ Name string }
			Versions []struct {
				Version   string
				Resources []struct {
					Resource, SingularResource string
					ShortNames, Verbs          []string
					ResponseKind               struct{ Kind string }
				}
			}
		}
	}
	read(filepath.Join(folder, "api/discovery/aggregated_v2.json"), &discovery)
	// The core group has a file of its own form.
	var core struct {
		Resources []struct {
			Name, SingularName, Kind string
			ShortNames, Verbs        []string
		}
	}
	read(filepath.Join(folder, "api/discovery/api__v1.json"), &core)
	var swagger struct{ Definitions map[string]definition }
	read(filepath.Join(folder, "api/openapi-spec/swagger.json"), &swagger)

	types := map[[3]string]string{}
	for name, d := range swagger.Definitions {
		for _, k := range d.Kinds {
			if k.Kind != "DeleteOptions" {
				types[[3]string{k.Group, k.Version, k.Kind}] = name
			}
		}
	}
	add := func(group, version, plural, singular, kind string, short, verbs []string) {
		name := plural
		if _, taken := f.Resources[name]; taken {
			name += "." + group
		}
		if _, taken := f.Resources[name]; !taken && !strings.Contains(plural, "/") {
			f.Resources[name] = resource{kind, group, append([]string{plural, singular}, short...), types[[3]string{group, version, kind}], verbs}
		}
	}
	for _, r := range core.Resources {
		add("", "v1", r.Name, r.SingularName, r.Kind, r.ShortNames, r.Verbs)
	}
	for _, g := range discovery.Items {
		for _, v := range g.Versions {
			for _, r := range v.Resources {
				if known, ok := f.Resources[r.Resource]; ok && known.Group == g.Metadata.Name {
					continue // an older version
				}
				add(g.Metadata.Name, v.Version, r.Resource, r.SingularResource, r.ResponseKind.Kind, r.ShortNames, r.Verbs)
			}
		}
	}
	return swagger.Definitions
}

// addType notes the fields of a type and of those that they hold, and returns
// what it is in facts.Types.
func (f facts) addType(definitions map[string]definition, name string) string {
	d := definitions[name]
	switch {
	case len(d.Properties) == 0 && d.Type == "string":
		return "" // a quantity, a time
	case len(d.Properties) == 0:
		return "*"
	}
	short := shorten.Replace(name)
	if f.Types[short] != nil {
		return short
	}
	fields := map[string]string{}
	f.Types[short] = fields
	for field, p := range d.Properties {
		prefix := ""
		for p.Items != nil || p.AdditionalProperties != nil {
			if p.Items != nil {
				prefix, p = prefix+"[]", *p.Items
			} else {
				prefix, p = prefix+"{}", *p.AdditionalProperties
			}
		}
		switch ref := strings.TrimPrefix(p.Ref, "#/definitions/"); {
		case ref != "":
			fields[field] = prefix + f.addType(definitions, ref)
		case p.Type == "" || p.Type == "object":
			fields[field] = prefix + "*"
		default:
			fields[field] = prefix
		}
	}
	return short
}

// shorten makes core.v1.Pod of io.k8s.api.core.v1.Pod.
var shorten = strings.NewReplacer("io.k8s.api.", "", "io.k8s.apimachinery.pkg.apis.", "", "io.k8s.kube-aggregator.pkg.apis.", "",
	"io.k8s.apiextensions-apiserver.pkg.apis.", "")

// write writes a line for each command, resource and type, in order.
func write(f facts) {
	fmt.Printf("{\n\"release\": %s,\n", line(f.Release))
	section("commands", f.Commands, ",")
	section("resources", f.Resources, ",")
	section("types", f.Types, "")
	fmt.Println("}")
}

func section[T any](name string, of map[string]T, end string) {
	fmt.Printf("%s: {\n", line(name))
	keys := slices.Sorted(maps.Keys(of))
	for i, key := range keys {
		comma := ","
		if i == len(keys)-1 {
			comma = ""
		}
		fmt.Printf("%s: %s%s\n", line(key), line(of[key]), comma)
	}
	fmt.Printf("}%s\n", end)
}

func line(v any) string {
	out, err := json.Marshal(v)
	check(err)
	return string(out)
}

func read(name string, to any) {
	data, err := os.ReadFile(name)
	check(err)
	check(json.Unmarshal(data, to))
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
