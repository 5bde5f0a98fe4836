package read

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// styles of numbers, the widest first: what has a wider one holds what has a narrower one.
var styles = []string{"part", "article", "han", "bracket", "digit", "bare", "deep", "round", "half", "circle"}

// block is a numbered piece of a document with what stands under it.
type block struct {
	style    string
	n        int
	printed  string // the number as printed
	line     int
	body     signs // up to the next number
	parent   *block
	children []*block
	who      share
	text     signs // the body without its marks
}

// blocks takes a document apart by its numbers. The root is unnumbered: its body is what stands before the first.
func blocks(lines []Line, f *finder) []*block {
	root := &block{}
	b := &builder{finder: f, stack: []*block{root}, all: []*block{root}, last: make(map[string]int)}
	b.width = widthOf(lines)
	for i, l := range lines {
		s := spell(l.Text, l.Number)
		if len(s) == 0 || furniture(s) {
			continue
		}
		next := signs(nil)
		for j := i + 1; j < len(lines) && len(next) == 0; j++ {
			next = spell(lines[j].Text, lines[j].Number)
		}
		b.line(s, next)
		b.broken = len(s) >= b.width*4/5
	}
	return b.all
}

// widthOf is how many characters a full line of the document has: one in ten is as long or longer.
func widthOf(lines []Line) int {
	var all []int
	for _, l := range lines {
		if n := len(spell(l.Text, 0)); n > 0 {
			all = append(all, n)
		}
	}
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[len(all)*9/10]
}

// furniture is what a page carries besides its text: - 5 -, 第5页.
func furniture(s signs) bool {
	said := s.folded().string
	inner := strings.Trim(said, "-~")
	if _, err := strconv.Atoi(inner); err == nil && inner != said {
		return true
	}
	return utf8.RuneCountInString(said) < 12 && genre.is("page", said)
}

// builder puts blocks into one another.
type builder struct {
	*finder

	stack []*block
	all   []*block
	last  map[string]int // the last number of each style

	width  int  // of a full line
	broken bool // the line before was a full one
}

func (b *builder) top() *block { return b.stack[len(b.stack)-1] }

// line adds a line: its number begins a block, the rest belongs to the one that is open.
func (b *builder) line(s, next signs) {
	found := numbersAt(s, next)
	if i := slices.IndexFunc(found, func(x mark) bool { return b.accepts(x, s) }); i >= 0 {
		b.open(found[i], s[:found[i].size])
		if s = s[found[i].size:]; len(s) == 0 {
			return
		}
	} else if len(s) <= 3 && genre.is("bare_number", s.folded().string) {
		b.add(s.line(), 0, LeftOut, s.printed()) // the number of a page
		return
	}
	s[0].end, s[0].new = true, !b.broken
	for {
		at, x := b.inside(s)
		if at < 0 {
			break
		}
		b.put(s[:at])
		b.open(x, s[at:at+x.size])
		s = s[at+x.size:]
	}
	b.put(s)
}

func (b *builder) put(s signs) { b.top().body = append(b.top().body, s...) }

// mark is a number that something may begin with.
type mark struct {
	style   string
	n, size int
}

// numberAt reads the number that a piece begins with, in the style that fits first.
func numberAt(s signs) (mark, bool) {
	if found := numbersAt(s, nil); len(found) > 0 {
		return found[0], true
	}
	return mark{}, false
}

// numbersAt reads the number that a line begins with, in every style that fits: 1.2 may be a number of two parts, or item 1.
func numbersAt(s, next signs) []mark {
	var out []mark
	said := s[:min(len(s), 14)].folded()
	alone := len(s) <= 3 && len(next) > 0 && unicode.Is(unicode.Han, next[0].is)
	for _, r := range genre.Numbers {
		m := r.re.FindStringSubmatchIndex(said.string)
		if len(m) == 0 || r.Style == "bare" && !alone {
			continue
		}
		x := mark{style: r.Style, n: valueIn(r.Style, said.string[m[2]:m[3]]), size: said.at[m[1]]}
		if x.n > 0 && !x.fraction(s) {
			out = append(out, x)
		}
	}
	return out
}

// valueIn is the value of a number in its style; of one in parts that of the last.
func valueIn(style, text string) int {
	switch style {
	case "deep":
		return numeral(text[strings.LastIndexByte(text, '.')+1:])
	case "circle":
		c, _ := utf8.DecodeRuneInString(text)
		return int(c-'\u2460')%20 + 1
	}
	return numeral(text)
}

// fraction tells whether the number is that of a quantity: 2.5万吨. A year after it is none: 3.2017年底前.
func (x mark) fraction(s signs) bool {
	if x.size >= len(s) || s[x.size].is < '0' || s[x.size].is > '9' {
		return false
	}
	return x.style == "deep" || x.style == "digit" && s[x.size-1].is == '.' && !yearAt(s[x.size:])
}

// yearAt tells whether a year stands first: 3.2017年底前 is item 3.
func yearAt(s signs) bool {
	said := s[:min(len(s), 6)].folded().string
	at := yearFirst.FindStringIndex(said)
	return at != nil
}

