package plan_test

import (
	"slices"
	"testing"

	"github.com/gridwarden/gridwarden/grid/plan"
)

// What comes back has an occurrence for each period that has begun, from the plan or the day that it names on until the last date
// of the plan; what is done once has one.
func TestOccurrences(t *testing.T) {
	for _, tt := range []struct {
		today string
		want  []string
	}{
		{"2017-12-20", []string{"22-1 2017-12-31", "22-2 2020-12-31", "22-3.2017H2 2017-12-31", "23-1 2017-12-31", "12-2 0000-00-00"}},
		{"2018-07-01", []string{
			"22-1 2017-12-31", "22-2 2020-12-31", "22-3.2017H2 2017-12-31", "22-3.2018H1 2018-06-30", "22-3.2018H2 2018-12-31", "23-1 2017-12-31",
			"12-1.2018Q1 2018-03-31", "12-1.2018Q2 2018-06-30", "12-1.2018Q3 2018-09-30", "12-2 0000-00-00",
		}},
	} {
		var got []string
		for _, o := range small().Occurrences(plan.Quarterly, day(tt.today)) {
			got = append(got, o.ID()+" "+o.Last.String())
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("on %s:\n got %v\nwant %v", tt.today, got, tt.want)
		}
	}
	last := ""
	all := small().Occurrences(plan.Monthly, day("2026-11-26"))
	for _, o := range all {
		if o.Measure.Item == 12 && o.Period != "" {
			last = o.ID()
		}
	}
	if last != "12-1.2020-12" || len(all) != 47 { // 36 months, 7 half-years, 4 that are done once
		t.Errorf("years later the last is %s, and there are %d", last, len(all))
	}
	for id, want := range map[string]int{"22-3.2017H2": 22, "7-1": 7, "x-1": 0, "": 0} {
		if got := plan.ItemOf(id); got != want {
			t.Errorf("%q is of item %d, want %d", id, got, want)
		}
	}
}

// A duty that ends within a period is due on that day.
func TestOccurrences_EndWithinAPeriod(t *testing.T) {
	p := plan.Plan{Measures: []plan.Measure{{Item: 1, Milestones: []plan.Milestone{
		{ID: "1-1", From: day("2018-02-10"), By: day("2018-05-15"), Every: plan.Quarterly},
	}}}}
	all := p.Occurrences(plan.Yearly, day("2019-01-01"))
	if len(all) != 2 || all[0].ID() != "1-1.2018Q1" || all[1].ID() != "1-1.2018Q2" || all[1].Last != day("2018-05-15") {
		t.Errorf("%+v", all)
	}
}

// Short periods follow one another without a gap and without sharing a day.
func TestOccurrences_ShortPeriods(t *testing.T) {
	for every, want := range map[plan.Period][]string{
		plan.Daily:   {"1-1.2020-02-27", "1-1.2020-02-28", "1-1.2020-02-29", "1-1.2020-03-01", "1-1.2020-03-02"},
		plan.Weekly:  {"1-1.2020W09", "1-1.2020W10"},
		plan.TenDays: {"1-1.2020-02T3", "1-1.2020-03T1"},
	} {
		p := plan.Plan{Measures: []plan.Measure{{Item: 1, Milestones: []plan.Milestone{{ID: "1-1", From: day("2020-02-27"), Every: every}}}}}
		var got []string
		for i, o := range p.Occurrences(plan.Yearly, day("2020-03-02")) {
			got = append(got, o.ID())
			if i == 0 && every == plan.TenDays && o.Last != day("2020-02-29") {
				t.Errorf("the last third of February ends on %s", o.Last)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", every, got, want)
		}
	}
}

// Every period of the calendar has its days and a name of its own.
func TestOccurrences_OfEveryPeriod(t *testing.T) {
	for every, want := range map[plan.Period]string{
		plan.Daily: "1-1.2018-02-25 2018-02-25", plan.Weekly: "1-1.2018W08 2018-02-25", plan.TenDays: "1-1.2018-02T3 2018-02-28",
		plan.Monthly: "1-1.2018-02 2018-02-28", plan.Quarterly: "1-1.2018Q1 2018-03-31", plan.HalfYear: "1-1.2018H1 2018-06-30", plan.Yearly: "1-1.2018 2018-12-31",
	} {
		p := plan.Plan{Measures: []plan.Measure{{Item: 1, Milestones: []plan.Milestone{{ID: "1-1", From: day("2018-02-25"), Every: every}}}}}
		all := p.Occurrences(plan.Yearly, day("2018-02-25"))
		if len(all) != 1 || all[0].ID()+" "+all[0].Last.String() != want {
			t.Errorf("%s: %+v", every, all)
		}
	}
}
