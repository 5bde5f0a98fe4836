package site_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/site"
)

// Whatever there is to draw from, in whatever order: the same comes out, each kind has its share, only active sites are drawn,
// and nobody goes where they are kept from.
func TestToss(t *testing.T) {
	kinds := []site.Kind{{Code: "outfall", Share: 25}, {Code: "farm", Share: 10}, {Code: "well", Share: 0}}
	rapid.Check(t, func(t *rapid.T) {
		var sites []site.Site
		active := make(map[string]int)
		for i := range rapid.IntRange(0, 40).Draw(t, "sites") {
			s := site.Site{Number: site.Number(fmt.Sprintf("S%03d", i)), Kind: rapid.SampledFrom(kinds).Draw(t, "kind").Code, State: site.Active}
			if rapid.IntRange(0, 4).Draw(t, "state") == 0 {
				s.State = site.Suspended
			} else {
				active[s.Kind]++
			}
			if rapid.Bool().Draw(t, "kept") {
				s.Barred = []grid.OfficerID{"o0", "o1"}
			}
			sites = append(sites, s)
		}
		d := site.Draw{ID: "2026-11", Period: "2026-11", Seed: "s", Each: 2}
		for i := range rapid.IntRange(0, 5).Draw(t, "officers") {
			d.Inspectors = append(d.Inspectors, grid.OfficerID(fmt.Sprintf("o%d", i)))
		}
		out := site.Toss(d, kinds, sites)
		slices.Reverse(sites)
		slices.Reverse(d.Inspectors)
		again := site.Toss(d, kinds, sites)
		drawn := make(map[string]int)
		for i, x := range out.Drawn {
			drawn[x.Kind]++
			if again.Drawn[i].Site != x.Site || !slices.Equal(again.Drawn[i].Officers, x.Officers) {
				t.Fatalf("another order draws another: %+v, %+v", x, again.Drawn[i])
			}
			if len(x.Officers) > 2 || slices.ContainsFunc(x.Officers, func(o grid.OfficerID) bool { return slices.Contains(x.Barred, o) }) {
				t.Fatalf("%+v", x)
			}
		}
		for _, k := range kinds {
			if want := (active[k.Code]*k.Share + 99) / 100; drawn[k.Code] != want {
				t.Fatalf("%d of %d %s drawn, want %d", drawn[k.Code], active[k.Code], k.Code, want)
			}
		}
		if !out.Recheck() {
			t.Fatal("cannot be recomputed from what is on record")
		}
		if len(out.Drawn) > 0 {
			out.Drawn[0].Hash = "forged"
			if out.Recheck() {
				t.Fatal("a forged draw passes")
			}
		}
	})
}

// An inspection by somebody drawn settles the ticket, once; one by somebody else does not.
func TestDraw_Finish(t *testing.T) {
	d := site.Draw{ID: "2026-11", Drawn: []site.Ticket{{Site: "PW0001", Officers: []grid.OfficerID{"a", "b"}}}}
	done := site.Inspection{ID: "i1", Site: "PW0001", Officer: "a", Done: summer, Points: []site.Point{{Code: "x"}}, Answers: []site.Answer{{Point: "x", Verdict: site.Fails}}}
	stranger := done
	stranger.Officer = "c"
	if d.Finish(stranger) || !d.Finish(done) || d.Finish(done) || d.Open() != 0 || d.Drawn[0].Failed != 1 || !d.Drawn[0].Done.Equal(summer) {
		t.Errorf("%+v", d)
	}
	for _, s := range d.Result().Sites {
		if s.Number != "PW0001" || s.Failed != 1 {
			t.Errorf("result %+v", s)
		}
	}
}

// Answers are replaced and never doubled; what comes next is the first point without a verdict, words and photos alone are none.
func TestInspection_Answers(t *testing.T) {
	i := site.Inspection{Points: []site.Point{{Code: "a"}, {Code: "b"}}}
	i.Put(site.Answer{Point: "a", Words: "x"})
	if p, ok := i.Next(); !ok || p.Code != "a" {
		t.Errorf("next %+v", p)
	}
	i.Put(site.Answer{Point: "a", Verdict: site.Fails})
	i.Put(site.Answer{Point: "b", Verdict: site.Meets})
	if _, more := i.Next(); more || len(i.Answers) != 2 || len(i.Failed()) != 1 {
		t.Errorf("%+v", i)
	}
}

// A check-in tells that the officer who did it was there, for some time.
func TestPresent(t *testing.T) {
	s := site.Site{There: &site.Presence{Officer: "a", At: summer, Metres: 12}}
	if m := s.Present("a", summer.Add(time.Hour)); m == nil || *m != 12 {
		t.Errorf("an hour later: %v", m)
	}
	if s.Present("b", summer) != nil || s.Present("a", summer.Add(3*time.Hour)) != nil {
		t.Error("somebody else, or too late")
	}
}
