//go:build unix

package main

import (
	ziparchive "archive/zip"
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/reasonbook/reasonbook/internal/samplebook"
)

// asProgram makes this test the program itself, which can be stopped.
const asProgram = "REASONBOOK_TEST_AS_PROGRAM"

func init() {
	if os.Getenv(asProgram) != "" {
		main()
	}
}

// A siteFolder is a folder with the site of a small book in it.
type siteFolder struct {
	t      *testing.T
	book   string // the folder with the sources
	out    string
	before map[string]string // what the folder held
}

// newSite builds a site.
func newSite(t *testing.T) *siteFolder {
	t.Helper()
	book, _ := smallBook(t)
	s := &siteFolder{t: t, book: book, out: filepath.Join(t.TempDir(), "public")}
	s.build("https://before.example.com")
	s.before = contents(t, s.out)
	return s
}

func (s *siteFolder) command(baseURL string, args ...string) *exec.Cmd {
	command := exec.Command(os.Args[0], append([]string{"build", "-kb", s.book, "-out", s.out, "-base-url", baseURL}, args...)...)
	command.Env = append(os.Environ(), asProgram+"=1")
	return command
}

func (s *siteFolder) build(baseURL string, args ...string) {
	s.t.Helper()
	if out, err := s.command(baseURL, args...).CombinedOutput(); err != nil {
		s.t.Fatalf("%v\n%s", err, out)
	}
}

// asBefore checks that the site is the one that was there.
func (s *siteFolder) asBefore() {
	s.t.Helper()
	same(s.t, s.before, contents(s.t, s.out))
}

// alone checks that nothing lies beside the site.
func (s *siteFolder) alone() {
	s.t.Helper()
	list, err := os.ReadDir(filepath.Dir(s.out))
	if err != nil || len(list) != 1 {
		s.t.Errorf("beside the site: %v %v", list, err)
	}
}

// contents returns the files below a folder by path; what is no file has its
// mode for a content.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		key, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		if !d.Type().IsRegular() {
			files[key] = d.Type().String()
			return nil
		}
		content, err := os.ReadFile(name)
		files[key] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func same(t *testing.T, want, got map[string]string) {
	t.Helper()
	for name, content := range want {
		if now, ok := got[name]; !ok {
			t.Errorf("%s is gone", name)
		} else if now != content {
			t.Errorf("%s has changed", name)
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%s is new", name)
		}
	}
}

// smallBook writes a small book, and returns its folder and that of an entry in it.
func smallBook(t *testing.T) (dir, entry string) {
	t.Helper()
	dir = t.TempDir()
	if err := os.CopyFS(dir, samplebook.FS(30)); err != nil {
		t.Fatal(err)
	}
	entries, err := filepath.Glob(filepath.Join(dir, "*", "*", "entry.yaml"))
	if err != nil || len(entries) == 0 {
		t.Fatalf("no entries: %v", err)
	}
	return dir, filepath.Dir(entries[0])
}

