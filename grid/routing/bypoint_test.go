package routing_test

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/geo"
	"github.com/gridwarden/gridwarden/grid/routing"
)

func pointOf(lon, lat float64) *geo.Point { return &geo.Point{Lon: lon, Lat: lat} }

// square is a fixture of land: two cells side by side, 0.1° each, and a gap without a cell above the second.
//
//	0.2 +----+....+
//	    | A2 | gap|
//	0.1 +    +----+
//	    |    | B  |
//	0.0 +----+----+
//	   0.0  0.1  0.2
func square(t *testing.T, approx bool, guessed ...grid.CellCode) *routing.Book {
	t.Helper()
	box := func(w, s, e, n float64) geo.MultiPolygon {
		return geo.MultiPolygon{{Outer: geo.Ring{{Lon: w, Lat: s}, {Lon: e, Lat: s}, {Lon: e, Lat: n}, {Lon: w, Lat: n}, {Lon: w, Lat: s}}}}
	}
	tree, err := grid.NewTree([]string{"1", "2", "3"}, []grid.Cell{
		{Code: "1", Level: 1, Name: "甲乙区", FullName: "丙丁省甲乙区"},
		{Code: "11", Parent: "1", Level: 2, Name: "东山镇"},
		{Code: "12", Parent: "1", Level: 2, Name: "西山镇"},
		{Code: "13", Parent: "1", Level: 2, Name: "无界镇"},
		{Code: "111", Parent: "11", Level: 3, Name: "石头坡村"},
		{Code: "121", Parent: "12", Level: 3, Name: "石头坡村"},
		{Code: "122", Parent: "12", Level: 3, Name: "水井湾村"},
		{Code: "19", Parent: "1", Level: 2, Name: "待定", Kind: grid.UnassignedKind},
	})
	if err != nil {
		t.Fatal(err)
	}
	land, err := routing.NewGround([]geo.Shape{
		{ID: "11", Areas: box(0, 0, 0.1, 0.2), Approx: approx}, {ID: "12", Areas: box(0.1, 0, 0.2, 0.1), Approx: approx}, {ID: "13"},
	}, box(0, 0, 0.2, 0.2), guessed)
	if err != nil {
		t.Fatal(err)
	}
	return routing.NewBook(tree, land, []routing.Place{{Name: "清河", Kind: "river", Cells: []grid.CellCode{"11", "12"}}},
		[]routing.Neighbour{{Name: "南边县", Direction: geo.South}}, routing.Rules{
			NearBoundary: 500, NearGuessed: 3000, MaxAccuracy: 1000, MaxOffered: 2, OutsideTolerance: 100, NeighbourWithin: 20000,
		})
}

func codes(a routing.Answer) string {
	var line strings.Builder
	for _, c := range a.Candidates {
		line.WriteString(string(c.Cell) + "/" + string(c.Why) + " ")
	}
	for _, mark := range []struct {
		set  bool
		text string
	}{{a.OutOfArea, "out"}, {a.Conflict, "!"}, {a.Ask, "?"}} {
		if mark.set {
			line.WriteString(mark.text)
		}
	}
	return line.String()
}

