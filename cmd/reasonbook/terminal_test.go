package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// built builds the command.
func built(t *testing.T) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "reasonbook")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return binary
}

// TestExplainOnTerminal: on a terminal, a line says what is waited for.
func TestExplainOnTerminal(t *testing.T) {
	script, err := exec.LookPath("script")
	if err != nil {
		t.Skip("there is no script(1) here to make a terminal")
	}
	binary := built(t)
	for locale, want := range map[string]string{"C": "paste the text, then press Ctrl-D", "ja_JP.UTF-8": "Ctrl-Dを押してください", "zh_CN.UTF-8": "然后按 Ctrl-D"} {
		cmd := exec.Command(script, "-qec", fmt.Sprintf("%s explain", binary), "/dev/null")
		cmd.Env = append(os.Environ(), "LC_ALL="+locale, "LANGUAGE=")
		cmd.Stdin = strings.NewReader("CrashLoopBackOff\n\x04")
		out, err := cmd.CombinedOutput()
		if err != nil || !strings.Contains(string(out), want) || !strings.Contains(string(out), "CrashLoopBackOff") {
			t.Errorf("%s: %v\n%s", locale, err, out)
		}
	}
}

// TestExplainProgress: on a terminal, long reading says how far it is, and what
// is no terminal gets nothing of that.
func TestExplainProgress(t *testing.T) {
	script, err := exec.LookPath("script")
	if err != nil {
		t.Skip("there is no script(1) here to make a terminal")
	}
	binary, dir := built(t), t.TempDir()
	for locale, want := range map[string]string{"C": "0 MiB read, 0 MiB/s", "ja_JP.UTF-8": "0 MiBを読み取り済み、0 MiB/秒", "zh_CN.UTF-8": "已读取 0 MiB，0 MiB/s"} {
		for _, redirected := range []bool{false, true} {
			command := fmt.Sprintf("(echo CrashLoopBackOff; sleep 2.5) | %s explain", binary)
			if redirected {
				command += " 2>" + filepath.Join(dir, "stderr")
			}
			cmd := exec.Command(script, "-qec", command, "/dev/null")
			cmd.Env = append(os.Environ(), "LC_ALL="+locale, "LANGUAGE=")
			out, err := cmd.CombinedOutput()
			if err != nil || strings.Contains(string(out), want) == redirected || !strings.Contains(string(out), "CrashLoopBackOff") {
				t.Errorf("%s, redirected %t: %v\n%q", locale, redirected, err, out)
			}
		}
		if said, err := os.ReadFile(filepath.Join(dir, "stderr")); err != nil || len(said) > 0 {
			t.Errorf("a file gets %q, %v", said, err)
		}
	}
	words := &inputWords[0]
	if got := words.progress(300<<20, 50<<20, 1<<30); got != "300 of 1024 MiB read (29 %), 50 MiB/s" {
		t.Error(got)
	}
}

// TestExplainInterrupted: Ctrl-C ends the command at once, while it waits for
// input too.
func TestExplainInterrupted(t *testing.T) {
	binary := built(t)
	for name, head := range map[string]string{
		"nothing": "", "a list": `{"kind":"List","apiVersion":"v1","items":[` + strings.Repeat(`{"kind":"Pod","status":{"phase":"Running"}},`, 1<<18),
	} {
		cmd := exec.Command(binary, "explain")
		stdin, err := cmd.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		var stdout, stderr bytes.Buffer
		cmd.Stdout, cmd.Stderr = &stdout, &stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(stdin, head); err != nil {
			t.Fatal(err)
		}
		time.Sleep(200 * time.Millisecond) // for it to begin to listen to signals
		if err := cmd.Process.Signal(os.Interrupt); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait() // whose pipe stays open until then
		if code := cmd.ProcessState.ExitCode(); code != 128+int(syscall.SIGINT) && code != -1 || stdout.Len()+stderr.Len() > 0 {
			t.Errorf("%s: exit %d\n%s%s", name, code, &stdout, &stderr)
		}
	}
}
