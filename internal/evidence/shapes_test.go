package evidence_test

import (
	"context"
	"maps"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/evidence"
	"github.com/reasonbook/reasonbook/kb"
)

// firstOf returns the first match of the book for a text, with its parameters.
func firstOf(t *testing.T, x *evidence.Explainer, text string) (id string, parameters map[string]string) {
	t.Helper()
	result, err := x.Text(context.Background(), text)
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Findings) == 0 {
		return "", nil
	}
	m := &result.Findings[0].Matches[0]
	parameters = map[string]string{}
	for _, p := range m.Parameters {
		parameters[p.Name] = p.Value
	}
	return kb.Book().Entries[m.Entry].ID, parameters
}

// shapes are the forms in which a log's lines come. Each takes the lines of a
// program's last message: what it says, and the trace below it.
var shapes = []struct {
	name  string
	write func(level, message string, trace []string) string
}{
	{"logback", func(level, message string, trace []string) string {
		return "2026-11-21 06:15:02.118 INFO  1 --- [main] c.e.Till : starting\n2026-11-21 06:15:04.020 " + level + " 1 --- [main] c.e.Till : " + message + lines("", trace)
	}},
	{"log4j", func(level, message string, trace []string) string {
		return "06:15:02,118 [main] INFO  c.e.Till - starting\n06:15:04,020 [main] " + level + " c.e.Till - " + message + lines("", trace)
	}},
	{"zap", func(level, message string, trace []string) string {
		return `{"level":"info","ts":1763705702.1,"caller":"till/main.go:12","msg":"starting"}` + "\n" +
			`{"level":"` + strings.ToLower(level) + `","ts":1763705704.1,"caller":"till/main.go:30","msg":` + quoted(message+lines("", trace)) + `}`
	}},
	{"pino", func(level, message string, trace []string) string {
		return `{"level":30,"time":1763705702118,"pid":1,"hostname":"till-0","msg":"starting"}` + "\n" +
			`{"level":60,"time":1763705704020,"pid":1,"hostname":"till-0","err":{"type":"Error","message":` + quoted(message) + `,"stack":` + quoted(message+lines("", trace)) + `},"msg":"start failed"}`
	}},
	{"logrus", func(level, message string, trace []string) string {
		return `time="2026-11-21T06:15:02Z" level=info msg=starting` + "\n" + `time="2026-11-21T06:15:04Z" level=` + strings.ToLower(level) + ` msg="start failed" error=` + quoted(message+lines("", trace))
	}},
	{"structlog", func(level, message string, trace []string) string {
		return `{"event": "starting", "level": "info", "timestamp": "2026-11-21T06:15:02.118Z"}` + "\n" +
			`{"event": "start failed", "level": "critical", "exception": ` + quoted(message+lines("", trace)) + `, "timestamp": "2026-11-21T06:15:04.020Z"}`
	}},
	{"Serilog", func(level, message string, trace []string) string {
		return `{"@t":"2026-11-21T06:15:02.1180000Z","@mt":"starting"}` + "\n" + `{"@t":"2026-11-21T06:15:04.0200000Z","@mt":"start failed","@l":"Fatal","@x":` + quoted(message+lines("", trace)) + `}`
	}},
	{"each line with kubectl's prefix and time", func(level, message string, trace []string) string {
		const prefix = "[pod/till-0/app] 2026-11-21T06:15:04.020113507Z "
		return prefix + "starting\n" + prefix + message + lines(prefix, trace)
	}},
	{"Compose", func(level, message string, trace []string) string {
		return "till-1  | starting\ntill-1  | " + message + lines("till-1  | ", trace) + "\ntill-1 exited with code 1"
	}},
	{"Compose in colours", func(level, message string, trace []string) string {
		const prefix = "\x1b[36mtill-1  | \x1b[0m"
		return prefix + "starting\n" + prefix + "\x1b[31m" + message + "\x1b[39m" + lines(prefix, trace)
	}},
	{"CRI", func(level, message string, trace []string) string {
		const prefix = "2026-11-21T06:15:04.020113507Z stderr F "
		return prefix + "starting\n" + prefix + message + lines(prefix, trace)
	}},
	{"CRI, a line in two parts", func(level, message string, trace []string) string {
		const prefix = "2026-11-21T06:15:04.020113507Z stderr "
		return prefix + "P the till cannot go on: \n" + prefix + "F " + message + lines(prefix+"F ", trace)
	}},
	{"Docker's JSON", func(level, message string, trace []string) string {
		out := `{"log":"starting\n","stream":"stdout","time":"2026-11-21T06:15:02.118Z"}`
		for _, line := range append([]string{message}, trace...) {
			out += "\n" + `{"log":` + quoted(line+"\n") + `,"stream":"stderr","time":"2026-11-21T06:15:04.020Z"}`
		}
		return out
	}},
	{"cut off", func(level, message string, trace []string) string {
		return "2026-11-21 06:15:04.020 " + level + " " + message + lines("", trace) + "\n\t... 42 more"
	}},
}

