package water_test

import (
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/publication"
	"github.com/gridwarden/gridwarden/grid/water"
)

// TestRivers: each river by its newest period with readings; a section that was not sampled then leaves its river unjudged; a river of
// which nothing was read has no period; a lake is not a river of the same name, and drinking water is neither.
func TestRivers(t *testing.T) {
	r := rules(t)
	month := func(n time.Month) publication.Period {
		return publication.Monthly.At(time.Date(2026, n, 9, 0, 0, 0, 0, time.UTC), time.UTC)
	}
	// section is a section with a sample of this much ammonia in May and in June; nothing where it is empty.
	section := func(id, river string, body water.Body, ammonia ...string) []water.Judged {
		x := water.Section{ID: id, Kind: water.OfRiver, River: river, Body: body, Target: water.IV}
		var all []water.Reading
		for i, a := range ammonia {
			if a != "" {
				all = append(all, water.Reading{Section: id, Day: []string{"2026-05-06", "2026-06-03"}[i], Now: water.Given{Values: clean(t, r, "nh3n="+a)}})
			}
		}
		return []water.Judged{r.Over(x, month(5), all), r.Over(x, month(6), all)}
	}
	tap := section("tap", "A", water.River, "9", "9")
	for i := range tap {
		tap[i].Section.Kind = water.Tap
	}
	got := r.Rivers([][]water.Judged{
		section("a1", "A", water.River, "9", "0.5"), section("a2", "A", water.River, "", "1.6"),
		section("b1", "B", water.River, "0.5", ""), section("b2", "B", water.River, "", ""),
		section("c1", "C", water.River, "", ""), section("lake", "A", water.Lake, "0.1", ""), tap,
	})
	want := []struct {
		river            string
		body             water.Body
		period           string
		sections, judged int
		quality          water.Quality
	}{
		{"A", water.River, "2026-06", 2, 2, water.Light},
		{"B", water.River, "2026-05", 2, 1, ""},
		{"C", water.River, "", 1, 0, ""},
		{"A", water.Lake, "2026-05", 1, 1, water.Excellent},
	}
	if len(got) != len(want) {
		t.Fatalf("%+v", got)
	}
	for i, w := range want {
		g := got[i]
		if g.River != w.river || g.Body != w.body || g.Period.Name != w.period || g.Sections != w.sections || g.Judged != w.judged || g.Quality != w.quality {
			t.Errorf("%d: %+v, want %+v", i, g, w)
		}
	}
	if c, ok := got[0].Class(); !ok || c != water.IV || len(got[0].Main()) != 1 || got[0].Main()[0].Code != "nh3n" {
		t.Errorf("A is %v because of %+v", c, got[0].Main())
	}
	if _, ok := got[1].Class(); ok || got[1].Main() != nil {
		t.Error("a river that cannot be judged has a class")
	}
}
