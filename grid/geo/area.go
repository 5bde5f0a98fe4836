package geo

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// Ring is a closed chain of points: the last is the first again.
type Ring []Point

// Polygon is an area within its outer ring, without what lies inside its holes. The rings themselves belong to it.
type Polygon struct {
	Outer Ring
	Holes []Ring
}

// MultiPolygon is the union of its polygons.
type MultiPolygon []Polygon

// What is wrong with a ring.
var (
	// ErrTooFewPoints means that a ring has fewer than four points.
	ErrTooFewPoints = errors.New("too few points")
	// ErrNotClosed means that a ring does not end where it began.
	ErrNotClosed = errors.New("not closed")
	// ErrNoArea means that all points of a ring lie on one line.
	ErrNoArea = errors.New("no area")
	// ErrCrossing means that the rings of a polygon cross themselves or each other.
	ErrCrossing = errors.New("rings cross")
	// ErrHoleOutside means that a hole does not lie inside the outer ring.
	ErrHoleOutside = errors.New("hole outside the outer ring")
)

// Valid returns nil for a ring that bounds something, else an error that wraps ErrTooFewPoints, ErrNotClosed,
// ErrNoArea, ErrNotFinite or ErrOutOfRange and says what was expected. Crossings are not its business: see Polygon.
func (r Ring) Valid() error {
	if len(r) < 4 {
		return fmt.Errorf("%w: %d, expected at least 4 of which the last is the first again", ErrTooFewPoints, len(r))
	}
	for i, p := range r {
		if err := p.Valid(); err != nil {
			return fmt.Errorf("point %d: %w", i, err)
		}
	}
	if first, last := r[0], r[len(r)-1]; first != last {
		return fmt.Errorf("%w: begins at %v,%v and ends at %v,%v, expected the first point again at the end",
			ErrNotClosed, first.Lon, first.Lat, last.Lon, last.Lat)
	}
	if r.flat() {
		return fmt.Errorf("%w: all points lie on one line, expected a ring around an area", ErrNoArea)
	}
	return nil
}

// flat tells whether all points lie on one line.
func (r Ring) flat() bool {
	other := slices.IndexFunc(r, func(p Point) bool { return p != r[0] })
	return other < 0 || !slices.ContainsFunc(r, func(p Point) bool {
		return side(r[0].snapped(), r[other].snapped(), p.snapped()) != 0
	})
}

// Valid returns nil for a polygon whose rings are valid and do not cross and whose holes lie inside, else an error that
// names the ring and wraps what Ring.Valid returns, ErrCrossing or ErrHoleOutside. Rings may touch in points.
func (p Polygon) Valid() error {
	if err := p.Outer.Valid(); err != nil {
		return fmt.Errorf("outer ring: %w", err)
	}
	for i, h := range p.Holes {
		if err := h.Valid(); err != nil {
			return fmt.Errorf("hole %d: %w", i, err)
		}
	}
	if a, b, crossing := p.crossing(); crossing {
		return fmt.Errorf("%w: the edge %v,%v to %v,%v and the edge %v,%v to %v,%v, expected rings that do not cross", ErrCrossing,
			a.low.Lon, a.low.Lat, a.high.Lon, a.high.Lat, b.low.Lon, b.low.Lat, b.high.Lon, b.high.Lat)
	}
	outer := newPart(Polygon{Outer: p.Outer})
	for i, h := range p.Holes {
		for _, q := range h {
			if !outer.contains(q) {
				return fmt.Errorf("hole %d: %w: %v,%v is not inside", i, ErrHoleOutside, q.Lon, q.Lat)
			}
		}
	}
	return nil
}

// rings lists the outer ring and the holes.
func (p Polygon) rings() []Ring {
	return append([]Ring{p.Outer}, p.Holes...)
}

// box is a rectangle with its edges.
type box struct {
	min, max Point
}

// emptyBox contains nothing; grown by a point it is that point.
func emptyBox() box {
	return box{min: Point{Lon: math.Inf(1), Lat: math.Inf(1)}, max: Point{Lon: math.Inf(-1), Lat: math.Inf(-1)}}
}

func (b box) grown(p Point) box {
	return box{
		min: Point{Lon: min(b.min.Lon, p.Lon), Lat: min(b.min.Lat, p.Lat)},
		max: Point{Lon: max(b.max.Lon, p.Lon), Lat: max(b.max.Lat, p.Lat)},
	}
}

// contains is false for NaN.
func (b box) contains(p Point) bool {
	return p.Lon >= b.min.Lon && p.Lon <= b.max.Lon && p.Lat >= b.min.Lat && p.Lat <= b.max.Lat
}
