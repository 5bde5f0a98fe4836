package read

import (
	"slices"
	"strings"
)

// role is what a mark says of a body.
type role string

// The roles. when is the time limit that stands among the marks.
const (
	lead        role = "lead"
	support     role = "support"
	responsible role = "responsible"
	others      role = "others"
	person      role = "person"
	when        role = "when"
)

// share is what a document says of who does an item.
type share struct {
	by    map[role][]body
	limit []signs // time limits, as they stand in the marks
}

func (s *share) add(r role, list []body) {
	if s.by == nil {
		s.by = make(map[role][]body)
	}
	for _, b := range list {
		if b.leading {
			s.by[lead] = append(s.by[lead], b)
			continue
		}
		s.by[r] = append(s.by[r], b)
	}
}

func (s share) empty() bool { return len(s.by) == 0 && len(s.limit) == 0 }

// span is where a mark stands in an item.
type span struct {
	from, to int
	inner    signs // without its brackets
	bracket  bool
}

// take cuts the marks out of an item: what remains is its text, with the time limits at the place of their marks.
func (g *names) take(s signs) (rest signs, who share) {
	at, closed := 0, 0
	for _, m := range g.spans(s) {
		if m.bracket && closed > 0 && m.from-closed > apart { // (A牵头) … (B牵头): whose is which part is not said
			g.add(m.inner.line(), 0, Several, m.inner.short())
		}
		if m.bracket {
			closed = m.to
		}
		rest = append(rest, s[at:m.from]...)
		before := len(who.limit)
		g.read(m.inner, &who)
		for _, l := range who.limit[before:] {
			rest = stopped(append(stopped(rest), l...))
		}
		at = m.to
	}
	return append(rest, s[at:]...), who
}

// stopped ends a text with a full stop, if it does not.
func stopped(s signs) signs {
	if len(s) == 0 || strings.ContainsRune("\u3002;", s[len(s)-1].is) {
		return s
	}
	return append(s, sign{as: stop, is: stop, line: s[len(s)-1].line})
}

// spans finds the marks of an item in their order: in brackets, by their labels, and as sentences.
func (g *names) spans(s signs) []span {
	out := g.bracketed(s)
	out = append(out, g.labelled(s, out)...)
	out = append(out, g.sentences(s, out)...)
	slices.SortFunc(out, func(a, b span) int { return a.from - b.from })
	return out
}

// bracketed finds marks in brackets.
func (g *names) bracketed(s signs) []span {
	var out []span
	for i := 0; i < len(s); i++ {
		if s[i].is != '(' {
			continue
		}
		end := closing(s, i)
		switch {
		case end > 0 && g.assigns(s[i+1:end], end+1 >= len(s) || s[end+1].is == stop):
			inner := s[i+1 : end]
			if end+1 < len(s) && s[end+1].is == ')' && !openBefore(s[:i]) {
				end++ // closed twice
				g.add(s[end].line, 0, Unopened, s[i:end+1].short())
			}
			out = append(out, span{i, end + 1, inner, true})
			i = end
		case end < 0:
			end = min(len(s), i+longest)
			if j := slices.IndexFunc(s[i:end], func(c sign) bool { return c.is == stop }); j >= 0 {
				end = i + j
			}
			_, label := genre.roleOf(s[i+1 : min(end, i+40)].folded().string)
			if first(label) || end-i < 200 && g.assigns(s[i+1:end], true) {
				g.add(s[i].line, 0, Unclosed, s[i:end].short())
				out = append(out, span{i, end, s[i+1 : end], true})
				i = end
			}
		}
	}
	return out
}

// openBefore tells whether a bracket is open at the end.
func openBefore(s signs) bool {
	depth := 0
	for _, c := range s[max(len(s)-longest, 0):] {
		switch c.is {
		case '(':
			depth++
		case ')':
			depth = max(depth-1, 0)
		}
	}
	return depth > 0
}

// apart is how many characters stand between marks that belong to different parts of an item.
const apart = 8

// longest is how many characters a mark may have.
const longest = 2000

// closing is where the bracket that opens at i is closed, or -1.
func closing(s signs, i int) int {
	depth := 0
	for j := i; j < min(len(s), i+longest); j++ {
		switch s[j].is {
		case '(':
			depth++
		case ')':
			depth--
			if depth == 0 {
				return j
			}
		}
	}
	return -1
}

// assigns tells whether the words in a bracket say who does something; last: the bracket ends its sentence.
func (g *names) assigns(s signs, last bool) bool {
	said := s.folded().string
	if _, label := genre.roleOf(said); len(label) > 0 && (strings.ContainsAny(said[:label[0]], ",;\u3002") || label[0] < 24) {
		return true
	}
	if !genre.is("assigning", said) {
		list := g.pieces(s)
		named := func(p signs) bool { return g.know(p, "").known }
		vague := func(p signs) bool { return !genre.is("office", p.folded().string) }
		return last && len(list) > 0 && !slices.ContainsFunc(list, func(p signs) bool { return !g.plausible(p) }) &&
			(slices.ContainsFunc(list, named) || !slices.ContainsFunc(list, vague))
	}
	if genre.is("first_leads", said) && len(s) < 40 {
		return true
	}
	for _, c := range clauses(s) {
		if r, list := verbOf(c); r != "" && len(list) > 0 && g.bodies(list) {
			return true
		}
	}
	return false
}

