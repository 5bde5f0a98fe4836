// Package words finds known words in what people type: it folds a text to one spelling and finds every word of a set in
// it, the longest winning. Both the sorting into categories and the search for places stand on it.
package words

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed traditional.txt
var traditional string

// simplified maps a traditional character to the simplified one.
var simplified = sync.OnceValue(func() map[rune]rune {
	m := make(map[rune]rune, 2400)
	for line := range strings.Lines(traditional) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for pair := range strings.FieldsSeq(line) {
			from, size := utf8.DecodeRuneInString(pair)
			to, _ := utf8.DecodeRuneInString(pair[size:])
			m[from] = to
		}
	}
	return m
})

// Simplified is the simplified form of a traditional character; any other character is its own.
func Simplified(r rune) rune {
	if s, ok := simplified()[r]; ok {
		return s
	}
	return r
}

// Break is what every mark that ends a clause is folded to.
const Break = ','

// Fold brings a text to one spelling: simplified characters, lower case, half width, every clause-ending mark as Break,
// no quotes, brackets as Break, and no spaces except a single one between two Latin words. Words of a Set and the texts
// searched must both be folded. Bytes that are no valid UTF-8 are dropped.
func Fold(s string) []rune {
	simple := simplified()
	out := make([]rune, 0, len(s)/2+1)
	space := false
	for s != "" {
		r, size := utf8.DecodeRuneInString(s)
		s = s[size:]
		if r == utf8.RuneError && size <= 1 {
			continue
		}
		r = foldRune(r, simple)
		switch {
		case r == 0:
			continue
		case r == ' ':
			space = true
			continue
		case r == Break && len(out) > 0 && out[len(out)-1] == Break:
			continue
		}
		if space && len(out) > 0 && IsLatin(r) && IsLatin(out[len(out)-1]) {
			out = append(out, ' ')
		}
		space = false
		out = append(out, r)
	}
	return out
}

// foldRune folds one character: 0 to drop it, a space for any white space.
func foldRune(r rune, simple map[rune]rune) rune {
	if r >= 0xFF01 && r <= 0xFF5E { // the full-width forms of ASCII
		r -= 0xFEE0
	}
	switch {
	case r < 0x80:
		return foldASCII(r)
	case r >= 0x4E00 && r <= 0x9FFF:
		if s, ok := simple[r]; ok {
			return s
		}
		return r
	case unicode.IsSpace(r):
		return ' '
	case r == '、', r == '·':
		return r
	case unicode.IsPunct(r) && !unicode.Is(unicode.Tibetan, r):
		if unicode.In(r, unicode.Pi, unicode.Pf, unicode.Pd) {
			return 0
		}
		return Break
	case unicode.Is(unicode.Tibetan, r), unicode.IsLetter(r), unicode.IsMark(r), unicode.IsDigit(r):
		return unicode.ToLower(r)
	case unicode.Is(unicode.So, r): // an emoji ends a clause
		return Break
	default:
		return 0
	}
}

// foldASCII is foldRune for the first 128 characters.
func foldASCII(r rune) rune {
	switch {
	case r >= 'A' && r <= 'Z':
		return r + 'a' - 'A'
	case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
		return r
	case r == '\n', r == '\r':
		return Break
	case r == ' ', r == '\t':
		return ' '
	case r == '"', r == '\'', r == '-', r == '_', r == '*', r < ' ', r == 0x7F:
		return 0
	default:
		return Break
	}
}

// IsLatin tells whether r is a Latin letter or digit, whose words are told apart by spaces.
func IsLatin(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 0x80 && r < 0x250 && unicode.IsLetter(r)
}
