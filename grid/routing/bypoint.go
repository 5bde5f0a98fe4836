package routing

import (
	"math"
	"slices"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/geo"
)

// seen is what a point says about the place.
type seen struct {
	candidates []Candidate // best first, not yet cut to what can be offered
	ask        bool
	out        bool
	away       float64
	towards    geo.Compass
	neighbour  string
}

// checkPoint refuses what cannot be a place or an accuracy.
func checkPoint(q Query) error {
	if q.Point == nil {
		return nil
	}
	if err := q.Point.Valid(); err != nil {
		return &grid.Error{Code: grid.Invalid, Key: "error.point", Err: err}
	}
	if math.IsNaN(q.Accuracy) || math.IsInf(q.Accuracy, 0) || q.Accuracy < 0 {
		return grid.Fail(grid.Invalid, "error.accuracy")
	}
	return nil
}

// byPoint decides from the point alone.
func (b *Book) byPoint(q Query) seen {
	p := *q.Point
	datum, slipped := b.slip(q)
	metres, towards, outside := b.land.Away(p)
	if outside && metres > b.rules.OutsideTolerance {
		return b.fromOutside(q, metres, towards, datum)
	}
	s := seen{}
	own, ok := b.land.Find(p)
	if !ok && outside { // a hair outside: the nearest cell
		if near := b.land.Near(p, metres+b.rules.OutsideTolerance); len(near) > 0 {
			own, ok = near[0].Cell, true
		}
	}
	if !ok {
		s.candidates = []Candidate{{b.tree.Unassigned().Code, ByUnassigned}}
	} else {
		s.candidates = []Candidate{{own, ByPoint}}
	}
	if slipped && datum != s.candidates[0].Cell {
		s.add(datum, ByDatum)
	}
	for _, n := range b.doubtful(p, own, q.Accuracy) {
		s.add(n, ByBoundary)
	}
	s.ask = len(s.candidates) > 1 || b.rules.MaxAccuracy > 0 && q.Accuracy > b.rules.MaxAccuracy
	return s
}

func (s *seen) add(cell grid.CellCode, why Reason) {
	if !slices.ContainsFunc(s.candidates, func(c Candidate) bool { return c.Cell == cell }) {
		s.candidates = append(s.candidates, Candidate{cell, why})
	}
}

// slip returns the cell in which a pin lies if the map on which it was picked was shifted (GCJ-02).
func (b *Book) slip(q Query) (grid.CellCode, bool) {
	if !q.Picked || !b.rules.MainlandDatumSlip {
		return "", false
	}
	return b.land.Find(geo.FromGCJ02(*q.Point))
}

// doubtful lists the other cells in which the point may lie, nearest first: those within its accuracy, and those whose
// line, or the own cell's, is not official and nearer than such lines are trusted.
func (b *Book) doubtful(p geo.Point, own grid.CellCode, accuracy float64) []grid.CellCode {
	near := b.land.Near(p, max(accuracy, b.rules.NearBoundary, b.rules.NearGuessed))
	margin := accuracy
	for _, n := range near {
		if n.Cell == own {
			margin = max(margin, b.margin(n))
		}
	}
	var out []grid.CellCode
	for _, n := range near {
		m := max(margin, b.margin(n))
		if n.Cell != own && m > 0 && n.Metres <= m {
			out = append(out, n.Cell)
		}
	}
	return out
}

// margin is how far from a cell's line the line is not trusted.
func (b *Book) margin(n Nearby) float64 {
	switch {
	case n.Guessed:
		return max(b.rules.NearGuessed, b.rules.NearBoundary)
	case n.Approx:
		return b.rules.NearBoundary
	default:
		return 0
	}
}

// fromOutside decides for a point outside the district: out of area, unless the fix is so bad or the pin so shifted
// that it may lie inside.
func (b *Book) fromOutside(q Query, metres float64, towards geo.Compass, datum grid.CellCode) seen {
	s := seen{away: metres, towards: towards}
	if datum != "" {
		s.add(datum, ByDatum)
	}
	if q.Accuracy >= metres {
		for _, n := range b.land.Near(*q.Point, q.Accuracy) {
			s.add(n.Cell, ByBoundary)
		}
	}
	if len(s.candidates) > 0 {
		s.ask = true
		return s
	}
	s.out = true
	if b.rules.NeighbourWithin > 0 && metres > b.rules.NeighbourWithin {
		return s
	}
	s.neighbour = b.towards((towards + 4) % 8) // where the point lies, seen from the district
	return s
}

// towards is the first neighbour in that direction; empty when none is known.
func (b *Book) towards(d geo.Compass) string {
	for _, n := range b.neighbours {
		if n.Direction == d {
			return n.Name
		}
	}
	return ""
}

// Edge tells how far a point is from the district's line, from inside as from outside, and the neighbour on that side of the
// district; empty when the data name none there. A line of townships is jagged, so the side is that seen from the district's middle.
func (b *Book) Edge(p geo.Point) (neighbour string, metres float64) {
	metres, side := b.land.Edge(p)
	return b.towards(side), metres
}