// faultyBook writes a small book with a change in a file of an entry.
func faultyBook(t *testing.T, file, old, fresh string) string {
	t.Helper()
	dir, entry := smallBook(t)
	name := filepath.Join(entry, file)
	source, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(source), old) {
		t.Fatalf("%s does not hold %q", file, old)
	}
	if err := os.WriteFile(name, []byte(strings.Replace(string(source), old, fresh, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestBuildFails: what keeps a site from being built is known before the one
// that is there is touched.
func TestBuildFails(t *testing.T) {
	s := newSite(t)
	for _, test := range []struct {
		name, want string
		args       []string
	}{
		{"fault in a page", "in the knowledge base; nothing was written", []string{"-kb", faultyBook(t, "zh.md", "## 含义", "## 意味")}},
		{"fault in a file entry.yaml", "in the knowledge base; nothing was written", []string{"-kb", faultyBook(t, "entry.yaml", "kind: ", "kind: s")}},
		{"address of the site", "must have the form https://host/path", []string{"-base-url", "https://a b/"}},
		{"script for an address", "must have the form https://host/path", []string{"-base-url", "javascript:alert(1)"}},
		{"directive in the host of the function", "the address of the function", []string{"-function-url", "https://a;sandbox/diagnose"}},
		{"script where pages are edited", "where pages are edited", []string{"-edit-url", "javascript:alert(1)//"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			out, err := s.command("https://after.example.com", test.args...).CombinedOutput()
			if err == nil || !strings.Contains(string(out), test.want) {
				t.Errorf("%v, want %q:\n%s", err, test.want, out)
			}
			s.asBefore()
			s.alone()
		})
	}
}

// TestBuildStopped stops builds at many moments: the site stays the one that it
// was (or is the new one, if a kill comes when only the old one is left to
// remove), and what a killed build leaves is gone after the next.
func TestBuildStopped(t *testing.T) {
	s := newSite(t)
	s.build("https://after.example.com")
	after := contents(t, s.out)
	s.build("https://before.example.com")
	for _, signal := range []os.Signal{syscall.SIGTERM, os.Interrupt, os.Kill} {
		t.Run(fmt.Sprint(signal), func(t *testing.T) {
			stopped := 0
			for n := range 6 {
				command := s.command("https://after.example.com")
				if err := command.Start(); err != nil {
					t.Fatal(err)
				}
				written := 1 + n*40 // as many files as have been written when it is stopped
				ended := make(chan error, 1)
				go func() { ended <- command.Wait() }()
				workshop := filepath.Join(filepath.Dir(s.out), ".public.reasonbook-new", "new")
				var err error
				for running := true; running; {
					select {
					case err = <-ended:
						running = false
					default:
						if count(workshop) >= written {
							command.Process.Signal(signal)
							err, running = <-ended, false
							break
						}
						time.Sleep(time.Millisecond) // the build needs the processor
					}
				}
				if err == nil { // it was faster
					s.build("https://before.example.com")
					continue
				}
				got := contents(t, s.out)
				if signal == os.Kill && got["robots.txt"] == after["robots.txt"] {
					same(t, after, got)
					s.build("https://before.example.com")
					continue
				}
				stopped++
				same(t, s.before, got)
				if signal != os.Kill {
					s.alone()
				}
			}
			if stopped == 0 {
				t.Error("no build was stopped")
			}
			s.build("https://before.example.com")
			s.asBefore()
			s.alone()
		})
	}
}

// count returns how many files lie below a folder.
func count(dir string) (n int) {
	filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			n++
		}
		return nil
	})
	return n
}

// TestBuildsAtOnce: the site is that of one build, whole; the others say that
// they were refused.
func TestBuildsAtOnce(t *testing.T) {
	s := newSite(t)
	want := map[string]map[string]string{}
	hosts := []string{"https://a.example.com", "https://b.example.com", "https://c.example.com"}
	for _, host := range hosts {
		s.build(host)
		want[host] = contents(t, s.out)
	}
	for range 3 {
		s.build("https://before.example.com")
		var group sync.WaitGroup
		var mu sync.Mutex
		var built []string
		for _, host := range hosts {
			group.Go(func() {
				out, err := s.command(host).CombinedOutput()
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					built = append(built, host)
				} else if !strings.Contains(string(out), "another process is writing the same folder") {
					t.Errorf("%v\n%s", err, out)
				}
			})
		}
		group.Wait()
		got := contents(t, s.out)
		if !slices.ContainsFunc(built, func(host string) bool { return got["robots.txt"] == want[host]["robots.txt"] }) {
			t.Fatalf("built: %v, robots.txt: %s", built, got["robots.txt"])
		}
		for _, host := range built {
			if got["robots.txt"] == want[host]["robots.txt"] {
				same(t, want[host], got)
			}
		}
		archive := got["reasonbook.zip"]
		if _, err := ziparchive.NewReader(strings.NewReader(archive), int64(len(archive))); err != nil {
			t.Error(err)
		}
		s.alone()
	}
}

// TestBuildOnFullDisk builds on a file system that is too small for two sites.
func TestBuildOnFullDisk(t *testing.T) {
	s := newSite(t)
	disk := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=128m", "tmpfs", disk).CombinedOutput(); err != nil {
		t.Skipf("a small file system cannot be made here: %v %s", err, bytes.TrimSpace(out))
	}
	defer exec.Command("umount", disk).Run()
	s.out = filepath.Join(disk, "public")
	s.build("https://before.example.com")
	s.before = contents(t, s.out)
	filler := filepath.Join(disk, "filler")
	if err := os.WriteFile(filler, make([]byte, 128<<20), 0o644); err == nil {
		t.Fatal("the file system is not full")
	}
	info, err := os.Stat(filler)
	if err == nil {
		err = os.Truncate(filler, info.Size()-600<<10)
	}
	if err != nil {
		t.Fatal(err)
	}
	out, err := s.command("https://after.example.com").CombinedOutput()
	if err == nil || !strings.Contains(string(out), "no space left on device") {
		t.Errorf("%v\n%s", err, out)
	}
	s.asBefore()
	if list, err := os.ReadDir(disk); err != nil || len(list) != 2 {
		t.Errorf("beside the site: %v %v", list, err)
	}
}

