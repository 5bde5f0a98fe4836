package geo

import "math"

// Line is a chain of points: a river, a ditch, a patrol's track.
type Line []Point

// Nearest is the point of the line nearest to p and how far it is in metres: +Inf for a line of no points.
func (l Line) Nearest(p Point) (at Point, metres float64) {
	if len(l) == 0 {
		return Point{}, math.Inf(1)
	}
	pl := planeAt(p)
	at, best := pl.nearestOn(l[0], l[0])
	for i := 1; i < len(l); i++ {
		if q, d := pl.nearestOn(l[i-1], l[i]); d < best {
			at, best = q, d
		}
	}
	return at, Distance(p, at)
}

// Distance is how far p is from the line in metres: +Inf for a line of no points.
func (l Line) Distance(p Point) float64 {
	_, metres := l.Nearest(p)
	return metres
}
