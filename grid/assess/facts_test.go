package assess_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/assess"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/figures"
	"github.com/gridwarden/gridwarden/grid/plan"
)

func gather(tb testing.TB) *assess.Facts {
	tb.Helper()
	tree, err := grid.NewTree([]string{"1", "2", "3"}, []grid.Cell{
		{Code: "63", Level: 1, Name: "d"},
		{Code: "6301", Parent: "63", Level: 2, Name: "a"},
		{Code: "630101", Parent: "6301", Level: 3, Name: "v"},
		{Code: "6302", Parent: "63", Level: 2, Name: "b"},
		{Code: "6399", Parent: "63", Level: 2, Name: "q", Kind: grid.UnassignedKind},
	})
	if err != nil {
		tb.Fatal(err)
	}
	span, err := figures.ParseSpan("2017Q3", start, start.Location())
	if err != nil {
		tb.Fatal(err)
	}
	return assess.NewFacts(span, start, &casework.Work{Tree: tree}, "bureau")
}

func august(d int) time.Time { return time.Date(2017, 8, d, 12, 0, 0, 0, start.Location()) }

// figure is what was counted for a unit and one measure.
func figure(f *assess.Facts, u assess.Unit, m assess.Measure) assess.Figure {
	s := assess.Scheme{Indicators: []assess.Indicator{{Code: "x", Measure: m, For: assess.Kinds(), Weight: 100, Least: 1}}}
	if list := f.Figures(s, u); len(list) > 0 {
		return list[0]
	}
	return assess.Figure{}
}

func TestALimitIsCountedForWhoeverHadToKeepIt(t *testing.T) {
	f := gather(t)
	kept := func(name casework.ClockName, of string) casework.Clock {
		return casework.Clock{Name: name, Of: of, Started: august(1), Due: august(9), Stopped: august(5)}
	}
	late := casework.Clock{Name: casework.FinishClock, Started: august(1), Due: august(9), Stopped: august(20)}
	f.AddCase(casework.Case{CaseNo: "A1", Cell: "630101", State: casework.Closed, ClosedAt: august(20), Score: 2, Clocks: []casework.Clock{
		kept(casework.DecideClock, ""), late, kept(casework.TaskClock, "water"),
	}})
	f.AddCase(casework.Case{CaseNo: "A2", Cell: "630101", Lead: "water", State: casework.Closed, ClosedAt: august(5), Score: 5, Clocks: []casework.Clock{
		kept(casework.FinishClock, ""),
	}})
	f.AddCase(casework.Case{CaseNo: "A3", Cell: "6399", State: casework.Handling, Clocks: []casework.Clock{ // in nobody's cell
		{Name: casework.FinishClock, Started: august(1), Due: august(9)},
	}})
	f.AddCase(casework.Case{CaseNo: "A4", Cell: "6302", State: casework.Handling, Clocks: []casework.Clock{ // runs on after the span
		{Name: casework.FinishClock, Started: august(1), Due: start.AddDate(0, 1, 0)},
	}})
	water := assess.OfDepartment("water")
	for _, c := range []struct {
		unit    assess.Unit
		measure assess.Measure
		got, n  int
		from    string
	}{
		{assess.OfTownship("6301", "a"), assess.ClockRate(casework.FinishClock), 0, 1, "A1"},
		{assess.OfTownship("6301", "a"), assess.Satisfaction, 2, 1, "A1"},
		{water, assess.ClockRate(casework.FinishClock), 1, 1, "A2"},
		{water, assess.ClockRate(casework.TaskClock), 1, 1, "A1"},
		{water, assess.Satisfaction, 5, 1, "A2"},
		{assess.OfDepartment("bureau"), assess.ClockRate(casework.DecideClock), 1, 1, "A1"},
		{assess.OfDepartment("bureau"), assess.ClockRate(casework.FinishClock), 0, 1, "A3"},
		{assess.OfTownship("6302", "b"), assess.ClockRate(casework.FinishClock), 0, 0, ""},
	} {
		x := figure(f, c.unit, c.measure)
		from := ""
		if len(x.Refs) == 1 {
			from = x.Refs[0].ID
		}
		if x.Got != c.got || x.N != c.n || from != c.from {
			t.Errorf("%s, %s: %d of %d from %q, want %d of %d from %q", c.unit.Name, c.measure, x.Got, x.N, from, c.got, c.n, c.from)
		}
	}
}

func TestPatrolsCountByWhatWasDue(t *testing.T) {
	f := gather(t)
	f.AddPatrols("630101", "630101", 12, 10) // more than were due are not more than all
	f.AddPatrols("6301", "6301", 1, 10)
	f.AddPatrols("6302", "6302", 0, 0) // none due: no data
	if c := figure(f, assess.OfTownship("6301", "a"), assess.Coverage); c.Value.String() != "55" || c.N != 20 {
		t.Errorf("coverage: %+v", c)
	}
	if c := figure(f, assess.OfTownship("6302", "b"), assess.Coverage); c.N != 0 {
		t.Errorf("no patrol was due, and coverage is %+v", c)
	}
}

// A promise is kept when it was reported by its day and accepted, whenever it was accepted.
func TestMilestonesAreKeptByTheirDayOrMissed(t *testing.T) {
	f := gather(t)
	last := func(m time.Month, d int) plan.Occurrence {
		id := m.String() + "-" + strconv.Itoa(d)
		return plan.Occurrence{
			Measure: plan.Measure{Lead: "water"}, Milestone: plan.Milestone{ID: id}, Last: calendar.Date{Year: 2017, Month: m, Day: d},
		}
	}
	w := plan.Work{Location: start.Location()}
	add := func(o plan.Occurrence, p plan.Progress) { f.AddMilestone(w.Line(o, p, 0, start)) }
	add(last(time.July, 31), plan.Progress{State: plan.Accepted, Claimed: time.Date(2017, 7, 31, 23, 0, 0, 0, start.Location())})
	add(last(time.August, 1), plan.Progress{State: plan.Accepted, Claimed: august(2)})  // late
	add(last(time.August, 2), plan.Progress{State: plan.Underway})                      // never
	add(last(time.August, 3), plan.Progress{State: plan.Reported, Claimed: august(2)})  // waits for a supervisor
	add(last(time.August, 4), plan.Progress{State: plan.Reported, Claimed: august(20)}) // is late, whoever it waits for
	add(last(time.September, 30), plan.Progress{})                                      // the last day of the quarter
	add(last(time.June, 30), plan.Progress{})                                           // before it
	add(last(time.October, 1), plan.Progress{})                                         // after it
	add(plan.Occurrence{Measure: plan.Measure{Lead: "water"}}, plan.Progress{})         // without a date
	m := figure(f, assess.OfDepartment("water"), assess.Milestones)
	if m.Got != 1 || m.N != 5 || m.Value.String() != "20" {
		t.Errorf("%d of %d: %+v", m.Got, m.N, m.Refs)
	}
}

func TestMonthsAreNotAssessed(t *testing.T) {
	for text, want := range map[string]bool{"2017": true, "2017Q3": true, "2017-08": false} {
		span, err := figures.ParseSpan(text, start, start.Location())
		if err != nil || assess.Assessed(span) != want {
			t.Errorf("%s: %t, %v", text, assess.Assessed(span), err)
		}
	}
}
