package entry_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/reasonbook/reasonbook/internal/entry"
)

// TestFaults breaks one thing of a valid knowledge base at a time.
func TestFaults(t *testing.T) {
	const (
		yaml, en, ja = "image/pull-failed/entry.yaml", "image/pull-failed/en.md", "image/pull-failed/ja.md"
		cause        = "create/tag-missing/entry.yaml"
		planned      = "planned.txt"
		glossary     = "GLOSSARY.md"
	)
	for _, test := range []struct{ name, file, old, new, want string }{
		{"misspelt key", yaml, "not:", "nots:", `pull-failed/entry.yaml:14: unknown key "nots"`},
		{"key twice", yaml, "status: [Failed]", "status: [Failed]\nkind: log", `entry.yaml:9: key "kind" stands twice`},
		{"misspelt inner key", yaml, "url:", "uri:", `entry.yaml:20: unknown key "uri"; the keys here are title, url`},
		{"no list", yaml, "status: [Failed]", "status: Failed", "entry.yaml:8: expected a list"},
		{"no pairs", yaml, "  - text: Failed", "  - Failed", "entry.yaml:13: expected “key: value” pairs"},
		{"no text", yaml, `"PullFailed"`, "[a]", "entry.yaml:6: expected a text"},
		{"broken YAML", yaml, `"PullFailed"`, `"PullFailed`, "entry.yaml:"},
		{"empty file", yaml, "*", "", "entry.yaml:1: file is empty"},
		{"no kind", yaml, "kind: state\n", "", "entry.yaml:1: kind is missing"},
		{"unknown kind", yaml, "kind: state", "kind: fault", `entry.yaml:1: kind "fault" is none of`},
		{"key of the old form", cause, "explains:", "under:", `entry.yaml:2: unknown key "under"`},
		{"formerly another entry", yaml, "kind: state", "kind: state\nformerly: [tag-missing]", `entry.yaml:2: formerly: there still is an entry "tag-missing"`},
		{"formerly itself", yaml, "kind: state", "kind: state\nformerly: [pull-failed]", `entry.yaml:2: formerly: there still is an entry "pull-failed"`},
		{"formerly the same twice", yaml, "kind: state", "kind: state\nformerly: [old, old]", `entry.yaml:2: formerly: "old" leads to "pull-failed" already`},
		{"formerly no id", yaml, "kind: state", "kind: state\nformerly: [Old]", `entry.yaml:2: formerly: "Old" is no id of an entry`},
		{"formerly a page of the site", yaml, "kind: state", "kind: state\nformerly: [states]", `entry.yaml:2: formerly: "states" is no id of an entry`},
		{"page of the site", "image/api/entry.yaml", "*", "kind: state", `"api" cannot be an id: the site has a page of its own there`},
		{"bad id", "image/Pull_Failed/entry.yaml", "*", "kind: state", `folder "Pull_Failed" is no id`},

		// stages
		{"unknown stage", "images/more/entry.yaml", "*", "kind: state", `images:1: folder "images" is none of the stages ["admission"`},
		{"entry outside a stage", "more/entry.yaml", "*", "kind: state", `more:1: folder "more" is none of the stages`},
		{"entry in two stages", "image/tag-missing/entry.yaml", "*", "kind: state", `image/tag-missing/entry.yaml:1: the entry stands in the stage "create" already`},
		{"file in a stage", "image/notes.txt", "*", "x", "image/notes.txt:1: unexpected file: a stage has folders of entries"},
		{"a log in a stage of instances", yaml, "kind: state", "kind: log", `entry.yaml:1: a log cannot stand in the stage "image"`},
		{"a cause in a stage of logs", "jvm/more/entry.yaml", "*", "kind: cause", `jvm/more/entry.yaml:1: a cause cannot stand in the stage "jvm"`},
		{"no stage in planned.txt", planned, "later-still", "image/later", `planned.txt:4: "image/later" is no id`},

		// planned.txt
		{"planned and written", planned, "later #", "tag-missing #", `planned.txt:3: "tag-missing" is written: take it off this list`},
		{"planned twice", planned, "later-still", "later", `planned.txt:4: "later" stands twice`},
		{"planned, no id", planned, "later-still", "Later", `planned.txt:4: "Later" is no id`},
		{"planned, two in a line", planned, "later-still", "later-still later-yet", `planned.txt:4: "later-still later-yet" is no id`},
		{"planned, too many", planned, "*", "# " + strings.Repeat("x", 70<<10), "planned.txt:1: the file is larger than 64 KiB"},
		{"named once it was planned", cause, "[pull-failed]", "[pull-failed, later-on]", `there is no entry "later-on", nor is it in planned.txt`},

		// relations
		{"explains nothing", cause, "explains: [pull-failed]\n", "", "tag-missing/entry.yaml:1: a cause explains at least one entry"},
		{"log that explains nothing", "jvm/more/entry.yaml", "*", "kind: log", "more/entry.yaml:1: a log explains at least one entry"},
		{"explains a stranger", cause, "explains: [pull-failed]", "explains: [pull-fialed]", `tag-missing/entry.yaml:2: explains: there is no entry "pull-fialed", nor is it in planned.txt`},
		{"explains itself", cause, "explains: [pull-failed]", "explains: [tag-missing]", `entry.yaml:2: explains: "tag-missing" itself explains "tag-missing"`},
		{"explain each other", yaml, "kind: state", "kind: state\nexplains: [tag-missing]", `pull-failed/entry.yaml:2: explains: "tag-missing" itself explains "pull-failed"`},
		{"explains no list", cause, "explains: [pull-failed]", "explains: pull-failed", "tag-missing/entry.yaml:2: expected a list"},
		{"refines a stranger", cause, "kind: cause", "kind: cause\nrefines: [more]", `tag-missing/entry.yaml:2: refines: there is no entry "more", nor is it in planned.txt`},
		{"refines itself", cause, "kind: cause", "kind: cause\nrefines: [tag-missing]", `tag-missing/entry.yaml:2: refines: "tag-missing" itself refines "tag-missing"`},

		// course
		{"no frequency", yaml, "frequency: common\n", "", `entry.yaml:1: frequency is one of ["common" "occasional" "rare"], not ""`},
		{"unknown frequency", yaml, "frequency: common", "frequency: often", `entry.yaml:2: frequency is one of ["common" "occasional" "rare"], not "often"`},
		{"no heals", yaml, "heals: after-fix\n", "", `entry.yaml:1: heals is one of ["alone" "after-fix" "never"], not ""`},
		{"unknown heals", yaml, "heals: after-fix", "heals: after fix", `entry.yaml:3: heals is one of ["alone" "after-fix" "never"], not "after fix"`},
		{"no waiting", yaml, "waiting: safe\n", "", `entry.yaml:1: waiting is one of ["safe" "harmful"], not ""`},
		{"unknown waiting", yaml, "waiting: safe", "waiting: [safe]", `entry.yaml:4: expected a text`},

		// patterns
		{"bad pattern", yaml, "pull {image}", "pull {Image}", "entry.yaml:7: pattern: {Image} is no hole"},
		{"unknown operation", cause, "in: [pull, create]", "in: [pull, creation]", `tag-missing/entry.yaml:6: "creation" is none of the operations admit, schedule,`},
		{"unknown operation of a pattern", cause, "in: [create],", "in: [Create],", `tag-missing/entry.yaml:9: "Create" is none of the operations`},
		{"weak is no text", cause, "weak: true", "weak: yes", "tag-missing/entry.yaml:9: weak is true, or left out"},
		{"weak: false", cause, "weak: true", "weak: false", "tag-missing/entry.yaml:9: weak is true, or left out"},
		{"unknown key of a pattern", cause, "weak: true", "week: true", `tag-missing/entry.yaml:9: unknown key "week"; the keys here are text, in, weak`},
		{"pattern without a text", cause, `text: "tag {tag} is gone", `, "", "tag-missing/entry.yaml:9: pattern without a text"},
		{"no pattern", cause, "patterns:\n  - \"no such tag\"\n  - {text: \"tag {tag} is gone\", in: [create], weak: true}\n", "", "tag-missing/entry.yaml:1: no patterns and no status"},
		{"same pattern twice", yaml, `"PullFailed"`, `"ＰＵＬＬＦＡＩＬＥＤ:"` + "\n  - PullFailed", `entry.yaml:7: pattern "PullFailed" stands in pull-failed already`},
		{"same pattern as another entry's", cause, `"no such tag"`, `"pullFAILED"`, `tag-missing/entry.yaml:8: pattern "pullFAILED" stands in pull-failed already`},
		{"same pattern, one operation in common", yaml, `"PullFailed"`, `{text: "No Such Tag", in: [start, create]}`, `tag-missing/entry.yaml:8: pattern "no such tag" stands in pull-failed already`},
		{"status that is another's pattern", cause, `"no such tag"`, `"failed"`, `tag-missing/entry.yaml:8: pattern "failed" stands in pull-failed already`},

		{"too common", yaml, `"PullFailed"`, `"Running"`, `pull-failed/entry.yaml:6: pattern "Running" is too common: it claims "Running" of a healthy text, internal/entry/testdata/healthy/pods.txt`},

		// examples
		{"no example", yaml, "examples:\n  - text: PullFailed\n  - text: \"cannot pull nginx:1\"\n    parameters: {image: \"nginx:1\"}\n  - text: Failed\n", "", "pull-failed/entry.yaml:1: no examples"},
		{"example without a text", yaml, "  - text: Failed", "  - parameters: {image: a}", "pull-failed/entry.yaml:13: example without a text"},
		{"example of another entry", yaml, "text: PullFailed", `text: "Failed to pull image a: no such tag"`, `entry.yaml:10: example "Failed to pull image a: no such tag" gives tag-missing first, by its pattern "no such tag"`},
		{"example in another operation", cause, "Failed to pull image nginx:1: no such tag", "Readiness probe failed: no such tag", `entry.yaml:11: example "Readiness probe failed: no such tag" gives no entry`},
		{"example of nothing", yaml, "text: PullFailed", "text: hello", `entry.yaml:10: example "hello" gives no entry`},
		{"wrong parameters", yaml, `parameters: {image: "nginx:1"}`, `parameters: {image: nginx}`, "gives the parameters map[image:nginx:1], not map[image:nginx]"},
		{"a parameter with half of its brackets", cause, `tag 1.9 is gone"` + "\n    parameters: {tag: \"1.9\"}", `tag 1]9 is gone"` + "\n    parameters: {tag: \"1]9\"}", `entry.yaml:12: example "Failed to create container app: tag 1]9 is gone": the parameter tag is "1]9"`},
		{"untested pattern", yaml, "  - text: PullFailed\n", "", `entry.yaml:6: no example holds pattern "PullFailed"`},
		{"untested status", yaml, "  - text: Failed\n", "", `entry.yaml:8: no example holds pattern "Failed"`},
		{"near miss that hits", yaml, "pulled nginx:1", "status PullFailed", `must not match, but does: "status PullFailed"`},
		{"near miss of a cause that hits", cause, `"Liveness probe failed: no such tag"`, `"Failed to pull image a: no such tag"`, `tag-missing/entry.yaml:16: must not match, but does`},
		{"no near miss", yaml, "not:\n  - \"pulled nginx:1\"\n", "", "pull-failed/entry.yaml:1: 0 texts under “not”, of at least 1"},
		{"one near miss of a cause", cause, "  - \"Liveness probe failed: no such tag\"\n", "", "tag-missing/entry.yaml:1: 1 texts under “not”, of at least 2"},

		{"picture without https", yaml, "https://example.com/shot.png", "http://example.com/shot.png", `entry.yaml:17: address "http://example.com/shot.png" does not begin with https://`},
		{"picture from an odd host", yaml, "https://example.com/shot.png", "https://a;script-src.x/shot.png", `entry.yaml:17: host "a;script-src.x"`},
		{"picture that nobody shows", yaml, "  shot:", "  other: https://example.com/o.png\n  shot:", `pull-failed/en.md:1: picture "other" is in entry.yaml, but no step shows it`},
		{"left to fill in", yaml, "PullFailed", "FILL IN", "FILL IN is left"},

		// pages
		{"file missing", "image/pull-failed/zh.md", "", "", "pull-failed/zh.md:1: file is missing"},
		{"file too many", "image/pull-failed/fr.md", "*", "# Titre", "pull-failed/fr.md:1: unexpected file"},
		{"no title", en, "# pull-failed", "", "en.md:1: no title"},
		{"second title", en, "## Meaning", "# Again\n\n## Meaning", "en.md:5: second title"},
		{"no summary", en, "The image is not there.\n\n", "", "en.md:1: below the title a line is missing that says it in short"},
		{"long summary", en, "The image is not there.", strings.Repeat("word ", 32) + "end", "en.md:3: the line below the title has 163 letters, of at most 160"},
		{"long summary, Japanese", ja, "The image is not there.", strings.Repeat("語", 81), "ja.md:3: the line below the title has 81 letters, of at most 80"},
		{"blank in the summary", en, "The image is not there.", "{image} is not there.", "en.md:3: the line below the title is shown where nothing fills a blank"},
		{"two paragraphs below the title", en, "## Meaning", "More.\n\n## Meaning", "en.md:5: only one paragraph may stand before the first section"},
		{"section of another language", en, "## Meaning", "## 意味", `en.md:5: section "意味" is none of`},
		{"section of the old form", ja, "## 対処手順", "## 対処", `ja.md:17: section "対処" is none of`},
		{"sections out of order", en, "## Meaning", "## Related\n\n- [other](tag-missing)\n\n## Meaning", `section "Meaning" stands twice or too late`},
		{"section twice", en, "## Steps", "## Meaning\n\nx\n\n## Steps", `en.md:17: section "Meaning" stands twice or too late`},
		{"meaning missing", en, "## Meaning\n\nThe image {image} is **missing**.\n\n", "", "en.md:1: section “## Meaning” is missing"},
		{"confirm missing", en, "## How to confirm\n\n~~~sh read\nkubectl -n {namespace} get events\n~~~\n\nAn event names it.\n\n", "", "en.md:1: section “## How to confirm” is missing"},
		{"prevent missing", en, "## How to prevent it\n\n- Keep *every* tag.\n\n", "", "en.md:1: section “## How to prevent it” is missing"},
		{"related missing", en, "## Related\n\n- [other](tag-missing): why\n", "", "en.md:1: section “## Related” is missing"},
		{"meaning that is a list", en, "The image {image} is **missing**.", "- a", `en.md:5: "Meaning" begins with a paragraph`},
		{"empty confirm", en, "~~~sh read\nkubectl -n {namespace} get events\n~~~\n\nAn event names it.\n\n", "", `en.md:9: "How to confirm" is empty`},
		{"empty prevent", en, "- Keep *every* tag.\n\n", "", `en.md:32: "How to prevent it" is empty`},
		{"table", en, "The image {", "| a | b |\n| - | - |\n\nThe image {", "en.md:7: a table: an entry has paragraphs, lists and code blocks only; write a list"},
		{"deep heading", en, "The image {", "### More\n\nThe image {", "en.md:7: only the title (#) and the sections (##)"},
		{"raw HTML", en, "The image {", "The <b>image</b> {", "en.md:7: raw HTML"},
		{"HTML block", en, "The image {", "<div>\n\nThe image {", "en.md:7: raw HTML"},
		{"printed asterisks", en, "is **missing**.", "is**「x。」**です", "en.md:7: ** is printed as it stands"},
		{"code without a language", en, "~~~sh read", "~~~", "code block without a language"},
		{"code in another language", en, "     ~~~sh read", "     ~~~ruby", "en.md:25: code block in ruby: an entry has sh, yaml, json or text"},
		{"commands that do not say whether they change", en, "     ~~~sh read", "     ~~~sh", "en.md:25: commands say whether they change anything: ```sh read or ```sh change"},
		{"a manifest that says it", en, "     ~~~sh read", "     ~~~yaml change", "en.md:25: code block in yaml change"},
		{"unknown blank", en, "{instance}", "{pod}", "en.md:25: {pod} is neither a hole"},
		{"blank of another entry", en, "{instance}", "{tag}", "en.md:25: {tag} is neither a hole"},
		{"unknown picture", en, "(shot)", "(shoot)", "en.md:28: picture shoot is not among the pictures"},
		{"picture without a text", en, "![What it shows]", "![]", "en.md:28: picture shot has no text"},
		{"link to a stranger", en, "(tag-missing)", "(tag-mising)", `en.md:38: there is no entry "tag-mising", nor is it in planned.txt`},
		{"link to itself", en, "(tag-missing)", "(pull-failed)", "en.md:38: link to the entry itself"},
		{"plain http", en, "(tag-missing)", "(http://example.com)", "en.md:38: link to http://example.com"},
		{"script", en, "The image {", "The [image](javascript:alert(1)) {", "en.md:7: link to javascript:alert(1)"},
		{"steps that are no list", en, "1. Look at it.", "Look at it.\n\n1. Now.", `"Steps" is one numbered list and nothing else`},
		{"related that is no list", en, "- [other](tag-missing): why", "[other](tag-missing)", `"Related" is one list of links`},
		{"related without a link", en, "- [other](tag-missing): why", "- other", "en.md:38: an item here begins with a link"},
		{"other steps", ja, "2. Done.", "", "pull-failed/ja.md:17: 1 steps, but en.md has 2"},
		{"other commands", ja, "get pod", "delete pod", "pull-failed/ja.md:19: step 1: its code blocks are not those of en.md"},
		{"the same command, said to change", ja, "     ~~~sh read", "     ~~~sh change", "pull-failed/ja.md:19: step 1: its code blocks are not those of en.md"},
		{"other related entries", ja, "- [other](tag-missing): why", "- [later](later): why", `pull-failed/ja.md:36: "関連項目": its entries are not those of en.md, in their order`},
		{"related twice", en, "- [other](tag-missing): why", "- [other](tag-missing): why\n- [again](tag-missing): why", `pull-failed/en.md:39: "tag-missing" stands twice in "Related"`},
		{"other commands to confirm", ja, "get events", "get pods", `pull-failed/ja.md:9: "確認方法": its code blocks are not those of en.md`},
		{"full-width colon", ja, "- TEM: ", "- TEM：", "write “TEM: ” and “kubectl: ”"},

		// words
		{"a form that the glossary rules out", ja, "is **missing**.", "は消えたサーバにあります。", `pull-failed/ja.md:7: "サーバ": the glossary says "サーバー"`},
		{"such a form in the summary", en, "The image is not there.", "The hostname is not there.", `en.md:3: "hostname": the glossary says "host name"`},
		{"such a form in a title, behind the message", ja, "# pull-failed", "# サーバ：サーバがない", `ja.md:1: "サーバ"`},
		{"such a form in a step", ja, "2. Done.", "2. サーバを見ます。", `ja.md:30: "サーバ"`},
		{"such a form in the text of a picture", ja, "What it shows", "サーバの画面", `ja.md:28: "サーバ"`},
		{"such a form in the text of a link", ja, "[other](tag", "[サーバ](tag", `ja.md:38: "サーバ"`},
		{"a broken glossary", glossary, "| server |", "|", "GLOSSARY.md:5: 6 cells, but the table has the columns"},
		{"a glossary without a table", glossary, "*", "# Words", "GLOSSARY.md:1: no table with the columns"},
		{"half-width comma", ja, "An event names it.", "イベント,名前です。", "ja.md:15: half-width punctuation: write 、，。：；！？ (イベント,名前です。)"},
		{"no space before code", "image/pull-failed/zh.md", "An event names it.", "事件`Failed`。", "zh.md:15: no space before code or a label"},
		{"plain form", ja, "An event names it.", "イベントが示す。", "ja.md:15: a sentence ends in です or ます"},
		{"a page too long", "create/tag-missing/en.md", "An event names it.", strings.Repeat("word ", 600), "tag-missing/en.md:1: 6"},
		{"a page too long, Chinese", "create/tag-missing/zh.md", "An event names it.", strings.Repeat("字", 1450), "tag-missing/zh.md:1: 15"},
		{"a state's page too long", ja, "An event names it.", strings.Repeat(strings.Repeat("語", 280)+"\n\n", 10), "pull-failed/ja.md:1: 29"},

		// commands
		{"a quotation mark that does not end", en, "get pod {instance}", "get pod '{instance}", "en.md:25: a shell does not understand this: "},
		{"half a loop", en, "get events", "get events\nfor i in 1 2; do echo $i", "en.md:13: a shell does not understand this: "},
		{"what only bash knows", en, "get events", "get events <(echo)", "en.md:12: a shell does not understand this: "},
		{"left to fill in, page", en, "Done.", "FILL IN", "en.md:17: FILL IN is left in this section"},
		{"left to fill in, summary", en, "The image is not there.", "FILL IN", "en.md:3: FILL IN is left"},
		{"left to fill in, title", en, "# pull-failed", "# FILL IN", "en.md:1: FILL IN is left"},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := valid()
			switch old := files[test.file]; {
			case test.old == "":
				delete(files, test.file)
			case test.old == "*":
				files[test.file] = test.new
			case !strings.Contains(old, test.old):
				t.Fatalf("%s does not hold %q", test.file, test.old)
			default:
				files[test.file] = strings.Replace(old, test.old, test.new, 1)
			}
			_, err := load(files)
			var faults entry.Faults
			if !errors.As(err, &faults) {
				t.Fatalf("error %v", err)
			}
			if !strings.Contains(err.Error(), test.want) {
				t.Errorf("faults:\n%v\nwant one with %q", err, test.want)
			}
		})
	}
}

