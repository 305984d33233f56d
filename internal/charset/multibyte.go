package charset

// An eastAsian encoding is one that East Asian systems write besides UTF-8.
type eastAsian struct {
	name string
	// next returns how many bytes the first character has, which is none of
	// ASCII, and whether it is a frequent one; 0 if there is no such character.
	next func(s []byte) (size int, frequent bool)
}

var encodings = []eastAsian{
	{"SHIFT_JIS", shiftJIS},
	{"EUC-JP", eucJP},
	{"GB18030", gb18030},
}

// multiByte returns the encoding in which content has the largest share of
// frequent characters.
func multiByte(content []byte) Form {
	best, bestShare := Form{Kind: Unknown}, 0.4 // what is less is chance
	for _, e := range encodings {
		characters, frequent := 0, 0
		rest := content
		for len(rest) > 0 {
			if rest[0] < 0x80 {
				rest = rest[1:]
				continue
			}
			size, often := e.next(rest)
			if size == 0 {
				break
			}
			characters++
			if often {
				frequent++
			}
			rest = rest[size:]
		}
		// What is left is a character that the sample cuts, or no such text.
		if len(rest) > 3 || characters == 0 {
			continue
		}
		if share := float64(frequent) / float64(characters); share > bestShare {
			best, bestShare = Form{Encoded, e.name}, share
		}
	}
	return best
}

func within(b, low, high byte) bool { return b >= low && b <= high }

// shiftJIS: kana, punctuation and the kanji of level 1 are frequent.
func shiftJIS(s []byte) (int, bool) {
	switch {
	case within(s[0], 0xa1, 0xdf): // katakana of half width
		return 1, false
	case len(s) < 2 || !within(s[1], 0x40, 0xfc) || s[1] == 0x7f:
		return 0, false
	case within(s[0], 0x81, 0x9f):
		return 2, s[0] <= 0x83 || within(s[0], 0x88, 0x97)
	case within(s[0], 0xe0, 0xfc):
		return 2, false
	}
	return 0, false
}

// eucJP: kana are frequent, which no Japanese text lacks; the kanji stand where
// GB18030 has the Chinese ones.
func eucJP(s []byte) (int, bool) {
	switch {
	case len(s) < 2 || !within(s[1], 0xa1, 0xfe):
		return 0, false
	case s[0] == 0x8f && len(s) > 2 && within(s[2], 0xa1, 0xfe):
		return 3, false
	case s[0] == 0x8e || within(s[0], 0xa1, 0xfe):
		return 2, s[0] == 0xa4 || s[0] == 0xa5
	}
	return 0, false
}

// gb18030, and GBK and GB 2312 in it: the characters of level 1, punctuation and
// full-width forms are frequent.
func gb18030(s []byte) (int, bool) {
	switch {
	case len(s) < 2 || !within(s[0], 0x81, 0xfe):
		return 0, false
	case within(s[1], 0x30, 0x39):
		if len(s) < 4 || !within(s[2], 0x81, 0xfe) || !within(s[3], 0x30, 0x39) {
			return 0, false
		}
		return 4, false
	case within(s[1], 0x40, 0xfe) && s[1] != 0x7f:
		return 2, s[1] >= 0xa1 && (within(s[0], 0xb0, 0xd7) || s[0] == 0xa1 || s[0] == 0xa3)
	}
	return 0, false
}
