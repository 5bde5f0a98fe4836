package routing

import (
	"fmt"
	"slices"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/geo"
)

// Land is what a Book asks about points: the land of the cells and the district's own outline.
type Land interface {
	// Find returns the one cell whose land owns p.
	Find(p geo.Point) (grid.CellCode, bool)
	// Near lists the cells that p lies in or that come within metres of it, nearest first.
	Near(p geo.Point, metres float64) []Nearby
	// Away tells how far outside the district's outline p is, in metres, and where the district lies; outside is false
	// within it.
	Away(p geo.Point) (metres float64, towards geo.Compass, outside bool)
	// Edge tells how far p is from the district's outline, in metres, from inside as from outside, and on which side of the
	// district it lies.
	Edge(p geo.Point) (metres float64, side geo.Compass)
	// Has tells whether the cell has land of its own here.
	Has(cell grid.CellCode) bool
}

// Nearby is a cell near a point.
type Nearby struct {
	Cell    grid.CellCode
	Metres  float64 // 0 inside
	Approx  bool    // its lines are not official
	Guessed bool    // its very place is a guess
}

// Ground is the land of a district as shapes, whose IDs are the codes of their cells. It is immutable.
type Ground struct {
	index   *geo.Index
	outline *geo.Outline
	guessed map[grid.CellCode]bool
	known   map[grid.CellCode]bool
}

// NewGround builds the land of a district from the cells' shapes and the district's own outline; guessed lists the cells
// whose very place is a guess. The error is that of geo.NewIndex or geo.NewOutline.
func NewGround(shapes []geo.Shape, outline geo.MultiPolygon, guessed []grid.CellCode) (*Ground, error) {
	index, err := geo.NewIndex(shapes)
	if err != nil {
		return nil, fmt.Errorf("shapes of the cells: %w", err)
	}
	line, err := geo.NewOutline(outline)
	if err != nil {
		return nil, fmt.Errorf("outline of the district: %w", err)
	}
	g := &Ground{index: index, outline: line, guessed: make(map[grid.CellCode]bool), known: make(map[grid.CellCode]bool)}
	for _, s := range shapes {
		g.known[grid.CellCode(s.ID)] = len(s.Areas) > 0
		g.guessed[grid.CellCode(s.ID)] = slices.Contains(guessed, grid.CellCode(s.ID))
	}
	return g, nil
}

// Find returns the one cell whose land owns p.
func (g *Ground) Find(p geo.Point) (grid.CellCode, bool) {
	i, ok := g.index.Find(p)
	if !ok {
		return "", false
	}
	return grid.CellCode(g.index.Shapes()[i].ID), true
}

// Near lists the cells that p lies in or that come within metres of it, nearest first.
func (g *Ground) Near(p geo.Point, metres float64) []Nearby {
	hits := g.index.Near(p, metres)
	out := make([]Nearby, 0, len(hits))
	for _, h := range hits {
		s := &g.index.Shapes()[h.Shape]
		cell := grid.CellCode(s.ID)
		out = append(out, Nearby{Cell: cell, Metres: h.Distance, Approx: s.Approx, Guessed: g.guessed[cell]})
	}
	return out
}

// Away tells how far outside the district p is and in which direction the district lies.
func (g *Ground) Away(p geo.Point) (metres float64, towards geo.Compass, outside bool) {
	return g.outline.Away(p)
}

// Edge tells how far p is from the outline, and on which side of the district it lies.
func (g *Ground) Edge(p geo.Point) (metres float64, side geo.Compass) {
	_, metres = g.outline.Nearest(p)
	return metres, geo.Direction(g.outline.Middle(), p)
}

// Has tells whether the cell has a shape.
func (g *Ground) Has(cell grid.CellCode) bool { return g.known[cell] }
