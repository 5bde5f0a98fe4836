package casework_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/geo"
)

// What looks like one matter and what does not: kind, place, and where there is no point, words.
func TestAlike(t *testing.T) {
	w := work(t)
	at := func(lat, lon float64) *geo.Point { return &geo.Point{Lat: lat, Lon: lon} }
	report := func(category string, cell grid.CellCode, p *geo.Point, text string) casework.Case {
		return casework.Case{Categories: []string{category}, Cell: cell, Point: p, Text: text}
	}
	sewage := "寿乐镇土官口村有人把污水直接排到引胜沟里，水都发黑了"
	for name, tc := range map[string]struct {
		a, b casework.Case
		want bool
	}{
		"same place": {report("water", village, at(36.60, 102.40), "x"), report("water", village, at(36.601, 102.40), "y"), true},
		"a kilometre off, in the same words": {
			report("water", village, at(36.60, 102.40), sewage), report("water", village, at(36.61, 102.40), sewage), false,
		},
		"another kind":        {report("water", village, nil, sewage), report("air", village, nil, sewage), false},
		"the same words":      {report("water", village, nil, sewage), report("water", village, nil, sewage), true},
		"said again, shorter": {report("water", village, nil, sewage), report("water", village, nil, "土官口村污水排到引胜沟"), true},
		"said of the township": {
			report("water", village, nil, sewage), report("water", town, nil, "污水直接排到沟里发黑"), true,
		},
		"another matter in the same village": {
			report("water", village, nil, sewage), report("water", village, nil, "寿乐镇土官口村养殖场的粪水流进水渠"), false,
		},
		"the same words in another village": {report("water", village, nil, sewage), report("water", neighbour, nil, sewage), false},
		"no words":                          {report("water", village, nil, ""), report("water", village, nil, ""), false},
	} {
		if got := w.Alike(tc.a, tc.b); got != tc.want {
			t.Errorf("%s: %v", name, got)
		}
		if w.Alike(tc.a, tc.b) != w.Alike(tc.b, tc.a) {
			t.Errorf("%s: it matters who is asked first", name)
		}
	}
}

// The overlap is a share, the same from both sides, and whole with itself.
func TestOverlap_IsAShare(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		a, b := rapid.String().Draw(rt, "a"), rapid.String().Draw(rt, "b")
		x := casework.Overlap(a, b)
		if x < 0 || x > 1 || x != casework.Overlap(b, a) {
			rt.Fatalf("%q and %q: %v", a, b, x)
		}
		if self := casework.Overlap(a, a); self != 0 && self != 1 {
			rt.Fatalf("%q with itself: %v", a, self)
		}
	})
}
