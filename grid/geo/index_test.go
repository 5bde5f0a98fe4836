package geo_test

import (
	"errors"
	"flag"
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid/geo"
)

var long = flag.Bool("long", false, "compare a million random points instead of some thousands")

func mustIndex(tb testing.TB, shapes []geo.Shape) *geo.Index {
	tb.Helper()
	x, err := geo.NewIndex(shapes)
	if err != nil {
		tb.Fatal(err)
	}
	return x
}

func agree(tb testing.TB, x *geo.Index, shapes []geo.Shape, p geo.Point) {
	tb.Helper()
	want := owner(shapes, p)
	if got, ok := x.Find(p); got != want || ok != (want >= 0) {
		tb.Fatalf("Find(%v) = %d, %v, the plain way says %d", p, got, ok, want)
	}
}

// TestFindAgreesOnTilings is goal G11's other half: the same answer as an exact test, everywhere.
func TestFindAgreesOnTilings(t *testing.T) {
	random := 4_000
	if *long {
		random = 1_000_000
	}
	for _, c := range []struct{ columns, rows, perSide int }{{5, 4, 125}, {1, 1, 1}, {2, 2, 1}, {12, 10, 8}} {
		rnd := rand.New(rand.NewPCG(uint64(c.columns), 7))
		shapes := tiling(rnd, c.columns, c.rows, c.perSide)
		x := mustIndex(t, shapes)
		for i, p := range delicate(rnd, shapes) {
			if *long || i%25 == 0 || c.perSide < 5 {
				agree(t, x, shapes, p)
			}
		}
		for range random {
			agree(t, x, shapes, somewhere(rnd))
		}
	}
}

// TestFindLosesNothing: a point of a tiling's rectangle has an owner, however close to a line it is.
func TestFindLosesNothing(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	shapes := tiling(rnd, 9, 8, 12)
	x := mustIndex(t, shapes)
	outline := geo.Ring{{Lon: 102.1, Lat: 36.3}, {Lon: 102.7, Lat: 36.3}, {Lon: 102.7, Lat: 36.8}, {Lon: 102.1, Lat: 36.8}, {Lon: 102.1, Lat: 36.3}}
	well, err := geo.NewOutline(geo.MultiPolygon{{Outer: outline}})
	if err != nil {
		t.Fatal(err)
	}
	inner := 0
	for _, p := range delicate(rnd, shapes) {
		if !well.Contains(p) {
			continue
		}
		inner++
		if _, ok := x.Find(p); !ok {
			t.Fatalf("%v has no owner", p)
		}
	}
	if inner < 10_000 {
		t.Fatalf("only %d points were tried", inner)
	}
}

