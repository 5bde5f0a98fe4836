package routing

import (
	"slices"

	"github.com/gridwarden/gridwarden/grid"
)

// said is what the words of a text say about the place.
type said struct {
	candidates []Candidate
	sure       bool // one cell, and nothing speaks against it
	out        bool // a place outside was named and none of ours
	neighbour  string
}

// byWords decides from words alone: a village before its township before a place.
func (b *Book) byWords(text string) said {
	if text == "" {
		return said{}
	}
	s := b.scan(text)
	townships := s.cells(ByTownship)
	villages, sure := b.villages(s, townships)
	out := said{sure: sure}
	switch places := s.cells(ByPlace); {
	case len(villages) > 0:
		out.candidates = candidates(villages, ByVillage)
		if !sure { // the township itself is an answer where the village is in doubt
			out.candidates = append(out.candidates, candidates(townships, ByTownship)...)
		}
	case len(townships) > 0:
		out.candidates, out.sure = candidates(townships, ByTownship), len(townships) == 1
	case len(places) > 0:
		out.candidates, out.sure = candidates(places, ByPlace), len(places) == 1
	}
	if s.foreign && !s.district && !s.anchored() {
		out = said{out: true}
		if s.named > 0 {
			out.neighbour = b.neighbours[s.named-1].Name
		}
		return out
	}
	if s.foreign || s.doubt && len(townships) == 0 && !s.district {
		out.sure = false
	}
	return out
}

// anchored tells whether something is named that is ours without doubt although a place outside is named too: a
// township, a village that is the only one of its name, a landmark. A river flows on.
func (s *scan) anchored() bool {
	for _, m := range s.mentions {
		for _, r := range m.refs {
			if r.grade <= full && len(m.refs) == 1 && len(r.cells) == 1 {
				return true
			}
			if r.why == ByTownship && r.grade <= full {
				return true
			}
		}
	}
	return false
}

// cells lists the cells named for a reason, each once, in the order of the text.
func (s *scan) cells(why Reason) []grid.CellCode {
	var out []grid.CellCode
	for _, m := range s.mentions {
		for _, r := range m.refs {
			if r.why != why {
				continue
			}
			for _, c := range r.cells {
				if !slices.Contains(out, c) {
					out = append(out, c)
				}
			}
		}
	}
	return out
}

// villages lists the villages that a text may mean: those of the townships it names where it names any. It is sure of a
// single one with its ending, or in company that singles it out.
func (b *Book) villages(s *scan, townships []grid.CellCode) (found []grid.CellCode, sure bool) {
	var weak, stray []grid.CellCode
	for _, m := range s.mentions {
		in, all, best := b.meant(m, townships)
		switch {
		case len(in) > 0:
			found = appendNew(found, in)
		case len(all) == 0:
		case len(townships) > 0:
			if best <= full && len(all) == 1 { // the only village of that name, in another township than the one named
				stray = appendNew(stray, all)
			}
		case best <= full || best == bare || s.district:
			found = appendNew(found, all)
		default:
			weak = appendNew(weak, all)
		}
	}
	switch {
	case len(found) > 0:
		return found, len(found) == 1
	case len(stray) > 0:
		return stray, false
	default:
		return weak, false
	}
}

// meant splits what a mention may mean: the villages within the named townships, and all; and how well it is spelled.
func (b *Book) meant(m mention, townships []grid.CellCode) (in, all []grid.CellCode, best grade) {
	best = ordinary
	bestIn := ordinary
	for _, r := range m.refs {
		if r.why != ByVillage {
			continue
		}
		c := r.cells[0] // a village's name means one cell a ref
		inside := slices.Contains(townships, b.tree.Township(c))
		if r.grade == common && !inside && !m.near {
			continue
		}
		if inside {
			in, bestIn = better(in, bestIn, c, r.grade)
		}
		all, best = better(all, best, c, r.grade)
	}
	if best == short && slices.ContainsFunc(m.refs, func(r ref) bool { return r.why == ByPlace }) {
		best = bare // that a place is called so too shows that a place is meant
	}
	return in, all, best
}

// better adds a cell to those of the best grade: a name with its own ending is not a namesake's with another.
func better(cells []grid.CellCode, best grade, c grid.CellCode, g grade) ([]grid.CellCode, grade) {
	switch {
	case g == best || best > full:
		return append(cells, c), min(best, g)
	case g < best:
		return []grid.CellCode{c}, g
	default:
		return cells, best
	}
}

func appendNew(to, more []grid.CellCode) []grid.CellCode {
	for _, c := range more {
		if !slices.Contains(to, c) {
			to = append(to, c)
		}
	}
	return to
}

func candidates(cells []grid.CellCode, why Reason) []Candidate {
	out := make([]Candidate, 0, len(cells))
	for _, c := range cells {
		out = append(out, Candidate{Cell: c, Why: why})
	}
	return out
}