// TestWordsThatStay: code, labels of a console and the words of a message are not
// held to the glossary, nor is a longer page of a state.
func TestWordsThatStay(t *testing.T) {
	const ja, en = "image/pull-failed/ja.md", "image/pull-failed/en.md"
	for _, test := range []struct{ name, file, old, new string }{
		{"code", ja, "An event names it.", "`サーバ` です。"},
		{"a label", ja, "An event names it.", "**サーバ** を見ます。"},
		{"a message in a title", ja, "# pull-failed", "# サーバ：サーバーがない"},
		{"a message in an English title", en, "# pull-failed", "# hostname: the host name is unknown"},
		{"inside a term", ja, "An event names it.", "サーバーです。"},
		{"a longer state", en, "An event names it.", strings.Repeat("word ", 700)},
		{"a blank in quotation marks", en, "get events", "get events '{instance}' --for=\"pod/{instance}\""},
		{"jsonpath and a heredoc", en, "get events", "get events -o jsonpath='{range .items[*]}{.a}{end}' <<'EOF'\na 'b\nEOF"},
	} {
		files := valid()
		if !strings.Contains(files[test.file], test.old) {
			t.Fatalf("%s: %s does not hold %q", test.name, test.file, test.old)
		}
		for _, name := range []string{test.file, ja, "image/pull-failed/zh.md"} {
			if name == test.file || strings.HasPrefix(test.old, "get") { // commands are the same in all languages
				files[name] = strings.Replace(files[name], test.old, test.new, 1)
			}
		}
		if _, err := load(files); err != nil {
			t.Errorf("%s:\n%v", test.name, err)
		}
	}
}