// TestFindAgreesOnAnything throws triangles and quadrilaterals, holes and islands, overlapping or not, on a small
// lattice, where points meet edges and corners all the time.
func TestFindAgreesOnAnything(t *testing.T) {
	lattice := rapid.Custom(func(t *rapid.T) geo.Point {
		return geo.Point{
			Lon: 102 + float64(rapid.IntRange(0, 6).Draw(t, "x"))*0.1,
			Lat: 36 + float64(rapid.IntRange(0, 6).Draw(t, "y"))*0.1,
		}
	})
	ring := rapid.Custom(func(t *rapid.T) geo.Ring {
		r := geo.Ring(rapid.SliceOfN(lattice, 3, 6).Draw(t, "points"))
		return append(r, r[0])
	}).Filter(func(r geo.Ring) bool { return r.Valid() == nil })
	polygon := rapid.Custom(func(t *rapid.T) geo.Polygon {
		return geo.Polygon{Outer: ring.Draw(t, "outer"), Holes: rapid.SliceOfN(ring, 0, 2).Draw(t, "holes")}
	})
	rapid.Check(t, func(t *rapid.T) {
		ids := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z]{1,3}`), 1, 4, rapid.ID[string]).Draw(t, "ids")
		var shapes []geo.Shape
		for _, id := range ids {
			shapes = append(shapes, geo.Shape{ID: id, Areas: rapid.SliceOfN(polygon, 1, 2).Draw(t, "areas")})
		}
		x, err := geo.NewIndex(shapes)
		if err != nil {
			t.Fatal(err)
		}
		for range 20 {
			a, b := lattice.Draw(t, "a"), lattice.Draw(t, "b")
			part := rapid.Float64Range(0, 1).Draw(t, "part")
			for _, p := range []geo.Point{a, {Lon: (a.Lon + b.Lon) / 2, Lat: (a.Lat + b.Lat) / 2}, {Lon: a.Lon + part*(b.Lon-a.Lon), Lat: a.Lat + part*(b.Lat-a.Lat)}} {
				want := owner(shapes, p)
				if got, ok := x.Find(p); got != want || ok != (want >= 0) {
					t.Fatalf("Find(%v) = %d, %v, the plain way says %d", p, got, ok, want)
				}
			}
		}
	})
}

func square(west, south, side float64) geo.Ring {
	north, east := south+side, west+side
	return geo.Ring{{Lon: west, Lat: south}, {Lon: east, Lat: south}, {Lon: east, Lat: north}, {Lon: west, Lat: north}, {Lon: west, Lat: south}}
}

func TestFindEdges(t *testing.T) {
	shapes := []geo.Shape{
		{ID: "b", Areas: geo.MultiPolygon{{Outer: square(1, 0, 1)}}},
		{ID: "a", Areas: geo.MultiPolygon{{Outer: square(0, 0, 1)}}},
		{ID: "ring", Areas: geo.MultiPolygon{{Outer: square(4, 0, 4), Holes: []geo.Ring{square(5, 1, 1), square(6.5, 1, 1)}}}},
		{ID: "island", Areas: geo.MultiPolygon{{Outer: square(5, 1, 1)}}},
		{ID: "nowhere"},
	}
	x := mustIndex(t, shapes)
	for _, c := range []struct {
		name string
		p    geo.Point
		want string
	}{
		{"inside", geo.Point{Lon: 0.5, Lat: 0.5}, "a"},
		{"shared edge", geo.Point{Lon: 1, Lat: 0.25}, "a"},
		{"shared corner", geo.Point{Lon: 1, Lat: 1}, "a"},
		{"outer edge", geo.Point{Lon: 2, Lat: 0.5}, "b"},
		{"outer corner", geo.Point{Lon: 2, Lat: 1}, "b"},
		{"one ulp outside", geo.Point{Lon: math.Nextafter(2, 3), Lat: 0.5}, ""},
		{"between the two", geo.Point{Lon: 3, Lat: 0.5}, ""},
		{"island in the hole", geo.Point{Lon: 5.5, Lat: 1.5}, "island"},
		{"edge of the hole with an island", geo.Point{Lon: 5, Lat: 1.5}, "island"},
		{"empty hole", geo.Point{Lon: 7, Lat: 1.5}, ""},
		{"edge of the empty hole", geo.Point{Lon: 6.5, Lat: 1.5}, "ring"},
		{"around the holes", geo.Point{Lon: 4.5, Lat: 1}, "ring"},
		{"NaN longitude", geo.Point{Lon: math.NaN(), Lat: 0.5}, ""},
		{"NaN latitude", geo.Point{Lon: 0.5, Lat: math.NaN()}, ""},
		{"infinite", geo.Point{Lon: math.Inf(1), Lat: 0.5}, ""},
	} {
		i, ok := x.Find(c.p)
		if ok != (c.want != "") || (ok && x.Shapes()[i].ID != c.want) {
			t.Errorf("%s: Find(%v) = %d, %v, want %q", c.name, c.p, i, ok, c.want)
		}
	}
}

func TestNewIndexRefuses(t *testing.T) {
	open := square(0, 0, 1)[:4]
	for _, c := range []struct {
		name   string
		shapes []geo.Shape
		want   error
	}{
		{"nothing", nil, geo.ErrNoShapes},
		{"no polygon", []geo.Shape{{ID: "a"}}, geo.ErrNoShapes},
		{"open ring", []geo.Shape{{ID: "a", Areas: geo.MultiPolygon{{Outer: open}}}}, geo.ErrNotClosed},
		{"three points", []geo.Shape{{ID: "a", Areas: geo.MultiPolygon{{Outer: open[:3]}}}}, geo.ErrTooFewPoints},
		{"bad hole", []geo.Shape{{ID: "a", Areas: geo.MultiPolygon{{Outer: square(0, 0, 1), Holes: []geo.Ring{open}}}}}, geo.ErrNotClosed},
		{"NaN", []geo.Shape{{ID: "a", Areas: geo.MultiPolygon{{Outer: square(math.NaN(), 0, 1)}}}}, geo.ErrNotFinite},
		{"swapped", []geo.Shape{{ID: "a", Areas: geo.MultiPolygon{{Outer: square(36, 102, 1)}}}}, geo.ErrOutOfRange},
		{"flat", []geo.Shape{{ID: "a", Areas: geo.MultiPolygon{{Outer: geo.Ring{{}, {Lon: 1, Lat: 1}, {Lon: 2, Lat: 2}, {}}}}}}, geo.ErrNoArea},
	} {
		if _, err := geo.NewIndex(c.shapes); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	twice := []geo.Shape{{ID: "a", Areas: geo.MultiPolygon{{Outer: square(0, 0, 1)}}}, {ID: "a", Areas: geo.MultiPolygon{{Outer: square(1, 0, 1)}}}}
	if _, err := geo.NewIndex(twice); err == nil {
		t.Error("an ID twice was taken")
	}
}

func TestFindAllocatesNothing(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	shapes := tiling(rnd, 5, 4, 25)
	x := mustIndex(t, shapes)
	points := delicate(rnd, shapes)
	i := 0
	if n := testing.AllocsPerRun(len(points), func() {
		x.Find(points[i%len(points)])
		i++
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
