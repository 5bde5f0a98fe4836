package geo

import "math"

// The ellipsoid on which GCJ-02 is defined (Krasovsky 1940): semi-major axis in metres, first eccentricity squared.
const (
	gcjAxis         = 6378245.0
	gcjEccentricity = 0.00669342162296594323
)

// gcjArea is the rough box in which maps of mainland China are shifted. Outside it the two datums are the same.
var gcjArea = box{min: Point{Lon: 72.004, Lat: 0.8293}, max: Point{Lon: 137.8347, Lat: 55.8271}}

// ToGCJ02 shifts a WGS-84 point to GCJ-02, the datum of maps sold in mainland China (usually 100 to 700 m away). Outside the
// rough box around mainland China the point is returned as it is.
func ToGCJ02(p Point) Point {
	if !gcjArea.contains(p) {
		return p
	}
	shift := gcjShift(p)
	return Point{Lon: p.Lon + shift.Lon, Lat: p.Lat + shift.Lat}
}

// FromGCJ02 shifts a GCJ-02 point back to WGS-84. It turns ToGCJ02 round to better than 1e-9 degrees, save for points
// outside the box within 0.01° of its edge, where a shifted and an unshifted point may be the same.
func FromGCJ02(p Point) Point {
	w := p
	for range 20 {
		shift := gcjShift(w)
		next := Point{Lon: p.Lon - shift.Lon, Lat: p.Lat - shift.Lat}
		moved := math.Abs(next.Lon-w.Lon) + math.Abs(next.Lat-w.Lat)
		w = next
		if moved < 1e-12 {
			break
		}
	}
	// The iteration ends a hair beside the point: one on the box's very edge must not fall out of it.
	onEdge := Point{Lon: min(max(w.Lon, gcjArea.min.Lon), gcjArea.max.Lon), Lat: min(max(w.Lat, gcjArea.min.Lat), gcjArea.max.Lat)}
	if math.Abs(onEdge.Lon-w.Lon)+math.Abs(onEdge.Lat-w.Lat) > 1e-9 {
		return p
	}
	return onEdge
}

// gcjShift is the published offset in degrees at a WGS-84 point.
func gcjShift(p Point) Point {
	x, y := p.Lon-105, p.Lat-35
	root := math.Sqrt(math.Abs(x))
	common := (20*math.Sin(6*x*math.Pi) + 20*math.Sin(2*x*math.Pi)) * 2 / 3

	north := -100 + 2*x + 3*y + 0.2*y*y + 0.1*x*y + 0.2*root + common
	north += (20*math.Sin(y*math.Pi) + 40*math.Sin(y/3*math.Pi)) * 2 / 3
	north += (160*math.Sin(y/12*math.Pi) + 320*math.Sin(y/30*math.Pi)) * 2 / 3

	east := 300 + x + 2*y + 0.1*x*x + 0.1*x*y + 0.1*root + common
	east += (20*math.Sin(x*math.Pi) + 40*math.Sin(x/3*math.Pi)) * 2 / 3
	east += (150*math.Sin(x/12*math.Pi) + 300*math.Sin(x/30*math.Pi)) * 2 / 3

	sin, cos := math.Sincos(radians(p.Lat))
	w := 1 - gcjEccentricity*sin*sin
	meridian := gcjAxis * (1 - gcjEccentricity) / (w * math.Sqrt(w))
	parallel := gcjAxis / math.Sqrt(w) * cos
	return Point{Lon: east / parallel * (180 / math.Pi), Lat: north / meridian * (180 / math.Pi)}
}
