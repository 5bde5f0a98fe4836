package geo

import "math"

// earthRadius is the mean radius of the earth in metres (IUGG R1).
const earthRadius = 6371008.8

func radians(degrees float64) float64 { return degrees * (math.Pi / 180) }

// Distance is the way from a to b in metres along a great circle (haversine on a sphere). The error against the
// ellipsoid is below 0.6 %.
func Distance(a, b Point) float64 {
	sinLat := math.Sin(radians(b.Lat-a.Lat) / 2)
	sinLon := math.Sin(radians(b.Lon-a.Lon) / 2)
	h := sinLat*sinLat + math.Cos(radians(a.Lat))*math.Cos(radians(b.Lat))*sinLon*sinLon
	return 2 * earthRadius * math.Asin(math.Sqrt(min(h, 1)))
}

// Bearing is the direction in which one sets out from one point to the other, in degrees clockwise from north, 0 to
// below 360. It is 0 for a point to itself.
func Bearing(from, to Point) float64 {
	sinLon, cosLon := math.Sincos(radians(to.Lon - from.Lon))
	sinFrom, cosFrom := math.Sincos(radians(from.Lat))
	sinTo, cosTo := math.Sincos(radians(to.Lat))
	b := math.Atan2(sinLon*cosTo, cosFrom*sinTo-sinFrom*cosTo*cosLon) * (180 / math.Pi)
	if b < 0 {
		b += 360
	}
	if b >= 360 { // a tiny negative angle rounds up to the full circle
		return 0
	}
	return b
}

// plane is the flat neighbourhood of a point, in degrees of latitude. It serves to find which point of a line is
// nearest; the distance that is told comes from Distance.
type plane struct {
	origin Point
	cos    float64
}

func planeAt(p Point) plane {
	return plane{origin: p, cos: math.Cos(radians(p.Lat))}
}

// nearestOn is the point of the segment a to b that is nearest to the origin, and the square of how far it is.
func (pl plane) nearestOn(a, b Point) (at Point, squared float64) {
	ax, ay := (a.Lon-pl.origin.Lon)*pl.cos, a.Lat-pl.origin.Lat
	dx, dy := (b.Lon-a.Lon)*pl.cos, b.Lat-a.Lat
	t := 0.0
	if length := dx*dx + dy*dy; length > 0 {
		t = min(max(-(ax*dx+ay*dy)/length, 0), 1)
	}
	x, y := ax+t*dx, ay+t*dy
	return Point{Lon: a.Lon + t*(b.Lon-a.Lon), Lat: a.Lat + t*(b.Lat-a.Lat)}, x*x + y*y
}
