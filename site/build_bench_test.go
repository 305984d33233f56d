//go:build linux

package site_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/reasonbook/reasonbook/internal/book"
	"github.com/reasonbook/reasonbook/internal/samplebook"
)

// BenchmarkBuild builds the site of a sample book with 10,002 pages, and the
// same Markdown with Hugo (with templates of one line), one after the other in
// each round. It reports how long the fastest round of each takes, how much
// processor time and memory, and how often ours goes into Hugo's. Without hugo
// on the PATH it measures ours alone:
//
//	go install github.com/gohugoio/hugo@v0.162.0
//	TMPDIR=/dev/shm go test ./site -run '^$' -bench Build -benchtime 3x
//
// TMPDIR keeps the disk out of it: ext4 makes files several times as slowly for
// five minutes after many were deleted, as by the last run of the benchmark.
func BenchmarkBuild(b *testing.B) {
	dir := b.TempDir()
	sources := samplebook.FS(10_002 / len(book.Languages))
	if err := os.CopyFS(filepath.Join(dir, "kb"), sources); err != nil {
		b.Fatal(err)
	}
	program := filepath.Join(dir, "reasonbook")
	if out, err := exec.Command("go", "build", "-o", program, "../cmd/reasonbook").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	hugo, err := exec.LookPath("hugo")
	if err != nil {
		b.Log("hugo is not on the PATH; install it to compare: go install github.com/gohugoio/hugo@v0.162.0")
	} else if err := writeHugo(filepath.Join(dir, "hugo"), sources); err != nil {
		b.Fatal(err)
	}
	var ours, theirs cost
	for round := 0; b.Loop(); round++ {
		out := filepath.Join(dir, fmt.Sprint("public", round))
		ours.add(b, 3*3334, exec.Command(program, "build", "-kb", filepath.Join(dir, "kb"), "-out", out+"-ours", "-base-url", home))
		if hugo != "" {
			theirs.add(b, 3*3334, exec.Command(hugo, "--quiet", "--source", filepath.Join(dir, "hugo"), "--destination", out+"-hugo"))
		}
	}
	ours.report(b, "")
	if hugo != "" {
		theirs.report(b, "hugo-")
		b.ReportMetric(theirs.wall.Seconds()/ours.wall.Seconds(), "x-faster")
		b.ReportMetric(theirs.processor.Seconds()/ours.processor.Seconds(), "x-less-cpu")
		b.ReportMetric(float64(theirs.peak)/float64(ours.peak), "x-less-memory")
	}
}

// A cost is what a program took in the best of its runs: others were held up
// by whatever else the machine did.
type cost struct {
	wall, processor time.Duration // 0 before the first run
	peak            int64         // KiB, of the largest run
}

// add runs a command and checks that it wrote at least so many pages to the
// folder that its arguments name last but for an address.
func (c *cost) add(b *testing.B, pages int, command *exec.Cmd) {
	b.Helper()
	start := time.Now()
	if out, err := command.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	least := func(best *time.Duration, took time.Duration) {
		if *best == 0 || took < *best {
			*best = took
		}
	}
	least(&c.wall, time.Since(start))
	usage := command.ProcessState.SysUsage().(*syscall.Rusage)
	least(&c.processor, command.ProcessState.UserTime()+command.ProcessState.SystemTime())
	c.peak = max(c.peak, usage.Maxrss)

	b.StopTimer()
	defer b.StartTimer()
	out := command.Args[len(command.Args)-1]
	if out == home {
		out = command.Args[len(command.Args)-3]
	}
	written := 0
	if err := filepath.WalkDir(out, func(name string, d fs.DirEntry, err error) error {
		if d != nil && d.Name() == "index.html" {
			written++
		}
		return err
	}); err != nil || written < pages {
		b.Fatalf("%s: %d pages, %v", out, written, err)
	}
}

func (c *cost) report(b *testing.B, prefix string) {
	b.ReportMetric(c.wall.Seconds(), prefix+"s")
	b.ReportMetric(c.processor.Seconds(), prefix+"cpu-s")
	b.ReportMetric(float64(c.peak)/1024, prefix+"MiB")
}

// writeHugo writes a Hugo site with the pages of a knowledge base.
func writeHugo(dir string, sources fs.FS) error {
	files := map[string]string{
		"hugo.toml": `baseURL = "` + home + `"
defaultContentLanguage = "en"
defaultContentLanguageInSubdir = true
disableKinds = ["taxonomy", "term", "RSS"]
[markup.highlight]
noClasses = false
[markup.goldmark.extensions.cjk]
enable = true
`,
		"layouts/_default/single.html": `<!doctype html><html lang="{{ .Language.Lang }}"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body><h1>{{ .Title }}</h1>{{ .Content }}</body></html>`,
		"layouts/_default/list.html":   `<!doctype html><html lang="{{ .Language.Lang }}"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body><ul>{{ range .RegularPages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul></body></html>`,
	}
	for _, l := range book.Languages {
		files["hugo.toml"] += fmt.Sprintf("[languages.%[1]s]\ncontentDir = \"content/%[1]s\"\n", l)
		pages, err := fs.Glob(sources, "*/*/"+l.String()+".md")
		if err != nil {
			return err
		}
		for _, page := range pages {
			source, err := fs.ReadFile(sources, page)
			if err != nil {
				return err
			}
			title, body, _ := bytes.Cut(source, []byte("\n"))
			id := path.Base(path.Dir(page))
			files["content/"+l.String()+"/"+id+"/index.md"] = fmt.Sprintf("---\ntitle: %q\n---\n%s", title[2:], body)
		}
	}
	for name, content := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
			return err
		}
	}
	return nil
}
