package geo

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// Shape is what an Index finds: the land of a cell.
type Shape struct {
	ID     string
	Areas  MultiPolygon
	Approx bool // the lines are not official: ask before relying on them near an edge
}

// ErrNoShapes means that an index was asked for over nothing.
var ErrNoShapes = errors.New("no shapes to index")

// Index finds the shape in which a point lies. It is immutable and safe for use by many goroutines.
type Index struct {
	raster raster
	shapes []Shape
	pieces []piece // ordered by the ID of their shape, so that the first that contains a point owns it
}

// piece is one polygon of a shape.
type piece struct {
	*part
	polygon Polygon
	shape   int32
}

// NewIndex builds an index over shapes, which it copies. Shapes may overlap, may leave gaps and may have no area at
// all. The error, which reports every fault found, wraps ErrNoShapes when there is no polygon, or what Ring.Valid says
// of a ring; an ID that is empty or there twice is refused too. Crossing rings are for Polygon.Valid to find: here they
// bound what lies inside an odd number of times.
func NewIndex(shapes []Shape) (*Index, error) {
	x := &Index{shapes: make([]Shape, len(shapes))}
	var faults []error
	seen := make(map[string]bool, len(shapes))
	for i, s := range shapes {
		if s.ID == "" || seen[s.ID] {
			faults = append(faults, fmt.Errorf("shape %d: ID %q is empty or there twice, expected one of its own", i, s.ID))
		}
		seen[s.ID] = true
		x.shapes[i] = Shape{ID: s.ID, Areas: s.Areas.clone(), Approx: s.Approx}
		for j, p := range x.shapes[i].Areas {
			for k, r := range p.rings() {
				if err := r.Valid(); err != nil {
					faults = append(faults, fmt.Errorf("shape %s: polygon %d: ring %d: %w", s.ID, j, k, err))
				}
			}
		}
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	for _, i := range byID(x.shapes) {
		for _, p := range x.shapes[i].Areas {
			x.pieces = append(x.pieces, piece{part: newPart(p), polygon: p, shape: int32(i)}) //nolint:gosec // an index of a slice in memory
		}
	}
	if len(x.pieces) == 0 {
		return nil, ErrNoShapes
	}
	x.raster = newRaster(x.pieces)
	return x, nil
}

// byID lists the indexes of shapes in the order of their IDs.
func byID(shapes []Shape) []int {
	order := make([]int, len(shapes))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(shapes[a].ID, shapes[b].ID) })
	return order
}

func (m MultiPolygon) clone() MultiPolygon {
	out := make(MultiPolygon, len(m))
	for i, p := range m {
		out[i].Outer = slices.Clone(p.Outer)
		for _, h := range p.Holes {
			out[i].Holes = append(out[i].Holes, slices.Clone(h))
		}
	}
	return out
}

// Shapes lists the shapes in the order in which they were given. The slice is shared: do not write to it.
func (x *Index) Shapes() []Shape { return x.shapes }

// Find returns the position (in Shapes) of the shape that owns p. A shape owns its outline, that of its holes included;
// of several shapes the one with the lowest ID does. The answer is exact: between neighbours that share their corners
// nothing is lost. It is -1, false for a point in no shape, and for NaN. Find allocates nothing.
func (x *Index) Find(p Point) (int, bool) {
	entry := x.raster.at(p)
	if entry.direct() {
		return entry.shape()
	}
	return x.findNearEdge(p, entry)
}

// findNearEdge asks the pieces, in order, that have an edge in the raster's cell or cover it.
func (x *Index) findNearEdge(p Point, entry rasterEntry) (int, bool) {
	for _, c := range x.raster.candidates(entry) {
		pc := &x.pieces[c.piece()]
		if c.covers() || pc.contains(p) {
			return int(pc.shape), true
		}
	}
	return -1, false
}
