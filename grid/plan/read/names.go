package read

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// names knows the bodies of the district.
type names struct {
	*finder

	byName  map[string]string // every way to write a body, to its name
	own     []string          // the district's names, the longest first
	level   string            // the character that begins the names of its bodies
	firstIs bool              // the document says that of the responsible the first leads
}

func newNames(k Known, f *finder) *names {
	g := &names{finder: f, byName: make(map[string]string)}
	for _, b := range k.Bodies {
		for _, n := range append([]string{b.Name}, b.Aliases...) {
			g.byName[spell(n, 0).folded().string] = b.Name
		}
		if at := genre.match("levels", b.Name); at != nil && g.level == "" {
			g.level = b.Name[:at[1]]
		}
	}
	g.own = append(g.own, k.Names...)
	slices.SortFunc(g.own, func(a, b string) int { return len(b) - len(a) })
	return g
}

// ours tells whether a title names the district.
func (g *names) ours(title string) bool {
	return title == "" || slices.ContainsFunc(g.own, func(n string) bool { return strings.Contains(title, n) })
}

// body is one that a document names.
type body struct {
	name    string // as the district calls it, else as the document does
	known   bool
	nobody  bool // the words name nobody: 各相关单位
	line    int
	leading bool // a note in brackets says that it leads
}

// know finds a body by what the document calls it; level is the character that the list's first body began with.
func (g *names) know(s signs, level string) body {
	said := s.folded().string
	b := body{name: s.printed(), line: s.line()}
	for _, own := range g.own {
		if rest, ok := strings.CutPrefix(said, own); ok && rest != "" {
			said = g.level + strings.TrimPrefix(rest, g.level)
			break
		}
	}
	mine := level == "" || spell(level, 0).folded().string == g.level
	for _, try := range []string{said, g.level + said} {
		if name, ok := g.byName[try]; ok && (mine || genre.is("levels", said)) {
			b.name, b.known = name, true
			return b
		}
	}
	if genre.is("nobody", said) {
		b.nobody = true
		return b
	}
	if level != "" && !genre.is("levels", said) {
		b.name = level + b.name
	}
	return b
}

// plausible tells whether the words look like the name of a body.
func (g *names) plausible(s signs) bool {
	said := s.folded().string
	if n := utf8.RuneCountInString(said); n < 2 || n > 24 {
		return false
	}
	b := g.know(s, "")
	return b.known || b.nobody || genre.is("bodies", said)
}

// list takes a list of bodies apart.
func (g *names) list(s signs, level *string) []body {
	pieces := g.pieces(s)
	out := make([]body, 0, len(pieces))
	for _, piece := range pieces {
		note := signs(nil)
		if i := lastOpen(piece); i > 0 && genre.is("inner_lead", piece[i:].folded().string) {
			piece, note = piece[:i], piece[i:]
		}
		if piece = cutEtCetera(piece.trim(",;:.\u3001\u3002()")); len(piece) == 0 {
			continue
		}
		said := piece.folded().string
		if at := genre.match("levels", said); at != nil && *level == "" && !genre.is("nobody", said) {
			*level = piece[:1].printed()
		}
		b := g.know(piece, *level)
		b.leading = note != nil
		out = append(out, b)
	}
	return out
}

// lastOpen is where the last bracket opens that ends the piece, or -1.
func lastOpen(s signs) int {
	if len(s) == 0 || s[len(s)-1].is != ')' {
		return -1
	}
	for i := len(s) - 1; i >= 0; i-- {
		if s[i].is == '(' {
			return i
		}
	}
	return -1
}

// cutEtCetera drops what ends a list without naming anybody: 等部门.
func cutEtCetera(s signs) signs {
	said := s.folded()
	at := genre.match("et_cetera", said.string)
	if len(at) == 0 || first(at) || at[0] == at[1] {
		return s
	}
	return s[:said.at[at[0]]]
}

// pieces cuts a list at its commas; at blanks and at words that join, where both sides are bodies.
func (g *names) pieces(s signs) []signs {
	var out []signs
	for _, piece := range s.cut("\u3001,;/\u3002|") {
		out = append(out, g.apart(piece)...)
	}
	return out
}

// apart cuts a piece that names several bodies without a comma between them.
func (g *names) apart(s signs) []signs {
	const most = 200 // characters; what goes on for longer is no list of bodies
	if len(s) == 0 {
		return nil
	}
	if b := g.know(s, ""); b.known || len(s) > most {
		return []signs{s}
	}
	for i := 2; i < len(s)-1; i++ {
		if (s[i].gap || s[i].end) && g.plausible(s[:i]) && g.plausible(s[i:]) {
			return append([]signs{s[:i]}, g.apart(s[i:])...)
		}
	}
	said := s.folded()
	for _, at := range genre.words["joined"].FindAllStringIndex(said.string, -1) {
		left, right := s[:said.at[at[0]]], s[said.at[at[1]]:]
		if g.plausible(left) && len(right) > 1 && (g.plausible(right) || g.know(left, "").known) {
			return append([]signs{left}, g.apart(right)...)
		}
	}
	return []signs{s}
}
