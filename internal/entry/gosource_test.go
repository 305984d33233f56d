package entry_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/reasonbook/reasonbook/internal/entry"
	"github.com/reasonbook/reasonbook/internal/samplebook"
)

// TestBranchesMerge: of two branches that each add an entry, git merges the
// texts; the matcher's tables conflict, and compiling again settles that. It
// is so for neighbours too, which git would not merge by itself.
func TestBranchesMerge(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	attributes, err := os.ReadFile("../../kb/.gitattributes")
	if err != nil {
		t.Fatal(err)
	}
	all, err := entry.Load(samplebook.FS(24))
	if err != nil {
		t.Fatal(err)
	}
	for name, added := range map[string][2]int{
		"far apart":  {5, 17},
		"neighbours": {11, 12},
		"last":       {len(all) - 2, len(all) - 1},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			git := func(args ...string) (output string, err error) {
				cmd := exec.Command("git", args...)
				cmd.Dir = dir
				cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1",
					"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.com")
				out, err := cmd.CombinedOutput()
				return string(out), err
			}
			must := func(args ...string) string {
				t.Helper()
				out, err := git(args...)
				if err != nil {
					t.Fatalf("git %q: %v\n%s", args, err, out)
				}
				return out
			}
			// generate writes what "go generate ./kb" would without some of the entries.
			generate := func(without ...int) {
				t.Helper()
				var entries []*entry.Entry
				for i, e := range all {
					if !slices.Contains(without, i) {
						entries = append(entries, e)
					}
				}
				b, err := entry.Compile(entries)
				if err != nil {
					t.Fatal(err)
				}
				sources, err := entry.GoSource(b)
				if err != nil {
					t.Fatal(err)
				}
				for name, content := range map[string][]byte{"book.go": sources.Book, "tables.go": sources.Tables} {
					if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
						t.Fatal(err)
					}
				}
				must("add", "-A")
				must("commit", "-qm", "entries")
			}
			if err := os.WriteFile(filepath.Join(dir, ".gitattributes"), attributes, 0o644); err != nil {
				t.Fatal(err)
			}
			must("init", "-q", "-b", "main")
			generate(added[0], added[1])
			must("checkout", "-qb", "one")
			generate(added[1])
			must("checkout", "-qb", "two", "main")
			generate(added[0])

			out, err := git("merge", "one")
			if diff := cmp.Diff("tables.go\n", must("diff", "--name-only", "--diff-filter=U")); err == nil || diff != "" {
				t.Fatalf("conflicts: -want +got:\n%s\n%v\n%s", diff, err, out)
			}
			generate()
			// The same as both entries added in one branch.
			must("checkout", "-qb", "both", "main")
			generate()
			if diff := must("diff", "--text", "two", "both"); diff != "" {
				t.Errorf("the merged book is another than that of both:\n%s", diff)
			}
		})
	}
}