// TestOneWay: a page leads back to those that name it under "Related", if nothing
// else joins the two.
func TestOneWay(t *testing.T) {
	files := valid()
	for name, content := range valid() {
		if rest, ok := strings.CutPrefix(name, "create/tag-missing/"); ok {
			files["create/lone/"+rest] = strings.NewReplacer("such tag", "such lone", "tag {", "lone {", "tag 1", "lone 1", "(pull-failed)", "(tag-missing)").Replace(content)
		}
	}
	_, err := load(files)
	if want := `create/lone/en.md:38: "Related" leads to "tag-missing", whose page does not lead back here`; err == nil || err.Error() != want {
		t.Errorf("faults\n%v\nwant\n%s", err, want)
	}
	files["create/tag-missing/en.md"] = strings.Replace(files["create/tag-missing/en.md"], "An event", "A [lone](lone) event", 1)
	if _, err := load(files); err != nil {
		t.Errorf("with a way back: %v", err)
	}
}

// TestCircles: entries that refine each other in a longer circle are reported,
// each of them; a chain is none.
func TestCircles(t *testing.T) {
	for _, test := range []struct {
		name    string
		refines map[string]string
		want    []string
	}{
		{"a chain", map[string]string{"a": "b", "b": "c"}, nil},
		{"a circle", map[string]string{"a": "b", "b": "c", "c": "a"}, []string{
			`create/a/entry.yaml:1: refines: "b" itself refines "a"`, `create/b/entry.yaml:1: refines: "c" itself refines "b"`, `create/c/entry.yaml:1: refines: "a" itself refines "c"`,
		}},
		{"a way into a circle", map[string]string{"a": "b", "b": "c", "c": "b"}, []string{
			`create/b/entry.yaml:1: refines: "c" itself refines "b"`, `create/c/entry.yaml:1: refines: "b" itself refines "c"`,
		}},
	} {
		files := valid()
		for _, id := range []string{"a", "b", "c"} {
			for name, content := range valid() {
				rest, ok := strings.CutPrefix(name, "create/tag-missing/")
				if !ok {
					continue
				}
				if general := test.refines[id]; general != "" && rest == "entry.yaml" {
					content = "refines: [" + general + "]\n" + content
				}
				files["create/"+id+"/"+rest] = strings.NewReplacer("such tag", "such "+id, "tag {", id+" {", "tag 1", id+" 1").Replace(content)
			}
		}
		_, err := load(files)
		got := ""
		if err != nil {
			got = err.Error()
		}
		if want := strings.Join(test.want, "\n"); got != want {
			t.Errorf("%s: faults\n%s\nwant\n%s", test.name, got, want)
		}
	}
}

