package enterprise_test

import (
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/enterprise"
	"github.com/gridwarden/gridwarden/grid/plan"
)

var ledu = time.FixedZone("CST", 8*60*60)

// day is a moment in the office hours of a day.
func day(s string) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, s, ledu)
	if err != nil {
		panic(err)
	}
	return t.Add(10 * time.Hour)
}

func work(t interface{ Fatal(...any) }) enterprise.Work {
	c, err := calendar.New(ledu, calendar.Year{
		Year: 2026,
		Off:  []calendar.Date{{Year: 2026, Month: 10, Day: 1}, {Year: 2026, Month: 10, Day: 2}, {Year: 2026, Month: 10, Day: 5}, {Year: 2026, Month: 10, Day: 6}, {Year: 2026, Month: 10, Day: 7}},
		Work: []calendar.Date{{Year: 2026, Month: 10, Day: 10}},
	}, calendar.Year{Year: 2027})
	if err != nil {
		t.Fatal(err)
	}
	workdays := func(n int) calendar.Limit { return calendar.Limit{N: n, Unit: calendar.Workday} }
	days := func(n int) calendar.Limit { return calendar.Limit{N: n, Unit: calendar.Day} }
	return enterprise.Work{Rules: enterprise.Rules{
		Calendar: c, Hear: workdays(5), Serve: workdays(7), Plan: workdays(15), File: workdays(15), Check: days(30),
		LimitMonths: 3, ExtendMonths: 3, Remind: []int{7, 1}, RepeatYears: 2, RepeatTimes: 2, Toxic: []string{"Pb"}, ToxicMultiple: 3, PressMultiple: 1,
		Disclosure: days(15), Object: days(15), Department: "EPB", Share: 50,
		Scheme: enterprise.Scheme{
			Base: 100,
			Reasons: []enterprise.Weight{
				{Code: "exceed", Points: 5, Most: 8},
				{Code: enterprise.WeightLimit, Points: 20},
				{Code: enterprise.WeightSilent, Points: 3},
				{Code: "punished", Points: 10, Months: 24},
				{Code: "commended", Points: -4},
			},
			Grades: []enterprise.Grade{{Code: "green", From: 90}, {Code: "blue", From: 70}, {Code: "yellow", From: 50}, {Code: "red"}},
		},
	}}
}

// tale is what happens to one enterprise.
type tale struct {
	*testing.T

	w enterprise.Work
	e enterprise.Enterprise
}

func newTale(t *testing.T) *tale {
	t.Helper()
	return &tale{T: t, w: work(t), e: enterprise.Enterprise{Number: "QY0001", Trade: enterprise.Food, Added: day("2024-01-02")}}
}

// does does an act on a day and wants it to be taken; refused the error of that key.
func (x *tale) does(on string, act enterprise.Act, refused ...string) *tale {
	x.Helper()
	after, _, err := x.w.Apply(x.e, act, day(on))
	switch {
	case len(refused) > 0 && (err == nil || !isKey(err, refused[0])):
		x.Fatalf("%s on %s: %v, want %s", act.Action, on, err, refused[0])
	case len(refused) == 0 && err != nil:
		x.Fatalf("%s on %s: %v", act.Action, on, err)
	case err == nil:
		x.e = after
	}
	return x
}

// fact puts one on record on its day.
func (x *tale) fact(on string, f enterprise.Fact) *tale {
	x.Helper()
	f.Day = day(on)
	if f.Source == "" {
		f.Source = enterprise.Supervisory
	}
	return x.does(on, enterprise.Act{Action: enterprise.Record, Fact: f})
}

func (x *tale) exceeds(on string) *tale {
	x.Helper()
	return x.fact(on, enterprise.Fact{Kind: enterprise.Exceed, Item: "COD", Value: 180, Limit: 50, Unit: "mg/L"})
}

func (x *tale) state(n int, want enterprise.State) *tale {
	x.Helper()
	if c, _ := x.e.Card(n); c.State != want {
		x.Fatalf("card %d is %s, want %s", n, c.State, want)
	}
	return x
}

// lasts wants a limit of a card to end with that day.
func (x *tale) lasts(n int, name enterprise.ClockName, last string) *tale {
	x.Helper()
	c, _ := x.e.Card(n)
	k, _ := c.Clock(name)
	if got := x.w.Rules.Calendar.LastDay(k.Due).String(); got != last {
		x.Fatalf("%s of card %d lasts until %s, want %s", name, n, got, last)
	}
	return x
}

func tell(m enterprise.Measure, g enterprise.Ground, facts ...int) enterprise.Act {
	return enterprise.Act{Action: enterprise.Tell, Measure: m, Ground: g, Facts: facts}
}

func on(n int, a enterprise.Action) enterprise.Act {
	return enterprise.Act{Action: a, Card: n, Words: "words", Doc: "No 1", Where: "https://example.org/plan"}
}

// limited has production limited, told on 2026-06-01 and served on 2026-06-10.
func limited(t *testing.T) *tale {
	t.Helper()
	return newTale(t).exceeds("2026-05-20").does("2026-06-01", tell(enterprise.Limit, enterprise.GroundExceed, 1)).
		does("2026-06-03", on(1, enterprise.Hear)).does("2026-06-04", on(1, enterprise.Decide)).does("2026-06-10", on(1, enterprise.Serve))
}

// stopped has it stopped because it still exceeded while it was limited.
func stopped(t *testing.T) *tale {
	t.Helper()
	return limited(t).exceeds("2026-07-01").does("2026-07-02", tell(enterprise.Stop, enterprise.GroundPersists, 2)).
		does("2026-07-03", on(2, enterprise.Hear)).does("2026-07-06", on(2, enterprise.Decide)).does("2026-07-07", on(2, enterprise.Serve))
}

var quarterly = &enterprise.Duty{Every: plan.Quarterly, From: "2026-01-01"}
