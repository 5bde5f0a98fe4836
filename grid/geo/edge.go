package geo

import "math"

// edge is a segment of a ring, its lower end first (of two equally low ends the western one), so that neighbours who
// share it in opposite directions hold the very same edge.
type edge struct {
	low, high Point
}

func newEdge(a, b Point) edge {
	a, b = a.snapped(), b.snapped()
	if b.Lat < a.Lat || (b.Lat == a.Lat && b.Lon < a.Lon) {
		a, b = b, a
	}
	return edge{low: a, high: b}
}

// edges lists the edges of a polygon's rings, leaving out those from a point to itself.
func (p Polygon) edges() []edge {
	rings, n := p.rings(), 0
	for _, r := range rings {
		n += len(r)
	}
	out := make([]edge, 0, n)
	for _, r := range rings {
		for i := 1; i < len(r); i++ {
			if e := newEdge(r[i-1], r[i]); e.low != e.high {
				out = append(out, e)
			}
		}
	}
	return out
}

// side tells on which side of the way from a to b the point p lies: positive for left, negative for right, and 0 only
// if it lies exactly on the line. The quick answer is taken where rounding cannot have changed its sign (Shewchuk,
// Adaptive Precision Floating-Point Arithmetic, 1997); else the sum is done exactly.
func side(a, b, p Point) float64 {
	left := float64((a.Lon - p.Lon) * (b.Lat - p.Lat))
	right := float64((a.Lat - p.Lat) * (b.Lon - p.Lon))
	det := left - right
	const bound = (3 + 16*0x1p-53) * 0x1p-53
	if sure := bound * (math.Abs(left) + math.Abs(right)); det > sure || -det > sure {
		return det
	}
	return exactSide(a, b, p)
}

// exactSide is side without rounding: the determinant's six products, each kept as the pair of floats that it is
// exactly, added up as an expansion.
func exactSide(a, b, p Point) float64 {
	var sum expansion
	sum.addProduct(a.Lon, b.Lat)
	sum.addProduct(-a.Lon, p.Lat)
	sum.addProduct(-p.Lon, b.Lat)
	sum.addProduct(-a.Lat, b.Lon)
	sum.addProduct(a.Lat, p.Lon)
	sum.addProduct(p.Lat, b.Lon)
	return sum.sign()
}

// expansion is an exact sum of up to twelve floats: terms that do not overlap, growing in size.
type expansion struct {
	terms [12]float64
	n     int
}

// addProduct adds x*y exactly. The product must not underflow: see Point.snapped.
func (e *expansion) addProduct(x, y float64) {
	high := x * y
	e.add(math.FMA(x, y, -high))
	e.add(high)
}

// add adds v, carrying the rounding error of each addition along as a term of its own.
func (e *expansion) add(v float64) {
	for i := range e.n {
		t := e.terms[i]
		sum := v + t
		virtual := sum - v
		e.terms[i] = (v - (sum - virtual)) + (t - virtual)
		v = sum
	}
	e.terms[e.n] = v
	e.n++
}

// sign is the largest term that is not zero, which has the sign of the whole.
func (e *expansion) sign() float64 {
	for i := e.n - 1; i >= 0; i-- {
		if e.terms[i] != 0 {
			return e.terms[i]
		}
	}
	return 0
}
