package geo_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"github.com/gridwarden/gridwarden/grid/geo"
)

// Goal G11: at most 25 ns for 20 polygons of 500 vertices, at most 250 ns for 3,000 of 200, over uniform points. Beside
// each stand a plain even-odd scan behind bounding boxes and the same scan with orb, run in the same benchmark.

func BenchmarkFind20x500(b *testing.B) { benchmarkFind(b, 5, 4, 125) }

func BenchmarkFind3000x200(b *testing.B) { benchmarkFind(b, 60, 50, 50) }

func benchmarkFind(b *testing.B, columns, rows, perSide int) {
	b.Helper()
	rnd := rand.New(rand.NewPCG(8, 9))
	shapes := tiling(rnd, columns, rows, perSide)
	began := time.Now()
	x := mustIndex(b, shapes)
	build := time.Since(began)

	points := make([]geo.Point, 1<<18)
	for i := range points {
		points[i] = geo.Point{Lon: 102 + 0.8*rnd.Float64(), Lat: 36.2 + 0.7*rnd.Float64()}
	}
	plain, withOrb := baselines(shapes)
	slow := func(find func(geo.Point) int) float64 {
		const n = 4000
		start := time.Now()
		for i := range n {
			sink += find(points[i])
		}
		return float64(time.Since(start).Nanoseconds()) / n
	}
	plainNS, orbNS := slow(plain), slow(withOrb)

	i := 0
	b.ReportAllocs()
	for b.Loop() {
		found, _ := x.Find(points[i&(1<<18-1)])
		sink += found
		i++
	}
	perFind := float64(b.Elapsed().Nanoseconds()) / float64(b.N)
	b.ReportMetric(plainNS/perFind, "plain/find")
	b.ReportMetric(orbNS/perFind, "orb/find")
	b.ReportMetric(float64(build.Milliseconds()), "build-ms")
}

var sink int

func baselines(shapes []geo.Shape) (plain, withOrb func(geo.Point) int) {
	polygons := make([]orb.Polygon, 0, len(shapes))
	bounds := make([]orb.Bound, 0, len(shapes))
	for _, s := range shapes {
		var ring orb.Ring
		for _, p := range s.Areas[0].Outer {
			ring = append(ring, orb.Point{p.Lon, p.Lat})
		}
		polygons = append(polygons, orb.Polygon{ring})
		bounds = append(bounds, ring.Bound())
	}
	scan := func(p geo.Point, contains func(orb.Polygon, orb.Point) bool) int {
		at := orb.Point{p.Lon, p.Lat}
		for i, b := range bounds {
			if b.Contains(at) && contains(polygons[i], at) {
				return i
			}
		}
		return -1
	}
	return func(p geo.Point) int { return scan(p, evenOdd) }, func(p geo.Point) int { return scan(p, planar.PolygonContains) }
}

func evenOdd(polygon orb.Polygon, p orb.Point) bool {
	inside := false
	ring := polygon[0]
	for i := 1; i < len(ring); i++ {
		a, b := ring[i-1], ring[i]
		if (a[1] > p[1]) != (b[1] > p[1]) && p[0] < a[0]+(p[1]-a[1])*(b[0]-a[0])/(b[1]-a[1]) {
			inside = !inside
		}
	}
	return inside
}