var yearFirst = genre.compile("^{year}")

// numeral reads a number in digits or in Chinese; 0 when it is none.
func numeral(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	total, digit := 0, 0
	for _, r := range s {
		switch {
		case genre.Numerals[string(r)] >= 10:
			total += max(digit, 1) * genre.Numerals[string(r)]
			digit = 0
		default:
			value, known := genre.Numerals[string(r)]
			if !known {
				return 0
			}
			digit = value
		}
	}
	return total + digit
}

// accepts tells whether the number is one and not the beginning of a broken line.
func (b *builder) accepts(x mark, s signs) bool {
	last, seen := b.last[x.style]
	switch x.style {
	case "deep":
		group := numeral(strings.Split(s[:x.size].folded().string, ".")[0])
		return seen && x.n == last+1 || x.n == 1 && b.ended() && b.top().n == group
	case "bare":
		const skipped = 5 // numbers that a document may have lost
		return b.ended() && (!seen && x.n == 1 || seen && x.n > last && x.n <= last+skipped)
	}
	return seen && x.n == last+1 || b.ended()
}

// ended tells whether what stands before may be followed by a new number.
func (b *builder) ended() bool {
	body := b.top().body
	if len(body) == 0 {
		return true
	}
	if strings.ContainsRune("\u3002:;)!?\u201d\u2026>\u300b", body[len(body)-1].is) {
		return true
	}
	lineLength := 1
	for i := len(body) - 1; i > 0 && !body[i].end; i-- {
		lineLength++
	}
	return lineLength <= 32 && !strings.ContainsRune("\u3001,", body[len(body)-1].is)
}

// open begins a block under the last that is wider.
func (b *builder) open(m mark, number signs) {
	rank := slices.Index(styles, m.style)
	for len(b.stack) > 1 && slices.Index(styles, b.top().style) >= rank {
		b.stack = b.stack[:len(b.stack)-1]
	}
	parent := b.top()
	x := &block{style: m.style, n: m.n, printed: number.printed(), line: number.line(), parent: parent}
	parent.children = append(parent.children, x)
	b.stack, b.all = append(b.stack, x), append(b.all, x)
	b.last[m.style] = m.n
	for _, narrower := range styles[rank+1:] {
		if narrower != "digit" && narrower != "bare" {
			delete(b.last, narrower)
		}
	}
}

// inside finds a number in the middle of a line, which is one only when it follows the last and a sentence has ended.
func (b *builder) inside(s signs) (int, mark) {
	for i := 1; i+3 < len(s); i++ {
		if s[i-1].is != stop && s[i-1].is != ')' {
			continue
		}
		x, ok := numberAt(s[i:])
		if !ok || i+x.size >= len(s) || x.n != b.last[x.style]+1 || !slices.Contains([]string{"han", "bracket", "digit"}, x.style) {
			continue
		}
		open := slices.ContainsFunc(b.stack, func(y *block) bool { return y.style == x.style })
		if open || b.top().style != "" && slices.Index(styles, x.style) > slices.Index(styles, b.top().style) {
			return i, x
		}
	}
	return -1, mark{}
}

// path is the numbers of a block and of what it stands under, as printed.
func (x *block) path() string {
	if x.parent == nil || x.parent.style == "" {
		return x.printed
	}
	return x.parent.path() + x.printed
}

// titled cuts a title off: up to the first full stop, a colon, or the end of a line that is a heading.
func titled(s signs) (title, rest signs) {
	end := slices.IndexFunc(s, func(c sign) bool { return c.is == stop })
	if i := heads(s); i > 0 && (end < 0 || i < end) {
		return s[:i].trim(":"), s[i:].trim(":")
	}
	switch {
	case end < 0:
		return s, nil
	case end == 0:
		return titled(s[1:])
	}
	return s[:end], s[end+1:]
}

// heads is where a heading ends that has no full stop: at a colon, at the end of a short line, or at a blank; 0 when it has none.
func heads(s signs) int {
	const shortest, longest = 4, 26
	for i := 1; i < len(s) && i <= longest+1; i++ {
		switch c := s[i]; {
		case i < shortest:
		case c.is == ':' && i+1 < len(s), c.new && afterHan(s, i) && len(s)-i > longest/2:
			return i
		}
		if strings.ContainsRune("\u3002,;", s[i].is) {
			return onlyGap(s[:i])
		}
	}
	return onlyGap(s[:min(len(s), longest+2)])
}

// afterHan tells whether a Chinese character stands before the place.
func afterHan(s signs, i int) bool { return unicode.Is(unicode.Han, s[i-1].is) }

// onlyGap is where the only blank stands that may end a heading, or 0.
func onlyGap(s signs) int {
	const shortest = 4
	found := 0
	for i := 1; i < len(s); i++ {
		if !s[i].gap {
			continue
		}
		if found > 0 || i < shortest || !afterHan(s, i) {
			return 0
		}
		found = i
	}
	return found
}