// bodies tells whether the words are a list of nothing but bodies.
func (g *names) bodies(s signs) bool {
	list := g.pieces(s)
	for _, p := range list {
		if p = cutEtCetera(p); len(p) > 0 && !g.plausible(p) {
			return false
		}
	}
	return len(list) > 0
}

// clauses cuts at commas and semicolons.
func clauses(s signs) []signs { return s.cut(",;\u3002") }

// verbOf is the role that a clause's verb gives to the list before it.
func verbOf(c signs) (role, signs) {
	said := c.folded()
	for _, v := range genre.Verbs {
		if at := v.re.FindStringIndex(said.string); len(at) > 0 && at[1] > at[0] {
			return v.Role, c[:said.at[at[0]]]
		}
	}
	return "", c
}

// labelled finds marks that stand outside of brackets, or in one that is not opened.
func (g *names) labelled(s signs, taken []span) []span {
	var out []span
	for i := 0; i < len(s); {
		if j := slices.IndexFunc(taken, func(m span) bool { return m.from <= i && i < m.to }); j >= 0 {
			i = taken[j].to
			continue
		}
		limit := len(s)
		for _, m := range taken {
			if m.from >= i {
				limit = min(limit, m.from)
			}
		}
		piece := s[i:limit]
		said := piece.folded()
		_, label := genre.roleOf(said.string)
		if label == nil {
			i = limit
			if limit == len(s) {
				break
			}
			continue
		}
		from := i + said.at[label[0]]
		to, inner := g.run(s[:limit], from)
		out = append(out, span{from, to, inner, false})
		i = to
	}
	return out
}

// run is where a mark ends that begins with its label at from.
func (g *names) run(s signs, from int) (to int, inner signs) {
	depth := 0
	for i := from; i < len(s); i++ {
		switch c := s[i]; {
		case i > from && c.end && g.complete(s[from:i]) && !startsMark(s[i:]):
			return i, s[from:i]
		case c.is == '(':
			depth++
		case c.is == ')' && depth == 0:
			g.add(c.line, 0, Unopened, s[from:i+1].short())
			return i + 1, s[from:i]
		case c.is == ')':
			depth--
		case c.is == stop && depth == 0:
			if i+1 < len(s) && startsMark(s[i+1:]) {
				continue
			}
			return i + 1, s[from:i]
		}
	}
	return len(s), s[from:]
}

// startsMark tells whether a label or the rest of a list stands first.
func startsMark(s signs) bool {
	if strings.ContainsRune("\u3001,;)", s[0].is) {
		return true
	}
	_, label := genre.roleOf(s[:min(len(s), 16)].folded().string)
	return first(label)
}

// complete tells whether a mark may end here: its last word is a body, or a time.
func (g *names) complete(s signs) bool {
	if strings.ContainsRune("\u3001,;:(", s[len(s)-1].is) {
		return false
	}
	last := s
	if i := strings.LastIndexAny(s.folded().string, "\u3001,;:"); i >= 0 {
		t := s.folded()
		last = s[min(t.at[i]+1, len(s)):]
	}
	said := last.folded().string
	return g.plausible(last) || !genre.is("bodies", said) && endsTime(s)
}

// endsTime tells whether the label before the end is that of a time.
func endsTime(s signs) bool {
	r := role("")
	for said := s.folded().string; ; {
		found, at := genre.roleOf(said)
		if at == nil {
			return r == when || r == person
		}
		r, said = found, said[at[1]:]
	}
}

// sentences finds whole sentences that say who does the item: 由区水务局牵头，区财政局配合。
func (g *names) sentences(s signs, taken []span) []span {
	var out []span
	from := 0
	for i := 0; i <= len(s); i++ {
		if i < len(s) && s[i].is != stop {
			continue
		}
		piece := s[from:i]
		inside := func(m span) bool { return m.from < i && from < m.to }
		if len(piece) > 0 && !slices.ContainsFunc(taken, inside) {
			said := piece.folded()
			start := 0
			if at := genre.match("sentence", said.string); at != nil {
				start = said.at[at[1]]
			}
			inner := piece[start:]
			unopened := len(inner) > 0 && inner[len(inner)-1].is == ')' && !slices.ContainsFunc(inner, func(c sign) bool { return c.is == '(' })
			if unopened {
				inner = inner[:len(inner)-1]
			}
			if g.onlyAssigns(inner) {
				out = append(out, span{from, min(i+1, len(s)), inner, false})
				if unopened {
					g.add(inner.line(), 0, Unopened, piece.short())
				}
			}
		}
		from = i + 1
	}
	return out
}

// onlyAssigns tells whether every clause is a list of bodies with a verb, one of which leads.
func (g *names) onlyAssigns(s signs) bool {
	leads := false
	for _, c := range clauses(s) {
		r, list := verbOf(c)
		if len(list) == 0 || !g.bodies(list) {
			return false
		}
		leads = leads || r == lead
	}
	return leads
}
