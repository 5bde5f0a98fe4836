package plan_test

import (
	"testing"

	"github.com/gridwarden/gridwarden/grid/casework"
	"github.com/gridwarden/gridwarden/grid/plan"
)

// A plan stands as its milestones do on that day; what is said to be done while cases are open is contested.
func TestOverview(t *testing.T) {
	w := work(t)
	states := map[string]plan.Progress{
		"22-1":        {State: plan.Accepted, Claimed: morning("2018-01-05")},
		"22-3.2017H2": {State: plan.Accepted, Claimed: morning("2017-12-30")},
		"23-1":        {State: plan.Reported, Claimed: morning("2017-12-30")},
	}
	v := w.Overview(states, map[int]int{22: 1, 23: 2}, morning("2018-06-10"))
	for id, want := range map[string]struct {
		standing        plan.Standing
		days            int
		contested, late bool
	}{
		"22-1":        {plan.Fulfilled, -161, true, true},
		"22-2":        {plan.Ahead, 935, false, false},
		"22-3.2017H2": {plan.Fulfilled, -161, false, false}, // cases of today say nothing about last year's duty
		"22-3.2018H1": {plan.Soon, 20, false, false},
		"23-1":        {plan.Claimed, -161, true, false},
		"12-1.2018Q1": {plan.Overdue, -71, false, false},
		"12-2":        {plan.Undated, 0, false, false},
	} {
		l, ok := v.Line(id)
		if !ok || l.Standing != want.standing || l.Days != want.days || l.Contested != want.contested || l.DoneLate != want.late {
			t.Errorf("%s: %s, %d days, contested %v, late %v", id, l.Standing, l.Days, l.Contested, l.DoneLate)
		}
	}
	if v.Total.All != 8 || v.Total.By[plan.Fulfilled] != 2 || v.Total.Contested != 2 || len(v.Chapters) != 2 || v.Chapters[1].By[plan.Overdue] != 1 {
		t.Errorf("%+v, %+v", v.Total, v.Chapters)
	}
	if d := v.Departments[0]; d.Name != string(bureau) || d.By[plan.Overdue] != 1 || d.All != 4 {
		t.Errorf("%+v", v.Departments)
	}
	sorted := v.Pick(func(plan.Line) bool { return true })
	if sorted[0].ID() != "22-1" || sorted[len(sorted)-1].ID() != "12-2" || len(v.Of(23)) != 1 {
		t.Errorf("sorted %v", sorted)
	}
}

// Years later everything that had a date is past, and shown so.
func TestOverview_YearsLater(t *testing.T) {
	v := work(t).Overview(nil, nil, morning("2026-11-26"))
	if n := v.Total.By[plan.Overdue]; n != v.Total.All-1 || v.Total.By[plan.Undated] != 1 || v.Total.By[plan.Soon] != 0 {
		t.Errorf("%+v", v.Total)
	}
}

// Only what was accepted and is not closed tells on a measure, each case on one.
func TestOpenCases(t *testing.T) {
	c := func(id casework.CaseID, s casework.State, kinds ...string) casework.Case {
		return casework.Case{ID: id, State: s, Categories: []string{"water"}, Kinds: kinds}
	}
	cases := []casework.Case{
		c("1", casework.Handling, "outfall"), c("1", casework.Handling, "outfall"), c("2", casework.Registered, "outfall"),
		c("3", casework.Closed, "outfall"), c("4", casework.Answered, "outfall", "black_water"), c("5", casework.Accepted, "noise"),
	}
	p := small()
	if n := p.OpenCases(cases); n[23] != 2 || len(n) != 1 {
		t.Errorf("%v", n) // a case of two kinds tells on the measure that For names, once
	}
	if got := p.CasesOf(23, cases[2:]); len(got) != 1 || got[0].ID != "4" {
		t.Errorf("%d cases", len(got))
	}
}