func TestRouteByPoint(t *testing.T) {
	exact, approx, guessed := square(t, false), square(t, true), square(t, true, "12")
	for _, c := range []struct {
		name     string
		book     *routing.Book
		lon, lat float64
		accuracy float64
		text     string
		want     string
	}{
		{"middle", exact, 0.05, 0.1, 0, "", "11/point "},
		{"edge of two has one owner", exact, 0.1, 0.05, 0, "", "11/point "},
		{"official line is trusted", exact, 0.0999, 0.05, 0, "", "11/point "},
		{"within the accuracy of the other", exact, 0.0999, 0.05, 30, "", "11/point 12/boundary ?"},
		{"unofficial line is not trusted near", approx, 0.097, 0.05, 0, "", "11/point 12/boundary ?"},
		{"unofficial line is trusted far away", approx, 0.09, 0.05, 0, "", "11/point "},
		{"a guessed cell is not trusted farther", guessed, 0.09, 0.05, 0, "", "11/point 12/boundary ?"},
		{"in the gap", exact, 0.15, 0.18, 0, "", "19/unassigned "},
		{"bad fix alone only narrows", exact, 0.05, 0.1, 1500, "", "11/point ?"},
		{"a hair outside", exact, -0.0005, 0.1, 0, "", "11/point "},
		{"outside", exact, 0.05, -0.05, 0, "", "out"},
		{"outside, but the fix is bad", exact, 0.05, -0.002, 400, "", "11/boundary ?"},

		{"words and point agree", exact, 0.15, 0.05, 0, "西山镇水井湾村", "122/village "},
		{"village within margin", approx, 0.0999, 0.05, 0, "水井湾村", "122/village "},
		{"point tells namesakes apart", exact, 0.15, 0.05, 0, "石头坡村", "121/village "},
		{"point between namesakes", approx, 0.0999, 0.05, 0, "石头坡村", "111/village 121/village ?"},
		{"point tells the reach", exact, 0.15, 0.05, 0, "清河", "12/place "},
		{"they disagree", exact, 0.02, 0.05, 0, "水井湾村", "122/village 11/point !?"},
		{"a cell without land cannot disagree", exact, 0.02, 0.05, 0, "无界镇", "13/township "},
		{"ours from afar", exact, 0.05, -0.5, 0, "东山镇", "11/township !?"},
		{"outside named from here", exact, 0.05, 0.05, 0, "南边县", "11/point !?"},
		{"both outside", exact, 0.05, -0.05, 0, "南边县", "out"},
		{"nothing in the words", exact, 0.05, 0.1, 0, "有人倒垃圾", "11/point "},
	} {
		a, err := c.book.Route(routing.Query{Point: pointOf(c.lon, c.lat), Accuracy: c.accuracy, Text: c.text})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		} else if got := codes(a); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestOutsideSaysWhere(t *testing.T) {
	b := square(t, false)
	a, err := b.Route(routing.Query{Point: pointOf(0.05, -0.1)})
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(a.Away-11119) > 20 || a.Direction != geo.North || a.Neighbour != "南边县" {
		t.Errorf("%+v, want 11.1 km, north, 南边县", a)
	}
	if a, err = b.Route(routing.Query{Point: pointOf(0.05, -5)}); err != nil || a.Neighbour != "" || !a.OutOfArea {
		t.Errorf("%+v %v: no neighbour is that far away", a, err)
	}
}

func TestRoutePickedPin(t *testing.T) {
	d := ledu()
	// A pin just east of a line of cells: were it GCJ-02, it would lie in the cell to the west.
	var found bool
	for lon := 102.2; lon < 102.7; lon += 0.003 {
		p := geo.Point{Lon: lon, Lat: 36.45}
		own, ok := d.land.Find(p)
		other, ok2 := d.land.Find(geo.FromGCJ02(p))
		if !ok || !ok2 || own == other {
			continue
		}
		found = true
		measured, _ := d.book.Route(routing.Query{Point: &p})
		picked, err := d.book.Route(routing.Query{Point: &p, Picked: true})
		if err != nil || !picked.Ask || len(picked.Candidates) < 2 || picked.Candidates[1] != (routing.Candidate{Cell: other, Why: routing.ByDatum}) {
			t.Errorf("at %v: %+v %v, want %s second", p, picked, err, other)
		}
		for _, c := range measured.Candidates {
			if c.Why == routing.ByDatum {
				t.Errorf("a measured point has no other datum: %+v", measured)
			}
		}
	}
	if !found {
		t.Fatal("no pin found whose datum matters")
	}
}

func TestRouteRefuses(t *testing.T) {
	for _, q := range []routing.Query{
		{Point: pointOf(math.NaN(), 36)},
		{Point: pointOf(102, math.Inf(1))},
		{Point: pointOf(36.4, 102.4)},
		{Point: pointOf(102, 36), Accuracy: -1},
		{Point: pointOf(102, 36), Accuracy: math.NaN()},
	} {
		if a, err := ledu().book.Route(q); grid.CodeOf(err) != grid.Invalid {
			t.Errorf("%v %v: %+v %v, want Invalid", *q.Point, q.Accuracy, a, err)
		}
	}
}

// TestEveryPointHasOneBest: a point inside the outline has one best cell, and it is the township whose land contains it
// by the plain even-odd rule, or, on no land, the queue.
func TestEveryPointHasOneBest(t *testing.T) {
	d := ledu()
	rapid.Check(t, func(t *rapid.T) {
		p := geo.Point{
			Lon: rapid.Float64Range(102.1, 102.8).Draw(t, "lon"), Lat: rapid.Float64Range(36.2, 36.8).Draw(t, "lat"),
		}
		if !contains(d.outline, p) {
			t.Skip("outside")
		}
		a, err := d.book.Route(routing.Query{Point: &p})
		if err != nil || a.OutOfArea || len(a.Candidates) == 0 {
			t.Fatalf("%v: %+v %v", p, a, err)
		}
		var owners []grid.CellCode
		for _, s := range d.shapes {
			if contains(s.Areas, p) {
				owners = append(owners, grid.CellCode(s.ID))
			}
		}
		best := a.Candidates[0].Cell
		if len(owners) == 0 && best != d.tree.Unassigned().Code || len(owners) > 0 && best != owners[0] {
			t.Fatalf("%v: %s, but it lies in %v", p, best, owners)
		}
	})
}

// contains is the plain even-odd rule, in floating point.
func contains(areas geo.MultiPolygon, p geo.Point) bool {
	in := false
	for _, area := range areas {
		for _, ring := range append([]geo.Ring{area.Outer}, area.Holes...) {
			for i := 1; i < len(ring); i++ {
				a, b := ring[i-1], ring[i]
				if (a.Lat > p.Lat) != (b.Lat > p.Lat) && p.Lon < a.Lon+(p.Lat-a.Lat)/(b.Lat-a.Lat)*(b.Lon-a.Lon) {
					in = !in
				}
			}
		}
	}
	return in
}
