package board_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/board"
)

const day = 24 * time.Hour

var (
	spring = time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	limits = board.Limits{Person: 15 * day, Data: 90 * day, PutUp: 30 * day}
)

func hanging(f board.Face) board.Record {
	r, _ := board.Record{}.Print("hs-103", f, "publisher", "", spring)
	r, _, _ = r.PutUp("chief", "", spring.Add(day))
	return r
}

// TestStale names each way in which a board stops being true, to the day on which that is no longer allowed.
func TestStale(t *testing.T) {
	li := board.Face{Officer: "li", Person: "Li", Since: spring.Add(-100 * day), Water: board.Water{Class: "III", Asof: spring.Add(-10 * day)}}
	wang := board.Face{Officer: "wang", Person: "Wang", Since: spring.Add(40 * day), Water: li.Water}
	newer := li
	newer.Water = board.Water{Class: "V", Asof: spring.Add(20 * day)}
	monthly := li // a month later than newer, and another, and so on
	for n := range 6 {
		monthly.Water.Asof = spring.Add(time.Duration(20+30*n) * day)
		monthly.Water.Measured = append(monthly.Water.Measured, monthly.Water.Asof)
	}
	late := li
	late.Water.Asof = spring.Add(-5 * day)
	printed, _ := board.Record{}.Print("hs-103", li, "publisher", "", spring)
	for name, c := range map[string]struct {
		record board.Record
		face   board.Face
		after  time.Duration
		want   board.Fault // empty: nothing is wrong
	}{
		"no board":                        {board.Record{}, li, 0, board.NeverUp},
		"as printed":                      {hanging(li), li, 300 * day, ""},
		"another chief, 15 days later":    {hanging(li), wang, 55 * day, board.OldPerson},
		"another chief, a moment before":  {hanging(li), wang, 55*day - time.Second, ""},
		"newer readings, 90 days later":   {hanging(li), newer, 110 * day, board.OldData},
		"newer readings, a moment before": {hanging(li), newer, 110*day - time.Second, ""},
		"readings of each month":          {hanging(li), monthly, 110 * day, board.OldData},
		"of each month, a moment before":  {hanging(li), monthly, 110*day - time.Second, ""},
		"recorded late, 90 days later":    {hanging(li), late, 90 * day, board.OldData},
		"recorded late, a moment before":  {hanging(li), late, 90*day - time.Second, ""},
		"printed and not put up":          {printed, li, 30 * day, board.OldPaper},
		"printed, a moment before":        {printed, li, 30*day - time.Second, ""},
		"nobody is appointed":             {hanging(li), board.Face{Water: li.Water}, 0, board.NoPerson},
	} {
		got := c.record.Stale(c.face, limits, spring.Add(c.after))
		switch {
		case c.want == "" && len(got) > 0, c.want != "" && (len(got) != 1 || got[0].Fault != c.want):
			t.Errorf("%s: %v, want %q", name, got, c.want)
		}
	}
}

// TestStale_OnlyGrows: what is out of date stays so until something is printed, and printing mends everything but an office
// that is empty.
func TestStale_OnlyGrows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := func(name string) time.Time {
			return spring.Add(time.Duration(rapid.IntRange(-200, 200).Draw(t, name)) * day)
		}
		face := func(name string) board.Face {
			who := rapid.SampledFrom([]string{"", "li", "wang"}).Draw(t, name)
			return board.Face{Officer: grid.OfficerID(who), Person: who, Since: at(name + " since"), Water: board.Water{Asof: at(name + " asof")}}
		}
		r, before := hanging(face("printed")), face("now")
		early := at("early")
		late := early.Add(time.Duration(rapid.IntRange(0, 400).Draw(t, "later")) * day)
		now := before
		for _, n := range rapid.SliceOfN(rapid.IntRange(1, 60), 0, 12).Draw(t, "days from reading to reading") {
			if end := now.Water.Asof.Add(time.Duration(n) * day); !end.After(late) {
				now.Water.Measured, now.Water.Asof = append(slices.Clone(now.Water.Measured), now.Water.Asof, end), end
			}
		}
		if len(r.Stale(before, limits, early)) > len(r.Stale(now, limits, late)) {
			t.Fatal("a fault went away by itself")
		}
		again, _ := r.Print("hs-103", now, "publisher", "", late)
		again, _, err := again.PutUp("chief", "", late)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range again.Stale(now, limits, late.Add(1000*day)) {
			if f.Fault != board.NoPerson {
				t.Fatalf("printed anew and still %s", f.Fault)
			}
		}
	})
}

func TestTellsOnce(t *testing.T) {
	r, _, told := board.Record{}.Tell("hs-103", []board.Fault{board.NeverUp}, spring)
	if !told {
		t.Fatal("not told")
	}
	if _, _, twice := r.Tell("hs-103", []board.Fault{board.NeverUp}, spring); twice {
		t.Error("told twice")
	}
	if _, _, more := r.Tell("hs-103", []board.Fault{board.NeverUp, board.OldPerson}, spring); !more {
		t.Error("what is new was not told")
	}
	if printed, _ := r.Print("hs-103", board.Face{}, "x", "", spring); len(printed.Told) > 0 {
		t.Error("a new sheet begins anew")
	}
}
