package plan_test

import (
	"testing"
	"time"

	"github.com/gridwarden/gridwarden/grid"
	"github.com/gridwarden/gridwarden/grid/calendar"
	"github.com/gridwarden/gridwarden/grid/plan"
)

func TestQuarterOf(t *testing.T) {
	q := plan.QuarterOf(calendar.Date{Year: 2018, Month: time.January, Day: 2})
	if q.Name != "2018Q1" || q.Before().Name != "2017Q4" || q.Before().Last.String() != "2017-12-31" || q.After().First.String() != "2018-04-01" ||
		!q.Has(q.First) || !q.Has(q.Last) || q.Has(q.After().First) {
		t.Errorf("%+v, before %+v, after %+v", q, q.Before(), q.After())
	}
}

// TestCircularIsReceivedOnce by whoever got it, or who stands in for them, and by nobody else.
func TestCircularIsReceivedOnce(t *testing.T) {
	now := time.Date(2018, 1, 2, 9, 0, 0, 0, time.UTC)
	long := []grid.Appointment{{Role: grid.Clerk, Department: "water"}}
	r := grid.NewRoster(1, []grid.Officer{
		{ID: "a", Person: "a", Appointments: long},
		{ID: "b", Person: "b", Appointments: long, Absences: []grid.Absence{{From: now, Until: now.AddDate(0, 0, 3), Deputy: "d"}}},
		{ID: "d", Person: "d", Appointments: long},
	})
	c := plan.Circular{To: []grid.OfficerID{"a", "b"}}
	for _, step := range []struct {
		by   grid.OfficerID
		code grid.Code
		left int
	}{{"x", grid.Forbidden, 2}, {"a", "", 1}, {"a", grid.Conflict, 1}, {"d", "", 0}, {"d", grid.Conflict, 0}, {"b", grid.Conflict, 0}} {
		after, err := c.Acknowledge(r, step.by, now)
		if grid.CodeOf(err) != step.code || len(after.Silent()) != step.left {
			t.Fatalf("%s: %v, silent %v", step.by, err, after.Silent())
		}
		c = after
	}
	if c.Acks[1].For != "b" || c.Acks[1].By != "d" {
		t.Errorf("on record as %+v", c.Acks)
	}
}

// TestQuarter: after the last quarter of 2017, what each department did in it, owes from it, and has to do in the next one.
func TestQuarter(t *testing.T) {
	w := work(t)
	states := map[string]plan.Progress{
		"22-1":        {State: plan.Accepted, Claimed: morning("2018-01-02")}, // after the quarter
		"22-3.2017H2": {State: plan.Accepted, Claimed: morning("2017-12-30")},
	}
	now := morning("2018-01-02")
	q := plan.QuarterOf(day("2018-01-02")).Before()
	parts := w.Quarter(w.Overview(states, map[int]int{22: 1}, now), q)
	got := make(map[grid.Department][4]string)
	for _, p := range parts {
		var ids [4]string
		for i, lines := range [][]plan.Line{p.Done, p.Late, p.Contested, p.Coming} {
			for _, l := range lines {
				ids[i] += l.ID() + " "
			}
		}
		got[p.Department] = ids
	}
	want := map[grid.Department][4]string{
		bureau:  {"", "23-1 ", "", "12-1.2018Q1 "},
		housing: {"22-3.2017H2 ", "", "22-1 ", ""},
	}
	if len(parts) != 2 || parts[0].Department != bureau || got[bureau] != want[bureau] || got[housing] != want[housing] {
		t.Errorf("%+v", got)
	}
}
