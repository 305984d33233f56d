package markdown

import (
	"strings"
	"sync"

	"github.com/alecthomas/chroma/v2"

	"github.com/reasonbook/reasonbook/internal/book"
)

// The grammars of the languages that commands and settings are written in.
// Those of chroma itself know every construct of a shell script, for ten times
// the time, but not that "--tail" is the name of an option.
var lexers = sync.OnceValue(func() map[string]chroma.Lexer {
	grammar := func(name string, rules chroma.Rules) chroma.Lexer {
		return chroma.MustNewLexer(&chroma.Config{Name: name}, func() chroma.Rules { return rules })
	}
	variable := chroma.Rule{Pattern: `\$\{[^}]{0,200}\}|\$\w+|\$[?!#@*$]`, Type: chroma.NameVariable}
	// Bounded, because an opening quote without a closing one costs that much.
	quoted := chroma.Rule{Pattern: `"(?:\\.|[^"\\]){0,200}"|'[^']{0,200}'`, Type: chroma.LiteralString}
	shell := grammar("shell", chroma.Rules{
		// Where a command begins.
		"root": {
			{Pattern: `\s+`, Type: chroma.Text},
			{Pattern: `\w+=`, Type: chroma.NameVariable, Mutator: chroma.Push("value")},
			{Pattern: `[\w./-]+`, Type: chroma.Keyword, Mutator: chroma.Push("arguments")},
			{Pattern: `#[^\n]*`, Type: chroma.Comment},
			quoted, variable,
			{Pattern: `.`, Type: chroma.Text},
		},
		"arguments": {
			{Pattern: `(?:[^\S\n]+|\\\n|[^\s"'$#|;&()=\\-][^\s"'$#|;&()=\\]*)+`, Type: chroma.Text},
			{Pattern: `--?[A-Za-z][\w-]*`, Type: chroma.NameAttribute},
			{Pattern: `\n|[|;&]+|\$?\(`, Type: chroma.Text, Mutator: chroma.Pop(1)},
			quoted, variable,
			{Pattern: `(?<=\s)#[^\n]*`, Type: chroma.Comment},
			{Pattern: `.`, Type: chroma.Text},
		},
		// What is assigned to a variable.
		"value": {
			quoted, variable,
			{Pattern: `\$\(`, Type: chroma.Text, Mutator: chroma.Pop(1)},
			{Pattern: `[^\s"'$]+`, Type: chroma.Text},
			{Pattern: `\s+`, Type: chroma.Text, Mutator: chroma.Pop(1)},
			{Pattern: `.`, Type: chroma.Text},
		},
	})
	yaml := grammar("yaml", chroma.Rules{
		"root": {
			{Pattern: `[\s-]*\s`, Type: chroma.Text},
			{Pattern: `[\w./-]+(?=:(?:\s|$))`, Type: chroma.NameTag},
			quoted,
			{Pattern: `(?<![^\s])#[^\n]*`, Type: chroma.Comment},
			{Pattern: `[^\s"']+|.`, Type: chroma.Text},
		},
	})
	json := grammar("json", chroma.Rules{
		"root": {
			{Pattern: `"(?:\\.|[^"\\]){0,200}"(?=\s{0,40}:)`, Type: chroma.NameTag},
			quoted,
			{Pattern: `[^"]+|.`, Type: chroma.Text},
		},
	})
	http := grammar("http", chroma.Rules{
		"root": {
			{Pattern: `[\w-]+(?=: )`, Type: chroma.NameTag, Mutator: chroma.Push("value")},
			{Pattern: `[^\n]+\n?|\n`, Type: chroma.Text},
		},
		"value": {{Pattern: `[^\n]+\n?|\n`, Type: chroma.Text, Mutator: chroma.Pop(1)}},
	})
	return map[string]chroma.Lexer{"sh": shell, "yaml": yaml, "json": json, "http": http}
})

// The first of the private characters that stand for the blanks of a code
// block while it is split into tokens: one character is never split.
const firstBlank = 0xe100

// highlighted remembers code blocks: the languages of an entry hold the same.
var highlighted = struct {
	sync.Mutex
	code map[string]string
}{code: map[string]string{}}

const maxHighlighted = 4096 // blocks

// highlight returns a code block with marks for its tokens: c comment,
// k keyword, n name of a field, s string, v variable.
func highlight(language, code string) string {
	key := language + "\n" + code
	highlighted.Lock()
	marked, ok := highlighted.code[key]
	highlighted.Unlock()
	if ok {
		return marked
	}
	marked = markTokens(language, code)
	highlighted.Lock()
	defer highlighted.Unlock()
	if len(highlighted.code) == maxHighlighted {
		clear(highlighted.code)
	}
	highlighted.code[key] = marked
	return marked
}

func markTokens(language, code string) string {
	lexer := lexers()[language]
	if lexer == nil {
		return code
	}
	masked, blanks := mask(code)
	tokens, err := lexer.Tokenise(nil, masked)
	if err != nil {
		return code
	}
	out := newRichWriter(nil)
	open := ""
	for token := tokens(); token != chroma.EOF; token = tokens() {
		class := tokenClass(token.Type)
		if strings.TrimSpace(token.Value) == "" {
			class = open // white space belongs to what stands before it
			if class == "n" {
				class = "" // lines break between options, not in them
			}
		}
		if class != open {
			if open != "" {
				out.end()
			}
			if class != "" {
				out.begin(book.TokenMark, class)
			}
			open = class
		}
		out.WriteString(token.Value)
	}
	if open != "" {
		out.end()
	}
	return unmask(string(out.rich()), blanks)
}

// mask replaces the blanks of a code block.
func mask(code string) (masked string, blanks []string) {
	var out strings.Builder
	for {
		before, blank, found := strings.Cut(code, string(book.BlankMark))
		out.WriteString(before)
		if !found {
			return out.String(), blanks
		}
		name, rest, _ := strings.Cut(blank, string(book.ArgumentMark))
		out.WriteRune(firstBlank + rune(len(blanks)))
		blanks = append(blanks, string(book.BlankMark)+name+string(book.ArgumentMark))
		code = rest
	}
}

// unmask puts the blanks back.
func unmask(s string, blanks []string) string {
	var out strings.Builder
	for i, blank := range blanks {
		before, rest, _ := strings.Cut(s, string(rune(firstBlank+i)))
		out.WriteString(before + blank)
		s = rest
	}
	return out.String() + s
}

func tokenClass(t chroma.TokenType) string {
	switch {
	case t.InCategory(chroma.Comment):
		return "c"
	case t.InCategory(chroma.Keyword), t == chroma.NameBuiltin:
		return "k"
	case t == chroma.NameTag, t == chroma.NameAttribute:
		return "n"
	case t.InSubCategory(chroma.LiteralString):
		return "s"
	case t == chroma.NameVariable:
		return "v"
	}
	return ""
}