// TestBuildKeeps: what is in the folder and no site's is there afterwards, and
// nothing is written through a link.
func TestBuildKeeps(t *testing.T) {
	s := newSite(t)
	away := t.TempDir()
	precious := filepath.Join(away, "precious")
	write := func(name, content string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(precious, "precious")
	write(filepath.Join(away, "ja", "index.html"), "precious")
	kept := []string{"CNAME", ".git/HEAD", ".well-known/security.txt", "ja/notes.txt", "assets/logo.png.bak", "old/index.html/x"}
	for _, name := range kept {
		write(filepath.Join(s.out, name), name)
	}
	// Pages of an entry that is no more are a site's.
	write(filepath.Join(s.out, "ja", "retired", "index.html"), "retired")
	if err := os.Chmod(s.out, 0o775); err != nil {
		t.Fatal(err)
	}
	for from, to := range map[string]string{"robots.txt": precious, "en": filepath.Join(away, "ja"), "link": precious} {
		if err := os.RemoveAll(filepath.Join(s.out, from)); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(to, filepath.Join(s.out, from)); err != nil {
			t.Fatal(err)
		}
	}
	s.build("https://before.example.com")
	for _, name := range []string{"precious", "ja/index.html"} {
		if content, err := os.ReadFile(filepath.Join(away, name)); err != nil || string(content) != "precious" {
			t.Errorf("%s was written through a link: %q %v", name, content, err)
		}
	}
	got := contents(t, s.out)
	want := s.before
	for _, name := range kept {
		want[filepath.FromSlash(name)] = name
	}
	want["link"] = fs.ModeSymlink.String()
	same(t, want, got)
	if info, err := os.Stat(s.out); err != nil || info.Mode().Perm() != 0o775 {
		t.Errorf("mode of the folder: %v %v", info.Mode(), err)
	}

	// A link for the folder itself is what somebody wants.
	link := filepath.Join(away, "link")
	if err := os.Symlink(s.out, link); err != nil {
		t.Fatal(err)
	}
	target := s.out
	s.out = link
	s.build("https://after.example.com")
	if info, err := os.Lstat(link); err != nil || info.Mode().Type() != fs.ModeSymlink {
		t.Errorf("the link to the folder was replaced: %v %v", info, err)
	}
	if robots := contents(t, target)["robots.txt"]; !strings.Contains(robots, "after.example.com") {
		t.Errorf("the folder behind the link was not built: %s", robots)
	}
}

// TestBuildElsewhere: a folder that holds anything but a site is left alone.
func TestBuildElsewhere(t *testing.T) {
	for _, test := range []struct{ name, file, link, want string }{
		{"somebody's files", "index.html", "", "holds files, but no site of reasonbook"},
		{"a link to nothing", "", "nowhere", "is a link to nothing"},
		{"what is not ours beside it", "../.out.reasonbook-new/thesis.txt", "", "holds thesis.txt, which is not ours"},
		{"a link beside it", "", "../", "is in the way"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			out := filepath.Join(dir, "out")
			file := filepath.Join(out, test.file)
			switch {
			case test.file != "":
				if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, []byte("mine"), 0o644); err != nil {
					t.Fatal(err)
				}
			case test.link == "nowhere":
				if err := os.Symlink(test.link, out); err != nil {
					t.Fatal(err)
				}
			default:
				if err := os.Symlink(t.TempDir(), filepath.Join(dir, ".out.reasonbook-new")); err != nil {
					t.Fatal(err)
				}
			}
			before := contents(t, dir)
			code, _, stderr := reasonbook("", "build", "-out", out)
			if code != 1 || !strings.Contains(stderr, test.want) {
				t.Errorf("exit %d, want %q:\n%s", code, test.want, stderr)
			}
			same(t, before, contents(t, dir))
		})
	}
}
