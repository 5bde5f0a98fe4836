package geo

import (
	"cmp"
	"slices"
)

// crossing finds two edges of the polygon that cross: each has its ends on strictly different sides of the other.
// Edges are swept from west to east, each compared with those that it overlaps in longitude.
func (p Polygon) crossing() (a, b edge, found bool) {
	edges := p.edges()
	slices.SortFunc(edges, func(a, b edge) int { return cmp.Compare(a.west(), b.west()) })
	open := make([]edge, 0, 16)
	for _, e := range edges {
		open = slices.DeleteFunc(open, func(o edge) bool { return o.east() < e.west() })
		for _, o := range open {
			if o.crosses(e) {
				return o, e, true
			}
		}
		open = append(open, e)
	}
	return edge{}, edge{}, false
}

func (e edge) west() float64 { return min(e.low.Lon, e.high.Lon) }

func (e edge) east() float64 { return max(e.low.Lon, e.high.Lon) }

// crosses tells whether the two edges pass through each other; touching is not crossing.
func (e edge) crosses(o edge) bool {
	if e.high.Lat < o.low.Lat || o.high.Lat < e.low.Lat {
		return false
	}
	return opposite(side(e.low, e.high, o.low), side(e.low, e.high, o.high)) &&
		opposite(side(o.low, o.high, e.low), side(o.low, o.high, e.high))
}

func opposite(a, b float64) bool {
	return (a < 0 && b > 0) || (a > 0 && b < 0)
}
