package markdown

import (
	"strings"
	"sync"

	"github.com/reasonbook/reasonbook/internal/book"
)

// highlighted remembers code blocks: the languages of an entry hold the same.
var highlighted = struct {
	sync.Mutex
	code map[string]string
}{code: map[string]string{}}

const maxHighlighted = 4096 // blocks

// highlight returns a code block with marks for its tokens.
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

// A class is what a token is, as the style of the site names it.
type class string

const (
	plainText class = ""
	comment   class = "c"
	command   class = "k"
	name      class = "n" // of an option or a field
	quotation class = "s"
	variable  class = "v"
)

// languages are how the next token of a language is taken.
var languages = map[string]func(*scanner) class{
	"sh": (*scanner).shell, "yaml": (*scanner).yaml, "json": (*scanner).json, "http": (*scanner).http,
}

func markTokens(language, code string) string {
	next := languages[language]
	if next == nil {
		return code
	}
	s := scanner{code: code}
	out := newRichWriter(nil)
	open := plainText
	for s.at < len(code) {
		start := s.at
		is := next(&s)
		token := code[start:s.at]
		if strings.TrimSpace(token) == "" {
			is = open // white space belongs to what stands before it
			if is == name {
				is = plainText // lines break between options, not in them
			}
		}
		if is != open {
			if open != plainText {
				out.end()
			}
			if is != plainText {
				out.begin(book.TokenMark, string(is))
			}
			open = is
		}
		out.WriteString(token)
	}
	if open != plainText {
		out.end()
	}
	return string(out.rich())
}

// shell takes a token of a shell's commands. A highlighter for whole scripts knows
// every construct, but not that “--tail” is the name of an option.
func (s *scanner) shell() class {
	switch s.state {
	case atCommand:
		switch {
		case s.take(isSpace):
			return plainText
		case s.assignment():
			s.state = atValue
			return variable
		case s.take(func(r rune) bool { return isWord(r) || strings.ContainsRune("./-", r) }):
			s.state = atArguments
			return command
		case s.peek() == '#':
			s.take(isNotFeed)
			return comment
		}
	case atArguments:
		switch {
		case s.arguments():
			return plainText
		case s.option():
			return name
		case s.takeText("\n"), s.take(func(r rune) bool { return strings.ContainsRune("|;&", r) }), s.takeText("$("), s.takeText("("):
			s.state = atCommand
			return plainText
		case s.peek() == '#' && s.afterSpace():
			s.take(isNotFeed)
			return comment
		}
	case atValue:
		switch {
		case s.takeText("$("), s.take(isSpace):
			s.state = atCommand
			return plainText
		case s.take(func(r rune) bool { return !isSpace(r) && !strings.ContainsRune(`"'$`, r) }):
			return plainText
		}
	}
	switch {
	case s.quoted():
		return quotation
	case s.variable():
		return variable
	}
	s.next()
	return plainText
}

// yaml takes a token of YAML.
func (s *scanner) yaml() class {
	switch {
	case s.indent():
		return plainText
	case s.field():
		return name
	case s.quoted():
		return quotation
	case s.peek() == '#' && s.afterSpace():
		s.take(isNotFeed)
		return comment
	case s.take(func(r rune) bool { return !isSpace(r) && r != '"' && r != '\'' }):
		return plainText
	}
	s.next()
	return plainText
}

// json takes a token of JSON.
func (s *scanner) json() class {
	if s.quoted() {
		if strings.HasPrefix(strings.TrimLeft(s.rest(), " \t\n"), ":") {
			return name
		}
		return quotation
	}
	if !s.take(func(r rune) bool { return r != '"' }) {
		s.next()
	}
	return plainText
}

// http takes a token of a message's lines: a header's name, or all else.
func (s *scanner) http() class {
	if s.state == atCommand {
		start := s.at
		if s.take(func(r rune) bool { return isWord(r) || r == '-' }) && strings.HasPrefix(s.rest(), ": ") {
			s.state = atValue
			return name
		}
		s.at = start
	}
	s.state = atCommand
	s.take(isNotFeed)
	s.takeText("\n")
	return plainText
}