// TestPlanned: an id that is planned may be explained, refined and linked to.
func TestPlanned(t *testing.T) {
	files := valid()
	const yaml, en = "create/tag-missing/entry.yaml", "create/tag-missing/en.md"
	files[yaml] = strings.Replace(files[yaml], "explains: [pull-failed]", "explains: [later]\nrefines: [later-still]", 1)
	for _, page := range []string{en, strings.Replace(en, "en.md", "ja.md", 1), strings.Replace(en, "en.md", "zh.md", 1)} {
		files[page] = strings.Replace(files[page], "[other](pull-failed)", "[other](later)", 1)
	}
	files[en] = strings.Replace(files[en], "An event", "A [later](later-still) event, not [this](pull-failed),", 1)
	if _, err := load(files); err != nil {
		t.Error(err)
	}
	delete(files, "planned.txt")
	_, err := load(files)
	for _, want := range []string{
		`tag-missing/entry.yaml:2: explains: there is no entry "later", nor is it in planned.txt`,
		`tag-missing/entry.yaml:3: refines: there is no entry "later-still", nor is it in planned.txt`,
		`tag-missing/en.md:15: there is no entry "later-still", nor is it in planned.txt`,
		`tag-missing/en.md:38: there is no entry "later", nor is it in planned.txt`,
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("without planned.txt: faults lack %q:\n%v", want, err)
		}
	}
}

// TestSamePatternInOtherOperations: two entries may look for the same text if
// their operations have none in common, and each gets its own.
func TestSamePatternInOtherOperations(t *testing.T) {
	files := valid()
	for name, content := range valid() {
		if rest, ok := strings.CutPrefix(name, "create/tag-missing/"); ok {
			files["probe/tag-unread/"+rest] = strings.NewReplacer("in: [pull, create]", "in: [probe]", "Failed to pull image nginx:1: no", "Readiness probe failed: no",
				"Liveness probe failed", "Failed to pull image a", "Failed to create container app: tag", "Liveness probe failed: label", "in: [create], ", "", "tag {", "label {").Replace(content)
		}
	}
	if _, err := load(files); err != nil {
		t.Error(err)
	}
}
