package main

import (
	"bufio"
	"context"
	"io"
	"os"
	"os/exec"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"
)

// What a history may cost: more than any of people's making.
const (
	maxHistory  = 256 << 20 // bytes of the log
	historyTime = time.Minute
)

// A history knows when the files of a folder were last changed. Git reads while
// other work goes on; whoever asks first waits for it.
type history func() func(file string) time.Time

// historyOf begins to read the history of a folder.
func historyOf(dir string) history {
	h := sync.OnceValue(func() func(string) time.Time { return changes(dir) })
	go h()
	return h
}

// known reports whether there is a history, and the whole of it.
func (h history) known() bool { return h() != nil }

// changed returns when a file was last changed, the zero time if that is not
// known.
func (h history) changed(file string) time.Time {
	if at := h(); at != nil {
		return at(file)
	}
	return time.Time{}
}

// changes returns when the files below a folder were last changed, by the
// history of the Git repository that the folder is in, as a function of their
// slash-separated paths. It returns nil if there is no such history, or only
// the end of one, as in the clones that CI systems make: there all files seem
// to have changed with the last commit.
func changes(dir string) func(file string) time.Time {
	prefix, err := git(dir, "rev-parse", "--show-prefix")
	if err != nil {
		return nil
	}
	if shallow, err := git(dir, "rev-parse", "--is-shallow-repository"); err != nil || strings.TrimSpace(shallow) != "false" {
		return nil
	}
	log, err := git(dir, "log", "--format=%x00%ct", "--name-only", "--no-renames",
		"--no-show-signature", "--no-mailmap", "--no-ext-diff", "--no-textconv", "-O/dev/null", "--", ".")
	if err != nil || len(log) == 0 {
		return nil
	}
	times := map[string]time.Time{}
	var at time.Time
	for line := range strings.Lines(log) {
		line = strings.TrimSuffix(line, "\n")
		if stamp, ok := strings.CutPrefix(line, "\x00"); ok {
			seconds, err := strconv.ParseInt(stamp, 10, 64)
			if err != nil {
				return nil
			}
			at = time.Unix(seconds, 0)
		} else if name, ok := strings.CutPrefix(line, strings.TrimSuffix(prefix, "\n")); ok && name != "" {
			if _, seen := times[name]; !seen { // the latest commit comes first
				times[name] = at
			}
		}
	}
	return func(file string) time.Time { return times[path.Clean(file)] }
}

// git runs a git command that reads, in a folder whose repository may come from
// anybody: its settings must not make git run another program, ask a server or
// wait.
func git(dir string, args ...string) (output string, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), historyTime)
	defer cancel()
	command := exec.CommandContext(ctx, "git", append([]string{
		"-C", dir, "--no-pager",
		"-c", "core.quotePath=false",
		"-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.attributesFile=/dev/null",
		"-c", "log.showSignature=false", "-c", "gpg.program=false", "-c", "gpg.ssh.program=false", "-c", "gpg.x509.program=false",
		"-c", "diff.external=", "-c", "mailmap.file=", "-c", "mailmap.blob=",
		"-c", "protocol.allow=never",
		// A folder of a knowledge base can hold what looks like a repository.
		"-c", "safe.bareRepository=explicit",
	}, args...)...)
	command.Env = gitEnvironment()
	command.WaitDelay = time.Second
	out, err := command.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := command.Start(); err != nil {
		return "", err
	}
	log, err := io.ReadAll(io.LimitReader(bufio.NewReader(out), maxHistory+1))
	if len(log) > maxHistory {
		err = io.ErrShortBuffer
	}
	if err != nil {
		cancel()
	}
	if end := command.Wait(); err == nil {
		err = end
	}
	return string(log), err
}

// gitEnvironment returns the environment without what would lead git to another
// repository than that of the folder, as in a hook.
func gitEnvironment() []string {
	var list []string
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "GIT_") || strings.HasPrefix(variable, "GIT_CONFIG_") || strings.HasPrefix(variable, "GIT_CEILING_DIRECTORIES=") {
			list = append(list, variable)
		}
	}
	return append(list, "GIT_NO_LAZY_FETCH=1", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "LC_ALL=C")
}
