package routing

import (
	"slices"
	"unicode/utf8"

	"github.com/gridwarden/gridwarden/grid"
)

// Book is a district's gazetteer: it knows every name and the land of every cell, and decides where a report belongs.
// It is immutable and safe for many goroutines.
type Book struct {
	tree       *grid.Tree
	land       Land
	places     []Place
	neighbours []Neighbour
	rules      Rules
	names      index
}

// NewBook builds a gazetteer. Township cells are those of level 2, villages those of level 3; the root's FullName is the
// whole chain of names (province, prefecture, district), so that what contains the district is not taken for foreign.
// Nothing is copied: do not change the arguments afterwards.
func NewBook(tree *grid.Tree, land Land, places []Place, neighbours []Neighbour, rules Rules) *Book {
	b := &Book{tree: tree, land: land, places: places, neighbours: neighbours, rules: rules}
	b.names = newIndex(b)
	return b
}

// Levels of the tree that names belong to.
const (
	townshipLevel = 2
	villageLevel  = 3
)

// Text longer than this is cut before it is searched: a message has no more.
const maxText = 4096

// MaxOffered where the rules name none.
const defaultOffered = 3

// Route decides where a report belongs. Words and point are weighed against each other: what both allow is taken, what
// they disagree about is asked. The error is Invalid, for a point that is none or an accuracy below zero.
func (b *Book) Route(q Query) (Answer, error) {
	if err := checkPoint(q); err != nil {
		return Answer{}, err
	}
	w := b.byWords(cut(q.Text))
	if q.Point == nil {
		return b.offer(Answer{
			Candidates: w.candidates, Ask: !w.sure && !w.out, OutOfArea: w.out, Neighbour: w.neighbour,
		}), nil
	}
	p := b.byPoint(q)
	a := Answer{Away: p.away, Direction: p.towards}
	switch {
	case len(w.candidates) == 0 && !w.out:
		a.Candidates, a.Ask, a.OutOfArea, a.Neighbour = p.candidates, p.ask, p.out, p.neighbour
	case w.out && p.out:
		a.OutOfArea, a.Neighbour = true, w.neighbour
		if a.Neighbour == "" {
			a.Neighbour = p.neighbour
		}
	case w.out: // a place outside was named, but the point lies here
		a.Candidates, a.Ask, a.Conflict, a.Neighbour = p.candidates, true, true, w.neighbour
	case p.out: // a place of ours was named from afar
		a.Candidates, a.Ask, a.Conflict = w.candidates, true, true
	default:
		b.weigh(&a, w, p)
	}
	return b.offer(a), nil
}

// weigh decides where both words and point name cells of ours.
func (b *Book) weigh(a *Answer, w said, p seen) {
	agreed := b.agreed(w, p)
	switch {
	case len(agreed) == 1:
		a.Candidates = agreed
	case len(agreed) > 1:
		a.Candidates, a.Ask = agreed, true
		if one := b.within(agreed, p.candidates[0].Cell); len(one) == 1 && !p.ask {
			a.Candidates, a.Ask = one, false
		}
	case w.sure && !b.hasLand(w.candidates[0].Cell): // the point can say nothing against a cell without land here
		a.Candidates = w.candidates
	case w.sure:
		a.Candidates, a.Ask, a.Conflict = append(slices.Clip(w.candidates), p.candidates...), true, true
	default:
		a.Candidates, a.Ask, a.Conflict = append(slices.Clip(p.candidates), w.candidates...), true, true
	}
}

// agreed lists what the words name and the point allows, in the point's order of likelihood.
func (b *Book) agreed(w said, p seen) []Candidate {
	var out []Candidate
	for _, s := range p.candidates {
		out = append(out, b.within(w.candidates, s.Cell)...)
	}
	return out
}

// within lists the candidates in the township of cell.
func (b *Book) within(from []Candidate, cell grid.CellCode) []Candidate {
	var out []Candidate
	for _, c := range from {
		if b.tree.Township(c.Cell) == b.tree.Township(cell) {
			out = append(out, c)
		}
	}
	return out
}

func (b *Book) hasLand(cell grid.CellCode) bool {
	return b.land.Has(cell) || b.land.Has(b.tree.Township(cell))
}

// offer cuts the candidates, each once, to what can be offered.
func (b *Book) offer(a Answer) Answer {
	limit := b.rules.MaxOffered
	if limit <= 0 {
		limit = defaultOffered
	}
	var out []Candidate
	for _, c := range a.Candidates {
		if len(out) < limit && !slices.ContainsFunc(out, func(o Candidate) bool { return o.Cell == c.Cell }) {
			out = append(out, c)
		}
	}
	a.Candidates = out
	return a
}

// cut shortens a text to maxText bytes at the end of a character.
func cut(text string) string {
	if len(text) <= 4*maxText {
		return text
	}
	text = text[:4*maxText]
	for text != "" && !utf8.RuneStart(text[len(text)-1]) {
		text = text[:len(text)-1]
	}
	return text
}
