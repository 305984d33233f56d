package filter

import (
	_ "embed"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"
)

// gramsCommon says how frequent the pieces of ordinary logs are, of those that
// stand there once in 4,096 places or more often. A line has a level and, without
// anything between them, the pieces of that level; n is 2^(-n/2) of all. N is any
// digit, of pieces that are not there themselves; other pieces that are not there
// are rarer. It was counted by makegrams over the samples of sixteen systems at
// github.com/logpai/loghub (the files *_2k.log), of which it holds nothing else,
// and over logs of package samplelog.
//
//go:embed grams_common.txt
var gramsCommon string

// Gram returns four bytes of a log as they are counted: folded, but printable.
func Gram(s string) string {
	var out [4]byte
	for i := range out {
		if out[i] = s[i] | 0x20; out[i] == '_'|0x20 {
			out[i] = '_'
		}
	}
	return string(out[:])
}

// AnyDigit returns a gram with anyDigit for its digits.
func AnyDigit(gram string) string {
	return strings.Map(func(r rune) rune {
		if isDigit(byte(r)) {
			return anyDigit
		}
		return r
	}, gram)
}

// anyDigit is no folded byte.
const anyDigit = 'N'

// grams is gramsCommon and gramsRare: by piece its share.
var grams = sync.OnceValue(func() map[uint32]float64 {
	m := map[uint32]float64{}
	for line := range strings.Lines(gramsCommon + gramsRare) {
		level, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		n := 0
		for i := range len(level) {
			n = n*10 + int(level[i]-'0')
		}
		if n > 64 || len(rest)%4 != 0 {
			panic("filter: grams: " + line)
		}
		for ; rest != ""; rest = rest[4:] {
			m[loadGram(rest)] = math.Exp2(-float64(n) / 2)
		}
	}
	return m
})

// loadGram is load, but keeps anyDigit.
func loadGram(s string) uint32 {
	v := load(s)
	for i := range 4 {
		if s[i] == anyDigit {
			v &^= 0x20 << (8 * i)
		}
	}
	return v
}

// digitless returns a piece with anyDigit for its digits, and how many pieces
// have the same.
func digitless(piece uint32) (class uint32, same float64) {
	same = 1
	for i := 0; i < 32; i += 8 {
		if isDigit(byte(piece >> i)) {
			piece = piece&^(0xff<<i) | anyDigit<<i
			same *= 10
		}
	}
	if same == 1 {
		return 0, same // counted as it is
	}
	return piece, same
}

// A gramShare is a piece and its share.
type gramShare struct {
	piece uint32
	share float64
}

// frequent are the pieces that logs have so often that they must not be met by
// chance. Those with many digits are spread too thin.
var frequent = sync.OnceValue(func() []gramShare {
	const thin = 100
	shares := map[uint32]float64{}
	for class, share := range grams() {
		var digits []int
		same := 1
		for i := 0; i < 32; i += 8 {
			if byte(class>>i) == anyDigit {
				digits = append(digits, i)
				same *= 10
			}
		}
		if same > thin {
			continue
		}
		for n := range same {
			piece := class
			for _, i := range digits {
				piece = piece&^(0xff<<i) | uint32('0'+n%10)<<i
				n /= 10
			}
			shares[piece] += share / float64(same)
		}
	}
	list := make([]gramShare, 0, len(shares))
	for _, piece := range slices.Sorted(maps.Keys(shares)) {
		list = append(list, gramShare{piece, shares[piece]})
	}
	return list
})
