package figures_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/figures"
)

var china = time.FixedZone("", 8*3600)

func day(month time.Month, d int) time.Time { return time.Date(2026, month, d, 10, 0, 0, 0, china) }

func tree(tb testing.TB) *grid.Tree {
	tb.Helper()
	t, err := grid.NewTree([]string{"1", "2", "3"}, []grid.Cell{
		{Code: "63", Level: 1, Name: "d"},
		{Code: "6301", Parent: "63", Level: 2, Name: "a"},
		{Code: "630101", Parent: "6301", Level: 3, Name: "v"},
		{Code: "6302", Parent: "63", Level: 2, Name: "b"},
		{Code: "6399", Parent: "63", Level: 2, Name: "q", Kind: grid.UnassignedKind},
	})
	if err != nil {
		tb.Fatal(err)
	}
	return t
}

func may(tb testing.TB) figures.Span {
	tb.Helper()
	s, err := figures.ParseSpan("2026-05", day(6, 1), china)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// handled is a case that was reported, accepted and answered on those days; zero: not yet. Its limit is 30 days.
func handled(cell grid.CellCode, reported, accepted, answered time.Time, categories ...string) casework.Case {
	c := casework.Case{State: casework.Registered, Cell: cell, Categories: categories, CreatedAt: reported, Source: casework.FromCitizen}
	decide := casework.Clock{Name: casework.DecideClock, Started: reported, Due: reported.AddDate(0, 0, 2)}
	if accepted.IsZero() {
		c.Clocks = []casework.Clock{decide}
		return c
	}
	decide.Stopped, c.State = accepted, casework.Accepted
	finish := casework.Clock{Name: casework.FinishClock, Started: accepted, Due: accepted.AddDate(0, 0, 30)}
	if !answered.IsZero() {
		finish.Stopped, c.ClosedAt, c.State = answered, answered, casework.Closed
	}
	c.Clocks = []casework.Clock{decide, finish}
	return c
}

// A month as an official would count it by hand.
func TestCount_AMonthByHand(t *testing.T) {
	n := figures.New(may(t), day(6, 20), tree(t), china)
	first := handled("630101", day(5, 1), day(5, 2), day(5, 12), "water", "air") // 1 day, 10 days, in time
	first.Score, first.Verdict = 5, casework.Proven
	late := handled("6301", day(5, 3), day(5, 8), day(6, 10), "water") // decided after 5 days: late; answered in June: late
	open := handled("6302", day(4, 28), day(5, 1), time.Time{}, "air") // reported in April, 30 days over on the 31st
	open.Lead = "housing"
	undecided := handled("6302", day(5, 31), time.Time{}, time.Time{}, "noise")
	refused := handled("6302", day(5, 4), time.Time{}, time.Time{}, "noise")
	refused.State, refused.ClosedAt, refused.Disposition = casework.Refused, day(5, 5), casework.NotEnvironment
	refused.Clocks[0].Stopped = day(5, 5)
	for _, c := range []casework.Case{first, late, open, undecided, refused} {
		n.Add(c)
	}
	d := n.District
	if d.Received != 4 || d.Accepted != 3 || d.AllRefused() != 1 || d.Refused[casework.NotEnvironment] != 1 || d.Closed != 1 || d.Open != 1 {
		t.Errorf("district %+v", d)
	}
	if r := d.Clocks[casework.DecideClock]; r != (figures.Rate{Met: 2, Missed: 2}) { // in time: first, refused; late: late, open (3 days)
		t.Errorf("decide %+v", r)
	}
	if r := d.Clocks[casework.FinishClock]; r != (figures.Rate{Met: 1, Missed: 1}) {
		t.Errorf("finish %+v", r)
	}
	if p, ok := d.Clocks[casework.FinishClock].Percent(); p != 50 || !ok {
		t.Errorf("%d %%", p)
	}
	for share, want := range map[float64]float64{0.5: 1, 0.9: 5} { // 1, 1, 3, 5 days
		if got, ok := d.ToDecide.Days(share); got != want || !ok {
			t.Errorf("%.1f decided within %g days, want %g", share, got, want)
		}
	}
	if got, _ := d.ToClose.Days(0.5); got != 10 || d.ToClose.N() != 1 {
		t.Errorf("closed within %g days", got)
	}
	if mean, of, ok := d.Satisfaction(); mean != 5 || of != 1 || !ok || d.Verdicts[casework.Proven] != 1 {
		t.Errorf("satisfaction %g of %d", mean, of)
	}
	if n.Townships["6301"].Received != 2 || n.Townships["6302"].Received != 2 {
		t.Error("by township")
	}
	if n.Categories["water"].Accepted != 2 || n.Categories["air"].Accepted != 2 { // one counts in both
		t.Error("by category")
	}
	if n.Departments["housing"].Accepted != 1 || len(n.Departments) != 1 {
		t.Error("by department")
	}
	m := n.Months()
	if len(m) != 1 || m[0].Month != "2026-05" || m[0].Accepted != 3 || m[0].Closed != 2 || m[0].OnTime != 1 || m[0].Late != 2 {
		t.Errorf("cohort %+v", m[0])
	}
}

// Whatever happened, the townships add up to the district, and a rate is that of whole limits.
func TestCount_AddsUp(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := figures.New(may(t), day(6, 20), tree(t), china)
		whole, parts := 0, 0
		for range rapid.IntRange(0, 40).Draw(rt, "cases") {
			at := day(4, 1).Add(time.Duration(rapid.IntRange(0, 90*24).Draw(rt, "hour")) * time.Hour)
			var accepted, answered time.Time
			if rapid.Bool().Draw(rt, "accepted") {
				accepted = at.Add(time.Duration(rapid.IntRange(0, 100).Draw(rt, "wait")) * time.Hour)
			}
			if !accepted.IsZero() && rapid.Bool().Draw(rt, "answered") {
				answered = accepted.Add(time.Duration(rapid.IntRange(0, 1500).Draw(rt, "work")) * time.Hour)
			}
			n.Add(handled(rapid.SampledFrom([]grid.CellCode{"630101", "6301", "6302", "6399", "63"}).Draw(rt, "cell"), at, accepted, answered, "water"))
		}
		for _, k := range casework.ClockNames() {
			whole += n.District.Clocks[k].N()
		}
		sum := figures.Tally{}
		for _, t := range n.Townships {
			sum.Received, sum.Accepted, sum.Closed = sum.Received+t.Received, sum.Accepted+t.Accepted, sum.Closed+t.Closed
			for _, k := range casework.ClockNames() {
				parts += t.Clocks[k].N()
			}
		}
		d := n.District
		if sum.Received != d.Received || sum.Accepted != d.Accepted || sum.Closed != d.Closed || whole != parts {
			rt.Fatalf("townships %+v and %d limits, district %+v and %d", sum, parts, d, whole)
		}
		for _, h := range n.Months() {
			if h.Closed > h.Accepted || h.OnTime > h.Closed || h.OnTime+h.Late > h.Accepted {
				rt.Fatalf("cohort %+v", h)
			}
		}
	})
}

func TestParseSpan(t *testing.T) {
	now := time.Date(2026, 11, 30, 17, 0, 0, 0, time.UTC) // 1 December in China
	for _, tt := range []struct{ text, name, from, to string }{
		{"", "2026-12", "2026-12-01", "2027-01-01"},
		{"2026", "2026", "2026-01-01", "2027-01-01"},
		{"2026Q3", "2026-Q3", "2026-07-01", "2026-10-01"},
		{"2026-q1", "2026-Q1", "2026-01-01", "2026-04-01"},
		{" 2026-2 ", "2026-02", "2026-02-01", "2026-03-01"},
	} {
		s, err := figures.ParseSpan(tt.text, now, china)
		if err != nil || s.Name != tt.name || s.From.Format(time.DateOnly) != tt.from || s.To.Format(time.DateOnly) != tt.to {
			t.Errorf("%q: %+v, %v", tt.text, s, err)
		}
	}
	for _, wrong := range []string{"2026-13", "26", "2026-Q5", "last month", "2026-00"} {
		if s, err := figures.ParseSpan(wrong, now, china); grid.CodeOf(err) != grid.Invalid {
			t.Errorf("%q is %+v, %v", wrong, s, err)
		}
	}
}
