package filter

import (
	_ "embed"
	"math"
	"strconv"
	"strings"
)

// gramsText says how frequent the pieces of ordinary logs are. A line has a
// level and, without anything between them, the pieces of that level; n is
// 2^(-n/2) of all. Pieces that are not there are rarer. It was counted by
// makegrams over the samples of sixteen systems at github.com/logpai/loghub
// (the files *_2k.log), of which it holds nothing else.
//
//go:embed grams.txt
var gramsText string

// Gram returns four bytes of a log as they are counted: folded as in the table
// of pieces, but printable, and with 0 for all digits.
func Gram(s string) string {
	var out [4]byte
	for i := range out {
		c := s[i] | 0x20
		if isDigit(c) {
			c = '0'
		} else if c == '_'|0x20 {
			c = '_'
		}
		out[i] = c
	}
	return string(out[:])
}

// grams is gramsText: by piece (0 for digits) its share.
func grams() map[uint32]float64 {
	m := map[uint32]float64{}
	for line := range strings.Lines(gramsText) {
		level, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		n, err := strconv.Atoi(level)
		if err != nil || len(rest)%4 != 0 {
			panic("filter: grams.txt: " + strconv.Quote(line))
		}
		for ; rest != ""; rest = rest[4:] {
			m[load(rest[:4])] = math.Exp2(-float64(n) / 2)
		}
	}
	return m
}

// digitless returns a piece with 0 for its digits, and how many pieces have the
// same.
func digitless(piece uint32) (uint32, float64) {
	same := 1.0
	for i := 0; i < 32; i += 8 {
		if isDigit(byte(piece >> i)) {
			piece = piece&^(0xff<<i) | '0'<<i
			same *= 10
		}
	}
	return piece, same
}
