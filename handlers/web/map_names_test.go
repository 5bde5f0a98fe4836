package web

import (
	"math"
	"testing"
	"unicode/utf8"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/geo"
)

// No two names on a map lie upon each other, even where townships are small and lie side by side; each stands inside its own land
// where that can be.
func TestNamesDoNotOverlap(t *testing.T) {
	cells := []grid.Cell{
		{Code: "63", Level: 1, Name: "区"},
		{Code: "6300", Level: 2, Parent: "63", Name: "待定", Kind: grid.UnassignedKind},
		{Code: "6301", Level: 2, Parent: "63", Name: "碾伯街道"},
		{Code: "6302", Level: 2, Parent: "63", Name: "岗沟街道"},
		{Code: "6303", Level: 2, Parent: "63", Name: "高庙镇"},
		{Code: "6304", Level: 2, Parent: "63", Name: "洪水镇"},
	}
	tree, err := grid.NewTree([]string{"区", "乡镇"}, cells)
	if err != nil {
		t.Fatal(err)
	}
	square := func(west, south, east, north float64) geo.MultiPolygon {
		return geo.MultiPolygon{{Outer: geo.Ring{{Lon: west, Lat: south}, {Lon: east, Lat: south}, {Lon: east, Lat: north}, {Lon: west, Lat: north}, {Lon: west, Lat: south}}}}
	}
	s := &Site{o: Options{Tree: tree, Outline: square(102, 36, 103, 37)}, boxes: map[grid.CellCode]geo.Shape{
		"6301": {ID: "6301", Areas: square(102.40, 36.40, 102.46, 36.50)}, "6302": {ID: "6302", Areas: square(102.46, 36.40, 102.52, 36.50)},
		"6303": {ID: "6303", Areas: square(102.0, 36.50, 103, 36.52)}, "6304": {ID: "6304", Areas: square(102.52, 36.1, 103, 36.50)},
	}}
	at := s.placeNames()
	if len(at) != 4 {
		t.Fatalf("%d names", len(at))
	}
	wide := func(code grid.CellCode) float64 {
		return float64(nameLetter*utf8.RuneCountInString(tree.Name(code)) + nameFigure)
	}
	for a, p := range at {
		if !s.fit().fits(p, wide(a)) {
			t.Errorf("%s leaves the map: %v", tree.Name(a), p)
		}
		for b, q := range at {
			if a < b && math.Abs(p.x-q.x) < (wide(a)+wide(b))/2 && math.Abs(p.y-q.y) < nameHeight {
				t.Errorf("%s lies on %s", tree.Name(a), tree.Name(b))
			}
		}
	}
	if p := s.fit().back(at["6304"]); p.Lon < 102.52 || p.Lat > 36.5 {
		t.Errorf("a name with room enough stands elsewhere: %v", p)
	}
}
