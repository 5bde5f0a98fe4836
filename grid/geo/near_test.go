package geo_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid/geo"
)

// away is how far p is from a shape by plain search: many steps along every edge, great circles only.
func away(s geo.Shape, p geo.Point) float64 {
	best := math.Inf(1)
	for _, area := range s.Areas {
		if holds(area, p) {
			return 0
		}
		for i := 1; i < len(area.Outer); i++ {
			a, b := area.Outer[i-1], area.Outer[i]
			for step := range 101 {
				t := float64(step) / 100
				q := geo.Point{Lon: a.Lon + t*(b.Lon-a.Lon), Lat: a.Lat + t*(b.Lat-a.Lat)}
				best = min(best, geo.Distance(p, q))
			}
		}
	}
	return best
}

func TestNearAgreesWithPlainSearch(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 6))
	shapes := tiling(rnd, 4, 4, 3)
	x := mustIndex(t, shapes)
	rapid.Check(t, func(t *rapid.T) {
		p := geo.Point{Lon: rapid.Float64Range(101.8, 103).Draw(t, "lon"), Lat: rapid.Float64Range(36, 37.1).Draw(t, "lat")}
		metres := rapid.Float64Range(0, 20_000).Draw(t, "metres")
		hits := x.Near(p, metres)
		if !slices.IsSortedFunc(hits, func(a, b geo.Hit) int { return int(math.Copysign(1, a.Distance-b.Distance)) }) {
			t.Fatalf("not sorted: %v", hits)
		}
		nearest := math.Inf(1)
		for i, s := range shapes {
			want := away(s, p)
			nearest = min(nearest, want)
			k := slices.IndexFunc(hits, func(h geo.Hit) bool { return h.Shape == i })
			const step = 60 // of the plain search, in metres
			switch {
			case k < 0 && want < metres*0.999-1:
				t.Fatalf("%s, %.1f m away, was not found within %.1f m", s.ID, want, metres)
			case k >= 0 && math.Abs(hits[k].Distance-want) > 0.001*want+step:
				t.Fatalf("%s: %.1f m, the plain way says %.1f m", s.ID, hits[k].Distance, want)
			}
		}
		if _, got := x.Nearest(p); math.Abs(got-nearest) > 0.001*nearest+60 {
			t.Fatalf("Nearest: %.1f m, the plain way says %.1f m", got, nearest)
		}
	})
}

func TestNear(t *testing.T) {
	x := mustIndex(t, []geo.Shape{
		{ID: "c", Areas: geo.MultiPolygon{{Outer: square(102.2, 36, 0.1)}, {Outer: square(102.4, 36, 0.1)}}},
		{ID: "b", Areas: geo.MultiPolygon{{Outer: square(102.1, 36, 0.1)}}},
		{ID: "a", Areas: geo.MultiPolygon{{Outer: square(102, 36, 0.1)}}},
	})
	for _, c := range []struct {
		name   string
		p      geo.Point
		metres float64
		want   []int
	}{
		{"well inside", geo.Point{Lon: 102.05, Lat: 36.05}, 1000, []int{2}},
		{"beside a line", geo.Point{Lon: 102.099, Lat: 36.05}, 1000, []int{2, 1}},
		{"on a line, the lower ID first", geo.Point{Lon: 102.1, Lat: 36.05}, 0, []int{2, 1}},
		{"both halves of a shape once", geo.Point{Lon: 102.35, Lat: 36.05}, 5000, []int{0}},
		{"far away", geo.Point{Lon: 110, Lat: 36}, 5000, nil},
		{"NaN", geo.Point{Lon: math.NaN(), Lat: 36}, 5000, nil},
		{"within NaN", geo.Point{Lon: 110, Lat: 36}, math.NaN(), nil},
	} {
		got := make([]int, 0, 3)
		for _, h := range x.Near(c.p, c.metres) {
			got = append(got, h.Shape)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	if i, d := x.Nearest(geo.Point{Lon: 102.36, Lat: 36.05}); i != 0 || math.Abs(d-3596) > 20 {
		t.Errorf("Nearest = %d, %.1f", i, d)
	}
	if i, d := x.Nearest(geo.Point{Lon: math.Inf(1)}); i != -1 || !math.IsInf(d, 1) {
		t.Errorf("Nearest to nowhere = %d, %v", i, d)
	}
}

func TestOutline(t *testing.T) {
	district, err := geo.NewOutline(geo.MultiPolygon{{Outer: square(102, 36, 1)}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name    string
		p       geo.Point
		outside bool
		metres  float64
		towards geo.Compass
	}{
		{"inside", geo.Point{Lon: 102.5, Lat: 36.5}, false, 0, geo.North},
		{"on the line", geo.Point{Lon: 102, Lat: 36.5}, false, 0, geo.North},
		{"to the west of it", geo.Point{Lon: 101.9, Lat: 36.5}, true, 8938, geo.East},
		{"to the south-east of it", geo.Point{Lon: 103.1, Lat: 35.91}, true, 13450, geo.NorthWest},
		{"in Beijing", geo.Point{Lon: 116.4, Lat: 39.9}, true, 1_209_800, geo.West},
		{"NaN", geo.Point{Lon: math.NaN(), Lat: 36.5}, false, 0, geo.North},
	} {
		metres, towards, outside := district.Away(c.p)
		if outside != c.outside || towards != c.towards || math.Abs(metres-c.metres) > 0.01*c.metres {
			t.Errorf("%s: %.0f m, %v, %v, want %.0f m, %v, %v", c.name, metres, towards, outside, c.metres, c.towards, c.outside)
		}
	}
	if at, d := district.Nearest(geo.Point{Lon: 102.01, Lat: 36.5}); apart(at, geo.Point{Lon: 102, Lat: 36.5}) > 1e-9 || math.Abs(d-894) > 5 {
		t.Errorf("from inside: %v, %.0f m", at, d)
	}
	if _, err := geo.NewOutline(nil); !errors.Is(err, geo.ErrNoShapes) {
		t.Errorf("no area: %v", err)
	}
	if _, err := geo.NewOutline(geo.MultiPolygon{{Outer: square(0, 0, 1)[:4]}}); !errors.Is(err, geo.ErrNotClosed) {
		t.Errorf("open ring: %v", err)
	}
}

func BenchmarkNear(b *testing.B) {
	for _, c := range []struct {
		name                   string
		columns, rows, perSide int
	}{{"20x500", 5, 4, 125}, {"3000x200", 60, 50, 50}} {
		b.Run(c.name, func(b *testing.B) {
			rnd := rand.New(rand.NewPCG(8, 9))
			x := mustIndex(b, tiling(rnd, c.columns, c.rows, c.perSide))
			b.ReportAllocs()
			for b.Loop() {
				sink += len(x.Near(somewhere(rnd), 500))
			}
		})
	}
}
