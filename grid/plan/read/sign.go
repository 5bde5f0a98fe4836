package read

import (
	"strings"
	"unicode"

	"github.com/gridwarden/gridwarden/grid/category/words"
)

// sign is one character of a document, as it is printed and as it is read.
type sign struct {
	as   rune // printed
	is   rune // folded: half width, one form of each mark
	line int
	gap  bool // blanks stood before it
	end  bool // a line ended before it
	new  bool // and that line was too short to have been broken off
}

// signs is a piece of a document without its blanks.
type signs []sign

// cut gives the pieces between signs of the set that stand in no bracket.
func (s signs) cut(at string) []signs {
	var out []signs
	depth, from := 0, 0
	for i, c := range s {
		switch {
		case c.is == '(':
			depth++
		case c.is == ')':
			depth = max(depth-1, 0)
		case depth == 0 && strings.ContainsRune(at, c.is):
			out = append(out, s[from:i])
			from = i + 1
		}
	}
	return append(out, s[from:])
}

// marks of which documents use several forms.
var marks = map[rune]rune{
	'\uff0c': ',', '\uff1b': ';', '\uff1a': ':', '\uff08': '(', '\uff09': ')', '\u3010': '(', '\u3011': ')', '\uff3b': '(', '\uff3d': ')',
	'[': '(', ']': ')', '\u3014': '(', '\u3015': ')', '\uff05': '%', '\ufe6a': '%', '\uff0e': '.', '\u2014': '-', '\u2013': '-', '\u2015': '-',
	'\uff0d': '-', '\uff5e': '~', '\u223c': '~', '\u301c': '~', '\u2500': '-', '\ufe30': ':', '\u2236': ':', '\uff61': '\u3002', '\ufe12': '\u3002',
	'\u2266': '\u2264', '\u2267': '\u2265', '\ufe59': '(', '\ufe5a': ')', '\ufe54': ';', '\ufe50': ',', '\ufe55': ':',
}

// fold is the form in which a character is read.
func fold(r rune) rune {
	if f, ok := marks[r]; ok {
		return f
	}
	if r >= '\uff01' && r <= '\uff5e' {
		return r - 0xfee0
	}
	return words.Simplified(r) // pages are served in traditional characters, too
}

// blank tells whether a character only separates others.
func blank(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || r == '\u200b' || r == '\ufeff' || r == '\u00ad' || r == '\u3000'
}

// spell reads a text as characters. Blanks are dropped but for their traces, and one between two Latin words.
func spell(text string, line int) signs {
	out := make(signs, 0, len(text)/3)
	gap := false
	for _, r := range text {
		if blank(r) {
			gap = true
			continue
		}
		out = append(out, sign{as: r, is: fold(r), line: line, gap: gap && len(out) > 0})
		gap = false
	}
	return out
}

// printed is the text as it is printed, without line ends and without blanks but those between Latin words.
func (s signs) printed() string {
	var b strings.Builder
	for i, c := range s {
		if c.gap && i > 0 && latin(s[i-1].as) && latin(c.as) && (!unicode.IsDigit(s[i-1].as) || !unicode.IsDigit(c.as)) {
			b.WriteByte(' ')
		}
		b.WriteRune(c.as)
	}
	return b.String()
}

func latin(r rune) bool { return r < 0x250 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

// folded is the text as it is read, with where each of its bytes stands in s.
func (s signs) folded() text {
	var b strings.Builder
	at := make([]int, 0, 3*len(s)+1)
	for i, c := range s {
		n := b.Len()
		b.WriteRune(c.is)
		for range b.Len() - n {
			at = append(at, i)
		}
	}
	return text{b.String(), append(at, len(s))}
}

// text is what is read, to be searched.
type text struct {
	string
	at []int // of each byte
}

// line is where a piece begins; 0 for nothing.
func (s signs) line() int {
	if len(s) == 0 {
		return 0
	}
	return s[0].line
}

// short is the beginning of a piece, for findings.
func (s signs) short() string {
	const most = 60
	if len(s) > most {
		return s[:most].printed() + "\u2026"
	}
	return s.printed()
}

// trim drops these characters from both ends.
func (s signs) trim(cut string) signs {
	for len(s) > 0 && strings.ContainsRune(cut, s[0].is) {
		s = s[1:]
	}
	for len(s) > 0 && strings.ContainsRune(cut, s[len(s)-1].is) {
		s = s[:len(s)-1]
	}
	return s
}

const (
	stop  = '\u3002' // the full stop
	comma = '\u3001' // the comma of lists
)
