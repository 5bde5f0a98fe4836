package publication_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/publication"
)

var china = time.FixedZone("", 8*3600)

func days(tb testing.TB) *calendar.Calendar {
	tb.Helper()
	c, err := calendar.New(china)
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

func TestPeriods_AreCalledAsPeopleCallThem(t *testing.T) {
	at := time.Date(2026, 11, 30, 17, 0, 0, 0, time.UTC) // 1 December in China
	for every, want := range map[publication.Every][3]string{
		publication.Monthly:    {"2026-12", "2026-12-01", "2027-01-01"},
		publication.Quarterly:  {"2026-Q4", "2026-10-01", "2027-01-01"},
		publication.HalfYearly: {"2026-H2", "2026-07-01", "2027-01-01"},
		publication.Yearly:     {"2026", "2026-01-01", "2027-01-01"},
	} {
		p := every.At(at, china)
		if got := [3]string{p.Name, p.From.Format(time.DateOnly), p.To.Format(time.DateOnly)}; got != want {
			t.Errorf("%s: %v", every, got)
		}
		if again, ok := every.Named(p.Name, china); !ok || again != p {
			t.Errorf("%s is not found by its name", p.Name)
		}
	}
	for _, wrong := range []string{"2026-Q5", "2026-H1", "2026", "", "Q1"} {
		if p, ok := publication.Quarterly.Named(wrong, china); ok {
			t.Errorf("%q is %+v", wrong, p)
		}
	}
}

// The calendar has each period once, one after the other, each with one last day that is a working day after its end, and nothing
// that ended before the beginning; and what is late gets no less late.
func TestCalendar_EveryPeriodOnce(t *testing.T) {
	cal := days(t)
	rapid.Check(t, func(rt *rapid.T) {
		since := calendar.DateOf(time.Date(2026, 1, 1, 0, 0, 0, 0, china).AddDate(0, 0, rapid.IntRange(0, 800).Draw(rt, "since")))
		now := since.In(china).Add(time.Duration(rapid.IntRange(0, 1500*24).Draw(rt, "hours")) * time.Hour)
		d := publication.Duty{
			ID: "x", Every: rapid.SampledFrom(publication.Rhythms()).Draw(rt, "every"),
			Due: calendar.Limit{N: rapid.IntRange(1, 90).Draw(rt, "n"), Unit: rapid.SampledFrom([]calendar.Unit{calendar.Day, calendar.Workday}).Draw(rt, "unit")},
		}
		b := publication.Book{Duties: []publication.Duty{d}, Since: since, Calendar: cal}
		all := b.Occasions(d, now)
		if len(all) == 0 || !all[0].Period.Holds(since.In(china)) || !all[len(all)-1].Period.Holds(now) {
			rt.Fatalf("%v to %v: %v", since, now, all)
		}
		names := make(map[string]bool)
		for i, o := range all {
			switch {
			case names[o.ID()], i > 0 && !o.Period.From.Equal(all[i-1].Period.To), i > 0 && o.Due.Before(all[i-1].Due):
				rt.Fatalf("%s comes twice or out of order", o.ID())
			case !o.Due.After(o.Period.To), !cal.IsWorkday(o.Last()):
				rt.Fatalf("%s is due on %s", o.ID(), o.Last())
			}
			names[o.ID()] = true
			if same, err := b.Find(o.ID(), now); err != nil || same.Due != o.Due {
				rt.Fatalf("%s: %v, %v", o.ID(), same.Due, err)
			}
			before := 0
			for h := -50; h < 2000; h += 7 {
				at := o.Due.Add(time.Duration(h) * time.Hour)
				late := o.Late(at)
				if late < before || (late > 0) == at.Before(o.Due) {
					rt.Fatalf("%s at %v: %d days late, before %d", o.ID(), at, late, before)
				}
				before = late
			}
		}
	})
}
