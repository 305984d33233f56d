package main

import (
	"bufio"
	"bytes"
	"os/exec"
	"path"
	"strconv"
	"strings"
	"time"
)

// changes returns when the files below a folder were last changed, by the
// history of the Git repository that the folder is in, as a function of their
// slash-separated paths. It returns nil if there is no such history, or only
// the end of one, as in the clones that CI systems make: there all files seem
// to have changed with the last commit.
func changes(dir string) func(file string) time.Time {
	git := func(args ...string) ([]byte, error) {
		return exec.Command("git", append([]string{"-C", dir, "-c", "core.quotePath=false"}, args...)...).Output()
	}
	prefix, err := git("rev-parse", "--show-prefix")
	if err != nil {
		return nil
	}
	if shallow, err := git("rev-parse", "--is-shallow-repository"); err != nil || strings.TrimSpace(string(shallow)) != "false" {
		return nil
	}
	log, err := git("log", "--format=%x00%ct", "--name-only", "--no-renames", "--", ".")
	if err != nil || len(log) == 0 {
		return nil
	}
	times := map[string]time.Time{}
	var at time.Time
	lines := bufio.NewScanner(bytes.NewReader(log))
	for lines.Scan() {
		line := lines.Text()
		if stamp, ok := strings.CutPrefix(line, "\x00"); ok {
			seconds, err := strconv.ParseInt(stamp, 10, 64)
			if err != nil {
				return nil
			}
			at = time.Unix(seconds, 0)
		} else if name, ok := strings.CutPrefix(line, strings.TrimSpace(string(prefix))); ok && name != "" {
			if _, seen := times[name]; !seen { // the latest commit comes first
				times[name] = at
			}
		}
	}
	return func(file string) time.Time { return times[path.Clean(file)] }
}
