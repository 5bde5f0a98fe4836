package geo

import (
	"cmp"
	"math"
	"slices"
)

// Hit is a shape near a point.
type Hit struct {
	Shape    int     // its position in Shapes
	Distance float64 // metres, 0 inside and on the outline
}

// Near lists the shapes that p lies in or that come within metres of it, nearest first, those equally near by ID: the
// ones to offer near an approximate line or within a fix's accuracy. There is none for a point that is not Valid.
func (x *Index) Near(p Point, metres float64) []Hit {
	if p.Valid() != nil || math.IsNaN(metres) {
		return nil
	}
	pl := planeAt(p)
	hits := make([]Hit, 0, 4)
	for i := range x.pieces {
		pc := &x.pieces[i]
		if pc.atLeast(pl) > metres {
			continue
		}
		d := pc.distance(p)
		if d > metres {
			continue
		}
		// The pieces of a shape follow each other.
		if n := len(hits); n > 0 && hits[n-1].Shape == int(pc.shape) {
			hits[n-1].Distance = min(hits[n-1].Distance, d)
			continue
		}
		hits = append(hits, Hit{Shape: int(pc.shape), Distance: d})
	}
	slices.SortStableFunc(hits, func(a, b Hit) int { return cmp.Compare(a.Distance, b.Distance) })
	return hits
}

// Nearest is the position of the shape nearest to p and how far it is in metres, 0 inside and on the outline. Of shapes
// equally near it is the one with the lowest ID. It is -1, +Inf for a point that is not Valid.
func (x *Index) Nearest(p Point) (shape int, metres float64) {
	if i, ok := x.Find(p); ok {
		return i, 0
	}
	if p.Valid() != nil {
		return -1, math.Inf(1)
	}
	pl := planeAt(p)
	shape, metres = -1, math.Inf(1)
	for i := range x.pieces {
		pc := &x.pieces[i]
		if pc.atLeast(pl) >= metres {
			continue
		}
		if d := pc.distance(p); d < metres {
			shape, metres = int(pc.shape), d
		}
	}
	return shape, metres
}

// distance is how far p is from the piece in metres: 0 inside.
func (pc *piece) distance(p Point) float64 {
	if pc.contains(p) {
		return 0
	}
	_, metres := pc.polygon.outline(p)
	return metres
}

// outline is the point of the polygon's rings nearest to p and how far it is in metres.
func (p Polygon) outline(from Point) (at Point, metres float64) {
	at, metres = Line(p.Outer).Nearest(from)
	for _, h := range p.Holes {
		if q, d := Line(h).Nearest(from); d < metres {
			at, metres = q, d
		}
	}
	return at, metres
}
