package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/reasonbook/reasonbook/internal/book"
)

// A scanner goes through a code block. A blank is one character of it.
type scanner struct {
	code  string
	at    int // where the next token begins
	state state
	// unclosed are the quotation marks that no other one of the kind follows.
	unclosed string
}

// A state is what may stand next in a command or, of HTTP, a line.
type state int

const (
	atCommand   state = iota // its beginning
	atArguments              // what follows its name
	atValue                  // what is assigned to a variable, or a header's value
)

func (s *scanner) rest() string { return s.code[s.at:] }

// peek returns the next character, a [Object] for a blank, -1 at the end.
func (s *scanner) peek() rune {
	if s.at == len(s.code) {
		return -1
	}
	r, _ := s.character(s.at)
	return r
}

// character returns the character at a place, and its length.
func (s *scanner) character(at int) (r rune, size int) {
	if s.code[at] != book.BlankMark {
		return utf8.DecodeRuneInString(s.code[at:])
	}
	end := strings.IndexByte(s.code[at:], book.ArgumentMark)
	if end < 0 {
		return Object, len(s.code) - at
	}
	return Object, end + 1
}

// next takes a character.
func (s *scanner) next() {
	_, size := s.character(s.at)
	s.at += size
}

// take takes the characters that belong to a set, if there are any.
func (s *scanner) take(belongs func(rune) bool) bool {
	start := s.at
	for s.at < len(s.code) {
		r, size := s.character(s.at)
		if !belongs(r) {
			break
		}
		s.at += size
	}
	return s.at > start
}

func (s *scanner) takeText(text string) bool {
	if !strings.HasPrefix(s.rest(), text) {
		return false
	}
	s.at += len(text)
	return true
}

// afterSpace reports whether the next character begins a word.
func (s *scanner) afterSpace() bool {
	if s.at == 0 {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(s.code[:s.at])
	return isSpace(r)
}

// quoted takes what stands in quotation marks.
func (s *scanner) quoted() bool {
	quote := s.peek()
	if quote != '"' && quote != '\'' || strings.ContainsRune(s.unclosed, quote) {
		return false
	}
	for i := s.at + 1; i < len(s.code); i++ {
		switch c := s.code[i]; {
		case c == byte(quote):
			s.at = i + 1
			return true
		case c == '\\' && quote == '"':
			i++
		}
	}
	s.unclosed += string(quote)
	return false
}

// variable takes the name of a shell's variable: $name, ${name}, $?.
func (s *scanner) variable() bool {
	start := s.at
	if !s.takeText("$") {
		return false
	}
	if s.take(isWord) {
		return true
	}
	if s.peek() == '{' {
		if end := strings.IndexByte(s.rest(), '}'); end > 0 {
			s.at += end + 1
			return true
		}
	} else if r := s.peek(); r >= 0 && strings.ContainsRune("?!#@*$", r) {
		s.next()
		return true
	}
	s.at = start
	return false
}

// assignment takes a name and the equals sign behind it.
func (s *scanner) assignment() bool {
	start := s.at
	if s.take(isWord) && s.takeText("=") {
		return true
	}
	s.at = start
	return false
}

// arguments takes words that are no options, and the space between them.
func (s *scanner) arguments() bool {
	start := s.at
	for {
		switch r := s.peek(); {
		case r < 0:
			return s.at > start
		case r != '\n' && isSpace(r):
			s.next()
		case s.takeText("\\\n"):
		case r != '-' && isPlain(r):
			s.take(isPlain)
		default:
			return s.at > start
		}
	}
}

// option takes the name of an option.
func (s *scanner) option() bool {
	start := s.at
	if s.takeText("-") {
		s.takeText("-")
		if r := s.peek(); r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return s.take(func(r rune) bool { return isWord(r) || r == '-' })
		}
	}
	s.at = start
	return false
}

// indent takes what stands before a field: white space, and the signs of lists
// with white space behind them.
func (s *scanner) indent() bool {
	start := s.at
	s.take(func(r rune) bool { return isSpace(r) || r == '-' })
	for s.at > start && s.code[s.at-1] == '-' {
		s.at--
	}
	return s.at > start
}

// field takes the name of a field, if a colon ends it.
func (s *scanner) field() bool {
	start := s.at
	if s.take(func(r rune) bool { return isWord(r) || strings.ContainsRune("./-", r) }) {
		if after, found := strings.CutPrefix(s.rest(), ":"); found && (after == "" || strings.TrimLeftFunc(after[:1], isSpace) == "") {
			return true
		}
	}
	s.at = start
	return false
}

func isSpace(r rune) bool { return r >= 0 && unicode.IsSpace(r) }

func isWord(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

func isNotFeed(r rune) bool { return r != '\n' }

// isPlain reports whether a character means nothing to a shell.
func isPlain(r rune) bool { return !isSpace(r) && !strings.ContainsRune(`"'$#|;&()=\`, r) }
