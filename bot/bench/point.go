package main

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"time"

	"github.com/gridwarden/gridwarden/grid/geo"
)

// point measures G11: which polygon a point lies in, beside a plain even-odd test behind bounding boxes.
func (b *bench) point(ctx context.Context) error {
	for _, size := range []struct {
		columns, rows, edges int
		want                 string
		limit                float64
	}{{5, 4, 125, "<= 25 ns", 25}, {60, 50, 50, "<= 250 ns", 250}} {
		if err := ctx.Err(); err != nil {
			return err
		}
		shapes := tiling(size.columns, size.rows, size.edges)
		index, err := geo.NewIndex(shapes)
		if err != nil {
			return err
		}
		points := make([]geo.Point, 1<<17)
		rnd := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // points on a map
		for i := range points {
			points[i] = geo.Point{Lon: tileWest + tileWidth*rnd.Float64(), Lat: tileSouth + tileHeight*rnd.Float64()}
		}
		find := func(p geo.Point) int { i, _ := index.Find(p); return i }
		exact := plainTest(shapes)
		differ := 0
		for _, p := range points[:20000] {
			if find(p) != exact(p) {
				differ++
			}
		}
		var fast, slow []float64
		var allocated uint64
		for range b.rounds {
			before := mallocs()
			fast = append(fast, timed(points, 1<<21, find))
			allocated = max(allocated, mallocs()-before)
			slow = append(slow, timed(points, 20000, exact))
		}
		mine, other := median(fast), median(slow)
		b.table.add(row{
			fmt.Sprintf("G11 point in one of %d polygons of %d corners", len(shapes), 4*size.edges), fmt.Sprintf("%.0f ns", mine), fmt.Sprintf("%.0f ns", other),
			fmt.Sprintf("%.4f", mine/other), size.want,
			fmt.Sprintf("%.4f allocations each; %d of 20000 points answered otherwise than by the plain test", float64(allocated)/(1<<21), differ),
		})
	}
	return nil
}

func mallocs() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.Mallocs
}

// timed is how many nanoseconds one of n calls takes.
func timed(points []geo.Point, n int, find func(geo.Point) int) float64 {
	began, found := time.Now(), 0
	for i := range n {
		found += find(points[i%len(points)])
	}
	took := float64(time.Since(began).Nanoseconds())
	runtime.KeepAlive(found) // so that the work cannot be left out
	return took / float64(n)
}

// plainTest asks every polygon whose bounding box holds the point.
func plainTest(shapes []geo.Shape) func(geo.Point) int {
	type box struct{ west, south, east, north float64 }
	boxes := make([]box, len(shapes))
	for i, s := range shapes {
		b := box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
		for _, p := range s.Areas[0].Outer {
			b = box{min(b.west, p.Lon), min(b.south, p.Lat), max(b.east, p.Lon), max(b.north, p.Lat)}
		}
		boxes[i] = b
	}
	return func(p geo.Point) int {
		for i, b := range boxes {
			if p.Lon >= b.west && p.Lon <= b.east && p.Lat >= b.south && p.Lat <= b.north && evenOdd(shapes[i].Areas[0].Outer, p) {
				return i
			}
		}
		return -1
	}
}

func evenOdd(ring geo.Ring, p geo.Point) bool {
	inside := false
	for i := 1; i < len(ring); i++ {
		a, b := ring[i-1], ring[i]
		if (a.Lat > p.Lat) != (b.Lat > p.Lat) && p.Lon < a.Lon+(p.Lat-a.Lat)*(b.Lon-a.Lon)/(b.Lat-a.Lat) {
			inside = !inside
		}
	}
	return inside
}

// The rectangle that tiling cuts up.
const (
	tileWest, tileSouth   = 102.0, 36.2
	tileWidth, tileHeight = 0.8, 0.7
)

// tiling cuts the rectangle into shapes without gaps whose common lines are waves of so many edges a side.
func tiling(columns, rows, edges int) []geo.Shape {
	dx, dy := tileWidth/float64(columns), tileHeight/float64(rows)
	at := func(x, y float64) geo.Point { // bends the plane a little, the same for both neighbours of a line
		return geo.Point{
			Lon: tileWest + dx*(x+.12*math.Sin(2*math.Pi*y*1.7)*edgeless(x, columns)),
			Lat: tileSouth + dy*(y+.12*math.Sin(2*math.Pi*x*1.3)*edgeless(y, rows)),
		}
	}
	var shapes []geo.Shape
	for j := range rows {
		for i := range columns {
			var ring geo.Ring
			x, y, step := float64(i), float64(j), 1/float64(edges)
			for k := range edges {
				ring = append(ring, at(x+float64(k)*step, y))
			}
			for k := range edges {
				ring = append(ring, at(x+1, y+float64(k)*step))
			}
			for k := edges; k > 0; k-- {
				ring = append(ring, at(x+float64(k)*step, y+1))
			}
			for k := edges; k > 0; k-- {
				ring = append(ring, at(x, y+float64(k)*step))
			}
			ring = append(ring, ring[0])
			shapes = append(shapes, geo.Shape{ID: fmt.Sprintf("%09d", 630202000+len(shapes)), Areas: geo.MultiPolygon{{Outer: ring}}})
		}
	}
	return shapes
}

// edgeless is 0 on the rectangle's own sides, which stay straight, and 1 within.
func edgeless(v float64, n int) float64 {
	if v <= 0 || v >= float64(n) {
		return 0
	}
	return min(1, v, float64(n)-v)
}
