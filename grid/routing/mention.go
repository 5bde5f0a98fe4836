package routing

import (
	"slices"
	"unicode/utf8"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/category/words"
)

// Mention is a name of ours in a text.
type Mention struct {
	Name  string          // as it was typed, folded
	Cells []grid.CellCode // what it may mean
	Why   Reason          // ByVillage, ByTownship or ByPlace
}

// mention is a spelling found in a text with what it may still mean there.
type mention struct {
	start, end int
	near       bool // right after another name of ours
	refs       []ref
}

// scan is a text with the names in it.
type scan struct {
	text     []rune
	mentions []mention
	district bool // our district is named
	foreign  bool // a place outside is named
	doubt    bool // a township is named that is not ours
	named    int  // the neighbour named: its index + 1
}

// scan finds the names in a text and drops those that mean something else there.
func (b *Book) scan(text string) *scan {
	s := &scan{text: spell(text)}
	hits := b.names.set.Find(s.text)
	outside := b.outside(s, hits)
	ownEnd := -1 // where the last name of ours ends
	for i, h := range hits {
		near := ownEnd >= 0 && b.linked(s.text, ownEnd, h.Start) || whole(s.text, h)
		hidden := outside.covers(h.Start, h.End) || b.follows(s.text, outside, h.Start, near)
		m := mention{start: h.Start, end: h.End, near: near}
		for _, r := range h.Value {
			switch {
			case r.side == district:
				s.district, ownEnd = true, h.End
			case r.side == above:
				ownEnd = h.End
			case r.side == ours && !hidden && (b.stands(s.text, h, r, near) || b.backed(hits[i:], r)):
				m.refs = append(m.refs, r)
			}
		}
		if m.refs = b.settle(m.refs, s.mentions, near); len(m.refs) > 0 {
			s.mentions = append(s.mentions, m)
			ownEnd = h.End
		}
	}
	return s
}

// whole tells whether a name is all there is to a text: then it is meant as one.
func whole(text []rune, h words.Hit[[]ref]) bool {
	return h.Start == 0 && (h.End == len(text) || h.End == len(text)-1 && text[h.End] == words.Break)
}

// backed tells whether one of a township's villages is named right after it: then it is the township that is meant.
func (b *Book) backed(hits []words.Hit[[]ref], r ref) bool {
	if r.why != ByTownship || len(hits) < 2 || hits[1].Start != hits[0].End {
		return false
	}
	return slices.ContainsFunc(hits[1].Value, func(v ref) bool {
		return v.why == ByVillage && slices.Contains(r.cells, b.tree.Township(v.cells[0]))
	})
}

// settle decides what a spelling means that both a township and villages have: the village right after its own
// township, else the township.
func (b *Book) settle(refs []ref, before []mention, near bool) []ref {
	if !slices.ContainsFunc(refs, func(r ref) bool { return r.why == ByTownship }) {
		return refs
	}
	var own []ref
	if near && len(before) > 0 {
		for _, prior := range before[len(before)-1].refs {
			for _, r := range refs {
				if r.why == ByVillage && prior.why == ByTownship && slices.Contains(prior.cells, b.tree.Township(r.cells[0])) {
					own = append(own, r)
				}
			}
		}
	}
	if len(own) > 0 {
		return own
	}
	return slices.DeleteFunc(refs, func(r ref) bool { return r.why == ByVillage && r.grade == ordinary })
}

// follows tells whether a name belongs to a place outside that stands right before it.
func (b *Book) follows(text []rune, outside spans, start int, near bool) bool {
	if near {
		return false
	}
	for _, o := range outside {
		if b.linked(text, o.end, start) && (o.end == start || text[o.end] != words.Break) {
			return true
		}
	}
	return false
}

// linked tells whether nothing parts two names but a particle.
func (b *Book) linked(text []rune, end, start int) bool {
	return start == end || start == end+1 && b.names.lang.has("link", string(text[end]))
}

// stands tells whether a spelling means the name here: one without an ending may be part of a longer name.
func (b *Book) stands(text []rune, h words.Hit[[]ref], r ref, near bool) bool {
	if r.grade <= full || r.grade == common {
		return true
	}
	followed := func(class string) bool { return b.followed(text, h.End, class) }
	switch {
	case followed("road"):
		return false
	case followed("township_suffix"): // somebody else's township, or ours with the wrong ending
		return near && r.why == ByTownship
	case r.grade == bare:
		return r.why == ByVillage || near || !followed("terrain")
	case r.grade == short:
		return !followed("terrain")
	default: // an everyday word
		return near && !followed("terrain") && !followed("loose")
	}
}

// followed tells whether a word of the class stands at a place.
func (b *Book) followed(text []rune, at int, class string) bool {
	for n := 1; n <= 4 && at+n <= len(text); n++ {
		if b.names.lang.has(class, string(text[at:at+n])) {
			return true
		}
	}
	return false
}

// Words lists the names of the district's cells and places in a text, in its order, each with all that it may mean.
func (b *Book) Words(text string) []Mention {
	s := b.scan(text)
	out := make([]Mention, 0, len(s.mentions))
	for _, m := range s.mentions {
		named := Mention{Name: string(s.text[m.start:m.end]), Why: m.refs[0].why}
		for _, r := range m.refs {
			named.Cells = append(named.Cells, r.cells...)
		}
		out = append(out, named)
	}
	return out
}

// Names lists the full spellings of the district's cells: words that mean a place and nothing else, for whoever must
// not read a meaning into them.
func (b *Book) Names() []string {
	var out []string
	for _, c := range b.tree.Cells() {
		for _, n := range append([]string{c.Name, c.FullName}, c.Former...) {
			if utf8.RuneCountInString(n) < 3 || b.names.lang.has("ordinary", string(spell(n))) {
				continue
			}
			out = append(out, n)
			base, _ := b.names.strip(string(spell(n)))
			if utf8.RuneCountInString(base) >= 3 && !b.names.lang.has("ordinary", base) {
				out = append(out, base)
			}
		}
	}
	return out
}
