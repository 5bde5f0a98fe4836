package geo

import (
	"fmt"
	"math"
)

// Outline is the district's own line: it tells who stands outside which way the district lies and how far it is.
type Outline struct {
	parts []*part
	areas MultiPolygon
}

// NewOutline copies areas. The error wraps ErrNoShapes for no polygon at all, or what Ring.Valid says of a ring.
func NewOutline(areas MultiPolygon) (*Outline, error) {
	if len(areas) == 0 {
		return nil, ErrNoShapes
	}
	o := &Outline{areas: areas.clone()}
	for i, p := range o.areas {
		for j, r := range p.rings() {
			if err := r.Valid(); err != nil {
				return nil, fmt.Errorf("polygon %d: ring %d: %w", i, j, err)
			}
		}
		o.parts = append(o.parts, newPart(p))
	}
	return o, nil
}

// Middle is the middle of the box around the outline.
func (o *Outline) Middle() Point {
	low, high := Point{Lon: math.Inf(1), Lat: math.Inf(1)}, Point{Lon: math.Inf(-1), Lat: math.Inf(-1)}
	for _, area := range o.areas {
		for _, ring := range area.rings() {
			for _, p := range ring {
				low.Lon, low.Lat = min(low.Lon, p.Lon), min(low.Lat, p.Lat)
				high.Lon, high.Lat = max(high.Lon, p.Lon), max(high.Lat, p.Lat)
			}
		}
	}
	return Point{Lon: (low.Lon + high.Lon) / 2, Lat: (low.Lat + high.Lat) / 2}
}

// Contains tells whether p lies inside or exactly on the line; false for NaN.
func (o *Outline) Contains(p Point) bool {
	for _, pt := range o.parts {
		if pt.contains(p) {
			return true
		}
	}
	return false
}

// Nearest is the point of the line nearest to p and how far it is in metres, from inside as from outside: a small
// distance means that a fix may be on the other side. It is +Inf for a point that is not Valid.
func (o *Outline) Nearest(p Point) (at Point, metres float64) {
	metres = math.Inf(1)
	if p.Valid() != nil {
		return Point{}, metres
	}
	for _, area := range o.areas {
		if q, d := area.outline(p); d < metres {
			at, metres = q, d
		}
	}
	return at, metres
}

// Away tells how far outside p is, in metres, and in which direction the district lies; ok is false inside, on the line
// and for a point that is not Valid.
func (o *Outline) Away(p Point) (metres float64, towards Compass, ok bool) {
	if p.Valid() != nil || o.Contains(p) {
		return 0, North, false
	}
	at, metres := o.Nearest(p)
	return metres, Direction(p, at), true
}
