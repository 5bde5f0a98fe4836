package patrol

import "github.com/gridwarden/gridwarden/grid/geo"

// Ground is the land of a cell, with how far beyond its line still counts: lines that are not official are not trusted
// to the metre.
type Ground struct {
	Outlines []*geo.Outline
	Slack    float64 // metres
}

// Holds tells whether the point lies on the ground or near enough to it.
func (g Ground) Holds(p geo.Point) bool {
	for _, o := range g.Outlines {
		if o.Contains(p) {
			return true
		}
		if _, metres := o.Nearest(p); g.Slack > 0 && metres <= g.Slack {
			return true
		}
	}
	return false
}

// Anywhere is land without an end, for cells of which no line is known.
type Anywhere struct{}

// Holds is true.
func (Anywhere) Holds(geo.Point) bool { return true }
