package seeds_test

import (
	"slices"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/seeds"
)

func warnings(list []seeds.Warning) map[string][]string {
	out := make(map[string][]string)
	for _, w := range list {
		out[w.Code] = w.Items
	}
	return out
}

// Check finds what works but should be mended.
func TestCheck(t *testing.T) {
	d := mustLedu(t)
	got := warnings(d.Check(time.Date(2026, 10, 31, 12, 0, 0, 0, time.UTC)))
	for _, code := range []string{"630202208", "630202211", "630202400", "630202400400"} {
		if !slices.Contains(got[seeds.BlindSpots], code) {
			t.Errorf("blind spots lack %s", code)
		}
	}
	for _, code := range []string{"630202", "630202102", "630202102200", "630202000"} {
		if slices.Contains(got[seeds.BlindSpots], code) {
			t.Errorf("%s is no blind spot", code)
		}
	}
	if n := len(got[seeds.BlindSpots]); n > 60 {
		t.Errorf("%d blind spots: the sample should leave a few", n)
	}
	if len(got[seeds.TooFewInspectors]) != 0 {
		t.Errorf("one inspector alone in %v", got[seeds.TooFewInspectors])
	}
	if len(got[seeds.ApproximateBoundaries]) != 20 || len(got[seeds.GuessedCells]) != 4 || !slices.Equal(got[seeds.NoBoundary], []string{"630202400"}) {
		t.Errorf("land: %v", got)
	}
	if !slices.Contains(got[seeds.UnverifiedSettings], "transfer_limit") || slices.Contains(got[seeds.UnverifiedSettings], "decide_limit") {
		t.Errorf("unverified: %v", got[seeds.UnverifiedSettings])
	}
	if len(got[seeds.SampleRoster]) != len(d.Officers) {
		t.Errorf("%d invented officers, want all %d", len(got[seeds.SampleRoster]), len(d.Officers))
	}
}

// Next year's holidays are missed from November on, by the district's clock.
func TestCheck_Holidays(t *testing.T) {
	d := mustLedu(t)
	for _, k := range []struct {
		now  time.Time
		want []string
	}{
		{time.Date(2026, 10, 31, 15, 59, 0, 0, time.UTC), nil},
		{time.Date(2026, 10, 31, 16, 0, 0, 0, time.UTC), []string{"2027"}}, // midnight in Shanghai
		{time.Date(2025, 12, 1, 0, 0, 0, 0, time.UTC), nil},
		{time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC), []string{"2027"}},
		{time.Date(2027, 12, 1, 0, 0, 0, 0, time.UTC), []string{"2027", "2028"}},
	} {
		if got := warnings(d.Check(k.now))[seeds.HolidaysMissing]; !slices.Equal(got, k.want) {
			t.Errorf("%s: %v, want %v", k.now, got, k.want)
		}
	}
}

// A roster in the store is checked in the same way: people come and go.
func TestCheckRoster(t *testing.T) {
	d := mustLedu(t)
	now := time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	got := warnings(d.CheckRoster(grid.NewRoster(1, nil), now))
	if n := len(got[seeds.BlindSpots]); n != 1+21+372 {
		t.Errorf("%d blind spots with nobody at all, want every cell but the queue", n)
	}
	one := grid.Officer{ID: "a", Appointments: []grid.Appointment{{Role: grid.Inspector, Cell: "630202102", From: now.Add(-time.Hour)}}}
	got = warnings(d.CheckRoster(grid.NewRoster(1, []grid.Officer{one}), now))
	if !slices.Equal(got[seeds.TooFewInspectors], []string{"630202102"}) || len(got[seeds.SampleRoster]) != 0 {
		t.Errorf("%v", got)
	}
}
