package geo

import "math"

// part is one polygon made ready for exact tests: its edges, sorted into horizontal slabs, so that a test looks only at
// the few edges as high as the point.
type part struct {
	box   box
	cos   float64 // of the box's latitude farthest from the equator
	scale float64 // slabs per degree
	first []int32 // slab k holds edges[first[k]:first[k+1]]
	edges []edge  // an edge is there once for every slab that it reaches
}

// edgesPerSlab balances memory against the length of a test.
const edgesPerSlab = 3

func newPart(p Polygon) *part {
	all := p.edges()
	pt := &part{box: emptyBox()}
	for _, e := range all {
		pt.box = pt.box.grown(e.low).grown(e.high)
	}
	pt.cos = math.Cos(radians(max(math.Abs(pt.box.min.Lat), math.Abs(pt.box.max.Lat))))
	slabs := len(all)/edgesPerSlab + 1
	if height := pt.box.max.Lat - pt.box.min.Lat; height > 0 {
		pt.scale = (float64(slabs) - 1e-6) / height // the topmost point falls into the last slab, not above it
	}
	pt.first = make([]int32, slabs+1)
	for _, e := range all {
		for k := pt.slab(e.low.Lat); k <= pt.slab(e.high.Lat); k++ {
			pt.first[k+1]++
		}
	}
	for k := range slabs {
		pt.first[k+1] += pt.first[k]
	}
	pt.edges = make([]edge, pt.first[slabs])
	next := append([]int32(nil), pt.first...)
	for _, e := range all {
		for k := pt.slab(e.low.Lat); k <= pt.slab(e.high.Lat); k++ {
			pt.edges[next[k]] = e
			next[k]++
		}
	}
	return pt
}

// slab numbers the slab of a latitude within the box. It never falls with growing latitude, however it rounds: an edge
// is in every slab of a point that is as high as one of its own.
func (pt *part) slab(lat float64) int {
	return int((lat - pt.box.min.Lat) * pt.scale)
}

// contains tells, exactly, whether p lies in the polygon or on one of its rings.
func (pt *part) contains(p Point) bool {
	p = p.snapped()
	if !pt.box.contains(p) {
		return false
	}
	k := pt.slab(p.Lat)
	inside := false
	for i := pt.first[k]; i < pt.first[k+1]; i++ {
		e := &pt.edges[i]
		if p.Lat < e.low.Lat || p.Lat > e.high.Lat || (p.Lon > e.low.Lon && p.Lon > e.high.Lon) {
			continue
		}
		left := 1.0 // of an edge that lies east of p
		if p.Lon >= e.low.Lon || p.Lon >= e.high.Lon {
			if left = side(e.low, e.high, p); left == 0 {
				return true
			}
		}
		// The upper end does not count: of two edges that meet at the height of p, one must.
		if left > 0 && p.Lat < e.high.Lat {
			inside = !inside
		}
	}
	return inside
}

// atLeast is a distance in metres that no point of the part is nearer to the plane's origin than. Half a chord is at
// least 0.97 of half its arc up to 24°, which is why the gaps are cut off at 48°.
func (pt *part) atLeast(pl plane) float64 {
	lon := min(max(pt.box.min.Lon-pl.origin.Lon, pl.origin.Lon-pt.box.max.Lon, 0), 48) * min(pl.cos, pt.cos)
	lat := min(max(pt.box.min.Lat-pl.origin.Lat, pl.origin.Lat-pt.box.max.Lat, 0), 48)
	return 0.97 * earthRadius * radians(math.Sqrt(lon*lon+lat*lat))
}
