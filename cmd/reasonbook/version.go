package main

import (
	"cmp"
	"flag"
	"fmt"
	"runtime"
	"runtime/debug"
)

const versionDetails = `Prints the version, the commit that it was built from, with a word if files were
changed since, and the version of Go. What the build did not record, as with
“go run”, is left out.
`

func version(c *invocation, flags *flag.FlagSet, args []string) error {
	if _, err := parse(flags, args, 0); err != nil {
		return err
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{GoVersion: runtime.Version()}
	}
	_, err := fmt.Fprintln(c.stdout, versionLine(info))
	return err
}

// versionLine says which build this is in one line.
func versionLine(info *debug.BuildInfo) string {
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	line := "reasonbook " + cmp.Or(info.Main.Version, "(devel)")
	if revision := settings["vcs.revision"]; revision != "" {
		line += ", commit " + revision
		if at := settings["vcs.time"]; at != "" {
			line += " of " + at
		}
		if settings["vcs.modified"] == "true" {
			line += " with changes"
		}
	}
	return line + ", " + info.GoVersion
}