func lines(prefix string, trace []string) (out string) {
	for _, line := range trace {
		out += "\n" + prefix + line
	}
	return out
}

// quoted writes a text as a string of JSON.
func quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`).Replace(s) + `"`
}

// ofPull stands in the place of “starting”: the book counts it in the pull of an
// image, or where nothing says in which operation it stands; not in a log.
const ofPull = "manifest unknown"

// TestShapes: one failure is the same entry with the same parameters in whatever
// form its log comes.
func TestShapes(t *testing.T) {
	x := evidence.New(kb.Book().Rules)
	for _, failure := range []struct {
		name, level, message string
		trace                []string
		want                 string
		parameters           map[string]string
	}{
		{
			"the last cause of a chain", "ERROR", "org.springframework.beans.factory.BeanCreationException: Error creating bean with name 'stock' defined in class path resource [c/e/Stock.class]: Invocation of init method failed",
			[]string{
				"\tat org.springframework.beans.factory.support.AbstractBeanFactory.getBean(AbstractBeanFactory.java:200)",
				"Caused by: java.lang.IllegalStateException: cannot read the tariff",
				"\t... 18 more",
				"Caused by: java.lang.ClassNotFoundException: com.example.till.Tariff",
				"\tat java.base/java.net.URLClassLoader.findClass(URLClassLoader.java:445)",
			},
			"java-class-not-found", map[string]string{"class": "com.example.till.Tariff"},
		},
		{
			"a traceback", "ERROR", "Traceback (most recent call last):",
			[]string{`  File "/srv/till/main.py", line 3, in <module>`, "    import tariffs", "ModuleNotFoundError: No module named 'tariffs'"},
			"python-module-not-found", map[string]string{"module": "tariffs"},
		},
		{
			"a single message", "FATAL", "listen tcp 10.20.0.4:9321: bind: address already in use",
			nil, "port-in-use", map[string]string{"address": "10.20.0.4:9321"},
		},
		{
			"a panic", "FATAL", "panic: runtime error: index out of range [4] with length 4 [recovered]",
			[]string{"\tpanic: runtime error: index out of range [4] with length 4", "goroutine 1 [running]:", "main.main()", "\t/src/till/main.go:12 +0x1d"},
			"go-panic", map[string]string{"fault": "index out of range [4] with length 4 [recovered]"},
		},
		{
			"an inner exception", "ERROR", "Unhandled exception. System.InvalidOperationException: no tariff",
			[]string{" ---> System.IO.FileNotFoundException: Could not find file '/srv/till/tariff.json'.", "   at Till.Program.Main(String[] args) in /src/Program.cs:line 9"},
			"file-not-found", map[string]string{"path": "/srv/till/tariff.json"},
		},
		{
			"in Japanese", "ERROR", "FATAL: データベース\"till\"は存在しません", nil, "database-not-found", map[string]string{"database": "till"},
		},
		{
			"in Chinese", "ERROR", "mkdir: 无法创建目录 '/srv/till/spool': 权限不够", nil, "file-permission-denied", map[string]string{"path": "/srv/till/spool"},
		},
	} {
		for _, shape := range shapes {
			t.Run(failure.name+"/"+shape.name, func(t *testing.T) {
				text := strings.ReplaceAll(shape.write(failure.level, failure.message, failure.trace), "starting", ofPull)
				id, parameters := firstOf(t, x, text)
				if id != failure.want || !maps.Equal(parameters, failure.parameters) {
					t.Errorf("of\n%s\ngot %s %v, want %s %v", text, id, parameters, failure.want, failure.parameters)
				}
			})
		}
	}
}
