package geo_test

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"

	"github.com/gridwarden/gridwarden/grid/geo"
)

// owner is the other implementation that Index is held to: every edge of every shape, in the plainest way, with
// rational numbers wherever a float could err, and the ray going south instead of east.
func owner(shapes []geo.Shape, p geo.Point) int {
	best := -1
	for i, s := range shapes {
		if best >= 0 && shapes[best].ID <= s.ID {
			continue
		}
		for _, area := range s.Areas {
			if holds(area, p) {
				best = i
				break
			}
		}
	}
	return best
}

func holds(area geo.Polygon, p geo.Point) bool {
	inside := false
	for _, r := range append([]geo.Ring{area.Outer}, area.Holes...) {
		for i := 1; i < len(r); i++ {
			a, b := r[i-1], r[i]
			if p.Lon < min(a.Lon, b.Lon) || p.Lon > max(a.Lon, b.Lon) {
				continue
			}
			if a.Lon > b.Lon {
				a, b = b, a
			}
			s := turn(a, b, p)
			if s == 0 && p.Lat >= min(a.Lat, b.Lat) && p.Lat <= max(a.Lat, b.Lat) {
				return true
			}
			if a.Lon <= p.Lon && p.Lon < b.Lon && s > 0 {
				inside = !inside
			}
		}
	}
	return inside
}

// turn is the sign of the determinant of b-a and p-a.
func turn(a, b, p geo.Point) int {
	quick := (b.Lon-a.Lon)*(p.Lat-a.Lat) - (b.Lat-a.Lat)*(p.Lon-a.Lon)
	if math.Abs(quick) > 1e-9 {
		return int(math.Copysign(1, quick))
	}
	diff := func(x, y float64) *big.Rat {
		return new(big.Rat).Sub(new(big.Rat).SetFloat64(x), new(big.Rat).SetFloat64(y))
	}
	left := new(big.Rat).Mul(diff(b.Lon, a.Lon), diff(p.Lat, a.Lat))
	right := new(big.Rat).Mul(diff(b.Lat, a.Lat), diff(p.Lon, a.Lon))
	return left.Cmp(right)
}

// tiling cuts a rectangle about Ledu into columns × rows shapes that share their crooked lines: every side has
// perSide edges. The IDs are in no order.
func tiling(rnd *rand.Rand, columns, rows, perSide int) []geo.Shape {
	const west, south, width, height = 102.0, 36.2, 0.8, 0.7
	dx, dy := width/float64(columns), height/float64(rows)
	corner := make([][]geo.Point, rows+1)
	for j := range corner {
		for i := range columns + 1 {
			p := geo.Point{Lon: west + float64(i)*dx, Lat: south + float64(j)*dy}
			if i > 0 && i < columns && j > 0 && j < rows {
				p.Lon += (rnd.Float64() - 0.5) * 0.4 * dx
				p.Lat += (rnd.Float64() - 0.5) * 0.4 * dy
			}
			corner[j] = append(corner[j], p)
		}
	}
	crooked := func(a, b geo.Point) []geo.Point {
		path := []geo.Point{a}
		for k := 1; k < perSide; k++ {
			t := float64(k) / float64(perSide)
			sway := 0.08 * math.Sin(math.Pi*t) * math.Sin(9*t+a.Lon*1e4) // at its ends the line keeps clear of the others
			jitter := (rnd.Float64() - 0.5) / float64(perSide)
			path = append(path, geo.Point{
				Lon: a.Lon + t*(b.Lon-a.Lon) + (sway+jitter)*(b.Lat-a.Lat),
				Lat: a.Lat + t*(b.Lat-a.Lat) - (sway+jitter)*(b.Lon-a.Lon),
			})
		}
		return append(path, b)
	}
	across, up := make([][][]geo.Point, rows+1), make([][][]geo.Point, rows)
	for j := range across {
		for i := range columns {
			across[j] = append(across[j], crooked(corner[j][i], corner[j][i+1]))
		}
	}
	for j := range up {
		for i := range columns + 1 {
			up[j] = append(up[j], crooked(corner[j][i], corner[j+1][i]))
		}
	}
	names := rnd.Perm(columns * rows)
	var shapes []geo.Shape
	for j := range rows {
		for i := range columns {
			var ring geo.Ring
			ring = append(ring, across[j][i][:perSide]...)
			ring = append(ring, up[j][i+1][:perSide]...)
			for k := perSide; k > 0; k-- {
				ring = append(ring, across[j+1][i][k])
			}
			for k := perSide; k >= 0; k-- {
				ring = append(ring, up[j][i][k])
			}
			id := fmt.Sprintf("%09d", 630202000+names[len(shapes)])
			shapes = append(shapes, geo.Shape{ID: id, Areas: geo.MultiPolygon{{Outer: ring}}})
		}
	}
	return shapes
}

// delicate lists the points that go wrong first: every corner, every middle of an edge and what lies a few ulps off,
// corners' heights at other longitudes, and the corners of the box.
func delicate(rnd *rand.Rand, shapes []geo.Shape) []geo.Point {
	var out []geo.Point
	add := func(p geo.Point) {
		out = append(out, p)
		for range 2 {
			q := p
			for range rnd.IntN(3) + 1 {
				q.Lon = math.Nextafter(q.Lon, float64(rnd.IntN(3)-1)*1000)
				q.Lat = math.Nextafter(q.Lat, float64(rnd.IntN(3)-1)*1000)
			}
			out = append(out, q)
		}
	}
	for _, s := range shapes {
		for _, area := range s.Areas {
			for _, r := range append([]geo.Ring{area.Outer}, area.Holes...) {
				for i := 1; i < len(r); i++ {
					add(r[i])
					add(geo.Point{Lon: (r[i-1].Lon + r[i].Lon) / 2, Lat: (r[i-1].Lat + r[i].Lat) / 2})
					t := rnd.Float64()
					add(geo.Point{Lon: r[i-1].Lon + t*(r[i].Lon-r[i-1].Lon), Lat: r[i-1].Lat + t*(r[i].Lat-r[i-1].Lat)})
					out = append(out, geo.Point{Lon: somewhere(rnd).Lon, Lat: r[i].Lat}, geo.Point{Lon: r[i].Lon, Lat: somewhere(rnd).Lat})
				}
			}
		}
	}
	return out
}

// somewhere is a point of the tiling's rectangle or a little outside.
func somewhere(rnd *rand.Rand) geo.Point {
	return geo.Point{Lon: 101.95 + 0.9*rnd.Float64(), Lat: 36.15 + 0.8*rnd.Float64()}
}
